"""What may have been earned in a race that is partly known, and the orders of it: worse and better."""

from collections.abc import Iterable, Sequence
from operator import itemgetter
from typing import NamedTuple

from standings.scoring.option import Option, most_of_each


class Earned(NamedTuple):
    """What a subject may have earned in a race, in units; `points` counts the bonuses too."""

    points: int
    bonus: int = 0
    droppable: bool = True
    present: bool = True


class Range(NamedTuple):
    """The least and the most that a subject may have earned in a race."""

    least: Earned
    most: Earned


class Beside(NamedTuple):
    """What two may have earned at once, the one and the other; `exact` tells that each pair surely may be."""

    pairs: list[tuple[Earned, Earned]]
    exact: bool


#: Orders what is earned: a score that may not be dropped is worse than one that may, and none at all than a zero.
worst = best = itemgetter(*map(Earned._fields.index, ("points", "droppable", "present")))


NOTHING = Range(Earned(0, present=False), Earned(0, present=False))


def all_of(way: Sequence[Option]) -> Range:
    """Add up cars that all score, whichever is the best of them."""
    points = least = most = 0
    droppable, present = True, False
    for one in way:
        points += one.points
        least += one.least_bonus
        most += one.most_bonus
        droppable = droppable and one.droppable
        present = present or one.present
    if any(one.only for one in way):
        most += sum(most_of_each(one.only for one in way))
    return Range(Earned(points + least, least, droppable, present), Earned(points + most, most, droppable, present))


def least_of(option: Option) -> Earned:
    return Earned(option.points + option.least_bonus, option.least_bonus, option.droppable, option.present)


def most_of(option: Option) -> Earned:
    bonus = option.most_bonus + sum(option.only)
    return Earned(option.points + bonus, bonus, option.droppable, option.present)


def not_worse(found: Iterable[tuple[Earned, Earned]]) -> list[tuple[Earned, Earned]]:
    """Keep the pairs than which no other is better for the first against the second."""
    kept: list[tuple[Earned, Earned]] = []
    for mine, theirs in sorted(set(found), key=lambda one: (worst(one[1]), -one[0].points)):
        if not kept or mine.points > kept[-1][0].points:
            kept.append((mine, theirs))
    return kept
