"""What other rules would change is told of the real season before they are saved, and is what saving them gives."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from racing.models import Driver, Race, Season, Team
from standings.models import Championship, ClaimCheck, Standing, TableAfter
from standings.previewing import Preview, preview
from standings.recompute import recompute_season
from standings.scoring import parse_rules
from tests.standings.building import make_entry, make_event, make_race, make_season, stored, table
from tests.standings.test_checking_claims import claim

pytestmark = pytest.mark.django_db


@pytest.fixture
def season() -> Season:
    """Two rounds of two races, known whole: Ames wins the first three, and is last in the fourth."""
    season = make_season()
    ames, brac, caux = (make_entry(season, name, team=f"Team {name}") for name in ("Ames", "Brac", "Caux"))
    for number in (1, 2):
        event = make_event(season, f"Circuit {number}", number=number)
        make_race(event, 1, {"overall": [ames, brac, caux]}, starters=3)
        last = [ames, caux, brac] if number == 1 else [caux, brac, ames]
        make_race(event, 2, {"overall": last}, starters=3)
    recompute_season(season)
    return season


def title(season: Season) -> Championship:
    return Championship.objects.get(season=season, slug="drivers")


def look(season: Season, **rules: Any) -> Preview:
    own = title(season)
    return preview(own, parse_rules({**own.all_rules, **rules}))


def told(preview: Preview) -> list[tuple[str, Any, Any]]:
    """Give of each row its name, and position and points before and after."""
    return [
        (
            row.name,
            row.before and (row.before.position, row.before.points),
            row.after and (row.after.position, row.after.points),
        )
        for row in preview.rows
    ]


# By the default rules: Ames 25 25 25 15 = 90, Caux 15 18 15 25 = 73, Brac 18 15 18 18 = 69.


def test_the_rules_that_hold_change_nothing(season: Season) -> None:
    assert (look(season).nothing, told(look(season))) == (True, [])


def test_who_gains_and_loses_by_other_rules_is_told_with_what_it_was_before(season: Season) -> None:
    seen = look(season, scales={"race": [10, 9, 0]})
    assert told(seen) == [
        ("Ames", (1, 90), (1, 30)),
        ("Brac", (3, 69), (2, 27)),
        ("Caux", (2, 73), (3, 19)),
    ]
    assert [row.difference.gained for row in seen.rows] == [0, 1, -1]
    assert (seen.up, seen.down, len(seen.comparison.races), seen.comparison.of) == (1, 1, 4, 4)


def test_other_drops_and_bonuses_are_told(season: Season) -> None:
    seen = look(season, segments=[{"drop": 1}], bonuses=[{"on": "win", "points": 2}])
    ames = seen.rows[0]
    assert (ames.name, ames.bonuses, ames.difference.drops_differ) == ("Ames", (0, 6), True)
    assert told(seen) == [
        ("Ames", (1, 90), (1, 81)),
        ("Caux", (2, 73), (2, 60)),
        ("Brac", (3, 69), (3, 54)),
    ]


def test_rules_that_change_earlier_tables_alone_say_so(season: Season) -> None:
    points = [{"from": 1, "to": 3, "best": 3}, {"from": 4, "best": 1}]
    late = {"race": season.events.last().races.get(number=2).pk, "reason": "as before", "rules": {"segments": points}}
    seen = look(season, segments=[{"from": 1, "best": 1}], changes=[late])
    assert (told(seen), len(seen.comparison.races), seen.nothing) == ([], 2, False)


def test_who_leaves_the_table_is_told(season: Season) -> None:
    make_race(season.events.last(), 3, {"overall": [make_entry(season, "Doux")]})
    recompute_season(season)
    assert told(look(season, exclude_rounds=[2])) == [
        ("Ames", (1, 90), (1, 50)),
        ("Brac", (3, 69), (2, 33)),
        ("Caux", (2, 73), (2, 33)),
        ("Doux", (4, 25), None),
    ]


def test_points_for_others_give_their_whole_table(season: Season) -> None:
    seen = look(season, subject="team")
    assert (seen.others, told(seen)[0]) == (True, ("Team Ames", None, (1, 90)))


def test_rules_that_do_not_reach_a_race_for_want_of_a_number_say_so(season: Season) -> None:
    phases = [{"after_round": 1, "keep": 2, "set_points": 100}]
    scales = {"race": [25, 18, 15], "half": [5, 4, 3]}
    by = {"attribute": "hours", "steps": [[6, "half"]]}

    def lacking(**rules: Any) -> tuple[int, int]:
        shown = look(season, scales=scales, **rules)
        return shown.unnumbered, shown.unmeasured

    assert [lacking(phases=phases), lacking(scale_by=by)] == [(0, 0), (0, 4)]
    season.rounds.filter(number=2).update(number=None)
    Race.objects.filter(pk=Race.objects.earliest("pk").pk).update(hours=6)
    assert [lacking(), lacking(phases=phases), lacking(scale_by=by)] == [(0, 0), (1, 0), (0, 3)]
    assert lacking(scale_by={**by, "full": [1]}) == (1, 2)
    assert lacking(scale_by={**by, "attribute": "round"}) == (1, 0)
    assert lacking(scale_by={**by, "attribute": "starters"}) == (0, 0)
    change = {"race": Race.objects.earliest("pk").pk, "reason": "x", "rules": {"phases": phases}}
    assert lacking(changes=[change]) == (1, 0)


def test_claims_that_would_be_answered_otherwise_are_told(season: Season) -> None:
    claim(season, "Ames", event=season.events.last(), position=1, points="90")
    recompute_season(season)
    assert ClaimCheck.objects.get().verdict == "agrees"
    seen = look(season, scales={"race": [10, 9, 8]})
    assert [(one.before.verdict, one.after.verdict) for one in seen.claims] == [("agrees", "disagrees")]
    assert look(season, title=False).claims == ()


RULES: list[dict[str, Any]] = [
    {"scales": {"race": [10, 9, 0]}},
    {"segments": [{"drop": 1}], "bonuses": [{"on": "win", "points": "1/3"}]},
    {"subject": "team", "cars": 1},
    {"exclude_rounds": [1], "listed": "entered"},
    {"unit": "round", "segments": [{"best": 1}]},
]


@pytest.mark.parametrize("rules", RULES, ids=str)
def test_what_is_told_is_what_saving_gives_and_telling_writes_nothing(rules: dict[str, Any], season: Season) -> None:
    before = stored(Championship, Standing, TableAfter)
    seen = look(season, **rules)
    assert stored(Championship, Standing, TableAfter) == before
    own = title(season)
    own.rules, own.edited = {**own.rules, **rules}, True
    own.save()
    recompute_season(season)
    model = Team if rules.get("subject") == "team" else Driver
    assert table(own) == [
        (row.position, str(model.objects.get(pk=row.subject)), row.points) for row in seen.comparison.table
    ]


def test_rules_that_cannot_be_followed_are_no_hindrance_to_looking_at_others(season: Season) -> None:
    own = title(season)
    rules = own.rules
    Championship.objects.filter(pk=own.pk).update(rules={"scales": 5}, edited=True)
    seen = preview(title(season), parse_rules(rules))
    assert [row for row in told(seen) if row[1] is not None] == []
    assert [row.name for row in seen.rows] == ["Ames", "Caux", "Brac"]


def test_a_longer_season_asks_for_no_more_queries(season: Season) -> None:
    with CaptureQueriesContext(
        connection,
    ) as few:
        look(season)
    make_race(season.events.last(), 3, {"overall": [make_entry(season, name) for name in ("Doux", "Elan")]})
    recompute_season(season)
    with CaptureQueriesContext(connection) as more:
        look(season)
    assert len(more) == len(few) <= 25
