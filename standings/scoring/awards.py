"""The points of one race: who gets how many, and what they are added up from."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from math import lcm
from typing import NamedTuple

from standings.scoring.places import NOT_STARTED, first_in, paid, place_in_race
from standings.scoring.results import Line, RaceResults
from standings.scoring.rules import Decision, DecisionKind, Rules, Scale, Subject
from standings.scoring.scored import Part

ONE = Fraction(1)
NOTHING = Fraction(0)


class Units:
    """Points as whole numbers of the smallest unit that the rules can give: exact, and ten times as fast as fractions."""

    def __init__(self, rules: Rules) -> None:
        """Find the smallest unit of these rules."""
        values = [points for scale in rules.scales.values() for points in (*scale.places, scale.tail)]
        values += [bonus.points for bonus in rules.bonuses]
        factors = lcm(*(factor.denominator for factor in rules.round_multiplier.values()))
        deltas = lcm(*(decision.points.denominator for decision in rules.decisions))
        self.unit = lcm(lcm(*(value.denominator for value in values)) * factors, deltas)
        self._points: dict[int, Fraction] = {}

    def of(self, points: Fraction) -> int:
        """Give points in units."""
        return points.numerator * (self.unit // points.denominator)

    def points(self, units: int) -> Fraction:
        """Give units as points."""
        found = self._points.get(units)
        if found is None:
            found = self._points[units] = Fraction(units, self.unit)
        return found


class Earned(NamedTuple):
    """What one car earned in one race, in units; `points` without the bonuses."""

    line: Line
    position: int | None
    points: int
    bonus: int
    parts: tuple[Part, ...]
    bonus_parts: tuple[Part, ...]


class Score(NamedTuple):
    """What one subject earned in one race, in units; `points` counts the bonuses too."""

    points: int
    bonus: int
    parts: tuple[Part, ...]
    positions: tuple[int, ...]
    started: bool
    droppable: bool


def score_race(rules: Rules, units: Units, race: RaceResults) -> dict[int, Score]:
    """Give what each subject of the championship earned in a race; who took part and earned nothing is there too."""
    lines, others = paid(rules, race.lines)
    scale = rules.scales[race.session]
    factor = rules.round_multiplier.get(race.number, ONE) if race.number is not None else ONE
    earned = [_earn(rules, units, scale, factor, line, others) for line in lines]
    if rules.subject is Subject.CREW:
        scores = {one.line.entry: _add_up(rules, (one,)) for one in earned}
    else:
        by_subject: dict[int, list[Earned]] = {}
        for one in earned:
            for subject in _subjects(rules.subject, one.line):
                by_subject.setdefault(subject, []).append(one)
        scores = {subject: _add_up(rules, cars) for subject, cars in by_subject.items()}
    for decision in rules.decisions:
        _decide(units, decision, race, scores)
    return scores


def _subjects(kind: Subject, line: Line) -> Iterable[int]:
    if kind is Subject.DRIVER:
        return dict.fromkeys(line.drivers)
    return () if line.team is None else (line.team,)


def _earn(rules: Rules, units: Units, scale: Scale, factor: Fraction, line: Line, others: Sequence[Line]) -> Earned:
    parts: tuple[Part, ...] = ()
    used = place_in_race(rules, line, others)
    position, points = None, 0
    if used is not None:
        position = used.position
        value = scale.places[position - 1] if position <= len(scale.places) else scale.tail
        worth = value if factor is ONE else value * factor
        points = units.of(worth)
        part = Part("position", "race", used.ranking, position, used.why, value, factor, worth, line.entry, used.road)
        parts = (part,)
    bonus_parts = tuple(_bonus_parts(rules, factor, line, position, others)) if rules.bonuses and line.places else ()
    bonus = sum(units.of(part.points) for part in bonus_parts)
    return Earned(line, position, points, bonus, parts, bonus_parts)


def _bonus_parts(
    rules: Rules, factor: Fraction, line: Line, position: int | None, others: Sequence[Line]
) -> Iterable[Part]:
    for bonus in rules.bonuses:
        if bonus.classified and position is None:
            continue
        if bonus.top is not None and (position is None or position > bonus.top):
            continue
        found = first_in(rules, bonus.contest, bonus.scope, line, others)
        if found is None or (found[1] == "next" and not bonus.next_if_ineligible):
            continue
        ranking, why = found
        times = factor if bonus.multiplied else ONE
        yield Part("bonus", bonus.on, ranking, 1, why, bonus.points, times, bonus.points * times, line.entry)


def _add_up(rules: Rules, cars: Sequence[Earned]) -> Score:
    """Add up the cars of one subject: the best so many score, and the bonuses of all or of those."""
    if len(cars) > 1:
        cars = sorted(cars, key=_best_first)
    scoring = cars if rules.cars is None else cars[: rules.cars]
    with_bonus = cars if rules.bonus_for_all_cars else scoring
    bonus = sum(car.bonus for car in with_bonus)
    parts: tuple[Part, ...] = ()
    for car in scoring:
        parts += car.parts
    for car in with_bonus:
        parts += car.bonus_parts
    return Score(
        sum(car.points for car in scoring) + bonus,
        bonus,
        parts,
        tuple(car.position for car in scoring if car.position is not None),
        any(car.line.status not in NOT_STARTED for car in cars),
        not rules.not_droppable or all(car.line.status not in rules.not_droppable for car in cars),
    )


def _best_first(car: Earned) -> tuple[int, int, int]:
    return -car.points, car.position or 10**6, car.line.entry


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
    taken = -units.points(lost)
    part = Part("decision", decision.kind, "", None, decision.reason, taken, ONE, taken, entry)
    scores[decision.subject] = score._replace(points=score.points - lost, bonus=bonus, parts=(*score.parts, part))


def scores_here(rules: Rules, race: RaceResults) -> bool:
    """Tell whether a race belongs to the championship at all, by its session and round."""
    if race.session not in rules.scales:
        return False
    if rules.only_rounds and race.number not in rules.only_rounds:
        return False
    return race.number is None or race.number not in rules.exclude_rounds
