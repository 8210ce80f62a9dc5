"""Dropped scores: which of a subject's scores do not count in the table after a race."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple, Protocol

from standings.scoring.rules import Rules, Segment


@dataclass(slots=True)
class Held:
    """The numbers of the races (or meetings) that were held so far, ascending, and of those that were cancelled."""

    held: list[int] = field(default_factory=list)
    cancelled: list[int] = field(default_factory=list)


class MayDrop(Protocol):
    """A score of which it is known whether it may be dropped."""

    @property
    def droppable(self) -> bool:
        """Whether it may be."""
        ...


class Due(NamedTuple):
    """A segment of which scores are to be dropped in the table that is drawn, the same for all subjects of a phase.

    `held` of its races were held, `surplus` of them are too many; `whole` tells that no other races were held.
    """

    segment: Segment
    held: int
    surplus: int
    whole: bool


def due(rules: Rules, so_far: Held, after: int = 0) -> list[Due]:
    """Give the segments of which anybody can have a score dropped yet, of the races after the one of a number."""
    found = []
    for given in rules.segments:
        segment = replace(given, first=max(given.first, after + 1)) if after else given
        held = _within(segment, so_far.held)
        surplus = _surplus(segment, so_far, held) if held else 0
        if surplus > 0:
            found.append(Due(segment, held, surplus, held == len(so_far.held)))
    return found


def worst(
    rules: Rules, numbers: Sequence[int], scores: Sequence[MayDrop], worth: Sequence[int], segments: Iterable[Due]
) -> list[int]:
    """Give which of a subject's scores are dropped, by their indexes.

    `numbers` are those under which they count, `worth` the points that would go with each.
    """
    dropped: list[int] = []
    for segment, held, surplus, whole in segments:
        # Sorting leaves equal scores in their order: the one that is dropped stands first.
        own: Sequence[int] = range(len(scores))
        if rules.drop_latest:
            own = own[::-1]
        if not whole:
            own = [index for index in own if _in(segment, numbers[index])]
        if rules.absent or segment.best is not None:
            # A race missed is a zero, and nothing is worse than a zero; or it is no score, and there is one less to drop.
            surplus -= held - len(own)
        if rules.not_droppable:
            own = [index for index in own if scores[index].droppable]
        if surplus > 0:
            dropped += sorted(own, key=worth.__getitem__, reverse=rules.low)[:surplus]
    dropped.sort()
    return dropped


def drops_simply(rules: Rules) -> bool:
    """Tell whether what is dropped are simply the worst of all scores of a subject, as many as are too many."""
    if rules.low or rules.not_droppable or not rules.drop_bonus or rules.phases:
        return False
    return len(rules.segments) == 1 and not rules.by_round and rules.best_of_round is None


def beyond(rules: Rules, scores: Sequence[MayDrop], worth: Sequence[int]) -> list[int]:
    """Give which of a subject's scores of one meeting are dropped since only so many make the meeting's, by their indexes."""
    count, best = len(scores), rules.best_of_round
    if best is None or count <= best:
        return []
    return worst(rules, (), scores, worth, [Due(Segment(best=best), count, count - best, whole=True)])


def _surplus(segment: Segment, so_far: Held, held: int) -> int:
    """Give how many scores are too many of who missed no race."""
    if segment.best is not None:
        return held - segment.best
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
