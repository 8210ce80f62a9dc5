"""A driver, a team and a make over all seasons."""

from collections.abc import Iterable
from itertools import groupby

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from racing.models import Driver, Entry, Make, Team
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
        "makes": dict.fromkeys(finish.entry.make for finish in finishes if finish.entry.make),
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


@kept(editions.of_make)
def make(request: HttpRequest, edition: editions.Edition) -> HttpResponse:
    """Show a make: standings, what it built with other makes' engines, cars and crews by season, every race."""
    row = Make.objects.select_related("builder").get(pk=edition.pk)
    finishes = finishes_of(row)
    table = CareerTable(finishes, caption=_("Races of %(name)s, the latest first") % {"name": row}, name="races")
    entries = (
        Entry.objects.filter(Q(make=row) | Q(make__builder=row))
        .select_related("season__series", "make")
        .prefetch_related("crew__driver")
    ).order_by("-season__year", "season__series__name", "number", "pk")
    context = {
        "make": row,
        "built": row.built.order_by("name"),
        "seasons": _by_season(entries),
        "standings": standings_of(row),
        "table": table.draw() if finishes else "",
        "crumbs": [crumbs.Crumb(row.name)],
    }
    return render(request, "standings/make.html", context)


def _by_season(entries: Iterable[Entry]) -> list[dict[str, object]]:
    """Give the seasons of some entries in their order, each with its cars."""
    return [
        {"season": season, "cars": [{"entry": entry, "drivers": drivers_of(entry)} for entry in cars]}
        for season, cars in groupby(entries, key=lambda entry: entry.season)
    ]
