"""The order of a table: points, then the chain of tie-breaks, then a shared place; and what decided."""

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from operator import attrgetter
from typing import Any

from standings.scoring.making import new
from standings.scoring.points import format_points
from standings.scoring.results import RaceResults
from standings.scoring.rules import Decision, Listed, Rules
from standings.scoring.scored import Row, Tie
from standings.scoring.tally import Tally
from standings.scoring.tiebreaks import PLAIN, SHARED, apart, by_countback, decided, keys_of
from standings.scoring.units import Units

_NET = attrgetter("net")
_POINTS = attrgetter("points")
_PLACES = attrgetter("places")
NOTHING: Mapping[str, Any] = {}
#: Gives units as points.
Points = Callable[[int], Fraction]


def rank(
    rules: Rules, units: Units, tallies: Sequence[Tally], held: Sequence[RaceResults], *, bare: bool = False
) -> tuple[Row, ...]:
    """Put the subjects in order and give the rows of the table.

    `tallies` are in the order of their ids, which is that of who shares a place; `held` are the races so far. `bare` tells that
    of nobody anything is dropped or decided, so that all have the points that they have earned, and ties are broken by the
    countback alone.
    """
    key, backwards = (_POINTS, not rules.low) if bare else _order(rules, tallies)
    ordered = sorted(tallies, key=key, reverse=backwards)
    by_places = rules.tiebreak == PLAIN
    points = units.as_points
    rows: list[Row] = []
    start = 0
    # Nobody is level with the last.
    levels = iter([*map(key, ordered), None])
    level = next(levels)
    for end, following in enumerate(levels, 1):
        if following == level:
            continue
        if end - start > 1:
            group = ordered[start:end]
            if by_places:
                _by_countback(points, group, start, rows, bare=bare)
            else:
                _by_chain(rules, units, group, start, held, rows)
        else:
            tally = ordered[start]
            if bare:
                # What `_row` comes to, without calling it: most rows are such.
                own = points(tally.points)
                rows.append(new(Row, (tally.subject, end, end, own, own, (), None, NOTHING)))
            else:
                rows.append(_row(points, tally, end, end, None))
        start, level = end, following
    return tuple(rows)


def _is_plain(rules: Rules, tallies: Sequence[Tally]) -> bool:
    """Tell whether everybody is classified and has reached no further phase than others."""
    if not (rules.decisions or rules.min_scores or rules.min_finishes or rules.phases):
        return True
    return not any(tally.left_out or tally.phase for tally in tallies)


def _order(rules: Rules, tallies: Sequence[Tally]) -> tuple[Callable[[Tally], Any], bool]:
    """Give what subjects are ordered by, and whether backwards."""
    if _is_plain(rules, tallies):
        return _NET, not rules.low
    return (_lower_first if rules.low else _more_first), False


def _more_first(tally: Tally) -> tuple[str, int, int]:
    """Put those first who are classified, then those who came further in the season's phases, then the most points."""
    return tally.left_out, -tally.phase, -tally.net


def _lower_first(tally: Tally) -> tuple[str, int, int]:
    return tally.left_out, -tally.phase, tally.net


def _by_countback(points: Points, group: list[Tally], above: int, rows: list[Row], *, bare: bool) -> None:
    """Add the rows of those who are level on points where the countback alone decides; `above` are in front of them."""
    group.sort(key=_PLACES)
    first = position = above + 1
    # The first is told from the second, each other from the one in front.
    other = group[1]
    difference = apart(group[0].places, other.places)
    own = points(other.points)
    for order, tally in enumerate(group, first):
        if order > first + 1:
            difference = apart(other.places, tally.places)
        if order > first and difference is not None:
            position = order
        tie = by_countback(difference, other.subject, ahead=order == first)
        if bare:
            rows.append(new(Row, (tally.subject, order, position, own, own, (), tie, NOTHING)))
        else:
            rows.append(_row(points, tally, order, position, tie))
        other = tally


def _by_chain(
    rules: Rules, units: Units, group: list[Tally], above: int, held: Sequence[RaceResults], rows: list[Row]
) -> None:
    """Do the same by any chain of tie-breaks."""
    keys = keys_of(rules, group, held)
    order = sorted(range(len(group)), key=keys.__getitem__)
    position = above + 1
    neighbour = order[1]
    for index, mine in enumerate(order):
        tie = decided(rules, units.points, held, keys[mine], keys[neighbour], group[neighbour].subject)
        if index and tie.rule != SHARED:
            position = above + index + 1
        rows.append(_row(units.as_points, group[mine], above + index + 1, position, tie))
        neighbour = mine


def _row(points: Points, tally: Tally, order: int, position: int, tie: Tie | None) -> Row:
    place: int | None = position
    told = NOTHING
    if tally.left_out or tally.decisions or tally.phase:
        told = _told_of(points, tally)
        place = None if tally.left_out else position
    net = points(tally.net)
    gross = net if tally.gross == tally.net else points(tally.gross)
    return new(Row, (tally.subject, order, place, net, gross, tally.dropped_races, tie, told))


def _told_of(points: Points, tally: Tally) -> dict[str, Any]:
    """Give what a row tells beside the tie: why it has no place, what was decided, the phase."""
    told: dict[str, Any] = {}
    if tally.left_out:
        told["not_classified"] = tally.left_out
    if tally.decisions:
        told["adjustments"] = [_told(decision) for decision in tally.decisions]
    if tally.phase:
        told["phase"] = {"number": tally.phase, "began": format_points(points(tally.began))}
    return told


def _told(decision: Decision) -> dict[str, str]:
    told = {"kind": str(decision.kind), "points": format_points(decision.points), "reason": decision.reason}
    return {**told, "text": decision.text} if decision.text else told


def is_listed(rules: Rules, tally: Tally, held: Sequence[RaceResults]) -> bool:
    """Tell whether a subject stands in the table. Whoever has points does."""
    if rules.listed is Listed.ENTERED:
        return True
    if rules.listed is Listed.STARTED:
        return tally.points > 0 or any(score.started for score in tally.scores)
    if rules.listed is Listed.CLASSIFIED:
        if rules.listed_in and tally.points <= 0:
            scores = zip(tally.indexes, tally.scores, strict=True)
            return any(score.positions and held[index].session in rules.listed_in for index, score in scores)
        return tally.placed or tally.points > 0
    return tally.points > 0
