"""The chain of tie-breaks: what is compared between subjects level on points, and which step told two of them apart."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from standings.scoring.making import new
from standings.scoring.places import NO_PLACE
from standings.scoring.points import format_points
from standings.scoring.results import RaceResults
from standings.scoring.rules import DecisionKind, Rules, TieBreak, TieStep
from standings.scoring.scored import Tie
from standings.scoring.tally import Tally

#: What is compared of a subject, step by step of the chain; less is ahead.
Key = list[list[Any]]
Result = tuple[int, int]
#: A place, of which the one ahead has more, and how many each of the two has.
Difference = tuple[int, int, int]
COUNTBACK = TieBreak.COUNTBACK
PLAIN = (TieStep(COUNTBACK),)
#: What is told where no step decides.
SHARED = "shared"


def keys_of(rules: Rules, group: Sequence[Tally], held: Sequence[RaceResults]) -> list[Key]:
    """Give what is compared of each of those who are level; `held` are the races so far."""
    return [[_step_key(rules, step, tally, group, held) for step in rules.tiebreak] for tally in group]


def decided(
    rules: Rules, points: Mapping[int, Fraction], held: Sequence[RaceResults], mine: Key, theirs: Key, other: int
) -> Tie:
    """Say which step of the chain tells a subject from the `other`; `points` are those of units."""
    for index, step in enumerate(rules.tiebreak):
        own, others = mine[index], theirs[index]
        if own != others:
            if step.by is COUNTBACK:
                ahead = own < others
                return by_countback(apart(own, others) if ahead else apart(others, own), other, ahead=ahead)
            figures = _figures(rules, step, points, held, own, others)
            return Tie(str(step.by), other, own < others, **figures)
    return Tie(SHARED, other, ahead=False)


def _figures(
    rules: Rules,
    step: TieStep,
    points: Mapping[int, Fraction],
    held: Sequence[RaceResults],
    own: list[Any],
    others: list[Any],
) -> dict[str, Any]:
    """Give what the two differ in first; nothing where one has only more of the same."""
    first = next(((a, b) for a, b in zip(own, others, strict=False) if a != b), None)
    if first is None or step.by is TieBreak.DECISION:
        return {}
    if step.by in (TieBreak.FIRST_ACHIEVED, TieBreak.LAST_ACHIEVED):
        place, index = min(first)
        return {"place": place, "race": held[abs(index)].key}
    mine, theirs = first if rules.low and step.by is not TieBreak.HEAD_TO_HEAD else (-first[0], -first[1])
    if step.by is TieBreak.HEAD_TO_HEAD:
        return {"mine": mine, "theirs": theirs}
    return {"mine": format_points(points[mine]), "theirs": format_points(points[theirs])}


def apart(ahead: list[int], behind: list[int]) -> Difference | None:
    """Tell of which place the one ahead has more by a countback: the better one of the first two places that differ."""
    if ahead == behind:
        return None
    index = 0
    while ahead[index] == behind[index]:
        index += 1
    place = ahead[index]
    # Both are ascending: all that the one behind has of this place stands before the first difference. Mostly there is one.
    mine, theirs = 1, 0
    while ahead[index + mine] == place:
        mine += 1
    while theirs < index and ahead[index - theirs - 1] == place:
        theirs += 1
    return place, mine + theirs, theirs


def by_countback(difference: Difference | None, other: int, *, ahead: bool) -> Tie:
    """Give a difference as it is told of one of the two: the one ahead, or else the one behind."""
    if difference is None:
        return Tie(SHARED, other, ahead=False)
    place, mine, theirs = difference
    return new(Tie, ("countback", other, ahead, place, *((mine, theirs) if ahead else (theirs, mine)), None))


def _step_key(
    rules: Rules, step: TieStep, tally: Tally, group: Sequence[Tally], held: Sequence[RaceResults]
) -> list[Any]:
    if step.by is COUNTBACK:
        return _places(rules, step, tally, held)
    if step.by is TieBreak.FIRST_ACHIEVED:
        return sorted(_results(step, tally, held))
    if step.by is TieBreak.LAST_ACHIEVED:
        return sorted((place, -index) for place, index in _results(step, tally, held))
    if step.by is TieBreak.BEST_SCORES:
        _, scores = tally.counted()
        return sorted(_worth(rules, one.points) for index, one in enumerate(scores) if index not in tally.dropped)
    if step.by is TieBreak.LAST_RACE:
        scores_of = [dict(zip(*other.counted(), strict=True)) for other in (tally, *group)]
        last_first = sorted(set().union(*scores_of), reverse=True)
        own = scores_of[0]
        return [_worth(rules, own[number].points) if number in own else 0 for number in last_first]
    if step.by is TieBreak.HEAD_TO_HEAD:
        return [-_beaten(step, tally, group, held)]
    return [_decided_order(rules, tally.subject, held)]


def _worth(rules: Rules, points: int) -> int:
    """Give points so that less is better."""
    return points if rules.low else -points


def _places(rules: Rules, step: TieStep, tally: Tally, held: Sequence[RaceResults]) -> list[int]:
    """Give the places of a countback, as `Tally.places`: who has one result more is ahead."""
    places = tally.places
    if step.sessions or step.cars is not None or (step.kept and tally.dropped):
        dropped = tally.dropped_races if step.kept else ()
        places = sorted(place for place, index in _results(step, tally, held) if held[index].key not in dropped)
        places.append(NO_PLACE)
    if step.scoring:
        paid = max(len(scale.places) for scale in rules.scales.values())
        places = [place for place in places if place <= paid or place == NO_PLACE]
    return places


def _results(step: TieStep, tally: Tally, held: Sequence[RaceResults]) -> list[Result]:
    """Give the results that a step looks at: (place, index of the race), in the order of the races."""
    scores = list(zip(tally.indexes, tally.scores, strict=True))
    results = [(place, index) for index, score in scores for place in score.positions]
    if step.cars == 0:
        results += [(place, index) for index, score in scores for place in score.spare]
    if step.sessions:
        results = [one for one in results if held[one[1]].session in step.sessions]
    if step.cars == 1:
        best: dict[int, int] = {}
        for place, index in results:
            best[index] = min(place, best.get(index, place))
        results = [(place, index) for index, place in best.items()]
    return results


def _beaten(step: TieStep, tally: Tally, group: Sequence[Tally], held: Sequence[RaceResults]) -> int:
    """Count how often a subject was ahead of others of the group where both were placed, less how often it was behind."""
    own = _best_by_race(step, tally, held)
    balance = 0
    for other in group:
        theirs = _best_by_race(step, other, held)
        for index in own.keys() & theirs.keys():
            balance += (own[index] < theirs[index]) - (own[index] > theirs[index])
    return balance


def _best_by_race(step: TieStep, tally: Tally, held: Sequence[RaceResults]) -> dict[int, int]:
    best: dict[int, int] = {}
    for place, index in _results(step, tally, held):
        best[index] = min(place, best.get(index, place))
    return best


def _decided_order(rules: Rules, subject: int, held: Sequence[RaceResults]) -> int:
    for decision in rules.decisions:
        since = decision.race is None or any(race.key == decision.race for race in held)
        if decision.kind is DecisionKind.TIE_ORDER and since and subject in decision.order:
            return decision.order.index(subject)
    return NO_PLACE
