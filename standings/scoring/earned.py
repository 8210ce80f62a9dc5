"""What a race was worth to a car or a subject: what counts of it, and what it was added up from."""

from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from standings.scoring.results import Line
from standings.scoring.scored import Basis, Part


class Score(NamedTuple):
    """What counts of a race, in units: of a car, or of a subject with all its cars; `points` counts the bonuses too.

    `positions` are the places used, `spare` those of cars that did not score; `carry` is what the next phase begins with.
    """

    points: int
    bonus: int = 0
    positions: tuple[int, ...] = ()
    started: bool = True
    droppable: bool = True
    carry: int = 0
    spare: tuple[int, ...] = ()


class Counted(NamedTuple):
    """A race as it counts: how much of it is known, and what counts of it for each subject, by their ids."""

    basis: Basis
    scores: Mapping[int, Score]


Parts = tuple[Part, ...]
Earned = tuple[Score, Parts]
NOTHING = Score(0)
NO_PARTS: Parts = ()
UNPAID: Earned = NOTHING, NO_PARTS
#: What a car earned, for itself or for one subject.
Own = tuple[Line, Earned]


@lru_cache(maxsize=4096)
def for_place(points: int, position: int) -> Score:
    """Give the score of who has the points of a place and nothing else: of thousands in a season few are different."""
    return Score(points, 0, (position,))


def together(score: Score, more: Score) -> Score:
    """Give the score of a meeting with one more of its races; the places stay with the races."""
    return score._replace(
        points=score.points + more.points,
        bonus=score.bonus + more.bonus,
        droppable=score.droppable and more.droppable,
    )
