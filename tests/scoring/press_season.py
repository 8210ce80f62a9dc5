"""A season of any series as press releases tell it: a few first places, winners of classes, pole and fastest lap at times."""

import random
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from racing.terms import OVERALL, Contest, Status
from standings.scoring import Entrants, Line, RaceResults, Rules

ROUNDS = 5
#: Of teams some have a single car, and some have five.
CARS_OF_A_TEAM = (1, 2, 2, 2, 3, 3, 4, 5)
MAKES = 6
Keep = Callable[[int], bool]


@dataclass(frozen=True, slots=True)
class Series:
    """What a series has: classes that shut each other out, overlays that lie across them, how many drivers share a car."""

    classes: Sequence[str] = ()
    overlays: Sequence[str] = ()
    drivers: Sequence[int] = (1,)


def season(series: Series, rules: Rules, chance: random.Random) -> tuple[list[RaceResults], dict[int, Entrants]]:
    """Make up the season of one championship: with the sessions, and races as long, as its rules have."""
    listed = _listed(series, chance)
    races = []
    for number in range(1, ROUNDS + 1):
        for session in list(rules.scales)[:2]:
            races.append(_race(series, rules, listed, chance, len(races) + 1, number, session))
    return races, {race.key: Entrants(listed) for race in races}


def _listed(series: Series, chance: random.Random) -> tuple[Line, ...]:
    """Make up the season's list."""
    teams: list[int] = []
    cars = chance.randint(20, 35)
    while len(teams) < cars:
        teams += [len(teams)] * chance.choice(CARS_OF_A_TEAM)
    return tuple(
        Line(
            entry=car,
            drivers=tuple(range(100 * car, 100 * car + chance.choice(series.drivers))),
            team=10_000 + teams[car - 1],
            make=20_000 + car % MAKES,
            entity=30_000 + car % (2 * MAKES),
            classes=frozenset(
                [
                    *([chance.choice(series.classes)] if series.classes else []),
                    *(name for name in series.overlays if chance.random() < 0.3),
                ]
            ),
        )
        for car in range(1, cars + 1)
    )


def _race(
    series: Series, rules: Rules, listed: Sequence[Line], chance: random.Random, key: int, number: int, session: str
) -> RaceResults:
    here = [line for line in listed if chance.random() > 0.05]
    order = chance.sample(here, len(here))
    stopped = chance.randint(0, 3)
    came_in, rest = order[: len(order) - stopped], order[len(order) - stopped :]
    whole = chance.random() < 0.1
    told: dict[int, dict[tuple[Contest, str], int]] = {line.entry: {} for line in here}

    def tell(contest: Contest, ranking: str, cars: Sequence[Line], most: int) -> None:
        own = cars if ranking == OVERALL else [line for line in cars if ranking in line.classes]
        for place, line in enumerate(own[: len(own) if whole else most], 1):
            told[line.entry][contest, ranking] = place

    tell(Contest.RACE, OVERALL, came_in, chance.choice([3, 5, 5, 5, 8]))
    qualified, quickest = chance.sample(here, len(here)), chance.sample(order[:8], min(8, len(order)))
    tell(Contest.QUALIFYING, OVERALL, qualified, chance.choice([0, 1, 1, 3]))
    tell(Contest.FASTEST_LAP, OVERALL, quickest, chance.choice([0, 0, 1]))
    for name in (*series.classes, *series.overlays):
        tell(Contest.RACE, name, came_in, chance.choice([0, 1, 1, 3]))
        tell(Contest.QUALIFYING, name, qualified, chance.choice([0, 0, 1]))
    stops = {line.entry for line in (rest if whole else rest[:1])}
    return RaceResults(
        key,
        number,
        number,
        session,
        starters=len(here) if whole or chance.random() < 0.2 else None,
        lines=tuple(_lines(here, told, stops)),
        attributes=_attributes(rules, number),
    )


def _lines(
    here: Sequence[Line], told: dict[int, dict[tuple[Contest, str], int]], stopped: Collection[int]
) -> list[Line]:
    """Give those of whom anything is told."""
    found = []
    for line in here:
        own, status = told[line.entry], Status.DNF if line.entry in stopped else None
        if any(contest is Contest.RACE for contest, _ in own):
            status = Status.FINISHED
        if own or status is not None:
            found.append(replace(line, places=own, status=status))
    return found


def _attributes(rules: Rules, number: int) -> dict[str, Fraction]:
    """Give how long the race was, where that tells by which scale it is paid."""
    if rules.scale_by is None or rules.scale_by.attribute != "hours":
        return {}
    lengths = [start for start, _ in rules.scale_by.steps]
    return {"hours": max(lengths[number % len(lengths)], Fraction(1))}
