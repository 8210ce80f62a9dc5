import pytest

from racing.terms import FactKind
from tests.reading.telling import facts, order, who


@pytest.mark.parametrize(
    "text",
    [
        "Luc Arvois voulait le meilleur tour en course.",
        "« Le meilleur tour en course était pour Luc Arvois », dit son frère.",
    ],
)
def test_no_fastest_lap_is_read(text: str) -> None:
    assert facts(text, FactKind.FASTEST_LAP) == []


@pytest.mark.parametrize(
    ("text", "driver", "time"),
    [
        ("Le meilleur tour en course est à mettre à l'actif de Luc Arvois en 2:23.998.", "Luc Arvois", "2:23.998"),
        ("Meilleur tour : Luc Arvois en 1'38''904", "Luc Arvois", "1'38''904"),
        ("Luc Arvois signait le meilleur tour en course.", "Luc Arvois", ""),
        ("Luc Arvois creuse l'écart sur Paul Brion en signant le meilleur tour en course.", "Luc Arvois", ""),
    ],
)
def test_the_fastest_lap_goes_to_its_driver(text: str, driver: str, time: str) -> None:
    assert [(fact.drivers, fact.time) for fact in facts(text, FactKind.FASTEST_LAP)] == [((driver,), time)]


@pytest.mark.parametrize(
    ("text", "driver"),
    [
        ("Luc Arvois s'imposait devant Paul Brion (Team Nord), auteur du meilleur tour en course.", "Paul Brion"),
        ("Luc Arvois s'imposait devant Paul Brion, crédité du meilleur tour en course.", "Paul Brion"),
        (
            "Luc Arvois s'imposait devant Paul Brion et Jean Caradec, ce dernier signant le meilleur tour.",
            "Jean Caradec",
        ),
        ("Luc Arvois s'imposait devant Paul Brion. Ce dernier signait le meilleur tour en course.", "Paul Brion"),
        ("Luc Arvois s'imposait devant Paul Brion (meilleur tour en course) et Jean Caradec.", "Paul Brion"),
        ("Luc Arvois, également auteur du meilleur tour, s'imposait devant Paul Brion.", "Luc Arvois"),
        ("Luc Arvois s'imposait devant Paul Brion, signant au passage le meilleur tour en course.", "Luc Arvois"),
        ("Auteur du meilleur tour en course, Luc Arvois s'imposait devant Paul Brion.", "Luc Arvois"),
    ],
)
def test_a_lap_in_apposition_belongs_to_the_nearest_name_and_an_act_to_its_subject(text: str, driver: str) -> None:
    assert who(text, FactKind.FASTEST_LAP) == [driver]


def test_a_lap_told_in_passing_does_not_end_the_order() -> None:
    text = "Luc Arvois s'imposait devant Paul Brion, auteur du meilleur tour en course, et Jean Caradec."
    assert order(text) == {1: "Luc Arvois", 2: "Paul Brion", 3: "Jean Caradec"}
