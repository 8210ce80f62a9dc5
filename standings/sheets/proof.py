"""The newest sentence that gives somebody a victory: the start page shows what the whole site is about."""

from dataclasses import dataclass

from racing.models import Driver, Fact, Place
from racing.terms import OVERALL, TRACK, Contest, JobState, Origin
from standings.sheets.calendar import race_name, race_url
from standings.sheets.winners import drivers_of


@dataclass(frozen=True, slots=True)
class Proof:
    """A place with the words that say it."""

    fact: Fact
    position: int
    drivers: tuple[Driver, ...]
    race: str
    url: str


def latest_proof() -> Proof | None:
    """Give the newest stated victory of a report that anybody may read; two queries."""
    place = (
        Place.objects.filter(
            contest=Contest.RACE,
            ranking__in=[OVERALL, TRACK],
            position=1,
            origin=Origin.STATED,
            fact__report__job__state=JobState.DONE,
        )
        .select_related("fact__report", "result__race__event__circuit", "result__entry")
        .prefetch_related("result__entry__crew__driver")
        .order_by("-fact__report__uploaded_at", "-fact__report", "fact__order")
        .first()
    )
    if place is None or place.fact is None:
        return None
    race = place.result.race
    return Proof(place.fact, place.position, drivers_of(place.result.entry), race_name(race), race_url(race))
