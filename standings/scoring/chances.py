"""Bonuses that a car has, or may have, in a race that is partly known."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import cached_property
from itertools import product
from typing import NamedTuple

from racing.terms import OVERALL, TRACK, Contest, Status
from standings.scoring.bonuses import CONTESTS
from standings.scoring.in_qualifying import Qualifying
from standings.scoring.laps_led import LapsLed
from standings.scoring.open_cars import STARTED, Car
from standings.scoring.open_race import OpenRace
from standings.scoring.places import NOT_STARTED
from standings.scoring.possible import Order
from standings.scoring.results import Line
from standings.scoring.rules import Bonus, DecisionKind, Ranking, Subject, Ties
from standings.scoring.units import ONE, Units

#: Bonuses that follow from the place in the race, or from having taken part.
BY_PLACE = frozenset({"win", "stage_position", "participation"})
#: Those that nobody has who did not start.
OF_STARTERS = frozenset({"fastest_lap", "lap_led", "most_laps_led"})


class Chance(NamedTuple):
    """A bonus that a car has (`sure`) or may have, in units, and what its place in the race must be for it.

    `only` tells that no other car has it where this one has, `started` that it asks for a start.
    """

    points: int
    sure: bool = True
    classified: bool = False
    top: int | None = None
    only: bool = False
    started: bool = False

    def paid(self, place: int, end: Status) -> bool:
        """Tell whether a car with this place (0: none, and this end) is paid the bonus."""
        if place == 0:
            return not (self.classified or self.top is not None or (self.started and end in NOT_STARTED))
        return self.top is None or place <= self.top


NONE = Chance(0)


class Chances:
    """The bonuses of a race, each of which counts so many units for the race's factor."""

    def __init__(self, race: OpenRace, units: Units, factor: Fraction) -> None:
        self._race, self._units = race, units
        rules = race.rules
        given = [(bonus, self._given(bonus)) for bonus in rules.bonuses if not bonus.carry]
        self._given_here = [(bonus, sure) for bonus, sure in given if sure is not None]
        self._beside = [(bonus, sure) for bonus, sure in self._given_here if bonus.on not in BY_PLACE]
        self.qualifying = Qualifying(race, self._beside, self._times)
        #: Who was decided not to have set the fastest lap.
        self.not_holding = frozenset(
            [
                one.subject
                for one in rules.decisions
                if one.kind is DecisionKind.NO_FASTEST_LAP and one.race == race.race.key and one.subject is not None
            ]
        )
        self._laps_led = {bonus: LapsLed(race, bonus) for bonus, _ in self._beside if bonus.on == "most_laps_led"}
        self._for_place = [(bonus, sure) for bonus, sure in self._given_here if bonus.on in BY_PLACE]
        self._factor = factor
        by_class = any(bonus.scope is Ranking.CLASS and bonus.on not in BY_PLACE for bonus, _ in self._given_here)
        if by_class and race.unsure_classes and race.settled is None:
            # In which classes a car ran is looked at in the race and beside it, each for itself.
            race.classes_matter = True
        #: Whether a bonus beside the race asks for a start.
        self.of_starters = any(bonus.on in OF_STARTERS for bonus, _ in self._beside)
        #: The first place in the race from which on no bonus asks for one.
        self.end = max(
            [2, *((bonus.top or 0) + 1 for bonus, _ in given), *(len(bonus.scale) + 1 for bonus, _ in given)]
        )

    def _times(self, bonus: Bonus, points: Fraction) -> int:
        return self._units.of(self._units.times(points, self._factor if bonus.multiplied else ONE))

    def _given(self, bonus: Bonus) -> bool | None:
        """Tell whether a bonus is surely given in this race; None where it surely is not."""
        race = self._race.race
        if bonus.pays and self._race.rules.subject not in bonus.pays:
            return None
        if bonus.session is not None and bonus.session != race.session:
            return None
        if bonus.min_share_run is None:
            return True
        share_run = race.attributes.get("share_run")
        if share_run is None:
            return "share_run" not in self._race.entrants.unsure
        return True if share_run >= bonus.min_share_run else None

    # -- beside the race ---------------------------------------------------------------------------------------------

    def of(self, line: Line, subject: int | None) -> tuple[Chance, ...]:
        """Give what a car has or may have beside its place: as many for every car, in the same order."""
        found: list[Chance] = []
        for bonus, given in self._beside:
            if bonus.on == "qualifying_position":
                found += [
                    Chance(points, sure, bonus.classified, bonus.top)
                    for points, sure in self.qualifying.of(bonus, line, sure=given)
                ]
                continue
            has = self._has(bonus, line, subject)
            one = NONE
            if has is not None:
                only = not has and bonus.on in CONTESTS
                sure, points = has and given, self._times(bonus, bonus.points)
                one = Chance(points, sure, bonus.classified, bonus.top, only, started=bonus.on in OF_STARTERS)
            found += self._by_class(bonus, line, one) if bonus.scope is Ranking.CLASS else [one]
        return tuple(found)

    def _by_class(self, bonus: Bonus, line: Line, chance: Chance) -> list[Chance]:
        """Give a chance to be first of a class at the index of that class: another car may be the first of another."""
        own = self._names(bonus, line)
        if line.more_classes:
            # Of which of all classes it was the first, if of any, is not followed.
            return [*[NONE for _ in self._classes], chance._replace(only=False)]
        found = [chance if own == [name] else NONE for name in self._classes]
        if len(own) < 2 or not chance.only:
            return [*found, chance if len(own) > 1 else NONE]
        # Of whom it was the first of all that it runs in is not followed.
        self._race.followed = False
        return [*found, chance._replace(only=False)]

    @cached_property
    def _classes(self) -> list[str]:
        """All classes that are ranked."""
        ranked = self._race.rules.filter.classes
        return sorted(ranked or {name for line in self._race.all_cars for name in line.classes})

    def _has(self, bonus: Bonus, line: Line, subject: int | None) -> bool | None:
        """Tell whether a car surely has a bonus, None where it surely has not."""
        if bonus.on not in CONTESTS:
            return self._led(bonus, line)
        holders, by_driver = line.holders.get(bonus.contest), self._race.rules.subject is Subject.DRIVER
        if by_driver and ((holders and subject not in holders) or self._is_out(bonus, subject)):
            return None
        if bonus.contest is Contest.FASTEST_LAP and self._race.never_began(line):
            return None
        spans = [self._race.span(order, line.entry) for order in self._orders(bonus, line)]
        firsts = [span for span in spans if span is not None and span.first == 1]
        if not firsts:
            return None
        if self._is_shared(bonus):
            self._race.followed = False
            return False
        return any(span.fixed for span in firsts)

    def _is_out(self, bonus: Bonus, subject: int | None) -> bool:
        """Tell whether it was decided that somebody did not set the fastest lap."""
        return bonus.contest is Contest.FASTEST_LAP and subject in self.not_holding

    def _is_shared(self, bonus: Bonus) -> bool:
        """Tell whether several are known to have won what is then split, or given to one of them."""
        if bonus.ties is Ties.ALL:
            return False
        rankings = (OVERALL, *sorted(self._race.rules.filter.classes))
        lines = self._race.race.lines
        return any(sum(1 for line in lines if line.places.get((bonus.contest, name)) == 1) > 1 for name in rankings)

    def _orders(self, bonus: Bonus, line: Line) -> Iterator[Order]:
        """Give the orders of which a car must be first: among those who may have the bonus, where it passes on."""
        for name in self._names(bonus, line):
            passes_on = bonus.next_if_ineligible
            ranking = TRACK if name == OVERALL and not passes_on and not self._is_told(bonus.contest) else name
            yield self._race.order(bonus.contest, self._race.group(ranking, paid=passes_on))

    def _is_told(self, contest: Contest) -> bool:
        """Tell whether it is told who was first of the series' own cars, and of no guest that it was ahead on the road."""
        lines = self._race.race.lines
        if any(line.guest and line.places.get((contest, TRACK)) == 1 for line in lines):
            return False
        return any(
            line.places.get((contest, OVERALL)) == 1 and line.places.get((contest, TRACK), 1) == 1 for line in lines
        )

    def _names(self, bonus: Bonus, line: Line) -> list[str]:
        return self._race.rankings_of(bonus.scope, line)

    def _led(self, bonus: Bonus, line: Line) -> bool | None:
        if bonus.on != "lap_led":
            return self._laps_led[bonus].has(line)
        if line.status in NOT_STARTED or line.laps_led == 0 or self._race.never_began(line):
            return None
        return bool(line.laps_led)

    # -- of several cars ---------------------------------------------------------------------------------------------

    def look_at_several(self, lines: Sequence[Line], *, decided: bool) -> None:
        """Note whether what several cars of one subject may have was told; `decided`: something was decided of its points."""
        self.qualifying.look_at_several(lines, decided=decided)
        for led in self._laps_led.values():
            led.look_at_several(lines)

    def may_be_best_against(self, cars: Sequence[Car], others: Sequence[Car]) -> bool:
        """Tell whether some cars surely may have the best, and others the worst that they may have each, at once."""
        if not (self._laps_led or self.qualifying.is_paid):
            return True
        mine, theirs = [car.line for car in cars], [car.line for car in others]
        if not self.qualifying.may_be_best_against(mine, theirs):
            return False
        return all(led.may_be_best_against(*both) for led in self._laps_led.values() for both in product(mine, theirs))

    # -- for the place -----------------------------------------------------------------------------------------------

    def for_place(self, place: int, status: Status) -> tuple[int, int]:
        """Give what a place (0: none) and an end bring beside the scale, at least and at most."""
        least = most = 0
        for bonus, sure in self._for_place:
            points = self._of_place(bonus, place, status)
            least, most = least + points * sure, most + points
        return least, most

    def _of_place(self, bonus: Bonus, place: int, status: Status) -> int:
        if not Chance(0, True, bonus.classified, bonus.top).paid(place, status):
            return 0
        if bonus.on == "participation":
            return self._times(bonus, bonus.points) if status in STARTED else 0
        if place == 0 or (bonus.on == "win" and place > 1):
            return 0
        if not bonus.scale:
            return self._times(bonus, bonus.points)
        return self._times(bonus, bonus.scale[place - 1]) if place <= len(bonus.scale) else 0

    # -- of nobody who is listed -------------------------------------------------------------------------------------

    def unlisted(self, cars: int) -> int:
        """Give the most that so many cars which nobody has listed may have beside their places, wherever they came in."""
        found = 0
        for bonus, _ in self._beside:
            if bonus.on == "qualifying_position":
                worth = sorted([self._times(bonus, points) for points in bonus.scale or [bonus.points] * cars])
                found += sum(worth[-cars:])
            elif bonus.on not in CONTESTS:
                found += self._times(bonus, bonus.points) * cars
            elif self._is_open(bonus):
                found += self._times(bonus, bonus.points) * (cars if bonus.scope is Ranking.CLASS else 1)
        return found

    @property
    def without_end(self) -> bool:
        """Whether any number of cars may have a bonus, or one that they surely have in part only."""
        return any(bonus.on not in CONTESTS and bonus.on != "win" for bonus, _ in self._given_here) or any(
            bonus.ties is not Ties.ALL for bonus, _ in self._given_here
        )

    def of_all(self) -> list[int]:
        """Give what all may have beside their places together, one by one."""
        return [
            self._times(bonus, bonus.points)
            for bonus, _ in self._beside
            for _ in range(len(self._classes) + 1 if bonus.scope is Ranking.CLASS else 1)
        ]

    def _is_open(self, bonus: Bonus) -> bool:
        """Tell whether it is not known of any car that it was first."""
        race = self._race
        classes = race.rules.filter.classes
        if bonus.scope is Ranking.CLASS and not classes:
            return True
        names = sorted(classes) if bonus.scope is Ranking.CLASS else [OVERALL]
        groups = [
            race.group(
                TRACK if name == OVERALL and not bonus.next_if_ineligible else name, paid=bonus.next_if_ineligible
            )
            for name in names
        ]
        return any(race.order(bonus.contest, group).unlisted() == 1 for group in groups)
