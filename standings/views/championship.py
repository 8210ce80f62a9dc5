"""A championship's table, and the sheet that explains each of a subject's scores."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from racing.models import Season
from standings.describing_rules.ground import phrases
from standings.explaining.rows import describe_place
from standings.models import Championship, ClaimCheck
from standings.sheets.calendar import race_name
from standings.sheets.lead import lead_in_words, reach_in_words, span_in_words
from standings.sheets.leaders import subject_address
from standings.sheets.matrix import Matrix, Row, load_matrix
from standings.sheets.rulebook import rules_in_words, rules_of
from standings.sheets.ruling import ruling_of
from standings.sheets.score_sheet import load_score_sheet
from standings.sheets.ties import names_in, notes_of, ties_of
from standings.tables.matrix import MatrixTable, position, score_sheet_address
from standings.views import crumbs, editions
from standings.views.keeping import kept
from standings.views.tabs import Tab, tabs_of


@kept(editions.of_championship)
def table(request: HttpRequest, edition: editions.Edition) -> HttpResponse:
    """Show a championship as a matrix, after its last race or an earlier one (`?after=`)."""
    championship, tabs, of_season = _find(edition.pk)
    matrix = load_matrix(championship, edition.after)
    season = championship.season
    rules = rules_of(championship)
    ruling = ruling_of(matrix, of_season)
    return render(
        request,
        "standings/championship.html",
        {
            "rules": rules_in_words(rules),
            "rules_unreadable": rules is None,
            "json_url": reverse("standings:api:table", args=[*_address(season), championship.slug]),
            "championship": championship,
            "season": season,
            "tabs": tabs,
            "crumbs": _crumbs(season, crumbs.Crumb(championship.label)),
            "matrix": matrix,
            "table": MatrixTable(matrix, _caption(matrix)).draw() if matrix.rows else "",
            "ties": [
                {"words": tie.words, "rows": [_linked(matrix, row) for row in tie.rows]} for tie in ties_of(matrix)
            ],
            "notes": [
                {"words": phrases(note.words), **_linked(matrix, note.row)} for note in notes_of(matrix, ruling.rules)
            ],
            "unknown": [column for column in matrix.columns if not column.complete],
            "lead": lead_in_words(matrix),
            "claims": _claims(championship) if matrix.latest else [],
        },
    )


@kept(editions.of_championship)
def score_sheet(request: HttpRequest, edition: editions.Edition) -> HttpResponse:
    """Explain every score of one subject: position, scale, bonus, dropped or not, and how the sum comes about."""
    championship, tabs, of_season = _find(edition.pk)
    matrix = load_matrix(championship)
    row = next((row for row in matrix.rows if subject_address(row.standing) == edition.subject), None)
    if row is None:
        raise Http404
    ruling = ruling_of(matrix, of_season)
    where = [*_address(championship.season), championship.slug]
    own = reverse("standings:championship", args=where)
    return render(
        request,
        "standings/score_sheet.html",
        {
            "championship": championship,
            "season": championship.season,
            "tabs": tabs,
            "row": row,
            "position": position(row),
            "possible": span_in_words(row.possible),
            "reach": reach_in_words(row.reach),
            "rules_url": own,
            "json_url": reverse("standings:api:sheet", args=[*where, edition.subject]),
            "sheet": load_score_sheet(matrix, row, ruling),
            "why": describe_place(row.standing.why, ruling.rules, names_in(matrix)),
            "crumbs": _crumbs(championship.season, crumbs.Crumb(championship.label, own), crumbs.Crumb(row.name)),
        },
    )


def _find(pk: int) -> tuple[Championship, list[Tab], list[Championship]]:
    """Give the championship with its season and series, the tabs of its season, and all championships of it; one query."""
    rows = list(
        Championship.objects.filter(season__championships=pk).select_related("season__series").order_by("order", "name")
    )
    found = next(row for row in rows if row.pk == pk)
    return found, tabs_of(found.season, rows, found), rows


def _address(season: Season) -> tuple[str, int]:
    return season.series.slug, season.year


def _crumbs(season: Season, *further: crumbs.Crumb) -> list[crumbs.Crumb]:
    return [crumbs.all_series(), crumbs.series(season.series), crumbs.season(season), *further]


def _caption(matrix: Matrix) -> str:
    if matrix.after is None:
        return ""
    if matrix.latest:
        return _("Points after %(race)s, the last race known") % {"race": race_name(matrix.after.race)}
    return _("Points after %(race)s") % {"race": race_name(matrix.after.race)}


def _linked(matrix: Matrix, row: Row) -> dict[str, str]:
    address = score_sheet_address(matrix.championship, subject_address(row.standing))
    return {"name": row.name, "url": address}


def _claims(championship: Championship) -> list[ClaimCheck]:
    """Give what reports claim about this championship, with what the table says to it; one query."""
    rows = ClaimCheck.objects.filter(championship=championship).select_related("fact__report", "race__event__circuit")
    return list(rows.order_by("-fact__report__uploaded_at", "fact__order"))
