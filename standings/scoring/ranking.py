"""The order of a table: points, then the chain of tie-breaks, then a shared place; and what decided."""

from collections.abc import Mapping, Sequence
from operator import attrgetter, itemgetter
from typing import Any

from standings.scoring.making import maker
from standings.scoring.points import format_points
from standings.scoring.results import RaceResults
from standings.scoring.rules import Decision, Listed, Rules
from standings.scoring.scored import Row
from standings.scoring.tally import Tally
from standings.scoring.tiebreaks import decided, keys_of
from standings.scoring.units import Units

_made = maker(Row)
NOTHING: Mapping[str, Any] = {}


def rank(rules: Rules, units: Units, tallies: Sequence[Tally], held: Sequence[RaceResults]) -> tuple[Row, ...]:
    """Put the subjects in order and give the rows of the table; `held` are the races so far."""
    if rules.decisions or rules.min_scores or rules.min_finishes or rules.phases:
        ordered = sorted(tallies, key=_lower_first if rules.low else _phase_first if rules.phases else _more_first)
    else:
        ordered = sorted(tallies, key=attrgetter("net"), reverse=not rules.low)
    points = units.points
    count = len(ordered)
    rows: list[Row] = []
    start = 0
    for end, last in enumerate(ordered, 1):
        net = last.net
        if end < count:
            after = ordered[end]
            if after.net == net and after.left_out == last.left_out and after.phase == last.phase:
                continue
        if end - start > 1:
            rows += _break_tie(rules, units, ordered[start:end], start, held)
        elif last.left_out or last.decisions or last.phase:
            rows.append(_row(units, last, end, end, NOTHING))
        else:
            dropped = last.dropped_races() if last.dropped else ()
            rows.append(_made((last.subject, end, end, points[net], points[last.gross], dropped, NOTHING)))
        start = end
    return tuple(rows)


def _more_first(tally: Tally) -> tuple[str, int]:
    """Put those who are classified first, then the most points."""
    return tally.left_out, -tally.net


def _lower_first(tally: Tally) -> tuple[str, int]:
    return tally.left_out, tally.net


def _phase_first(tally: Tally) -> tuple[str, int, int]:
    return tally.left_out, -tally.phase, -tally.net


def _break_tie(
    rules: Rules, units: Units, group: Sequence[Tally], above: int, held: Sequence[RaceResults]
) -> list[Row]:
    # Who shares a place has no order of their own: the id makes it the same each time.
    ordered = sorted(
        [(key, tally.subject, tally) for key, tally in zip(keys_of(rules, group, held), group, strict=True)],
        key=itemgetter(0, 1),
    )
    rows: list[Row] = []
    position = above + 1
    for index, (mine, _, tally) in enumerate(ordered):
        theirs, other, _ = ordered[1] if index == 0 else ordered[index - 1]
        if index and mine != theirs:
            position = above + index + 1
        why = {"tie": decided(rules, mine, theirs, other)}
        if tally.left_out or tally.decisions or tally.phase:
            rows.append(_row(units, tally, above + index + 1, position, why))
        else:
            dropped = tally.dropped_races() if tally.dropped else ()
            net, gross = units.points[tally.net], units.points[tally.gross]
            rows.append(_made((tally.subject, above + index + 1, position, net, gross, dropped, why)))
    return rows


def _row(units: Units, tally: Tally, order: int, position: int, why: Mapping[str, Any]) -> Row:
    if tally.left_out:
        why = {**why, "not_classified": tally.left_out}
    if tally.decisions:
        adjustments = [_told(decision) for decision in tally.decisions]
        why = {**why, "adjustments": adjustments}
    if tally.phase:
        why = {**why, "phase": {"number": tally.phase, "began": format_points(units.points[tally.began])}}
    net, gross = units.points[tally.net], units.points[tally.gross]
    dropped = tally.dropped_races() if tally.dropped else ()
    return _made((tally.subject, order, None if tally.left_out else position, net, gross, dropped, why))


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
            return any(held[index].session in rules.listed_in for _, index in tally.results)
        return bool(tally.places) or tally.points > 0
    return tally.points > 0
