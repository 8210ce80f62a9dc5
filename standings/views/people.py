"""A driver, a team and a make over all seasons."""

from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from racing.models import Driver, Entry, Make, Team
from standings.sheets.career import finishes_of, standings_of, years_of
from standings.sheets.winners import drivers_of
from standings.tables.career import CareerTable
from standings.views import crumbs, editions
from standings.views.keeping import kept

#: Of a career with more races than this, one year is shown at a time.
LONG = 100


@kept(editions.of_driver)
def driver(request: HttpRequest, edition: editions.Edition) -> HttpResponse:
    """Show a driver: standings, and every race, of a long career year by year."""
    row = Driver.objects.get(pk=edition.pk)
    entries = Entry.objects.filter(crew__driver=row).select_related("team", "make")
    cars = list(entries.order_by("-season__year", "pk"))
    context = {
        "driver": row,
        "teams": dict.fromkeys(car.team for car in cars if car.team),
        "makes": dict.fromkeys(car.make for car in cars if car.make),
        "standings": standings_of(row),
        "crumbs": [crumbs.Crumb(str(row))],
    }
    return render(request, "standings/driver.html", context | _races(row, edition.year))


@kept(editions.of_team)
def team(request: HttpRequest, edition: editions.Edition) -> HttpResponse:
    """Show a team: standings, cars and crews, every race; of a long career year by year."""
    row = Team.objects.get(pk=edition.pk)
    races = _races(row, edition.year)
    context = {
        "team": row,
        "cars": _cars(Entry.objects.filter(team=row), races["year"]),
        "standings": standings_of(row),
        "crumbs": [crumbs.Crumb(row.name)],
    }
    return render(request, "standings/team.html", context | races)


@kept(editions.of_make)
def make(request: HttpRequest, edition: editions.Edition) -> HttpResponse:
    """Show a make: standings, what it built with other makes' engines, cars and crews, every race, as of a team."""
    row = Make.objects.select_related("builder").get(pk=edition.pk)
    races = _races(row, edition.year)
    context = {
        "make": row,
        "built": row.built.order_by("name"),
        "cars": _cars(Entry.objects.filter(Q(make=row) | Q(make__builder=row)), races["year"]),
        "standings": standings_of(row),
        "crumbs": [crumbs.Crumb(row.name)],
    }
    return render(request, "standings/make.html", context | races)


def _races(row: Driver | Team | Make, asked: int | None) -> dict[str, Any]:
    """Give the table of races: of all years, or of a long career of the year asked for, else the latest."""
    years = years_of(row)
    year = (asked if asked in years else max(years)) if sum(years.values()) > LONG else None
    finishes = finishes_of(row, year)
    names = {"name": row, "year": year}
    caption = (
        _("Races of %(name)s, the latest first") % names
        if year is None
        else _("Races of %(name)s in %(year)s, the latest first") % names
    )
    # Who never ran in a class has no column of them.
    absent = () if any(one.classes for one in finishes) else ("classes",)
    return {
        "table": CareerTable(finishes, caption=caption, name="races", exclude=absent).draw() if finishes else "",
        "years": list(years) if year is not None else [],
        "year": year,
    }


def _cars(entries: QuerySet[Entry], year: int | None) -> list[dict[str, object]]:
    """Give the cars of all years or one, with who drove them, the latest first."""
    if year is not None:
        entries = entries.filter(season__year=year)
    rows = entries.select_related("season__series", "make").prefetch_related("crew__driver")
    ordered = rows.order_by("-season__year", "season__series__name", "number", "pk")
    return [{"entry": entry, "drivers": drivers_of(entry)} for entry in ordered]
