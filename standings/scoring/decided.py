"""What was decided of a subject's points in a race that is partly known: how it changes each way in which it may have ended."""

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from standings.scoring.earnings import Earned, Range
from standings.scoring.open_cars import Car
from standings.scoring.open_race import OpenRace
from standings.scoring.option import Option
from standings.scoring.rules import Decision, DecisionKind
from standings.scoring.units import Units

#: Decisions that change what was added up, one after the other.
OF_ALL = frozenset({DecisionKind.NO_POINTS, DecisionKind.NO_BONUS, DecisionKind.SET_POINTS})
#: Decisions that tell of a subject, who then was there, whether or not it took part.
TELLING = frozenset({DecisionKind.NO_FASTEST_LAP, DecisionKind.NOT_A_SHARER})


class Decided(NamedTuple):
    """The decisions on one subject in a race: on all that it earned, and on single results.

    `if_absent` are those of the first that are followed where it took no part; None: it has no score then.
    """

    units: Units
    of_all: tuple[Decision, ...]
    of_one: tuple[Decision, ...]
    if_absent: tuple[Decision, ...] | None

    def changed(self, found: Range) -> Range:
        """Give what is left of what a subject earned."""
        return Range(self._left(found.least), self._left(found.most))

    def _left(self, earned: Earned) -> Earned:
        decisions = self.of_all
        if not earned.present:
            if self.if_absent is None:
                return earned
            earned, decisions = Earned(0), self.if_absent
        points, bonus = earned.points, earned.bonus
        for decision in decisions:
            if decision.kind is DecisionKind.NO_BONUS:
                points -= bonus
            else:
                points = self.units.of(decision.points) if decision.kind is DecisionKind.SET_POINTS else 0
            bonus = 0
        return earned._replace(points=points, bonus=bonus)

    def bounded(self, found: Range) -> Range:
        """Bound what is left of what was bounded itself: no decision gives points but one that sets them."""
        given = [self.units.of(one.points) for one in self.of_all if one.kind is DecisionKind.SET_POINTS]
        least, most = found
        return Range(
            least._replace(points=min(least.points, 0, *given), bonus=0),
            most._replace(points=max(most.points, 0, *given)),
        )

    def options(self, car: Car, options: Sequence[Option]) -> list[Option]:
        """Give the ways in which a race may have ended for a car of the subject with what is left of each."""
        found = list(options)
        for decision in self.of_one:
            if decision.entry not in (None, car.line.entry):
                continue
            if not _is_followed(decision, car):
                found = [both for one in found for both in (one, _without(decision, one))]
            else:
                found = [_without(decision, one) if decision.position in (None, one.place) else one for one in found]
        return found


class Decisions:
    """The decisions on single subjects in a race."""

    def __init__(self, race: OpenRace, units: Units) -> None:
        self._race = race
        told: dict[int, list[Decision]] = defaultdict(list)
        for decision in race.rules.decisions:
            if decision.race == race.race.key and decision.subject is not None:
                told[decision.subject].append(decision)
        self._of = {subject: _decided(units, decisions) for subject, decisions in told.items()}

    def __len__(self) -> int:
        return len(self._of)

    def __contains__(self, subject: int) -> bool:
        return subject in self._of

    def of(self, subject: int, cars: Sequence[Car]) -> Decided | None:
        """Give what was decided of a subject who had these cars, None for nothing; note whether it is followed to its end."""
        found = self._of.get(subject)
        if found is None:
            return None
        self._race.followed = self._race.followed and all(
            _is_followed(one, car) for one in found.of_one for car in cars
        )
        return found

    def bounded(self, subject: int, found: Range) -> Range:
        """Bound what is left where few points are good; or give it of somebody who surely took no part."""
        decided = self._of.get(subject)
        if decided is None:
            return found
        if self._race.rules.low:
            # Who missed the race has what that costs, whatever was decided.
            self._race.followed = False
            return decided.bounded(found)
        return decided.changed(found)


def _decided(units: Units, decisions: Sequence[Decision]) -> Decided:
    of_one = tuple([one for one in decisions if one.kind is DecisionKind.NOT_A_SHARER or is_of_one_result(one)])
    of_all = tuple([one for one in decisions if one.kind in OF_ALL and one not in of_one])
    # Who is told of has a score from then on, of nothing if nothing else.
    told = next((at for at, one in enumerate(decisions) if one.kind in TELLING), None)
    if_absent = None if told is None else tuple([one for one in decisions[told:] if one in of_all])
    return Decided(units, of_all, of_one, if_absent)


def is_of_one_result(decision: Decision) -> bool:
    """Tell whether points are taken of one of a subject's results, not of all."""
    return decision.kind is DecisionKind.NO_POINTS and (decision.position is not None or decision.entry is not None)


def _is_followed(decision: Decision, car: Car) -> bool:
    """Tell whether it is known that a result of a car is one that is meant, or that it is none."""
    if decision.entry not in (None, car.line.entry):
        return True
    if decision.kind is DecisionKind.NOT_A_SHARER and (len(set(car.line.drivers)) < 2 or car.line.drive):
        return False
    return decision.position is None or car.span is None or car.span.fixed


def _without(decision: Decision, option: Option) -> Option:
    """Give what is left where nothing is paid for a place; who did not share the car has no bonuses either."""
    if decision.kind is DecisionKind.NO_POINTS:
        return option._replace(points=0)
    return option._replace(points=0, least_bonus=0, most_bonus=0, only=(0,) * len(option.only), droppable=True)
