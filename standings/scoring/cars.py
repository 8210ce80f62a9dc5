"""The points of each car in a race, for its place or its status, and its bonuses."""

from collections.abc import Mapping
from fractions import Fraction

from racing.terms import OVERALL, Status
from standings.scoring.bonuses import Won, as_told, bonuses_of
from standings.scoring.earned import NO_PARTS, UNPAID
from standings.scoring.making import new
from standings.scoring.places import NOT_STARTED, Field
from standings.scoring.rules import DecisionKind, Rules, Scale
from standings.scoring.scored import Earned, Part, Score
from standings.scoring.units import ONE, UNPAID_RACE, Units

RAN = frozenset({None, Status.FINISHED})
#: By a name of its own: to look it up in its enumeration takes as long as all the rest of a test.
FINISHED = Status.FINISHED
ZERO = Fraction(0)
#: What a scale calls those who missed a race.
ABSENT = "absent"


def scale_of(rules: Rules, field: Field) -> str | None:
    """Give the name of the scale that a race is paid by, None where it pays nobody."""
    race = field.race
    for decision in rules.decisions:
        if decision.kind is DecisionKind.FORCE_SCALE and decision.race == race.key:
            return decision.scale
    rule = rules.scale_by
    if rule is None or (rule.session is not None and rule.session != race.session) or race.number in rule.full:
        return race.session
    number = _attribute(rule.attribute, field)
    if number is None:
        return race.session
    reached = [scale for start, scale in rule.steps if start <= number]
    return reached[-1] if reached else race.session


def _attribute(name: str, field: Field) -> Fraction | None:
    """Give a number of a race: its round, how many of the championship's own cars started, or what it is told to have."""
    race = field.race
    if name == "round":
        return None if race.number is None else Fraction(race.number)
    if name == "starters":
        return Fraction(sum(1 for line, _ in field.lines if line.status not in NOT_STARTED))
    return race.attributes.get(name)


def score_cars(
    rules: Rules, units: Units, field: Field, *, told: bool = True
) -> tuple[list[Earned], Mapping[int, tuple[Won, ...]]]:
    """Score each car of a field for itself, in their order, without the part of its place unless that is to be told.

    The bonuses are given once more one by one, by the entry that has any.
    """
    race = field.race
    factor = rules.round_multiplier.get(race.number, ONE) if race.number is not None else ONE
    name = scale_of(rules, field) if rules.scale_by is not None or rules.decisions else race.session
    # Where nobody is paid the places count all the same where places are counted.
    scale = UNPAID_RACE if name is None else rules.scales[name]
    paid = units.paid(name, factor).__getitem__
    rule = name or "none"
    won = bonuses_of(rules, units, factor, field) if rules.bonuses and name is not None else {}
    cars: list[Earned] = []
    for line, used in field.lines:
        entry, status = line.entry, line.status
        if used is not None:
            position, why, ranking, road = used
            value, worth, score = paid(position)
            parts = NO_PARTS
            if told:
                parts = (new(Part, ("position", rule, ranking, position, why, value, factor, worth, entry, road, 1)),)
            earned = score, parts
        elif scale.unplaced and status is not None:
            earned = _unplaced(rules, units, scale, rule, status, len(field.lines), entry, factor)
        else:
            earned = UNPAID
        if entry in won:
            earned = _with_bonuses(units, earned, won[entry])
        if status is not FINISHED and status is not None:
            earned = _with_status(rules, earned, status)
        cars.append(earned)
    return cars, won


def _with_status(rules: Rules, earned: Earned, status: Status) -> Earned:
    """Tell of a car that did not finish whether it started, and whether its score may be dropped."""
    score, parts = earned
    return score._replace(started=status not in NOT_STARTED, droppable=status not in rules.not_droppable), parts


def _with_bonuses(units: Units, earned: Earned, won: tuple[Won, ...]) -> Earned:
    score, parts = earned
    points = carry = 0
    for one in won:
        if one.carry:
            carry += units.of(one.part.points)
        else:
            points += units.of(one.part.points)
    score = Score(score.points + points, points, score.positions, carry=carry)
    return score, (*parts, *map(as_told, won))


def _unplaced(
    rules: Rules, units: Units, scale: Scale, name: str, status: str, cars: int, entry: int, factor: Fraction
) -> Earned:
    """Pay for a status instead of a place."""
    rule = scale.unplaced.get(str(status))
    if rule is None:
        return UNPAID
    value = rule.points + ((rules.entries or cars) if rule.of_entries else 0)
    worth = units.times(value, factor)
    part = Part("position", name, OVERALL, None, str(status), value, factor, worth, entry)
    return Score(units.of(worth)), (part,)


def absent_score(rules: Rules, units: Units, field: Field) -> Earned | None:
    """Give the score of who missed a race, None where that is none."""
    name = scale_of(rules, field)
    if name is None or ABSENT not in rules.scales[name].unplaced:
        return None
    score, parts = _unplaced(rules, units, rules.scales[name], name, ABSENT, len(field.lines), 0, ONE)
    return score._replace(started=False), parts
