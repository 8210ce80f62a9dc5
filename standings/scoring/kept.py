"""Races as they were bounded before: a correction changes one of them, and what is at stake in the season's others stays.

A few hundred are kept in the process, and the oldest go. What is kept is found by the values that it was worked out from, which
never change, and is the same whether it was kept or is worked out anew.
"""

from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass, field
from threading import Lock

from standings.scoring.in_classes import StakesInClasses
from standings.scoring.outcomes import Worth
from standings.scoring.possible import Orders
from standings.scoring.results import Entrants, RaceResults
from standings.scoring.rules import Rules
from standings.scoring.units import Units

#: So many races are kept, which is the partly known ones of some twenty seasons.
RACES = 320
#: So many championships' rules are kept, and of a race what is at stake by so many.
RULES, CHAMPIONSHIPS = 64, 12


@dataclass(slots=True, eq=False)
class Followed:
    """Rules with their units, and what places are worth by their scales."""

    rules: Rules
    units: Units
    worths: dict[object, Worth] = field(default_factory=dict)


@dataclass(slots=True, eq=False)
class _Race:
    """A race with who may have run in it, and what was at stake by each of some rules."""

    race: RaceResults
    entrants: Entrants
    orders: Orders = field(default_factory=Orders)
    stakes: OrderedDict[Followed, StakesInClasses] = field(default_factory=OrderedDict)

    def is_that(self, race: RaceResults, entrants: Entrants) -> bool:
        """Tell whether this is the same race; the next championship of its season brings the very same values."""
        if self.race is race and self.entrants is entrants:
            return True
        if self.race != race or self.entrants != entrants:
            return False
        self.race, self.entrants = race, entrants
        return True


class Kept:
    """What is kept in a process, for any number of threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._rules: OrderedDict[int, Followed] = OrderedDict()
        self._races: OrderedDict[int, _Race] = OrderedDict()
        self._count = 0

    def followed(self, rules: Rules) -> Followed:
        """Give rules as they are kept: of equal ones the same."""
        with self._lock:
            for key, one in self._newest_first():
                if one.rules == rules:
                    self._rules.move_to_end(key)
                    return one
        found = Followed(rules, Units(rules))
        with self._lock:
            self._count += 1
            self._rules[self._count] = found
            if len(self._rules) > RULES:
                self._rules.popitem(last=False)
        return found

    def _newest_first(self) -> Iterator[tuple[int, Followed]]:
        return reversed(self._rules.items())

    def stakes(self, followed: Followed, race: RaceResults, entrants: Entrants) -> StakesInClasses:
        """Give what is at stake in a race that is partly known."""
        with self._lock:
            held = self._races.get(race.key)
            if held is not None and held.is_that(race, entrants):
                self._races.move_to_end(race.key)
            else:
                held = self._races[race.key] = _Race(race, entrants)
                if len(self._races) > RACES:
                    self._races.popitem(last=False)
            found = held.stakes.get(followed)
        if found is None:
            found = StakesInClasses(followed.rules, followed.units, race, entrants, followed.worths, held.orders)
            found.look_at_all()
            with self._lock:
                held.stakes[followed] = found
                if len(held.stakes) > CHAMPIONSHIPS:
                    held.stakes.popitem(last=False)
        return found

    def forget(self) -> None:
        """Keep nothing of what was kept."""
        with self._lock:
            self._rules.clear()
            self._races.clear()

    def held(self) -> tuple[int, int, int]:
        """Tell how many rules and races are kept, and of the race that has most by how many rules."""
        with self._lock:
            most = max((len(one.stakes) for one in self._races.values()), default=0)
            return len(self._rules), len(self._races), most


KEPT = Kept()
