"""The order of a table: points, then the chain of tie-breaks, then a shared place; and what decided."""

from collections.abc import Mapping, Sequence
from operator import itemgetter
from typing import Any

from standings.scoring.awards import Units
from standings.scoring.places import NO_PLACE
from standings.scoring.points import format_points
from standings.scoring.rules import DecisionKind, Listed, Rules, TieBreak, TieStep
from standings.scoring.scored import Row
from standings.scoring.tally import Tally

NOTHING: Mapping[str, Any] = {}


def rank(rules: Rules, units: Units, tallies: Sequence[Tally], held: Sequence[int]) -> tuple[Row, ...]:
    """Put the subjects in order and give the rows of the table; `held` are the ids of the races so far."""
    ordered = sorted(tallies, key=_before)
    points = units.points
    rows: list[Row] = []
    start = 0
    for end, last in enumerate(ordered, 1):
        if end < len(ordered) and ordered[end].net == last.net and ordered[end].left_out == last.left_out:
            continue
        if end - start > 1:
            rows += _break_tie(rules, units, ordered[start:end], start, held)
        elif last.left_out or last.decisions:
            rows.append(_row(units, last, end, end, NOTHING))
        else:
            rows.append(
                Row(last.subject, end, end, points[last.net], points[last.gross], last.dropped_races(), NOTHING)
            )
        start = end
    return tuple(rows)


def _before(tally: Tally) -> tuple[str, int]:
    """Put those who are classified first, then the most points."""
    return tally.left_out, -tally.net


def _break_tie(rules: Rules, units: Units, group: Sequence[Tally], above: int, held: Sequence[int]) -> list[Row]:
    # Who shares a place has no order of their own: the id makes it the same each time.
    ordered = sorted([(_key(rules, tally, held), tally.subject, tally) for tally in group], key=itemgetter(0, 1))
    rows: list[Row] = []
    position = above + 1
    for index, (mine, _, tally) in enumerate(ordered):
        theirs, other, _ = ordered[1] if index == 0 else ordered[index - 1]
        if index and mine != theirs:
            position = above + index + 1
        tie = _decided(rules, mine, theirs)
        tie["other"] = other
        tie["ahead"] = mine < theirs
        rows.append(_row(units, tally, above + index + 1, position, {"tie": tie}))
    return rows


def _row(units: Units, tally: Tally, order: int, position: int, why: Mapping[str, Any]) -> Row:
    if tally.left_out:
        why = {**why, "not_classified": tally.left_out}
    if tally.decisions:
        adjustments = [
            {"kind": str(decision.kind), "points": format_points(decision.points), "reason": decision.reason}
            for decision in tally.decisions
        ]
        why = {**why, "adjustments": adjustments}
    net, gross = units.points[tally.net], units.points[tally.gross]
    return Row(tally.subject, order, None if tally.left_out else position, net, gross, tally.dropped_races(), why)


# --- the chain ---------------------------------------------------------------------------------------------------------

Key = tuple[tuple[Any, ...], ...]


def _key(rules: Rules, tally: Tally, held: Sequence[int]) -> Key:
    """Give what is compared, step by step; less is ahead."""
    return tuple([_step_key(rules, step, tally, held) for step in rules.tiebreak])


def _step_key(rules: Rules, step: TieStep, tally: Tally, held: Sequence[int]) -> tuple[Any, ...]:
    if step.by is TieBreak.COUNTBACK:
        places = _kept_places(tally, held) if step.kept and tally.dropped else tally.places
        if step.scoring:
            paid = max(len(scale.places) for scale in rules.scales.values())
            places = [place for place in places if place <= paid]
        # The end of the list is behind every place, so that who has one more result is ahead.
        return (*places, NO_PLACE)
    if step.by is TieBreak.FIRST_ACHIEVED:
        return tuple(sorted(tally.results))
    if step.by is TieBreak.LAST_ACHIEVED:
        return tuple(sorted((place, -index) for place, index in tally.results))
    return (_decided_order(rules, tally.subject, held),)


def _kept_places(tally: Tally, held: Sequence[int]) -> list[int]:
    dropped = set(tally.dropped_races())
    return sorted(place for place, index in tally.results if held[index] not in dropped)


def _decided_order(rules: Rules, subject: int, held: Sequence[int]) -> int:
    for decision in rules.decisions:
        since = decision.race is None or decision.race in held
        if decision.kind is DecisionKind.TIE_ORDER and since and subject in decision.order:
            return decision.order.index(subject)
    return NO_PLACE


def _decided(rules: Rules, mine: Key, theirs: Key) -> dict[str, Any]:
    """Say which step of the chain tells two subjects apart."""
    for step, own, other in zip(rules.tiebreak, mine, theirs, strict=True):
        if own == other:
            continue
        if step.by is TieBreak.COUNTBACK:
            place = min(next(pair for pair in zip(own, other, strict=False) if pair[0] != pair[1]))
            return {"rule": "countback", "place": place, "mine": own.count(place), "theirs": other.count(place)}
        return {"rule": str(step.by)}
    return {"rule": "shared"}


def is_listed(rules: Rules, tally: Tally) -> bool:
    """Tell whether a subject stands in the table. Whoever has points does."""
    if rules.listed is Listed.ENTERED:
        return True
    if rules.listed is Listed.STARTED:
        return tally.starts > 0
    if rules.listed is Listed.CLASSIFIED:
        return bool(tally.places) or tally.points > 0
    return tally.points > 0
