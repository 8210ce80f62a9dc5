import pytest

from racing.terms import FactKind
from tests.reading.telling import facts


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
