"""A driver and a team over all seasons."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from racing.models import Driver, Entry, Team
from standings.sheets.career import finishes_of, standings_of
from standings.sheets.winners import drivers_of
from standings.tables.career import CareerTable
from standings.views import crumbs, editions
from standings.views.keeping import kept


@kept(editions.of_driver)
def driver(request: HttpRequest, edition: editions.Edition) -> HttpResponse:
    """Show a driver: standings, and every race."""
    row = Driver.objects.get(pk=edition.pk)
    finishes = finishes_of(row)
    table = CareerTable(finishes, caption=_("Races of %(name)s, the latest first") % {"name": row}, name="races")
    context = {
        "driver": row,
        "teams": dict.fromkeys(finish.entry.team for finish in finishes if finish.entry.team),
        "standings": standings_of(row),
        "table": table.draw() if finishes else "",
        "crumbs": [crumbs.Crumb(str(row))],
    }
    return render(request, "standings/driver.html", context)


@kept(editions.of_team)
def team(request: HttpRequest, edition: editions.Edition) -> HttpResponse:
    """Show a team: standings, cars and crews by season, every race."""
    row = Team.objects.get(pk=edition.pk)
    finishes = finishes_of(row)
    table = CareerTable(finishes, caption=_("Races of %(name)s, the latest first") % {"name": row}, name="races")
    entries = (
        Entry.objects.filter(team=row).select_related("season__series").prefetch_related("crew__driver")
    ).order_by("-season__year", "season__series__name", "number")
    context = {
        "team": row,
        "cars": [{"entry": entry, "drivers": drivers_of(entry)} for entry in entries],
        "standings": standings_of(row),
        "table": table.draw() if finishes else "",
        "crumbs": [crumbs.Crumb(row.name)],
    }
    return render(request, "standings/team.html", context)
