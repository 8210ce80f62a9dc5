"""Bounds held against every way in which unknown places may have been taken, for the laws of bounds."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from hypothesis import HealthCheck, assume, settings

from standings.scoring import Bounds, Entrants, RaceResults, Reach, Rules, Table, bound, score
from tests.scoring import completing

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


def none_lies_beyond(table: Table, bounds: Bounds | None, totals: Sequence[Mapping[int, Fraction]]) -> None:
    """Assert that the bounds hold."""
    for row in table.rows:
        least, most = bounds.points.get(row.subject, (row.points, row.points)) if bounds else (row.points, row.points)
        possible = [total.get(row.subject, ZERO) for total in totals]
        assert least <= min(possible)
        assert most is None or max(possible) <= most
