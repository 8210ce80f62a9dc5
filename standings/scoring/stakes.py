"""What each subject of a championship may have earned in a race that is partly known: alone, and beside another."""

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import product
from math import prod
from operator import itemgetter
from typing import NamedTuple

from racing.terms import Status
from standings.scoring.open_race import Car, OpenRace, Orders
from standings.scoring.outcomes import UNBOUNDED, Option, Outcomes, Worth
from standings.scoring.places import NO_PLACE, owners_of
from standings.scoring.results import Entrants, RaceResults
from standings.scoring.rules import Decision, DecisionKind, Rules, Subject
from standings.scoring.units import ONE, Units

#: So many ways of several cars are looked at one by one; of more, each car is taken for itself.
WAYS = 4000
#: So many places nobody who is listed can fill.
MANY = 60
#: What a decision takes away of one race, apart from setting its points.
TAKING = frozenset(
    {DecisionKind.NO_POINTS, DecisionKind.NO_BONUS, DecisionKind.NO_FASTEST_LAP, DecisionKind.NOT_A_SHARER}
)


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


#: Orders what is earned: a score that may not be dropped is worse than one that may, and none at all than a zero.
_worst = _best = itemgetter(*map(Earned._fields.index, ("points", "droppable", "present")))

NOTHING = Range(Earned(0, present=False), Earned(0, present=False))
Owned = tuple[Car, list[Option]]


class Stakes:
    """A race that is partly known, with what it may have brought to each subject."""

    def __init__(
        self,
        rules: Rules,
        units: Units,
        race: RaceResults,
        entrants: Entrants,
        worths: dict[object, Worth],
        orders: Orders,
    ) -> None:
        self.rules = rules
        self.race = OpenRace(rules, race, entrants, orders)
        self.cars: dict[int, list[Car]] = {}
        owners = owners_of(rules)
        for car in self.race.cars:
            for subject in owners(car.line):
                self.cars.setdefault(subject, []).append(car)
        factor = rules.round_multiplier.get(race.number, ONE) if race.number is not None else ONE
        self._by_scale = [
            Outcomes(self.race, units, _worth(rules, units, name, factor, worths), factor)
            for name in self.race.scales()
        ]
        self._units = units
        self._ranges: dict[int, Range] = {}
        self._sums: dict[object, Range] = {}
        self._nobody: Range | None = None
        self._ends: dict[int, tuple[Option, Option]] = {}
        self._beside: dict[tuple[int, int], list[tuple[Earned, Earned]]] = {}
        self._known_pairs: dict[object, list[tuple[Earned, Earned]]] = {}
        self._told = {decision.subject: decision for decision in rules.decisions if decision.race == race.key}

    @property
    def exact(self) -> bool:
        """Whether what is told of the race was followed to its end; grows false while subjects are looked at."""
        return self.race.exact

    def look_at_all(self) -> None:
        """Look at every subject, and at nobody who is listed: from then on `exact` stays what it is."""
        for subject in self.cars:
            self.range(subject)
        self.unlisted()

    def range(self, subject: int) -> Range:
        """Give the least and the most of one subject."""
        found = self._ranges.get(subject)
        if found is None:
            cars = self.cars.get(subject)
            found = NOTHING
            if cars:
                ranges = [self._range(subject, cars, outcomes) for outcomes in self._by_scale]
                found = Range(
                    min((one.least for one in ranges), key=_worst), max((one.most for one in ranges), key=_best)
                )
                found = self._decided(subject, found)
            elif self.rules.low and self.race.race.lines:
                found = self._missed()
            self._ranges[subject] = found
        return found

    def _missed(self) -> Range:
        points = [outcomes.worth.without("absent", n) for outcomes in self._by_scale for n in self.race.entries]
        return Range(Earned(min(points)), Earned(max(points)))

    def _decided(self, subject: int, found: Range) -> Range:
        """Follow what was decided of a subject's points in this race; it takes away, and never gives but where it sets them."""
        decision: Decision | None = self._told.get(subject)
        if decision is None:
            return found
        least, most = found
        if decision.kind is DecisionKind.SET_POINTS and most.present:
            points = self._units.of(decision.points)
            self.race.exact = self.race.exact and least.present
            return Range(
                least._replace(points=min(points, points if least.present else 0), bonus=0),
                most._replace(points=points, bonus=0),
            )
        if decision.kind in TAKING:
            self.race.exact = False
            return Range(least._replace(points=min(least.points, 0), bonus=0), most)
        return found

    def _range(self, subject: int, cars: Sequence[Car], outcomes: Outcomes) -> Range:
        owned = [(car, outcomes.of(car, subject, len(cars))) for car in cars]
        if len(cars) == 1 and self.rules.cars != 0 and not self.rules.cars_nominated:
            options = owned[0][1]
            found = self._sums.get(id(options))
            if found is None:
                found = self._sums[id(options)] = self._extremes([Range(_least(one), _most(one)) for one in options])
            return found
        # Cars of which the same is known have the same options: many subjects have cars that are alike.
        alike = all(car.span is None or car.span.fixed or not car.line.places for car in cars)
        key = tuple([(id(options), car.line.nominated) for car, options in owned]) if alike else None
        found = self._sums.get(key) if alike else None
        if found is None:
            found = self._sums[key] = self._sum(owned)
        return found

    def _sum(self, owned: Sequence[Owned]) -> Range:
        if not self.race.others:
            # Where nobody else can have been ahead of one of them, another must have been: this is not looked at.
            self.race.exact = False
        sums = [self._add_up(way, owned) for way in self._ways(owned) or ()]
        return self._extremes(sums) if sums else self._each_for_itself(owned)

    def _extremes(self, ranges: Sequence[Range]) -> Range:
        least = min((one.least for one in ranges), key=_worst)
        most = max((one.most for one in ranges), key=_best)
        if self.rules.segments and self.rules.not_droppable:
            # What may not be dropped makes a total worse, whatever it brings.
            few = self.rules.low
            kinds = {one.least.droppable for one in ranges} | {one.most.droppable for one in ranges}
            self.race.exact = self.race.exact and (least.droppable is (few or kinds == {True}))
            least = least._replace(droppable=True in kinds if few else kinds == {True})
            most = most._replace(droppable=kinds == {True} if few else True in kinds)
        if self.rules.segments and not self.rules.drop_bonus:
            # The bonus counts where the rest is dropped: each has its own least and most.
            low, high = min(one.least.bonus for one in ranges), max(one.most.bonus for one in ranges)
            place = [one.least.points - one.least.bonus for one in ranges]
            least = least._replace(points=min(place) + low, bonus=low)
            most = most._replace(points=max(place) + high, bonus=high)
        return Range(least, most)

    # -- several cars ------------------------------------------------------------------------------------------------

    def _ways(self, owned: Sequence[Owned]) -> list[tuple[Option, ...]] | None:
        """Give the ways in which a race may have ended for several cars at once; None where they are too many."""
        if prod(len(options) for _, options in owned) > WAYS:
            return None
        return list(self._possible(owned))

    def _possible(self, owned: Sequence[Owned]) -> Iterator[tuple[Option, ...]]:
        cars = [car for car, _ in owned]
        moving = [at for at, car in enumerate(cars) if car.span is not None and not car.span.fixed]
        ordered = [
            (one, other)
            for one in range(len(cars))
            for other in range(len(cars))
            if one != other and (one in moving or other in moving) and self._is_ahead(cars[one], cars[other])
        ]
        limited = self.race.more < NO_PLACE
        for way in product(*(options for _, options in owned)):
            places = [way[at].place for at in moving if way[at].place]
            if len(places) > 1 and len(set(places)) < len(places):
                continue
            if limited and self._too_many(cars, way):
                continue
            if any(way[other].place and way[one].place > way[other].place for one, other in ordered):
                continue
            yield way

    def _too_many(self, cars: Sequence[Car], way: Sequence[Option]) -> bool:
        """Tell whether more cars would have come in than can have started."""
        started = sum(
            1
            for car, option in zip(cars, way, strict=True)
            if option.place and car.span is not None and not car.span.placed and not car.line.guest
        )
        return started > self.race.more

    def _is_ahead(self, one: Car, other: Car) -> bool:
        """Tell whether a car was surely ahead of another, where both came in."""
        return any(order.is_ahead(one.line.entry, other.line.entry) for order in self.race.orders_of(other.line))

    def _add_up(self, way: Sequence[Option], owned: Sequence[Owned]) -> Range:
        """Add up the cars of a subject as scoring does: the best so many, and the bonuses of all or of those."""
        rules = self.rules
        if not rules.cars_nominated and (rules.cars is None or len(way) <= rules.cars):
            return _all_of(way)
        cars = sorted(
            zip(way, owned, strict=True),
            key=lambda one: (
                rules.cars_nominated and not one[1][0].line.nominated,
                -one[0].points,
                one[0].place or NO_PLACE,
                one[1][0].line.entry,
            ),
        )
        scoring = [one for one, (car, _) in cars if car.line.nominated or not rules.cars_nominated]
        scoring = scoring if rules.cars is None else scoring[: rules.cars]
        paid = [one for one, _ in cars] if rules.bonus_for_all_cars else scoring
        points = sum(one.points for one in scoring)
        least = sum(one.least_bonus for one in paid)
        most = sum(one.most_bonus for one in paid) + sum(map(max, zip(*(one.only for one in paid), strict=True)))
        droppable, present = all(one.droppable for one in way), any(one.present for one in way)
        return Range(Earned(points + least, least, droppable, present), Earned(points + most, most, droppable, present))

    def _each_for_itself(self, owned: Sequence[Owned]) -> Range:
        """Bound several cars as if none stood in the way of another: never too narrow."""
        self.race.exact = False
        count = len(owned) if self.rules.cars is None else self.rules.cars
        worst = [min((_least(option) for option in options), key=_worst) for _, options in owned]
        best = [max((_most(option) for option in options), key=_best) for _, options in owned]
        low = sum(sorted((min(0, one.points - one.bonus) for one in worst), reverse=True)[:count])
        high = sum(sorted((one.points - one.bonus for one in best), reverse=True)[:count])
        bonus = sum(one.bonus for one in best)
        return Range(
            Earned(low, 0, all(one.droppable for one in worst), any(one.present for one in worst)),
            Earned(high + bonus, bonus, any(one.droppable for one in best)),
        )

    # -- beside another ----------------------------------------------------------------------------------------------

    def beside(self, subject: int, leader: int) -> list[tuple[Earned, Earned]]:
        """Give what a subject and the leader may have earned at once, where that is best for the one against the other.

        No other outcome gives the one more while it gives the leader no more, or the leader less while it gives the one no
        less.
        """
        found = self._beside.get((subject, leader))
        if found is None:
            found = self._beside[subject, leader] = self._look_at_both(subject, leader)
        return found

    def _look_at_both(self, subject: int, leader: int) -> list[tuple[Earned, Earned]]:
        apart = (self.range(subject).most, self.range(leader).least)
        mine, theirs = self.cars.get(subject, ()), self.cars.get(leader, ())
        if len(mine) != 1 or len(theirs) != 1 or subject in self._told or leader in self._told:
            return [apart]
        if self.rules.segments and not self.rules.drop_bonus:
            return [apart]
        found: list[tuple[Earned, Earned]] = []
        for outcomes in self._by_scale:
            found += self._at_once(outcomes, (mine[0], subject), (theirs[0], leader))
        return _not_worse(found) or [apart]

    def _at_once(
        self, outcomes: Outcomes, mine: tuple[Car, int], theirs: tuple[Car, int]
    ) -> list[tuple[Earned, Earned]]:
        (car, subject), (other, leader) = mine, theirs
        options, others = outcomes.of(car, subject, 1), outcomes.of(other, leader, 1)
        if car.line.entry == other.line.entry:
            both = list(zip(options, others, strict=True))
            return [(_most(own), _most(its)) for own, its in both] + [(_least(own), _least(its)) for own, its in both]
        best, worst = self._ends_of(options)[1], self._ends_of(others)[0]
        known = self._which_is_ahead(car, other)
        if not known and (best.place != worst.place or not best.place):
            return [(_most(best), _least(worst))]
        key = (options[0], options[-1], car.span, others[0], others[-1], other.span, car.line.classes, known)
        found = self._known_pairs.get(key)
        if found is None:
            ways = self._possible([(car, outcomes.of(car, subject, MANY)), (other, outcomes.of(other, leader, MANY))])
            found = self._known_pairs[key] = _not_worse({(_most(own), _least(its)) for own, its in ways})
        return found

    def _ends_of(self, options: list[Option]) -> tuple[Option, Option]:
        """Give the worst and the best of a car's options, which live as long as the race."""
        found = self._ends.get(id(options))
        if found is None:
            worst = min(options, key=lambda one: _worst(_least(one)))
            found = self._ends[id(options)] = worst, max(options, key=lambda one: _best(_most(one)))
        return found

    def _which_is_ahead(self, one: Car, other: Car) -> int:
        """Tell which of two cars was surely ahead: 1 the first, -1 the other, 0 where that is not known or plain to see."""
        if one.span is None or other.span is None or (one.span.fixed and other.span.fixed):
            return 0
        return self._is_ahead(one, other) - self._is_ahead(other, one)

    # -- of nobody who is listed -------------------------------------------------------------------------------------

    def unlisted(self) -> Range:
        """Give the least and the most that somebody may have earned whom nobody has listed, and who took part."""
        if self._nobody is None:
            ranges = [self._unlisted(outcomes) for outcomes in self._by_scale] if self.race.others else [NOTHING]
            self._nobody = Range(
                min((one.least for one in ranges), key=_worst), max((one.most for one in ranges), key=_best)
            )
        return self._nobody

    def _unlisted(self, outcomes: Outcomes) -> Range:
        worth, bonus = outcomes.worth, outcomes.chances.unlisted() if outcomes.worth.pays else 0
        cars = 1
        if self.rules.subject in (Subject.TEAM, Subject.MAKE, Subject.ENTITY):
            cars = min(MANY if self.rules.cars is None else self.rules.cars, self.race.more)
        most = 0
        firsts = []
        for order in self.race.orders_of_unlisted():
            firsts.append(order.unlisted())
            if worth.scale.by_position:
                continue
            end = max(worth.end, firsts[-1]) + 1
            free = [place for place in range(firsts[-1], end) if place not in order.taken]
            points = [worth.of(place) + outcomes.chances.for_place(place, Status.FINISHED)[1] for place in free]
            points += [worth.of(end)] * cars
            most = max(most, sum(sorted(points, reverse=True)[:cars]))
        if self.rules.low:
            return Range(Earned(worth.of(min(firsts, default=1))), Earned(UNBOUNDED))
        return Range(Earned(0), Earned(most + bonus, bonus))


def _worth(rules: Rules, units: Units, name: str | None, factor: Fraction, known: dict[object, Worth]) -> Worth:
    found = known.get((name, factor))
    if found is None:
        found = known[name, factor] = Worth(rules, units, name, factor)
    return found


def _all_of(way: Sequence[Option]) -> Range:
    """Add up cars that all score, whichever is the best of them."""
    points = least = most = 0
    droppable, present = True, False
    for one in way:
        points += one.points
        least += one.least_bonus
        most += one.most_bonus
        droppable = droppable and one.droppable
        present = present or one.present
    if way[0].only:
        most += sum(map(max, zip(*[one.only for one in way], strict=True)))
    return Range(Earned(points + least, least, droppable, present), Earned(points + most, most, droppable, present))


def _least(option: Option) -> Earned:
    return Earned(option.points + option.least_bonus, option.least_bonus, option.droppable, option.present)


def _most(option: Option) -> Earned:
    bonus = option.most_bonus + sum(option.only)
    return Earned(option.points + bonus, bonus, option.droppable, option.present)


def _not_worse(found: Iterable[tuple[Earned, Earned]]) -> list[tuple[Earned, Earned]]:
    """Keep the pairs than which no other is better for the first against the second."""
    kept: list[tuple[Earned, Earned]] = []
    for mine, theirs in sorted(set(found), key=lambda one: (_worst(one[1]), -one[0].points)):
        if not kept or mine.points > kept[-1][0].points:
            kept.append((mine, theirs))
    return kept
