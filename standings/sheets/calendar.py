"""A season's races in their order, with the round and the meeting that each belongs to."""

from dataclasses import dataclass

from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _

from racing.models import Event, Race, Season


@dataclass(frozen=True, slots=True)
class RaceOfSeason:
    """A race in its season's order; `round` is None while no number is known."""

    race: Race
    round: int | None

    @property
    def event(self) -> Event:
        """The meeting that the race belongs to."""
        return self.race.event

    @property
    def url(self) -> str:
        """The race's page."""
        return race_url(self.race)


def race_url(race: Race) -> str:
    """Give the address of a race's page; needs the race's event."""
    return reverse("standings:race", kwargs={"slug": race.event.slug, "number": race.number})


def event_name(event: Event) -> str:
    """Name a meeting without its year: its own name, else its circuit's."""
    return event.title


def race_name(race: Race) -> str:
    """Name a race with its meeting: "Spa-Francorchamps, Race 2"."""
    return _("%(event)s, %(race)s") % {"event": event_name(race.event), "race": race.label}


def races_of(season: Season) -> list[RaceOfSeason]:
    """Give a season's races in their order; one query."""
    rows = (
        Race.objects.filter(event__rounds__season=season)
        .annotate(round_number=F("event__rounds__number"), round_order=F("event__rounds__order"))
        .select_related("event__circuit")
        .order_by("round_order", F("event__start").asc(nulls_last=True), "event_id", "number")
    )
    return [RaceOfSeason(race, race.round_number) for race in rows]
