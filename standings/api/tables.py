"""A championship's table, and the sheet of one of its subjects: what is stored, as data and in sentences."""

from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from django.http import Http404, HttpRequest
from django.utils.text import capfirst

from standings.api import naming
from standings.api.answering import answers
from standings.describing_rules import Names
from standings.explaining.parts import describe_part, describe_sum
from standings.explaining.rows import describe_adjustment, describe_row
from standings.fields import format_points
from standings.models import Championship
from standings.scoring import Rules
from standings.sheets.lead import lead_in_words
from standings.sheets.leaders import subject_address
from standings.sheets.matrix import Column, Matrix, Row, Score, load_matrix
from standings.sheets.rulebook import rules_in_words, rules_of
from standings.sheets.ruling import ruling_of
from standings.sheets.score_sheet import Explained, load_score_sheet
from standings.sheets.ties import names_in
from standings.views import editions


@answers(editions.of_championship)
def table(request: HttpRequest, edition: editions.Edition) -> dict[str, Any]:
    """Give a championship's table, after its last race or an earlier one (`?after=`), with its rules."""
    championship, of_season = _find(edition.pk)
    matrix = load_matrix(championship, edition.after)
    ruling, names = ruling_of(matrix, of_season), names_in(matrix)
    return {
        **_head(matrix),
        "lead": _lead(matrix),
        "exact": matrix.outlook.exact if championship.bounds is not None else None,
        "tables": [race.race.pk for race in matrix.tables],
        "rows": [{**_row(matrix, row, ruling.rules, names), "scores": _scores(matrix, row)} for row in matrix.rows],
        "rules": championship.all_rules,
        "rules_in_words": [
            {"key": section.key, "title": section.title, "sentences": list(section.sentences)}
            for section in rules_in_words(rules_of(championship))
        ],
    }


@answers(editions.of_championship)
def sheet(request: HttpRequest, edition: editions.Edition) -> dict[str, Any]:
    """Give every score of one subject with its parts, in the latest table, and how the sum comes about."""
    championship, of_season = _find(edition.pk)
    matrix = load_matrix(championship)
    row = next((row for row in matrix.rows if subject_address(row.standing) == edition.subject), None)
    if row is None:
        raise Http404
    ruling = ruling_of(matrix, of_season)
    told = load_score_sheet(matrix, row, ruling)
    return {
        **_head(matrix),
        "row": _row(matrix, row, ruling.rules, names_in(matrix)),
        "scores": [_explained(one) for one in told.races],
        "adjustments": [
            {**one, "sentence": _sentence(describe_adjustment(one, with_points=True))}
            for one in row.standing.why.get("adjustments") or []
        ],
        "sums": {
            "gross": format_points(row.standing.gross),
            "dropped": format_points(told.dropped),
            "taken": format_points(told.taken),
            "points": format_points(row.standing.points),
        },
    }


def _find(pk: int) -> tuple[Championship, list[Championship]]:
    """Give the championship with its season and series, and all championships of its season; one query."""
    rows = list(Championship.objects.filter(season__championships=pk).select_related("season__series"))
    return next(row for row in rows if row.pk == pk), rows


def _head(matrix: Matrix) -> dict[str, Any]:
    """Say which table this is, after which race, and what each race that it rests on is known of."""
    season = matrix.championship.season
    return {
        "series": naming.of_series(season.series),
        "season": naming.of_season(season),
        "championship": naming.of_championship(matrix.championship),
        "after": matrix.after.race.pk if matrix.after else None,
        "latest": matrix.latest,
        "races": [_race(column) for column in matrix.columns],
    }


def _race(column: Column) -> dict[str, Any]:
    race = naming.of_race(column.race.race, column.race.round)
    return {**race, "places_known": column.known, "places": column.of, "complete": column.complete}


def _row(matrix: Matrix, row: Row, rules: Rules | None, names: Names) -> dict[str, Any]:
    standing = row.standing
    return {
        "order": standing.order,
        "position": standing.position,
        "shared": row.shared,
        "subject": naming.of_subject(matrix.championship, row),
        "points": format_points(standing.points),
        "possible": _possible(matrix, row),
        "possible_positions": _possible_positions(matrix, row),
        "gross": format_points(standing.gross),
        "dropped": list(standing.dropped),
        "to_leader": _points(row.to_leader),
        "to_next": _points(row.to_next),
        "why": standing.why,
        "sentences": [_sentence(phrase) for phrase in describe_row(standing.why, rules, names)],
    }


def _possible(matrix: Matrix, row: Row) -> dict[str, str | None] | None:
    """Give the least and the most points that the unknown places leave, None where that was not worked out."""
    if matrix.championship.bounds is None:
        return None
    least, most = row.possible or (row.standing.points, row.standing.points)
    return {"least": format_points(least), "most": _points(most)}


def _possible_positions(matrix: Matrix, row: Row) -> dict[str, Any] | None:
    """Give the best and the worst position that the unknown places leave, None where that was not worked out."""
    position = row.standing.position
    if matrix.championship.bounds is None or position is None:
        return None
    if row.reach is None:
        sure = matrix.outlook.positions is not None
        return {"best": position, "worst": position, "exact": True} if sure else None
    return row.reach._asdict()


def _lead(matrix: Matrix) -> dict[str, Any] | None:
    """Tell whether the first leads for certain, None where nobody leads alone or where it was not worked out."""
    lead = matrix.outlook.lead
    first = next((row for row in matrix.rows if row.standing.position == 1), None)
    if matrix.championship.bounds is None or first is None or (lead is None and first.shared):
        return None
    return {
        "subject": matrix.subject(first),
        "certain": lead is None or lead.certain,
        "rival": lead.rival if lead else None,
        "proven": lead is None or lead.proven,
        "sentence": lead_in_words(matrix) or None,
    }


def _scores(matrix: Matrix, row: Row) -> list[dict[str, Any]]:
    """Give what the row's subject did and got in each race where it was there."""
    scores = ((column.race.race.pk, row.scores.get(column.race.race.pk)) for column in matrix.columns)
    return [
        {"race": race, **_score(score)}
        for race, score in scores
        if score is not None and (score.took_part or score.points is not None)
    ]


def _score(score: Score) -> dict[str, Any]:
    return {
        "points": _points(score.points),
        "dropped": score.dropped,
        "positions": score.positions,
        "status": score.status or None,
        "pole": score.pole,
        "fastest_lap": score.fastest,
    }


def _explained(one: Explained) -> dict[str, Any]:
    return {
        "race": one.race.race.pk,
        **_score(one.score),
        "counts": format_points(one.counts),
        "running": format_points(one.running),
        "parts": [
            {**part, "sentence": _sentence(describe_part(part)), "sum": describe_sum(part) or None}
            for part in one.parts
        ],
        "sentences": list(_sentences([*([one.phase] if one.phase else []), *one.notes])),
    }


def _sentences(phrases: Iterable[str]) -> Iterable[str]:
    return map(_sentence, phrases)


def _sentence(phrase: str) -> str:
    """Make a phrase a sentence."""
    words = str(capfirst(phrase))
    return words if words.endswith(".") else f"{words}."


def _points(points: Fraction | None) -> str | None:
    return None if points is None else format_points(points)
