"""Takes away what reports once proposed and nobody speaks of any more. Only unconfirmed rows go, and never a person's word."""

from django.db.models import Q, QuerySet

from racing.identifying import find_circuit, meeting_facts
from racing.models import (
    Answer,
    Circuit,
    Driver,
    Entry,
    Event,
    RacingClass,
    ReadingRecord,
    Report,
    Season,
    Series,
    Team,
)


def clear_entries(season: Season) -> bool:
    """Clear the season's entries that no fact means, no archive and no correction names. Tells whether any went."""
    idle = Entry.objects.filter(season=season, confirmed=False, facts=None, corrections=None, records=None)
    return _delete(idle)


def clear_people() -> None:
    """Clear the drivers who drive nothing and the teams that enter nothing, unless a name of theirs was given by a person."""
    _delete(Driver.objects.filter(confirmed=False, drives=None, aliases=None))
    _delete(Team.objects.filter(confirmed=False, entries=None, aliases=None))


def _delete(rows: QuerySet[Driver] | QuerySet[Team] | QuerySet[Entry]) -> bool:
    keys = list(rows.values_list("pk", flat=True))
    if keys:
        rows.model._default_manager.filter(pk__in=keys).delete()
    return bool(keys)


def clear_races(event: Event) -> bool:
    """Clear the races of an unconfirmed event of which nothing is told. Tells whether any went."""
    if event.confirmed:
        return False
    idle = event.races.filter(facts=None, corrections=None, records=None, name="", date=None)
    found = idle.exists()
    idle.delete()
    return found


def clear_events(season: Season) -> bool:
    """Clear the season's events that no report tells of or announces. Tells whether any went."""
    announced = {
        circuit.pk for fact in meeting_facts(season) if (circuit := find_circuit(fact.data.get("circuit", "")))
    }
    found = False
    for event in Event.objects.filter(seasons=season, confirmed=False).exclude(circuit__in=announced):
        found |= _clear_event(event, season)
    return found


def _clear_event(event: Event, season: Season) -> bool:
    """Clear an event unless a report belongs to it, somebody gave it, corrected something there, or numbered it."""
    kept = (
        ReadingRecord.objects.filter(event=event).exists()
        or Report.objects.filter(given_event=event).exists()
        or event.races.exclude(facts=None, corrections=None, records=None).exists()
        or event.rounds.exclude(season=season, number=None).exists()
        or event.races.exclude(name="", date=None).exists()
    )
    if not kept:
        event.delete()
    return not kept


def clear_season(season: Season) -> None:
    """Clear the season, and its series, if nothing is left in them; and circuits where nothing is held."""
    _clear_circuits()
    series = season.series
    used = (
        season.confirmed
        or season.rounds.exists()
        or season.entries.exists()
        or ReadingRecord.objects.filter(season=season).exists()
        or Report.objects.filter(given_season=season).exists()
        or Answer.objects.filter(question="joint", subject=str(season.pk)).exists()
    )
    if used:
        return
    season.delete()
    given = Report.objects.filter(given_series=series).exists()
    if not (series.confirmed or given or series.seasons.exists() or series.aliases.exists()):
        Series.objects.filter(pk=series.pk).delete()


def _clear_circuits() -> None:
    Circuit.objects.filter(confirmed=False, events=None, aliases=None).delete()


def clear_classes(season: Season) -> None:
    """Clear the classes of an unconfirmed season in which nobody runs."""
    if not season.confirmed:
        RacingClass.objects.filter(Q(season=season), entries=None).delete()
