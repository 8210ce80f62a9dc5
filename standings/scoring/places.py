"""Whose results belong to a championship, who of them is paid, and for which place."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from racing.terms import OVERALL, TRACK, Contest, Status
from standings.scoring.results import Line, RaceResults
from standings.scoring.rules import Classified, Filter, Ineligible, Ranking, Rules, Subject

#: Nobody is paid who ended like this, whatever place a source gives.
UNPAID = frozenset({Status.NC, Status.DNS, Status.DNQ, Status.DSQ, Status.EX, Status.WD})
#: Behind every place.
NO_PLACE = 10**9
ON_THE_ROAD = (Contest.RACE, TRACK)
OF_THE_SERIES = (Contest.RACE, OVERALL)
NOT_STARTED = frozenset({Status.DNS, Status.DNQ, Status.WD})
#: Subjects that may have any number of cars in a race.
OF_SEVERAL_CARS = frozenset({Subject.TEAM, Subject.MAKE, Subject.ENTITY})


class Used(NamedTuple):
    """The place that a rule looks at; `why` as in `scored.Part`."""

    position: int
    why: str
    ranking: str
    road: int | None


#: The same few places come again in every race: they are made once.
_used = lru_cache(maxsize=4096)(Used)


class _InClass(dict[int, Used]):
    """Position -> the place used of a class, each made once."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __missing__(self, position: int) -> Used:
        found = self[position] = _used(position, "in_class", self._name, None)
        return found


@lru_cache(maxsize=64)
def _in_class(name: str) -> _InClass:
    return _InClass(name)


#: The members by names of their own: to look one up in its enumeration takes as long as all the rest of a test.
IN_CLASS, AMONG_OWN, OF_ALL, VOID = Ranking.CLASS, Ranking.CHAMPIONSHIP, Ranking.OVERALL, Ineligible.VOID
DRIVER = Subject.DRIVER


def passes(test: Filter, line: Line) -> bool:
    """Tell whether a car is one that the filter means."""
    if test.guest is not None and test.guest is not line.guest:
        return False
    if test.registered is not None and test.registered is not line.registered:
        return False
    if test.tags and test.tags.isdisjoint(line.tags):
        return False
    if test.team_cars is not None and line.team_car is not None and line.team_car > test.team_cars:
        return False
    if test.drivers and not any(_has_flag(test, line, driver) for driver in line.drivers):
        return False
    return not test.classes or not test.classes.isdisjoint(line.classes)


def may_pass(test: Filter, line: Line) -> bool:
    """Tell whether a car is one that the filter means, or may be: of a class of which nobody told that it ran in it."""
    if passes(test, line):
        return True
    return line.more_classes and bool(test.classes) and passes(replace(test, classes=frozenset()), line)


def with_told_classes(race: RaceResults) -> RaceResults:
    """Give a race with the classes of each car that its places tell, where more than those on the list may be its own."""
    lines = [line for line in race.lines if line.more_classes and line.places]
    told = {line.entry: frozenset([name for _, name in line.places if name not in (OVERALL, TRACK)]) for line in lines}
    if all(told[line.entry] <= line.classes for line in lines):
        return race
    changed = [
        replace(line, classes=line.classes | told[line.entry]) if told.get(line.entry) else line for line in race.lines
    ]
    return replace(race, lines=tuple(changed))


def _has_flag(test: Filter, line: Line, driver: int) -> bool:
    """Tell whether a driver is one of those that the filter asks for."""
    return not test.drivers or not test.drivers.isdisjoint(line.flags.get(driver, ()))


def _asks_more(test: Filter) -> bool:
    """Tell whether a filter asks for anything but a class, and guest or not; saves asking each car."""
    return test.registered is not None or bool(test.tags or test.drivers) or test.team_cars is not None


Placed = tuple[Line, Used | None]


class First(NamedTuple):
    """In which ranking a car won, at which place, and why: "first", or "next" after who may not have it."""

    ranking: str
    why: str
    position: int = 1


class Field(NamedTuple):
    """A race as a championship sees it: its cars that are paid with the place used of each, and all that are not eligible.

    `firsts` holds who was first in a contest beside the race, by contest and scope, once that was asked: `first_of` gives it.
    """

    race: RaceResults
    lines: tuple[Placed, ...]
    others: tuple[Line, ...]
    firsts: dict[tuple[Contest, Ranking], list[tuple[Placed, First]]]


def field_of(rules: Rules, race: RaceResults) -> Field:
    """Look at a race by the rules of a championship."""
    others = _ineligible(rules.eligible, race)
    if not others and rules.rank_within is IN_CLASS and len(rules.filter.classes) == 1:
        placed = _in_one_class(rules.filter, race.lines)
    else:
        placed = [(line, place_in_race(rules, line, others)) for line in _candidates(rules.filter, race, others)]
    if rules.classified is not None:
        most = _most_laps(rules.classified, race, placed)
        placed = [(line, used if _far_enough(rules.classified, line, most) else None) for line, used in placed]
    if rules.rank_within is AMONG_OWN:
        placed = _renumbered(placed)
    if rules.others_move_up and rules.cars is not None:
        placed = _without_others(rules, placed)
    return Field(race, tuple(placed), others, {})


def _ineligible(test: Filter, race: RaceResults) -> tuple[Line, ...]:
    """Give the cars that are not eligible."""
    if test.guest is False and not (test.classes or _asks_more(test)):
        return tuple([line for line in race.lines if line.guest])
    return tuple([line for line in race.lines if not passes(test, line)])


def _candidates(test: Filter, race: RaceResults, others: Sequence[Line]) -> Sequence[Line]:
    """Give the eligible cars that belong to the championship."""
    lines: Sequence[Line] = race.lines
    if others:
        out = {line.entry for line in others}
        lines = [line for line in lines if line.entry not in out]
    if test.guest is None and not (test.classes or _asks_more(test)):
        return lines
    return [line for line in lines if passes(test, line)]


def _in_one_class(test: Filter, lines: Sequence[Line]) -> list[Placed]:
    """Give the cars of one class with their places where nobody has to be taken out, as `place_in_race` does."""
    (name,) = test.classes
    key = Contest.RACE, name
    if test.guest is not None or _asks_more(test):
        lines = [line for line in lines if passes(test, line)]
    used = _in_class(name).__getitem__
    return [
        (line, None if line.status in UNPAID or (position := line.places.get(key)) is None else used(position))
        for line in lines
        if name in line.classes
    ]


def _most_laps(rule: Classified, race: RaceResults, placed: Sequence[Placed]) -> dict[frozenset[str], int]:
    """Give how many laps the winner ran, by the classes of each car: of all cars, or of those with one of these classes.

    Where no laps are known there is nothing.
    """
    ran = [(line.laps, line.classes) for line in race.lines if line.laps is not None]
    if not ran:
        return {}
    most = max(laps for laps, _ in ran)
    found = dict.fromkeys([line.classes for line, _ in placed], most)
    if rule.of_class:
        for own in found:
            found[own] = max([laps for laps, classes in ran if not own.isdisjoint(classes)], default=0)
    return found


def _far_enough(rule: Classified, line: Line, most: Mapping[frozenset[str], int]) -> bool:
    """Tell whether a car ran far enough to be classified; where the laps are not known, the result is trusted."""
    if rule.flag and line.status is not None and line.status is not Status.FINISHED:
        return False
    return line.laps is None or line.laps >= rule.min_share * most[line.classes]


def not_far_enough(rules: Rules, race: RaceResults) -> frozenset[int]:
    """Give the cars, by their entries, that may have a place but ran too few laps for it, as far as laps are known."""
    rule = rules.classified
    if rule is None:
        return frozenset()
    most = _most_laps(rule, race, [(line, None) for line in race.lines])
    return frozenset(
        [
            line.entry
            for line in race.lines
            if not _far_enough(rule, line, most)
            and (line.status in (None, Status.FINISHED) or any(contest is Contest.RACE for contest, _ in line.places))
        ]
    )


def _renumbered(placed: Sequence[Placed]) -> list[Placed]:
    """Number the places among the championship's own cars from the first on."""
    order = sorted(used.position for _, used in placed if used is not None)
    return [
        (line, used and Used(order.index(used.position) + 1, "in_championship", used.ranking, used.road))
        for line, used in placed
    ]


def _without_others(rules: Rules, placed: Sequence[Placed]) -> list[Placed]:
    """Take out of the order the cars that do not score for their subject; those behind them move up."""
    scoring: dict[int, int] = {}
    out: list[int] = []
    found: dict[int, Used | None] = {}
    owners = owners_of(rules)
    for line, used in sorted(placed, key=lambda one: (one[1].position if one[1] else NO_PLACE, one[0].entry)):
        own = owners(line)
        if used is None or (own and all(scoring.get(subject, 0) >= (rules.cars or 0) for subject in own)):
            found[line.entry] = None
            if used is not None:
                out.append(used.position)
            continue
        for subject in own:
            scoring[subject] = scoring.get(subject, 0) + 1
        ahead = sum(1 for position in out if position < used.position)
        found[line.entry] = used._replace(position=used.position - ahead, why="moved_up") if ahead else used
    return [(line, found[line.entry]) for line, _ in placed]


def drivers_of(line: Line) -> tuple[int, ...]:
    """Give who shared a car, each once."""
    return line.drivers if len(line.drivers) < 2 else tuple(dict.fromkeys(line.drivers))


def _alone(subject: int | None) -> tuple[int, ...]:
    return () if subject is None else (subject,)


#: Gives the subjects of a kind that a car earns points for.
OWNERS: Mapping[Subject, Callable[[Line], tuple[int, ...]]] = {
    Subject.DRIVER: drivers_of,
    Subject.CREW: lambda line: (line.entry if line.crew is None else line.crew,),
    Subject.CAR: lambda line: (line.entry if line.car is None else line.car,),
    Subject.TEAM: lambda line: _alone(line.team),
    Subject.MAKE: lambda line: _alone(line.make),
    Subject.ENTITY: lambda line: _alone(line.entity),
}


def owners_of(rules: Rules) -> Callable[[Line], tuple[int, ...]]:
    """Give what gives the subjects of the championship that a car earns points for."""
    owners = OWNERS[rules.subject]
    if rules.subject is not DRIVER or not (rules.filter.drivers or rules.eligible.drivers):
        return owners
    tests = rules.filter, rules.eligible
    return lambda line: tuple(
        [driver for driver in owners(line) if all(_has_flag(test, line, driver) for test in tests)]
    )


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
    if rules.rank_within is AMONG_OWN:
        road = places.get(ON_THE_ROAD)
        position = places.get(OF_THE_SERIES) if road is None else road
        return None if position is None else Used(position, "", OVERALL if road is None else TRACK, road)
    if rules.rank_within is IN_CLASS:
        found = [(places[key], key[1]) for name in own_classes(rules, line) if (key := (Contest.RACE, name)) in places]
        if not found:
            return None
        position, ranking = min(found)
        return _moved_up(rules, position, "in_class", ranking, None, others)
    road = places.get(ON_THE_ROAD)
    own = places.get(OF_THE_SERIES)
    if rules.ineligible is VOID:
        if road is not None:
            return Used(road, "on_the_road", TRACK, road)
        return Used(own, "as_classified", OVERALL, None) if own is not None and not others else None
    if own is None:
        return None
    why = "as_classified" if road is None or road < own else "on_the_road" if road == own else "guests_removed"
    return _moved_up(rules, own, why, OVERALL, road, others)


def place_in_class(rules: Rules, line: Line, name: str, others: Sequence[Line]) -> Used | None:
    """Give the place within one of its classes that a car may be paid for, None where it is not known or nobody is."""
    position = line.places.get((Contest.RACE, name))
    if position is None or line.status in UNPAID:
        return None
    return _moved_up(rules, position, "in_class", name, None, others)


def _moved_up(rules: Rules, position: int, why: str, ranking: str, road: int | None, others: Sequence[Line]) -> Used:
    """Take out of a ranking the cars ahead that hold a place in it and are not paid, if those behind them move up."""
    if others and rules.ineligible is not VOID:
        key = (Contest.RACE, ranking)
        ahead = sum(1 for other in others if other.status not in UNPAID and other.places.get(key, position) < position)
        if ahead:
            return Used(position - ahead, "reranked", ranking, road)
    return _used(position, why, ranking, road)


def first_of(rules: Rules, contest: Contest, scope: Ranking, field: Field) -> list[tuple[Placed, First]]:
    """Give the cars that were first in a contest beside the race, each with its ranking."""
    found = field.firsts.get((contest, scope))
    if found is None:
        among = _contenders(rules, contest, scope, field.lines)
        firsts = [(one, _first_in(rules, contest, scope, one[0], field.others)) for one in among]
        found = field.firsts[contest, scope] = [(one, first) for one, first in firsts if first is not None]
    return found


def _contenders(rules: Rules, contest: Contest, scope: Ranking, lines: Sequence[Placed]) -> Sequence[Placed]:
    """Give the cars that may have been first in a contest beside the race: those that have a place in it, at least."""
    if scope is OF_ALL:
        key = (contest, OVERALL)
    elif len(rules.filter.classes) == 1:
        key = (contest, next(iter(rules.filter.classes)))
    else:
        return lines
    return [one for one in lines if key in one[0].places]


def _first_in(rules: Rules, contest: Contest, scope: Ranking, line: Line, others: Sequence[Line]) -> First | None:
    """Tell whether a car was first in a contest beside the race; of several classes in one where it was so itself, if in any.

    Whoever is first of the series while a guest was first on the road is "next".
    """
    after = None
    places = line.places
    if scope is OF_ALL:
        if (contest, OVERALL) not in places:
            return None
        rankings = [OVERALL]
    else:
        rankings = sorted([name for name in own_classes(rules, line) if (contest, name) in places])
    for ranking in rankings:
        key = contest, ranking
        position = places[key]
        ahead = sum([other.places.get(key, position) < position for other in others]) if others else 0
        if position - ahead != 1:
            continue
        second = ahead > 0
        if scope is OF_ALL:
            road = contest, TRACK
            second = second or places.get(road, 1) > 1 or any(other.places.get(road) == 1 for other in others)
        if not second:
            return First(ranking, "first")
        after = after or First(ranking, "next")
    return after


def classes_won(rules: Rules, contest: Contest, line: Line, others: Sequence[Line]) -> frozenset[str]:
    """Give the classes of which a car was the first in a contest beside the race."""
    return frozenset(
        [
            name
            for name in own_classes(rules, line)
            if (position := line.places.get((contest, name))) is not None
            and position - sum([other.places.get((contest, name), position) < position for other in others]) == 1
        ]
    )
