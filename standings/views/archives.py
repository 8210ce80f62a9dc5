"""An archive of past seasons: whose work it is, under which licence, and what rests on it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from racing.models import Archive, Season
from standings.views import crumbs, editions
from standings.views.keeping import kept


@kept(editions.of_archive)
def archive(request: HttpRequest, edition: editions.Edition) -> HttpResponse:
    """Show an archive with its licence and the seasons whose results come from it."""
    row = Archive.objects.get(pk=edition.pk)
    seasons = Season.objects.filter(entries__records__archive=row).select_related("series").distinct()
    context = {
        "archive": row,
        "seasons": seasons.order_by("series__name", "-year"),
        "crumbs": [crumbs.Crumb(row.name)],
    }
    return render(request, "standings/archive.html", context)
