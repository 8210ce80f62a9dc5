"""A season in few words: entries with their crews and classes, meetings with their races and what is known of them."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Model

from racing.models import (
    Circuit,
    CrewMember,
    Driver,
    Entry,
    EntryClass,
    Event,
    Place,
    Race,
    RacingClass,
    Result,
    Round,
    Season,
    Series,
    Team,
)
from racing.terms import OVERALL, Contest, Origin, RaceStatus, Status
from standings.models import Championship
from standings.stored import awards_of, rows_after


def make_season(series: str = "Coupe d’Essai", year: int = 2024) -> Season:
    """Make a season of a series; the rulebook follows from both."""
    slug = series.lower().replace(" ", "-").replace("’", "-")
    found, _ = Series.objects.get_or_create(name=series, defaults={"slug": slug})
    return Season.objects.create(series=found, year=year)


def make_entry(
    season: Season,
    *drivers: str,
    number: str = "",
    team: str = "",
    classes: Sequence[str] = (),
    guest: bool = False,
) -> Entry:
    """Make an entry with its crew, for the whole season."""
    owner = (
        Team.objects.get_or_create(name=team, defaults={"slug": team.lower().replace(" ", "-")})[0] if team else None
    )
    entry = Entry.objects.create(season=season, number=number, team=owner, guest=guest)
    for order, name in enumerate(drivers):
        driver, _ = Driver.objects.get_or_create(slug=name.lower().replace(" ", "-"), defaults={"last_name": name})
        CrewMember.objects.create(entry=entry, driver=driver, order=order)
    for name in classes:
        racing_class, _ = RacingClass.objects.get_or_create(season=season, name=name)
        EntryClass.objects.create(entry=entry, racing_class=racing_class)
    return entry


def make_event(season: Season, circuit: str, number: int | None = None, order: int = 0) -> Event:
    """Make a meeting that is a round of the season."""
    where, _ = Circuit.objects.get_or_create(name=circuit, defaults={"slug": circuit.lower().replace(" ", "-")})
    event = Event.objects.create(
        circuit=where, year=season.year, slug=f"{season.pk}-{where.slug}-{order or number or 0}"
    )
    Round.objects.create(season=season, event=event, number=number, order=order or number or 0)
    return event


def make_race(
    event: Event,
    number: int,
    *rankings: Mapping[str, Sequence[Entry]],
    starters: int | None = None,
    status: str = RaceStatus.OFFICIAL,
    **told: Any,
) -> Race:
    """Make a race: each mapping gives rankings of the race from the first on, `told` is for `tell`."""
    race = Race.objects.create(event=event, number=number, starters=starters, status=status)
    for ranking in rankings:
        for name, entries in ranking.items():
            for position, entry in enumerate(entries, 1):
                put(race, entry, name, position)
    tell(race, **told)
    return race


def tell(
    race: Race, pole: Mapping[str, Entry] = {}, fastest: Mapping[str, Entry] = {}, out: Sequence[Entry] = ()
) -> None:
    """Tell who was on pole and who drove the fastest lap in which ranking, and who retired."""
    for contest, first in ((Contest.QUALIFYING, pole), (Contest.FASTEST_LAP, fastest)):
        for ranking, entry in first.items():
            put(race, entry, ranking, 1, contest)
    for entry in out:
        Result.objects.update_or_create(race=race, entry=entry, defaults={"status": Status.DNF})


def put(race: Race, entry: Entry, ranking: str, position: int, contest: Contest = Contest.RACE) -> Place:
    """Put an entry on a place."""
    result, _ = Result.objects.get_or_create(race=race, entry=entry, defaults={"status": Status.FINISHED})
    place, _ = Place.objects.update_or_create(
        result=result, contest=contest, ranking=ranking, defaults={"position": position, "origin": Origin.STATED}
    )
    return place


def stored(*models: type[Model]) -> list[list[dict[str, Any]]]:
    """Give all that is stored of some models, ids, versions and times included."""
    return [list(model._default_manager.order_by("pk").values()) for model in models]


def table(championship: Championship, race: Race | None = None) -> list[tuple[int | None, str, Any]]:
    """Give the rows of a table as (position, name, points): of a race, or the last."""
    last = race or championship.standings.all()[0].race
    return [(row.position, str(row.subject), row.points) for row in rows_after(championship, last)]


def paid(championship: Championship) -> list[tuple[str, Any]]:
    """Give the awards as (race, points), in the order of the races and of the subjects' ids."""
    return [(str(Race.objects.get(pk=award.race_id)), award.points) for award in awards_of(championship)]


__all__ = ["OVERALL", "make_entry", "make_event", "make_race", "make_season", "paid", "put", "stored", "table", "tell"]
