"""Races as they hold for one season: rows to values, `racing.settling`, values to rows where they differ."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Model, Q

from racing.models import Correction, Disagreement, Entry, EntryClass, FactEntry, Place, Race, Record, Result, Season
from racing.models.entries import holds
from racing.settling import (
    Amendment,
    Classification,
    Conflict,
    Recorded,
    SettledPlace,
    SettledResult,
    Source,
    Starter,
    Testimony,
    settle,
)
from racing.terms import OVERALL, TRACK, Contest, FactKind, Origin, Status

#: What a settled race rests on. Claims and calendars say nothing of a race.
TESTIFYING = (FactKind.FINISH, FactKind.QUALIFYING, FactKind.FASTEST_LAP, FactKind.PENALTY, FactKind.RETIREMENT)

#: What a testimony needs to know of a fact, in the order in which it is unpacked.
TOLD = (
    *("race_id", "pk", "kind", "ranking", "position", "sure", "data"),
    *("report__uploaded_at", "report_id", "report__reading__season_id"),
)


def replace_classifications(races: Sequence[Race], season: Season) -> bool:
    """Settle races for the season and write what differs from the rows there. Tells whether anything did.

    The rows of all races are loaded at once, so that a season of twenty races asks little more than one race.
    """
    told = _Told(races, season)
    there = _results_there(races, season)
    changed = _replace_disagreements(races, season, settled := {race.pk: told.settle(race) for race in races})
    for race in races:
        changed |= _replace_results(race, there[race.pk], settled[race.pk])
    return changed


class _Told:
    """All that is told of some races for a season."""

    def __init__(self, races: Sequence[Race], season: Season) -> None:
        self.numbers = dict(season.rounds.values_list("event_id", "number"))
        self.entries = list(Entry.objects.filter(season=season).order_by("pk").values_list("pk", "guest"))
        self.classes: dict[int, list[tuple[int, int | None, str, bool]]] = defaultdict(list)
        fields = ("entry_id", "from_round", "to_round", "racing_class__name", "racing_class__overlay")
        for entry, *one in EntryClass.objects.filter(entry__season=season).values_list(*fields):
            self.classes[entry].append((one[0], one[1], one[2], one[3]))
        self.testimonies = _testimonies(races, season)
        self.amendments = _amendments(races, season)
        self.records = _records(races, season)

    def settle(self, race: Race) -> Classification:
        """Settle one of the races."""
        return settle(
            self._starters(self.numbers.get(race.event_id)),
            self.testimonies[race.pk],
            self.amendments[race.pk],
            self.records[race.pk],
        )

    def _starters(self, number: int | None) -> list[Starter]:
        starters = []
        for entry, guest in self.entries:
            own = [(name, overlay) for first, last, name, overlay in self.classes[entry] if holds(first, last, number)]
            overlays = frozenset(name for name, overlay in own if overlay)
            starters.append(Starter(entry, guest, frozenset(name for name, _ in own), overlays))
        return starters


def _testimonies(races: Sequence[Race], season: Season) -> dict[int, list[Testimony]]:
    rows = FactEntry.objects.filter(season=season, entry__isnull=False, fact__race__in=races, fact__kind__in=TESTIFYING)
    told = list(rows.order_by("pk").values_list("entry_id", *(f"fact__{field}" for field in TOLD)))
    by_time = sorted({(row[-3], row[-2]) for row in told})
    seq = {report: place for place, (_, report) in enumerate(by_time)}
    found: dict[int, list[Testimony]] = defaultdict(list)
    for entry, race, fact, kind, ranking, position, sure, data, _uploaded, report, own in told:
        found[race].append(
            Testimony(
                fact=fact,
                entry=entry,
                kind=FactKind(kind),
                ranking=ranking,
                position=position,
                seq=seq[report],
                sure=sure,
                foreign=own != season.pk,
                detail=data.get("time") or data.get("gap") or "",
                text=data.get("text", ""),
            )
        )
    return found


def _amendments(races: Sequence[Race], season: Season) -> dict[int, list[Amendment]]:
    rows = Correction.objects.filter(race__in=races, entry__season=season, withdrawn_at__isnull=True).order_by("pk")
    found: dict[int, list[Amendment]] = defaultdict(list)
    for row in rows:
        found[row.race_id].append(Amendment(row.pk, row.entry_id, row.field, row.value))
    return found


def _records(races: Sequence[Race], season: Season) -> dict[int, list[Recorded]]:
    found: dict[int, list[Recorded]] = defaultdict(list)
    for row in Record.objects.filter(race__in=races, entry__season=season).order_by("pk"):
        found[row.race_id].append(
            Recorded(
                row.pk,
                row.archive_id,
                row.entry_id,
                _recorded_places(row),
                Status(row.status) if row.status else None,
                {Contest.FASTEST_LAP: row.fastest_by_id} if row.fastest_by_id else {},
                {
                    name: value
                    for name in ("number", "laps", "laps_led", "drive")
                    if (value := getattr(row, name)) not in (None, "", {})
                },
            )
        )
    return found


def _recorded_places(row: Record) -> dict[tuple[Contest, str], int]:
    places: dict[tuple[Contest, str], int] = {}
    if row.position is not None:
        places[Contest.RACE, OVERALL] = row.position
        if row.track:
            places[Contest.RACE, TRACK] = row.position
    if row.pole:
        places[Contest.QUALIFYING, OVERALL] = 1
    if row.fastest:
        places[Contest.FASTEST_LAP, OVERALL] = 1
    return places


def _update(row: Model, values: dict[str, Any]) -> bool:
    """Give the row the values that are new to it. Tells whether any was."""
    changed = [name for name, value in values.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, values[name])
    return bool(changed)


def _write_again(model: type[Model], rows: list[Any], *key: str) -> None:
    """Write rows that are there already, in one statement: a car that moves moves all behind it. `key` is a row's own."""
    if rows:
        fields = [
            field.name for field in model._meta.concrete_fields if not field.primary_key and field.name not in key
        ]
        model._default_manager.bulk_create(rows, update_conflicts=True, unique_fields=key, update_fields=fields)


def _origin(source: Source | None) -> str:
    return source.origin if source else ""


def _result_values(result: SettledResult) -> dict[str, Any]:
    status, penalty = result.status_source, result.penalty_source
    return {
        "status": result.status or "",
        "status_origin": _origin(status),
        "status_fact_id": status and status.fact,
        "status_correction_id": status and status.correction,
        "penalty": result.penalty[:200],
        "penalty_fact_id": penalty and penalty.fact,
        "penalty_correction_id": penalty and penalty.correction,
        "record_id": result.record,
        "number": result.figures.get("number", ""),
        "laps": result.figures.get("laps"),
        "laps_led": result.figures.get("laps_led"),
        "drive": {name: value for name, value in result.figures.get("drive", {}).items() if value is not None},
    }


def _place_values(place: SettledPlace) -> dict[str, Any]:
    source = place.source
    return {
        "position": place.position,
        "origin": source.origin,
        "fact_id": source.fact,
        "correction_id": source.correction,
        "record_id": source.record,
        "driver_id": place.driver,
        "why": dict(source.why) if source.origin == Origin.DERIVED else {},
        "detail": place.detail[:40],
    }


def _results_there(races: Sequence[Race], season: Season) -> dict[int, dict[int, Result]]:
    """Give the results that are stored, with their places, by race and entry."""
    found: dict[int, dict[int, Result]] = defaultdict(dict)
    for row in Result.objects.filter(race__in=races, entry__season=season).prefetch_related("places"):
        found[row.race_id][row.entry_id] = row
    return found


def _replace_results(race: Race, rows: dict[int, Result], settled: Classification) -> bool:
    gone = rows.keys() - {result.entry for result in settled.results}
    if gone:
        Result.objects.filter(pk__in=[rows[entry].pk for entry in gone]).delete()
    new = [result for result in settled.results if result.entry not in rows]
    made = Result.objects.bulk_create(
        Result(race=race, entry_id=result.entry, **_result_values(result)) for result in new
    )
    amended = [
        row for result in settled.results if (row := rows.get(result.entry)) and _update(row, _result_values(result))
    ]
    _write_again(Result, amended, "race", "entry")
    changed = bool(gone or new or amended)
    places = [place for row in rows.values() for place in row.places.all()]
    rows |= {row.entry_id: row for row in made}
    return changed | _replace_places(rows, places, settled)


def _replace_places(results: dict[int, Result], places: list[Place], settled: Classification) -> bool:
    entries = {row.pk: entry for entry, row in results.items()}
    there = {(entries[place.result_id], place.contest, place.ranking): place for place in places}
    holds = {
        (result.entry, str(place.contest), place.ranking): place
        for result in settled.results
        for place in result.places
    }
    gone = [place.pk for key, place in there.items() if key not in holds]
    if gone:
        Place.objects.filter(pk__in=gone).delete()
    new = [(key, place) for key, place in holds.items() if key not in there]
    Place.objects.bulk_create(
        Place(result=results[entry], contest=contest, ranking=ranking, **_place_values(place))
        for (entry, contest, ranking), place in new
    )
    amended = [there[key] for key in holds.keys() & there.keys() if _update(there[key], _place_values(holds[key]))]
    _write_again(Place, amended, "result", "contest", "ranking")
    return bool(gone or new or amended)


def _replace_disagreements(races: Sequence[Race], season: Season, settled: Mapping[int, Classification]) -> bool:
    held: dict[int, list[dict[str, Any]]] = defaultdict(list)
    there = Disagreement.objects.filter(race__in=races, season=season).order_by("pk")
    for values in there.values("race_id", *_CONFLICT):
        held[values.pop("race_id")].append(values)
    changed = [race for race in races if held[race.pk] != [_conflict_values(one) for one in settled[race.pk].conflicts]]
    if changed:
        there.filter(race__in=changed).delete()
        Disagreement.objects.bulk_create(
            Disagreement(race=race, season=season, **_conflict_values(conflict))
            for race in changed
            for conflict in settled[race.pk].conflicts
        )
    return bool(changed)


_CONFLICT = (
    *("code", "contest", "ranking", "kept_fact_id", "kept_correction_id", "other_fact_id"),
    *("kept_record_id", "other_record_id", "detail"),
)


def _conflict_values(conflict: Conflict) -> dict[str, Any]:
    return {
        "code": conflict.code,
        "contest": conflict.contest or "",
        "ranking": conflict.ranking,
        "kept_fact_id": conflict.kept_fact,
        "kept_correction_id": conflict.kept_correction,
        "other_fact_id": conflict.other_fact,
        "kept_record_id": conflict.kept_record,
        "other_record_id": conflict.other_record,
        "detail": dict(conflict.detail),
    }


def forget_classifications(season: Season) -> bool:
    """Take out what was settled for races that are no longer the season's. Tells whether anything was there."""
    strangers = ~Q(race__event__rounds__season=season)
    results = Result.objects.filter(strangers, entry__season=season)
    disagreements = Disagreement.objects.filter(strangers, season=season)
    found = results.exists() or disagreements.exists()
    results.delete()
    disagreements.delete()
    return found
