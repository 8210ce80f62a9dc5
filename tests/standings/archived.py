"""A season that an archive tells, with all that the scoring may ask for."""

from datetime import date

from racing.models import Archive, Driver, Entry, EntryMark, Make, Race, Record, Season
from racing.pipeline import settle_races
from racing.terms import Mark, RaceStatus, Status
from tests.standings.building import make_entry, make_event, make_season


def build(cars: int = 2) -> tuple[Season, Race, list[Entry], Driver]:
    """Build a season of one race that an archive tells: a shared car with all there is, and others."""
    season = make_season()
    builder = Make.objects.create(name="Vulcain", slug="vulcain")
    pair = Make.objects.create(name="Vulcain-Éole", slug="vulcain-eole", builder=builder)
    entries = [make_entry(season, f"Pilote {n}", number=str(n), classes=["F1"]) for n in range(1, cars + 1)]
    second = Driver.objects.create(last_name="Relais", slug="relais")
    entries[0].crew.create(driver=second, order=1, from_round=1, to_round=1)
    entries[0].make = pair
    entries[0].save()
    entries[1].make = builder
    entries[1].save()
    for kind, tag in ((Mark.NOMINATED, ""), (Mark.UNREGISTERED, ""), (Mark.TAG, "hybrid")):
        EntryMark.objects.create(entry=entries[0], kind=kind, tag=tag, to_round=1)
    event = make_event(season, "Anneau", 1)
    race = Race.objects.create(
        event=event,
        number=1,
        name="Sprint",
        status=RaceStatus.OFFICIAL,
        date=date(2024, 5, 1),
        starters=cars,
        laps=7,
        laps_planned=28,
        hours="1.50",
        attributes={"coefficient": "1/3"},
        tags="finale, nocturne",
    )
    archive = Archive.objects.create(
        name="Annales", slug="annales", licence="CC BY 4.0", attribution="Data of the Annales."
    )
    Record.objects.create(
        archive=archive,
        race=race,
        entry=entries[0],
        number="17",
        position=1,
        track=True,
        status=Status.FINISHED,
        fastest=True,
        fastest_by=second,
        pole=True,
        laps=7,
        laps_led=5,
        drive={str(second.pk): "12.5"},
    )
    for place, entry in enumerate(entries[1:], 2):
        Record.objects.create(archive=archive, race=race, entry=entry, position=place, laps=7, fastest=place == 2)
    settle_races([race])
    return season, race, entries, second
