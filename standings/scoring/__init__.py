"""Rules and results to points tables. Plain: knows nothing of reading, of rows or of Django.

`parse_rules` reads the rules of one championship from data, `score` applies them to the races of a season.
"""

from standings.scoring.bounds import bound, whole
from standings.scoring.earned import NO_PARTS, for_place, untold
from standings.scoring.mistakes import Gathered, Mistake, RulesError
from standings.scoring.parsing import parse_rules
from standings.scoring.results import Entrants, Line, RaceResults
from standings.scoring.rules import Ranking, Rules, Subject
from standings.scoring.scored import (
    Award,
    Basis,
    Bounds,
    Counted,
    Earned,
    Lead,
    Part,
    Reach,
    Row,
    Score,
    Scored,
    Table,
    Tie,
    why_of,
)
from standings.scoring.validity import score

__all__ = [
    "NO_PARTS",
    "Award",
    "Basis",
    "Bounds",
    "Counted",
    "Earned",
    "Entrants",
    "Gathered",
    "Lead",
    "Line",
    "Mistake",
    "Part",
    "RaceResults",
    "Ranking",
    "Reach",
    "Row",
    "Rules",
    "RulesError",
    "Score",
    "Scored",
    "Subject",
    "Table",
    "Tie",
    "bound",
    "for_place",
    "parse_rules",
    "score",
    "untold",
    "whole",
    "why_of",
]
