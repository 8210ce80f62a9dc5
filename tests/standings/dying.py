"""Run in a process of its own: corrects one result again and again, killed one statement later each time, until it is done.

Prints as JSON how often it was killed, after which statements anything was left behind, the table in the end, and whether
computing the season then changes anything. `python -m tests.standings.dying`
"""

import json
import os
import signal
from typing import Any

import django

django.setup()

from django.contrib.auth.models import User  # noqa: E402  the apps must be ready
from django.db import connection, connections  # noqa: E402
from django.db.models import Model  # noqa: E402

from racing.corrections import Change, correct, correct_many  # noqa: E402
from racing.models import Correction, Disagreement, Entry, Place, Race, Result, Season  # noqa: E402
from standings.models import Championship, Standing, TableAfter  # noqa: E402
from standings.recompute import recompute_season  # noqa: E402
from tests.standings.building import make_entry, make_event, make_race, make_season, stored, table  # noqa: E402

ALL: tuple[type[Model], ...] = (Correction, Result, Place, Disagreement, Season, Championship, TableAfter, Standing)


def correct_and_die_at(number: int) -> bool:
    """Correct in a child that kills itself at the statement of that number; tell whether it came to its end before."""
    connections.close_all()
    child = os.fork()
    if child == 0:
        run = 0

        def count(execute: Any, *statement: Any) -> Any:
            nonlocal run
            run += 1
            if run == number:
                os.kill(os.getpid(), signal.SIGKILL)
            return execute(*statement)

        with connection.execute_wrapper(count):
            correct_many(RACE, [Change(ENTRY, "status", "DSQ")], "too light", USER)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0
    return os.WIFEXITED(status)


USER = User.objects.create_superuser("editor")
SEASON = make_season()
for name in ("Ames", "Brac", "Caux"):
    make_entry(SEASON, name)
RACES = [make_race(make_event(SEASON, f"Dijon {number}", number=number), 1) for number in (1, 2)]
for race in RACES:
    for position, car in enumerate(Entry.objects.order_by("pk"), 1):
        correct(race, car, "race:overall", position, "the sheet says so", USER)
RACE, ENTRY = Race.objects.earliest("pk"), Entry.objects.earliest("pk")

before = stored(*ALL)
killed, left_behind = 0, []
while not correct_and_die_at(killed + 1):
    killed += 1
    if stored(*ALL) != before:
        left_behind.append(killed)
drivers = Championship.objects.get(season=SEASON, slug="drivers")
found = {
    "killed": killed,
    "left behind": left_behind,
    "tables": [[position, name, str(points)] for position, name, points in table(drivers)],
    "to be computed again": recompute_season(SEASON),
}
print(json.dumps(found))
