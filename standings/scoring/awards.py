"""The points of one race: who gets how many, and what they are added up from."""

from collections.abc import Sequence

from standings.scoring.cars import NOTHING, ZERO, Car, Score, score_cars
from standings.scoring.places import NO_PLACE, Field, subjects_of
from standings.scoring.results import Line, RaceResults
from standings.scoring.rules import Decision, DecisionKind, Rules, Subject
from standings.scoring.scored import Part
from standings.scoring.sharing import for_subject, is_plain
from standings.scoring.units import ONE, Units

Own = tuple[Line, Score]
#: Decisions that are followed before points are added up.
ONLY_TOLD = frozenset({DecisionKind.NOT_A_SHARER, DecisionKind.NO_FASTEST_LAP, DecisionKind.FORCE_SCALE})


def score_race(rules: Rules, units: Units, field: Field) -> dict[int, Score]:
    """Give what each subject of the championship earned in a race; who took part and earned nothing is there too."""
    race = field.race
    cars = score_cars(rules, units, field)
    plain = is_plain(rules, race)
    if rules.subject is Subject.CREW and plain:
        scores = {car.line.entry: car.score for car in cars}
    else:
        owned = _owned(rules, units, race, cars, plain)
        alone = rules.cars != 0 and not rules.cars_nominated
        scores = {
            subject: own[0][1] if alone and len(own) == 1 else _add_up(rules, own) for subject, own in owned.items()
        }
    if not race.tags.isdisjoint(rules.not_droppable):
        scores = {subject: score._replace(droppable=False) for subject, score in scores.items()}
    for decision in rules.decisions:
        _decide(units, decision, race, scores)
    return scores


def _owned(rules: Rules, units: Units, race: RaceResults, cars: Sequence[Car], plain: bool) -> dict[int, list[Own]]:
    """Give the cars of each subject with what it earned with each."""
    owned: dict[int, list[Own]] = {}
    for car in cars:
        line, score, won = car
        simple = plain and (not won or not any(one.drivers for one in won))
        for subject in subjects_of(rules.subject, line):
            own = score if simple else for_subject(rules, units, race, car, subject)
            if own is not None:
                owned.setdefault(subject, []).append((line, own))
    return owned


def _add_up(rules: Rules, cars: Sequence[Own]) -> Score:
    """Add up the cars of one subject: the best so many score, and the bonuses of all or of those."""
    ordered = sorted(cars, key=_nominated_first if rules.cars_nominated else _best_first)
    scoring, others = ordered, []
    if rules.cars_nominated:
        scoring = [one for one in ordered if one[0].nominated]
        others = [one for one in ordered if not one[0].nominated]
    if rules.cars is not None:
        scoring, others = scoring[: rules.cars], scoring[rules.cars :] + others
    best, rest = [score for _, score in scoring], [score for _, score in others]
    paid = rest if rules.bonus_for_all_cars else []
    parts = [part for score in best for part in score.parts]
    parts += [part for score in paid for part in score.parts if part.kind == "bonus"]
    return Score(
        sum(score.points for score in best) + sum(score.bonus for score in paid),
        sum(score.bonus for score in (*best, *paid)),
        tuple(parts),
        tuple(position for score in best for position in score.positions),
        any(score.started for _, score in ordered),
        all(score.droppable for _, score in ordered),
        sum(score.carry for score in (*best, *paid)),
        tuple(position for score in rest for position in score.positions),
    )


def _best_first(car: Own) -> tuple[int, int, int]:
    """Order cars by their points for position, then by the better position, then by their id."""
    line, score = car
    return score.bonus - score.points, score.positions[0] if score.positions else NO_PLACE, line.entry


def _nominated_first(car: Own) -> tuple[bool, int, int, int]:
    return (not car[0].nominated, *_best_first(car))


def _decide(units: Units, decision: Decision, race: RaceResults, scores: dict[int, Score]) -> None:
    """Change what a subject earned in this race as a decision says."""
    if decision.race != race.key:
        return
    if decision.kind in ONLY_TOLD:
        _tell(decision, scores)
    if decision.subject is None or decision.subject not in scores:
        return
    score = scores[decision.subject]
    points, bonus = score.points, 0
    if decision.kind is DecisionKind.NO_POINTS and decision.position is None and decision.entry is None:
        points = 0
    elif decision.kind is DecisionKind.NO_BONUS:
        points -= score.bonus
    elif decision.kind is DecisionKind.SET_POINTS:
        points = units.of(decision.points)
    else:
        return
    entry = score.parts[0].entry if score.parts else 0
    change = units.points[points - score.points]
    part = Part("decision", str(decision.kind), "", None, decision.reason, change, ONE, change, entry)
    scores[decision.subject] = score._replace(points=points, bonus=bonus, parts=(*score.parts, part))


def _tell(decision: Decision, scores: dict[int, Score]) -> None:
    """Note a decision that the points follow already with whom it concerns; who then has nothing else has this reason."""
    concerned = list(scores) if decision.subject is None else [decision.subject]
    for subject in concerned:
        score = scores.get(subject, NOTHING)
        entry = decision.entry or (score.parts[0].entry if score.parts else 0)
        position = decision.position
        part = Part("decision", str(decision.kind), "", position, decision.reason, ZERO, ONE, ZERO, entry)
        scores[subject] = score._replace(parts=(*score.parts, part))


def scores_here(rules: Rules, race: RaceResults) -> bool:
    """Tell whether a race belongs to the championship at all, by its session and round."""
    if not rules.scores(race.session):
        return False
    if rules.only_rounds and race.number not in rules.only_rounds:
        return False
    return race.number is None or race.number not in rules.exclude_rounds
