"""Where everything is: the series, the seasons of one, the championships and races of a season."""

from typing import Any

from django.http import HttpRequest

from racing.models import Season, Series
from standings.api import naming
from standings.api.answering import answers
from standings.models import Championship
from standings.sheets.calendar import races_of
from standings.views import editions


@answers(editions.of_all_series)
def all_series(request: HttpRequest, edition: editions.Edition) -> dict[str, Any]:
    """Give all series."""
    return {"series": [naming.of_series(row) for row in Series.objects.order_by("name")]}


@answers(editions.of_series)
def series(request: HttpRequest, edition: editions.Edition) -> dict[str, Any]:
    """Give a series with its seasons, the latest first."""
    row = Series.objects.get(pk=edition.pk)
    seasons = list(row.seasons.order_by("-year"))
    for season in seasons:
        season.series = row
    return {"series": naming.of_series(row), "seasons": [naming.of_season(season) for season in seasons]}


@answers(editions.of_season)
def season(request: HttpRequest, edition: editions.Edition) -> dict[str, Any]:
    """Give a season with its championships and its races, in their order."""
    row = Season.objects.select_related("series").get(pk=edition.pk)
    championships = list(Championship.objects.filter(season=row).order_by("order", "name"))
    for championship in championships:
        championship.season = row
    return {
        "series": naming.of_series(row.series),
        "season": naming.of_season(row),
        "championships": [naming.of_championship(championship) for championship in championships],
        "races": [naming.of_race(one.race, one.round) for one in races_of(row)],
    }
