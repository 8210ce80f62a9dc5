"""A race with cars of which it is not known in which classes they ran, looked at once for each way in which they may have.

That is asked for where the classes of a car go with more than its place in the race: with a bonus by class, with places told of
a class in qualifying, or with who belongs to a championship that pays places in another ranking. Each way is a race of which
the classes are known of those cars that matter: of the subject's own, and of those of which something is told elsewhere. The
other cars may have run in any classes, whichever the order asks for; and so may those cars where the championship asks for
none of the classes and one contest alone tells of them, for then its order settles who can have run in them.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from racing.terms import OVERALL, TRACK, Contest
from standings.scoring.earnings import Beside, Range, not_worse
from standings.scoring.groups import UNHEARD_OF, Running, Settled
from standings.scoring.open_race import OpenRace
from standings.scoring.places import may_pass
from standings.scoring.possible import Orders
from standings.scoring.results import Entrants, Line, RaceResults
from standings.scoring.rules import Ranking
from standings.scoring.stakes import Stakes

#: So many ways in which cars may have run in classes are looked at for one subject; of more it is not followed.
CASES = 128
#: So many on the way there, before places that are told shut out some.
MOST_CASES = 4 * CASES
#: The classes of some cars, by their entries.
Chosen = tuple[tuple[int, frozenset[str]], ...]
#: The cars that are asked for, by their entries, and the classes in which some ran.
Asked = tuple[frozenset[int], Chosen]


@dataclass(slots=True)
class _Found:
    """What was found of a race so far: its ways and their orders, and what holds of subjects whose cars are alike.

    `may_be` tells whether cars of which places are told may have run in certain classes; `nowhere` are those who would have
    belonged to the championship in no way; `followed_all` is false once some were too many.
    """

    in_classes: dict[Asked, Stakes | None] = field(default_factory=dict)
    orders_in: dict[Chosen, Orders] = field(default_factory=dict)
    may_be: dict[Chosen, bool | None] = field(default_factory=dict)
    of_alike: dict[object, Range | None] = field(default_factory=dict)
    nowhere: set[object] = field(default_factory=set)
    beside_alike: dict[object, Beside] = field(default_factory=dict)
    followed_all: bool = True


class StakesInClasses(Stakes):
    """What is at stake in a race, in whichever classes its cars ran."""

    @cached_property
    def _found(self) -> _Found:
        return _Found()

    @cached_property
    def _told_of(self) -> list[Line]:
        """The cars of which some place is told."""
        return [line for line in self.race.race.lines if line.places]

    def look_at_all(self) -> None:
        """Look at every subject, as without classes; all of what was looked at must have been followed."""
        super().look_at_all()
        if self.race.classes_matter:
            asked = [case for case in self._found.in_classes.values() if case is not None]
            self.exact = self._found.followed_all and all(case.race.exact for case in asked)
            for subject in [one for one in self.cars if self._key(one) in self._found.nowhere]:
                # In none of the classes that it may have run in it would have belonged to the championship.
                del self.cars[subject]

    def release(self) -> None:
        """Keep what was found of the ways, and not the ways themselves."""
        self._found.in_classes.clear()
        self._found.orders_in.clear()

    def range(self, subject: int) -> Range:
        """Give the least and the most of one subject."""
        if not self.race.classes_matter or subject not in self.cars:
            return super().range(subject)
        key = self._key(subject)
        if key not in self._found.of_alike:
            self._found.of_alike[key] = self._in_each(subject)
        found = self._found.of_alike[key]
        if found is None:
            self._found.followed_all = False
            return super().range(subject)
        return found

    def _in_each(self, subject: int) -> Range | None:
        cases = self._cases(subject)
        if not cases:
            return None
        if not any(subject in case.cars for case in cases):
            self._found.nowhere.add(self._key(subject))
        return cases[0]._of_any([case.range(subject) for case in cases])

    def _look_at_both(self, subject: int, leader: int) -> Beside:
        if not self.race.classes_matter or subject not in self.cars or leader not in self.cars:
            return super()._look_at_both(subject, leader)
        key: object = self._key(subject), self._key(leader)
        both = [{car.line.entry for car in self.cars[one]} for one in (subject, leader)]
        if both[0] & both[1]:
            key = subject, leader
        found = self._found.beside_alike.get(key)
        if found is None:
            found = self._found.beside_alike[key] = self._both_in_each(subject, leader)
        return found

    def _both_in_each(self, subject: int, leader: int) -> Beside:
        cases = self._cases(subject, leader)
        if not cases:
            return super()._look_at_both(subject, leader)._replace(exact=False)
        ways = [(case.beside(subject, leader), subject in case.cars) for case in cases]
        found = not_worse(pair for one, _ in ways for pair in one.pairs)
        # Who took no part is not in the table either, unless for another race.
        taking_part = {pair for one, part in ways if part for pair in one.pairs}
        return Beside(found, taking_part.issuperset(found) and all(one.exact for one, _ in ways))

    # -- in which classes --------------------------------------------------------------------------------------------

    def _cases(self, *subjects: int) -> list[Stakes]:
        """Give the race once for each way in which cars that matter may have run in classes; none where they are too many."""
        own = frozenset([car.line.entry for subject in subjects for car in self.cars[subject]])
        ways = self._followed(self._ways_of_all, [line for line in self._unsure if line.entry in own])
        if ways is None or len(ways) > CASES:
            return []
        found = [self._case((own, way)) for way in ways]
        return [case for case in found if case is not None]

    @cached_property
    def _ways_of_all(self) -> list[Chosen] | None:
        """The ways in which those cars may have run in classes whose classes matter to all; None where they are too many."""
        return self._followed([()], [line for line in self._unsure if self._matters(line)])

    def _followed(self, ways: list[Chosen] | None, lines: Sequence[Line]) -> list[Chosen] | None:
        """Give ways with those of some cars more, as far as the places allow; None where they are too many."""
        for line in lines:
            if ways is None or len(ways) > MOST_CASES:
                return None
            if ways and any(entry == line.entry for entry, _ in ways[0]):
                continue
            ways = [(*way, (line.entry, classes)) for way in ways for classes in self._in_classes_of(line)]
            if line.places:
                # What places shut out by now is not looked at with each way of the others.
                ways = [way for way in ways if self._may_have_run(way) is not False]
        return ways

    @cached_property
    def _unsure(self) -> list[Line]:
        """The cars of which it is not known in which classes they ran, where that may matter to anybody."""
        return [line for line in self.race.all_cars if line.more_classes and self._may_count(line)]

    def _in_classes_of(self, line: Line) -> dict[frozenset[str], tuple[frozenset[str], ...]]:
        """Give in which classes a car may have run, by those of them that matter to more than the order of one contest."""
        found: dict[frozenset[str], list[frozenset[str]]] = {}
        for more in self._further:
            way = (line.classes | more) & self._names
            if UNHEARD_OF in way:
                # In a class of its own, in which nobody else ran.
                way = way - {UNHEARD_OF} | {f"{UNHEARD_OF} {line.entry}"}
            ways = found.setdefault(way - self._of_one_order, [])
            if way not in ways:
                ways.append(way)
        return {chosen: tuple(ways) for chosen, ways in found.items()}

    def _may_count(self, line: Line) -> bool:
        """Tell whether a car may be paid or numbered: guests are in no order but the road's."""
        minded = self.race.all_classes_matter or bool(line.laps_led)
        return not line.guest or minded or may_pass(self.rules.eligible, line)

    def _matters(self, line: Line) -> bool:
        """Tell whether the classes of a car matter to others than itself in more than the order of the race."""
        if self.race.all_classes_matter:
            return True
        if line.places and self.rules.eligible.classes:
            return True
        if line.laps_led and any(bonus.on == "most_laps_led" for bonus in self.rules.bonuses):
            return True
        return any(contest in self._by_class for contest, _ in line.places)

    @cached_property
    def _by_class(self) -> frozenset[Contest]:
        """The contests beside the race in which it matters in which class a car ran."""
        told = {
            contest
            for line in self.race.all_cars
            for contest, name in line.places
            if name not in (OVERALL, TRACK) and name not in self._of_one_order
        }
        paid = {bonus.contest for bonus in self.rules.bonuses if bonus.scope is Ranking.CLASS}
        return frozenset((told | paid) - {Contest.RACE})

    @cached_property
    def _further(self) -> list[frozenset[str]]:
        """The classes in which a car may have run besides its own, the fewest first."""
        found = {frozenset[str](), *self._running, *(frozenset([name]) for name in self._names)}
        found |= {frozenset([name]) for own in self._running for name in own}
        return sorted(found, key=lambda own: (len(own), sorted(own)))

    @cached_property
    def _running(self) -> Running:
        return frozenset([line.classes for line in self.race.all_cars])

    @cached_property
    def _names(self) -> frozenset[str]:
        """The classes that matter: in which of the others a car ran is the same to everybody."""
        rules, cars = self.rules, self.race.all_cars
        names = {name for line in cars for _, name in line.places} - {OVERALL, TRACK}
        if not rules.filter.classes:
            names |= {UNHEARD_OF, *(name for own in self._running for name in own)}
        return frozenset(names | rules.filter.classes | rules.eligible.classes)

    @cached_property
    def _of_one_order(self) -> frozenset[str]:
        """The classes that matter to nothing but the order of one contest, where that may settle who ran in them.

        They are none of those that the championship asks for, and places in them are told of that contest alone.
        """
        rules = self.rules
        if self.race.all_classes_matter or not rules.filter.classes:
            return frozenset()
        contests: dict[str, set[Contest]] = defaultdict(set)
        for line in self.race.all_cars:
            for contest, name in line.places:
                contests[name].add(contest)
        alone = self._names - rules.filter.classes - rules.eligible.classes
        of_one = [(name, next(iter(told))) for name, told in contests.items() if name in alone and len(told) == 1]
        # With two orders a car might run in one class in the one and in another in the other.
        contest = max(Contest, key=lambda one: (sum(1 for _, own in of_one if own is one), one is Contest.RACE))
        return frozenset([name for name, own in of_one if own is contest])

    def _case(self, asked: Asked) -> Stakes | None:
        """Give the race if some cars ran in certain classes, None if they cannot have."""
        if asked not in self._found.in_classes:
            self._found.in_classes[asked] = self._new_case(*asked)
        return self._found.in_classes[asked]

    def _new_case(self, own: frozenset[int], chosen: Chosen) -> Stakes | None:
        may_be = self._may_have_run(chosen)
        if may_be is False:
            return None
        race, entrants, settled = self._in(chosen, own)
        orders = self._found.orders_in.setdefault(chosen, Orders())
        found = Stakes(self.rules, self._units, race, entrants, self._worths, orders, settled)
        found.race.followed = found.race.followed and may_be is not None
        return found

    def _in(self, chosen: Chosen, own: frozenset[int]) -> tuple[RaceResults, Entrants, Settled]:
        """Give the race, and who may have run in it, with the classes of some cars."""
        lines = {line.entry: line for line in self.race.all_cars} if chosen else {}
        ways = {entry: self._in_classes_of(lines[entry])[classes] for entry, classes in chosen}

        def settled(line: Line) -> Line:
            if line.entry not in ways:
                return line
            return replace(line, classes=frozenset.intersection(*ways[line.entry]), more_classes=False)

        race, entrants = self.race.race, self.race.entrants
        listed = tuple(map(settled, entrants.listed))
        left = {entry: one for entry, one in ways.items() if len(one) > 1}
        return (
            replace(race, lines=tuple(map(settled, race.lines))),
            replace(entrants, listed=listed),
            Settled(self._running, own, left),
        )

    def _may_have_run(self, chosen: Chosen) -> bool | None:
        """Tell whether cars may have run in certain classes by the places that are told; None where it was not found out.

        Only those matter for it of which places are told.
        """
        entries = {line.entry for line in self._told_of}
        told = tuple([one for one in chosen if one[0] in entries])
        if told not in self._found.may_be:
            race, entrants, settled = self._in(told, frozenset())
            seen = OpenRace(self.rules, race, entrants, Orders(), settled)
            contests = {contest for line in self._told_of for contest, _ in line.places}
            answers = {seen.fitting(contest).fits() for contest in contests}
            self._found.may_be[told] = False if False in answers else None if None in answers else True
        return self._found.may_be[told]

    # -- who is alike ------------------------------------------------------------------------------------------------

    def _key(self, subject: int) -> object:
        """Give what a subject is known by: of whose cars nothing is told, those are alike whose cars are."""
        if subject in self._told:
            return subject
        return tuple(sorted([self._kind(car.line) for car in self.cars[subject]], key=repr))

    def _kind(self, line: Line) -> tuple[Any, ...]:
        rules, told = self.rules, any(one is line for one in self.race.race.lines)
        if (
            line.places
            or line.holders
            or line.drive
            or line.laps is not None
            or line.laps_led is not None
            or line.flags
        ):
            return (line.entry,)
        paid = may_pass(rules.eligible, line), may_pass(rules.filter, line)
        drivers = len(set(line.drivers)), len(line.drivers)
        return (
            tuple(sorted(line.classes)),
            line.more_classes,
            line.status,
            line.guest,
            line.nominated,
            drivers,
            told,
            *paid,
        )
