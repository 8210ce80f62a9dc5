"""Whether cars may have come in at certain places, against every order that agrees with what is told."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import islice, product

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from racing.terms import OVERALL, TRACK, Contest, Status
from standings.scoring import Line
from standings.scoring.fitting import Fitting
from standings.scoring.groups import EVERYBODY, Group, Pin, ranking_group
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
    """A contest of which a part is told: the cars, who may have taken part, and how many came in at most."""

    def __init__(self, cars: Sequence[Line], *, others: bool, most: int) -> None:
        self.cars, self.others, self.most = cars, others, most

    @property
    def fitting(self) -> Fitting:
        out = frozenset([car.entry for car in self.cars if car.status is Status.DNF])
        placed = frozenset([car.entry for car in self.cars if car.status is Status.FINISHED or car.places])
        return Fitting(Contest.RACE, self.cars, out=out, placed=placed, others=self.others, most=self.most)

    def orders(self) -> list[list[Line]]:
        """Give every order of up to so many cars."""
        found = islice(completing.orders(Contest.RACE, self.cars, LONGEST, others=self.others), MANY)
        own = list(found)
        assume(len(own) < MANY)
        return [order for order in own if sum(1 for car in order if not car.guest) <= self.most]


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
    return Known(lines, others=others, most=most)


def _place(order: Sequence[Line], group: Group, entry: int) -> int:
    """Give a car's place in a group, 0 if it has none."""
    place = 0
    for car in order:
        inside = car.entry in group.entries
        if car.entry == completing.STRANGER:
            inside = group.kind == EVERYBODY or group.kind in car.classes
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
