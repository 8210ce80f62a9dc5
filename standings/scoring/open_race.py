"""A race that is partly known, as a championship sees it: which cars may have run, and where each may have come in."""

from collections.abc import Sequence
from functools import cached_property

from racing.terms import OVERALL, TRACK, Contest, Status
from standings.scoring.fitting import Fitting
from standings.scoring.groups import (
    EVERYBODY,
    NO_CLASSES,
    SOME,
    UNHEARD_OF,
    Count,
    Group,
    Pin,
    Settled,
    asked,
    ranking_group,
)
from standings.scoring.open_cars import (
    ENDS,
    NEVER_BEGUN,
    STARTED,
    STOPPED,
    Car,
    has_a_place,
    has_only_started,
    has_run,
    minds_classes,
    minds_classes_elsewhere,
)
from standings.scoring.places import (
    NO_PLACE,
    NOT_STARTED,
    UNPAID,
    field_of,
    may_pass,
    not_far_enough,
    own_classes,
    passes,
    with_told_classes,
)
from standings.scoring.possible import Order, Orders, Span
from standings.scoring.results import Entrants, Line, RaceResults
from standings.scoring.rules import Filter, Ineligible, Ranking, Rules


class OpenRace:
    """A race with all that may have run in it.

    `more` is how many more cars may have started than are known to have; `others` tells whether one that nobody has listed
    may be among them. `orders` holds the orders of places that championships have asked for: what is told of a group of cars
    is the same for all of them. `exact` becomes false where more may follow from what is told than is looked for. `settled`
    tells that in no more than the order it matters in which classes cars ran of which that is not known.
    """

    def __init__(
        self, rules: Rules, race: RaceResults, entrants: Entrants, orders: Orders, settled: Settled | None
    ) -> None:
        race = with_told_classes(race)
        self.rules, self.race, self.entrants, self.settled = rules, race, entrants, settled
        self._ways = NO_CLASSES if settled is None else settled.ways
        #: Who ran too few laps to be paid for a place; where a championship numbers its own, those behind move up.
        self.stopped_short = not_far_enough(rules, race)
        self.moves_up = rules.others_move_up and rules.cars is not None
        #: Whether all that matters beside the places themselves was followed.
        self.followed = not self.moves_up
        told = {line.entry for line in race.lines}
        running = sum(1 for line in race.lines if not line.guest and has_run(line))
        self.more = NO_PLACE if race.starters is None else max(race.starters - running, 0)
        self.others = entrants.others and self.more > 0
        listed = [line for line in entrants.listed if line.entry not in told]
        self.all_cars = (*race.lines, *listed)
        self._out = frozenset([line.entry for line in self.all_cars if self._has_no_place(line)])
        self._placed = frozenset([line.entry for line in race.lines if has_a_place(line)])
        self._stopped = frozenset([line.entry for line in race.lines if line.entry in self._out and has_run(line)])
        self._only_started = frozenset([line.entry for line in race.lines if has_only_started(line)])
        self._groups: dict[tuple[str, bool], Group] = {}
        self._orders: dict[tuple[Contest, Group], Order] = {}
        self._orders_of: dict[tuple[frozenset[str], bool] | None, list[Order]] = {}
        self._shared = orders
        self.field = field_of(rules, race)
        self.entered = [line for line in listed if self._may_belong(line)]
        #: Cars of which it is not known in which classes they ran, where that decides who is paid.
        self.unsure_classes = [line for line in self.all_cars if line.more_classes] if minds_classes(rules) else []
        self._minds_classes = bool(self.unsure_classes)
        own = {line.entry for line, _ in self.field.lines}
        self._maybe = [line for line in race.lines if line.entry not in own and self._may_belong(line)]
        self._alike: dict[tuple[object, ...], Car] = {}
        self.cars = [self._car(line, told=True) for line, _ in self.field.lines if self._is_asked(line)]
        self.cars += [self._car(line, told=True) for line in self._maybe if self._is_asked(line)]
        self.cars += [self._car(line, told=False) for line in self.entered if self._is_asked(line)]
        #: Whether classes of cars matter to more than the order, and those of all.
        self.all_classes_matter = False
        self.classes_matter = settled is None and minds_classes_elsewhere(rules, self.all_cars)
        by_class = rules.classified is not None and rules.classified.of_class
        if by_class and any(line.more_classes and line.laps is not None for line in race.lines):
            self.mind_all_classes()

    def _is_asked(self, line: Line) -> bool:
        return self.settled is None or line.entry in self.settled.cars

    def _may_belong(self, line: Line) -> bool:
        return may_pass(self.rules.eligible, line) and may_pass(self.rules.filter, line)

    def classes_of(self, line: Line) -> tuple[object, ...]:
        """Give what is known of the classes in which a car ran; the same for cars of which the same is."""
        return line.classes, line.more_classes, self._ways.get(line.entry)

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
        return self.followed and not self.classes_matter and all(order.exact for order in self._orders.values())

    def mind_all_classes(self) -> None:
        """Note that the classes of all cars matter."""
        self.classes_matter = self.all_classes_matter = True

    # -- who is numbered among whom ----------------------------------------------------------------------------------

    @cached_property
    def paid(self) -> frozenset[int]:
        return frozenset([line.entry for line in self.all_cars if passes(self.rules.eligible, line)])

    @cached_property
    def _maybe_paid(self) -> frozenset[int]:
        """Those who are if they ran in a certain class."""
        eligible = self.rules.eligible
        if not eligible.classes:
            return frozenset()
        return frozenset([line.entry for line in self.all_cars if may_pass(eligible, line)]) - self.paid

    def group(self, ranking: str, *, paid: bool) -> Group:
        """Give the cars of a ranking; of those who may be paid alone, if asked."""
        found = self._groups.get((ranking, paid))
        if found is None:
            wide = ranking_group(ranking, self.all_cars, self._ways)
            found = self._groups[ranking, paid] = self._paid_of(wide) if paid else wide
        return found

    def _paid_of(self, wide: Group) -> Group:
        entries = wide.entries & self.paid
        maybe = wide.maybe & self.paid
        if self._maybe_paid:
            maybe |= wide.members & self._maybe_paid
        return Group(entries, wide.kind, maybe, asked(*wide.asks, self.rules.eligible.classes) if maybe else ())

    @cached_property
    def championship(self) -> Group:
        """The cars of the championship, numbered among themselves."""
        test = self.rules.filter
        kind = EVERYBODY if test == Filter() else SOME
        if test == Filter(test.classes) and len(test.classes) == 1:
            kind = next(iter(test.classes))
        own = frozenset([line.entry for line in self.all_cars if line.entry in self.paid and passes(test, line)])
        maybe = frozenset([line.entry for line in self.unsure_classes if self._may_belong(line)]) - own
        return Group(own, kind, maybe, asked(test.classes, self.rules.eligible.classes) if maybe else ())

    @cached_property
    def _numbered(self) -> Group:
        """Those of them who are numbered: whoever came in and ran far enough."""
        own, short = self.championship, self.stopped_short
        return own._replace(entries=own.entries - short, maybe=own.maybe - short) if short else own

    def order(self, contest: Contest, group: Group) -> Order:
        """Give what is known of the places of a group in a contest."""
        found = self._orders.get((contest, group))
        if found is None:
            found = self._shared.known.get((contest, group))
            if found is None:
                found = self._shared.known[contest, group] = self._new_order(contest, group)
            self._orders[contest, group] = found
        return found

    def span(self, order: Order, entry: int) -> Span | None:
        """Give where a car may have come in, None where it surely has no place."""
        found = order.span(entry)
        self.followed = self.followed and order.is_followed(entry)
        return found

    def _new_order(self, contest: Contest, group: Group) -> Order:
        race = contest is Contest.RACE
        fitting = self.fitting(contest)
        # Guests are not among the starters that are told; and who came in outside the group leaves it as many places less.
        out = self._out if race else frozenset[int]()
        guests = sum(1 for line in self.all_cars if line.guest and line.entry in group.members - out)
        away = (fitting.surely | fitting.started) - group.members
        outside = sum(1 for line in self.all_cars if not line.guest and line.entry in away)
        return Order(
            contest,
            self.all_cars,
            group,
            out=out,
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
            running=None if self.settled is None else self.settled.running,
            ways=self._ways,
        )

    def orders_of(self, line: Line) -> list[Order]:
        """Give the orders of which a car's best place is paid."""
        if line.entry in self.stopped_short and self.rules.rank_within is Ranking.CHAMPIONSHIP:
            return [self.order(Contest.RACE, self.group(OVERALL, paid=False))]
        own = (line.classes, line.more_classes) if self.rules.rank_within is Ranking.CLASS else None
        found = self._orders_of.get(own)
        if found is None:
            found = self._orders_of[own] = self._paid_orders(line)
        return found

    def _paid_orders(self, line: Line) -> list[Order]:
        rules = self.rules
        if rules.rank_within is Ranking.CHAMPIONSHIP:
            return [self.order(Contest.RACE, self._numbered)]
        paid = rules.ineligible is Ineligible.RERANK
        if rules.rank_within is Ranking.CLASS:
            names = self.possible_classes if line.more_classes else sorted(own_classes(rules, line))
            return [self.order(Contest.RACE, self.group(name, paid=paid)) for name in names]
        return [self.order(Contest.RACE, self.group(OVERALL if paid else TRACK, paid=paid))]

    def orders_of_unlisted(self) -> list[Order]:
        """Give the orders of which the best place may be paid of a car that nobody has listed."""
        rules = self.rules
        if rules.rank_within is Ranking.CLASS:
            return [
                self.order(Contest.RACE, self.group(name, paid=rules.ineligible is Ineligible.RERANK))
                for name in self.possible_classes
            ]
        return self.orders_of(Line(0))

    def rankings_of(self, scope: Ranking, line: Line) -> list[str]:
        """Give the rankings in which a car may win a bonus: the series' own, or those of its classes."""
        if scope is not Ranking.CLASS:
            return [OVERALL]
        return self.possible_classes if line.more_classes else sorted(own_classes(self.rules, line))

    @cached_property
    def possible_classes(self) -> list[str]:
        """The classes within which a car may be ranked of which nothing is told."""
        known = self.rules.filter.classes
        return sorted(known or {UNHEARD_OF, *(name for line in self.all_cars for name in line.classes)})

    def _car(self, line: Line, *, told: bool) -> Car:
        if line.places:
            return self._one_car(line, told=told)
        paid = line.entry in self.paid
        own = line.entry in self.championship.entries, line.entry in self.stopped_short
        key = (*self.classes_of(line), line.status, line.guest, told, paid, own)
        found = self._alike.get(key)
        if found is None:
            found = self._alike[key] = self._one_car(line, told=told)
        return Car(line, told, found.span, found.ends, found.belongs)

    def _one_car(self, line: Line, *, told: bool) -> Car:
        ends: tuple[Status, ...] = ENDS
        if line.status is not None and line.status is not Status.FINISHED:
            ends = (line.status,)
        elif has_only_started(line):
            ends = STOPPED
        elif self.never_began(line) or not self._may_have_stopped(line):
            ends = NEVER_BEGUN
        belongs = passes(self.rules.eligible, line) and passes(self.rules.filter, line)
        if line.status in UNPAID:
            return Car(line, told, None, ends, belongs)
        if self._minds_classes and line.more_classes and has_a_place(line):
            # Without a place in what it is paid for it has one all the same: in no class, or in another.
            ends = (Status.FINISHED,) if belongs else ()
        orders = self.orders_of(line)
        spans = [span for order in orders if (span := self.span(order, line.entry)) is not None]
        if not spans:
            if has_a_place(line) and line.status in (None, Status.FINISHED):
                # It came in, but is numbered in nothing that is paid.
                ends = (Status.FINISHED,) if belongs else ()
            return Car(line, told, None, ends, belongs)
        span = spans[0]
        if len(spans) > 1 and line.more_classes:
            span = self._best_of_any(line.entry, orders, spans)
        elif len(spans) > 1:
            span = self._best_of(line.entry, orders, spans)
        if span.placed and self.rules.rank_within is not Ranking.OVERALL:
            belongs = True
        if self.moves_up:
            span = Span(1, span.last, span.placed)
        return Car(line, told, span, ends, belongs)

    def _may_have_stopped(self, line: Line) -> bool:
        """Tell whether a car may have started and not come in: the places that are told may ask for all other starters."""
        if self.more >= NO_PLACE or line.guest or has_run(line):
            return True
        return self.fit(Pin(line.entry, (), 0, began=True))

    def _best_of(self, entry: int, orders: Sequence[Order], spans: Sequence[Span]) -> Span:
        """Give which place may be the best of a car's places in several orders: of its classes, say."""
        return self._best_until(entry, orders, spans, min(one.last for one in spans), placed=spans[0].placed)

    def _best_of_any(self, entry: int, orders: Sequence[Order], spans: Sequence[Span]) -> Span:
        """Give which place may be the best of a car's places in orders of which it need not be in all."""
        sure = [one.last for one in spans if one.placed]
        last = min(sure) if sure else max(one.last for one in spans)
        return self._best_until(entry, orders, spans, last, placed=bool(sure))

    def _best_until(
        self, entry: int, orders: Sequence[Order], spans: Sequence[Span], last: int, *, placed: bool
    ) -> Span:
        """Give which place may be the best of a car's places; it is none behind the last."""
        first = min(one.first for one in spans)
        groups = tuple([order.group for order in orders])
        fitting = orders[0].fitting
        end = min(last, max(fitting.end, first + 1))
        for place in range(end, first, -1):
            found = fitting.fits(Pin(entry, groups, place))
            self.followed = self.followed and found is not None
            if found is not False:
                return Span(first, last if place == end < last else place, placed)
        return Span(first, first, placed)

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

    def pin(self, car: Car, place: int, end: int, *, began: bool | None = None, elsewhere: bool = False) -> Pin | None:
        """Give what it asks that a car came in at a place (0: nowhere; from `end` on there or later); None for nothing.

        `began` tells of a car without a place whether it started, where that matters, `elsewhere` that it need only have none
        in what it is paid for.
        """
        if elsewhere:
            orders = self.orders_of(car.line)
            if self.rules.rank_within is Ranking.OVERALL or not orders:
                return None
            return Pin(car.line.entry, tuple([order.group for order in orders]), 0)
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

    @property
    def entries(self) -> tuple[int, ...]:
        """How many cars "entries + 1" may mean at least and at most."""
        if self.rules.entries:
            return (self.rules.entries,)
        told = len(self.field.lines)
        return told, NO_PLACE if self.others else told + len(self.entered) + len(self._maybe)
