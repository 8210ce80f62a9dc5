"""Where a page stands: the way from the start to it."""

from typing import NamedTuple

from django.urls import reverse
from django.utils.translation import pgettext

from racing.models import Event, Season, Series
from standings.sheets.calendar import event_name


class Crumb(NamedTuple):
    """A step of the way; the page itself has no address."""

    name: str
    url: str = ""


def all_series() -> Crumb:
    """Lead to the list of series."""
    return Crumb(pgettext("competitions", "Series"), reverse("standings:series_list"))


def series(row: Series) -> Crumb:
    """Lead to a series."""
    return Crumb(row.short_name or row.name, reverse("standings:series", args=[row.slug]))


def season(row: Season) -> Crumb:
    """Lead to a season; needs its series."""
    return Crumb(str(row.year), reverse("standings:season", args=[row.series.slug, row.year]))


def event(row: Event) -> Crumb:
    """Lead to a meeting; needs its circuit."""
    return Crumb(f"{event_name(row)} {row.year}", reverse("standings:event", args=[row.slug]))
