"""Whether cars may have come in at certain places, given all that is told of a contest: asked by putting an order together.

Places are told in rankings that number different cars of one and the same order: the road's, the series' own, a class's. What
one of them tells may shut a car out of a place in another: who was second of its class was behind the first of it, two of a
class cannot both have been the one car between third and fifth, and where three of a class are told to be among the first
four there is room for one more car alone.

An order is put together from the front, a car at a time. Of what stands already it only matters how many of each ranking have
come in, which cars of those that are told, and how many of those of whom nothing is told: beginnings that are alike in this
are looked at once. The cars of whom nothing is told fill the places between; so do cars that nobody has listed, which run in
the classes of a car that is known, in one class alone, or in none that anybody else runs in. A car of which it is not known in
which classes it ran may have run in any of those besides its own.

The answer is exact. Where it would take too long it is None: not known.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import product

from racing.terms import OVERALL, Contest
from standings.scoring.groups import (
    EVERYBODY,
    NO_CLASSES,
    SOME,
    Count,
    Group,
    InClasses,
    Pin,
    Running,
    ranking_group,
    same,
)
from standings.scoring.lining_up import Fillers, Frame, LineUp, Signature, Wanted, Ways
from standings.scoring.places import NO_PLACE
from standings.scoring.results import Line


class Fitting:
    """What is told of one contest of a race.

    `cars` are all that may have taken part; `out` those that surely have no place in this contest, `placed` those that surely
    have one; `others` tells whether cars that nobody has listed may have taken part, `most` how many that are no guests came
    in at most. Among those count the cars that surely `started`, of which it is not known whether they came in; not those that
    `stopped`, which started and surely did not. `running` are the classes in which others may run, if not those of the cars;
    `ways` those that some cars may have run in, where these are neither one way nor any.
    """

    def __init__(
        self,
        contest: Contest,
        cars: Sequence[Line],
        *,
        out: frozenset[int],
        placed: frozenset[int],
        others: bool,
        most: int,
        started: frozenset[int] = frozenset(),
        stopped: frozenset[int] = frozenset(),
        running: Running | None = None,
        ways: InClasses = NO_CLASSES,
    ) -> None:
        self._cars = {car.entry: car for car in cars}
        self._out, self._placed, self.started, self._stopped = out, placed, started, stopped
        self.others, self.most, self.ways = others, most, ways
        self._running = frozenset([car.classes for car in cars]) if running is None else running
        told: dict[str, dict[int, int]] = defaultdict(dict)
        for car in cars:
            for (of, ranking), place in car.places.items():
                if of is contest:
                    told[ranking][car.entry] = place
        self._told = [(ranking_group(ranking, cars, ways), places) for ranking, places in sorted(told.items())]
        self._named = frozenset([entry for places in told.values() for entry in places])
        self._own = ranking_group(OVERALL, cars)
        #: Who surely came in; and a place behind all that are told, with room for all who are told of.
        self.surely = frozenset([*self._named, *placed])
        self.end = max([0, *(place for _, places in self._told for place in places.values())]) + len(self._named) + 1
        self._frames: dict[tuple[Group, ...], Frame | None] = {}
        self._answers: dict[object, bool | None] = {}
        self._surely_in: dict[Group, frozenset[int]] = {}

    # -- what is asked -----------------------------------------------------------------------------------------------

    def fits(self, *pins: Pin, count: Count | None = None) -> bool | None:
        """Tell whether all of this may be true at once; None where that was not found out."""
        # Where there is no last place, one behind all that are told is like any other.
        pins = tuple([pin if pin.place < NO_PLACE else Pin(pin.entry, pin.groups, self.end, True) for pin in pins])
        if count is not None and count.most < NO_PLACE and self._are_too_many(pins, count):
            return False
        key = tuple([(self._alike(pin, count), *pin[1:]) for pin in pins]), count
        if key not in self._answers:
            self._answers[key] = self._look(pins, count)
        return self._answers[key]

    def _are_too_many(self, pins: Sequence[Pin], count: Count) -> bool:
        """Tell whether more cars of a group have started for certain than are asked for."""
        surely = self._surely_in.get(count.group)
        if surely is None:
            known = self.surely | self.started | self._stopped
            surely = self._surely_in[count.group] = known & count.group.entries
        also = {pin.entry for pin in pins if pin.place or pin.began} & count.group.entries
        return len(surely | also) > count.most

    def _alike(self, pin: Pin, count: Count | None) -> object:
        """Give what a car is known by: of whom nothing is told, those of the same groups are alike."""
        entry = pin.entry
        if entry in self._named:
            return entry
        car = self._cars[entry]
        groups = pin.groups if count is None else (*pin.groups, count.group)
        inside = tuple([(entry in group.entries, entry in group.maybe) for group in groups])
        known = entry in self._placed, entry in self._out, entry in self.started
        return car.classes, car.guest, car.more_classes, self.ways.get(entry), known, inside

    def _look(self, pins: Sequence[Pin], count: Count | None) -> bool | None:
        open_pins = [pin for pin in pins if pin.groups and any(pin.entry in group.maybe for group in pin.groups)]
        if open_pins:
            return self._look_at_each_way(pins, open_pins, count)
        return self._look_at(pins, count, self._frame_of([pin for pin in pins if pin.place], count))

    def _look_at_each_way(self, pins: Sequence[Pin], open_pins: Sequence[Pin], count: Count | None) -> bool | None:
        """Look at each way in which some cars may belong to the groups that they are asked for in."""
        frame = self._frame_of(pins, count)
        if frame is None:
            return False
        others = [pin for pin in pins if pin not in open_pins]
        found: bool | None = False
        for chosen in product(*(self._ways_of(frame, pin) for pin in open_pins)):
            asked = [pin for pin, own in zip(open_pins, chosen, strict=True) if pin.place]
            asked += [Pin(pin.entry, (), 0) for pin, own in zip(open_pins, chosen, strict=True) if not own]
            ways = {pin.entry: own for pin, own in zip(open_pins, chosen, strict=True) if own}
            one = self._look_at([*others, *asked], count, frame._replace(own={**frame.own, **ways}))
            if one:
                return True
            found = None if one is None else found
        return found

    def _ways_of(self, frame: Frame, pin: Pin) -> list[Ways]:
        """Give the ways in which a car may belong to what it is asked for in; an empty one: it did not come in."""
        at_groups = [next(at for at, other in enumerate(frame.groups) if self._same(one, other)) for one in pin.groups]
        found: dict[tuple[int, ...], list[Signature]] = defaultdict(list)
        for way in frame.own[pin.entry]:
            found[tuple([at for at in at_groups if at in way])].append(way)
        if pin.place:
            return [tuple(ways) for inside, ways in found.items() if inside]
        outside = [tuple(found[()])] if () in found else []
        return [*outside, ()] if pin.entry not in self._named | self._placed else outside

    def _frame_of(self, pins: Iterable[Pin], count: Count | None) -> Frame | None:
        groups = tuple(dict.fromkeys(group for pin in pins for group in pin.groups))
        if count is not None and count.group not in groups:
            groups = (*groups, count.group)
        if groups not in self._frames:
            self._frames[groups] = self._frame(groups)
        return self._frames[groups]

    def _look_at(self, pins: Sequence[Pin], count: Count | None, frame: Frame | None) -> bool | None:
        """Look for an order."""
        absent = {pin.entry for pin in pins if pin.place == 0}
        if absent & (self._named | self._placed):
            return False
        if any(pin.began is False and pin.entry in self.started | self._stopped for pin in pins):
            return False
        began = {pin.entry for pin in pins if pin.place == 0 and pin.began} - self._stopped
        here = [pin for pin in pins if pin.place]
        if any(pin.entry in self._out and pin.entry not in self._named for pin in here):
            return False
        if frame is None:
            return False
        fillers = self._fillers(frame, here, absent)
        wanted = None
        if count is not None:
            already = self._stopped | began | (absent & self.started)
            surely, perhaps = len(already & count.group.entries), len(already & count.group.maybe)
            wanted = Wanted(count.group, count.least - surely - perhaps, count.most - surely)
        return LineUp(frame, here, self._pending(here), fillers, self._limit(here, began), wanted).answer()

    def _pending(self, here: Sequence[Pin]) -> tuple[int, ...]:
        return tuple(sorted({*self._named, *(pin.entry for pin in here)}))

    def _limit(self, here: Sequence[Pin], began: Collection[int]) -> int:
        """Give how many of whom nothing is told may come in, of those that need not."""
        if self.most >= NO_PLACE:
            return NO_PLACE
        surely = {*self._named, *self._placed, *self.started, *began, *(pin.entry for pin in here)}
        return self.most - len(surely & self._own.entries)

    # -- who belongs to what -----------------------------------------------------------------------------------------

    def _frame(self, asked: Iterable[Group]) -> Frame | None:
        """Give what matters where these groups are asked for; None where two are told to hold what only one can."""
        groups: list[Group] = []
        places: list[dict[int, int]] = []
        #: Who holds each place by any one of the rankings that number a group.
        held: list[list[dict[int, frozenset[int]]]] = []
        for group, own in [(self._own, {}), *self._told, *((group, dict[int, int]()) for group in asked)]:
            index = next((at for at, other in enumerate(groups) if self._same(group, other)), None)
            if index is None:
                groups.append(group)
                places.append(dict(own))
                held.append([_holders(own)])
                continue
            held[index].append(_holders(own))
            if any(places[index].setdefault(entry, place) != place for entry, place in own.items()):
                return None
        if not all(_is_shared_by_one(own, rankings) for own, rankings in zip(places, held, strict=True)):
            return None
        slots = [_slots(own) for own in places]
        if any(own is None for own in slots):
            return None
        if any(not own.keys() <= group.entries for group, own in zip(groups, places, strict=True)):
            return None
        signatures = self._signatures(groups)
        strangers = frozenset(self._strangers(groups)) if self.others else frozenset()
        found = {way for ways in signatures.values() for way in ways} | strangers
        inside = frozenset(
            [
                (small, big)
                for small in range(len(groups))
                for big in range(len(groups))
                if small != big and all(big in signature for signature in found if small in signature)
            ]
        )
        return Frame(tuple(groups), tuple([own for own in slots if own is not None]), signatures, strangers, inside)

    def _signatures(self, groups: Sequence[Group]) -> dict[int, Ways]:
        """Give the groups to which each car belongs, for each way in which it may have run in classes."""
        further = self._classes_besides(groups)
        alike: dict[object, Ways] = {}
        signatures: dict[int, Ways] = {}
        for entry, car in self._cars.items():
            inside = tuple([at for at, group in enumerate(groups) if entry in group.entries])
            perhaps = tuple([at for at, group in enumerate(groups) if entry in group.maybe])
            if not perhaps:
                signatures[entry] = (inside,)
                continue
            key = inside, perhaps, car.classes, self.ways.get(entry)
            if key not in alike:
                running = self.ways.get(entry) or [car.classes | more for more in further]
                ways = [tuple([at for at, group in enumerate(groups) if group.holds(entry, way)]) for way in running]
                alike[key] = tuple(dict.fromkeys(ways))
            signatures[entry] = alike[key]
        return signatures

    def _same(self, one: Group, other: Group) -> bool:
        return same(one, other, others=self.others)

    def _strangers(self, groups: Sequence[Group]) -> Iterator[Signature]:
        """Give to which groups cars may belong that nobody has listed: they are no guests, and may be paid."""
        for own in self._classes_besides(groups):
            ways: list[Signature] = [()]
            for at, group in enumerate(groups):
                if group.kind == SOME:
                    ways += [(*way, at) for way in ways]
                elif group.kind == EVERYBODY or group.kind in own:
                    ways = [(*way, at) for way in ways]
            yield from ways

    def _classes_besides(self, groups: Sequence[Group]) -> list[frozenset[str]]:
        """Give the classes in which a car may have run of which nothing is told, the fewest first."""
        classes = set(self._running)
        classes |= {frozenset([name]) for own in list(classes) for name in own}
        classes |= {frozenset([name]) for group in groups for names in group.asks for name in names}
        classes |= {frozenset(), *(frozenset([group.kind]) for group in groups)}
        return sorted(classes, key=lambda own: (len(own), sorted(own)))

    def _fillers(self, frame: Frame, here: Sequence[Pin], absent: Collection[int]) -> list[Fillers]:
        """Give the cars of whom nothing is told, by what they belong to."""
        pinned = {pin.entry for pin in here}
        musts: Counter[Ways] = Counter()
        others: Counter[Ways] = Counter()
        started: Counter[Ways] = Counter()
        for entry, ways in frame.own.items():
            if entry in self._named or entry in pinned or entry in absent or entry in self._out:
                continue
            kind = musts if entry in self._placed else started if entry in self.started else others
            kind[ways] += 1
        found: list[Fillers] = []
        for ways, count in sorted(started.items()):
            found += _alike_fillers(len(found), ways, 0, count, counted=True)
        strangers = {(signature,) for signature in frame.strangers}
        for ways in sorted({*musts, *others, *strangers}):
            if len(ways) > 1 and not musts[ways] and frame.strangers.issuperset(ways):
                # They need not have come in, and others have no end.
                continue
            most = None if ways in strangers else musts[ways] + others[ways]
            found += _alike_fillers(len(found), ways, musts[ways], most)
        found = [one for one in found if one.mask]
        # Where nothing else tells them apart, those who belong to most stand first.
        found.sort(key=lambda one: -len(one.signature))
        return found


def _alike_fillers(at: int, ways: Ways, musts: int, most: int | None, *, counted: bool = False) -> Iterator[Fillers]:
    """Give cars that are alike once for each way in which they may belong to groups."""
    for signature in ways:
        yield Fillers(signature, _mask(signature), musts, most, counted, at)


def _mask(signature: Signature) -> int:
    return sum(1 << at for at in signature)


def _slots(places: Mapping[int, int]) -> dict[int, frozenset[int]] | None:
    """Give who is told to hold each place of a group; None where a place is held by others than those who share it."""
    found: dict[int, frozenset[int]] = {}
    for place, cars in _holders(places).items():
        for slot in range(place, place + len(cars)):
            if slot in found:
                return None
            found[slot] = cars
    return found


def _holders(places: Mapping[int, int]) -> dict[int, frozenset[int]]:
    """Give who holds each place."""
    holding: dict[int, set[int]] = defaultdict(set)
    for entry, place in places.items():
        holding[place].add(entry)
    return {place: frozenset(cars) for place, cars in holding.items()}


def _is_shared_by_one(places: Mapping[int, int], rankings: Sequence[Mapping[int, frozenset[int]]]) -> bool:
    """Tell whether every place that cars share is told so by one ranking: two that each tell of another car contradict."""
    if len(rankings) == 1:
        return True
    return all(
        len(cars) == 1 or any(own.get(place) == cars for own in rankings) for place, cars in _holders(places).items()
    )
