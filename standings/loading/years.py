"""One season of the archive into the database: calendar, entries, records; then settled and scored like any other."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction

from racing.models import (
    CrewMember,
    Entry,
    EntryClass,
    Event,
    Race,
    RacingClass,
    Record,
    Round,
    Season,
)
from racing.pipeline import lock_seasons, settle_races
from racing.terms import RaceStatus
from standings.championships import ensure_championships
from standings.history.annals import Car, Finish, Session, Year
from standings.history.f1db import CHAMPIONSHIPS, RACE, decision
from standings.loading.keys import Known

#: What a meeting is called, the same in English, and what its race is called, by the archive's name for the Grand Prix.
GrandsPrix = Mapping[str, tuple[str, str, str]]
SPRINT = "Sprint"


@transaction.atomic
def load_year(year: Year, known: Known, grands_prix: GrandsPrix) -> Season | None:
    """Load a season, whole or not at all, and score it; None where the season has a calendar already, which stays as it is."""
    season, _ = Season.objects.get_or_create(series=known.series, year=year.year, defaults={"confirmed": True})
    lock_seasons([season.pk])
    if season.rounds.exists():
        return None
    loading = _Loading(year, known, season)
    loading.add_calendar(grands_prix)
    loading.add_entries()
    loading.add_records()
    loading.add_decisions()
    settle_races(loading.races.values())
    return season


class _Loading:
    """The season while it is being loaded; races by round and kind, entries by car."""

    def __init__(self, year: Year, known: Known, season: Season) -> None:
        self.year, self.known, self.season = year, known, season
        self.races: dict[tuple[int, str], Race] = {}
        self.entries: dict[Car, Entry] = {}

    def add_calendar(self, grands_prix: GrandsPrix) -> None:
        """Make the meetings with their races."""
        events = Event.objects.bulk_create(
            Event(
                circuit_id=self.known.circuits[row["circuit"]],
                year=self.year.year,
                name=grands_prix[row["grand_prix"]][0],
                name_en=_differing(*grands_prix[row["grand_prix"]][:2]),
                slug=f"{self.known.archive.slug}-{self.year.year}-{row['slug']}",
                start=date.fromisoformat(row["date"]),
                end=date.fromisoformat(row["date"]),
                confirmed=True,
            )
            for row in self.year.meetings
        )
        numbers = [int(row["round"]) for row in self.year.meetings]
        Round.objects.bulk_create(
            Round(season=self.season, event=event, number=number, order=number)
            for number, event in zip(numbers, events, strict=True)
        )
        meetings = dict(zip(numbers, zip(self.year.meetings, events, strict=True), strict=True))
        held: dict[int, list[Session]] = {}
        for session in self.year.sessions:
            held.setdefault(session.round, []).append(session)
        races = Race.objects.bulk_create(
            Race(
                event=meetings[number][1],
                number=place,
                name=grands_prix[meetings[number][0]["grand_prix"]][2] if session.kind == RACE else SPRINT,
                **_race_values(meetings[number][0], session),
            )
            for number, sessions in held.items()
            for place, session in enumerate(sessions, 1)
        )
        keys = [(session.round, session.kind) for sessions in held.values() for session in sessions]
        self.races = dict(zip(keys, races, strict=True))

    def add_entries(self) -> None:
        """Make the cars with their crews and classes."""
        numbers, crews = self.year.numbers(), self.year.crews()
        entries = Entry.objects.bulk_create(
            Entry(season=self.season, number=numbers.get(car, ""), make_id=self.known.makes[car[0]], confirmed=True)
            for car in crews
        )
        self.entries = dict(zip(crews, entries, strict=True))
        CrewMember.objects.bulk_create(
            member for car, crew in crews.items() for member in self._crew(self.entries[car], car, crew)
        )
        classes = self.year.classes()
        names = dict.fromkeys(name for spans in classes.values() for name, *_ in spans)
        held = {
            name: RacingClass.objects.create(season=self.season, name=name, order=order)
            for order, name in enumerate(sorted(names))
        }
        EntryClass.objects.bulk_create(
            EntryClass(entry=self.entries[car], racing_class=held[name], from_round=first, to_round=last)
            for car, spans in classes.items()
            for name, first, last in spans
        )

    def _crew(self, entry: Entry, car: Car, crew: Mapping[str, list[int]]) -> list[CrewMember]:
        """Give the members: who starts sits in it all season, others in the rounds in which they took it over."""
        found = []
        for order, (driver, rounds) in enumerate(crew.items()):
            key = self.known.drivers[driver]
            if driver == car[1]:
                found.append(CrewMember(entry=entry, driver_id=key, order=0))
            else:
                found += [
                    CrewMember(entry=entry, driver_id=key, order=order or 1, from_round=number, to_round=number)
                    for number in rounds
                ]
        return found

    def add_records(self) -> None:
        """Keep how each race ended for each car, as the archive has it."""
        Record.objects.bulk_create(
            Record(
                archive=self.known.archive,
                race=self.races[session.round, session.kind],
                entry=self.entries[finish.car],
                track=session.mixed and finish.position is not None,
                fastest_by_id=self.known.drivers[finish.fastest_by] if finish.fastest_by else None,
                **_record_values(finish),
            )
            for session in self.year.sessions
            for finish in session.finishes
        )

    def add_decisions(self) -> None:
        """Write down what was decided in the season, beside the rules of its rulebook."""
        last = max(number for number, kind in self.races if kind == RACE)
        numbers = {
            (session.round, finish.car[0], finish.number): self.entries[finish.car].pk
            for session in self.year.sessions
            for finish in session.finishes
            if session.kind == RACE
        }
        ids = {"drivers": self.known.drivers, "constructors": self.known.makes}
        for held in ensure_championships(self.season).rows:
            row = held.championship
            decisions = [
                decision(
                    one,
                    subject=ids[row.slug][one["subject"]],
                    race=self.races[int(one["round"] or last), RACE].pk,
                    entry=numbers[int(one["round"]), one["subject"], one["car_number"]] if one["car_number"] else None,
                )
                for one in self.year.decisions
                if one["championship"] == row.slug and row.slug in CHAMPIONSHIPS
            ]
            if decisions:
                row.decisions = decisions
                row.save(update_fields=["decisions"])


def _differing(name: str, name_en: str) -> str:
    """Give the name in English where it is another."""
    return name_en if name_en != name else ""


def _race_values(row: Mapping[str, str], session: Session) -> dict[str, Any]:
    run, planned = row["laps"], row["scheduled_laps"] or row["laps"]
    if session.kind != RACE:
        run = planned = row["sprint_laps"]
    return {
        "status": RaceStatus.OFFICIAL,
        "date": date.fromisoformat(row["date"]) if session.kind == RACE else None,
        "starters": session.starters,
        "laps": int(run) if run else None,
        "laps_planned": int(planned) if planned else None,
    }


def _record_values(finish: Finish) -> dict[str, Any]:
    return {
        "number": finish.number,
        "position": finish.position,
        "status": finish.status,
        "reason": finish.reason,
        "pole": finish.pole,
        "fastest": finish.fastest,
        "laps": finish.laps,
    }
