"""Dropped scores: which of a subject's scores do not count in the table after a race."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from operator import attrgetter

from standings.scoring.rules import Rules, Segment


@dataclass(slots=True)
class Counted:
    """One score as the season counts it: of a race, or of all races of a meeting. In units."""

    number: int
    points: int
    bonus: int
    droppable: bool
    races: list[int]


_POINTS = attrgetter("points")


@dataclass(slots=True)
class Held:
    """The numbers of the races (or meetings) that were held so far, ascending, and of those that were cancelled."""

    held: list[int] = field(default_factory=list)
    cancelled: list[int] = field(default_factory=list)


def worst(rules: Rules, scores: Sequence[Counted], so_far: Held) -> Iterable[Counted]:
    """Give the scores that are dropped, given all of a subject so far in ascending order of their numbers."""
    for segment in rules.segments:
        held = _within(segment, so_far.held)
        if held == len(so_far.held):
            own = scores
        else:
            own = [score for score in scores if _in(segment, score.number)]
        surplus = _surplus(rules, segment, so_far, held, len(own))
        if rules.absent:
            # A race missed is a zero, and nothing is worse than a zero.
            surplus -= held - len(own)
        if surplus > 0:
            droppable = [score for score in (reversed(own) if rules.drop_latest else own) if score.droppable]
            # Sorting leaves equal scores in their order, backwards too: the one that is dropped stands first.
            droppable.sort(key=_POINTS if rules.drop_bonus else _points_alone, reverse=rules.low)
            yield from droppable[:surplus]


def may_drop(rules: Rules, so_far: Held) -> bool:
    """Tell whether anybody can have a score dropped yet; saves looking at each."""
    return any(
        _surplus(rules, segment, so_far, held, held) > 0
        for segment in rules.segments
        if (held := _within(segment, so_far.held))
    )


def _points_alone(score: Counted) -> int:
    return score.points - score.bonus


def lost(rules: Rules, dropped: Iterable[Counted]) -> int:
    """Give how many points the dropped scores take away, in units."""
    return sum(map(_POINTS if rules.drop_bonus else _points_alone, dropped))


def _surplus(rules: Rules, segment: Segment, so_far: Held, held: int, own: int) -> int:
    """Give how many scores are too many, missed races included where they are scores."""
    if segment.best is not None:
        return (held if rules.absent else own) - segment.best
    if segment.schedule:
        return max((drop for count, drop in segment.schedule if count <= held), default=0)
    assert segment.drop is not None, "a segment has one of the three"
    if segment.last is None:
        # Without an end the drop holds from the beginning; one score always counts.
        return min(segment.drop, held - 1)
    length = segment.last - segment.first + 1 - _within(segment, so_far.cancelled)
    return held - max(length - segment.drop, 0)


def _in(segment: Segment, number: int) -> bool:
    return segment.first <= number and (segment.last is None or number <= segment.last)


def _within(segment: Segment, numbers: Sequence[int]) -> int:
    end = len(numbers) if segment.last is None else bisect_right(numbers, segment.last)
    return end - bisect_left(numbers, segment.first)
