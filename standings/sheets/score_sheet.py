"""Every score of one subject in a championship, with its reasons, in the order of the races."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from racing.models import Place
from racing.terms import OVERALL, TRACK, Contest
from standings.sheets.calendar import RaceOfSeason
from standings.sheets.matrix import Matrix, Row, Score, kind_of
from standings.stored import awards_of
from standings.wording import count_points, describe_part, describe_scale, short_status, show_points

#: The contests of the bonus rules; all else is paid for the race.
CONTESTS = {"pole": Contest.QUALIFYING, "fastest_lap": Contest.FASTEST_LAP}


@dataclass(frozen=True, slots=True)
class Reason:
    """One part of an award in words; `sum` is the multiplication where a factor had its hand in it.

    `url` leads to the line of the race that it rests on.
    """

    words: str
    points: str
    sum: str
    url: str = ""


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
    """Read the reasons of a row of the matrix; two queries more."""
    subject = getattr(row.standing, f"{kind_of(matrix.championship)}_id")
    parts = {award.race_id: award.parts for award in awards_of(matrix.championship, subject=subject)}
    lines = _Lines(part["entry"] for rows in parts.values() for part in rows if part.get("entry"))
    races, running = [], Fraction(0)
    for column in matrix.columns:
        race = column.race.race.pk
        score = row.scores.get(race)
        if score is None or not (score.took_part or score.points is not None):
            continue
        if not score.dropped:
            running += score.points or 0
        reasons = [_reason(part, lines.url(column.race, part)) for part in parts.get(race, [])]
        races.append(Explained(column.race, score, reasons, running))
    standing = row.standing
    return ScoreSheet(races, _adjustments(standing.why), standing.gross - standing.points)


class _Lines:
    """The places that some cars hold, to lead to their lines on the races' pages; one query."""

    def __init__(self, entries: Iterable[int]) -> None:
        rows = Place.objects.filter(result__entry__in=set(entries)).order_by()
        held = rows.values_list("result__race", "result__entry", "contest", "ranking", "pk")
        self.places: dict[tuple[Any, ...], int] = {tuple(where): pk for *where, pk in held}

    def url(self, race: RaceOfSeason, part: Mapping[str, Any]) -> str:
        """Lead to the place that a part was paid for, or to the one that it follows from; else to the race."""
        contest = CONTESTS.get(part.get("rule", ""), Contest.RACE)
        for ranking in (part.get("ranking"), OVERALL, TRACK):
            if pk := self.places.get((race.race.pk, part.get("entry"), contest, ranking)):
                return f"{race.url}#place-{pk}"
        return race.url


def _reason(part: Mapping[str, Any], url: str) -> Reason:
    return Reason(describe_part(part), show_points(str(part.get("points", "0"))), describe_scale(part), url)


def _adjustments(why: Mapping[str, Any]) -> list[Reason]:
    rows = why.get("adjustments") or []
    return [
        Reason(
            describe_part({"kind": "decision", "rule": row.get("kind", ""), "why": row.get("reason", "")}), points, ""
        )
        for row in rows
        if (points := count_points(str(row.get("points") or "0"))) is not None
    ]
