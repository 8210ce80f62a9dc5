"""Where a report belongs: its series, season, event and races, found by what people gave or answered, else by its heading.

What is not there is made, marked as unconfirmed. What the text does not tell stays open and is asked (`racing.questions`).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from django.db.models import Model
from django.utils.text import slugify

from racing.models import Alias, Answer, Circuit, Event, Fact, ReadingRecord, Report, Round, Season, Series
from racing.names import fold
from racing.naming import same_circuit, same_series
from racing.ordering import Meeting, order_rounds
from racing.reading.facts import Heading, Stated
from racing.terms import FactKind

Named = TypeVar("Named", Series, Circuit)


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Where a report belongs, as far as it is known."""

    season: Season | None = None
    event: Event | None = None


def answers_of(report: Report) -> dict[tuple[str, str], Any]:
    """Give what people answered about the report, by question and subject."""
    return {(row.question, row.subject): row.value for row in Answer.objects.filter(report=report)}


def value_of(stated: Stated | None) -> str:
    """Give the stated value, empty where nothing is stated."""
    return stated.value.strip() if stated else ""


def free_slug(model: type[Model], text: str, length: int) -> str:
    """Give an address for a new row that no other has."""
    stem = slugify(fold(text)) or "x"
    stem = stem[: length - 4].strip("-")
    taken = set(model._default_manager.filter(slug__startswith=stem).values_list("slug", flat=True))
    if stem not in taken:
        return stem
    return next(slug for count in range(2, 10_000) if (slug := f"{stem}-{count}") not in taken)


def find_named(model: type[Named], name: str, same: Callable[[str, str], bool]) -> Named | None:
    """Find a series or circuit by its name, an alias, or the one name that says the same. None if none or several do."""
    field = model._meta.model_name or ""
    alias = Alias.objects.filter(folded=fold(name), **{f"{field}__isnull": False}).select_related(field).first()
    if alias:
        found: Named = getattr(alias, field)
        return found
    rows = list(model._default_manager.order_by("pk"))
    if exact := [row for row in rows if fold(row.name) == fold(name)]:
        return exact[0]
    alike = [row for row in rows if same(row.name, name)]
    return alike[0] if len(alike) == 1 else None


def find_or_propose(model: type[Named], name: str, same: Callable[[str, str], bool]) -> Named:
    """Find a series or circuit, or make it, unconfirmed. While it is unconfirmed, the fuller of its names holds."""
    name = " ".join(name.split())[:120]
    row = find_named(model, name, same)
    if row is None:
        return model._default_manager.create(name=name, slug=free_slug(model, name, 120))
    if not row.confirmed and same(row.name, name) and _fuller_title(name) > _fuller_title(row.name):
        row.name, row.slug = name, free_slug(model, name, 120)
        row.save(update_fields=["name", "slug"])
    return row


def _fuller_title(name: str) -> tuple[int, int, int, str]:
    accents = sum(1 for letter in name if not letter.isascii())
    return len(fold(name).split()), accents, -sum(letter.isupper() for letter in name), name


def find_circuit(name: str) -> Circuit | None:
    """Find a circuit by what a report calls it."""
    return find_named(Circuit, name, same_circuit)


def identify(report: Report, heading: Heading) -> Whereabouts:
    """Find or make the report's season and event. What nobody tells is None."""
    answers = answers_of(report)
    season = _find_season(report, heading, answers)
    if season is None:
        return Whereabouts()
    return Whereabouts(season, _find_event(report, heading, answers, season))


def find_series(report: Report, heading: Heading, answers: dict[tuple[str, str], Any]) -> Series | None:
    """Find or make the report's series: given, answered, or named in its heading."""
    if report.given_series:
        return report.given_series
    name = str(answers.get(("series", "")) or value_of(heading.series))
    return find_or_propose(Series, name, same_series) if name else None


def find_year(report: Report, stated: str, answers: dict[tuple[str, str], Any]) -> int | None:
    """Give the report's year: of the given event, answered, or as its heading states it. None if that is no single year."""
    if report.given_event:
        return report.given_event.year
    said = str(answers.get(("year", "")) or stated)
    return int(said) if said.isdigit() and 1890 <= int(said) <= 2150 else None


def _find_season(report: Report, heading: Heading, answers: dict[tuple[str, str], Any]) -> Season | None:
    if report.given_season:
        return report.given_season
    series = find_series(report, heading, answers)
    if series is None and report.given_event and report.given_event.seasons.count() == 1:
        return report.given_event.seasons.get()
    year = find_year(report, value_of(heading.season), answers)
    if series is None or year is None:
        return None
    season, _ = Season.objects.get_or_create(series=series, year=year)
    return season


def events_at(season: Season, circuit: Circuit) -> list[Event]:
    """Give the season's events at the circuit."""
    return list(Event.objects.filter(rounds__season=season, circuit=circuit).order_by("start", "pk"))


def _find_event(report: Report, heading: Heading, answers: dict[tuple[str, str], Any], season: Season) -> Event | None:
    if report.given_event:
        Round.objects.get_or_create(season=season, event=report.given_event)
        return report.given_event
    name = str(answers.get(("circuit", "")) or value_of(heading.circuit))
    if not name:
        return None
    circuit = find_or_propose(Circuit, name, same_circuit)
    events = events_at(season, circuit)
    if len(events) > 1:
        return next((event for event in events if event.slug == answers.get(("event", ""))), None)
    return events[0] if events else propose_event(season, circuit)


def propose_event(season: Season, circuit: Circuit, start: date | None = None, end: date | None = None) -> Event:
    """Make an event of the season at the circuit, unconfirmed."""
    slug = free_slug(Event, f"{season.series.slug} {season.year} {circuit.slug}", 140)
    event = Event.objects.create(circuit=circuit, year=season.year, start=start, end=end, slug=slug)
    Round.objects.create(season=season, event=event)
    return event


# --- the calendar that reports announce --------------------------------------------------------------------------------


def _day(text: str, year: int) -> date | None:
    """Read an ISO date, or "MM-DD" of the season's year."""
    try:
        return date.fromisoformat(text if len(text) > 5 else f"{year}-{text}")
    except ValueError:
        return None


def meeting_facts(season: Season) -> list[Fact]:
    """Give what the season's reports say of meetings to come."""
    facts = Fact.objects.filter(report__reading__season=season, kind=FactKind.MEETING)
    return list(facts.select_related("report__reading").order_by("report__sha256", "order"))


def propose_calendar(season: Season) -> bool:
    """Make the events that the season's reports announce, fill in dates, and put the rounds in order.

    Tells whether anything changed.
    """
    before = _calendar(season)
    announced: list[tuple[int, int]] = []
    for fact in meeting_facts(season):
        event = _announced_event(season, fact)
        if event is None:
            continue
        record: ReadingRecord = fact.report.reading
        if record.event_id and record.event_id != event.pk:
            announced.append((record.event_id, event.pk))
    _order(season, announced)
    return _calendar(season) != before


def _calendar(season: Season) -> list[tuple[object, ...]]:
    return list(season.rounds.order_by("pk").values_list("event_id", "order", "event__start", "event__end"))


def _announced_event(season: Season, fact: Fact) -> Event | None:
    """Find or make the announced event. None where the place is not told or one of several might be meant."""
    name = str(fact.data.get("circuit", ""))
    start, end = _day(str(fact.data.get("start", "")), season.year), _day(str(fact.data.get("end", "")), season.year)
    if not name or (start and start.year != season.year):
        return None
    if start and end and end < start:
        start = end = None
    circuit = find_or_propose(Circuit, name, same_circuit)
    events = events_at(season, circuit)
    if not events:
        return propose_event(season, circuit, start, end)
    if len(events) > 1:
        return next((event for event in events if start and event.start == start), None)
    event = events[0]
    if event.pk == fact.report.reading.event_id:
        return None  # a second meeting at the report's own circuit: too little is known of it
    if start and event.start is None and event.end is None:
        event.start, event.end = start, end
        event.save(update_fields=["start", "end"])
    return event


def _order(season: Season, announced: Iterable[tuple[int, int]]) -> None:
    rounds = list(Round.objects.filter(season=season).select_related("event__circuit"))
    meetings = [
        Meeting(row.event_id, fold(row.event.circuit.name), row.number, row.event.start or row.event.end)
        for row in rounds
    ]
    order = order_rounds(meetings, announced)
    for row in rounds:
        place = order.index(row.event_id) + 1
        if row.order != place:
            row.order = place
            row.save(update_fields=["order"])
