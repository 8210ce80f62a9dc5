"""Where cars may have come in, by what is told of a contest: for each the best and the last place left to it.

Places are told in rankings that hold one another: the order on the road, the series' own, a class's. All of them are one
order of cars seen through different groups, so a place in one of them says something of the places in the others: who won the
class was ahead of all of the class, who was tenth of all was tenth of the class at the latest. What follows is kept as two
places, the least and the greatest, and who is surely ahead of whom.

That much follows from each place by itself, and is all that follows where rankings tell of nothing but their first places.
Elsewhere (`simple` is false) places shut out others together: orders are put together to see which are left (`fitting.py`). So
they do where a car with a place may belong to a group or not; of such a car it is told where it came in if it does.
"""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from racing.terms import Contest
from standings.scoring.fitting import Fitting
from standings.scoring.groups import SOME, Group, Pin, ranking_group, same, within
from standings.scoring.places import NO_PLACE
from standings.scoring.results import Line


class Span(NamedTuple):
    """Where one car may have come in: the best and the last place; `placed` tells that it surely has one."""

    first: int
    last: int
    placed: bool

    @property
    def fixed(self) -> bool:
        """Whether its place is known."""
        return self.placed and self.first == self.last


class Known(NamedTuple):
    """A ranking with the places that are told of it; `top` are those that hold its first places without a gap."""

    group: Group
    places: Mapping[int, int]
    top: frozenset[int]


class Order:
    """The places of one group in one contest of a race, as far as they are known.

    `cars` are all that may have taken part; `out` those that surely have no place in this contest, `placed` those that surely
    have one; `others` tells whether cars that nobody has listed may have taken part, `most` how many places there are at
    most; `fitting` is what is told of the contest. `exact` tells that nothing more follows from what is told; otherwise a car
    may have fewer places left than it seems.
    """

    def __init__(
        self,
        contest: Contest,
        cars: Sequence[Line],
        group: Group,
        *,
        out: frozenset[int],
        placed: frozenset[int],
        others: bool,
        most: int,
        fitting: Fitting,
    ) -> None:
        self.group, self.others, self.fitting = group, others, fitting
        self.exact = True
        self._cars = {car.entry: car for car in cars}
        self._out, self._placed = out, placed
        #: Who has started, so that nobody else can have in its stead where it is told how many did.
        self._held_back = fitting.started if fitting.most < NO_PLACE else frozenset()
        self._known = self._told(contest, cars)
        self._fixed = self._known_here()
        self.taken = _slots(self._fixed.values())
        members = group.members
        open_cars = [car for car in cars if car.entry in members and car.entry not in self._fixed]
        possible = [car.entry for car in open_cars if car.entry not in out]
        self._most = most if others else min(most, len(self._fixed) + len(possible))
        if self.taken and max(self.taken) > self._most:
            self._most = NO_PLACE
        self._ahead: dict[int, frozenset[int]] = {}
        self._spans: dict[int, Span | None] = dict.fromkeys(out & members - self._fixed.keys())
        self._span_all([car for car in open_cars if car.entry not in out])
        self._fill_gaps(possible)
        #: Of whom it is still to be looked at which places they may have had; and of whom that was not found out.
        self._unfitted = set[int]()
        self._not_found = set[int]()
        self._fitted_alike: dict[object, tuple[Span | None, bool]] = {}
        if not self.simple:
            if self.fitting.fits() is not True or (others and group.kind == SOME):
                self.exact = False
            else:
                self._unfitted.update(possible)

    def _told(self, contest: Contest, cars: Sequence[Line]) -> list[Known]:
        told: dict[str, dict[int, int]] = defaultdict(dict)
        for car in cars:
            for (of, ranking), place in car.places.items():
                if of is contest:
                    told[ranking][car.entry] = place
        known = []
        for ranking, places in sorted(told.items()):
            group = ranking_group(ranking, cars, self.fitting.ways)
            if not places.keys() <= group.entries:
                self.exact = False
            known.append(Known(group, places, top_of(places)))
        return known

    def _same(self, one: Group, other: Group) -> bool:
        return same(one, other, others=self.others)

    def _within(self, one: Group, other: Group) -> bool:
        """Tell whether all cars of a group are in another."""
        return within(one, other, others=self.others)

    def _known_here(self) -> dict[int, int]:
        """Give the places in this very group that are told."""
        fixed: dict[int, int] = {}
        for known in self._known:
            if self._same(known.group, self.group):
                for entry, place in known.places.items():
                    if fixed.setdefault(entry, place) != place:
                        self.exact = False
        return fixed

    # -- the places of the rest ------------------------------------------------------------------------------------

    def _span_all(self, cars: Sequence[Line]) -> None:
        """Bound each car without a known place; those of whom nothing is told are alike where their classes are."""
        alike: dict[tuple[object, ...], list[int]] = defaultdict(list)
        alone = []
        for car in cars:
            if any(car.entry in known.places for known in self._known):
                alone.append(car.entry)
            else:
                alike[self._kind(car)].append(car.entry)
        heads = [entries[0] for entries in alike.values()]
        spans = {entry: self._first_span(entry) for entry in (*alone, *heads)}
        ahead = {entry: self._surely_ahead(entry) for entry in (*alone, *heads)}
        for _ in range(len(spans) + 1):
            if not self._narrow(spans, ahead):
                break
        #: Whether the places are what follows from each one by itself; else several shut out others together.
        self.simple = (
            self.others
            and not self._held_back
            and all(spans[entry].fixed for entry in alone)
            and all(self._same(known.group, self.group) or known.places.keys() == known.top for known in self._known)
            and not self._may_anybody_told_of_belong()
        ) or not spans
        for entry in alone:
            self._spans[entry], self._ahead[entry] = spans[entry], ahead[entry]
        for entries in alike.values():
            for entry in entries:
                self._spans[entry], self._ahead[entry] = spans[entries[0]], ahead[entries[0]]

    def _kind(self, car: Line) -> tuple[object, ...]:
        """Give what a car is known by of which no place is told."""
        return car.classes, car.guest, car.more_classes, self.fitting.ways.get(car.entry), car.entry in self._placed

    def _may_anybody_told_of_belong(self) -> bool:
        """Tell whether a car with a place may belong to any of the groups that are numbered, or not."""
        maybe = self.group.maybe.union(*(known.group.maybe for known in self._known))
        return bool(maybe) and not all(maybe.isdisjoint(known.places) for known in self._known)

    def _belongs(self, entry: int, known: Known) -> bool:
        """Tell whether a car belongs to a ranking if it belongs to the group itself."""
        return entry in known.group.entries or (entry in known.group.maybe and self._within(self.group, known.group))

    def _first_span(self, entry: int) -> Span:
        """Bound a car by its own places in other rankings."""
        first, last = 1, self._most
        placed = entry in self._placed
        for known in self._known:
            if not self._belongs(entry, known):
                continue
            place = known.places.get(entry)
            if self._within(known.group, self.group):
                first = max(first, len(known.top) + 1 if place is None else place)
            if place is None:
                continue
            placed = True
            if self._within(self.group, known.group):
                outside = known.group.entries - self.group.members
                ahead = sum(1 for other in outside if known.places.get(other, place) < place)
                last = min(last, place - ahead)
                if not self.others or known.group.kind == self.group.kind:
                    outside = known.group.members - self.group.entries
                    behind = sum(
                        1 for other in outside if known.places.get(other, 0) > place or self._has_none(known, other)
                    )
                    first = max(first, place - (len(outside) - behind))
        return Span(first, max(first, last), placed and entry in self.group.entries)

    def _has_none(self, known: Known, entry: int) -> bool:
        return entry in self._out and entry not in known.places

    def _surely_ahead(self, entry: int) -> frozenset[int]:
        """Give the cars of the group that came in ahead of a car."""
        found: set[int] = set()
        for known in self._known:
            if not self._belongs(entry, known):
                continue
            place = known.places.get(entry)
            if place is None:
                found |= known.top
            else:
                found.update(other for other, own in known.places.items() if own < place)
        return frozenset(found & self.group.entries)

    def _narrow(self, spans: dict[int, Span], ahead: Mapping[int, frozenset[int]]) -> bool:
        """Narrow the spans once by the places that are taken and by who is ahead of whom; tell whether anything moved."""
        moved = False
        for entry, (first, last, placed) in list(spans.items()):
            known = first, last
            behind = [self._fixed[other] for other in ahead[entry] if other in self._fixed]
            first = max([first, *(place + 1 for place in behind)])
            at = 0
            for start in sorted(spans[other].first for other in ahead[entry] if other in spans):
                at = self.next_free(max(start, at + 1))
            first = self.next_free(max(first, at + 1))
            before = [span.last - 1 for other, span in spans.items() if span.placed and entry in ahead[other]]
            before += [place - 1 for place in self._places_behind(entry)]
            last = min([last, *before])
            if last < NO_PLACE:
                last = self._free_before(last)
            if last < first:
                self.exact, last = self.exact and entry in self.group.maybe, max(first, known[1])
            if (first, last) != known:
                spans[entry], moved = Span(first, last, placed), True
        return moved

    def _places_behind(self, entry: int) -> list[int]:
        """Give the known places of cars that came in behind a car."""
        found = []
        for known in self._known:
            place = known.places.get(entry)
            if place is not None:
                found += [self._fixed[o] for o, own in known.places.items() if own > place and o in self._fixed]
            if entry in known.top:
                later = known.group.entries - known.places.keys()
                found += [self._fixed[other] for other in later if other in self._fixed]
        return found

    def _fill_gaps(self, possible: Sequence[int]) -> None:
        """Where nobody else can have taken part, the places ahead of a known one were held by those who are left."""
        if self.others or not self.taken:
            return
        gaps = [place for place in range(1, max(self.taken)) if place not in self.taken]
        if gaps and len(possible) <= len(gaps):
            for entry in possible:
                span = self._spans[entry]
                assert span is not None, "who may have a place has a span"
                self._spans[entry] = Span(span.first, max(span.first, min(span.last, gaps[-1])), True)

    # -- places that shut out others together ----------------------------------------------------------------------

    def _fit(self, entry: int) -> None:
        """Narrow the span of a car to what an order can be put together for; of cars that are alike each has the same."""
        self._unfitted.remove(entry)
        span = self._spans[entry]
        assert span is not None, "who may have a place has a span"
        alone = entry if any(entry in told.places for told in self._known) else None
        key = (alone, *self._kind(self._cars[entry]), entry in self._held_back), span
        if key not in self._fitted_alike:
            self._fitted_alike[key] = self._fitted(entry, span), self.is_followed(entry)
        self._spans[entry], followed = self._fitted_alike[key]
        if not followed:
            self._not_found.add(entry)

    def _fitted(self, entry: int, span: Span) -> Span | None:
        """Give where a car may have come in, None where it cannot have."""
        # Anybody may have taken the place of a car that need not have come in.
        told = any(entry in known.places for known in self._known)
        replaced = self.others and entry not in self._held_back and not (told and entry in self.group.maybe)
        placed = span.placed or not (replaced or self._fits(entry, 0))
        free = [place for place in range(span.first, min(span.last, self.end) + 1) if place not in self.taken]
        first = next((place for place in free if self._fits(entry, place)), None)
        if first is None:
            if placed:
                self._not_found.add(entry)
            return span if placed else None
        if span.last >= NO_PLACE and self.others and not told:
            # It may have come in behind all who are told of.
            return Span(first, span.last, placed)
        last = next((place for place in reversed(free) if place > first and self._fits(entry, place)), first)
        # Behind all that is told of one place is like another.
        return Span(first, span.last if last == self.end < span.last else last, placed)

    def _fits(self, entry: int, place: int) -> bool:
        """Tell whether a car may have come in at a place (0: nowhere); what was not found out may be."""
        found = self.fitting.fits(Pin(entry, (self.group,), place))
        if found is None:
            self._not_found.add(entry)
        return found is not False

    @property
    def end(self) -> int:
        """A place behind all that are told of, whoever came in between."""
        return self.next_free(self.fitting.end)

    # -- what is asked ---------------------------------------------------------------------------------------------

    def span(self, entry: int) -> Span | None:
        """Give where a car may have come in, None where it surely has no place."""
        place = self._fixed.get(entry)
        if entry in self._unfitted:
            self._fit(entry)
        return Span(place, place, True) if place is not None else self._spans.get(entry)

    def is_followed(self, entry: int) -> bool:
        """Tell whether a car may surely have come in where its span says that it may."""
        return entry not in self._not_found

    def next_free(self, place: int) -> int:
        """Give the first place from here on that nobody is known to hold."""
        while place in self.taken:
            place += 1
        return place

    def _free_before(self, place: int) -> int:
        while place in self.taken:
            place -= 1
        return place

    def unlisted(self) -> int:
        """Give the best place that a car which nobody has listed may hold."""
        ahead = [len(k.top & self.group.entries) for k in self._known if k.group.kind == self.group.kind]
        return self.next_free(max(ahead, default=0) + 1)

    def left(self, span: Span, end: int) -> list[int]:
        """Give the places before `end` that a car may hold, as far as each follows by itself."""
        if span.fixed:
            return [span.first] if span.first < end else []
        return [place for place in range(span.first, min(span.last + 1, end)) if place not in self.taken]

    def is_ahead(self, one: int, other: int) -> bool:
        """Tell whether a car is surely ahead of another, where both have a place."""
        return one in self._ahead.get(other, ())


class Orders:
    """What is known of the places of groups of cars in the contests of one race, the same for all championships."""

    def __init__(self) -> None:
        self.fittings: dict[Contest, Fitting] = {}
        self.known: dict[tuple[Contest, Group], Order] = {}


def top_of(places: Mapping[int, int]) -> frozenset[int]:
    """Give the cars that hold the first places of a ranking, up to the first that is free."""
    ordered = sorted(places.values())
    count = 0
    while count < len(ordered) and ordered[count] <= count + 1:
        count += 1
    return frozenset([entry for entry, place in places.items() if bisect_left(ordered, place) < count])


def _slots(places: Iterable[int]) -> frozenset[int]:
    """Give the places that are taken: where two share one, the next is nobody's."""
    return frozenset([place + extra for place, held in Counter(places).items() for extra in range(held)])
