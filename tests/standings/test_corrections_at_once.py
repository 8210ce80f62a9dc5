"""Two people correct one season at the same moment: whoever comes second counts what the first has changed.

On PostgreSQL the two transactions really run beside each other, and the season's row makes one wait. SQLite in memory knows no
waiting, so there the test takes turns by itself and proves only that the order does not matter.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from threading import Barrier, Lock
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection, connections, transaction

from racing.corrections import correct
from racing.models import Entry, Race, Season
from racing.signals import results_changed
from standings.models import Championship
from standings.recompute import recompute_season
from tests.standings.building import make_entry, make_event, make_race, make_season, put, table

ROUNDS = 5


def at_once(*works: Callable[[], Any]) -> None:
    """Run the works in threads that begin together. Raises what any of them raised."""
    barrier = Barrier(len(works), timeout=20)
    turn: Any = Lock() if connection.vendor == "sqlite" else nullcontext()

    def run(work: Callable[[], Any]) -> None:
        try:
            barrier.wait()
            with turn:
                work()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(works)) as threads:
        for done in [threads.submit(run, work) for work in works]:
            done.result(timeout=60)


@pytest.fixture
def season(transactional_db: None) -> Season:
    season = make_season()
    event = make_event(season, "Dijon", number=1)
    make_race(event, 1)
    make_race(event, 2)
    for name in ("Ames", "Brac"):
        make_entry(season, name)
    return season


def test_two_corrections_at_once_give_no_wrong_total(season: Season, staff: User) -> None:
    ames, brac = Entry.objects.order_by("pk")
    first, second = Race.objects.order_by("number")

    def place(race: Race, entry: Entry, position: int) -> Callable[[], Any]:
        return lambda: correct(race, entry, "race:overall", position, "the sheet says so", staff)

    for turn in range(ROUNDS):
        # Two people correct two races at once; every total rests on both corrections.
        here, there = turn % 2 + 1, (turn + 1) % 2 + 1
        at_once(place(first, ames, here), place(second, ames, there))
        at_once(place(second, brac, here + 2), place(first, brac, there + 2))
        found = {name: points for _, name, points in table(Championship.objects.get(season=season))}
        assert found == {"Ames": 25 + 18, "Brac": 15 + 12}
        assert recompute_season(season) is False


def test_who_scores_second_sees_what_the_first_has_changed(season: Season) -> None:
    ames, brac = Entry.objects.order_by("pk")
    races = Race.objects.order_by("number")
    recompute_season(season)
    both_changed = Barrier(2, timeout=20)

    def change(race: Race, *order: Entry) -> Callable[[], None]:
        def work() -> None:
            with transaction.atomic():
                for position, entry in enumerate(order, 1):
                    put(race, entry, "overall", position)
                if connection.vendor != "sqlite":
                    both_changed.wait()  # neither has committed: neither sees the other's change yet
                results_changed.send(sender=None, seasons=[season])

        return work

    at_once(change(races[0], ames, brac), change(races[1], ames, brac))
    assert table(Championship.objects.get(season=season)) == [(1, "Ames", 50), (2, "Brac", 36)]
    assert recompute_season(season) is False


def test_the_same_change_twice_at_once_is_scored_once(season: Season, staff: User) -> None:
    (ames, _), race = Entry.objects.order_by("pk"), Race.objects.get(number=1)
    correct(race, ames, "race:overall", 2, "the sheet says so", staff)
    at_once(*[lambda: recompute_season(season)] * 3)
    assert table(Championship.objects.get(season=season)) == [(1, "Ames", 18)]
