"""Crews: drivers who share a car, made into one mention before anything else is read.

"A et B" is a crew in a text whose cars are shared, not in one where each drives his own. Which it is, the text tells by its
series, by words such as "équipage" or "relais", or by cars with two names ("la n° 4 de A et B").
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from racing.reading.facts import Span
from racing.reading.folding import fold
from racing.reading.lexicon import competitions
from racing.reading.mentions import Mention, signs

_WITH_CAR = re.compile(r"V[_lC]{0,7}[v_](P(?:,P)?&P)")
_PAIR = re.compile(r"(?<![P],)P&P(?!&P)")
_TWO = re.compile(r"P&P")
#: What stands between the names of a crew.
_STROKES = frozenset(("/", "-", "–"))
_JOINED = re.compile(r"P,?[_l]{0,2}j[_l]{0,2}P(?:&P)?")


def has_crews(folded: str, rows: Sequence[tuple[Mention, ...]]) -> bool:
    """Tell whether "A et B" is a crew: the series has shared cars, or the text speaks of such and writes none with strokes."""
    if _of_shared_cars(folded):
        return True
    if any(_slashed(row) for row in rows):
        return False
    words = sum(mention.kind == "crew_word" for row in rows for mention in row)
    return words >= 2 or any(_WITH_CAR.search(signs(row)) for row in rows)


def _of_shared_cars(folded: str) -> bool:
    """Tell whether a text names a series whose cars have crews."""
    known = (row for row in competitions()["known"] if row.get("crews"))
    forms = "|".join(re.escape(fold(form)) for row in known for form in (row["name"], *row["forms"]))
    return bool(re.search(rf"\b(?:{forms})\b", folded))


def _slashed(row: tuple[Mention, ...]) -> list[tuple[int, int]]:
    """Give where names stand with strokes between them."""
    found: list[tuple[int, int]] = []
    for at in range(1, len(row) - 1):
        if row[at].value in _STROKES and row[at - 1].kind == row[at + 1].kind == "person":
            if found and found[-1][1] == at:
                found[-1] = (found[-1][0], at + 2)
            else:
                found.append((at - 1, at + 2))
    return found


def known_pairs(rows: Sequence[tuple[Mention, ...]]) -> frozenset[tuple[int, ...]]:
    """Give who stands together with a stroke anywhere in a text: such two share a car wherever they are joined."""
    return frozenset(
        _pair(row[start:end]) for row in rows for start, end in _slashed(row) if _may_join(row, start, end)
    )


def _pair(mentions: Sequence[Mention]) -> tuple[int, ...]:
    return tuple(sorted(number for mention in mentions if mention.kind == "person" for number in mention.who))


def join_crews(
    row: tuple[Mention, ...], crews: bool, pairs: frozenset[tuple[int, ...]] = frozenset()
) -> tuple[Mention, ...]:
    """Give the mentions with each crew as one person mention whose `crew` are its drivers."""
    row = _joined(row, _slashed(row))
    if not crews:
        found = (match.span() for match in _TWO.finditer(signs(row)))
        return _joined(row, [spot for spot in found if _may_join(row, *spot) and _pair(row[slice(*spot)]) in pairs])
    for pattern in (_WITH_CAR, _JOINED, _PAIR):
        row = _joined(row, [match.span() for match in pattern.finditer(signs(row)) if _may_join(row, *match.span())])
    return row


def _may_join(row: tuple[Mention, ...], start: int, end: int) -> bool:
    people = [m for m in row[start:end] if m.kind == "person"]
    return len(people) > 1 and not any(m.crew for m in people) and all(len(m.who) == 1 for m in people)


def _joined(row: tuple[Mention, ...], places: Sequence[tuple[int, int]]) -> tuple[Mention, ...]:
    """Put the mentions of each place together."""
    result: list[Mention] = []
    at = 0
    for start, end in places:
        people = [m for m in row[start:end] if m.kind == "person"]
        crew = tuple(dict.fromkeys(number for m in people for number in m.who))
        car = next((m.value for m in row[start:end] if m.kind == "car"), "")
        last = row[end - 1]
        parts = tuple(Span(m.start, m.end) for m in people)
        joined = replace(last, start=row[start].start, who=crew, crew=crew, value=car or last.value, parts=parts)
        result += [*row[at:start], joined]
        at = end
    return (*result, *row[at:])
