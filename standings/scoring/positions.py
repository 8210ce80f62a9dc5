"""Which positions of a table the unknown places leave to each subject, and which ties are broken whatever they were.

A subject is at best behind those alone who are ahead of it for certain, at worst behind all who may be ahead of it. Each of
them is looked at by the least and the most points of both, and no more of them can come up to it than there are points to be
had. So no completion has it ahead of the one or behind the other, and `exact` tells where each end is surely reached: where no
rival is left who may be on either side of it.

A tie is sure by countback if the winner's places as they are known, with nothing added but the worst, are better than the
other's with the best that are possible.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import accumulate
from typing import NamedTuple, Protocol

from standings.scoring.open_cars import Car
from standings.scoring.outcomes import UNBOUNDED
from standings.scoring.places import NO_PLACE, OF_SEVERAL_CARS
from standings.scoring.rules import Rules, Shared
from standings.scoring.scored import Reach, Scored
from standings.scoring.tiebreaks import PLAIN

#: The least and the most points, in units.
Points = tuple[int, int]
#: So many who may be level are compared one by one; of more it is left open who is ahead.
LEVEL = 6


class Supply(NamedTuple):
    """What the races that are partly known hold: all the points that nobody surely has, in units, `UNBOUNDED` for no end.

    They are had in `shares`, each for one subject. `stranger` is the most of somebody whom nobody has listed, less than nothing
    where there can be none.
    """

    points: int
    shares: int
    stranger: int


def reaches(
    rules: Rules,
    ranges: Mapping[int, Points],
    rivals: Iterable[Points],
    supply: Supply,
    ties: "Ties",
) -> dict[int, Reach] | None:
    """Give the positions left to each subject; None where it is not only points that put a table in order.

    `ranges` are the points of those who have a position in the table, `rivals` of those who are not in it yet; `ties` tells
    of two what is sure if they are level.
    """
    if rules.low or rules.phases or rules.min_scores or rules.min_finishes:
        return None
    everybody = [*ranges.values(), *rivals]
    least, most = sorted(one for one, _ in everybody), sorted(one for _, one in everybody)
    sums = [0, *accumulate(least)]
    count = len(everybody)
    by_least, by_most = _by_points(ranges, 0), _by_points(ranges, 1)
    found = {}
    for subject, (low, high) in ranges.items():
        # How many others have more, and how many may be level or have more: if it has its most, and if it has its least.
        more_than_most, level_with_most = count - bisect_right(least, high), count - bisect_left(most, high) - 1
        more_than_least, level_with_least = count - bisect_right(least, low), count - bisect_left(most, low) - 1
        won = [other for other in _few(by_most, low) if other != subject and ties.is_kept(subject, other)]
        lost = [other for other in _few(by_least, high) if other != subject and ties.is_won(other, subject)]
        surely, maybe = more_than_most + len(lost), level_with_least - len(won)
        strangers = 0 if supply.stranger < low or supply.stranger < 0 else None
        exact = strangers == 0 and level_with_most == surely and more_than_least == maybe
        if low == high and strangers == 0 and level_with_least == more_than_least + 1:
            # A single rival may have more or less than what this one surely has.
            exact = bisect_left(least, low) == bisect_right(most, low)
        worst: int | None = 1 + maybe
        if not exact:
            raised, others = _raised(least, sums, low, supply)
            all_raised = count - bisect_left(least, low) + raised
            if strangers == 0:
                worst = min(1 + maybe, all_raised)
            elif others is None:
                worst = None
            else:
                # Who is not on the list may have all that those of the list cannot have.
                worst = min(1 + maybe + min(supply.points // low, supply.shares), all_raised + others)
        found[subject] = Reach(1 + surely, worst, exact)
    return found


def _raised(least: Sequence[int], sums: Sequence[int], low: int, supply: Supply) -> tuple[int, int | None]:
    """Give how many who have fewer points these may raise to so many, and then how many who have none (None: without end).

    Of all who are raised those of the list need least: nobody is left out for somebody who is not on it.
    """
    fewer = bisect_left(least, low)
    if supply.points >= UNBOUNDED // 2 or low <= 0:
        return fewer, None

    def cost(number: int) -> int:
        return number * low - sums[fewer] + sums[fewer - number]

    number = min(bisect_right(range(fewer + 1), supply.points, key=cost) - 1, supply.shares)
    return number, min((supply.points - cost(number)) // low, supply.shares - number)


def _by_points(ranges: Mapping[int, Points], end: int) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    for subject, points in ranges.items():
        found[points[end]].append(subject)
    return found


def _few(by_points: Mapping[int, list[int]], points: int) -> Sequence[int]:
    """Give who has just so many points, if they are few."""
    own = by_points.get(points, ())
    return own if len(own) <= LEVEL and points > 0 else ()


class Ties(Protocol):
    """What is sure of two who are level."""

    def is_won(self, one: int, other: int) -> bool:
        """Tell whether the one is ahead of the other."""
        ...

    def is_kept(self, one: int, other: int) -> bool:
        """Tell whether the other is not ahead of the one."""
        ...


class Behind(NamedTuple):
    """Who may have come in behind all that are paid in a race of which those are known, and which place that is at best.

    `cars` counts by subject the cars of which no place is known, `others` tells whether one that nobody has listed may be.
    """

    first: int
    cars: Mapping[int, int]
    others: bool


class Countback:
    """The places of a countback, as far as they are known."""

    def __init__(self, rules: Rules, scored: Scored) -> None:
        self._rules = rules
        self._known: dict[tuple[int, int], list[int]] = defaultdict(list)
        if self.decides:
            for race, counted in scored.counted.items():
                for subject, (_, parts) in counted.items():
                    places = [one.position for one in parts if one.kind == "position" and one.position is not None]
                    self._known[race, subject] = places

    @property
    def decides(self) -> bool:
        """Whether all places of all cars break a tie first."""
        rules = self._rules
        if rules.tiebreak[:1] != PLAIN or rules.low or rules.cars is not None or rules.cars_nominated:
            return False
        return rules.shared in (Shared.EACH, Shared.FULL) and rules.min_drive is None and rules.classified is None

    def is_won(
        self,
        one: int,
        other: int | None,
        races: Sequence[tuple[int, Callable[[int], Sequence[Car]] | Behind]],
        *,
        or_shared: bool = False,
    ) -> bool:
        """Tell whether the one is surely ahead of the other where both are level, or not behind; None: somebody not listed.

        `races` are those that count, by their key, with what gives a subject's cars where the race is partly known.
        """
        if not self.decides or (other is None and self._rules.subject in OF_SEVERAL_CARS):
            return False
        mine, theirs = [NO_PLACE], [NO_PLACE]
        for key, cars in races:
            if isinstance(cars, Behind):
                mine += self._known.get((key, one), ())
                further = cars.others if other is None else cars.cars.get(other, 0)
                theirs += self._known.get((key, other), ()) if other is not None else ()
                theirs += [cars.first] * further
                continue
            spans = [car.span for car in cars(one) if car.belongs]
            mine += [span.last for span in spans if span is not None and span.placed]
            if other is None:
                theirs.append(1)
            else:
                theirs += [car.span.first for car in cars(other) if car.span is not None]
        mine.sort()
        theirs.sort()
        return mine < theirs or (or_shared and mine == theirs and self._rules.tiebreak == PLAIN)
