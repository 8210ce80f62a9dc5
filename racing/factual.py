"""Facts as rows: what a report says, of which race, and whom it means in each season concerned."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from racing.classifications import TESTIFYING
from racing.entrants import EntryList
from racing.models import Answer, Event, Fact, FactEntry, Race, ReadingRecord, Report, Season
from racing.proposing import Mention
from racing.reading.facts import Fact as ReadFact
from racing.reading.facts import Reading
from racing.terms import Match

#: What a row has columns for; all else that a fact of the reader has goes into `data`.
_COLUMNS = {"kind", "evidence", "race", "ranking", "position", "drivers", "sure", "recogniser"}


def _values(fact: ReadFact) -> dict[str, Any]:
    rest = {key: value for key, value in asdict(fact).items() if key not in _COLUMNS and value}
    return {
        "kind": str(fact.kind),
        "race_number": fact.race,
        "ranking": fact.ranking[:40],
        "position": fact.position,
        "drivers": list(fact.drivers),
        "data": {key: list(value) if isinstance(value, tuple) else value for key, value in rest.items()},
        "spans": [[span.start, span.end] for span in fact.evidence],
        "sure": fact.sure,
        "recogniser": fact.recogniser[:40],
    }


def replace_facts(report: Report, reading: Reading) -> bool:
    """Make the report's rows what the reading says, leaving those that say it already. Tells whether any differed."""
    rows = {row.order: row for row in Fact.objects.filter(report=report)}
    changed = False
    new = []
    for order, fact in enumerate(reading.facts):
        values = _values(fact)
        row = rows.pop(order, None)
        if row is None:
            new.append(Fact(report=report, order=order, **values))
        elif any(getattr(row, name) != value for name, value in values.items()):
            for name, value in values.items():
                setattr(row, name, value)
            row.save()
        else:
            continue
        changed = True
    Fact.objects.bulk_create(new)
    Fact.objects.filter(pk__in=[row.pk for row in rows.values()]).delete()
    return changed or bool(new or rows)


# --- races --------------------------------------------------------------------------------------------------------------


def known_numbers(event: Event) -> list[int]:
    """Give the numbers of the event's races: those that reports tell, that people made or gave as an answer."""
    told = Fact.objects.filter(report__reading__event=event, race_number__isnull=False, kind__in=TESTIFYING)
    made = event.races.exclude(name="", date=None) if not event.confirmed else event.races.all()
    corrected = event.races.filter(corrections__isnull=False)
    numbers = {number for number in told.values_list("race_number", flat=True) if number is not None}
    for races in (made, corrected):
        numbers |= set(races.values_list("number", flat=True))
    return sorted(numbers | set(_answers(event).values()))


def _answers(event: Event) -> dict[int, int]:
    """Give the race that a person said a report tells of where it does not say so itself, by the report's id."""
    rows = Answer.objects.filter(report__reading__event=event, question="race", subject="")
    return {row.report_id: int(row.value) for row in rows}


def assign_races(event: Event) -> bool:
    """Give each fact of the event's reports its race, making the races that are told. Tells whether anything changed.

    A fact that names no race is of the one that a person answered, else of the one that its report names elsewhere, else of
    the only one (`only_race`); otherwise it has none.
    """
    left = Fact.objects.filter(race__event=event).exclude(report__reading__event=event).update(race=None)
    answers = _answers(event)
    only = only_race(event, known_numbers(event))
    moved: list[Fact] = []
    races: dict[int, Race] = {}
    told = Fact.objects.filter(report__reading__event=event, kind__in=TESTIFYING).order_by("report", "order")
    facts = list(told.only("report", "order", "race_number", "race"))
    named = the_one_named(facts)
    for fact in facts:
        number = fact.race_number or answers.get(fact.report_id) or named.get(fact.report_id) or only
        race = None
        if number:
            race = races.get(number) or Race.objects.get_or_create(event=event, number=number)[0]
            races[number] = race
        if fact.race_id != (race and race.pk):
            fact.race = race
            moved.append(fact)
    Fact.objects.bulk_update(moved, ["race"])
    return bool(left or moved) | _count_starters(event, races.values())


def only_race(event: Event, numbers: list[int]) -> int | None:
    """Give the race that facts are of which name none: the only one of a meeting that a person confirmed, or the first.

    The first is taken only while nothing at all is known of the meeting's races, so that what is told can be seen; which race
    it was is asked all the same (`racing.questions`).
    """
    if not numbers:
        return 1
    return numbers[0] if event.confirmed and len(numbers) == 1 else None


def the_one_named(facts: Iterable[Fact]) -> dict[int, int]:
    """Give the race that a report names, where it names just one, by the report's id."""
    numbers: dict[int, set[int]] = defaultdict(set)
    for fact in facts:
        if fact.race_number:
            numbers[fact.report_id].add(fact.race_number)
    return {report: next(iter(told)) for report, told in numbers.items() if len(told) == 1}


def _count_starters(event: Event, races: Iterable[Race]) -> bool:
    """Enter the number of cars at the start that a report about one race tells, where none is known."""
    changed = False
    records = list(ReadingRecord.objects.filter(event=event).order_by("report__sha256"))
    for race in races:
        if race.starters is not None:
            continue
        told = [int(number) for record in records if (number := _starters(record)) and _tells_of(record, race)]
        if told:
            race.starters = max(told)
            race.save(update_fields=["starters"])
            changed = True
    return changed


def _starters(record: ReadingRecord) -> str:
    stated = record.heading.get("starters") or {}
    number = str(stated.get("value", ""))
    return number if number.isdigit() and 0 < int(number) < 1000 else ""


def _tells_of(record: ReadingRecord, race: Race) -> bool:
    return Fact.objects.filter(report=record.report_id, race=race).exists()


# --- whom they mean -----------------------------------------------------------------------------------------------------


def match_facts(season: Season, entries: EntryList, told: Iterable[tuple[Fact, Mention]]) -> bool:
    """Write whom each fact means among the season's entries, where that differs. Tells whether anything did."""
    rows = {row.fact_id: row for row in FactEntry.objects.filter(season=season)}
    changed = False
    new: list[FactEntry] = []
    for fact, mention in told:
        if not (mention.drivers or mention.number):
            continue
        found = entries.match(mention.drivers, mention.number, mention.team, mention.ranking, mention.round_number)
        match = found.match
        if found.entry is not None and not entries.entries[found.entry].confirmed:
            match = Match.PROPOSED
        values = {"entry_id": found.entry, "match": str(match), "why": found.why[:200]}
        row = rows.pop(fact.pk, None)
        if row is not None and all(getattr(row, name) == value for name, value in values.items()):
            continue
        if row is None:
            new.append(FactEntry(fact=fact, season=season, **values))
            continue
        FactEntry.objects.filter(pk=row.pk).update(**values)
        changed = True
    FactEntry.objects.bulk_create(new)
    FactEntry.objects.filter(pk__in=[row.pk for row in rows.values()]).delete()
    return changed or bool(new or rows)
