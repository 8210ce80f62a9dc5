"""One question about the places of cars: an order is put together from the front in which all holds that is told and asked."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from standings.scoring.groups import Group, Pin
from standings.scoring.places import NO_PLACE

#: So many beginnings of an order are looked at for one question.
EFFORT = 2500

Signature = tuple[int, ...]
#: What a car may belong to: one signature, several where it is not known in which classes it ran.
Ways = tuple[Signature, ...]
#: A beginning: how many have come in by group, who of those told of, how many others by pool, and how many more may.
State = tuple[tuple[int, ...], int, tuple[int, ...], int]


class Frame(NamedTuple):
    """The groups that matter to a question, and who belongs to which of them, by their indexes.

    `slots` gives by group who is told to hold a place of it: of a place that is shared each holds it and the next. `own` are
    the signatures of the cars (the groups that each belongs to, or may), `strangers` those of cars that nobody has listed;
    `inside` tells which group lies wholly in which.
    """

    groups: tuple[Group, ...]
    slots: tuple[Mapping[int, frozenset[int]], ...]
    own: Mapping[int, Ways]
    strangers: frozenset[Signature]
    inside: frozenset[tuple[int, int]]


class Fillers(NamedTuple):
    """Cars alike of whom nothing is told: so many surely came in; so many at most (None: any number).

    `counted` are those who started, and of whom the number of those that may still come in takes no account. Those of one
    `pool` are the same cars, which may belong to one or the other.
    """

    signature: Signature
    mask: int
    musts: int
    most: int | None
    counted: bool = False
    pool: int = -1


class Wanted(NamedTuple):
    """How many cars of a group are wanted that came in or may have, at least and at most."""

    group: Group
    least: int
    most: int


class LineUp:
    """One question: an order is looked for in which all holds."""

    def __init__(
        self,
        frame: Frame,
        pins: Sequence[Pin],
        pending: tuple[int, ...],
        fillers: list[Fillers],
        limit: int,
        wanted: Wanted | None = None,
    ) -> None:
        self._pending, self._limit = pending, limit
        pools = list(dict.fromkeys(one.pool for one in fillers))
        self._fillers = [one._replace(pool=pools.index(one.pool)) for one in fillers]
        self._pools = [[one for one in self._fillers if one.pool == at] for at in range(len(pools))]
        self._bits = {entry: 1 << at for at, entry in enumerate(pending)}
        self._own = frame.own
        self._slots = [dict(own) for own in frame.slots]
        self._loose: dict[int, tuple[tuple[int, ...], int]] = {}
        self._later: dict[int, tuple[tuple[int, ...], int]] = {}
        noted = [self._pin(frame, pin) for pin in pins]
        self._possible = all(noted)
        self._room = self._rooms(frame)
        self._told_in = {
            entry: [
                (way, [(at, any(entry in cars for cars in self._slots[at].values())) for at in way])
                for way in frame.own[entry]
            ]
            for entry in pending
        }
        #: Beyond the last place that matters in a group nobody counts on.
        self._ends = [max(slots, default=0) for slots in self._slots]
        asked = [*self._loose.values(), *self._later.values()]
        for groups, place in asked:
            for at in groups:
                self._ends[at] = max(self._ends[at], place)
        awaited = [set(slots) for slots in self._slots]
        for groups, place in asked:
            for at in groups:
                awaited[at].add(place)
        self._after = [_following(places, end) for places, end in zip(awaited, self._ends, strict=True)]
        #: So far cars of a group are counted.
        self._caps = list(self._ends)
        self._wanted = wanted
        if wanted is not None:
            self._at = self._index(frame, wanted.group)
            cap = wanted.least if wanted.most >= NO_PLACE else wanted.most + 1
            self._caps[self._at] = max(self._ends[self._at], cap, 0)
            self._surely = sum(
                [self._bits[entry] for entry in pending if all(self._at in way for way in self._own[entry])]
            )
            # Of those who may belong to it or not each does as it comes in.
            self._perhaps = sum([self._bits[one] for one in pending if any(self._at in w for w in self._own[one])])
        self._limited = [at for at in range(len(self._slots)) if at == 0 or (at, 0) in frame.inside]

    def _pin(self, frame: Frame, pin: Pin) -> bool:
        """Note what is asked of a car; tell whether it may be, by what is told of itself and of those at that place."""
        indexes = [self._index(frame, group) for group in pin.groups]
        own = [at for at in indexes if all(at in way for way in frame.own[pin.entry])]
        if not own:
            return False
        if pin.or_later:
            self._later[pin.entry] = tuple(own), pin.place
            return True
        if len(own) > 1:
            self._loose[pin.entry] = tuple(own), pin.place
            return True
        slots = self._slots[own[0]]
        held = slots.get(pin.place)
        told = [place for place, cars in slots.items() if pin.entry in cars]
        if told:
            return pin.place == min(told)
        if held is not None:
            return False
        slots[pin.place] = frozenset([pin.entry])
        return True

    @staticmethod
    def _index(frame: Frame, group: Group) -> int:
        """Give the index of a group, or of one that is the same: of the same cars."""
        if group in frame.groups:
            return frame.groups.index(group)
        return next(
            at
            for at, other in enumerate(frame.groups)
            if (other.entries, other.maybe, set(other.asks)) == (group.entries, group.maybe, set(group.asks))
        )

    def _rooms(self, frame: Frame) -> list[tuple[int, int, int, int]]:
        """Give for each car with places in a group and in one that holds it how many of the others are ahead at most."""
        last: dict[tuple[int, int], int] = {}
        first: dict[tuple[int, int], int] = {}
        for at, slots in enumerate(self._slots):
            for slot, cars in slots.items():
                for entry in cars:
                    last[entry, at] = max(slot, last.get((entry, at), slot))
                    first[entry, at] = min(slot, first.get((entry, at), slot))
        return [
            (self._bits[entry], big, small, place - first[entry, small])
            for (entry, big), place in last.items()
            for small in frame.own[entry][0]
            if (small, big) in frame.inside and (entry, small) in first
        ]

    def answer(self) -> bool | None:
        """Look for an order."""
        if not self._possible or self._limit < 0:
            return False
        whole = (1 << len(self._pending)) - 1
        start = (0,) * len(self._slots), 0, (0,) * len(self._pools), self._limit
        if self._wanted is not None and not self._may_be_as_many(*start):
            return False
        if not whole:
            return True
        further, seen = [self._further(*start)], {self._key(start)}
        while further:
            state = next(further[-1], None)
            if state is None:
                further.pop()
                continue
            if self._wanted is not None and not self._may_be_as_many(*state):
                continue
            if state[1] == whole:
                return True
            key = self._key(state)
            if key not in seen:
                seen.add(key)
                if len(seen) > EFFORT:
                    return None
                further.append(self._further(*state))
        return False

    @staticmethod
    def _key(state: State) -> tuple[object, ...]:
        """Give what of a beginning matters to what may come of it."""
        return state if state[3] < NO_PLACE else state[:3]

    def _may_be_as_many(self, counts: Sequence[int], come: int, used: Sequence[int], left: int) -> bool:
        """Tell whether neither too many cars of the group that is counted have come, nor too few may yet: in, or to start."""
        assert self._wanted is not None, "only what is wanted is counted"
        surely = counts[self._at] + (self._surely & ~come).bit_count()
        more, free = 0, (self._perhaps & ~self._surely & ~come).bit_count()
        for pool, so_far in zip(self._pools, used, strict=True):
            filler, inside = pool[0], [one.mask >> self._at & 1 for one in pool]
            if not any(inside):
                continue
            must = (filler.most or 0) - so_far if filler.counted else max(filler.musts - so_far, 0)
            if all(inside):
                surely += must
            else:
                free += must
            if filler.counted:
                continue
            rest = NO_PLACE if filler.most is None else filler.most - max(so_far, filler.musts)
            if 0 in filler.signature:
                more += rest
            else:
                free += rest
        return surely <= self._wanted.most and surely + min(more, left) + free >= self._wanted.least

    def _further(self, counts: tuple[int, ...], come: int, used: tuple[int, ...], left: int) -> Iterator[State]:
        """Give what may come of a beginning with the next car, what seems best first."""
        if left < NO_PLACE and self._are_too_few(counts, come, used, left):
            return
        due = [own.get(count + 1) for own, count in zip(self._slots, counts, strict=True)]
        for entry in self._next(due):
            bit = self._bits[entry]
            if come & bit:
                continue
            for way, told_in in self._told_in[entry]:
                if self._may_come(entry, told_in, due, counts):
                    after = self._more(counts, way)
                    if self._has_room(after, come | bit):
                        yield after, come | bit, used, left
        blocked = sum([1 << at for at, cars in enumerate(due) if cars is not None])
        for at in self._by_need(counts, come):
            filler = self._fillers[at]
            if filler.mask & blocked:
                continue
            so_far = used[filler.pool]
            if so_far == filler.most:
                continue
            must = so_far < filler.musts
            counts_on = not must and not filler.counted and left < NO_PLACE and 0 in filler.signature
            if counts_on and left == 0:
                continue
            counted = filler.most is not None or (must and (left < NO_PLACE or self._wanted is not None))
            # As many as may follow one another, or a single one: what lies between is come by one by one.
            many = self._how_many(filler, counts, come)
            if counted:
                many = min(many, (filler.musts if must else filler.most or 0) - so_far)
            for number in (many, 1) if many > 1 else (1,):
                if counts_on and number > left:
                    continue
                after = self._more(counts, filler.signature, number)
                if self._has_room(after, come):
                    pool = filler.pool
                    then = (*used[:pool], so_far + number, *used[pool + 1 :]) if counted else used
                    yield after, come, then, left - number if counts_on else left

    def _how_many(self, filler: Fillers, counts: Sequence[int], come: int) -> int:
        """Give how many cars may follow one another before one is due that is told of, or room runs out."""
        many = NO_PLACE
        for at in filler.signature:
            count = counts[at]
            if count < self._ends[at]:
                many = min(many, self._after[at][count] - count - 1)
        for bit, big, small, room in self._room:
            if not come & bit and filler.mask >> big & 1 and not filler.mask >> small & 1:
                many = min(many, room - counts[big] + counts[small])
        return 1 if many == NO_PLACE else many

    def _are_too_few(self, counts: Sequence[int], come: int, used: Sequence[int], left: int) -> bool:
        """Tell whether too few cars are left to fill the places that are told."""
        to_come = left + len(self._pending) - come.bit_count()
        for (one, *_), so_far in zip(self._pools, used, strict=True):
            to_come += max((one.most or 0 if one.counted else one.musts) - so_far, 0)
        return any(self._ends[at] - counts[at] > to_come for at in self._limited)

    def _by_need(self, counts: Sequence[int], come: int) -> Iterable[int]:
        """Give those of whom nothing is told in the order in which they are needed: where there is least room first."""
        need = [NO_PLACE] * len(counts)
        for bit, big, small, room in self._room:
            if not come & bit:
                need[small] = min(need[small], room - counts[big] + counts[small])
        for entry, (groups, place) in (*self._loose.items(), *self._later.items()):
            if not come & self._bits[entry]:
                for at in groups:
                    if counts[at] + 1 < place:
                        need[at] = min(need[at], 1)
        if self._room or self._loose or self._later:
            return sorted(
                range(len(self._fillers)), key=lambda at: min([need[one] for one in self._fillers[at].signature])
            )
        return range(len(self._fillers))

    def _next(self, due: Sequence[frozenset[int] | None]) -> Iterable[int]:
        """Give the cars that may be the next, by a place of theirs."""
        found = {*self._loose, *self._later}
        for cars in due:
            if cars is not None:
                found |= cars
        return sorted(found)

    def _may_come(
        self,
        entry: int,
        told_in: Sequence[tuple[int, bool]],
        due: Sequence[frozenset[int] | None],
        counts: Sequence[int],
    ) -> bool:
        for at, told in told_in:
            cars = due[at]
            if cars is None:
                if told:
                    return False
            elif entry not in cars:
                return False
        if entry in self._loose:
            groups, place = self._loose[entry]
            return min([counts[at] for at in groups]) + 1 == place
        if entry in self._later:
            groups, place = self._later[entry]
            return min([counts[at] for at in groups]) + 1 >= place
        return True

    def _more(self, counts: tuple[int, ...], signature: Signature, number: int = 1) -> tuple[int, ...]:
        """Count one more car, or so many, in the groups that they belong to."""
        more = list(counts)
        for at in signature:
            more[at] = min(more[at] + number, self._caps[at])
        return tuple(more)

    def _has_room(self, counts: Sequence[int], come: int) -> bool:
        """Tell whether those who are still to come may yet hold their places."""
        for bit, big, small, room in self._room:
            if not come & bit and counts[big] - counts[small] > room:
                return False
        return all(
            come & self._bits[entry] or min(counts[at] for at in groups) < place
            for entry, (groups, place) in self._loose.items()
        )


def _following(slots: Collection[int], end: int) -> list[int]:
    """Give for each number of cars up to the end the next place that is told, or one behind the end."""
    found = [end + 1] * (end + 1)
    for count in range(end - 1, -1, -1):
        found[count] = count + 1 if count + 1 in slots else found[count + 1]
    return found
