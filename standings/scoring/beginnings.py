"""Beginnings of the ways in which a race may have ended for several cars, gone on with where most may come of it, or least.

What may come of a beginning is never told too small (or, where the least is looked for, too great): of cars that are alike each
takes the best that is left, no two the same place, and those that are paid in one order share out its places.
"""

from bisect import bisect_left
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from heapq import heappop, heappush
from itertools import accumulate, count
from typing import NamedTuple

from standings.scoring.option import Option, most_of_each
from standings.scoring.places import NO_PLACE
from standings.scoring.possible import Order

#: Points, whether they may be dropped, and whether there is a score at all: as `earnings.best` and `worst` compare them.
Key = tuple[int, int, int]


@dataclass(eq=False, slots=True)
class Alike:
    """Cars of which the same is known, by their indexes, and the ways in which the race may have ended for each of them.

    The best way stands first, or the worst where that is looked for. `alone` tells of each whether no other car that is paid in
    the same `order` can have ended like it: it held a place.
    """

    cars: list[int]
    options: list[Option]
    order: Order | None
    alone: list[bool]
    tops: dict[tuple[int, bool], list[int]] = field(default_factory=dict)

    def first(self, start: int) -> int | None:
        """Give the first of the places of the ways from one on, None where they have none."""
        ways = zip(self.options[start:], self.alone[start:], strict=True)
        return min((one.place for one, alone in ways if alone), default=None)


#: In the stead of a place: whatever became of a car, where it is none of those that score.
WHATEVER = -1


class Left(NamedTuple):
    """Cars that are alike and still to come: so many of them, which end in one of the ways from `start` on."""

    at: int
    group: Alike
    start: int
    number: int


class Room:
    """The places of one order that some cars of a subject may have shared out among each other."""

    def __init__(self, groups: Sequence[Alike]) -> None:
        ways = [(one, alone) for group in groups for one, alone in zip(group.options, group.alone, strict=True)]
        of: dict[int, int] = {}
        for one, alone in ways:
            if alone:
                of[one.place] = max(one.points, of.get(one.place, one.points))
        self._places = sorted(of)
        #: The most that is to be had from a place on, and without any of these.
        self._worth = list(accumulate([of[place] for place in reversed(self._places)], max))[::-1]
        self._without = max((one.points for one, alone in ways if not alone), default=None)

    def most(self, taken: Collection[int], firsts: Iterable[int]) -> list[int] | None:
        """Give the most that cars may have by places that are not taken, each from its first one on; None if not all can."""
        found, free = [], 0
        for first in sorted(firsts):
            free = max(free, bisect_left(self._places, first))
            while free < len(self._places) and self._places[free] in taken:
                free += 1
            worths = self._worth[free : free + 1] + ([] if self._without is None else [self._without])
            if not worths:
                return None
            found.append(max(worths))
            free += 1
        return found


class Beginnings:
    """The beginnings that were not gone on with yet, of which the one comes first that most may come of; or least.

    `scoring` is for how many cars the points count, `all_paid` tells whether the bonuses of all do.
    """

    def __init__(self, groups: Sequence[Alike], scoring: int, *, most: bool, all_paid: bool) -> None:
        self._groups, self._scoring, self._most, self._all_paid = groups, scoring, most, all_paid
        #: Of each car in its turn the group, by its index, and how many of that are left with it.
        self._of = [at for at, group in enumerate(groups) for _ in group.cars]
        self._left = [len(group.cars) - at for group in groups for at in range(len(group.cars))]
        #: Whether those alone are looked at who score: as many as can.
        self._some = any(group.options[0].place == WHATEVER for group in groups)
        self._further = [self._beside(group) for group in groups]
        orders = {id(group.order): group.order for group in groups if group.order is not None}
        self._rooms = [(order, Room([one for one in groups if one.order is order])) for order in orders.values()]
        self._number = count()
        self._heap: list[tuple[Key, int, int, tuple[int, ...], bool]] = []
        self._go_on((), ())

    def next(self) -> tuple[tuple[int, ...], tuple[Option, ...], bool] | None:
        """Give the first, by the indexes of its ways, and whether what comes of it is known; None where there is none left."""
        if not self._heap:
            return None
        _, _, _, indexes, is_known = heappop(self._heap)
        return indexes, self._way(indexes), is_known

    def go_on(self, indexes: tuple[int, ...]) -> None:
        """Let one more car end in each of its ways; of those that are alike none ends in a better one than the one before."""
        self._go_on(indexes, self._way(indexes))

    def note(self, indexes: tuple[int, ...], key: Sequence[int]) -> None:
        """Note what came of a way that is whole."""
        self._push((key[0], key[1], key[2]), indexes, is_known=True)

    def _way(self, indexes: Sequence[int]) -> tuple[Option, ...]:
        return tuple([self._groups[self._of[at]].options[index] for at, index in enumerate(indexes)])

    def _go_on(self, indexes: tuple[int, ...], way: tuple[Option, ...]) -> None:
        group, start = self._groups[self._of[len(indexes)]], self._start(indexes)
        for index in range(start, len(group.options)):
            key = self._bound((*indexes, index), (*way, group.options[index]))
            if key is not None:
                self._push(key, (*indexes, index), is_known=False)

    def _start(self, indexes: Sequence[int]) -> int:
        """Give from which of its ways on the next car may end: of cars that are alike the second as the first, or worse."""
        at = len(indexes)
        if at == 0 or self._of[at - 1] != self._of[at]:
            return 0
        return indexes[-1] + self._groups[self._of[at]].alone[indexes[-1]]

    def _push(self, key: Key, indexes: tuple[int, ...], *, is_known: bool) -> None:
        ordered = (-key[0], -key[1], -key[2]) if self._most else key
        # Of those that are level the longest comes first.
        heappush(self._heap, (ordered, -len(indexes) - is_known, next(self._number), indexes, is_known))

    # -- what may come of it -----------------------------------------------------------------------------------------

    def _bound(self, indexes: Sequence[int], way: Sequence[Option]) -> Key | None:
        """Give the most that may come of a beginning, or the least; None where the cars that are left have no place."""
        if self._some:
            whatever = sum(1 for one in way if one.place == WHATEVER)
            if whatever > len(self._of) - self._scoring or len(way) - whatever > self._scoring:
                return None
        left = list(self._still_to_come(indexes))
        points, bonus = [one.points for one in way], [self._bonus(one) for one in way]
        for one in left:
            own = self._tops(one, points=True)
            if len(own) < one.number:
                return None
            points += own
            bonus += self._tops(one, points=False)
        total = self._of_the_best(points)
        further = [self._further[one.at] for one in left]
        if self._most:
            shared = self._shared_out(indexes, way, left)
            if shared is None:
                return None
            total = min(total, self._of_the_best(shared))
            total += sum(most_of_each([*(one.only for one in way), *(one[0] for one in further)]))
        droppable = all(one.droppable for one in way) and all(one[1] for one in further)
        return total + sum(bonus), droppable, any(one.present for one in way) or any(one[2] for one in further)

    def _still_to_come(self, indexes: Sequence[int]) -> Iterable[Left]:
        at, start = len(indexes), 0
        if at < len(self._of):
            start = self._start(indexes)
        while at < len(self._of):
            yield Left(self._of[at], self._groups[self._of[at]], start, self._left[at])
            at, start = at + self._left[at], 0

    def _of_the_best(self, points: list[int]) -> int:
        return sum(points if self._scoring == len(points) else sorted(points, reverse=True)[: self._scoring])

    def _shared_out(self, indexes: Sequence[int], way: Sequence[Option], left: Sequence[Left]) -> list[int] | None:
        """Give the most that the places of each order may bring to those who are left, beside what the others have."""
        points = [one.points for one in way]
        for order, room in self._rooms:
            own = [self._groups[self._of[at]] for at in range(len(way))]
            taken = [
                one.place
                for one, group, index in zip(way, own, indexes, strict=True)
                if group.order is order and group.alone[index]
            ]
            firsts = [one.group.first(one.start) for one in left if one.group.order is order for _ in range(one.number)]
            most = room.most(taken, [NO_PLACE if first is None else first for first in firsts])
            if most is None:
                return None
            points += most
        for one in left:
            if one.group.order is None:
                points += self._tops(one, points=True)
        return points

    def _bonus(self, option: Option) -> int:
        """Give the bonuses of a way, as far as they may count."""
        found = option.most_bonus if self._most else option.least_bonus
        if self._all_paid:
            return found
        return max(found, 0) if self._most else min(found, 0)

    def _beside(self, group: Alike) -> tuple[tuple[int, ...], bool, bool]:
        """Give what a car of a group may have that no other has then, and whether it may be dropped, and be a score."""
        options = group.options
        onlies = most_of_each(one.only for one in options)
        any_or_all = any if self._most else all
        return onlies, any_or_all(one.droppable for one in options), any_or_all(one.present for one in options)

    def _tops(self, left: Left, *, points: bool) -> list[int]:
        """Give the points, or the bonuses, of the best ways for so many cars, no two of them at one place."""
        group = left.group
        found = group.tops.get((left.start, points))
        if found is None:
            found = group.tops[left.start, points] = self._best_of(group, left.start, points=points)
        return found[: left.number]

    def _best_of(self, group: Alike, start: int, *, points: bool) -> list[int]:
        ways = [
            (one.points if points else self._bonus(one), one.place if alone else 0)
            for one, alone in zip(group.options[start:], group.alone[start:], strict=True)
        ]
        ways.sort(key=lambda one: one[0], reverse=self._most)
        found: list[int] = []
        places = set[int]()
        for worth, place in ways:
            if place == 0:
                return found + [worth] * (len(group.cars) - len(found))
            if place not in places:
                places.add(place)
                found.append(worth)
        return found
