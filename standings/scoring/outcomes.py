"""What a car may have earned in a race that is partly known: the ways in which it may have ended, and what each is worth."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from racing.terms import Status
from standings.scoring.cars import ABSENT
from standings.scoring.chances import NONE, Chance, Chances
from standings.scoring.earnings import Range
from standings.scoring.entries import Entries
from standings.scoring.groups import Count
from standings.scoring.open_cars import STARTED, Car
from standings.scoring.open_race import OpenRace
from standings.scoring.option import Option
from standings.scoring.places import NO_PLACE
from standings.scoring.possible import Order, Span
from standings.scoring.rules import DecisionKind, Rules, Scale, Shared, Subject
from standings.scoring.units import ONE, Units, share

#: More points than any season has: where there is no limit, in units.
UNBOUNDED = 10**15


#: So many places are looked at one by one where there is no last one.
FAR = 60


class Worth:
    """What places and ends are worth by one scale with one factor; a scale of None pays nobody."""

    def __init__(self, rules: Rules, units: Units, name: str | None, factor: Fraction) -> None:
        self._units, self._factor = units, factor
        self.scale = Scale(()) if name is None else rules.scales[name]
        self._worths = [0] if name is None else [points for _, _, points in units.worths(name, factor)]
        self.pays = name is not None
        #: The first place from which on all are worth the same.
        self.end = NO_PLACE if self.scale.by_position else len(self._worths)
        #: Whether no place is worth more than a better one.
        self.falls = not self.scale.by_position and self._worths == sorted(self._worths, reverse=True)

    def of(self, place: int) -> int:
        """Give what a place is worth, in units."""
        if self.scale.by_position:
            return UNBOUNDED if place >= NO_PLACE else self._units.of(self._units.times(Fraction(place), self._factor))
        return self._worths[min(place, len(self._worths)) - 1]

    def without(self, end: str, entries: int) -> int:
        """Give what an end without a place is worth where so many cars are entered, in units."""
        rule = self.scale.unplaced.get(end)
        if rule is None:
            return 0
        if rule.of_entries and entries >= NO_PLACE:
            return UNBOUNDED
        points = rule.points + (entries if rule.of_entries else 0)
        return self._units.of(self._units.times(points, ONE if end == ABSENT else self._factor))


class Outcomes:
    """The ways in which a race may have ended for each of its cars, if it is paid by one of the scales.

    `count` tells how many cars have started then, where the scale depends on it.
    """

    def __init__(
        self, race: OpenRace, units: Units, worth: Worth, factor: Fraction, count: Count | None = None
    ) -> None:
        self.race, self.worth, self.count = race, worth, count
        self._rules, self._units = race.rules, units
        self.chances = Chances(race, units, factor)
        #: The first place from which on all bring the same.
        self.end = max(worth.end, self.chances.end)
        started = any(bonus.on == "participation" for bonus in self._rules.bonuses)
        started = started or count is not None or (race.more < NO_PLACE and self.chances.of_starters)
        #: Whether all ends without a place are alike.
        self._simple = not (worth.scale.unplaced or self._rules.not_droppable or started)
        self._entries = Entries(race)
        self._counts_entries = any(rule.of_entries for rule in worth.scale.unplaced.values())
        if self._counts_entries and not self._entries.are_known:
            race.followed = False
        self._known: dict[tuple[object, ...], list[Option]] = {}
        self._alike: dict[tuple[object, ...], list[Option]] = {}

    def of(self, car: Car, subject: int | None, cars: int) -> list[Option]:
        """Give the ways in which the race may have ended for a car: all that matter to a subject with so many cars in it."""
        line = car.line
        if line.places or line.holders or line.laps_led is not None or line.drive or line.laps is not None:
            return self._of_one(car, subject, cars)
        paid = line.entry in self.race.paid
        drivers = (*self._sharers(car), len(set(line.drivers)))
        out = subject in self.chances.not_holding
        own = self.race.classes_of(line)
        key = (*own, line.status, line.guest, drivers, car.told, cars, paid, car.span, out)
        found = self._alike.get(key)
        if found is None:
            found = self._alike[key] = self._of_one(car, subject, cars)
        return found

    def sharing_qualifying(self, cars: Sequence[Car], found: Range) -> Range:
        """Take of what several cars bring what they cannot all have had for their places in qualifying."""
        if len(cars) < 2 or not (self.chances.qualifying.is_paid and self.worth.pays):
            return found
        shared = self.chances.qualifying.together([car.line for car in cars])
        return found if shared is None else shared.of(found)

    def _of_one(self, car: Car, subject: int | None, cars: int) -> list[Option]:
        chances = self.chances.of(car.line, subject) if self.worth.pays else ()
        among = self._sharers(car)
        line = car.line
        own = (*self.race.classes_of(line), line.guest)
        short = line.status if line.entry in self.race.stopped_short else ()
        key = (car.span, car.ends, car.told, car.belongs, chances, among, own, cars, short)
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = self._all(car, chances, among, cars)
        return found

    def _all(self, car: Car, chances: Sequence[Chance], among: Sequence[int], cars: int) -> list[Option]:
        return list(dict.fromkeys(one for number in among for one in self._all_among(car, chances, number, cars)))

    def _all_among(self, car: Car, chances: Sequence[Chance], among: int, cars: int) -> list[Option]:
        found: list[Option] = []
        if car.span is not None:
            for place in self._places(car, cars):
                if car.line.entry in self.race.stopped_short:
                    found += self._stopped_short(car, place, chances, among)
                    continue
                points = self._split(self.worth.of(place), among)
                found.append(self._option(place, points, chances, Status.FINISHED))
        if car.span is None or not car.span.placed or self._may_be_unpaid(car):
            for end in car.ends[:1] if self._simple else car.ends:
                for number in self._numbers(car, cars, end in STARTED):
                    points = self._split(self.worth.without(end, number), among)
                    one = self._option(0, points, chances, end)
                    # Who has a place, but none that is paid for.
                    found.append(one if end is not Status.FINISHED else one._replace(began=True, elsewhere=True))
            if not car.told and car.belongs:
                found += self._absent(car, cars, chances)
        if not car.belongs:
            found += [one._replace(elsewhere=True) for one in self._absent(car, cars, chances)]
        return found

    def _stopped_short(self, car: Car, place: int, chances: Sequence[Chance], among: int) -> Iterator[Option]:
        """Give what it brings to come in at a place that is not paid, for the car ran too few laps."""
        end = car.line.status or Status.FINISHED
        rule = self.worth.scale.unplaced.get(end)
        entries = self.race.entries if rule is not None and rule.of_entries else (0,)
        # How many took part goes with who came in.
        self.race.followed = self.race.followed and len(entries) == 1
        for number in entries:
            points = self._split(self.worth.without(end, number), among)
            yield self._option(0, points, chances, end)._replace(place=place, began=True)

    def _numbers(self, car: Car | None, cars: int, began: bool | None) -> Sequence[int]:
        """Give how many cars may have taken part, at least and at most, where this one did not come in; None: nor took part."""
        if not self._counts_entries:
            return (0,)
        if cars > 1 and len(self.race.entries) > 1:
            # How many others did goes with what became of each of several cars.
            self.race.followed = False
            return self.race.entries
        return self._entries.beside(car, took_part=began is not None, began=bool(began))

    def missed(self) -> list[tuple[int, bool]]:
        """Give what it costs a subject that has no car to have missed the race, each time with whether that is a score."""
        counts = ABSENT in self.worth.scale.unplaced
        return [(self.worth.without(ABSENT, number), counts) for number in self._numbers(None, 1, None)]

    def _absent(self, car: Car, cars: int, chances: Sequence[Chance]) -> list[Option]:
        """Give what it brings to take no part."""
        nothing = (0,) * len(chances)
        if not self._rules.low:
            droppable = self.race.race.tags.isdisjoint(self._rules.not_droppable)
            return [Option(0, 0, 0, 0, nothing, droppable, present=False)]
        counts = ABSENT in self.worth.scale.unplaced
        absent = [self.worth.without(ABSENT, number) for number in self._numbers(car, cars, None)]
        return [Option(0, points, 0, 0, nothing, present=counts, missed=True) for points in absent]

    def _option(self, place: int, points: int, chances: Sequence[Chance], end: Status) -> Option:
        least, most = self.chances.for_place(place, end) if self.worth.pays else (0, 0)
        kept = self._rules.not_droppable
        droppable = not kept or (end not in kept and self.race.race.tags.isdisjoint(kept))
        began = place > 0 or (end in STARTED and not self._simple)
        if not chances:
            return Option(place, points, least, most, (), droppable, began=began)
        paid = [chance if chance.paid(place, end) else NONE for chance in chances]
        least += sum(chance.points for chance in paid if chance.sure)
        most += sum(chance.points for chance in paid if not chance.only)
        only = tuple([chance.points if chance.only else 0 for chance in paid])
        return Option(place, points, least, most, only, droppable, began=began)

    def _may_be_unpaid(self, car: Car) -> bool:
        """Tell whether a car with a place may have nothing for it after all, for reasons that are not followed here."""
        rules = self._rules
        if self.race.moves_up:
            return True
        return rules.min_drive is not None and bool(car.line.drive)

    def _sharers(self, car: Car) -> tuple[int, ...]:
        """Give among how many a car's points are split, or may be; 0 where they are paid to nobody."""
        drivers = len(car.line.drivers)
        if drivers < 2 or self._rules.shared in (Shared.EACH, Shared.FULL):
            return (1,)
        if self._rules.shared is Shared.NONE:
            return (0,)
        if self._rules.subject is not Subject.DRIVER:
            return (1,)
        # Who drove too little has no share: then the others may have more.
        return (1,) if self._may_be_unpaid(car) else self._with_shares(car)

    def _with_shares(self, car: Car) -> tuple[int, ...]:
        """Give how many of a car's drivers have a share, where it was decided that some have none."""
        drivers, out, maybe = set(car.line.drivers), set[int | None](), set[int | None]()
        for one in self._rules.decisions:
            here = one.race == self.race.race.key and one.entry in (None, car.line.entry)
            if not here or one.kind is not DecisionKind.NOT_A_SHARER:
                continue
            if one.position is None or (car.span is not None and car.span.fixed):
                if one.position is None or (car.span is not None and car.span.first == one.position):
                    out.add(one.subject)
            elif car.span is not None:
                self.race.followed = False
                maybe.add(one.subject)
        most = max(len(drivers - out), 1)
        return tuple(range(max(len(drivers - out - maybe), 1), most + 1))

    def _split(self, points: int, among: int) -> int:
        if among == 0 or points >= UNBOUNDED:
            return points if among else 0
        return points if among == 1 else self._units.of(share(self._units.points[points], among))

    def _places(self, car: Car, cars: int) -> Sequence[int]:
        """Give the places that a car may hold; where better places are never worth less, the best and the last are enough."""
        span = car.span
        assert span is not None, "who has no place is not asked for it"
        if span.fixed:
            return [span.first]
        worth = self.worth
        orders = self.race.orders_of(car.line)
        if worth.scale.by_position:
            return self._numbered(span, orders, cars if not self._rules.bonuses else max(cars, self.chances.end))
        if self.race.moves_up:
            return range(span.first, min(span.last, self.end) + 1)
        if worth.falls and cars == 1:
            return list(dict.fromkeys([span.first, min(span.last, max(span.first, self.end))]))
        if len(orders) == 1:
            places = orders[0].left(span, self.end)
        else:
            places = list(range(span.first, min(span.last + 1, self.end)))
        if cars == 1 and self.count is None and not all(order.simple for order in orders):
            fitting = [place for place in places if self.race.may_be(car, place)]
            if fitting or span.last >= self.end or not span.placed:
                places = fitting
            else:
                # What is told contradicts itself.
                self.race.followed = False
        if span.last >= self.end:
            # Beyond all that are worth anything of their own, any place will do.
            places.append(max(span.first, self.end))
        if worth.falls and cars < 3:
            return list(dict.fromkeys([*places[:cars], *places[-cars:]]))
        return places

    @staticmethod
    def _numbered(span: Span, orders: Sequence[Order], cars: int) -> Sequence[int]:
        """Give the places of a car among so many where each is worth its own number: no two have the first or the last one."""
        if cars == 1:
            return [span.first, span.last]
        taken = orders[0].taken if len(orders) == 1 else frozenset[int]()
        end = min(span.last, span.first + len(taken) + FAR)
        places = [place for place in range(span.first, end + 1) if place not in taken]
        if cars <= FAR // 2:
            # Where a bonus asks for a place, each of the first may be best or worst.
            places = list(dict.fromkeys([*places[:cars], *places[-cars:]]))
        return places if end == span.last else [*places, span.last]
