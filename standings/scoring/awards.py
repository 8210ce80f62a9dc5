"""The points of one race: who gets how many, and what they are added up from."""

from collections.abc import Mapping, Sequence
from functools import partial
from operator import attrgetter

from standings.scoring.bonuses import CARRIED, Won
from standings.scoring.cars import ZERO, score_cars
from standings.scoring.earned import NO_PARTS, NOTHING, Own
from standings.scoring.places import NO_PLACE, Field, drivers_of, owners_of
from standings.scoring.results import RaceResults
from standings.scoring.rules import Decision, DecisionKind, Rules
from standings.scoring.scored import Earned, Part, Score
from standings.scoring.sharing import for_subject, is_plain
from standings.scoring.units import ONE, Units

#: The kinds of part that are a bonus, counted now or later.
BONUSES = frozenset({"bonus", CARRIED})
#: Decisions that are followed before points are added up.
ONLY_TOLD = frozenset({DecisionKind.NOT_A_SHARER, DecisionKind.NO_FASTEST_LAP, DecisionKind.FORCE_SCALE})
#: The bonuses of a race by the entries that have any.
Bonuses = Mapping[int, tuple[Won, ...]]
_DRIVERS = attrgetter("drivers")


def score_race(rules: Rules, units: Units, field: Field, *, told: bool = True) -> dict[int, Earned]:
    """Give what each subject of the championship earned in a race; who took part and earned nothing is there too.

    What it was added up from may lack parts where nobody is told.
    """
    race = field.race
    plain = is_plain(rules, race)
    # A car that is shared otherwise is by its parts.
    cars, won = score_cars(rules, units, field, told=told or not plain)
    earned = _one_car_each(rules, field, cars, won) if plain else None
    if earned is None:
        earned = _of_cars(rules, units, field, cars, won, plain)
    if not race.tags.isdisjoint(rules.not_droppable):
        earned = {subject: (score._replace(droppable=False), parts) for subject, (score, parts) in earned.items()}
    for decision in rules.decisions:
        _decide(units, decision, race, earned)
    return earned


def _one_car_each(rules: Rules, field: Field, cars: Sequence[Earned], won: Bonuses) -> dict[int, Earned] | None:
    """Give the scores where each subject simply has that of its car, as is the rule; None where it is not so."""
    if rules.cars == 0 or rules.cars_nominated or any(map(_is_of_drivers, won.values())):
        return None
    owners = owners_of(rules)
    if owners is drivers_of:
        # A driver whom a car has twice is found below.
        owners = _DRIVERS
    owned = [owners(line) for line, _ in field.lines]
    earned = {subject: own for own, subjects in zip(cars, owned, strict=True) for subject in subjects}
    return earned if len(earned) == sum(map(len, owned)) else None


def _is_of_drivers(won: Sequence[Won]) -> bool:
    """Tell whether any of a car's bonuses is not of all its drivers."""
    return any(one.drivers for one in won)


def _of_cars(
    rules: Rules, units: Units, field: Field, cars: Sequence[Earned], won: Bonuses, plain: bool
) -> dict[int, Earned]:
    """Give the scores of subjects that share cars, or have several."""
    owned: dict[int, list[Own]] = {}
    owners = owners_of(rules)
    for (line, _), of_all in zip(field.lines, cars, strict=True):
        bonuses = won.get(line.entry, ())
        simple = plain and not _is_of_drivers(bonuses)
        for subject in owners(line):
            own = of_all if simple else for_subject(rules, units, field.race, (line, of_all), bonuses, subject)
            if own is not None:
                owned.setdefault(subject, []).append((line, own))
    alone = rules.cars != 0 and not rules.cars_nominated
    return {subject: own[0][1] if alone and len(own) == 1 else _add_up(rules, own) for subject, own in owned.items()}


def _add_up(rules: Rules, cars: Sequence[Own]) -> Earned:
    """Add up the cars of one subject: the best so many score, and the bonuses of all or of those."""
    ordered = sorted(cars, key=partial(_order, rules))
    scoring, others = ordered, []
    if rules.cars_nominated:
        scoring = [one for one in ordered if one[0].nominated]
        others = [one for one in ordered if not one[0].nominated]
    if rules.cars is not None:
        scoring, others = scoring[: rules.cars], scoring[rules.cars :] + others
    paid = others if rules.bonus_for_all_cars else []
    parts = [part for _, (_, own) in scoring for part in own]
    parts += [part for _, (_, own) in paid for part in own if part.kind in BONUSES]
    best, rest = [score for _, (score, _) in scoring], [score for _, (score, _) in paid]
    score = Score(
        sum(score.points for score in best) + sum(score.bonus for score in rest),
        sum(score.bonus for score in (*best, *rest)),
        tuple([position for score in best for position in score.positions]),
        any(score.started for _, (score, _) in ordered),
        all(score.droppable for _, (score, _) in ordered),
        sum(score.carry for score in (*best, *rest)),
        tuple([position for _, (score, _) in others for position in score.positions]),
    )
    return score, tuple(parts)


def _order(rules: Rules, car: Own) -> tuple[bool, int, int, int]:
    """Order cars, those first that were nominated, by their points for position, then by the better position, then by id."""
    line, (score, _) = car
    points = score.points - score.bonus
    place = score.positions[0] if score.positions else NO_PLACE
    return rules.cars_nominated and not line.nominated, points if rules.low else -points, place, line.entry


def _decide(units: Units, decision: Decision, race: RaceResults, earned: dict[int, Earned]) -> None:
    """Change what a subject earned in this race as a decision says."""
    if decision.race != race.key:
        return
    if decision.kind in ONLY_TOLD:
        _tell(decision, earned)
    if decision.subject is None or decision.subject not in earned:
        return
    score, parts = earned[decision.subject]
    points, bonus = score.points, 0
    if decision.kind is DecisionKind.NO_POINTS and decision.position is None and decision.entry is None:
        points = 0
    elif decision.kind is DecisionKind.NO_BONUS:
        points -= score.bonus
    elif decision.kind is DecisionKind.SET_POINTS:
        points = units.of(decision.points)
    else:
        return
    entry = parts[0].entry if parts else 0
    change = units.points[points - score.points]
    part = Part("decision", str(decision.kind), "", None, decision.reason, change, ONE, change, entry)
    earned[decision.subject] = score._replace(points=points, bonus=bonus), (*parts, part)


def _tell(decision: Decision, earned: dict[int, Earned]) -> None:
    """Note a decision that the points follow already with whom it concerns; who then has nothing else has this reason."""
    concerned = list(earned) if decision.subject is None else [decision.subject]
    for subject in concerned:
        score, parts = earned.get(subject, (NOTHING, NO_PARTS))
        entry = decision.entry or (parts[0].entry if parts else 0)
        position = decision.position
        part = Part("decision", str(decision.kind), "", position, decision.reason, ZERO, ONE, ZERO, entry)
        earned[subject] = score, (*parts, part)


def scores_here(rules: Rules, race: RaceResults) -> bool:
    """Tell whether a race belongs to the championship at all, by its session and round."""
    if not rules.scores(race.session):
        return False
    if rules.only_rounds and race.number not in rules.only_rounds:
        return False
    return race.number is None or race.number not in rules.exclude_rounds
