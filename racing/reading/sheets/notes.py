"""What the lines below a table tell: the fastest lap, and who was penalised for what."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

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


#: A note is so long at most.
_LONGEST, _TEXT_LONGEST = 400, 160


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


class Cars:
    """A table's cars, found by the number or the name that a note gives."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self.by_number = {entry.number: entry for entry in reversed(entries) if entry.number}
        self._by_word: dict[str, list[tuple[Entry, Named, frozenset[str]]]] = {}
        for entry in entries:
            for person in entry.people:
                tokens = _tokens(person.name)
                whole = frozenset(token for token in tokens if len(token) > 1)
                if whole:
                    self._by_word.setdefault(max(whole, key=len), []).append((entry, person, tokens))

    def named(self, line: str) -> tuple[Entry, Named | None] | None:
        """Give the one driver of whose name every word stands in a line; initials may be left out."""
        told = _tokens(line)
        found = [
            (entry, person, len(tokens & told))
            for word in told
            for entry, person, tokens in self._by_word.get(word, ())
            if {token for token in tokens if len(token) > 1} <= told
        ]
        most = max((count for *_, count in found), default=0)
        best = [(entry, person) for entry, person, count in found if count == most]
        best = [pair for pair in best if _has_number(line, pair[0].number)] or best
        return best[0] if best and len({id(entry) for entry, _ in best}) == 1 else None

    def numbered(self, line: str) -> tuple[Entry, None] | None:
        """Give the car whose number stands in a line behind a word for it."""
        found = _car_number().search(fold(line))
        entry = self.by_number.get(found[1]) if found else None
        return (entry, None) if entry else None


@cache
def _car_number() -> re.Pattern[str]:
    cars = "|".join(sorted(map(re.escape, words()["notes"]["car"]), key=len, reverse=True))
    return re.compile(rf"(?:(?:\b(?:{cars})|#)\s*[.°º#]*\s*|\()(\d{{1,3}})\b")


def _tokens(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", fold(text)))


def _has_number(line: str, number: str) -> bool:
    return bool(number) and bool(re.search(rf"(?<!\d){re.escape(number)}(?![\d:.,'])", line))


def _lines(notes: Sequence[Row]) -> Iterator[tuple[str, Span]]:
    """Give notes with single blanks; what is longer than any note is none."""
    for row in notes:
        line = " ".join(" ".join(cell.text for cell in row.cells).split())
        if line and len(line) <= _LONGEST:
            yield line, row.span


def fastest_of(notes: Sequence[Row], cars: Cars) -> Fastest | None:
    """Give the fastest lap that a note tells."""
    for line, span in _lines(notes):
        if has_phrase(normal(line), words()["notes"]["fastest"]):
            found = cars.named(line) or cars.numbered(line)
            if found:
                entry, person = found
                time = _LAP_TIME.search(line)
                drivers = (person.name,) if person else entry.drivers
                return Fastest(drivers, entry, time[0] if time else "", (span,))
    return None


def penalties_of(notes: Sequence[Row], cars: Cars) -> Iterator[Penalty]:
    """Give the penalties that notes tell of cars of the table; reprimands are none."""
    for line, span in _lines(notes):
        match = _CARS.fullmatch(line)
        word = (match["word"] or "") if match else ""
        if match and (not word or word == "#" or normal(word) in words()["notes"]["car"]):
            if _is_penalty(match["text"]):
                for number in re.findall(r"\d+", match["numbers"]):
                    if number in cars.by_number:
                        yield Penalty(cars.by_number[number], match["text"].strip()[:_TEXT_LONGEST], (span,))
            continue
        who = _WHO.fullmatch(line)
        if who and _is_penalty(who["text"]) and not has_phrase(normal(line), words()["notes"]["fastest"]):
            named = cars.named(who["who"])
            if named:
                yield Penalty(named[0], who["text"].strip()[:_TEXT_LONGEST], (span,))


def _is_penalty(text: str) -> bool:
    plain = normal(text)
    if has_phrase(plain, words()["notes"]["no_penalty"]):
        return False
    return bool(_SECONDS.search(text)) or has_phrase(plain, words()["notes"]["penalty"])
