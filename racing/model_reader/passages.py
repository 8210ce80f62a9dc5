"""A text's passages, of which one is shown as the evidence of a fact: sentences, or lines where there are none."""

import re
import tomllib
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from racing.reading.facts import Span
from racing.reading.folding import fold
from racing.terms import OVERALL, TRACK, FactKind

_FOLDER = Path(__file__).parent
_SIGNS: dict[str, Any] = tomllib.loads((_FOLDER / "signs.toml").read_text("utf-8"))
_ORDERS: dict[str, Any] = tomllib.loads((_FOLDER / "orders.toml").read_text("utf-8"))

#: A stop ends a passage, unless the sentence goes on behind it (`_goes_on`).
_STOP = re.compile(r"[.!?…]{1,4}(?:[\"”')\]]|[ \u00a0]?»){0,3}[ \u00a0]+(?=[\"«“(\[]?[ \u00a0]?[A-ZÀ-Þ0-9])")
_NUMBERED = re.compile(r"(?:^|[:;,–(-])[ \u00a0]*\d{1,3}$")
#: Longer ones are cut, so that what is shown can be read.
_LONGEST = 1_000
_FIGURES = re.compile(r"(?<![\w.,:'])(?:p|#|n°|no\.?\s?)?(\d{1,3})(?![\d:'\"]|[.,]\d)")


def _stems(stems: list[str]) -> re.Pattern[str]:
    return re.compile(r"(?<![^\W_])(?:" + "|".join(sorted(map(re.escape, stems), key=len, reverse=True)) + ")")


def _phrase(phrase: str) -> str:
    words = []
    for word in phrase.split():
        forms = [re.escape(form).replace(r"\*", r"\w*") for form in word.split("|")]
        words.append(f"(?:{'|'.join(forms)})")
    return r"\W{1,3}".join(words)


_TABLES = ("classes", "places", "races", "after_numbers", "abbreviations")
_ABBREVIATED = re.compile(rf"(?<![^\W_])(?:[^\W\d_]|{'|'.join(_SIGNS['abbreviations'])})$")
_COUNTED = _stems(_SIGNS["after_numbers"])
_OF_KIND = {FactKind(kind): _stems(_SIGNS[kind]) for kind in _SIGNS if kind not in _TABLES}
_OF_PLACE = {int(place): _stems(stems) for place, stems in _SIGNS["places"].items()}
_OF_CLASS: dict[str, re.Pattern[str]] = {name: _stems(stems) for name, stems in _SIGNS["classes"].items()}
_TO_MACHINES = re.compile(r"(?<!\w)(?:" + "|".join(map(_phrase, _ORDERS["phrases"])) + r")(?!\w)")
_RACES = {name: "|".join(words) for name, words in _SIGNS["races"].items()}
_RACE = re.compile(
    r"(?<!\w)(?:"
    rf"(?:{_RACES['nouns']})\s?(?:n°\s?)?([1-5])(?!\d)"
    rf"|([1-5])\s?(?:re|er|e|eme|nde|st|nd|rd|th|\.|a|ª|°)?\s(?:{_RACES['nouns']})(?!\w)"
    rf"|({_RACES['first']})\s(?:{_RACES['nouns']})"
    rf"|({_RACES['second']})\s(?:{_RACES['nouns']})"
    rf"|({_RACES['third']})\s(?:{_RACES['nouns']}))"
)


@cache
def _class_patterns(ranking: str) -> tuple[re.Pattern[str], tuple[re.Pattern[str], ...], re.Pattern[str] | None]:
    """Give how a class is found: its name with or without hyphens, each of its words, the words of other languages for it."""
    names = [re.escape(word) for word in re.findall(r"[^\W_]+", fold(ranking))]
    words = tuple(re.compile(rf"(?<!\w){name}(?!\w)") for name in names)
    own = re.compile(r"(?<!\w)" + "[-–/ ]?".join(names) + "s?" + r"(?!\w)")
    return own, words, _OF_CLASS.get(fold(ranking))


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence or a line. `races` are those it names, `race` the one last named up to here, None before the first.

    `orders` tells that its line speaks to a machine: such a passage proves nothing.
    """

    span: Span
    folded: str
    races: frozenset[int] = frozenset()
    race: int | None = None
    orders: bool = False

    def sign_of_place(self, place: int, kind: FactKind) -> Span | None:
        """Give where the passage says this place, in figures or in words."""
        for match in _FIGURES.finditer(self.folded):
            if int(match[1]) == place:
                return Span(self.span.start + match.start(), self.span.start + match.end())
        stems = _OF_KIND[FactKind.QUALIFYING] if kind is FactKind.QUALIFYING and place == 1 else _OF_PLACE.get(place)
        found = stems.search(self.folded) if stems else None
        if found is None:
            return None
        return Span(self.span.start + found.start(), self.span.start + _word_end(self.folded, found.end()))

    def speaks_of(self, kind: FactKind) -> bool:
        """Tell whether the passage has words of that kind of fact."""
        return kind in _OF_KIND and _OF_KIND[kind].search(self.folded) is not None

    def names_class(self, ranking: str) -> bool:
        """Tell whether the passage names a class."""
        if ranking in (OVERALL, TRACK):
            return False
        own, words, stems = _class_patterns(ranking)
        if own.search(self.folded) or (stems and stems.search(self.folded)):
            return True
        return len(words) > 1 and all(word.search(self.folded) for word in words)


def _word_end(folded: str, at: int) -> int:
    while at < len(folded) and folded[at].isalnum():
        at += 1
    return at


@dataclass(slots=True)
class Passages:
    """All passages of a text, in order."""

    text: str
    rows: list[Passage] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        folded = fold(self.text)
        race: int | None = None
        in_order = (0, False)
        for span in _cut(self.text):
            piece = folded[span.start : span.end]
            if span.start >= in_order[0]:
                end = folded.find("\n", span.start)
                end = len(folded) if end < 0 else end
                in_order = (end, _TO_MACHINES.search(folded, span.start, end) is not None)
            named = [
                next(at for at, found in enumerate(_numbers(match), 1) if found) for match in _RACE.finditer(piece)
            ]
            race = named[0] if named else race
            self.rows.append(Passage(span, piece, frozenset(named), race, in_order[1]))
            race = named[-1] if named else race
            self.starts.append(span.start)

    def at(self, place: int) -> int:
        """Give the number of the passage in which a character stands, or behind which."""
        return max(0, bisect_right(self.starts, place) - 1)

    @property
    def orders(self) -> list[Span]:
        """Where the text speaks to a machine."""
        return [row.span for row in self.rows if row.orders]


def _numbers(match: re.Match[str]) -> tuple[bool, ...]:
    """Tell for each race number, from 1, whether the match names it."""
    figure = int(match[1] or match[2] or 0)
    words = (bool(match[3]), bool(match[4]), bool(match[5]), False, False)
    return tuple(figure == number or words[number - 1] for number in range(1, 6))


def _cut(text: str) -> Iterator[Span]:
    start = 0
    for line in text.splitlines(keepends=True):
        end = start + len(line)
        first = start
        for stop in _STOP.finditer(text, start, end):
            if stop[0][0] == "." and _goes_on(text, start, stop):
                continue
            yield from _trimmed(text, first, stop.end())
            first = stop.end()
        yield from _trimmed(text, first, end)
        start = end


def _goes_on(text: str, start: int, stop: re.Match[str]) -> bool:
    """Tell whether a sentence goes on behind a stop: of a list's number, an ordinal, an initial or an abbreviation."""
    before = fold(text[max(start, stop.start() - 8) : stop.start()])
    if _NUMBERED.search(before) or _ABBREVIATED.search(before):
        return True
    return before[-1:].isdigit() and _COUNTED.match(fold(text[stop.end() : stop.end() + 16])) is not None


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    piece = text[start:end]
    stripped = piece.strip()
    if not stripped:
        return
    start += piece.index(stripped[0])
    end = start + len(stripped)
    while end - start > _LONGEST:
        blank = text.rfind(" ", start + 1, start + _LONGEST)
        middle = blank if blank > start else start + _LONGEST
        yield Span(start, middle)
        start = middle
    yield Span(start, end)
