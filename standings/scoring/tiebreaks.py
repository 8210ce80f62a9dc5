"""The chain of tie-breaks: what is compared between subjects level on points, and which step told two of them apart."""

from collections.abc import Sequence
from typing import Any

from standings.scoring.places import NO_PLACE
from standings.scoring.results import RaceResults
from standings.scoring.rules import DecisionKind, Rules, TieBreak, TieStep
from standings.scoring.tally import Tally

Key = tuple[tuple[Any, ...], ...]
Result = tuple[int, int]
PLAIN = (TieStep(TieBreak.COUNTBACK),)


def keys_of(rules: Rules, group: Sequence[Tally], held: Sequence[RaceResults]) -> list[Key]:
    """Give what is compared of each of those who are level, step by step; less is ahead. `held` are the races so far."""
    if rules.tiebreak == PLAIN:
        return [((*tally.places, NO_PLACE),) for tally in group]
    return [tuple([_step_key(rules, step, tally, group, held) for step in rules.tiebreak]) for tally in group]


def decided(rules: Rules, mine: Key, theirs: Key, other: int) -> dict[str, Any]:
    """Say which step of the chain tells a subject from the `other`, as in `scored.Row`."""
    if mine == theirs:
        return {"rule": "shared", "other": other, "ahead": False}
    ahead = mine < theirs
    step, own, others = next(one for one in zip(rules.tiebreak, mine, theirs, strict=True) if one[1] != one[2])
    if step.by is not TieBreak.COUNTBACK:
        return {"rule": str(step.by), "other": other, "ahead": ahead}
    index = 0
    while own[index] == others[index]:
        index += 1
    place = min(own[index], others[index])
    counts = own.count(place), others.count(place)
    return {"rule": "countback", "place": place, "mine": counts[0], "theirs": counts[1], "other": other, "ahead": ahead}


def _step_key(
    rules: Rules, step: TieStep, tally: Tally, group: Sequence[Tally], held: Sequence[RaceResults]
) -> tuple[Any, ...]:
    if step.by is TieBreak.COUNTBACK:
        return (*_places(rules, step, tally, held), NO_PLACE)
    if step.by is TieBreak.FIRST_ACHIEVED:
        return tuple(sorted(_results(step, tally, held)))
    if step.by is TieBreak.LAST_ACHIEVED:
        return tuple(sorted((place, -index) for place, index in _results(step, tally, held)))
    if step.by is TieBreak.BEST_SCORES:
        return tuple(sorted(_worth(rules, score.points) for score in tally.scores if score not in tally.dropped))
    if step.by is TieBreak.LAST_RACE:
        scores = {score.number: score.points for score in tally.scores}
        numbers = sorted({score.number for other in group for score in other.scores}, reverse=True)
        return tuple(_worth(rules, scores[number]) if number in scores else 0 for number in numbers)
    if step.by is TieBreak.HEAD_TO_HEAD:
        return (-_beaten(step, tally, group, held),)
    return (_decided_order(rules, tally.subject, held),)


def _worth(rules: Rules, points: int) -> int:
    """Give points so that less is better."""
    return points if rules.low else -points


def _places(rules: Rules, step: TieStep, tally: Tally, held: Sequence[RaceResults]) -> list[int]:
    """Give the places of a countback, the best first. The end is behind every place: who has one result more is ahead."""
    places = tally.places
    if step.sessions or step.cars is not None or (step.kept and tally.dropped):
        dropped = set(tally.dropped_races()) if step.kept else set()
        places = sorted(place for place, index in _results(step, tally, held) if held[index].key not in dropped)
    if step.scoring:
        paid = max(len(scale.places) for scale in rules.scales.values())
        places = [place for place in places if place <= paid]
    return places


def _results(step: TieStep, tally: Tally, held: Sequence[RaceResults]) -> list[Result]:
    """Give the results that a step looks at."""
    results = tally.results if step.cars != 0 else tally.results + tally.spare
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
