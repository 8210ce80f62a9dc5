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
