"""A small season for the desk's tests: five cars in two classes, one meeting of two races, the first of them told."""

from dataclasses import dataclass

from django.db import transaction

from racing.models import Driver, Entry, Race, Report, Season
from racing.names import fold
from racing.pipeline import settle_races
from tests.pages.telling import tell_race
from tests.standings.building import make_entry, make_event, make_season


@dataclass
class Paddock:
    """The season with its parts. The report tells the first three of race 1; the fifth car is told of nowhere."""

    season: Season
    races: list[Race]
    entries: list[Entry]
    report: Report


def build() -> Paddock:
    """Build it, settled and scored. Everything is confirmed: nothing is cleared away for want of a report."""
    season = make_season("Coupe du Paddock", 2023)
    rows = [
        ("Amel Brisson", "Pro"),
        ("Bruno Cazal", "Pro"),
        ("Clara Duhamel", "Am"),
        ("Denis Estève", "Am"),
        ("Ewa Fiszer", "Am"),
    ]
    entries = [
        make_entry(season, name, number=str(number), classes=[racing_class])
        for number, (name, racing_class) in enumerate(rows, 1)
    ]
    for driver, (name, _class) in zip(Driver.objects.order_by("pk"), rows, strict=True):
        driver.first_name, driver.last_name = name.split()
        driver.slug, driver.confirmed = fold(name).replace(" ", "-"), True
        driver.save()
    event = make_event(season, "Les Essarts", 1)
    season.confirmed = event.confirmed = True
    season.save()
    event.save()
    Entry.objects.filter(season=season).update(confirmed=True)
    races = [Race.objects.create(event=event, number=number) for number in (1, 2)]
    report = tell_race(season, races[0], [entries[0], entries[1], entries[2]], pole=entries[1], out=[entries[3]])
    with transaction.atomic():
        settle_races(races)
    return Paddock(season, races, [Entry.objects.get(pk=entry.pk) for entry in entries], report)
