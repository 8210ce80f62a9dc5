"""One way in which a race that is partly known may have ended for a car."""

from collections.abc import Iterable
from itertools import zip_longest
from typing import NamedTuple


class Option(NamedTuple):
    """One way in which a race may have ended for a car, in units: its `place` (0: none), and the bonuses that go with it.

    `only` are bonuses that it may have besides, and that no other car has then; each stands at the same index for every car.
    `present` tells that there is a score, for the car took part, or is at least told of, or having missed the race counts;
    `began` that it must have started for this; `elsewhere` that it took no part in what is paid, wherever it came in: it did
    not race at all, or ran in another class; `missed` that a subject has this score only if none of its cars took part.
    """

    place: int
    points: int
    least_bonus: int = 0
    most_bonus: int = 0
    only: tuple[int, ...] = ()
    droppable: bool = True
    present: bool = True
    began: bool = False
    elsewhere: bool = False
    missed: bool = False


def most_of_each(onlies: Iterable[tuple[int, ...]]) -> tuple[int, ...]:
    """Give the most of each bonus that one car alone has; a way that names none of them brings none."""
    return tuple(map(max, zip_longest(*onlies, fillvalue=0)))
