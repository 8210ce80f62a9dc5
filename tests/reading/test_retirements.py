import pytest

from racing.terms import FactKind
from tests.reading.telling import who


@pytest.mark.parametrize("text", ["Luc Arvois n'abandonne pas.", "Luc Arvois abandonne la tête de la course."])
def test_no_retirement_is_read(text: str) -> None:
    assert who(text, FactKind.RETIREMENT) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Luc Arvois était contraint à l'abandon.", ["Luc Arvois"]),
        ("Luc Arvois et Paul Brion abandonnaient après un contact.", ["Luc Arvois", "Paul Brion"]),
        ("Abandon de Luc Arvois.", ["Luc Arvois"]),
        ("Non classés : Luc Arvois, Paul Brion", ["Luc Arvois", "Paul Brion"]),
    ],
)
def test_a_retirement_goes_to_each_driver(text: str, expected: list[str]) -> None:
    assert who(text, FactKind.RETIREMENT) == expected
