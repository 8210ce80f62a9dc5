"""A race that is partly known, as a championship sees it: which cars may have run, and where each may have come in."""

from collections.abc import Sequence
from fractions import Fraction
from functools import cached_property
from math import ceil
from typing import NamedTuple

from racing.terms import OVERALL, TRACK, Contest, Status
from standings.scoring.cars import scale_of
from standings.scoring.fitting import Fitting
from standings.scoring.groups import EVERYBODY, SOME, Count, Group, Pin, ranking_group
from standings.scoring.places import NO_PLACE, NOT_STARTED, UNPAID, field_of, not_far_enough, own_classes, passes
from standings.scoring.possible import Order, Span
from standings.scoring.results import Entrants, Line, RaceResults
from standings.scoring.rules import DecisionKind, Filter, Ineligible, Ranking, Rules

#: How a race may end for a car without a place.
ENDS = tuple(status for status in Status if status is not Status.FINISHED)
NEVER_BEGUN = tuple(status for status in ENDS if status in NOT_STARTED)
STARTED = frozenset({Status.FINISHED, Status.DNF, Status.NC, Status.DSQ, Status.EX})
STOPPED = tuple(status for status in ENDS if status in STARTED)
#: A class in which nobody is listed.
UNHEARD_OF = ""


class Car(NamedTuple):
    """A car that belongs to a championship, told of or not; `span` is where it may have come in, `ends` how else."""

    line: Line
    told: bool
    span: Span | None
    ends: tuple[Status, ...]


class Orders:
    """What is known of the places of groups of cars in the contests of one race, the same for all championships."""

    def __init__(self) -> None:
        self.fittings: dict[Contest, Fitting] = {}
        self.known: dict[tuple[Contest, Group], Order] = {}


class OpenRace:
    """A race with all that may have run in it.

    `more` is how many more cars may have started than are known to have; `others` tells whether one that nobody has listed
    may be among them. `orders` holds the orders of places that championships have asked for: what is told of a group of cars
    is the same for all of them. `exact` becomes false where more may follow from what is told than is looked for.
    """

    def __init__(self, rules: Rules, race: RaceResults, entrants: Entrants, orders: Orders) -> None:
        self.rules, self.race, self.entrants = rules, race, entrants
        #: Who ran too few laps to be paid for a place; where a championship numbers its own, those behind move up.
        self.stopped_short = not_far_enough(rules, race)
        self.moves_up = rules.others_move_up and rules.cars is not None
        self.moves_up = self.moves_up or (rules.rank_within is Ranking.CHAMPIONSHIP and bool(self.stopped_short))
        #: Whether all that matters beside the places themselves was followed.
        self.followed = not self.stopped_short and not self.moves_up
        told = {line.entry for line in race.lines}
        running = sum(1 for line in race.lines if not line.guest and has_run(line))
        self.more = NO_PLACE if race.starters is None else max(race.starters - running, 0)
        self.others = entrants.others and self.more > 0
        listed = [line for line in entrants.listed if line.entry not in told]
        self.all_cars = (*race.lines, *listed)
        self._out = frozenset([line.entry for line in self.all_cars if self._has_no_place(line)])
        self._placed = frozenset([line.entry for line in race.lines if has_a_place(line)])
        self._stopped = frozenset([line.entry for line in race.lines if line.entry in self._out and has_run(line)])
        self._only_started = frozenset([line.entry for line in race.lines if _has_only_started(line)])
        self._groups: dict[tuple[str, bool], Group] = {}
        self._orders: dict[tuple[Contest, Group], Order] = {}
        self._orders_of: dict[frozenset[str] | None, list[Order]] = {}
        self._shared = orders
        self.field = field_of(rules, race)
        self.entered = [line for line in listed if passes(rules.eligible, line) and passes(rules.filter, line)]
        self._alike: dict[tuple[object, ...], Car] = {}
        self.cars = [self._car(line, told=True) for line, _ in self.field.lines]
        self.cars += [self._car(line, told=False) for line in self.entered]

    def _has_no_place(self, line: Line) -> bool:
        return not has_a_place(line) and (line.status is not None or self.never_began(line))

    def never_began(self, line: Line) -> bool:
        """Tell whether a car surely did not start; where all who did are told of, nobody else has, but may be paid for that."""
        if line.status is not None:
            return line.status in NOT_STARTED
        return self.more == 0 and not line.guest and not has_run(line)

    @property
    def exact(self) -> bool:
        """Whether nothing more follows from what is told than was found, as far as it was asked for."""
        return self.followed and all(order.exact for order in self._orders.values())

    # -- who is numbered among whom ----------------------------------------------------------------------------------

    @cached_property
    def paid(self) -> frozenset[int]:
        return frozenset([line.entry for line in self.all_cars if passes(self.rules.eligible, line)])

    def group(self, ranking: str, *, paid: bool) -> Group:
        """Give the cars of a ranking; of those who may be paid alone, if asked."""
        found = self._groups.get((ranking, paid))
        if found is None:
            wide = ranking_group(ranking, self.all_cars)
            found = self._groups[ranking, paid] = Group(wide.entries & self.paid, wide.kind) if paid else wide
        return found

    @cached_property
    def _championship(self) -> Group:
        """The cars of the championship, numbered among themselves."""
        test = self.rules.filter
        kind = EVERYBODY if test == Filter() else SOME
        if test == Filter(test.classes) and len(test.classes) == 1:
            kind = next(iter(test.classes))
        own = [line.entry for line in self.all_cars if line.entry in self.paid and passes(test, line)]
        return Group(frozenset(own), kind)

    def order(self, contest: Contest, group: Group) -> Order:
        """Give what is known of the places of a group in a contest."""
        found = self._orders.get((contest, group))
        if found is None:
            found = self._shared.known.get((contest, group))
            if found is None:
                found = self._shared.known[contest, group] = self._new_order(contest, group)
            self._orders[contest, group] = found
        return found

    def _new_order(self, contest: Contest, group: Group) -> Order:
        race = contest is Contest.RACE
        fitting = self.fitting(contest)
        # Guests are not among the starters that are told; and who came in outside the group leaves it as many places less.
        guests = sum(1 for line in self.all_cars if line.guest and line.entry in group.entries)
        away = (fitting.surely | fitting.started) - group.entries
        outside = sum(1 for line in self.all_cars if not line.guest and line.entry in away)
        return Order(
            contest,
            self.all_cars,
            group,
            out=self._out if race else frozenset(),
            placed=self._placed if race else frozenset(),
            others=fitting.others,
            most=fitting.most + guests - outside if fitting.most < NO_PLACE else NO_PLACE,
            fitting=fitting,
        )

    def fitting(self, contest: Contest) -> Fitting:
        """Give what is told of a contest."""
        found = self._shared.fittings.get(contest)
        if found is None:
            found = self._shared.fittings[contest] = self._new_fitting(contest)
        return found

    def _new_fitting(self, contest: Contest) -> Fitting:
        race = contest is Contest.RACE
        out = [line for line in self.race.lines if line.entry in self._out and not line.guest]
        unplaced = sum(1 for line in out if line.status in STARTED)
        limited = race and self.race.starters is not None
        lapless = [line.entry for line in self.all_cars if contest is Contest.FASTEST_LAP and self.never_began(line)]
        return Fitting(
            contest,
            self.all_cars,
            out=self._out if race else frozenset(lapless),
            placed=self._placed if race else frozenset(),
            started=self._only_started if race else frozenset(),
            stopped=self._stopped if race else frozenset(),
            # What is told of a race's starters says nothing of who qualified; and nobody need have won a contest.
            others=self.others or not race,
            most=(self.race.starters or 0) - unplaced if limited else NO_PLACE,
        )

    def orders_of(self, line: Line) -> list[Order]:
        """Give the orders of which a car's best place is paid."""
        own = line.classes if self.rules.rank_within is Ranking.CLASS else None
        found = self._orders_of.get(own)
        if found is None:
            found = self._orders_of[own] = self._paid_orders(line)
        return found

    def _paid_orders(self, line: Line) -> list[Order]:
        rules = self.rules
        if rules.rank_within is Ranking.CHAMPIONSHIP:
            return [self.order(Contest.RACE, self._championship)]
        paid = rules.ineligible is Ineligible.RERANK
        if rules.rank_within is Ranking.CLASS:
            names = sorted(own_classes(rules, line))
            return [self.order(Contest.RACE, self.group(name, paid=paid)) for name in names]
        return [self.order(Contest.RACE, self.group(OVERALL if paid else TRACK, paid=paid))]

    def orders_of_unlisted(self) -> list[Order]:
        """Give the orders of which the best place may be paid of a car that nobody has listed."""
        rules = self.rules
        if rules.rank_within is Ranking.CLASS:
            names = sorted(rules.filter.classes or {UNHEARD_OF, *(n for line in self.all_cars for n in line.classes)})
            return [
                self.order(Contest.RACE, self.group(name, paid=rules.ineligible is Ineligible.RERANK)) for name in names
            ]
        return self.orders_of(Line(0))

    def _car(self, line: Line, *, told: bool) -> Car:
        if line.places:
            return self._one_car(line, told=told)
        paid = line.entry in self.paid
        own = line.entry in self._championship.entries
        key = (line.classes, line.status, line.guest, told, paid, own)
        found = self._alike.get(key)
        if found is None:
            found = self._alike[key] = self._one_car(line, told=told)
        return Car(line, told, found.span, found.ends)

    def _one_car(self, line: Line, *, told: bool) -> Car:
        ends = ENDS
        if line.status is not None and line.status is not Status.FINISHED:
            ends = (line.status,)
        elif _has_only_started(line):
            ends = STOPPED
        elif self.never_began(line) or not self._may_have_stopped(line):
            ends = NEVER_BEGUN
        if line.status in UNPAID:
            return Car(line, told, None, ends)
        orders = self.orders_of(line)
        spans = [span for order in orders if (span := order.span(line.entry)) is not None]
        if not spans:
            return Car(line, told, None, ends)
        span = spans[0]
        if len(spans) > 1:
            span = self._best_of(line.entry, orders, spans)
        if self.moves_up:
            span = Span(1, span.last, span.placed)
        return Car(line, told, span, ends)

    def _may_have_stopped(self, line: Line) -> bool:
        """Tell whether a car may have started and not come in: the places that are told may ask for all other starters."""
        if self.more >= NO_PLACE or line.guest or has_run(line):
            return True
        return self.fit(Pin(line.entry, (), 0, began=True))

    def _best_of(self, entry: int, orders: Sequence[Order], spans: Sequence[Span]) -> Span:
        """Give which place may be the best of a car's places in several orders: of its classes, say."""
        first, last = min(one.first for one in spans), min(one.last for one in spans)
        groups = tuple([order.group for order in orders])
        fitting = orders[0].fitting
        end = min(last, fitting.end)
        for place in range(end, first, -1):
            found = fitting.fits(Pin(entry, groups, place))
            self.followed = self.followed and found is not None
            if found is not False:
                return Span(first, last if place == end < last else place, spans[0].placed)
        return Span(first, first, spans[0].placed)

    def may_be(self, car: Car, place: int) -> bool:
        """Tell whether a place may be the best one of a car in its orders."""
        pin = self.pin(car, place, NO_PLACE)
        return pin is None or self.fit(pin)

    def fit(self, *pins: Pin, count: Count | None = None) -> bool:
        """Tell whether all this may be true at once; what was not found out may be."""
        found = self.fits(*pins, count=count)
        self.followed = self.followed and found is not None
        return found is not False

    def fits(self, *pins: Pin, count: Count | None = None) -> bool | None:
        """Tell the same, None where it was not found out."""
        return self.fitting(Contest.RACE).fits(*pins, count=count)

    def pin(self, car: Car, place: int, end: int, *, began: bool | None = None) -> Pin | None:
        """Give what it asks that a car came in at a place (0: nowhere; from `end` on there or later); None for nothing.

        `began` tells of a car without a place whether it started, where that matters.
        """
        if place == 0 and began is not None and not (has_run(car.line) or self.never_began(car.line)):
            return Pin(car.line.entry, (), 0, began=began)
        if car.span is None or car.span.fixed or (place == 0 and car.span.placed):
            return None
        if place == 0:
            return Pin(car.line.entry, (), 0)
        groups = tuple([order.group for order in self.orders_of(car.line)])
        return Pin(car.line.entry, groups, place, or_later=place >= end)

    def is_simple(self, car: Car) -> bool:
        """Tell whether the place of a car, if it is not known, shuts nobody out but from that place."""
        if car.span is None or car.span.fixed:
            return True
        orders = self.orders_of(car.line)
        return len(orders) == 1 and orders[0].simple

    # -- by which scale ----------------------------------------------------------------------------------------------

    def scales(self) -> list[tuple[str | None, Count | None]]:
        """Give the scales by which the race may have been paid, each with how many cars have started then if that tells."""
        rule, race = self.rules.scale_by, self.race
        name = scale_of(self.rules, self.field)
        forced = any(one.kind is DecisionKind.FORCE_SCALE and one.race == race.key for one in self.rules.decisions)
        if rule is None or forced or (rule.session or race.session) != race.session or race.number in rule.full:
            return [(name, None)]
        if rule.attribute == "starters":
            return self._by_starters(rule.steps)
        if rule.attribute in self.entrants.unsure and rule.attribute not in race.attributes:
            return [(name, None) for name in dict.fromkeys([race.session, *(scale for _, scale in rule.steps)])]
        return [(name, None)]

    def _by_starters(self, steps: Sequence[tuple[Fraction, str | None]]) -> list[tuple[str | None, Count | None]]:
        """Give the scales for the numbers of its own cars that may have started."""
        group = self._championship
        starts = sorted({0, *(max(ceil(start), 0) for start, _ in steps)})
        found: list[tuple[str | None, Count | None]] = []
        for least, following in zip(starts, [*starts[1:], NO_PLACE + 1], strict=True):
            reached = [scale for start, scale in steps if start <= least]
            name = reached[-1] if reached else self.race.session
            if found and found[-1][0] == name and (before := found.pop()[1]) is not None:
                least = before.least
            found.append((name, Count(group, least, following - 1)))
        possible = [one for one in found if self.fits(count=one[1]) is not False]
        if len({name for name, _ in possible}) < 2:
            return [(name, None) for name, _ in possible[:1]] or [(scale_of(self.rules, self.field), None)]
        if self.others and group.kind == SOME:
            # Of cars that nobody has listed it is not known whether they would be counted.
            self.followed = False
        elif self.others and self.more >= NO_PLACE:
            # Any number of those may have started besides.
            return [(name, None if one is not None and one.most >= NO_PLACE else one) for name, one in possible]
        return possible

    @property
    def entries(self) -> tuple[int, ...]:
        """How many cars "entries + 1" may mean at least and at most."""
        if self.rules.entries:
            return (self.rules.entries,)
        told = len(self.field.lines)
        return told, NO_PLACE if self.others else told + len(self.entered)


def has_run(line: Line) -> bool:
    """Tell whether a car surely started."""
    return line.status in STARTED or (line.status is None and (has_a_place(line) or _has_only_started(line)))


def has_a_place(line: Line) -> bool:
    """Tell whether a car surely has a place in the race."""
    return line.status is Status.FINISHED or any(contest is Contest.RACE for contest, _ in line.places)


def _has_only_started(line: Line) -> bool:
    """Tell whether a car surely started, for it set a lap that is told, and nothing is told of its end."""
    lapped = any(contest is Contest.FASTEST_LAP for contest, _ in line.places)
    return lapped and line.status is None and not has_a_place(line)
