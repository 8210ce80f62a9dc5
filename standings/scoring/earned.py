"""What a race was worth to a car or a subject: the few that come again and again, and meetings added up."""

from functools import lru_cache

from standings.scoring.results import Line
from standings.scoring.scored import Earned, Parts, Score

NOTHING = Score(0)
NO_PARTS: Parts = ()
UNPAID: Earned = NOTHING, NO_PARTS
#: What a car earned, for itself or for one subject.
Own = tuple[Line, Earned]


@lru_cache(maxsize=4096)
def for_place(points: int, position: int) -> Score:
    """Give the score of who has the points of a place and nothing else: of thousands in a season few are different."""
    return Score(points, 0, (position,))


@lru_cache(maxsize=4096)
def untold(points: int, position: int) -> Earned:
    """Give the same with nothing told of what it was added up from."""
    return for_place(points, position), NO_PARTS


def together(score: Score, more: Score) -> Score:
    """Give the score of a meeting with one more of its races; the places stay with the races."""
    return score._replace(
        points=score.points + more.points,
        bonus=score.bonus + more.bonus,
        droppable=score.droppable and more.droppable,
    )
