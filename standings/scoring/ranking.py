"""The order of a table: points, then the chain of tie-breaks, then a shared place; and what decided."""

from collections.abc import Callable, Mapping, Sequence
from operator import attrgetter
from typing import Any

from standings.scoring.making import maker
from standings.scoring.points import format_points
from standings.scoring.results import RaceResults
from standings.scoring.rules import Decision, Listed, Rules
from standings.scoring.scored import Row
from standings.scoring.tally import Tally
from standings.scoring.tiebreaks import SHARED, decided, keys_of
from standings.scoring.units import Units

_made = maker(Row)
_NET = attrgetter("net")
NOTHING: Mapping[str, Any] = {}


def rank(rules: Rules, units: Units, tallies: Sequence[Tally], held: Sequence[RaceResults]) -> tuple[Row, ...]:
    """Put the subjects in order and give the rows of the table.

    `tallies` are in the order of their ids, which is that of who shares a place; `held` are the races so far.
    """
    key, backwards = _order(rules)
    ordered = sorted(tallies, key=key, reverse=backwards)
    keys = [key(tally) for tally in ordered]
    count = len(ordered)
    rows: list[Row] = []
    start = 0
    for end, tally in enumerate(ordered, 1):
        if end < count and keys[end] == keys[start]:
            continue
        if end - start == 1:
            rows.append(_row(units, tally, end, end, NOTHING))
        else:
            rows += _break_tie(rules, units, ordered[start:end], start, held)
        start = end
    return tuple(rows)


def _order(rules: Rules) -> tuple[Callable[[Tally], Any], bool]:
    """Give what subjects are ordered by, and whether backwards."""
    if rules.decisions or rules.min_scores or rules.min_finishes or rules.phases:
        return (_lower_first if rules.low else _more_first), False
    return _NET, not rules.low


def _more_first(tally: Tally) -> tuple[str, int, int]:
    """Put those first who are classified, then those who came further in the season's phases, then the most points."""
    return tally.left_out, -tally.phase, -tally.net


def _lower_first(tally: Tally) -> tuple[str, int, int]:
    return tally.left_out, -tally.phase, tally.net


def _break_tie(
    rules: Rules, units: Units, group: Sequence[Tally], above: int, held: Sequence[RaceResults]
) -> list[Row]:
    """Give the rows of those who are level on points; `above` are in front of them."""
    keys = keys_of(rules, group, held)
    order = sorted(range(len(group)), key=keys.__getitem__)
    rows: list[Row] = []
    position = above + 1
    for index, mine in enumerate(order):
        neighbour = order[index - 1 if index else 1]
        tie = decided(rules, keys[mine], keys[neighbour], group[neighbour].subject)
        if index and tie["rule"] != SHARED:
            position = above + index + 1
        rows.append(_row(units, group[mine], above + index + 1, position, {"tie": tie}))
    return rows


def _row(units: Units, tally: Tally, order: int, position: int, why: Mapping[str, Any]) -> Row:
    points = units.points
    place: int | None = position
    if tally.left_out or tally.decisions or tally.phase:
        why = {**why, **_told_of(units, tally)}
        place = None if tally.left_out else position
    return _made((tally.subject, order, place, points[tally.net], points[tally.gross], tally.dropped_races, why))


def _told_of(units: Units, tally: Tally) -> dict[str, Any]:
    """Give what a row tells beside the tie: why it has no place, what was decided, the phase."""
    told: dict[str, Any] = {}
    if tally.left_out:
        told["not_classified"] = tally.left_out
    if tally.decisions:
        told["adjustments"] = [_told(decision) for decision in tally.decisions]
    if tally.phase:
        told["phase"] = {"number": tally.phase, "began": format_points(units.points[tally.began])}
    return told


def _told(decision: Decision) -> dict[str, str]:
    told = {"kind": str(decision.kind), "points": format_points(decision.points), "reason": decision.reason}
    return {**told, "text": decision.text} if decision.text else told


def is_listed(rules: Rules, tally: Tally, held: Sequence[RaceResults]) -> bool:
    """Tell whether a subject stands in the table. Whoever has points does."""
    if rules.listed is Listed.ENTERED:
        return True
    if rules.listed is Listed.STARTED:
        return tally.starts > 0 or tally.points > 0
    if rules.listed is Listed.CLASSIFIED:
        if rules.listed_in and tally.points <= 0:
            scores = zip(tally.indexes, tally.scores, strict=True)
            return any(score.positions and held[index].session in rules.listed_in for index, score in scores)
        return tally.placed or tally.points > 0
    return tally.points > 0
