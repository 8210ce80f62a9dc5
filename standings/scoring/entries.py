"""How many cars of a championship took part in a race that is partly known, for what is paid by that number."""

from collections.abc import Sequence

from racing.terms import Contest
from standings.scoring.groups import Count, Group, Pin
from standings.scoring.open_cars import Car
from standings.scoring.open_race import OpenRace
from standings.scoring.places import NO_PLACE


class Entries:
    """The number of those that are told of, of the others that came in, and of those that did not and may all be told of yet.

    Of cars that nobody has listed it counts who started.
    """

    def __init__(self, race: OpenRace) -> None:
        self._race = race
        self._told = len(race.field.lines)
        self._untold = frozenset([line.entry for line in race.entered])
        self._beside: dict[object, tuple[int, int]] = {}

    @property
    def are_known(self) -> bool:
        """Whether the least and the most number are found: where the rules give it, or all that changes it can be told."""
        return bool(self._race.rules.entries) or (self._race.rules.low and not self._race.unsure_classes)

    def beside(self, car: Car | None, *, took_part: bool, began: bool = False) -> Sequence[int]:
        """Give the least and the most number where a car did not come in, but took part all the same or did not.

        Without a car: for somebody who had none.
        """
        race = self._race
        if race.rules.entries or not self.are_known:
            return race.entries
        others = self._untold - {car.line.entry} if car is not None else self._untold
        pin = race.pin(car, 0, NO_PLACE, began=began) if car is not None else None
        key = others, pin
        if key not in self._beside:
            pins = [] if pin is None else [pin]
            self._beside[key] = self._fewest(others, pins), len(others) + self._most_unlisted(pins)
        told = self._told + (took_part and len(others) < len(self._untold))
        fewest, most = self._beside[key]
        return told + fewest, told + most

    def _fewest(self, cars: frozenset[int], pins: Sequence[Pin]) -> int:
        """Give how many of some cars, and of those like them that nobody has listed, came in at least."""
        group = Group(cars, self._race.championship.kind)
        # More than there are places told have to be nowhere.
        end = len(cars) + self._race.fitting(Contest.RACE).end
        return next((number for number in range(end) if self._fits(pins, Count(group, 0, number))), 0)

    def _most_unlisted(self, pins: Sequence[Pin]) -> int:
        """Give how many cars that nobody has listed started at most."""
        race = self._race
        if not race.others or race.more >= NO_PLACE:
            return NO_PLACE if race.others else 0
        group = Group(frozenset(), race.championship.kind)
        numbers = range(race.more, 0, -1)
        return next((number for number in numbers if self._fits(pins, Count(group, number, NO_PLACE))), 0)

    def _fits(self, pins: Sequence[Pin], count: Count) -> bool:
        return self._race.fit(*pins, count=count)
