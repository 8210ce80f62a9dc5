"""What reports say of a season's unconfirmed entries and drivers, taken together: names, numbers, teams, classes, guests.

A confirmed row is a person's; nothing here changes it.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model, Q

from racing.entrants import EntryList, named
from racing.identifying import free_slug
from racing.matching import PART, name_fit
from racing.merging import merge_drivers
from racing.models import (
    Alias,
    Answer,
    CrewMember,
    Driver,
    Entry,
    EntryClass,
    Fact,
    RacingClass,
    ReadingRecord,
    Season,
    Team,
)
from racing.names import fold
from racing.naming import class_order, fuller, is_overlay, same_team_name, split_name
from racing.proposing import Mention
from racing.terms import OVERALL, TRACK


@dataclass(slots=True)
class _Told:
    """What all reports together tell of one entry."""

    teams: Counter[str] = field(default_factory=Counter)
    numbers: Counter[str] = field(default_factory=Counter)
    cars: Counter[str] = field(default_factory=Counter)
    classes: set[str] = field(default_factory=set)
    drivers: set[int] = field(default_factory=set)
    guest: bool = False

    def hear(self, team: str, number: str, car: str) -> None:
        """Count one report's word."""
        for counter, value in ((self.teams, team), (self.numbers, number), (self.cars, car)):
            if value.strip():
                counter[" ".join(value.split())] += 1


def most_told(words: Counter[str]) -> str:
    """Give the word told most often, of several the first by name; empty if nothing was told."""
    return min(words, key=lambda word: (-words[word], word), default="")


def describe_entries(season: Season, entries: EntryList, said: Iterable[tuple[Fact, Mention]]) -> bool:
    """Bring the season's unconfirmed entries and drivers up to what reports tell. Tells whether anything was changed."""
    told: dict[int, _Told] = defaultdict(_Told)
    names: dict[int, set[tuple[str, str]]] = defaultdict(set)
    nations: dict[int, Counter[str]] = defaultdict(Counter)
    _hear_facts(season, entries, said, told, names)
    _hear_people(season, entries, told, names, nations)
    _hear_answers(season, entries, told)
    changed = False
    for key, words in sorted(told.items()):
        if not entries.entries[key].confirmed:
            changed |= _describe_entry(entries.entries[key], words)
    for driver_id, driver in sorted(entries.drivers().items()):
        if not driver.confirmed:
            changed |= _describe_driver(driver, names[driver_id], most_told(nations[driver_id]), entries)
    if changed:
        entries.reload()
    return changed


def _hear_names(drivers: Iterable[Driver], written: Iterable[str], names: dict[int, set[tuple[str, str]]]) -> None:
    """Note how a driver's name is written; an alias is another way of writing it, which a person has set aside."""
    for driver in drivers:
        aliases = {alias.folded for alias in driver.aliases.all()}
        for name in written:
            if fold(name) not in aliases and name_fit(name, named(driver)) >= PART:
                names[driver.pk].add(split_name(name))


def _hear_facts(
    season: Season,
    entries: EntryList,
    said: Iterable[tuple[Fact, Mention]],
    told: dict[int, _Told],
    names: dict[int, set[tuple[str, str]]],
) -> None:
    for fact, mention in said:
        found = entries.match(mention.drivers, mention.number, mention.team, mention.ranking, mention.round_number)
        if found.entry is None:
            continue
        words = told[found.entry]
        words.hear(mention.team, mention.number, str(fact.data.get("car", "")))
        words.drivers.update(found.drivers)
        if mention.ranking not in ("", OVERALL, TRACK):
            words.classes.add(mention.ranking)
        if fact.report.reading.season_id == season.pk:
            words.guest |= bool(fact.data.get("guest"))
        crew = [row.driver for row in entries.entries[found.entry].crew.all() if row.driver_id in found.drivers]
        _hear_names(crew, mention.drivers, names)


def _hear_people(
    season: Season,
    entries: EntryList,
    told: dict[int, _Told],
    names: dict[int, set[tuple[str, str]]],
    nations: dict[int, Counter[str]],
) -> None:
    """Hear what the reports say of the people they name, beside what they say of their results."""
    here = Q(season=season) | Q(event__rounds__season=season)
    for record in ReadingRecord.objects.filter(here).distinct():
        for person in record.people:
            found = entries.match([person["name"]], person["number"], person["team"])
            if found.entry is None or found.entry not in told:
                continue
            told[found.entry].hear(person["team"], person["number"], person["car"])
            if record.season_id == season.pk:
                told[found.entry].classes.update(name[:40] for name in person["classes"])
            crew = [row.driver for row in entries.entries[found.entry].crew.all() if row.driver_id in found.drivers]
            _hear_names(crew, [person["name"]], names)
            for driver in crew:
                if person["nationality"]:
                    nations[driver.pk][person["nationality"][:2]] += 1


def joint_answers(season: Season) -> list[dict[str, Any]]:
    """Give what people answered about other series' events that are rounds of this season too."""
    rows = Answer.objects.filter(question="joint", subject=str(season.pk)).order_by("pk")
    return [row.value for row in rows if row.value.get("round")]


def _hear_answers(season: Season, entries: EntryList, told: dict[int, _Told]) -> None:
    for value in joint_answers(season):
        for name in value.get("guests", ()):
            found = entries.match([name])
            if found.entry is not None and found.entry in told:
                told[found.entry].guest = True


def _describe_entry(entry: Entry, words: _Told) -> bool:
    numbers = (most_told(words.numbers)[:4], entry.number, "")
    number = next(number for number in numbers if words.guest or not _number_taken(entry, number))
    team = _find_or_propose_team(most_told(words.teams)) if words.teams else None
    values = {"guest": words.guest, "number": number, "team_id": team and team.pk, "car": most_told(words.cars)[:80]}
    changed = _update(entry, values)
    changed |= _describe_classes(entry, words.classes)
    strangers = [row.pk for row in entry.crew.all() if row.driver_id not in words.drivers]
    if words.drivers and strangers:
        CrewMember.objects.filter(pk__in=strangers).delete()
        changed = True
    return changed


def _number_taken(entry: Entry, number: str) -> bool:
    same = Entry.objects.filter(season=entry.season_id, number=number, guest=False).exclude(pk=entry.pk)
    return bool(number) and same.exists()


def _update(row: Model, values: dict[str, Any]) -> bool:
    changed = [name for name, value in values.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, values[name])
    if changed:
        row.save(update_fields=changed)
    return bool(changed)


def _describe_classes(entry: Entry, told: set[str]) -> bool:
    """Give the entry the classes told of it, for the whole season."""
    there = {row.racing_class.name: row for row in entry.classes.all()}
    for name in sorted(told - there.keys()):
        row = RacingClass.objects.filter(season=entry.season_id, name=name).first()
        row = row or RacingClass.objects.create(
            season_id=entry.season_id, name=name, overlay=is_overlay(name), order=class_order(name)
        )
        EntryClass.objects.create(entry=entry, racing_class=row)
    gone = there.keys() - told
    EntryClass.objects.filter(pk__in=[there[name].pk for name in gone]).delete()
    return told != there.keys()


def _find_or_propose_team(name: str) -> Team:
    name = name[:120]
    if exact := Team.objects.filter(name=name).first():
        return exact
    alias = Alias.objects.filter(folded=fold(name), team__isnull=False).select_related("team").first()
    if alias and alias.team:
        return alias.team
    alike = [team for team in Team.objects.order_by("pk") if same_team_name(team.name, name)]
    if not alike:
        return Team.objects.create(name=name, slug=free_slug(Team, name, 140))
    team = min(alike, key=lambda row: fold(row.name) != fold(name))
    if not team.confirmed and (len(name), name) > (len(team.name), team.name):
        team.name, team.slug = name, free_slug(Team, name, 140)
        team.save(update_fields=["name", "slug"])
    return team


def _describe_driver(driver: Driver, written: set[tuple[str, str]], nation: str, entries: EntryList) -> bool:
    """Give the driver the fullest name told; whoever has that whole name already is the same person."""
    first, last = fuller({(driver.first_name, driver.last_name), *written})
    if (first, last) == (driver.first_name, driver.last_name):
        return _update(driver, {"nationality": nation or driver.nationality})
    entries.note_elsewhere(driver)
    twin = _twin(driver, first, last)
    if twin is not None:
        entries.note_elsewhere(twin)
        merge_drivers(twin, driver, alias=False)
        return True
    slug = free_slug(Driver, f"{first} {last}", 180)
    values = {"first_name": first[:80], "last_name": last[:80], "slug": slug}
    return _update(driver, {**values, "nationality": nation or driver.nationality})


def _twin(driver: Driver, first: str, last: str) -> Driver | None:
    """Find another driver of the same whole name."""
    if not first:
        return None
    alike = Driver.objects.exclude(pk=driver.pk).exclude(first_name="").order_by("pk")
    return next((row for row in alike if fold(str(row)) == fold(f"{first} {last}")), None)
