"""Whatever goes wrong, and wherever: a correction and a computation are done wholly or not at all."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection, transaction

from racing.corrections import correct
from racing.models import Correction, Disagreement, Entry, Place, Race, Result, Season
from standings.models import Championship, Standing, TableAfter
from standings.recompute import recompute_season
from tests.installation import Migrated
from tests.standings.building import make_entry, make_event, make_race, make_season, stored, table

ALL = (Correction, Result, Place, Disagreement, Season, Championship, TableAfter, Standing)


class BrokenError(Exception):
    """Raised in place of a statement."""


@contextmanager
def breaking_at(number: int) -> Iterator[None]:
    """Break off instead of running the statement of that number, the first being 1."""
    run = 0

    def count(execute: Callable[..., Any], *statement: Any) -> Any:
        nonlocal run
        run += 1
        if run == number:
            raise BrokenError
        return execute(*statement)

    with connection.execute_wrapper(count):
        yield


def break_everywhere(act: Callable[[], object]) -> int:
    """Do something again and again, broken off one statement later each time; gives how many statements it has.

    Each time but the last, nothing of it may be left.
    """
    before = stored(*ALL)
    for number in range(1, 500):
        try:
            with transaction.atomic(), breaking_at(number):
                act()
        except BrokenError:
            assert stored(*ALL) == before, f"something is left of what was broken off at statement {number}"
        else:
            assert stored(*ALL) != before
            return number - 1
    raise AssertionError("it never came to its end")


@pytest.fixture
def season(db: None, staff: User) -> Season:
    season = make_season()
    cars = [make_entry(season, name, classes=["Pro"]) for name in ("Ames", "Brac", "Caux")]
    for number in (1, 2):
        race = make_race(make_event(season, f"Dijon {number}", number=number), 1)
        for position, car in enumerate(cars, 1):
            correct(race, car, "race:overall", position, "the sheet says so", staff)
    return season


def test_a_correction_that_breaks_off_leaves_nothing_behind(season: Season, staff: User) -> None:
    race, entry = Race.objects.earliest("pk"), Entry.objects.earliest("pk")
    statements = break_everywhere(lambda: correct(race, entry, "status", "DSQ", "too light", staff))
    assert statements > 20
    assert table(Championship.objects.get(season=season, slug="drivers")) == [
        (1, "Brac", 36),
        (2, "Caux", 30),
        (3, "Ames", 25),
    ]


def test_a_computation_that_breaks_off_leaves_nothing_behind(season: Season) -> None:
    Place.objects.filter(position=2).update(position=4)
    assert break_everywhere(lambda: recompute_season(season)) > 8
    assert recompute_season(season) is False


def test_a_process_that_is_killed_at_any_statement_leaves_nothing_behind(tmp_path: Path, migrated: Migrated) -> None:
    settings = {"DJANGO_SETTINGS_MODULE": "racing.settings", "PARC_FERME_VAR": str(tmp_path), "LOG_LEVEL": "ERROR"}
    with migrated.copy(tmp_path) as database:
        done = subprocess.run(
            [sys.executable, "-m", "tests.standings.dying"],
            env={**os.environ, **settings, **database},
            capture_output=True,
            text=True,
            timeout=100,
        )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout.splitlines()[-1])
    assert told["left behind"] == []
    assert told["killed"] > 20
    assert told["tables"] == [[1, "Brac", "36"], [2, "Caux", "30"], [3, "Ames", "25"]]
    assert told["to be computed again"] is False
