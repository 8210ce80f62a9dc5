"""The start page: the tables that changed last, the reports read last, the meetings to come."""

from django.db.models import Count, Exists, OuterRef, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from racing.models import Event, Report, Season
from racing.terms import FactKind, JobState
from standings.models import TableAfter
from standings.sheets.calendar import event_name
from standings.sheets.leaders import cards_of
from standings.sheets.proof import latest_proof
from standings.views import editions
from standings.views.keeping import kept

SEASONS = 7
REPORTS = 6
EVENTS = 5
#: Championships shown of the latest season; of the others the first.
CARDS = 3


@kept(editions.of_home)
def home(request: HttpRequest, edition: editions.Edition) -> HttpResponse:
    """Show where things stand."""
    seasons = list(
        Season.objects.filter(Exists(TableAfter.objects.filter(championship__season=OuterRef("pk"))))
        .select_related("series")
        .order_by("-year", "-changed_at")[:SEASONS]
    )
    cards = cards_of(seasons)
    told = {season.pk: [card for card in cards[season.pk] if card.leaders] for season in seasons}
    return render(
        request,
        "standings/home.html",
        {
            "latest": seasons[0] if seasons else None,
            "cards": told[seasons[0].pk][:CARDS] if seasons else [],
            "others": [told[season.pk][0] for season in seasons[1:] if told[season.pk]],
            "proof": latest_proof(),
            "reports": _latest_reports(),
            "events": _next_events(),
        },
    )


def _latest_reports() -> list[Report]:
    """Give the reports read last, with how many results each tells."""
    rows = Report.objects.filter(job__state=JobState.DONE).defer("text")
    told = Count("facts", filter=~Q(facts__kind__in=[FactKind.CLAIM, FactKind.MEETING]))
    return list(
        rows.select_related("reading__event__circuit", "reading__season__series")
        .annotate(told=told)
        .order_by("-uploaded_at", "-pk")[:REPORTS]
    )


def _next_events() -> list[dict[str, object]]:
    """Give the meetings to come, with the seasons of which they are rounds."""
    rows = (
        Event.objects.filter(start__gte=timezone.localdate())
        .select_related("circuit")
        .prefetch_related("seasons__series")
        .order_by("start", "pk")[:EVENTS]
    )
    return [{"event": row, "name": event_name(row), "seasons": list(row.seasons.all())} for row in rows]
