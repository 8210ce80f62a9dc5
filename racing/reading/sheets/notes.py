"""What the lines below a table tell: the fastest lap, and who was penalised for what."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from racing.reading.facts import Span
from racing.reading.folding import fold
from racing.reading.sheets.entries import Entry
from racing.reading.sheets.grid import Row
from racing.reading.sheets.people import Named
from racing.reading.sheets.words import has_phrase, normal, words

_LAP_TIME = re.compile(r"(?<![\d:.,'])(?:\d{1,2}[:'’])?\d{1,2}[:'’.,]\d{2}(?:[.,:\"″]\d{1,3})?(?![\d:])")
_CARS = re.compile(
    r"[\s*•\-–+†]*(?P<word>[^\W\d_]+\.?(?:\s(?:no|n|nr)\b)?|n°|nº|#)?\s*[.°º#]*\s*(?P<numbers>\d{1,3}(?:\s*(?:,|et|and|&|und|e|y|/)\s*#?\d{1,3})*)"
    r"(?P<named>[^:]{0,60}?)\s*(?::|\s[-–]\s)\s*(?P<text>\S.*)",
    re.I,
)
_WHO = re.compile(r"[\s*•\-–]*(?P<who>[^:\d]{4,60}?)\s*:\s*(?P<text>\S.*)")
_SECONDS = re.compile(r"\+\s*\d+|\d+\s*(?:s|sec|\")", re.I)


@dataclass(frozen=True, slots=True)
class Fastest:
    """The fastest lap as a note tells it: whose, the time (""), and where."""

    drivers: tuple[str, ...]
    entry: Entry
    time: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Penalty:
    """A penalty as a note tells it."""

    entry: Entry
    text: str
    spans: tuple[Span, ...]


def fastest_of(notes: Sequence[Row], entries: Sequence[Entry]) -> Fastest | None:
    """Give the fastest lap that a note tells."""
    for row in notes:
        line = " ".join(cell.text for cell in row.cells if cell.text)
        if has_phrase(normal(line), words()["notes"]["fastest"]):
            found = _named(line, entries) or _numbered(line, entries)
            if found:
                entry, person = found
                time = _LAP_TIME.search(line)
                drivers = (person.name,) if person else entry.drivers
                return Fastest(drivers, entry, time[0] if time else "", (row.span,))
    return None


def _tokens(text: str) -> set[str]:
    return set(re.findall(r"\w+", fold(text)))


def _named(line: str, entries: Sequence[Entry]) -> tuple[Entry, Named | None] | None:
    """Give the one driver of whose name every word stands in the line."""
    told = _tokens(line)
    found = [(entry, person) for entry in entries for person in entry.people if _tokens(person.name) <= told]
    if not found:
        initial = [(e, p) for e in entries for p in e.people if {t for t in _tokens(p.name) if len(t) > 1} <= told]
        found = [(e, p) for e, p in initial if _has_number(line, e.number)] or initial
    longest = max((len(_tokens(person.name)) for _, person in found), default=0)
    found = [pair for pair in found if len(_tokens(pair[1].name)) == longest]
    numbered = [pair for pair in found if _has_number(line, pair[0].number)]
    best = numbered or found
    return best[0] if best and (len(best) == 1 or len({entry.number for entry, _ in best}) == 1) else None


def _numbered(line: str, entries: Sequence[Entry]) -> tuple[Entry, None] | None:
    cars = "|".join(sorted(map(re.escape, words()["notes"]["car"]), key=len, reverse=True))
    found = re.search(rf"(?:(?:\b(?:{cars})|#)\s*[.°º#]*\s*|\()(\d{{1,3}})\b", fold(line))
    entry = next((entry for entry in entries if found and entry.number == found[1]), None)
    return (entry, None) if entry else None


def _has_number(line: str, number: str) -> bool:
    return bool(number) and bool(re.search(rf"(?<!\d){re.escape(number)}(?![\d:.,'])", line))


def penalties_of(notes: Sequence[Row], entries: Sequence[Entry]) -> Iterator[Penalty]:
    """Give the penalties that notes tell of cars of the table; reprimands are none."""
    by_number = {entry.number: entry for entry in entries if entry.number}
    for row in notes:
        line = " ".join(cell.text for cell in row.cells if cell.text)
        match = _CARS.fullmatch(line)
        if match and (
            not match["word"] or normal(match["word"]) in words()["notes"]["car"] or match["word"] in ("#", "N°")
        ):
            if _is_penalty(match["text"]):
                for number in re.findall(r"\d+", match["numbers"]):
                    if number in by_number:
                        yield Penalty(by_number[number], match["text"].strip(), (row.span,))
            continue
        who = _WHO.fullmatch(line)
        if who and _is_penalty(who["text"]) and not has_phrase(normal(line), words()["notes"]["fastest"]):
            named = _named(who["who"], entries)
            if named:
                yield Penalty(named[0], who["text"].strip(), (row.span,))


def _is_penalty(text: str) -> bool:
    plain = normal(text)
    if has_phrase(plain, words()["notes"]["no_penalty"]):
        return False
    return bool(_SECONDS.search(text)) or has_phrase(plain, words()["notes"]["penalty"])
