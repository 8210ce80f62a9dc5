import pytest

from racing.terms import FactKind
from tests.reading.telling import facts, order

QUALIFYING = FactKind.QUALIFYING


@pytest.mark.parametrize(
    "text",
    ["Luc Arvois rêvait de la pole position.", "Luc Arvois compte trois poles.", "Luc Arvois n'a pas signé la pole."],
)
def test_no_pole_is_read(text: str) -> None:
    assert order(text, kind=QUALIFYING) == {}


@pytest.mark.parametrize(
    "text",
    [
        "Luc Arvois signait la pole position devant Paul Brion.",
        "La pole position de Luc Arvois, devant Paul Brion, était belle.",
        "Luc Arvois s'élançait en pole position aux côtés de Paul Brion.",
        "Luc Arvois et Paul Brion se partagent la première ligne.",
    ],
)
def test_the_front_row_is_read(text: str) -> None:
    assert order(text, kind=QUALIFYING) == {1: "Luc Arvois", 2: "Paul Brion"}


def test_the_time_of_the_pole_is_kept() -> None:
    fact = facts("Pole position : Luc Arvois en 1:38.412", QUALIFYING)[0]
    assert (fact.drivers, fact.time, fact.race) == (("Luc Arvois",), "1:38.412", 1)


@pytest.mark.parametrize(
    "text",
    [
        "Parti de la pole, Luc Arvois s'est imposé devant Paul Brion.",
        "Parti de la pole position, Luc Arvois a devancé Paul Brion au terme d'une course animée.",
        "Encore en pole position, Luc Arvois remportait la course devant Paul Brion.",
        "Luc Arvois, parti de la pole, coiffait tout le monde devant Paul Brion.",
    ],
)
def test_a_pole_told_in_passing_gives_no_order_of_the_grid(text: str) -> None:
    assert order(text, kind=QUALIFYING) == {1: "Luc Arvois"}


@pytest.mark.parametrize(
    "text",
    [
        "Auteur de la pole, Luc Arvois terminait deuxième devant Paul Brion.",
        "Luc Arvois, parti en pole, terminait deuxième devant Paul Brion.",
    ],
)
def test_a_place_beside_a_pole_told_in_passing_is_one_at_the_flag(text: str) -> None:
    assert order(text) == {2: "Luc Arvois", 3: "Paul Brion"}
    assert order(text, kind=QUALIFYING) == {1: "Luc Arvois"}


def test_the_pole_of_a_class_may_fall_to_somebody() -> None:
    assert order("En Am, la pole position revenait à Luc Arvois.", "Am", QUALIFYING) == {1: "Luc Arvois"}
