"""Whose results belong to a championship, who of them is paid, and for which place."""

from collections.abc import Sequence
from typing import NamedTuple

from racing.terms import OVERALL, TRACK, Contest, Status
from standings.scoring.results import Line, RaceResults
from standings.scoring.rules import Filter, Ineligible, Ranking, Rules

#: Nobody is paid who ended like this, whatever place a source gives.
UNPAID = frozenset({Status.NC, Status.DNS, Status.DNQ, Status.DSQ, Status.EX, Status.WD})
#: Behind every place.
NO_PLACE = 10**9
ON_THE_ROAD = (Contest.RACE, TRACK)
OF_THE_SERIES = (Contest.RACE, OVERALL)
NOT_STARTED = frozenset({Status.DNS, Status.DNQ, Status.WD})


class Used(NamedTuple):
    """The place that a rule looks at; `why` as in `scored.Part`."""

    position: int
    why: str
    ranking: str
    road: int | None


def passes(test: Filter, line: Line) -> bool:
    """Tell whether a car is one that the filter means."""
    if test.guest is not None and test.guest is not line.guest:
        return False
    return not test.classes or not test.classes.isdisjoint(line.classes)


class Field(NamedTuple):
    """A race as a championship sees it: its cars that are paid with the place used of each, and all that are not eligible."""

    race: RaceResults
    lines: tuple[tuple[Line, Used | None], ...]
    others: tuple[Line, ...]


def field_of(rules: Rules, race: RaceResults) -> Field:
    """Look at a race by the rules of a championship."""
    others = tuple(line for line in race.lines if not passes(rules.eligible, line))
    out = {line.entry for line in others}
    lines = [line for line in race.lines if line.entry not in out and passes(rules.filter, line)]
    return Field(race, tuple((line, place_in_race(rules, line, others)) for line in lines), others)


def own_classes(rules: Rules, line: Line) -> frozenset[str]:
    """Give the classes within which the championship ranks a car: those it is for, or else all that the car runs in."""
    return rules.filter.classes & line.classes if rules.filter.classes else line.classes


def place_in_race(rules: Rules, line: Line, others: Sequence[Line]) -> Used | None:
    """Give the place that the scale is applied to, None where it is not known or nobody is paid for it.

    `others` are the cars of the race that are not eligible.
    """
    places = line.places
    if not places or line.status in UNPAID:
        return None
    if rules.rank_within is Ranking.CLASS:
        found = [(places[key], key[1]) for name in own_classes(rules, line) if (key := (Contest.RACE, name)) in places]
        if not found:
            return None
        position, ranking = min(found)
        return _moved_up(rules, position, "in_class", ranking, None, others)
    road = places.get(ON_THE_ROAD)
    own = places.get(OF_THE_SERIES)
    if rules.ineligible is Ineligible.VOID:
        if road is not None:
            return Used(road, "on_the_road", TRACK, road)
        return Used(own, "as_classified", OVERALL, None) if own is not None and not others else None
    if own is None:
        return None
    why = "as_classified" if road is None or road < own else "on_the_road" if road == own else "guests_removed"
    return _moved_up(rules, own, why, OVERALL, road, others)


def _moved_up(rules: Rules, position: int, why: str, ranking: str, road: int | None, others: Sequence[Line]) -> Used:
    """Take out of a ranking the cars ahead that hold a place in it and are not paid, if those behind them move up."""
    if others and rules.ineligible is Ineligible.RERANK:
        key = (Contest.RACE, ranking)
        ahead = sum(1 for other in others if other.status not in UNPAID and other.places.get(key, position) < position)
        if ahead:
            return Used(position - ahead, "reranked", ranking, road)
    return Used(position, why, ranking, road)


def first_in(
    rules: Rules, contest: Contest, scope: Ranking, line: Line, others: Sequence[Line]
) -> tuple[str, str] | None:
    """Tell whether a car was first in a contest beside the race: the ranking, and "first", or "next" after who may not have it.

    Whoever is first of the series while a guest was first on the road is "next".
    """
    places = line.places
    rankings = own_classes(rules, line) if scope is Ranking.CLASS else (OVERALL,)
    for ranking in sorted(rankings):
        position = places.get((contest, ranking))
        if position is None:
            continue
        ahead = sum(1 for other in others if other.places.get((contest, ranking), position) < position)
        if position - ahead != 1:
            continue
        road = places.get((contest, TRACK), 1) if scope is Ranking.OVERALL else 1
        beaten = scope is Ranking.OVERALL and any(other.places.get((contest, TRACK)) == 1 for other in others)
        return ranking, "next" if ahead or road > 1 or beaten else "first"
    return None
