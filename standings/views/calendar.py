"""The list of series, a series with its seasons, a season with its calendar, entries and leaders."""

from itertools import groupby

from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from racing.models import Entry, Round, Season, Series
from standings.sheets.calendar import races_of
from standings.sheets.leaders import Card, cards_of
from standings.sheets.winners import drivers_of, winners_of
from standings.views import crumbs, editions
from standings.views.keeping import kept
from standings.views.tabs import tabs_of

#: So many seasons of a series are shown with their first three; of those before, who came first.
RECENT = 6


@kept(editions.of_all_series)
def series_list(request: HttpRequest, edition: editions.Edition) -> HttpResponse:
    """Show all series with their seasons."""
    rows = Series.objects.prefetch_related("seasons").order_by("name")
    return render(
        request, "standings/series_list.html", {"series": rows, "crumbs": [crumbs.Crumb(crumbs.all_series().name)]}
    )


@kept(editions.of_series)
def series(request: HttpRequest, edition: editions.Edition) -> HttpResponse:
    """Show a series with its seasons, the latest first, and who led each championship; long ago, who came first."""
    row = Series.objects.get(pk=edition.pk)
    seasons = list(row.seasons.order_by("-year"))
    cards = cards_of(seasons)
    return render(
        request,
        "standings/series.html",
        {
            "series": row,
            "seasons": [{"season": season, "cards": cards[season.pk]} for season in seasons[:RECENT]],
            "earlier": [{"season": season, "cards": _titles(cards[season.pk])} for season in seasons[RECENT:]],
            "crumbs": [crumbs.all_series(), crumbs.Crumb(row.short_name or row.name)],
        },
    )


def _titles(cards: list[Card]) -> list[Card]:
    """Give the cards of titles that somebody leads; all that somebody leads where none is a title."""
    led = [card for card in cards if card.leaders]
    return [card for card in led if card.championship.is_title] or led


@kept(editions.of_season)
def season(request: HttpRequest, edition: editions.Edition) -> HttpResponse:
    """Show a season: who leads what, the calendar with the winners, the entries."""
    row = Season.objects.select_related("series").get(pk=edition.pk)
    cards = cards_of([row])[row.pk]
    return render(
        request,
        "standings/season.html",
        {
            "season": row,
            "tabs": tabs_of(row, [card.championship for card in cards], None),
            "cards": [card for card in cards if card.leaders],
            "rounds": _calendar(row),
            "entries": _entries(row),
            "crumbs": [
                crumbs.all_series(),
                crumbs.series(row.series),
                crumbs.Crumb(str(row.year)),
            ],
        },
    )


def _calendar(row: Season) -> list[dict[str, object]]:
    """Give the rounds with their races and winners, those without a race too."""
    races = races_of(row)
    winners = winners_of(race.race.pk for race in races)
    by_event = {
        key: [
            {"race": race, "winners": [one for one in winners.get(race.race.pk, []) if one.season == row.pk]}
            for race in held
        ]
        for key, held in groupby(races, key=lambda race: race.race.event_id)
    }
    rounds = Round.objects.filter(season=row).select_related("event__circuit")
    ordered = rounds.order_by("order", F("event__start").asc(nulls_last=True), "event_id")
    return [{"round": one, "races": by_event.get(one.event_id, [])} for one in ordered]


def _entries(row: Season) -> list[dict[str, object]]:
    """Give the entries by number, guests last."""
    rows = (
        Entry.objects.filter(season=row)
        .select_related("team", "make")
        .prefetch_related("crew__driver", "classes__racing_class")
    )

    def place(entry: Entry) -> tuple[bool, bool, int, str]:
        return entry.guest, not entry.number, int(entry.number) if entry.number.isdigit() else 0, entry.number

    return [
        {
            "entry": entry,
            "drivers": drivers_of(entry),
            "classes": dict.fromkeys(one.racing_class.name for one in entry.classes.all()),
        }
        for entry in sorted(rows, key=place)
    ]
