"""The order of a table: points, then the chain of tie-breaks, then a shared place; and what decided."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from standings.scoring.awards import Units
from standings.scoring.places import NO_PLACE
from standings.scoring.points import format_points
from standings.scoring.rules import Decision, DecisionKind, Listed, Rules, TieBreak, TieStep
from standings.scoring.scored import Row
from standings.scoring.tally import Tally

NOTHING: Mapping[str, Any] = {}


class Total(NamedTuple):
    """A subject's points after a race, in units, and why the subject is not classified, if so."""

    tally: Tally
    net: int
    gross: int
    left_out: str = ""
    decisions: tuple[Decision, ...] = ()


def rank(rules: Rules, units: Units, totals: Sequence[Total], held: Sequence[int]) -> tuple[Row, ...]:
    """Put totals in order and give the rows of the table; `held` are the ids of the races so far."""
    ordered = sorted(totals, key=_before)
    rows: list[Row] = []
    start = 0
    for end in range(1, len(ordered) + 1):
        first = ordered[start]
        if end < len(ordered) and ordered[end].net == first.net and ordered[end].left_out == first.left_out:
            continue
        if end - start == 1:
            rows.append(_row(units, first, end, None if first.left_out else end, NOTHING))
        else:
            rows += _break_tie(rules, units, ordered[start:end], start, held)
        start = end
    return tuple(rows)


def _before(total: Total) -> tuple[str, int]:
    """Put those who are classified first, then the most points."""
    return total.left_out, -total.net


def _break_tie(rules: Rules, units: Units, group: Sequence[Total], above: int, held: Sequence[int]) -> list[Row]:
    keys = {total.tally.subject: _key(rules, total, held) for total in group}
    # Who shares a place has no order of their own: the id makes it the same each time.
    ordered = sorted(group, key=lambda total: (keys[total.tally.subject], total.tally.subject))
    rows: list[Row] = []
    position = above + 1
    for index, total in enumerate(ordered):
        ahead = index == 0
        other = ordered[1] if ahead else ordered[index - 1]
        mine, theirs = keys[total.tally.subject], keys[other.tally.subject]
        if not ahead and mine != theirs:
            position = above + index + 1
        why = {"tie": {**_decided(rules, mine, theirs), "other": other.tally.subject, "ahead": mine < theirs}}
        rows.append(_row(units, total, above + index + 1, None if total.left_out else position, why))
    return rows


def _row(units: Units, total: Total, order: int, position: int | None, why: Mapping[str, Any]) -> Row:
    if total.left_out or total.decisions:
        why = dict(why)
        if total.left_out:
            why["not_classified"] = total.left_out
        if total.decisions:
            why["adjustments"] = [
                {"kind": str(decision.kind), "points": format_points(decision.points), "reason": decision.reason}
                for decision in total.decisions
            ]
    tally = total.tally
    return Row(
        tally.subject, order, position, units.points(total.net), units.points(total.gross), tally.dropped_races(), why
    )


# --- the chain ---------------------------------------------------------------------------------------------------------

Key = tuple[tuple[Any, ...], ...]


def _key(rules: Rules, total: Total, held: Sequence[int]) -> Key:
    """Give what is compared, step by step; less is ahead."""
    return tuple(_step_key(rules, step, total, held) for step in rules.tiebreak)


def _step_key(rules: Rules, step: TieStep, total: Total, held: Sequence[int]) -> tuple[Any, ...]:
    tally = total.tally
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
