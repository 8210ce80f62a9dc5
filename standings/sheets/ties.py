"""Who is level on points with whom and what decided between them, and what else is to be said of a table's rows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from standings.describing_rules import Names
from standings.explaining.rows import describe_notes, describe_tie
from standings.models import Standing
from standings.scoring import Rules
from standings.sheets.calendar import race_name
from standings.sheets.matrix import Matrix, Row


@dataclass(slots=True)
class Tie:
    """Rows level on points in their order, and in words what decided, or that they share their position."""

    words: str
    rows: list[Row] = field(default_factory=list)


def ties_of(matrix: Matrix) -> list[Tie]:
    """Give the ties of a table from the top: a pair each, but all who share a position together."""
    found: list[Tie] = []
    races = names_in(matrix)
    for ahead, behind in pairwise(matrix.rows):
        if ahead.standing.points != behind.standing.points:
            continue
        tie = _between(ahead.standing, behind.standing)
        words = describe_tie(tie, race=races.race(tie["race"]) if "race" in tie else "")
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


@dataclass(frozen=True, slots=True)
class Note:
    """What is to be said of a row beside ties: adjustments, phases, rules that changed, why it is not classified."""

    row: Row
    words: list[str]


def notes_of(matrix: Matrix, rules: Rules | None) -> list[Note]:
    """Give the rows of a table of which more is to be said than their points."""
    names = names_in(matrix)
    notes = []
    for row in matrix.rows:
        if words := describe_notes(row.standing.why, rules, names):
            notes.append(Note(row, words))
    return notes


def names_in(matrix: Matrix) -> Names:
    """Give the names of a table's subjects and races by their ids."""
    subjects = {row.standing.subject.pk: row.name for row in matrix.rows}
    return Names(subjects, {column.race.race.pk: race_name(column.race.race) for column in matrix.columns})
