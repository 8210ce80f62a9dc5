"""What unknown places could add, against every way in which they may have been taken."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, assume, given, settings

from standings.scoring import Bounds, Entrants, RaceResults, Reach, Rules, Table, bound, score, together
from tests.scoring import completing, partly_known

ZERO = Fraction(0)
#: So many completed seasons are looked at.
MOST = 60
#: Many seasons have too many completions to look at: they are left out.
EVERY_WAY = settings(max_examples=12, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))

Season = tuple[list[RaceResults], Mapping[int, Entrants]]


def _bounded(rules: Rules, season: Season) -> tuple[Table, Bounds | None, list[RaceResults]]:
    """Give the last table, its bounds, and the races until then."""
    races, entrants = season
    scored = score(rules, races)
    assume(scored.tables)
    last = scored.tables[-1]
    until = [race.key for race in races].index(last.race) + 1
    found = bound(rules, races, scored, entrants)
    return last, next((one for one in found if one.race == last.race), None), races[:until]


def completed(
    rules: Rules, season: Season, most: int = MOST
) -> tuple[Table, Bounds | None, Sequence[Mapping[int, Fraction]]]:
    """Give the last table, its bounds, and its points in every completed season, of which there are up to so many."""
    last, bounds, races = _bounded(rules, season)
    totals = completing.completed_totals(rules, races, season[1], most)
    assume(totals)
    assert totals
    return last, bounds, totals


def are_those_of_all(table: Table, bounds: Bounds | None, totals: Sequence[Mapping[int, Fraction]]) -> None:
    """Assert that the bounds are the least and the most of all completions, where they are exact."""
    for row in table.rows:
        own = bounds.points.get(row.subject, (row.points, row.points)) if bounds else (row.points, row.points)
        possible = [total.get(row.subject, ZERO) for total in totals]
        assert own[1] is not None
        assert own[0] <= min(possible)
        assert max(possible) <= own[1]
        if bounds is None or bounds.exact:
            assert own == (min(possible), max(possible))


def are_exactly_those_of_all(table: Table, bounds: Bounds | None, totals: Sequence[Mapping[int, Fraction]]) -> None:
    """Assert that the bounds are the least and the most of all completions, and are told to be."""
    assert bounds is None or bounds.exact
    are_those_of_all(table, bounds, totals)


def is_certain_where_it_is_told(table: Table, bounds: Bounds | None, totals: Sequence[Mapping[int, Fraction]]) -> None:
    """Assert that nobody can be level with or ahead of a leader who is told to lead for certain."""
    assume(bounds is not None and bounds.lead is not None)
    assert bounds is not None
    assert bounds.lead is not None
    leader = bounds.lead.leader
    assert leader == table.rows[0].subject
    if bounds.lead.certain:
        # Who is level is behind by the tie-break, as the law of positions sees.
        assert not any(points > total[leader] for total in totals for who, points in total.items() if who != leader)
    elif bounds.exact and bounds.lead.proven:
        assert any(total[bounds.lead.rival] >= total[leader] for total in totals if bounds.lead.rival in total)


def are_within_their_reach(rules: Rules, season: Season) -> None:
    """Assert that nobody is ahead of the best or behind the worst position that is told."""
    last, bounds, races = _bounded(rules, season)
    tables = completing.completed_positions(rules, races, season[1], MOST)
    assume(tables)
    assume(bounds is not None)
    assert bounds is not None
    assert tables
    if bounds.lead is not None and bounds.lead.certain:
        assert all([who for who, place in table.items() if place == 1] == [bounds.lead.leader] for table in tables)
    if not bounds.positions:
        return
    for row in last.rows:
        possible = {table[row.subject] for table in tables if table.get(row.subject) is not None}
        if row.position is None or not possible:
            continue
        reach = bounds.positions.get(row.subject, Reach(row.position, row.position, exact=False))
        assert reach.best <= min(possible)
        assert reach.worst is None or max(possible) <= reach.worst
        if reach.exact and bounds.exact:
            assert (reach.best, reach.worst) == (min(possible), max(possible))


@EVERY_WAY
@given(partly_known.rules(), partly_known.seasons(3))
def test_the_least_and_the_mostare_those_of_all_completions(rules: Rules, season: Season) -> None:
    are_those_of_all(*completed(rules, season))


@EVERY_WAY
@given(partly_known.rules_by_starters(), partly_known.seasons(3))
def test_where_it_depends_on_the_starters_what_is_paid_they_are_so_too(rules: Rules, season: Season) -> None:
    are_those_of_all(*completed(rules, season))


@EVERY_WAY
@given(partly_known.rules_with_qualifying(), partly_known.seasons(2))
def test_where_places_in_qualifying_are_paid_they_are_so_too(rules: Rules, season: Season) -> None:
    are_those_of_all(*completed(rules, season))


@EVERY_WAY
@given(partly_known.rules_with_laps(), partly_known.seasons(3))
def test_where_it_takes_so_many_laps_to_be_paid_they_are_so_too(rules: Rules, season: Season) -> None:
    are_those_of_all(*completed(rules, season))


@EVERY_WAY
@given(partly_known.rules() | partly_known.rules_by_starters(), partly_known.seasons(3))
def test_a_lead_is_certain_if_nobody_is_level_or_ahead_in_any_completion(rules: Rules, season: Season) -> None:
    is_certain_where_it_is_told(*completed(rules, season))


@EVERY_WAY
@given(partly_known.rules() | partly_known.rules_by_starters() | partly_known.rarer_rules(), partly_known.seasons(3))
def test_nobody_is_ever_ahead_of_the_best_or_behind_the_worst_position(rules: Rules, season: Season) -> None:
    are_within_their_reach(rules, season)


def none_lies_beyond(table: Table, bounds: Bounds | None, totals: Sequence[Mapping[int, Fraction]]) -> None:
    """Assert that the bounds hold."""
    for row in table.rows:
        least, most = bounds.points.get(row.subject, (row.points, row.points)) if bounds else (row.points, row.points)
        possible = [total.get(row.subject, ZERO) for total in totals]
        assert least <= min(possible)
        assert most is None or max(possible) <= most


@EVERY_WAY
@given(partly_known.rarer_rules(), partly_known.seasons(3))
def test_under_the_rarer_rules_no_completion_lies_beyond_the_bounds(rules: Rules, season: Season) -> None:
    none_lies_beyond(*completed(rules, season))


@EVERY_WAY
@given(partly_known.rules(), partly_known.seasons(3))
def test_where_the_ways_of_several_cars_are_too_many_to_look_at_no_completion_lies_beyond_the_bounds(
    rules: Rules, season: Season
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(together, "WAYS", 0)
        found = completed(rules, season)
    none_lies_beyond(*found)
