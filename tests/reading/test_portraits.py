"""What a text says of a driver beside his name."""

import pytest

from racing.reading.reader import read_by_rule as read
from tests.reading.telling import FRENCH


def cars(text: str) -> list[tuple[str, str, str, str]]:
    """Give (name, car, number, team) of each person."""
    return [(person.name, person.car, person.number, person.team) for person in read(FRENCH + text).people]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("L'Aston Martin n° 27 de Luc Arvois s'imposait.", ("Luc Arvois", "Aston Martin", "27", "")),
        ("La Mercedes-AMG GT n° 30 de Luc Arvois s'imposait.", ("Luc Arvois", "Mercedes-AMG GT", "30", "")),
        ("Luc Arvois (Aston Martin) s'imposait.", ("Luc Arvois", "Aston Martin", "", "")),
        ("La n° 30 de Luc Arvois s'imposait.", ("Luc Arvois", "", "30", "")),
        ("Luc Arvois (Porsche Motorsport Nord) s'imposait.", ("Luc Arvois", "", "", "Porsche Motorsport Nord")),
    ],
)
def test_the_car_is_what_stands_before_its_number_or_alone_in_brackets(
    text: str, expected: tuple[str, str, str, str]
) -> None:
    assert cars(text) == [expected]
