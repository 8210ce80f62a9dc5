"""What each subject of a championship may have earned in a race that is partly known: alone, and beside another."""

from collections.abc import Sequence
from fractions import Fraction
from functools import cached_property
from math import prod

from racing.terms import Status
from standings.scoring.decided import Decided, Decisions
from standings.scoring.earnings import NOTHING, Beside, Earned, Range, best, least_of, most_of, not_worse, worst
from standings.scoring.groups import Settled
from standings.scoring.many_cars import ends_of
from standings.scoring.open_cars import STOPPED, Car
from standings.scoring.open_race import OpenRace
from standings.scoring.open_scales import scales_of
from standings.scoring.option import Option
from standings.scoring.outcomes import UNBOUNDED, Outcomes, Worth
from standings.scoring.places import OF_SEVERAL_CARS, owners_of
from standings.scoring.possible import Orders
from standings.scoring.results import Entrants, RaceResults
from standings.scoring.rules import Rules, Subject
from standings.scoring.together import Ends, Together, Way
from standings.scoring.units import ONE, Units

#: Of two subjects beside each other fewer.
FEWER_WAYS = 1000
#: So many places nobody who is listed can fill.
MANY = 60


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
        settled: Settled | None = None,
    ) -> None:
        self.rules = rules
        self.race = OpenRace(rules, race, entrants, orders, settled)
        self.cars: dict[int, list[Car]] = {}
        owners = owners_of(rules)
        for car in self.race.cars:
            for subject in owners(car.line):
                self.cars.setdefault(subject, []).append(car)
        factor = rules.round_multiplier.get(race.number, ONE) if race.number is not None else ONE
        self._by_scale = [
            Outcomes(self.race, units, _worth(rules, units, name, factor, worths), factor, count)
            for name, count in scales_of(self.race)
        ]
        self._together = Together(rules, self.race)
        self._units, self._worths = units, worths
        self._ranges: dict[int, Range] = {}
        self._sums: dict[object, Range] = {}
        self._nobody: Range | None = None
        self._ends: dict[int, tuple[Option, Option]] = {}
        self._beside: dict[tuple[int, int], Beside] = {}
        self._known_pairs: dict[object, Beside] = {}
        self._if_started: dict[tuple[int, int], list[Option]] = {}
        #: Whether what is told of the race was followed to its end; not before all was looked at.
        self.exact = False
        self._told = Decisions(self.race, units)

    def look_at_all(self) -> None:
        """Look at every subject, and at nobody who is listed: from then on `exact` stays what it is."""
        for subject in self.cars:
            self.range(subject)
        self.unlisted()
        self.exact = self.race.exact

    def range(self, subject: int) -> Range:
        """Give the least and the most of one subject."""
        found = self._ranges.get(subject)
        if found is None:
            found = NOTHING
            if cars := self.cars.get(subject):
                found = self._of_any([self._range(subject, cars, outcomes) for outcomes in self._by_scale])
                if len(cars) > 1:
                    lines = [car.line for car in cars]
                    self._by_scale[0].chances.look_at_several(lines, decided=subject in self._told)
            elif self.rules.low:
                found = self._missed()
            if self.rules.low or subject not in self.cars:
                found = self._told.bounded(subject, found)
            self._ranges[subject] = found
        return found

    def _of_any(self, ranges: Sequence[Range]) -> Range:
        return ranges[0] if len(ranges) == 1 else self._together.extremes(ranges)

    def _missed(self) -> Range:
        """Give what it costs to have missed the race, where that is a score."""
        scores = [Earned(points, present=counts) for one in self._by_scale for points, counts in one.missed()]
        return Range(min(scores, key=worst), max(scores, key=best))

    def _range_decided(self, subject: int, decided: Decided, cars: Sequence[Car], outcomes: Outcomes) -> Range:
        """Give the same of a subject of which something was decided."""
        if self._is_single(cars):
            known = (
                outcomes.of(cars[0], subject, 1)
                if outcomes.count is None
                else self._possible(cars[0], subject, outcomes)
            )
            ways = decided.options(cars[0], known)
            if ways:
                return self._together.extremes([decided.changed(Range(least_of(one), most_of(one))) for one in ways])
        ends = self._ends_of_several(subject, cars, outcomes, decided)
        if ends is not None:
            return Range(ends[0][0].least, ends[1][0].most)
        return decided.bounded(self._together.each_for_itself([(car, outcomes.of(car, subject, MANY)) for car in cars]))

    def _is_single(self, cars: Sequence[Car]) -> bool:
        return len(cars) == 1 and self.rules.cars != 0 and not self.rules.cars_nominated

    def _range(self, subject: int, cars: Sequence[Car], outcomes: Outcomes) -> Range:
        decided = self._told.of(subject, cars)
        if decided is not None and not self.rules.low:
            return self._range_decided(subject, decided, cars, outcomes)
        single = self._is_single(cars)
        if outcomes.count is not None:
            return self._range_if_so_many_started(subject, cars, outcomes, single=single)
        owned = [(car, outcomes.of(car, subject, len(cars))) for car in cars]
        if single:
            options = owned[0][1]
            found = self._sums.get(id(options))
            if found is None:
                found = self._sums[id(options)] = self._together.extremes(
                    [Range(least_of(one), most_of(one)) for one in options]
                )
            return found
        # Cars of which the same is known have the same options: many subjects have cars that are alike.
        alike = all(car.span is None or car.span.fixed or not car.line.places for car in cars)
        key = tuple([(id(options), car.line.nominated) for car, options in owned]) if alike else None
        found = self._sums.get(key) if alike else None
        if found is None:
            ends = self._ends_of_several(subject, cars, outcomes)
            found = self._sums[key] = (
                Range(ends[0][0].least, ends[1][0].most) if ends else self._together.each_for_itself(owned)
            )
        return found

    def _range_if_so_many_started(
        self, subject: int, cars: Sequence[Car], outcomes: Outcomes, *, single: bool
    ) -> Range:
        """Give the same where the scale tells how many cars have started: of the ways alone in which so many have."""
        if single:
            ways = self._possible(cars[0], subject, outcomes)
            if ways:
                return self._together.extremes([Range(least_of(one), most_of(one)) for one in ways])
        ends = self._ends_of_several(subject, cars, outcomes)
        if ends is not None:
            return Range(ends[0][0].least, ends[1][0].most)
        return self._together.each_for_itself([(car, outcomes.of(car, subject, MANY)) for car in cars])

    def _possible(self, car: Car, subject: int, outcomes: Outcomes) -> list[Option]:
        """Give the ways in which the race may have ended for a car if as many cars have started as the scale tells."""
        options = outcomes.of(car, subject, MANY)
        key = id(options), car.line.entry
        if key not in self._if_started:
            self._if_started[key] = [one for one in options if self._is_possible(car, one, outcomes)]
        return self._if_started[key]

    def _all_options(self, car: Car, subject: int, outcomes: Outcomes) -> list[Option]:
        if outcomes.count is not None:
            return self._possible(car, subject, outcomes)
        return outcomes.of(car, subject, MANY)

    def _is_possible(self, car: Car, option: Option, outcomes: Outcomes) -> bool:
        return self._together.fit([car], [option], outcomes.end, outcomes.count)

    def _ends_of_several(
        self, subject: int, cars: Sequence[Car], outcomes: Outcomes, decided: Decided | None = None
    ) -> Ends | None:
        """Give what several cars bring at least and at most, with the way that brings it; None where it is not found out."""
        for count in (len(cars), MANY) if outcomes.count is None else (MANY,):
            owned = [
                (car, self._all_options(car, subject, outcomes) if count == MANY else outcomes.of(car, subject, count))
                for car in cars
            ]
            if decided is not None:
                owned = [(car, decided.options(car, options)) for car, options in owned]
            # Where the ends are shut out, any of the places between may be one.
            last, number = count == MANY, outcomes.count
            found = ends_of(self._together, owned, outcomes.end, last=last, count=number, decided=decided)
            if found is not None and decided is None:
                (least, its_way), (most, way) = found
                found = (
                    (outcomes.sharing_qualifying(cars, least), its_way),
                    (outcomes.sharing_qualifying(cars, most), way),
                )
            if found is not None:
                return found
        return None

    # -- beside another ----------------------------------------------------------------------------------------------

    def beside(self, subject: int, leader: int) -> Beside:
        """Give what a subject and the leader may have earned at once, where that is best for the one against the other.

        No other outcome gives the one more while it gives the leader no more, or the leader less while it gives the one no
        less.
        """
        found = self._beside.get((subject, leader))
        if found is None:
            found = self._beside[subject, leader] = self._look_at_both(subject, leader)
        return found

    def _look_at_both(self, subject: int, leader: int) -> Beside:
        most, least = self.range(subject).most, self.range(leader).least
        mine, theirs = self.cars.get(subject, ()), self.cars.get(leader, ())
        if not mine or not theirs:
            return Beside([(most, least)], exact=True)
        by_itself = subject in self._told or leader in self._told
        by_itself = by_itself or bool(self.rules.segments and not self.rules.drop_bonus and self.rules.bonuses)
        found: list[tuple[Earned, Earned]] = []
        exact = True
        for outcomes in () if by_itself else self._by_scale:
            one = self._at_once(outcomes, (mine, subject), (theirs, leader))
            if one is None:
                by_itself = True
                break
            found += one.pairs
            exact = exact and one.exact
        if by_itself or not found:
            return Beside([(most, least)], exact=False)
        chances = self._by_scale[0].chances
        exact = exact and chances.may_be_best_against(mine, theirs)
        return Beside(not_worse(found), exact)

    def _at_once(
        self, outcomes: Outcomes, mine: tuple[Sequence[Car], int], theirs: tuple[Sequence[Car], int]
    ) -> Beside | None:
        """Give what both may have earned at once by a scale; None where that is too much to look at."""
        (cars, subject), (others, leader) = mine, theirs
        simple = outcomes.count is None and self._together.are_simple([*cars, *others], outcomes.end)
        if len(cars) == len(others) == 1 and self.rules.cars != 0 and not self.rules.cars_nominated:
            if outcomes.count is None:
                options, against = outcomes.of(cars[0], subject, 1), outcomes.of(others[0], leader, 1)
            else:
                options, against = outcomes.of(cars[0], subject, MANY), outcomes.of(others[0], leader, MANY)
            if cars[0].line.entry == others[0].line.entry:
                both = list(zip(options, against, strict=True))
                if outcomes.count is not None:
                    both = [one for one in both if self._is_possible(cars[0], one[0], outcomes)]
                found = [(most_of(own), most_of(its)) for own, its in both]
                return Beside(found + [(least_of(own), least_of(its)) for own, its in both], exact=True)
            highest, lowest = self._ends_of(options)[1], self._ends_of(against)[0]
            known = self._which_is_ahead(cars[0], others[0])
            if simple and not known and (highest.place != lowest.place or not highest.place):
                return Beside([(most_of(highest), least_of(lowest))], exact=True)
            classes = self.race.classes_of(cars[0].line)
            key = (options[0], options[-1], cars[0].span, against[0], against[-1], others[0].span, classes)
            if simple and (*key, known) in self._known_pairs:
                return self._known_pairs[*key, known]
            one = self._all_at_once(outcomes, mine, theirs, simple=simple)
            if simple and one is not None:
                self._known_pairs[*key, known] = one
            return one
        if {car.line.entry for car in cars} & {car.line.entry for car in others}:
            return None
        own = self._ends_of_several(subject, cars, outcomes)
        its = self._ends_of_several(leader, others, outcomes)
        plain = not self.rules.segments or not (self.rules.not_droppable or not self.rules.drop_bonus)
        if own is not None and its is not None and plain:
            (most, own_way), (least, its_way) = own[1], its[0]
            if self._are_possible([*cars, *others], (*own_way, *its_way), outcomes):
                return Beside([(most.most, least.least)], exact=True)
        return self._all_at_once(outcomes, mine, theirs, simple=simple)

    def _are_possible(self, cars: Sequence[Car], way: Way, outcomes: Outcomes) -> bool:
        """Tell whether cars surely may have come in like this at once."""
        end, count = outcomes.end, outcomes.count
        if not any(self._together.possible([(car, [option]) for car, option in zip(cars, way, strict=True)], end)):
            return False
        simple = count is None and self._together.are_simple(cars, end)
        return simple or self._together.fits(cars, way, end, count) is True

    def _all_at_once(
        self,
        outcomes: Outcomes,
        mine: tuple[Sequence[Car], int],
        theirs: tuple[Sequence[Car], int],
        *,
        simple: bool,
    ) -> Beside | None:
        """Look at every way in which several cars may have ended at once."""
        (cars, subject), (others, leader) = mine, theirs
        owned = [(car, self._all_options(car, subject, outcomes)) for car in cars]
        against = [(car, self._all_options(car, leader, outcomes)) for car in others]
        if prod(len(options) for _, options in (*owned, *against)) > FEWER_WAYS:
            return None
        ways = self._together.possible([*owned, *against], outcomes.end)
        all_cars, exact = [*cars, *others], True
        pairs: list[tuple[Earned, Earned, Way]] = [
            (
                outcomes.sharing_qualifying(cars, self._together.add_up(way[: len(cars)], owned)).most,
                outcomes.sharing_qualifying(others, self._together.add_up(way[len(cars) :], against)).least,
                way,
            )
            for way in ways
        ]
        pairs.sort(key=lambda one: (worst(one[1]), -one[0].points))
        found: list[tuple[Earned, Earned]] = []
        for most, least, way in pairs:
            if not found or most.points > found[-1][0].points:
                fits = True if simple else self._together.fits(all_cars, way, outcomes.end, outcomes.count)
                exact = exact and fits is not None
                if fits is not False:
                    found.append((most, least))
        return Beside(found, exact) if found else None

    def _ends_of(self, options: list[Option]) -> tuple[Option, Option]:
        """Give the worst and the best of a car's options, which live as long as the race."""
        found = self._ends.get(id(options))
        if found is None:
            lowest = min(options, key=lambda one: worst(least_of(one)))
            found = self._ends[id(options)] = lowest, max(options, key=lambda one: best(most_of(one)))
        return found

    def _which_is_ahead(self, one: Car, other: Car) -> int:
        """Tell which of two cars was surely ahead: 1 the first, -1 the other, 0 where that is not known or plain to see."""
        if one.span is None or other.span is None or (one.span.fixed and other.span.fixed):
            return 0
        return self._together.is_ahead(one, other) - self._together.is_ahead(other, one)

    # -- of nobody who is listed -------------------------------------------------------------------------------------

    def unlisted(self) -> Range:
        """Give the least and the most that somebody may have earned whom nobody has listed, and who took part."""
        if self._nobody is None:
            ranges = [self._unlisted(outcomes) for outcomes in self._by_scale] if self.race.others else [NOTHING]
            self._nobody = Range(
                min((one.least for one in ranges), key=worst), max((one.most for one in ranges), key=best)
            )
        return self._nobody

    def _unlisted(self, outcomes: Outcomes) -> Range:
        worth, chances = outcomes.worth, outcomes.chances
        cars = min(MANY, self.race.more) if self.rules.subject in OF_SEVERAL_CARS else 1
        scoring = cars if self.rules.cars is None else min(cars, self.rules.cars)
        paid = cars if self.rules.bonus_for_all_cars else scoring
        bonus = chances.unlisted(paid) if worth.pays else 0
        firsts, points, besides = [], [], []
        # Of several cars each may have come in in a class of its own.
        for order in self.race.orders_of_unlisted():
            firsts.append(order.unlisted())
            if worth.scale.by_position:
                continue
            end = max(worth.end, firsts[-1]) + 1
            free = [place for place in range(firsts[-1], end) if place not in order.taken]
            places = [*free, *[max(end, outcomes.end)] * cars]
            points += [worth.of(place) for place in places]
            besides += [chances.for_place(place, Status.FINISHED)[1] for place in places] if worth.pays else []
        if self.rules.low:
            stopped = [worth.without(end, number) for end in STOPPED for number in self.race.entries]
            return Range(Earned(min([worth.of(min(firsts, default=1)), *stopped])), Earned(UNBOUNDED))
        most = sum(sorted(points, reverse=True)[:scoring]) + sum(sorted(besides, reverse=True)[:paid])
        return Range(Earned(0), Earned(most + bonus, bonus))

    @cached_property
    def supply(self) -> tuple[int, int]:
        """Give all the points of the race that nobody surely has, at most, and in how many shares they are had.

        `UNBOUNDED` where that is not looked at.
        """
        rules = self.rules
        if len(self._by_scale) > 1 or rules.classified or rules.min_drive or rules.others_move_up or self._told:
            return UNBOUNDED, 0
        outcomes = self._by_scale[0]
        worth, chances = outcomes.worth, outcomes.chances
        if worth.scale.by_position or worth.scale.unplaced or chances.without_end:
            return UNBOUNDED, 0
        if worth.of(outcomes.end) or chances.for_place(outcomes.end, Status.FINISHED)[1]:
            return UNBOUNDED, 0
        sharing = max((len(car.line.drivers) for car in self.race.cars), default=1) or 1
        orders = {id(order): order for car in self.race.cars for order in self.race.orders_of(car.line)}
        orders |= {id(order): order for order in self.race.orders_of_unlisted()}
        found = chances.of_all() if worth.pays else []
        for order in orders.values():
            free = [place for place in range(1, outcomes.end) if place not in order.taken]
            found += [worth.of(place) + chances.for_place(place, Status.FINISHED)[1] for place in free]
        for car in self.race.cars:
            if car.span is not None and car.span.fixed and not car.belongs:
                # Whose place is known, and not whether it is paid for it.
                found.append(worth.of(car.span.first) + chances.for_place(car.span.first, Status.FINISHED)[1])
        each = sharing if rules.subject is Subject.DRIVER else 1
        return sum(found) * each, sum(1 for points in found if points) * each


def _worth(rules: Rules, units: Units, name: str | None, factor: Fraction, known: dict[object, Worth]) -> Worth:
    found = known.get((name, factor))
    if found is None:
        found = known[name, factor] = Worth(rules, units, name, factor)
    return found
