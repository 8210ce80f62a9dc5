"""The tabs of a season: its calendar, and one for each championship."""

from collections.abc import Iterable
from typing import NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _

from racing.models import Season
from standings.models import Championship


class Tab(NamedTuple):
    """A tab with its address; `current` on the page that it leads to."""

    name: str
    url: str
    current: bool


def tabs_of(season: Season, championships: Iterable[Championship], current: Championship | None) -> list[Tab]:
    """Give the tabs of a season; `current` is None on its calendar."""
    where = (season.series.slug, season.year)
    calendar = Tab(_("Season"), reverse("standings:season", args=where), current is None)
    return [
        calendar,
        *(
            Tab(row.label, reverse("standings:championship", args=[*where, row.slug]), row == current)
            for row in championships
        ),
    ]
