"""Whatever people correct and take back: settled and computed anew, all that is stored stays as it is."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from racing.corrections import correct, withdraw
from racing.models import Correction, Disagreement, Entry, Place, Race, Result, Season
from racing.pipeline import settle_races
from racing.terms import Status
from standings.models import Championship, Standing, TableAfter
from standings.recompute import compute
from tests.standings.building import make_entry, make_event, make_race, make_season, stored

pytestmark = pytest.mark.django_db

NAMES = ("Ames", "Brac", "Caux", "Doux")
WORDS = st.one_of(
    st.tuples(st.sampled_from(["race:overall", "race:Pro", "race:track"]), st.none() | st.integers(1, 5)),
    st.tuples(st.just("status"), st.sampled_from(list(Status))),
    st.tuples(st.just("taking_part"), st.booleans()),
    st.tuples(st.just("penalty"), st.sampled_from(["", "5 s"])),
    st.tuples(st.just("laps"), st.none() | st.integers(0, 30)),
    st.just(("", None)),
)
#: A race, a car, and what is said of them; nothing: what was said of them last is taken back.
STEPS = st.lists(st.tuples(st.integers(0, 1), st.integers(0, 3), WORDS), min_size=3, max_size=10)


@pytest.fixture
def season() -> Season:
    season = make_season()
    for name in NAMES:
        make_entry(season, name, classes=["Pro"])
    event = make_event(season, "Dijon", number=1)
    make_race(event, 1, starters=len(NAMES))
    make_race(event, 2)
    return season


def everything() -> list[list[dict[str, Any]]]:
    return stored(Season, Result, Place, Disagreement, Championship, TableAfter, Standing)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_after_any_corrections_nothing_is_left_to_settle_or_compute(
    season: Season, staff: User, steps: list[tuple[int, int, tuple[str, Any]]]
) -> None:
    races, entries = list(Race.objects.order_by("number")), list(Entry.objects.order_by("pk"))
    with transaction.atomic():
        settle_races(races)
        for race, car, (field, value) in steps:
            _say(races[race], entries[car], field, value, staff)
        before = everything()
        settle_races(races)
        assert compute(Season.objects.get(pk=season.pk), thorough=True).changed is False
        assert everything() == before
        transaction.set_rollback(True)


def _say(race: Race, entry: Entry, field: str, value: Any, person: User) -> None:
    """Correct, or take back; what other corrections rule out is not said."""
    if not field:
        for held in Correction.objects.filter(race=race, entry=entry, withdrawn_at=None).order_by("-pk")[:1]:
            withdraw(held, person)
        return
    try:
        correct(race, entry, field, value, "seen on the sheet", person)
    except ValidationError:
        return
