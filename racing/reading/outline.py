"""A reading in the outline in which reports are scored: races with results, qualifying, laps; standings; calendar."""

from typing import Any

from racing.reading.facts import Fact, Reading
from racing.terms import FactKind

_LISTS = {
    FactKind.FINISH: "results",
    FactKind.QUALIFYING: "qualifying",
    FactKind.FASTEST_LAP: "fastest_laps",
    FactKind.PENALTY: "penalties",
    FactKind.RETIREMENT: "retirements",
}


def outline(reading: Reading) -> dict[str, Any]:
    """Give the JSON object of a report. Each fact has `evidence`, a list of [start, end]."""
    heading = reading.heading
    numbers = sorted({fact.race for fact in reading.facts if fact.kind in _LISTS}, key=lambda n: (n is None, n or 0))
    return {
        "language": reading.language,
        "series": heading.series.value if heading.series else None,
        "season": int(heading.season.value) if heading.season else None,
        "event": {"circuit": heading.circuit.value if heading.circuit else None},
        "starters": int(heading.starters.value) if heading.starters else None,
        "races": [_race(reading, number) for number in numbers],
        "standings": [_claim(fact) for fact in reading.facts if fact.kind is FactKind.CLAIM],
        "calendar": [_meeting(fact) for fact in reading.facts if fact.kind is FactKind.MEETING],
        "problems": [
            {"code": p.code, "span": p.span and [p.span.start, p.span.end], "detail": p.detail}
            for p in reading.problems
        ],
    }


def _race(reading: Reading, number: int | None) -> dict[str, Any]:
    race: dict[str, Any] = {"number": number, **{name: [] for name in _LISTS.values()}}
    for fact in reading.facts:
        if fact.kind in _LISTS and fact.race == number:
            race[_LISTS[fact.kind]].append(_row(fact))
    return race


def _row(fact: Fact) -> dict[str, Any]:
    """Give a fact with the fields that it states."""
    row: dict[str, Any] = {"drivers": list(fact.drivers)}
    if fact.kind in (FactKind.FINISH, FactKind.QUALIFYING):
        row = {"ranking": fact.ranking, "position": fact.position, **row}
    if fact.kind is FactKind.FASTEST_LAP:
        row = {"ranking": fact.ranking, **row, "time": fact.time or None}
    for name in ("team", "number", "car", "gap", "text", "time"):
        if getattr(fact, name):
            row[name] = getattr(fact, name)
    if fact.guest:
        row["guest"] = True
    return {**row, **_proof(fact)}


def _proof(fact: Fact) -> dict[str, Any]:
    return {
        "sure": fact.sure,
        "recogniser": fact.recogniser,
        "evidence": [[span.start, span.end] for span in fact.evidence],
    }


def _number(text: str) -> int | float | None:
    if not text:
        return None
    return float(text) if "." in text else int(text)


def _claim(fact: Fact) -> dict[str, Any]:
    gap = {"points": _number(fact.gap_points), "to": list(fact.gap_to)} if fact.gap_points else None
    row = {
        "ranking": fact.ranking,
        "position": fact.position,
        "drivers": list(fact.drivers),
        "points": _number(fact.points),
    }
    return {**row, "gap": gap, **_proof(fact)}


def _meeting(fact: Fact) -> dict[str, Any]:
    return {"circuit": fact.circuit, "start": fact.start, "end": fact.end, **_proof(fact)}
