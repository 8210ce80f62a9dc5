"""A meeting with its races, and a race with every ranking and the words that say it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from racing.models import Event, Race, Report, Round
from racing.terms import Contest, JobState
from standings.sheets.calendar import event_name, race_name
from standings.sheets.race import Ranking, SeasonSheet, load_race
from standings.sheets.race_points import load_points
from standings.sheets.winners import winners_of
from standings.tables.classification import RankingTable
from standings.views import crumbs, editions
from standings.views.keeping import kept


@kept(editions.of_event)
def event(request: HttpRequest, edition: editions.Edition) -> HttpResponse:
    """Show a meeting: of which seasons it is a round, its races with their winners, the reports about it."""
    meeting = Event.objects.select_related("circuit").get(pk=edition.pk)
    rounds = _rounds(meeting)
    races = list(meeting.races.order_by("number"))
    for race in races:
        race.event = meeting
    winners = winners_of(race.pk for race in races)
    return render(
        request,
        "standings/event.html",
        {
            "event": meeting,
            "name": event_name(meeting),
            "rounds": rounds,
            "races": [{"race": race, "winners": winners.get(race.pk, [])} for race in races],
            "reports": Report.objects.defer("text").filter(reading__event=meeting, job__state=JobState.DONE),
            "crumbs": _crumbs(rounds, crumbs.Crumb(f"{event_name(meeting)} {meeting.year}")),
        },
    )


@kept(editions.of_race)
def race(request: HttpRequest, edition: editions.Edition) -> HttpResponse:
    """Show a race: each ranking of each season on its grid, line by line with its source."""
    row = Race.objects.select_related("event__circuit").get(pk=edition.pk)
    sheets = load_race(row)
    rounds = [sheet.round for sheet in sheets]
    paid = load_points(row, sheets)
    return render(
        request,
        "standings/race.html",
        {
            "paid": [one for round in rounds for one in paid.get(round.season_id, [])],
            "race": row,
            "name": race_name(row),
            "event": row.event,
            "rounds": rounds,
            "sheets": [_drawn(sheet, str(sheet.round.season.series) if len(sheets) > 1 else "") for sheet in sheets],
            "tabs": _races_of_the_meeting(row),
            "crumbs": _crumbs(rounds, crumbs.event(row.event), crumbs.Crumb(str(row.label))),
        },
    )


def _rounds(meeting: Event) -> list[Round]:
    return list(Round.objects.filter(event=meeting).select_related("season__series").order_by("season__series__name"))


def _crumbs(rounds: list[Round], *further: crumbs.Crumb) -> list[crumbs.Crumb]:
    """Lead over the season, where there is one only: a joint grid belongs to several."""
    if len(rounds) != 1:
        return [*further]
    season = rounds[0].season
    return [crumbs.all_series(), crumbs.series(season.series), crumbs.season(season), *further]


def _races_of_the_meeting(current: Race) -> list[dict[str, object]]:
    rows = Race.objects.filter(event=current.event_id).order_by("number")
    return [
        {
            "name": row.label,
            "url": reverse("standings:race", args=[current.event.slug, row.number]),
            "current": row.pk == current.pk,
        }
        for row in rows
    ]


def _drawn(sheet: SeasonSheet, series: str) -> dict[str, object]:
    """Draw a season's rankings as tables; `series` tells the tables of several apart."""

    def tables(rankings: list[Ranking], kind: str = "") -> list[str]:
        key = f"ranking-{sheet.round.season_id}-{kind}"
        return [_table(ranking, f"{key}{index}", series) for index, ranking in enumerate(rankings, 1)]

    return {
        "sheet": sheet,
        "season": sheet.round.season,
        "overall": tables([sheet.overall]) if sheet.overall.lines else [],
        "beside": [*tables(sheet.qualifying, "q"), *tables(sheet.fastest, "f"), *tables(sheet.classes, "c")],
        "road": tables([sheet.road], "r") if sheet.road else [],
    }


def _table(ranking: Ranking, name: str, series: str) -> str:
    kinds = {
        str(Contest.RACE): _("Classification %(ranking)s"),
        str(Contest.QUALIFYING): _("Qualifying %(ranking)s"),
        str(Contest.FASTEST_LAP): _("Fastest lap %(ranking)s"),
    }
    caption = kinds[str(ranking.contest)] % {"ranking": ranking.name}
    return RankingTable(ranking, caption=f"{caption}, {series}" if series else caption, name=name).draw()
