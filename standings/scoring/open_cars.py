"""A car in a race that is partly known: what of it is sure, and how the race may have ended for it."""

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from racing.terms import OVERALL, TRACK, Contest, Status
from standings.scoring.places import NOT_STARTED
from standings.scoring.possible import Span, top_of
from standings.scoring.results import Line
from standings.scoring.rules import Ranking, Rules

#: How a race may end for a car without a place.
ENDS = tuple(status for status in Status if status is not Status.FINISHED)
NEVER_BEGUN = tuple(status for status in ENDS if status in NOT_STARTED)
STARTED = frozenset({Status.FINISHED, Status.DNF, Status.NC, Status.DSQ, Status.EX})
STOPPED = tuple(status for status in ENDS if status in STARTED)


class Car(NamedTuple):
    """A car that belongs to a championship, told of or not; `span` is where it may have come in, `ends` how else.

    Where it does not surely belong (`belongs`), for it is not known in which classes it ran, both tell what if it does.
    """

    line: Line
    told: bool
    span: Span | None
    ends: tuple[Status, ...]
    belongs: bool = True


def has_run(line: Line) -> bool:
    """Tell whether a car surely started."""
    return line.status in STARTED or (line.status is None and (has_a_place(line) or has_only_started(line)))


def has_a_place(line: Line) -> bool:
    """Tell whether a car surely has a place in the race."""
    return line.status is Status.FINISHED or any(contest is Contest.RACE for contest, _ in line.places)


def has_only_started(line: Line) -> bool:
    """Tell whether a car surely started, for it set or led a lap as is told, and nothing is told of its end."""
    if line.status is not None or has_a_place(line):
        return False
    return bool(line.laps_led) or any(contest is Contest.FASTEST_LAP for contest, _ in line.places)


def minds_classes(rules: Rules) -> bool:
    """Tell whether it decides who is paid in which classes a car ran."""
    if rules.rank_within is Ranking.CLASS or rules.filter.classes or rules.eligible.classes:
        return True
    return any(bonus.scope is Ranking.CLASS for bonus in rules.bonuses)


def minds_classes_elsewhere(rules: Rules, cars: Sequence[Line]) -> bool:
    """Tell whether classes that cars may have run in go with more than the order in which they are looked at."""
    unsure = [line for line in cars if line.more_classes and line.places]
    if not unsure:
        return False
    if rules.eligible.classes or (rules.rank_within is Ranking.OVERALL and rules.filter.classes):
        return True
    beside = {contest for line in unsure for contest, _ in line.places} - {Contest.RACE}
    told: dict[tuple[Contest, str], dict[int, int]] = defaultdict(dict)
    for line in cars if beside else ():
        for (contest, ranking), place in line.places.items():
            if ranking not in (OVERALL, TRACK):
                told[contest, ranking][line.entry] = place
    if not minds_classes(rules) and all(places.keys() == top_of(places) for places in told.values()):
        # The first places of a class keep others out of it, and who is not of it is free to be anywhere.
        return False
    return any(contest in beside for contest, _ in told)
