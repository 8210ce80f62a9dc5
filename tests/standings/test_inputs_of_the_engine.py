"""All that the scoring may ask for comes out of the database, in a fixed number of queries."""

from fractions import Fraction

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from racing.models import Make, Record, Season
from racing.pipeline import settle_races
from racing.terms import OVERALL, TRACK, Contest, Status
from standings.models import Championship, Standing
from standings.recompute import recompute_season
from standings.scoring import Line, RaceResults
from standings.season_results import season_results
from tests.standings.archived import build
from tests.standings.building import stored

pytestmark = pytest.mark.django_db


def test_a_line_holds_all_that_is_known_of_a_car() -> None:
    season, race, (first, other), second = build()
    (loaded,) = season_results(season, {"sprint"}).races
    drivers = list(first.crew.order_by("order").values_list("driver_id", flat=True))
    builder = Make.objects.get(slug="vulcain").pk
    assert loaded == RaceResults(
        key=race.pk,
        round=race.event_id,
        number=1,
        session="sprint",
        starters=2,
        attributes={"coefficient": Fraction(1, 3), "hours": Fraction(3, 2), "share_run": Fraction(1, 4)},
        tags=frozenset({"finale", "nocturne"}),
        lines=(
            Line(
                first.pk,
                tuple(drivers),
                classes=frozenset({"F1"}),
                status=Status.FINISHED,
                places={
                    (Contest.RACE, TRACK): 1,
                    (Contest.RACE, OVERALL): 1,
                    (Contest.RACE, "F1"): 1,
                    (Contest.QUALIFYING, OVERALL): 1,
                    (Contest.QUALIFYING, "F1"): 1,
                    (Contest.FASTEST_LAP, OVERALL): 1,
                    (Contest.FASTEST_LAP, "F1"): 1,
                },
                make=builder,
                entity=Make.objects.get(slug="vulcain-eole").pk,
                registered=False,
                nominated=True,
                tags=frozenset({"hybrid"}),
                laps=7,
                laps_led=5,
                drive={second.pk: Fraction(25, 2)},
                holders={Contest.FASTEST_LAP: (second.pk,)},
            ),
            Line(
                other.pk,
                (other.crew.get().driver_id,),
                classes=frozenset({"F1"}),
                status=Status.FINISHED,
                places={
                    (Contest.RACE, OVERALL): 2,
                    (Contest.RACE, "F1"): 2,
                    (Contest.FASTEST_LAP, OVERALL): 1,
                    (Contest.FASTEST_LAP, "F1"): 1,
                },
                make=builder,
                entity=builder,
                laps=7,
            ),
        ),
    )


def test_marks_hold_in_their_rounds_alone() -> None:
    season, _race, (first, _), _ = build()
    first.marks.update(from_round=2, to_round=3)
    line = season_results(season, {"sprint"}).races[0].lines[0]
    assert (line.nominated, line.registered, line.tags) == (False, True, frozenset())


def test_forty_cars_ask_no_more_than_two() -> None:
    counts = []
    for cars in (2, 40):
        with transaction.atomic():
            season, *_ = build(cars)
            with CaptureQueriesContext(connection) as asked:
                season_results(season, {"sprint"})
            counts.append(len(asked))
            transaction.set_rollback(True)
    assert counts[0] == counts[1] <= 8


def test_makes_have_a_table_of_what_they_built_and_of_each_with_its_engine() -> None:
    season, _race, (_first, _other), _ = build()
    tables = {}
    for subject in ("make", "entity"):
        row = Championship.objects.create(
            season=season, slug=subject, name=subject, rules={"subject": subject, "scales": {"sprint": [9, 6]}}
        )
        recompute_season(season)
        rows = Standing.objects.filter(championship=row).order_by("order")
        tables[subject] = [(one.position, str(one.subject), one.points) for one in rows]
    assert tables == {"make": [(1, "Vulcain", 15)], "entity": [(1, "Vulcain-Éole", 9), (2, "Vulcain", 6)]}


def test_settling_and_scoring_again_changes_no_row() -> None:
    season, race, _, _ = build()
    recompute_season(season)
    before = stored(Record, Standing, Season)
    settle_races([race])
    assert not recompute_season(season)
    assert stored(Record, Standing, Season) == before
