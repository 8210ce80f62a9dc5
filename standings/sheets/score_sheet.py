"""Every score of one subject in a championship, with its reasons, in the order of the races."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from standings.models import Award
from standings.sheets.calendar import RaceOfSeason
from standings.sheets.matrix import Matrix, Row, Score, kind_of
from standings.wording import count_points, describe_part, describe_scale, short_status, show_points


@dataclass(frozen=True, slots=True)
class Reason:
    """One part of an award in words; `sum` is the multiplication where a factor had its hand in it."""

    words: str
    points: str
    sum: str


@dataclass(frozen=True, slots=True)
class Explained:
    """One race of the sheet."""

    race: RaceOfSeason
    score: Score
    reasons: list[Reason]
    running: Fraction

    @property
    def status(self) -> str:
        """The letters of how the race ended, where that was not at the flag."""
        return short_status(self.score.status)


@dataclass(frozen=True, slots=True)
class ScoreSheet:
    """The races, the decisions that belong to none, and the sums."""

    races: list[Explained]
    adjustments: list[Reason]
    dropped: Fraction


def load_score_sheet(matrix: Matrix, row: Row) -> ScoreSheet:
    """Read the reasons of a row of the matrix; one query more."""
    subject = f"{kind_of(matrix.championship)}_id"
    awards = Award.objects.filter(championship=matrix.championship, **{subject: getattr(row.standing, subject)})
    parts = {award.race_id: award.parts for award in awards}
    races, running = [], Fraction(0)
    for column in matrix.columns:
        race = column.race.race.pk
        score = row.scores.get(race)
        if score is None or not (score.took_part or score.points is not None):
            continue
        if not score.dropped:
            running += score.points or 0
        races.append(Explained(column.race, score, [_reason(part) for part in parts.get(race, [])], running))
    standing = row.standing
    return ScoreSheet(races, _adjustments(standing.why), standing.gross - standing.points)


def _reason(part: Mapping[str, Any]) -> Reason:
    return Reason(describe_part(part), show_points(str(part.get("points", "0"))), describe_scale(part))


def _adjustments(why: Mapping[str, Any]) -> list[Reason]:
    rows = why.get("adjustments") or []
    return [
        Reason(
            describe_part({"kind": "decision", "rule": row.get("kind", ""), "why": row.get("reason", "")}), points, ""
        )
        for row in rows
        if (points := count_points(str(row.get("points") or "0"))) is not None
    ]
