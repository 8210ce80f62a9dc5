"""The points of one race: who gets how many, and what they are added up from."""

from collections.abc import Sequence
from fractions import Fraction
from math import lcm
from typing import NamedTuple

from racing.terms import Status
from standings.scoring.places import NO_PLACE, NOT_STARTED, Field, Used, first_in
from standings.scoring.results import Line, RaceResults
from standings.scoring.rules import Bonus, Decision, DecisionKind, Rules, Subject
from standings.scoring.scored import Part

ONE = Fraction(1)

Worth = tuple[Fraction, Fraction, int]


class _Points(dict[int, Fraction]):
    """Units -> points, each fraction made once."""

    def __init__(self, unit: int) -> None:
        self._unit = unit

    def __missing__(self, units: int) -> Fraction:
        found = self[units] = Fraction(units, self._unit)
        return found


class Units:
    """Points as whole numbers of the smallest unit that the rules can give: exact, and ten times as fast as fractions.

    `points[units]` gives them back as points.
    """

    def __init__(self, rules: Rules) -> None:
        """Find the smallest unit of these rules."""
        values = [points for scale in rules.scales.values() for points in (*scale.places, scale.tail)]
        values += [bonus.points for bonus in rules.bonuses]
        factors = lcm(*(factor.denominator for factor in rules.round_multiplier.values()))
        deltas = lcm(*(decision.points.denominator for decision in rules.decisions))
        self.unit = lcm(lcm(*(value.denominator for value in values)) * factors, deltas)
        self.points = _Points(self.unit)
        self._worths: dict[tuple[str, Fraction], list[Worth]] = {}
        self._scales = rules.scales

    def of(self, points: Fraction) -> int:
        """Give points in units."""
        return points.numerator * (self.unit // points.denominator)

    def worths(self, session: str, factor: Fraction) -> list[Worth]:
        """Give for each position of a session's scale, the last for all beyond: value, value times factor, that in units."""
        found = self._worths.get((session, factor))
        if found is None:
            scale = self._scales[session]
            worth = [(value, value * factor) for value in (*scale.places, scale.tail)]
            found = self._worths[session, factor] = [(value, points, self.of(points)) for value, points in worth]
        return found


class Score(NamedTuple):
    """What a car, or a subject with all its cars, earned in one race, in units; `points` counts the bonuses too."""

    points: int
    bonus: int
    parts: tuple[Part, ...]
    positions: tuple[int, ...]
    started: bool
    droppable: bool


def score_race(rules: Rules, units: Units, field: Field) -> dict[int, Score]:
    """Give what each subject of the championship earned in a race; who took part and earned nothing is there too."""
    cars = _cars(rules, units, field)
    if rules.subject is Subject.CREW:
        scores = {line.entry: car for line, car in cars}
    else:
        owned: dict[int, list[tuple[Line, Score]]] = {}
        for one in cars:
            for subject in _subjects(rules.subject, one[0]):
                owned.setdefault(subject, []).append(one)
        alone = rules.cars != 0
        scores = {
            subject: own[0][1] if alone and len(own) == 1 else _add_up(rules, own) for subject, own in owned.items()
        }
    for decision in rules.decisions:
        _decide(units, decision, field.race, scores)
    return scores


def _subjects(kind: Subject, line: Line) -> tuple[int, ...]:
    if kind is Subject.DRIVER:
        return line.drivers if len(line.drivers) < 2 else tuple(dict.fromkeys(line.drivers))
    return () if line.team is None else (line.team,)


def _cars(rules: Rules, units: Units, field: Field) -> list[tuple[Line, Score]]:
    """Score each car for itself."""
    race = field.race
    factor = rules.round_multiplier.get(race.number, ONE) if race.number is not None else ONE
    worths = units.worths(race.session, factor)
    beyond = len(worths) - 1
    bonuses = _bonuses(rules, factor, field)
    nothing = Score(0, 0, (), (), True, True)
    cars = []
    for line, used in field.lines:
        car = nothing
        if used is not None:
            position, why, ranking, road = used
            value, worth, points = worths[position - 1 if position <= beyond else beyond]
            part = Part("position", "race", ranking, position, why, value, factor, worth, line.entry, road)
            car = Score(points, 0, (part,), (position,), True, True)
        if line.entry in bonuses:
            parts = bonuses[line.entry]
            bonus = sum(units.of(part.points) for part in parts)
            car = car._replace(points=car.points + bonus, bonus=bonus, parts=car.parts + parts)
        if line.status is not None and line.status is not Status.FINISHED:
            droppable = line.status not in rules.not_droppable
            car = car._replace(started=line.status not in NOT_STARTED, droppable=droppable)
        cars.append((line, car))
    return cars


def _bonuses(rules: Rules, factor: Fraction, field: Field) -> dict[int, tuple[Part, ...]]:
    """Give the bonuses of each car that has any, by its entry."""
    found: dict[int, tuple[Part, ...]] = {}
    for bonus in rules.bonuses:
        times = factor if bonus.multiplied else ONE
        for line, used in field.lines:
            first = first_in(rules, bonus.contest, bonus.scope, line, field.others)
            if first is None or (first[1] == "next" and not bonus.next_if_ineligible) or not _meets(bonus, used):
                continue
            ranking, why = first
            part = Part("bonus", bonus.on, ranking, 1, why, bonus.points, times, bonus.points * times, line.entry)
            found[line.entry] = (*found.get(line.entry, ()), part)
    return found


def _meets(bonus: Bonus, used: Used | None) -> bool:
    """Tell whether a car's place in the race is such as the bonus asks for."""
    if used is None:
        return not bonus.classified and bonus.top is None
    return bonus.top is None or used.position <= bonus.top


def _add_up(rules: Rules, cars: Sequence[tuple[Line, Score]]) -> Score:
    """Add up the cars of one subject: the best so many score, and the bonuses of all or of those."""
    ordered = [car for _, car in sorted(cars, key=_best_first)]
    scoring = ordered if rules.cars is None else ordered[: rules.cars]
    others = [] if rules.cars is None or not rules.bonus_for_all_cars else ordered[rules.cars :]
    bonus = sum(car.bonus for car in (*scoring, *others))
    parts = [part for car in scoring for part in car.parts]
    parts += [part for car in others for part in car.parts if part.kind == "bonus"]
    return Score(
        sum(car.points for car in scoring) + sum(car.bonus for car in others),
        bonus,
        tuple(parts),
        tuple(position for car in scoring for position in car.positions),
        any(car.started for car in ordered),
        all(car.droppable for car in ordered),
    )


def _best_first(car: tuple[Line, Score]) -> tuple[int, int, int]:
    """Order cars by their points for position, then by the better position, then by their id."""
    line, score = car
    return score.bonus - score.points, score.positions[0] if score.positions else NO_PLACE, line.entry


def _decide(units: Units, decision: Decision, race: RaceResults, scores: dict[int, Score]) -> None:
    """Take away what a decision says is not earned in this race."""
    if decision.subject is None or decision.race != race.key or decision.subject not in scores:
        return
    score = scores[decision.subject]
    if decision.kind is DecisionKind.NO_POINTS:
        lost, bonus = score.points, 0
    elif decision.kind is DecisionKind.NO_BONUS:
        lost, bonus = score.bonus, 0
    else:
        return
    entry = score.parts[0].entry if score.parts else 0
    taken = -units.points[lost]
    part = Part("decision", decision.kind, "", None, decision.reason, taken, ONE, taken, entry)
    scores[decision.subject] = score._replace(points=score.points - lost, bonus=bonus, parts=(*score.parts, part))


def scores_here(rules: Rules, race: RaceResults) -> bool:
    """Tell whether a race belongs to the championship at all, by its session and round."""
    if race.session not in rules.scales:
        return False
    if rules.only_rounds and race.number not in rules.only_rounds:
        return False
    return race.number is None or race.number not in rules.exclude_rounds
