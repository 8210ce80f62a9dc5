"""A person's word about laps, time at the wheel, and who of a crew set the fastest lap."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from racing.corrections import correct, field_words, value_words, withdraw
from racing.models import Correction, Place, Result
from racing.terms import Contest
from tests.standings.archived import build

pytestmark = pytest.mark.django_db


def test_it_outranks_the_archive_and_yields_again_when_withdrawn(staff: Any) -> None:
    _, race, (first, _), second = build()
    correct(race, first, "laps", 6, "counted again", staff)
    correct(race, first, "laps_led", 0, "counted again", staff)
    correct(race, first, f"drive:{second.pk}", "40.5", "the stewards' sheet", staff)
    result = Result.objects.get(race=race, entry=first)
    assert (result.laps, result.laps_led, result.drive) == (6, 0, {str(second.pk): "40.5"})
    for row in Correction.objects.all():
        withdraw(row, staff)
    result.refresh_from_db()
    assert (result.laps, result.laps_led, result.drive) == (7, 5, {str(second.pk): "12.5"})


def test_who_set_the_fastest_lap_is_somebody_of_the_crew(staff: Any) -> None:
    _, race, (first, other), _ = build()
    starter = first.crew.order_by("order")[0].driver
    correct(race, first, "holder:fastest_lap", starter.pk, "the timing sheet", staff)
    places = Place.objects.filter(
        result__race=race, result__entry=first, contest=Contest.FASTEST_LAP, ranking="overall"
    )
    assert [place.driver for place in places] == [starter]
    with pytest.raises(ValidationError):
        correct(race, other, "holder:fastest_lap", starter.pk, "the timing sheet", staff)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("laps", -1),
        ("laps", "7"),
        ("laps_led", True),
        ("drive:0", "12"),
        ("drive:x", "12"),
        ("holder:race", 0),
        ("holder:x", None),
    ],
)
def test_what_cannot_be_meant_is_refused(staff: Any, field: str, value: Any) -> None:
    _, race, (first, _), _ = build()
    with pytest.raises(ValidationError):
        correct(race, first, field, value, "why not", staff)
    assert not Correction.objects.exists()


def test_equal_minutes_of_two_cars_are_no_contradiction(staff: Any) -> None:
    _, race, (first, other), second = build()
    other.crew.create(driver=second, order=1)
    for entry in (first, other):
        correct(race, entry, f"drive:{second.pk}", "30", "the stewards' sheet", staff)
    assert Correction.objects.count() == 2


def test_the_fields_are_told_in_words() -> None:
    _, _, _, second = build()
    assert field_words("laps_led") == "laps led"
    assert field_words(f"drive:{second.pk}") == "minutes at the wheel of Relais"
    assert field_words("holder:fastest_lap") == "fastest lap, driven by"
    assert [value_words("holder:fastest_lap", second.pk), value_words("laps", 0)] == ["Relais", "0"]
