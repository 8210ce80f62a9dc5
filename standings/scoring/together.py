"""Several cars at once in a race that is partly known: how they may have ended together, and what that adds up to."""

from collections.abc import Iterator, Sequence
from itertools import product
from math import prod

from standings.scoring.decided import Decided
from standings.scoring.earnings import Earned, Range, all_of, best, least_of, most_of, worst
from standings.scoring.groups import Count
from standings.scoring.open_cars import Car, has_run
from standings.scoring.open_race import OpenRace
from standings.scoring.option import Option, most_of_each
from standings.scoring.places import NO_PLACE
from standings.scoring.possible import Order
from standings.scoring.rules import Rules

#: So many ways of several cars are looked at one by one; of more, the best and the worst is looked for.
WAYS = 200
#: So many where that cannot be; of more, each car is taken for itself.
MANY_WAYS = 4000
Owned = tuple[Car, list[Option]]
Way = tuple[Option, ...]
#: What several cars bring at least, with a way in which they do, and at most.
Ends = tuple[tuple[Range, Way], tuple[Range, Way]]


class Together:
    """The cars of a race, several at once."""

    def __init__(self, rules: Rules, race: OpenRace) -> None:
        self.rules, self.race = rules, race
        self._drops = bool(rules.segments) or rules.best_of_round is not None

    def ends(
        self,
        owned: Sequence[Owned],
        end: int,
        *,
        last: bool,
        count: Count | None = None,
        decided: Decided | None = None,
    ) -> Ends | None:
        """Give the same of some ways; None where they are too many, or not all that matter."""
        ways = list(self.possible(owned, end)) if _number_of(owned) <= MANY_WAYS else None
        if not ways:
            return None
        cars = [car for car, _ in owned]
        sums = [(self.add_up(way, owned), way) for way in ways]
        if decided is not None:
            sums = [(decided.changed(one), way) for one, way in sums]
        simple = count is None and self.are_simple(cars, end)
        if self._drops and (self.rules.not_droppable or not self.rules.drop_bonus):
            # Each of several ways has something that is worst or best.
            left = [one for one in sums if simple or (last and self.fit(cars, one[1], end, count))]
            found = self.extremes([one for one, _ in left]) if left else None
            return ((found, left[0][1]), (found, left[0][1])) if found else None
        if simple:
            lows, highs = [worst(one.least) for one, _ in sums], [best(one.most) for one, _ in sums]
            return _first_of(sums, lows, min(lows)), _first_of(sums, highs, max(highs))
        ends = []
        for by in (_of_least, _of_most):
            for one, way in sorted(sorted(sums, key=_taken), key=by):
                if self.fit(cars, way, end, count):
                    ends.append((one, way))
                    break
                if not last:
                    return None
        return (ends[0], ends[1]) if len(ends) > 1 else None

    def are_simple(self, cars: Sequence[Car], end: int) -> bool:
        """Tell whether the places of several cars, before `end` or behind, shut nobody out but from those at once.

        Where it is told how many started, there must be room for whoever came in before them.
        """
        race = self.race
        if not all(map(race.is_simple, cars)):
            return False
        if len(cars) < 2 or race.more >= NO_PLACE:
            return True
        orders = {id(order): order for car in cars for order in race.orders_of(car.line)}
        behind = max([end, *(car.span.first for car in cars if car.span is not None)])
        return sum(max([behind, *order.taken]) for order in orders.values()) + len(cars) <= race.more

    def fit(self, cars: Sequence[Car], way: Sequence[Option], end: int, count: Count | None = None) -> bool:
        """Tell whether several cars may have come in like this at once; what was not found out may be."""
        found = self.fits(cars, way, end, count)
        self.race.followed = self.race.followed and found is not None
        return found is not False

    def fits(self, cars: Sequence[Car], way: Sequence[Option], end: int, count: Count | None = None) -> bool | None:
        # Who has no place is one of those who started, or not: where it is told how many did, there is room for so many.
        limited = count is not None or self.race.more < NO_PLACE
        pins = [
            self.race.pin(
                car,
                option.place,
                end,
                began=option.began if limited else None,
                elsewhere=option.elsewhere,
            )
            for car, option in zip(cars, way, strict=True)
        ]
        return self.race.fits(*(pin for pin in pins if pin is not None), count=count)

    def extremes(self, ranges: Sequence[Range]) -> Range:
        least = min((one.least for one in ranges), key=worst)
        most = max((one.most for one in ranges), key=best)
        if self._drops and self.rules.not_droppable:
            # What may not be dropped makes a total worse, whatever it brings.
            few = self.rules.low
            kinds = {one.least.droppable for one in ranges} | {one.most.droppable for one in ranges}
            self.race.followed = self.race.followed and (least.droppable is (few or kinds == {True}))
            least = least._replace(droppable=True in kinds if few else kinds == {True})
            most = most._replace(droppable=kinds == {True} if few else True in kinds)
        if self._drops and not self.rules.drop_bonus:
            # The bonus counts where the rest is dropped: each has its own least and most, which need not go together.
            lows = [(one.least.points - one.least.bonus, one.least.bonus) for one in ranges]
            highs = [(one.most.points - one.most.bonus, one.most.bonus) for one in ranges]
            low, high = tuple(map(min, zip(*lows, strict=True))), tuple(map(max, zip(*highs, strict=True)))
            self.race.followed = self.race.followed and low in lows and high in highs
            least = least._replace(points=sum(low), bonus=low[1])
            most = most._replace(points=sum(high), bonus=high[1])
        return Range(least, most)

    def are_too_many(self, owned: Sequence[Owned]) -> bool:
        """Tell whether the ways of several cars are too many to look at each, and the best and the worst can be looked for.

        They can be where all that the cars bring is no more than what each of them brings, and no less.
        """
        if _number_of(owned) <= WAYS:
            return False
        rules = self.rules
        if rules.low or rules.cars_nominated or (self._drops and (rules.not_droppable or not rules.drop_bonus)):
            return False
        return rules.cars is None or all(one.points >= 0 for _, options in owned for one in options)

    def possible(self, owned: Sequence[Owned], end: int) -> Iterator[Way]:
        """Give the ways that places alone allow; from `end` on they stand for all later ones."""
        cars = [car for car, _ in owned]
        moving = [at for at, car in enumerate(cars) if car.span is not None and not car.span.fixed]
        if len(cars) < 2 or (not moving and self.race.more >= NO_PLACE):
            yield from product(*(options for _, options in owned))
            return
        # Places of different orders have nothing to do with each other; of who is in several it is not known which is paid.
        orders = [self.only_order(car) for car in cars]
        ordered = [
            (one, other)
            for one in range(len(cars))
            for other in range(len(cars))
            if one != other
            and (one in moving or other in moving)
            and orders[one] is orders[other] is not None
            and self.is_ahead(cars[one], cars[other])
        ]
        limited = self.race.more < NO_PLACE
        room = self._room_behind(cars, orders, moving, end)
        for way in product(*(options for _, options in owned)):
            places = [
                (orders[at], way[at].place) for at in moving if 0 < way[at].place < end and orders[at] is not None
            ]
            if len(places) > 1 and len(set(places)) < len(places):
                continue
            if limited and self._too_many(cars, way):
                continue
            if room and any(
                sum(1 for at in moving if orders[at] is order and way[at].place >= end) > places
                for order, places in room.items()
            ):
                continue
            if any(0 < way[other].place < min(way[one].place, end) for one, other in ordered):
                continue
            yield way

    @staticmethod
    def _room_behind(
        cars: Sequence[Car], orders: Sequence[Order | None], moving: Sequence[int], end: int
    ) -> dict[Order, int]:
        """Give how many places there are from `end` on in each order that has an end, if not for all of these cars."""
        lasts: dict[Order, int] = {}
        for at in moving:
            order, span = orders[at], cars[at].span
            if order is not None and span is not None:
                lasts[order] = max(span.last, lasts.get(order, 0))
        return {
            order: sum(1 for place in range(end, last + 1) if place not in order.taken)
            for order, last in lasts.items()
            if last - end - len(order.taken) < len(moving)
        }

    def only_order(self, car: Car) -> Order | None:
        """Give the one order of which a car's place is paid, None where there are several."""
        orders = self.race.orders_of(car.line)
        return orders[0] if len(orders) == 1 else None

    def _too_many(self, cars: Sequence[Car], way: Sequence[Option]) -> bool:
        """Tell whether more cars would have started than can have."""
        started = sum(
            1
            for car, option in zip(cars, way, strict=True)
            if option.began and not car.line.guest and not has_run(car.line)
        )
        return started > self.race.more

    def is_ahead(self, one: Car, other: Car) -> bool:
        """Tell whether a car was surely ahead of another, where both came in."""
        return any(order.is_ahead(one.line.entry, other.line.entry) for order in self.race.orders_of(other.line))

    def add_up(self, way: Sequence[Option], owned: Sequence[Owned]) -> Range:
        """Add up the cars of a subject as scoring does: the best so many, and the bonuses of all or of those."""
        rules = self.rules
        if rules.low:
            missed = [one for one in way if one.missed]
            if len(missed) == len(way):
                # To have missed the race costs a subject as much with one car as with several.
                return all_of(way[:1])
            if missed:
                way = [one._replace(points=0, present=False) if one.missed else one for one in way]
        if not rules.cars_nominated and (rules.cars is None or len(way) <= rules.cars):
            return all_of(way)
        cars = sorted(
            zip(way, owned, strict=True),
            key=lambda one: (
                rules.cars_nominated and not one[1][0].line.nominated,
                not one[0].present,
                one[0].points if rules.low else -one[0].points,
                NO_PLACE if one[1][0].line.entry in self.race.stopped_short else one[0].place or NO_PLACE,
                one[1][0].line.entry,
            ),
        )
        scoring = [one for one, (car, _) in cars if car.line.nominated or not rules.cars_nominated]
        scoring = scoring if rules.cars is None else scoring[: rules.cars]
        paid = [one for one, _ in cars] if rules.bonus_for_all_cars else scoring
        points = sum(one.points for one in scoring)
        least = sum(one.least_bonus for one in paid)
        most = sum(one.most_bonus for one in paid) + sum(most_of_each(one.only for one in paid))
        droppable, present = all(one.droppable for one in way), any(one.present for one in way)
        return Range(Earned(points + least, least, droppable, present), Earned(points + most, most, droppable, present))

    def each_for_itself(self, owned: Sequence[Owned]) -> Range:
        """Bound several cars as if none stood in the way of another: never too narrow."""
        self.race.followed = False
        count = len(owned) if self.rules.cars is None else self.rules.cars
        lows = [min((least_of(option) for option in options), key=worst) for _, options in owned]
        highs = [max((most_of(option) for option in options), key=best) for _, options in owned]
        low = sum(sorted((min(0, one.points - one.bonus) for one in lows), reverse=True)[:count])
        high = sum(sorted((one.points - one.bonus for one in highs), reverse=True)[:count])
        bonus = sum(one.bonus for one in highs)
        return Range(
            Earned(low, 0, all(one.droppable for one in lows), any(one.present for one in lows)),
            Earned(high + bonus, bonus, any(one.droppable for one in highs)),
        )


def _number_of(owned: Sequence[Owned]) -> int:
    return prod(len(options) for _, options in owned)


def _of_least(one: tuple[Range, Way]) -> tuple[int, ...]:
    """Order what several cars bring, the least first."""
    points, droppable, present = worst(one[0].least)
    return points, droppable, present


def _of_most(one: tuple[Range, Way]) -> tuple[int, ...]:
    """Order it, the most first."""
    points, droppable, present = best(one[0].most)
    return -points, -droppable, -present


def _first_of(
    sums: Sequence[tuple[Range, Way]], keys: list[tuple[int, ...]], key: tuple[int, ...]
) -> tuple[Range, Way]:
    """Give what several cars bring with a key of those; of what is level that which leaves most to others."""
    if keys.count(key) == 1:
        return sums[keys.index(key)]
    return min([one for one, own in zip(sums, keys, strict=True) if own == key], key=_taken)


def _taken(one: tuple[Range, Way]) -> int:
    """Give how much of what the race pays is gone, and how many cars came in: each of them stands in the way of others."""
    points = came_in = 0
    for option in one[1]:
        points += option.points
        came_in += option.place > 0
    return (points << 8) + came_in
