"""One race as it holds for one season: rows to values, `racing.settling`, values to rows where they differ."""

from typing import Any

from django.db.models import Model, Q

from racing.models import Correction, Disagreement, Entry, FactEntry, Place, Race, ReadingRecord, Result, Season
from racing.settling import (
    Amendment,
    Classification,
    SettledPlace,
    SettledResult,
    Source,
    Starter,
    Testimony,
    settle,
)
from racing.terms import FactKind, Origin

#: What a settled race rests on. Claims and calendars say nothing of a race.
TESTIFYING = (FactKind.FINISH, FactKind.QUALIFYING, FactKind.FASTEST_LAP, FactKind.PENALTY, FactKind.RETIREMENT)


def replace_classification(race: Race, season: Season) -> bool:
    """Settle the race for the season and write what differs from the rows there. Tells whether anything did."""
    settled = settle(_starters(season, race), _testimonies(race, season), _amendments(race, season))
    return _replace_results(race, season, settled) | _replace_disagreements(race, season, settled)


def _starters(season: Season, race: Race) -> list[Starter]:
    rounds = season.rounds.filter(event_id=race.event_id).values_list("number", flat=True)
    number = next(iter(rounds), None)
    starters = []
    for entry in Entry.objects.filter(season=season).prefetch_related("classes__racing_class").order_by("pk"):
        classes = [row.racing_class for row in entry.classes.all() if row.holds_in(number)]
        overlays = frozenset(row.name for row in classes if row.overlay)
        starters.append(Starter(entry.pk, entry.guest, frozenset(row.name for row in classes), overlays))
    return starters


def _testimonies(race: Race, season: Season) -> list[Testimony]:
    rows = FactEntry.objects.filter(season=season, entry__isnull=False, fact__race=race, fact__kind__in=TESTIFYING)
    told = list(rows.select_related("fact__report").defer("fact__spans", "fact__report__text").order_by("pk"))
    reports = {row.fact.report_id: row.fact.report for row in told}
    by_time = sorted(reports.values(), key=lambda report: (report.uploaded_at, report.pk))
    seq = {report.pk: place for place, report in enumerate(by_time)}
    own = dict(ReadingRecord.objects.filter(report__in=reports).values_list("report_id", "season_id"))
    return [
        Testimony(
            fact=row.fact_id,
            entry=row.entry_id,
            kind=FactKind(row.fact.kind),
            ranking=row.fact.ranking,
            position=row.fact.position,
            seq=seq[row.fact.report_id],
            sure=row.fact.sure,
            foreign=own.get(row.fact.report_id) != season.pk,
            detail=row.fact.data.get("time") or row.fact.data.get("gap") or "",
            text=row.fact.data.get("text", ""),
        )
        for row in told
        if row.entry_id is not None
    ]


def _amendments(race: Race, season: Season) -> list[Amendment]:
    rows = Correction.objects.filter(race=race, entry__season=season, withdrawn_at__isnull=True).order_by("pk")
    return [Amendment(row.pk, row.entry_id, row.field, row.value) for row in rows]


def _update(row: Model, values: dict[str, Any]) -> bool:
    """Write the values that are new to the row. Tells whether any was."""
    changed = [name for name, value in values.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, values[name])
    if changed:
        row.save()
    return bool(changed)


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
    }


def _place_values(place: SettledPlace) -> dict[str, Any]:
    source = place.source
    return {
        "position": place.position,
        "origin": source.origin,
        "fact_id": source.fact,
        "correction_id": source.correction,
        "why": dict(source.why) if source.origin == Origin.DERIVED else {},
        "detail": place.detail[:40],
    }


def _replace_results(race: Race, season: Season, settled: Classification) -> bool:
    there = Result.objects.filter(race=race, entry__season=season).prefetch_related("places")
    rows = {row.entry_id: row for row in there}
    gone = rows.keys() - {result.entry for result in settled.results}
    Result.objects.filter(pk__in=[rows[entry].pk for entry in gone]).delete()
    new = [result for result in settled.results if result.entry not in rows]
    made = Result.objects.bulk_create(
        Result(race=race, entry_id=result.entry, **_result_values(result)) for result in new
    )
    changed = bool(gone or new)
    for result in settled.results:
        if row := rows.get(result.entry):
            changed |= _update(row, _result_values(result))
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
    Place.objects.filter(pk__in=gone).delete()
    new = [(key, place) for key, place in holds.items() if key not in there]
    Place.objects.bulk_create(
        Place(result=results[entry], contest=contest, ranking=ranking, **_place_values(place))
        for (entry, contest, ranking), place in new
    )
    changed = bool(gone or new)
    for key in holds.keys() & there.keys():
        changed |= _update(there[key], _place_values(holds[key]))
    return changed


def _replace_disagreements(race: Race, season: Season, settled: Classification) -> bool:
    fields = ("code", "contest", "ranking", "kept_fact_id", "kept_correction_id", "other_fact_id", "detail")
    new = [
        {
            "code": conflict.code,
            "contest": conflict.contest or "",
            "ranking": conflict.ranking,
            "kept_fact_id": conflict.kept_fact,
            "kept_correction_id": conflict.kept_correction,
            "other_fact_id": conflict.other_fact,
            "detail": dict(conflict.detail),
        }
        for conflict in settled.conflicts
    ]
    there = Disagreement.objects.filter(race=race, season=season).order_by("pk")
    if list(there.values(*fields)) == new:
        return False
    there.delete()
    Disagreement.objects.bulk_create(Disagreement(race=race, season=season, **values) for values in new)
    return True


def forget_classifications(season: Season) -> bool:
    """Take out what was settled for races that are no longer the season's. Tells whether anything was there."""
    strangers = ~Q(race__event__rounds__season=season)
    results = Result.objects.filter(strangers, entry__season=season)
    disagreements = Disagreement.objects.filter(strangers, season=season)
    found = results.exists() or disagreements.exists()
    results.delete()
    disagreements.delete()
    return found
