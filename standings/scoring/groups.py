"""Groups of cars that are numbered among themselves, and what may be asked of a car's places in them."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from racing.terms import OVERALL, TRACK
from standings.scoring.results import Line

#: All cars that nobody has listed belong to a group of this kind; else the kind is a class, and those of the class do.
EVERYBODY = "*"
#: A group of which it cannot be told which cars that nobody has listed belong to it.
SOME = "?"
#: A class in which nobody is listed.
UNHEARD_OF = ""
#: In which classes somebody may have run, each time together.
Running = frozenset[frozenset[str]]
#: All classes in which each of some cars, by its entry, may have run, where that is neither one way nor any.
InClasses = Mapping[int, tuple[frozenset[str], ...]]
NO_CLASSES: InClasses = MappingProxyType({})


class Group(NamedTuple):
    """Cars that are numbered among themselves: those listed by their entries, and what kind of others belong to it.

    Cars in `maybe` may have run in more classes than are told: they belong to it if they ran in one of each set in `asks`.
    """

    entries: frozenset[int]
    kind: str
    maybe: frozenset[int] = frozenset()
    asks: tuple[frozenset[str], ...] = ()

    def holds(self, entry: int, classes: frozenset[str]) -> bool:
        """Tell whether a car belongs to it if it ran in these classes."""
        if entry not in self.maybe:
            return entry in self.entries
        return not any(classes.isdisjoint(names) for names in self.asks)

    @property
    def members(self) -> frozenset[int]:
        """The cars that belong to it, or may."""
        return self.entries | self.maybe if self.maybe else self.entries


class Pin(NamedTuple):
    """What is asked of a car: that the best of its places in these groups is this one, or a later one; 0: that it has none.

    Of one without a place it may be asked too whether it started (`began`; None: either). Where it is asked to have no place in
    some groups (0), it may have one in the race if it belongs to none of them.
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


class Settled(NamedTuple):
    """What is known of the classes in which cars ran, where they matter: all in which somebody may have, and for which cars.

    Of cars that have `ways` left these differ in classes alone that matter to the order of one contest.
    """

    running: Running
    cars: frozenset[int]
    ways: InClasses = NO_CLASSES


def same(one: Group, other: Group, *, others: bool) -> bool:
    """Tell whether two groups hold the same cars, those that nobody has listed (`others`) among them."""
    if one.entries != other.entries or one.maybe != other.maybe:
        return False
    if one.maybe and set(one.asks) != set(other.asks):
        return False
    return not others or one.kind == other.kind


def within(one: Group, other: Group, *, others: bool) -> bool:
    """Tell whether all cars of a group are in another."""
    if not one.entries <= other.entries:
        return False
    if not one.maybe <= other.entries:
        narrower = all(any(asked <= names for asked in one.asks) for names in other.asks)
        if not (narrower and one.maybe <= other.members):
            return False
    return not others or other.kind in (EVERYBODY, one.kind)


def asked(*names: frozenset[str]) -> tuple[frozenset[str], ...]:
    """Give what is asked of the classes of a car, without what asks for nothing."""
    return tuple([one for one in names if one])


def ranking_group(ranking: str, cars: Sequence[Line], ways: InClasses = NO_CLASSES) -> Group:
    """Give the cars that a ranking numbers; some have certain `ways` left in which they may have run in classes."""
    if ranking == TRACK:
        return Group(frozenset([car.entry for car in cars]), EVERYBODY)
    own = [car for car in cars if not car.guest]
    if ranking == OVERALL:
        return Group(frozenset([car.entry for car in own]), EVERYBODY)
    entries = frozenset([car.entry for car in own if ranking in car.classes])
    maybe = frozenset([car.entry for car in own if car.more_classes]) - entries
    if ways:
        maybe |= (
            frozenset([car.entry for car in own if any(ranking in way for way in ways.get(car.entry, ()))]) - entries
        )
    return Group(entries, ranking, maybe, (frozenset([ranking]),) if maybe else ())
