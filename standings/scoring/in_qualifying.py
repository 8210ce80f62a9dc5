"""Bonuses for places in qualifying in a race that is partly known: of each car, and of several that had no two the same."""

from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import partial
from typing import NamedTuple

from racing.terms import Contest
from standings.scoring.beginnings import Alike, Beginnings
from standings.scoring.earnings import Range
from standings.scoring.fitting import Fitting
from standings.scoring.groups import Group, Pin
from standings.scoring.open_race import OpenRace
from standings.scoring.option import Option
from standings.scoring.possible import Order
from standings.scoring.results import Line
from standings.scoring.rules import Bonus

#: So many beginnings are looked at.
BEGINNINGS = 500


#: What cars have in all, and what it asks that they had so much.
Sum = tuple[int, tuple[Pin, ...]]


class Shared(NamedTuple):
    """How much more than each for itself cars have together at least, and how much less at most, each with what it asks."""

    more: int
    less: int
    worst: tuple[Pin, ...]
    best: tuple[Pin, ...]

    def of(self, found: Range) -> Range:
        """Give what is left of what cars bring if each has its places for itself."""
        least, most = found
        return Range(
            least._replace(points=least.points + self.more, bonus=least.bonus + self.more),
            most._replace(points=most.points - self.less, bonus=most.bonus - self.less),
        )


class Qualifying:
    """The bonuses of a race for places in qualifying: among all that are given `beside` it, each for certain or perhaps."""

    def __init__(
        self, race: OpenRace, beside: Sequence[tuple[Bonus, bool]], times: Callable[[Bonus, Fraction], int]
    ) -> None:
        self._race, self._times = race, times
        self._paid = [(bonus, sure) for bonus, sure in beside if bonus.on == "qualifying_position"]
        #: Those for which the order of qualifying tells.
        self._all = [bonus for bonus, _ in beside if bonus.contest is Contest.QUALIFYING]
        self._together: dict[tuple[int, ...], Shared | None] = {}

    @property
    def is_paid(self) -> bool:
        """Whether any place in it is."""
        return bool(self._paid)

    def of(self, bonus: Bonus, line: Line, *, sure: bool) -> list[tuple[int, bool]]:
        """Give what the place in qualifying brings a car: so much surely, and so much more perhaps."""
        worth = [self._worth(bonus, place) for place in self._places_of(bonus, line)]
        least, most = min(worth) if sure else 0, max(worth)
        if least < most and self._is_mixed(bonus):
            self._race.followed = False
        return [(least, True), (most - least, False)]

    def _is_mixed(self, bonus: Bonus) -> bool:
        """Tell whether another bonus for qualifying may be best with another place than this one."""
        others = [one for one in self._all if one is not bonus]
        falls = list(bonus.scale) == sorted(bonus.scale, reverse=True)
        return any(not falls or one.on == bonus.on for one in others)

    def _worth(self, bonus: Bonus, place: int) -> int:
        """Give what a place in qualifying (0: none) brings."""
        if place == 0 or (bonus.scale and place > len(bonus.scale)):
            return 0
        return self._times(bonus, bonus.scale[place - 1] if bonus.scale else bonus.points)

    def _places_of(self, bonus: Bonus, line: Line) -> list[int]:
        """Give the places of a car in qualifying, 0 for none; of several classes the best, of places that pay nothing one."""
        orders = self._orders(bonus, line)
        spans = [(order, span) for order in orders if (span := self._race.span(order, line.entry)) is not None]
        if not spans:
            return [0]
        first, last = min(span.first for _, span in spans), min(span.last for _, span in spans)
        placed = all(span.placed for _, span in spans)
        if not placed and line.more_classes:
            # It need not be in all of them, or in any.
            last = max(span.last for _, span in spans)
        if placed and first == last:
            return [first]
        end = len(bonus.scale) + 1 if bonus.scale else first + 1
        order = spans[0][0]
        places = list(range(first, min(last + 1, end)))
        if len(spans) == 1 and order.simple:
            places = [place for place in places if place not in order.taken]
        else:
            groups = tuple([order.group for order, _ in spans])
            places = [place for place in places if self._may_be(order, Pin(line.entry, groups, place))]
        if not placed:
            places.append(0)
        elif last >= end and (len(spans) == 1 or self._may_be(order, Pin(line.entry, groups, end, or_later=True))):
            places.append(max(first, end))
        return places or [first]

    def _orders(self, bonus: Bonus, line: Line) -> list[Order]:
        """Give the orders of which the best place of a car is paid."""
        return [self._race.order(bonus.contest, group) for group in self._groups(bonus, line)]

    def _groups(self, bonus: Bonus, line: Line) -> list[Group]:
        return [self._race.group(name, paid=False) for name in self._race.rankings_of(bonus.scope, line)]

    def _may_be(self, order: Order, pin: Pin) -> bool:
        """Tell whether this may be true of a contest beside the race; what was not found out may be."""
        found = order.fitting.fits(pin)
        self._race.followed = self._race.followed and found is not None
        return found is not False

    # -- of several cars ---------------------------------------------------------------------------------------------

    def look_at_several(self, lines: Sequence[Line], *, decided: bool) -> None:
        """Note whether it is known what several cars may have had together; `decided`: something was decided of them."""
        many = any(sum(1 for line in lines if len(self._places_of(bonus, line)) > 1) > 1 for bonus, _ in self._paid)
        if many and (decided or self.together(lines) is None):
            # Only one of them can have had a place.
            self._race.followed = False

    def together(self, lines: Sequence[Line]) -> Shared | None:
        """Give how far what several cars of one subject may have for qualifying is from what each may; None if not known."""
        key = tuple([line.entry for line in lines])
        if key not in self._together:
            self._together[key] = self._shared(lines) if self._are_paid_for_qualifying_alone(lines) else None
        return self._together[key]

    def _are_paid_for_qualifying_alone(self, lines: Sequence[Line]) -> bool:
        """Tell whether cars have what a single bonus brings for their places in qualifying, whatever becomes of the race."""
        rules = self._race.rules
        if len(self._paid) != 1 or len(self._all) != 1 or rules.low or rules.not_droppable:
            return False
        if any(line.more_classes for line in lines):
            return False
        ((bonus, _),) = self._paid
        if bonus.classified or bonus.top is not None:
            return False
        limited = rules.cars_nominated or (rules.cars is not None and len(lines) > rules.cars)
        if limited and not rules.bonus_for_all_cars:
            return False
        return all(rule.points >= 0 for scale in rules.scales.values() for rule in scale.unplaced.values())

    def _shared(self, lines: Sequence[Line]) -> Shared | None:
        ((bonus, sure),) = self._paid
        worths = [
            Worths(
                tuple([(place, self._worth(bonus, place)) for place in self._places_of(bonus, line)]),
                partial(self._pin, bonus, line),
                orders[0] if len(orders := self._orders(bonus, line)) == 1 else None,
                line.entry if line.places else (line.classes, line.guest),
            )
            for line in lines
        ]
        fitting, paid = self._race.fitting(bonus.contest), len(bonus.scale)
        least = _first(worths, fitting, paid, most=False)
        most = _first(worths, fitting, paid, most=True) if least is not None else None
        if least is None or most is None:
            return None
        each = [[worth for _, worth in one.places] for one in worths]
        more = least[0] - sum(map(min, each)) if sure else 0
        return Shared(more, sum(map(max, each)) - most[0], least[1], most[1])

    def may_be_best_against(self, lines: Sequence[Line], others: Sequence[Line]) -> bool:
        """Tell whether cars surely may have had the best places that they may, and others their worst, at once."""
        for bonus, _ in self._paid:
            if {line.entry for line in lines} & {line.entry for line in others}:
                # Of one car what is best for one of its subjects is so for the other.
                return len(lines) == len(others) == 1
            if all(len(self._places_of(bonus, line)) < 2 for line in (*lines, *others)):
                continue
            best, worst = self._at_an_end(bonus, lines, most=True), self._at_an_end(bonus, others, most=False)
            if best is None or worst is None or self._race.fitting(bonus.contest).fits(*best, *worst) is not True:
                return False
        return True

    def _at_an_end(self, bonus: Bonus, lines: Sequence[Line], *, most: bool) -> Sequence[Pin] | None:
        """Give what it asks that cars had the best places in qualifying that they may have had, or the worst."""
        if len(lines) > 1:
            found = self.together(lines)
            return found and (found.best if most else found.worst)
        (line,) = lines
        end = max if most else min
        return [self._pin(bonus, line, end(self._places_of(bonus, line), key=lambda place: self._worth(bonus, place)))]

    def _pin(self, bonus: Bonus, line: Line, place: int) -> Pin:
        """Give what it asks that a car had a place in qualifying (0: none), or any of those that pay as little."""
        if place == 0:
            return Pin(line.entry, (), 0)
        return Pin(line.entry, tuple(self._groups(bonus, line)), place, or_later=place > len(bonus.scale))


class Worths(NamedTuple):
    """A car with its places in qualifying (0: none) and what each is worth, and what it asks that it had one of them.

    `order` is the one that it is numbered in, None where there are several; cars of one `kind` are told apart by nothing.
    """

    places: tuple[tuple[int, int], ...]
    pin: Callable[[int], Pin]
    order: Order | None
    kind: object


def _first(cars: Sequence[Worths], fitting: Fitting, paid: int, *, most: bool) -> Sum | None:
    """Give what cars have at most, or at least, with what it asks."""
    groups = _groups(cars, paid, most=most)
    turns = [index for group in groups for index in group.cars]
    beginnings = Beginnings(groups, len(cars), most=most, all_paid=True)
    for _ in range(BEGINNINGS):
        first = beginnings.next()
        if first is None:
            return None
        indexes, way, _ = first
        pins = tuple([cars[index].pin(one.place) for index, one in zip(turns, way, strict=False)])
        fits = fitting.fits(*pins)
        if fits is not False and len(way) < len(cars):
            beginnings.go_on(indexes)
        elif fits:
            return sum([one.points for one in way]), pins
        elif fits is None:
            return None
    return None


def _groups(cars: Sequence[Worths], paid: int, *, most: bool) -> list[Alike]:
    """Give the cars by what is known of them, those first of which most is."""
    found: dict[object, list[int]] = {}
    for index, car in enumerate(cars):
        found.setdefault((car.kind, car.places), []).append(index)
    groups = []
    for indexes in sorted(found.values(), key=lambda one: len(cars[one[0]].places)):
        car = cars[indexes[0]]
        options = [Option(place, worth) for place, worth in sorted(car.places, key=lambda one: one[1], reverse=most)]
        alone = [car.order is not None and len(options) > 1 and 0 < one.place <= paid for one in options]
        groups.append(Alike(indexes, options, car.order, alone))
    return groups
