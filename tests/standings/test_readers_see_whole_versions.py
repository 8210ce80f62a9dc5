"""Whoever reads while results are corrected sees a table wholly before or wholly after: never a part of a change.

SQLite in memory cannot have readers beside a writer; there these tests are skipped.
"""

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from django.db import connection, connections, transaction
from django.test import Client

from racing.corrections import Change, correct_many
from racing.models import Entry, Place, Race, Season
from standings.models import Championship, Standing, TableAfter
from standings.recompute import recompute_season
from standings.views.moment import one_moment
from tests.standings.building import make_entry, make_event, make_race, make_season

CORRECTIONS = 12
CARS = ("Ames", "Brac", "Caux", "Doux")


@pytest.fixture
def season(transactional_db: None, staff: User) -> Season:
    if connection.vendor == "sqlite":
        pytest.skip("SQLite in memory has no readers beside a writer")
    season = make_season()
    entries = [make_entry(season, name) for name in CARS]
    for number in (1, 2):
        turn(make_race(make_event(season, f"Dijon {number}", number=number), 1), entries, 0, staff)
    return season


def turn(race: Race, entries: list[Entry], by: int, staff: User) -> None:
    """Put the cars in an order that is turned by so many places, by one change of all of them."""
    order = entries[by:] + entries[:by]
    places = [Change(entry, "race:overall", place) for place, entry in enumerate(order, 1)]
    correct_many(race, places, f"turned by {by}", staff)


@pytest.fixture
def being_corrected(season: Season, staff: User) -> Iterator[Event]:
    """Turn both races again and again in a thread, in one transaction; the event tells that it is over."""
    entries, races = list(Entry.objects.order_by("pk")), list(Race.objects.order_by("pk"))
    over = Event()

    def correct_all() -> None:
        try:
            for by in range(1, CORRECTIONS + 1):
                with transaction.atomic():
                    for race in races:
                        turn(race, entries, by % len(entries), staff)
        finally:
            over.set()
            connections.close_all()

    with ThreadPoolExecutor(1) as threads:
        working = threads.submit(correct_all)
        yield over
        working.result()


def test_results_tables_and_versions_agree_at_every_moment(season: Season, being_corrected: Event) -> None:
    seen: dict[int, tuple[object, ...]] = {}
    while not being_corrected.is_set():
        with one_moment():
            version = Championship.objects.get(season=season).version
            places = sorted(
                Place.objects.filter(ranking="overall").values_list("result__race", "position", "result__entry")
            )
            rows = list(Standing.objects.order_by("order").values_list("driver", "points"))
            digests = list(TableAfter.objects.order_by("race").values_list("digest", flat=True))
        # Both races are turned alike, so whoever won one has won both.
        crews = dict(Entry.objects.values_list("pk", "crew__driver"))
        winners = {crews[entry] for _, position, entry in places if position == 1}
        assert winners == {rows[0][0]}
        assert [points for _, points in rows] == [50, 36, 30, 24]
        assert seen.setdefault(version, (places, rows, digests)) == (places, rows, digests)
    assert len(seen) > 1
    assert recompute_season(season) is False


def test_a_page_shows_one_version(season: Season, being_corrected: Event, client: Client) -> None:
    shown = set()
    while not being_corrected.is_set():
        cache.clear()
        page = client.get("/series/coupe-d-essai/2024/drivers/").content.decode()
        table = page[page.index('id="matrix"') :]
        names = re.findall(rf">({'|'.join(CARS)})<", table[: table.index("</table>")])
        shown.add(tuple(dict.fromkeys(names)))
        leader = table[: table.index(names[1])]
        # The leader's two cells and the total come from three queries: won both races, fifty points.
        assert [leader.count(f">{points}<") for points in (50, 25)] == [1, 2]
    assert len(shown) > 1
