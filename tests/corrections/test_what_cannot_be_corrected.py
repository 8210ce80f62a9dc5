"""What an editor cannot have meant is refused with a sentence, and nothing of it is kept."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError

from racing.corrections import Change, correct, correct_many, field_words
from racing.models import Correction
from racing.settling import TAKING_PART
from tests.corrections.looking import order_of
from tests.corrections.paddock import Paddock
from tests.standings.building import make_entry, make_season


def refused(paddock: Paddock, staff: User, *changes: Change, reason: str = "Because.") -> str:
    """Give the sentence; fail if anything was kept."""
    race = paddock.races[0]
    before = (Correction.objects.count(), order_of(race))
    with pytest.raises(ValidationError) as caught:
        correct_many(race, changes, reason, staff)
    assert (Correction.objects.count(), order_of(race)) == before
    return str(caught.value.messages[0])


@pytest.mark.parametrize("reason", ["", "  ", "\n"])
def test_a_correction_without_a_reason(paddock: Paddock, staff: User, reason: str) -> None:
    change = Change(paddock.entries[0], "race:overall", 2)
    assert refused(paddock, staff, change, reason=reason) == "Say why: a correction needs a reason."


def test_a_reason_that_is_too_long(paddock: Paddock, staff: User) -> None:
    change = Change(paddock.entries[0], "race:overall", 2)
    sentence = refused(paddock, staff, change, reason="x" * 301)
    assert sentence == "The reason is too long: 300 characters at most."


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("race:overall", 0),
        ("race:overall", -1),
        ("race:overall", 1000),
        ("race:overall", "first"),
        ("race:overall", True),
        ("status", "asleep"),
        ("status", None),
        ("status", 1),
        ("penalty", None),
        ("penalty", "x" * 201),
        (TAKING_PART, 1),
        (TAKING_PART, None),
    ],
)
def test_a_value_that_the_field_cannot_have(paddock: Paddock, staff: User, field: str, value: Any) -> None:
    sentence = refused(paddock, staff, Change(paddock.entries[0], field, value))
    assert sentence == f"{value} is no value for {field_words(field)}."


@pytest.mark.parametrize("field", ["", "points", "race", "race:", "race:Nobody", "nap:overall", ":overall"])
def test_a_field_that_there_is_not(paddock: Paddock, staff: User, field: str) -> None:
    sentence = refused(paddock, staff, Change(paddock.entries[0], field, 1))
    assert sentence == f"There is no field {field} in Coupe du Paddock 2023."


def test_a_car_of_a_season_that_the_race_is_no_round_of(paddock: Paddock, staff: User) -> None:
    away = make_entry(make_season("Coupe d’Ailleurs", 2023), "Gil Haas")
    sentence = refused(paddock, staff, Change(away, "race:overall", 1))
    assert sentence == f"{away} belongs to a season that this race is no round of."


def test_one_field_given_twice(paddock: Paddock, staff: User) -> None:
    one, two = Change(paddock.entries[0], "race:overall", 5), Change(paddock.entries[0], "race:overall", 6)
    assert refused(paddock, staff, one, two) == f"{paddock.entries[0]}: race, overall is given twice."


def test_two_cars_in_one_place(paddock: Paddock, staff: User) -> None:
    one, two = paddock.entries[:2]
    sentence = refused(paddock, staff, Change(one, "race:overall", 5), Change(two, "race:overall", 5))
    assert sentence == f"{one} and {two} cannot both be given place 5 (race, overall)."


def test_a_place_that_an_earlier_correction_gave_to_another_car(paddock: Paddock, staff: User) -> None:
    held, other = paddock.entries[3], paddock.entries[0]
    correct(paddock.races[0], held, "race:overall", 4, "Seen on the road.", staff)
    sentence = refused(paddock, staff, Change(other, "race:overall", 4))
    assert sentence == f"{held} and {other} cannot both be given place 4 (race, overall)."


def test_one_wrong_change_among_right_ones(paddock: Paddock, staff: User) -> None:
    right, wrong = Change(paddock.entries[0], "race:overall", 5), Change(paddock.entries[1], "race:overall", 0)
    assert refused(paddock, staff, right, wrong) == "0 is no value for race, overall."
