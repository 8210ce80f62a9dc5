"""Where a name begins and ends."""

import pytest

from racing.reading.reader import read_by_rule as read
from tests.reading.telling import FRENCH


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Abandons : Luc Arvois, Paul Brion\nPro-Am\n1. Jean Caradec", ["Luc Arvois", "Paul Brion", "Jean Caradec"]),
        ("1. Luc Arvois\n2. Paul Brion\nAm\n1. Jean Caradec", ["Luc Arvois", "Paul Brion", "Jean Caradec"]),
        ("La patience d'Arvois\nLuc Arvois s'imposait devant Paul Brion.", ["Luc Arvois", "Paul Brion"]),
        ("Ce dimanche, la course était pour Luc\nArvois, heureux devant Paul Brion.", ["Luc Arvois", "Paul Brion"]),
    ],
)
def test_a_name_ends_with_its_line_where_the_next_begins_something_new(text: str, expected: list[str]) -> None:
    assert [person.name for person in read(FRENCH + text).people] == expected
