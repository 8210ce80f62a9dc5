"""Races that a text counts through the season are those of the meeting, in turn."""

import pytest

from racing.reading.mentions import Mention
from racing.reading.numbering import within_the_meeting


def named(*numbers: str) -> list[tuple[Mention, ...]]:
    return [(Mention("race", 0, 6, number), Mention("word", 7, 9)) for number in numbers]


def values(rows: list[tuple[Mention, ...]]) -> list[str]:
    return [f"{row[0].kind} {row[0].value}".strip() for row in rows]


@pytest.mark.parametrize(
    "numbers",
    [("1", "2"), ("2",), ("1", "2", "3", "4"), ("3", "4"), ("1", "several"), ()],
    ids=["two", "only the second", "four that follow", "the last two of four", "no figure", "none"],
)
def test_numbers_of_a_meeting_stay(numbers: tuple[str, ...]) -> None:
    assert within_the_meeting(named(*numbers)) == named(*numbers)


def test_numbers_of_the_season_that_follow_are_the_meetings_races_in_turn() -> None:
    assert values(within_the_meeting(named("8", "6", "7", "6"))) == ["race 3", "race 1", "race 2", "race 1"]


@pytest.mark.parametrize("numbers", [("6",), ("6", "9")], ids=["one alone", "two that do not follow"])
def test_numbers_of_the_season_that_tell_nothing_of_the_meeting_are_dropped(numbers: tuple[str, ...]) -> None:
    assert values(within_the_meeting(named(*numbers))) == ["race"] * len(numbers)


def test_a_number_of_the_season_beside_those_of_the_meeting_is_dropped() -> None:
    assert values(within_the_meeting(named("1", "2", "10"))) == ["race 1", "race 2", "race"]
