"""Groups of cars that are numbered among themselves, and what may be asked of a car's places in them."""

from collections.abc import Sequence
from typing import NamedTuple

from racing.terms import OVERALL, TRACK
from standings.scoring.results import Line

#: All cars that nobody has listed belong to a group of this kind; else the kind is a class, and those of the class do.
EVERYBODY = "*"
#: A group of which it cannot be told which cars that nobody has listed belong to it.
SOME = "?"


class Group(NamedTuple):
    """Cars that are numbered among themselves: those listed by their entries, and what kind of others belong to it."""

    entries: frozenset[int]
    kind: str


class Pin(NamedTuple):
    """What is asked of a car: that the best of its places in these groups is this one, or a later one; 0: that it has none.

    Of one without a place it may be asked too whether it started (`began`; None: either).
    """

    entry: int
    groups: tuple[Group, ...]
    place: int
    or_later: bool = False
    began: bool | None = None


class Count(NamedTuple):
    """What is asked of a group: that so many of its cars started, at least and at most."""

    group: Group
    least: int
    most: int


def ranking_group(ranking: str, cars: Sequence[Line]) -> Group:
    """Give the cars that a ranking numbers."""
    if ranking == TRACK:
        return Group(frozenset([car.entry for car in cars]), EVERYBODY)
    own = [car for car in cars if not car.guest]
    if ranking == OVERALL:
        return Group(frozenset([car.entry for car in own]), EVERYBODY)
    return Group(frozenset([car.entry for car in own if ranking in car.classes]), ranking)
