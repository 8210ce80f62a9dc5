"""Races as they hold for one season: rows to values, `racing.settling`, values to rows where they differ."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
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
    for race, key, entry, name, value in rows.values_list("race_id", "pk", "entry_id", "field", "value"):
        found[race].append(Amendment(key, entry, name, value))
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


#: The fields of a result and of a place that settling gives, in the order in which they are loaded.
_RESULT = tuple(_result_values(SettledResult(0)))
_PLACE = tuple(_place_values(SettledPlace(Contest.RACE, "", 0, Source(Origin.STATED))))

#: What a place is of: the entry, the contest, the ranking.
_Of = tuple[int, str, str]


@dataclass(slots=True)
class _There:
    """What is stored of a race: results by entry and places by what they are of, each its id and its fields' values.

    Values, no rows: of a season's hundreds hardly one is ever written again.
    """

    results: dict[int, tuple[int, tuple[Any, ...]]] = field(default_factory=dict)
    places: dict[_Of, tuple[int, tuple[Any, ...]]] = field(default_factory=dict)


def _results_there(races: Sequence[Race], season: Season) -> dict[int, _There]:
    """Give what is stored, by race; two queries."""
    found: dict[int, _There] = defaultdict(_There)
    results = Result.objects.filter(race__in=races, entry__season=season).order_by()
    for race, entry, key, *values in results.values_list("race_id", "entry_id", "pk", *_RESULT):
        found[race].results[entry] = key, tuple(values)
    places = Place.objects.filter(result__race__in=races, result__entry__season=season).order_by()
    own = ("result__race_id", "result__entry_id", "contest", "ranking", "pk")
    for race, entry, contest, ranking, key, *values in places.values_list(*own, *_PLACE):
        found[race].places[entry, contest, ranking] = key, tuple(values)
    return found


def _replace_results(race: Race, there: _There, settled: Classification) -> bool:
    gone = there.results.keys() - {result.entry for result in settled.results}
    if gone:
        Result.objects.filter(pk__in=[there.results[entry][0] for entry in gone]).delete()
    keys = {entry: key for entry, (key, _) in there.results.items() if entry not in gone}
    new, amended = [], []
    for result in settled.results:
        values = _result_values(result)
        held = there.results.get(result.entry)
        if held is None:
            new.append(Result(race=race, entry_id=result.entry, **values))
        elif held[1] != tuple(values.values()):
            amended.append(Result(pk=held[0], race=race, entry_id=result.entry, **values))
    keys |= {row.entry_id: row.pk for row in Result.objects.bulk_create(new)}
    _write_again(Result, amended, "race", "entry")
    places = {of: place for of, place in there.places.items() if of[0] not in gone}
    return _replace_places(keys, places, settled) or bool(gone or new or amended)


def _replace_places(
    results: Mapping[int, int], there: Mapping[_Of, tuple[int, tuple[Any, ...]]], settled: Classification
) -> bool:
    """Replace the places that differ; `results` are the ids of the results by entry, `there` the places that are stored."""
    holds = {
        (result.entry, str(place.contest), place.ranking): _place_values(place)
        for result in settled.results
        for place in result.places
    }
    gone = [key for of, (key, _) in there.items() if of not in holds]
    if gone:
        Place.objects.filter(pk__in=gone).delete()
    new, amended = [], []
    for of, values in holds.items():
        held = there.get(of)
        if held is not None and held[1] == tuple(values.values()):
            continue
        entry, contest, ranking = of
        row = Place(result_id=results[entry], contest=contest, ranking=ranking, **values)
        if held is None:
            new.append(row)
        else:
            row.pk = held[0]
            amended.append(row)
    Place.objects.bulk_create(new)
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
