"""A car's score to that of one subject: drivers who share a car, time at the wheel, decisions on one result."""

from standings.scoring.bonuses import Won, as_told
from standings.scoring.cars import ZERO
from standings.scoring.earned import Own
from standings.scoring.places import drivers_of
from standings.scoring.results import Line, RaceResults
from standings.scoring.rules import Decision, DecisionKind, MinDrive, Rules, Shared, Subject
from standings.scoring.scored import Earned, Part, Parts, Score
from standings.scoring.units import ONE, Units, share

#: Why the place of a car that drivers shared is not paid.
NOBODY = "shared"
#: The rule that is told of who was too short a time at the wheel.
TOO_SHORT = "min_drive"
#: Each subject of a car has all that the car earned.
ALL_OF_IT = frozenset({Shared.EACH, Shared.FULL})
#: Decisions that concern one of a subject's results, not all of them.
OF_ONE_RESULT = frozenset({DecisionKind.NO_POINTS, DecisionKind.NOT_A_SHARER})


def is_plain(rules: Rules, race: RaceResults) -> bool:
    """Tell whether each of a car's subjects simply has the car's score; saves looking at each."""
    if rules.shared not in ALL_OF_IT:
        return False
    return rules.min_drive is None and not any(_of_one_result(decision, race) for decision in rules.decisions)


def _of_one_result(decision: Decision, race: RaceResults) -> bool:
    if decision.race != race.key or decision.kind not in OF_ONE_RESULT:
        return False
    return decision.kind is DecisionKind.NOT_A_SHARER or decision.position is not None or decision.entry is not None


def for_subject(
    rules: Rules, units: Units, race: RaceResults, car: Own, won: tuple[Won, ...], subject: int
) -> Earned | None:
    """Give what one subject of a car earned with it, of its bonuses too; None who was not one of those who are paid."""
    line, (score, parts) = car
    if len(line.drivers) > 1 or won or rules.min_drive is not None:
        shared = _shared(rules, units, race, car, won, subject)
        if shared is None:
            return None
        score, parts = shared
    for decision in rules.decisions:
        if (
            decision.subject == subject
            and decision.kind is DecisionKind.NO_POINTS
            and _of_one_result(decision, race)
            and _is_meant(decision, line, score)
        ):
            score, parts = _without(units, score, parts, decision, line.entry)
    return score, parts


def _is_meant(decision: Decision, line: Line, score: Score) -> bool:
    if decision.entry is not None and decision.entry != line.entry:
        return False
    return decision.position is None or decision.position in score.positions


def _without(units: Units, score: Score, parts: Parts, decision: Decision, entry: int) -> Earned:
    """Take away a result's points, and leave its place in the countback."""
    taken = -units.points[score.points - score.bonus]
    part = Part("decision", str(decision.kind), "", decision.position, decision.reason, taken, ONE, taken, entry)
    return score._replace(points=score.bonus), (*parts, part)


def _shared(
    rules: Rules, units: Units, race: RaceResults, car: Own, bonuses: tuple[Won, ...], subject: int
) -> Earned | None:
    line, (score, parts) = car
    sharers = [driver for driver in drivers_of(line) if _is_sharer(rules, race, car, driver)]
    if rules.subject is Subject.DRIVER and subject not in sharers:
        if rules.min_drive is None or _drove_enough(rules.min_drive, line, subject):
            return None
        # Who drove too little was there all the same, and is told why nothing came of it.
        part = Part("decision", TOO_SHORT, "", None, "", ZERO, ONE, ZERO, line.entry)
        return score._replace(points=0, bonus=0, positions=(), carry=0), (part,)
    own = [part for part in parts if part.kind == "position"]
    points = score.points - score.bonus
    if len(line.drivers) > 1 and rules.shared is Shared.NONE:
        own = [part._replace(points=ZERO, factor=ZERO, why=NOBODY if part.position else part.why) for part in own]
        points = 0
    elif rules.subject is Subject.DRIVER and rules.shared is Shared.SPLIT and len(sharers) > 1:
        own = [part._replace(points=share(part.points, len(sharers)), share=len(sharers)) for part in own]
        points = sum(units.of(part.points) for part in own)
    won = [one for one in bonuses if not one.drivers or subject in one.drivers]
    bonus = sum(units.of(one.part.points) for one in won if not one.carry)
    carry = sum(units.of(one.part.points) for one in won if one.carry)
    score = score._replace(points=points + bonus, bonus=bonus, carry=carry)
    return score, (*own, *map(as_told, won))


def _is_sharer(rules: Rules, race: RaceResults, car: Own, driver: int) -> bool:
    line, (score, _) = car
    if rules.min_drive is not None and not _drove_enough(rules.min_drive, line, driver):
        return False
    return not any(
        decision.kind is DecisionKind.NOT_A_SHARER
        and decision.race == race.key
        and decision.subject == driver
        and _is_meant(decision, line, score)
        for decision in rules.decisions
    )


def _drove_enough(rule: MinDrive, line: Line, driver: int) -> bool:
    """Tell whether a driver was long enough at the wheel; whose time is not known was."""
    minutes = line.drive.get(driver)
    if minutes is None:
        return True
    if rule.minutes is not None and minutes < rule.minutes:
        return False
    return rule.share is None or minutes >= rule.share * sum(line.drive.values())
