"""Whether cars may have come in at certain places, against every order that agrees with what is told."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import islice, product

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from racing.terms import OVERALL, TRACK, Contest, Status
from standings.scoring import Line
from standings.scoring.fitting import Fitting
from standings.scoring.groups import EVERYBODY, Count, Group, Pin, ranking_group
from standings.scoring.places import NO_PLACE
from tests.scoring import completing

EVERY_WAY = settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
CLASSES = [
    frozenset({"Pro"}),
    frozenset({"Am"}),
    frozenset({"Am"}),
    frozenset({"Am", "Rookie"}),
    frozenset({"Pro", "Rookie"}),
]
RANKINGS = (TRACK, OVERALL, "Pro", "Am", "Rookie")
LONGEST = 5
#: Of more orders than these each is not looked at.
MANY = 4000


class Known:
    """A contest of which a part is told: the cars, who may have taken part, and how many came in at most.

    Among those count the cars of which it is only known that they `started`.
    """

    def __init__(self, cars: Sequence[Line], *, others: bool, most: int, started: frozenset[int] = frozenset()) -> None:
        self.cars, self.others, self.most, self.started = cars, others, most, started
        self.out = frozenset([car.entry for car in cars if car.status is Status.DNF])

    @property
    def fitting(self) -> Fitting:
        placed = frozenset([car.entry for car in self.cars if car.status is Status.FINISHED or car.places])
        return Fitting(
            Contest.RACE,
            self.cars,
            out=self.out,
            placed=placed,
            others=self.others,
            most=self.most,
            started=self.started,
            stopped=self.out,
        )

    def orders(self) -> list[list[Line]]:
        """Give every order of up to so many cars."""
        others = completing.classes_of_strangers(self.cars) if self.others else []
        found = islice(completing.orders(Contest.RACE, self.cars, LONGEST, others), MANY)
        own = list(found)
        assume(len(own) < MANY)
        return [order for order in own if len(self.starting(order)) <= self.most]

    def starting(self, order: Sequence[Line]) -> list[Line]:
        """Give who surely started by an order, guests and those that are told to have stopped left out."""
        ran = {car.entry for car in order}
        return [car for car in order if not car.guest] + [
            car for car in self.cars if car.entry in self.started - ran and not car.guest
        ]

    def counts(self, order: Sequence[Line], group: Group, absent: int = 0, *, began: bool = False) -> range:
        """Give how many cars of a group may have started by an order; `absent` is one of which it is told whether it did."""
        ran = {car.entry for car in order}
        surely = sum(1 for car in order if _is_of(group, car))
        surely += len((self.out | (self.started - ran)) & group.entries) + (began and absent in group.entries)
        left = (
            self.most
            - len(self.starting(order))
            - sum(1 for c in self.cars if began and c.entry == absent and not c.guest)
        )
        free = [c for c in self.cars if c.entry in group.entries - ran - self.out - self.started - {absent}]
        more = LONGEST * 2 if self.others else sum(1 for car in free if not car.guest)
        more = min(more, left) + sum(1 for car in free if car.guest)
        return range(surely, surely + more + 1) if left >= 0 else range(0)


@st.composite
def contests(draw: st.DrawFn) -> Known:
    others = draw(st.booleans())
    cars = [
        Line(key, classes=draw(st.sampled_from(CLASSES)), guest=draw(st.integers(0, 5)) == 0)
        for key in range(1, draw(st.integers(1, 3 if others else 4)) + 1)
    ]
    order = list(draw(st.permutations(cars)))[: draw(st.integers(0, len(cars)))]
    finished = list(order)
    if others and draw(st.booleans()):
        order.insert(draw(st.integers(0, len(order))), Line(99, classes=draw(st.sampled_from(CLASSES))))
    counts: dict[str, int] = {}
    told: dict[int, dict[tuple[Contest, str], int]] = {}
    often = {ranking: draw(st.integers(0, 3)) for ranking in RANKINGS}
    for car in order:
        for ranking in (TRACK, *(() if car.guest else (OVERALL, *sorted(car.classes)))):
            counts[ranking] = counts.get(ranking, 0) + 1
            if car.entry != 99 and draw(st.integers(0, 3)) < often[ranking]:
                told.setdefault(car.entry, {})[Contest.RACE, ranking] = counts[ranking]
    lines = []
    for car in cars:
        status = None
        if car in finished:
            status = draw(st.sampled_from([None, Status.FINISHED]))
        elif draw(st.booleans()):
            status = Status.DNF
        lines.append(replace(car, places=told.get(car.entry, {}), status=status))
    most = draw(st.sampled_from([NO_PLACE, sum(1 for car in order if not car.guest), LONGEST - 1]))
    most = max(most, sum(1 for car in order if not car.guest))
    free = [car for car in lines if car.status is None and not car.places and draw(st.booleans())]
    started = frozenset([car.entry for car in free if draw(st.booleans())])
    most = max(most, len(Known(lines, others=others, most=most, started=started).starting(order)))
    return Known(lines, others=others, most=most, started=started)


def _is_of(group: Group, car: Line) -> bool:
    """Tell whether a car belongs to a group, be it one that nobody has listed."""
    if car.entry != completing.STRANGER:
        return car.entry in group.entries
    return group.kind == EVERYBODY or group.kind in car.classes


def _place(order: Sequence[Line], group: Group, entry: int) -> int:
    """Give a car's place in a group, 0 if it has none."""
    place = 0
    for car in order:
        inside = _is_of(group, car)
        place += inside
        if car.entry == entry:
            return place if inside else 0
    return 0


@EVERY_WAY
@given(contests())
def test_a_car_may_have_a_place_if_some_order_gives_it_to_it(known: Known) -> None:
    fitting, orders = known.fitting, known.orders()
    assert fitting.fits() is bool(orders)
    for ranking in RANKINGS:
        group = ranking_group(ranking, known.cars)
        for entry in sorted(group.entries):
            possible = {_place(order, group, entry) for order in orders}
            # Longer orders than are looked at bring further places alone.
            for place in range(LONGEST - 1):
                assert fitting.fits(Pin(entry, (group,), place)) is (place in possible), (ranking, entry, place)


@EVERY_WAY
@given(contests(), st.sampled_from(RANKINGS), st.sampled_from(RANKINGS))
def test_two_cars_may_have_places_if_some_order_gives_them_to_both(known: Known, one: str, other: str) -> None:
    fitting, orders = known.fitting, known.orders()
    groups = ranking_group(one, known.cars), ranking_group(other, known.cars)
    for first, second in product(sorted(groups[0].entries), sorted(groups[1].entries)):
        if first != second:
            possible = {(_place(order, groups[0], first), _place(order, groups[1], second)) for order in orders}
            for places in product(range(3), repeat=2):
                pins = Pin(first, groups[:1], places[0]), Pin(second, groups[1:], places[1])
                assert fitting.fits(*pins) is (places in possible), (first, second, places)


@EVERY_WAY
@given(contests())
def test_the_best_of_a_cars_places_in_several_classes_is_asked_for_too(known: Known) -> None:
    fitting, orders = known.fitting, known.orders()
    for car in known.cars:
        groups = tuple(ranking_group(name, known.cars) for name in sorted(car.classes))
        if not car.guest:
            possible = {min(_place(order, group, car.entry) for group in groups) for order in orders}
            for place in range(LONGEST - 2):
                assert fitting.fits(Pin(car.entry, groups, place)) is (place in possible), (car.entry, place)


@EVERY_WAY
@given(contests(), st.sampled_from(RANKINGS), st.sampled_from(RANKINGS))
def test_so_many_cars_may_have_started_if_some_order_leaves_as_many(known: Known, one: str, other: str) -> None:
    fitting, orders = known.fitting, known.orders()
    asked, group = ranking_group(one, known.cars), ranking_group(other, known.cars)
    assume(group.entries)
    wanted = [
        Count(group, least, most)
        for least, most in ((0, 0), (0, 1), (1, 2), (2, 2), (3, 4), (2, NO_PLACE), (4, NO_PLACE))
    ]
    for count in wanted:
        numbers = {number for order in orders for number in known.counts(order, group)}
        assert fitting.fits(count=count) is any(count.least <= number <= count.most for number in numbers), count
        for entry in sorted(asked.entries):
            places = {place: [o for o in orders if _place(o, asked, entry) == place] for place in range(LONGEST - 1)}
            for place in range(1, LONGEST - 1):
                numbers = {number for order in places[place] for number in known.counts(order, group)}
                fits = any(count.least <= number <= count.most for number in numbers)
                assert fitting.fits(Pin(entry, (asked,), place), count=count) is fits, (entry, place, count)
            for began in (True, False):
                may = began or entry not in known.started | known.out
                by = [
                    known.counts(order, group, entry, began=began and entry not in known.started | known.out)
                    for order in places[0]
                ]
                fits = may and any(count.least <= number <= count.most for numbers in by for number in numbers)
                assert fitting.fits(Pin(entry, (), 0, began=began), count=count) is fits, (entry, began, count)


def test_what_contradicts_itself_fits_nowhere() -> None:
    cars = [
        Line(1, classes=frozenset(["Am"]), places={(Contest.RACE, OVERALL): 2, (Contest.RACE, "Am"): 3}),
        Line(2, classes=frozenset(["Am"])),
    ]
    assert Known(cars, others=True, most=NO_PLACE).fitting.fits() is False


def test_a_place_without_end_is_one_behind_all_that_are_told() -> None:
    cars = [Line(1, places={(Contest.RACE, OVERALL): 2}), Line(2), Line(3)]
    group = ranking_group(OVERALL, cars)
    assert Known(cars, others=True, most=NO_PLACE).fitting.fits(Pin(2, (group,), NO_PLACE)) is True
    assert Known(cars, others=False, most=2).fitting.fits(Pin(2, (group,), NO_PLACE)) is False
