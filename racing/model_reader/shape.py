"""From the model's JSON to facts that are not proved yet. Nothing is believed that has not the schema's shape and size."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from racing.reading.facts import Fact
from racing.terms import OVERALL, TRACK, FactKind

#: More is no report: longer lists are cut, longer words are none.
MOST_FACTS = 600
_MOST_RACES = 40
_MOST_CREW = 6
_MOST_PLACE = 300
_LISTS = {
    "results": FactKind.FINISH,
    "qualifying": FactKind.QUALIFYING,
    "fastest_laps": FactKind.FASTEST_LAP,
    "penalties": FactKind.PENALTY,
    "retirements": FactKind.RETIREMENT,
}
#: What a fact may have besides, and how long it may be.
_EXTRAS = {"team": 120, "number": 12, "car": 80, "gap": 40, "time": 40, "text": 300}


class _Misshapen(Exception):  # noqa: N818
    """A fact that has not the schema's shape."""


@dataclass(frozen=True, slots=True)
class Said:
    """A fact as the model says it, without evidence. `order` names the race that it stands under, numbered or not."""

    fact: Fact
    quote: str = ""
    order: tuple[int, ...] = ()


@dataclass(slots=True)
class Answer:
    """What the model says of a text. `misshapen` counts what could not be taken for a fact."""

    language: str = ""
    series: str = ""
    season: str = ""
    circuit: str = ""
    said: list[Said] = field(default_factory=list)
    misshapen: int = 0


def answer_of(data: dict[str, Any], part: int = 1) -> Answer:
    """Read the JSON of one part's answer."""
    event = data.get("event")
    language = _words(data.get("language"), 2).lower()
    answer = Answer(
        language if language.isascii() and language.isalpha() else "",
        _words(data.get("series"), 120),
        str(_whole(data.get("season"), 1890, 2150) or ""),
        _words(event.get("circuit") if isinstance(event, dict) else None, 120),
    )
    for kind, row, race, order in _rows(data, part, answer):
        if len(answer.said) >= MOST_FACTS:
            answer.misshapen += 1
            continue
        try:
            answer.said.append(_said(kind, row, race, order))
        except _Misshapen:
            answer.misshapen += 1
    return answer


def _rows(
    data: dict[str, Any], part: int, answer: Answer
) -> Iterator[tuple[FactKind, Any, int | None, tuple[int, ...]]]:
    """Give each list's rows with their kind and race, counting what is no list and no race."""
    for index, race in enumerate(_list(data, "races", answer)):
        number = race.get("number") if isinstance(race, dict) else 0
        told = _whole(number, 1, _MOST_RACES)
        if not isinstance(race, dict) or (told is None and number is not None):
            answer.misshapen += 1
            continue
        order = (0, told) if told else (part, index)
        for name, kind in _LISTS.items():
            for row in _list(race, name, answer):
                yield kind, row, told, order
    for row in _list(data, "standings", answer):
        yield FactKind.CLAIM, row, None, ()
    for row in _list(data, "calendar", answer):
        yield FactKind.MEETING, row, None, ()


def _list(data: dict[str, Any], name: str, answer: Answer) -> list[Any]:
    rows = data.get(name)
    if isinstance(rows, list):
        return rows
    answer.misshapen += rows is not None
    return []


def _said(kind: FactKind, row: Any, race: int | None, order: tuple[int, ...]) -> Said:
    if not isinstance(row, dict):
        raise _Misshapen
    values: dict[str, Any] = {}
    if kind is FactKind.MEETING:
        values |= _meeting(row)
    else:
        values["drivers"] = _names(row.get("drivers"))
    if kind in (FactKind.FINISH, FactKind.QUALIFYING):
        values |= {"ranking": _ranking(row), "position": _place(row.get("position"))}
    elif kind is FactKind.FASTEST_LAP:
        values["ranking"] = _ranking(row)
    elif kind is FactKind.CLAIM:
        values |= _claim(row)
    if kind not in (FactKind.CLAIM, FactKind.MEETING):
        values |= {name: _words(row.get(name), most, numbers=True) for name, most in _EXTRAS.items()}
    fact = Fact(kind, (), race=race, recogniser="model", **values)
    return Said(fact, _words(row.get("quote"), 1_000), order)


def _claim(row: dict[str, Any]) -> dict[str, Any]:
    gap = row.get("gap") or {}
    if not isinstance(gap, dict):
        raise _Misshapen
    position = row.get("position")
    lead = _points(gap.get("points")).removeprefix("-")
    return {
        "ranking": _ranking(row),
        "position": None if position is None else _place(position),
        "points": _points(row.get("points")),
        "gap_points": lead,
        "gap_to": _names(gap.get("to"), least=0) if lead else (),
    }


def _meeting(row: dict[str, Any]) -> dict[str, Any]:
    circuit, start = _words(row.get("circuit"), 120), _day(row.get("start"))
    end = _day(row.get("end") or row.get("start"))
    if not circuit or (len(start) == len(end) and end < start and len(start) > 5):
        raise _Misshapen
    return {"circuit": circuit, "start": start, "end": end}


def _day(value: Any) -> str:
    """Give an ISO date or "MM-DD"; any other word is none."""
    text = _words(value, 10)
    try:
        date.fromisoformat(text if len(text) > 5 else f"2000-{text}")
    except ValueError:
        raise _Misshapen from None
    return text


def _names(value: Any, least: int = 1) -> tuple[str, ...]:
    names = value if isinstance(value, list) else [] if value is None else [None]
    words = tuple(_words(name, 80) for name in names)
    if not least <= len(words) <= _MOST_CREW or not all(words) or len(set(words)) < len(words):
        raise _Misshapen
    return words


def _ranking(row: dict[str, Any]) -> str:
    ranking = _words(row.get("ranking"), 40)
    if not ranking:
        raise _Misshapen
    return ranking.lower() if ranking.lower() in (OVERALL, TRACK) else ranking


def _place(value: Any) -> int:
    place = _whole(value, 1, _MOST_PLACE)
    if place is None:
        raise _Misshapen
    return place


def _whole(value: Any, least: int, most: int) -> int | None:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) and least <= value <= most else None


def _points(value: Any) -> str:
    """Give points as decimal text, "" for none."""
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) < 100_000:
        raise _Misshapen
    points = Decimal(str(value)).normalize()
    return format(points, "f")


def _words(value: Any, most: int, *, numbers: bool = False) -> str:
    """Give a text on one line; "" for anything else, for what is too long and for what cannot be shown."""
    if numbers and isinstance(value, int) and not isinstance(value, bool):
        value = str(value) if abs(value) < 10**most else ""
    if not isinstance(value, str) or len(value) > 4 * most:
        return ""
    text = " ".join(value.split())
    return text if len(text) <= most and text.isprintable() else ""
