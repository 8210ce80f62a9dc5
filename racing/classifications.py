"""Races as they hold for one season: rows to values, `racing.settling`, values to rows where they differ."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q

from racing import quick_json
from racing.listing import SeasonList, in_round
from racing.models import Disagreement, Place, Result, Season
from racing.settled import DRIVE
from racing.settling import (
    DERIVED,
    Amendment,
    Classification,
    Conflict,
    Recorded,
    SettledResult,
    Source,
    Starter,
    Testimony,
    settle,
)
from racing.statements import Asked, Values, blanks, write
from racing.terms import OVERALL, TRACK, Contest, FactKind, Status

#: What a settled race rests on. Claims and calendars say nothing of a race.
TESTIFYING = (FactKind.FINISH, FactKind.QUALIFYING, FactKind.FASTEST_LAP, FactKind.PENALTY, FactKind.RETIREMENT)

_KINDS: dict[str, FactKind] = {kind.value: kind for kind in FactKind}

_TESTIMONIES = """
SELECT meant.entry_id, fact.race_id, fact.id, fact.kind, fact.ranking, fact.position, fact.sure, fact.data,
    dense_rank() OVER (ORDER BY report.uploaded_at, report.id),
    CASE WHEN reading.season_id = meant.season_id THEN 0 ELSE 1 END
FROM racing_factentry meant JOIN racing_fact fact ON fact.id = meant.fact_id
JOIN racing_report report ON report.id = fact.report_id
LEFT JOIN racing_readingrecord reading ON reading.report_id = report.id
WHERE meant.season_id = %s AND meant.entry_id IS NOT NULL AND fact.race_id IN ({races}) AND fact.kind IN ({kinds})
ORDER BY meant.id
"""
_AMENDMENTS = """
SELECT word.race_id, word.id, word.entry_id, word.field, word.value
FROM racing_correction word JOIN racing_entry entry ON entry.id = word.entry_id
WHERE entry.season_id = %s AND word.race_id IN ({races}) AND word.withdrawn_at IS NULL ORDER BY word.id
"""
_RECORDS = """
SELECT record.race_id, record.id, record.archive_id, record.entry_id, record.status, record.fastest_by_id,
    record.position, record.track, record.pole, record.fastest,
    record.number, record.laps, record.laps_led, record.drive
FROM racing_record record JOIN racing_entry entry ON entry.id = record.entry_id
WHERE entry.season_id = %s AND record.race_id IN ({races}) ORDER BY record.id
"""


class AskedClassifications:
    """What is told of some races for a season, and what is stored of them, asked for.

    The rows of all races are asked for at once, so that a season of twenty races asks little more than one race.
    """

    def __init__(self, races: Sequence[int], season: Season) -> None:
        """Ask for it; `races` are ids. What of them is no race of the season is not settled for it."""
        self._season = season
        self._testimonies = _asked(_TESTIMONIES, season, races, *TESTIFYING)
        self._amendments, self._records = _asked(_AMENDMENTS, season, races), _asked(_RECORDS, season, races)
        self._results, self._places = _asked(_RESULTS, season, races), _asked(_PLACES, season, races)
        self._disagreements = _asked(_DISAGREEMENTS, season, races)

    def replace(self, races: Sequence[int], listed: SeasonList) -> bool:
        """Settle some of the races, by the season's list; write what differs from the rows there, and tell whether any did."""
        told = _Told(listed, self._testimonies.rows(), self._amendments.rows(), self._records.rows())
        there = _results_there(self._results.rows(), self._places.rows())
        settled = {race: told.settle(race) for race in races}
        changed = _replace_disagreements(self._season, self._disagreements.rows(), settled)
        for race in races:
            changed |= _replace_results(race, there[race], settled[race])
        return changed


def _asked(statement: str, season: Season, races: Sequence[int], *more: Any) -> Asked:
    """Ask for what is told of some races for a season."""
    # No race has the id 0; a list must not be empty.
    races = races or [0]
    named = statement.format(races=blanks(len(races)), kinds=blanks(len(TESTIFYING)))
    return Asked(named, season.pk, *races, *more)


class _Told:
    """All that is told of some races for a season."""

    def __init__(
        self, listed: SeasonList, testimonies: list[Values], amendments: list[Values], records: list[Values]
    ) -> None:
        self.listed = listed
        self.numbers = {race.key: listed.meetings[race.event].number for race in listed.races}
        self.testimonies = _testimonies(testimonies)
        self.amendments = _amendments(amendments)
        self.records = _records(records)

    def settle(self, race: int) -> Classification:
        """Settle one of the races."""
        return settle(
            self._starters(self.numbers[race]),
            self.testimonies[race],
            self.amendments[race],
            self.records[race],
        )

    def _starters(self, number: int | None) -> list[Starter]:
        starters = []
        for car in self.listed.cars:
            own = in_round(self.listed.classes[car.key], number)
            overlays = frozenset(name for name, overlay in own if overlay)
            starters.append(Starter(car.key, car.guest, frozenset(name for name, _ in own), overlays))
        return starters


def _testimonies(told: list[Values]) -> dict[int, list[Testimony]]:
    found: dict[int, list[Testimony]] = defaultdict(list)
    for entry, race, fact, kind, ranking, position, sure, written, seq, foreign in told:
        data = _loaded(written)
        detail = data.get("time") or data.get("gap") or ""
        of_kind, text = _KINDS[kind], data.get("text", "")
        found[race].append(
            Testimony(fact, entry, of_kind, ranking, position, 0, seq, sure, bool(foreign), detail, text)
        )
    return found


def _amendments(told: list[Values]) -> dict[int, list[Amendment]]:
    found: dict[int, list[Amendment]] = defaultdict(list)
    for race, key, entry, name, value in told:
        found[race].append(Amendment(key, entry, name, None if value is None else quick_json.loads(value)))
    return found


def _records(told: list[Values]) -> dict[int, list[Recorded]]:
    found: dict[int, list[Recorded]] = defaultdict(list)
    for race, key, archive, entry, status, fastest_by, *row in told:
        position, track, pole, fastest, number, laps, laps_led, drive = row
        figures = {"number": number, "laps": laps, "laps_led": laps_led, "drive": quick_json.loads(drive)}
        found[race].append(
            Recorded(
                key,
                archive,
                entry,
                _recorded_places(position, bool(track), bool(pole), bool(fastest)),
                Status(status) if status else None,
                {Contest.FASTEST_LAP: fastest_by} if fastest_by else {},
                {name: value for name, value in figures.items() if value not in (None, "", {})},
            )
        )
    return found


def _recorded_places(position: int | None, track: bool, pole: bool, fastest: bool) -> dict[tuple[Contest, str], int]:
    places: dict[tuple[Contest, str], int] = {}
    if position is not None:
        places[Contest.RACE, OVERALL] = position
        if track:
            places[Contest.RACE, TRACK] = position
    if pole:
        places[Contest.QUALIFYING, OVERALL] = 1
    if fastest:
        places[Contest.FASTEST_LAP, OVERALL] = 1
    return places


def _origin(source: Source | None) -> str:
    return source.origin if source else ""


#: The fields of a result and of a place that settling gives, in the order in which they are loaded; JSON stands last.
_RESULT = (
    *("status", "status_origin", "status_fact_id", "status_correction_id"),
    *("penalty", "penalty_fact_id", "penalty_correction_id", "record_id", "number", "laps", "laps_led", "drive"),
)
_PLACE = ("position", "origin", "fact_id", "correction_id", "record_id", "driver_id", "detail", "why")


def _result_values(result: SettledResult) -> Values:
    """Give the values of a result's fields, in the order of `_RESULT`."""
    status, penalty, figures = result.status_source, result.penalty_source, result.figures
    drive = {name: value for name, value in figures[DRIVE].items() if value is not None} if DRIVE in figures else {}
    return (
        result.status or "",
        _origin(status),
        status and status.fact,
        status and status.correction,
        result.penalty[:200],
        penalty and penalty.fact,
        penalty and penalty.correction,
        result.record,
        figures.get("number", ""),
        figures.get("laps"),
        figures.get("laps_led"),
        drive,
    )


_RESULTS = f"""
SELECT result.race_id, result.entry_id, result.id, {", ".join(f"result.{name}" for name in _RESULT)}
FROM racing_result result JOIN racing_entry entry ON entry.id = result.entry_id
WHERE entry.season_id = %s AND result.race_id IN ({{races}})
"""  # noqa: S608  names of our own columns
_PLACES = f"""
SELECT result.race_id, result.entry_id, place.contest, place.ranking, place.id, {", ".join(f"place.{name}" for name in _PLACE)}
FROM racing_place place JOIN racing_result result ON result.id = place.result_id
JOIN racing_entry entry ON entry.id = result.entry_id
WHERE entry.season_id = %s AND result.race_id IN ({{races}})
"""  # noqa: S608  names of our own columns

_NOTHING: dict[str, Any] = {}
#: What a place is of: the entry, the contest, the ranking.
_Of = tuple[int, str, str]


@dataclass(slots=True)
class _There:
    """What is stored of a race: results by entry and places by what they are of, each its id and its fields' values.

    Values, no rows: of a season's hundreds hardly one is ever written again.
    """

    results: dict[int, tuple[int, Values]] = field(default_factory=dict)
    places: dict[_Of, tuple[int, Values]] = field(default_factory=dict)


def _results_there(results: list[Values], places: list[Values]) -> dict[int, _There]:
    """Give what is stored, by race."""
    found: dict[int, _There] = defaultdict(_There)
    for race, entry, key, *values, drive in results:
        found[race].results[entry] = key, (*values, _loaded(drive))
    for race, entry, contest, ranking, key, position, origin, fact, correction, record, driver, detail, why in places:
        held = position, origin, fact, correction, record, driver, detail, _loaded(why)
        found[race].places[entry, contest, ranking] = key, held
    return found


def _loaded(text: str) -> dict[str, Any]:
    """Read JSON, which mostly says nothing."""
    found: dict[str, Any] = quick_json.loads(text) if text != "{}" else {}
    return found


def _replace_results(race: int, there: _There, settled: Classification) -> bool:
    gone = there.results.keys() - {result.entry for result in settled.results}
    if gone:
        Result.objects.filter(pk__in=[there.results[entry][0] for entry in gone]).delete()
    keys = {entry: key for entry, (key, _) in there.results.items() if entry not in gone}
    new, amended = [], []
    for result in settled.results:
        values = _result_values(result)
        held = there.results.get(result.entry)
        if held is None:
            new.append(Result(race_id=race, entry_id=result.entry, **dict(zip(_RESULT, values, strict=True))))
        elif held[1] != values:
            amended.append((held[0], race, result.entry, *values))
    keys |= {row.entry_id: row.pk for row in Result.objects.bulk_create(new)}
    write(Result, ("id", "race_id", "entry_id", *_RESULT), amended, ["id"], _RESULT, ["drive"])
    places = {of: place for of, place in there.places.items() if of[0] not in gone}
    return _replace_places(keys, places, settled) or bool(gone or new or amended)


def _replace_places(
    results: Mapping[int, int], there: Mapping[_Of, tuple[int, Values]], settled: Classification
) -> bool:
    """Replace the places that differ; `results` are the ids of the results by entry, `there` the places that are stored."""
    new, amended, gone = [], [], dict(there)
    for result in settled.results:
        entry = result.entry
        for contest, ranking, position, (origin, fact, correction, record, why), detail, driver in result.places:
            told = why if origin is DERIVED else _NOTHING
            values = position, origin, fact, correction, record, driver, detail[:40], told
            held = gone.pop((entry, contest, ranking), None)
            if held is None:
                new.append((results[entry], str(contest), ranking, *values))
            elif held[1] != values:
                amended.append((held[0], results[entry], str(contest), ranking, *values))
    if gone:
        Place.objects.filter(pk__in=[key for key, _ in gone.values()]).delete()
    columns = ("result_id", "contest", "ranking", *_PLACE)
    write(Place, columns, new, json_columns=["why"])
    write(Place, ("id", *columns), amended, ["id"], _PLACE, ["why"])
    return bool(gone or new or amended)


_CONFLICT = (
    *("code", "contest", "ranking", "kept_fact_id", "kept_correction_id", "other_fact_id"),
    *("kept_record_id", "other_record_id", "detail"),
)
_DISAGREEMENTS = f"""
SELECT race_id, {", ".join(_CONFLICT)} FROM racing_disagreement WHERE season_id = %s AND race_id IN ({{races}}) ORDER BY id
"""  # noqa: S608  names of our own columns


def _replace_disagreements(season: Season, stored: list[Values], settled: Mapping[int, Classification]) -> bool:
    held: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for race, *values, detail in stored:
        held[race].append(dict(zip(_CONFLICT, (*values, quick_json.loads(detail)), strict=True)))
    changed = [race for race in settled if held[race] != [_conflict_values(one) for one in settled[race].conflicts]]
    if changed:
        Disagreement.objects.filter(race__in=changed, season=season).delete()
        Disagreement.objects.bulk_create(
            Disagreement(race_id=race, season=season, **_conflict_values(conflict))
            for race in changed
            for conflict in settled[race].conflicts
        )
    return bool(changed)


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
