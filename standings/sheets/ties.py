"""Who is level on points with whom, and what decided between them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from standings.models import Standing
from standings.sheets.matrix import Matrix, Row
from standings.wording import describe_tie


@dataclass(slots=True)
class Tie:
    """Rows level on points in their order, and in words what decided, or that they share their position."""

    words: str
    rows: list[Row] = field(default_factory=list)


def ties_of(matrix: Matrix) -> list[Tie]:
    """Give the ties of a table from the top: a pair each, but all who share a position together."""
    found: list[Tie] = []
    for ahead, behind in pairwise(matrix.rows):
        if ahead.standing.points != behind.standing.points:
            continue
        words = describe_tie(_between(ahead.standing, behind.standing))
        shared = ahead.shared and ahead.standing.position == behind.standing.position
        if shared and found and found[-1].rows[-1] is ahead and found[-1].words == words:
            found[-1].rows.append(behind)
        else:
            found.append(Tie(words, [ahead, behind]))
    return found


def _between(ahead: Standing, behind: Standing) -> Mapping[str, Any]:
    """Give what decided between two neighbours as the one ahead sees it; each row holds a tie with one of its neighbours."""
    own, other = ahead.why.get("tie") or {}, behind.why.get("tie") or {}
    if own.get("other") == behind.subject.pk or not other:
        return own
    return {**other, "mine": other.get("theirs"), "theirs": other.get("mine")}
