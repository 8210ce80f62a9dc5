"""Every score of one subject in a championship, with its reasons, in the order of the races."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from racing.models import Place
from racing.terms import OVERALL, TRACK, Contest
from standings.explaining.counting import counted
from standings.explaining.parts import describe_part, describe_sum
from standings.explaining.rows import adjusts_by, describe_adjustment, describe_phase
from standings.fields import parse_points
from standings.scoring import Rules
from standings.sheets.calendar import RaceOfSeason
from standings.sheets.matrix import Matrix, Row, Score, kind_of
from standings.sheets.ruling import Ruling
from standings.stored import awards_of, whys_of
from standings.wording import short_status, show_points

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
    """One race of the sheet; `notes` say by which scale it was paid, why its score is dropped or may not be.

    `counts` are the points that count, `running` those so far; `parts` are the reasons as data. `phase` tells that a phase of
    the season began with this race, and with how many points.
    """

    race: RaceOfSeason
    score: Score
    reasons: list[Reason]
    running: Fraction
    notes: list[str]
    counts: Fraction
    parts: list[dict[str, Any]]
    phase: str = ""

    @property
    def status(self) -> str:
        """The letters of how the race ended, where that was not at the flag."""
        return short_status(self.score.status)


@dataclass(frozen=True, slots=True)
class ScoreSheet:
    """The races, the decisions that belong to none, and the sums; `taken` are points that an exclusion took."""

    races: list[Explained]
    adjustments: list[Reason]
    dropped: Fraction
    taken: Fraction = Fraction(0)


def load_score_sheet(matrix: Matrix, row: Row, ruling: Ruling) -> ScoreSheet:
    """Read the reasons of a row of the matrix; two queries more, three where the season has phases."""
    subject = getattr(row.standing, f"{kind_of(matrix.championship)}_id")
    parts = {award.race_id: award.parts for award in awards_of(matrix.championship, subject=subject)}
    began = _phases(matrix, row, ruling.rules)
    lines = _Lines(part["entry"] for rows in parts.values() for part in rows if part.get("entry"))
    races, running, dropped = [], Fraction(0), Fraction(0)
    for column in matrix.columns:
        race = column.race.race.pk
        score = row.scores.get(race)
        if race in began:
            running = parse_points(str(began[race]["began"]))
        if score is None or not (score.took_part or score.points is not None):
            continue
        own = parts.get(race, [])
        points = score.points or Fraction(0)
        counts = counted(ruling.rules, points, own, dropped=score.dropped)
        running += counts
        dropped += points - counts
        reasons = [reason_of(part, lines.url(column.race, part)) for part in own]
        phase = describe_phase(began[race], ruling.rules) if race in began else ""
        notes = ruling.notes(column.race, score, own)
        races.append(Explained(column.race, score, reasons, running, notes, counts, own, phase))
    standing = row.standing
    taken = standing.gross - standing.points - dropped
    return ScoreSheet(races, _adjustments(standing.why), dropped, taken)


def _phases(matrix: Matrix, row: Row, rules: Rules | None) -> dict[int, Mapping[str, Any]]:
    """Give the races with which a phase of the season began for the row's subject, with that phase."""
    if rules is None or not rules.phases:
        return {}
    told = {**whys_of(matrix.championship, row.standing.subject.pk), row.standing.race_id: row.standing.why}
    found, reached = {}, 0
    for column in matrix.columns:
        phase = told.get(column.race.race.pk, {}).get("phase")
        if phase and phase["number"] > reached:
            reached = phase["number"]
            found[column.race.race.pk] = phase
    return found


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


def reason_of(part: Mapping[str, Any], url: str) -> Reason:
    """Put a part of an award into words; `url` leads to what it rests on."""
    return Reason(describe_part(part), show_points(str(part.get("points", "0"))), describe_sum(part), url)


def _adjustments(why: Mapping[str, Any]) -> list[Reason]:
    return [Reason(describe_adjustment(row), adjusts_by(row), "") for row in why.get("adjustments") or []]
