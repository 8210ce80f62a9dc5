"""What the lines above a table tell: which session, which race, which series, when and where."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from racing.reading.facts import Heading, Span, Stated
from racing.reading.folding import fold
from racing.reading.lexicon import competitions, places
from racing.reading.sheets.columns import Columns
from racing.reading.sheets.grid import Row
from racing.reading.sheets.words import has_phrase, normal, words

#: A meeting has so many races at most; "race 7" is one of the season.
_RACES_MAX = 3
_YEAR = re.compile(r"(?<!\d)(20[0-4]\d)(?!\d)")
_SHORT_DATE = re.compile(r"(?<![\d.:/])\d{1,2}[./-]\d{1,2}[./-](\d\d)(?![\d.:/])")
_PIECE = re.compile(r"[^\n\t|,;•·–—]+?(?=\s+-\s+|[\n\t|,;•·–—]|\s+/\s+|$)")
#: So much of a heading is looked at: the pieces of one that is nothing but blanks take time as its length squared.
_LONGEST = 2000
#: Beside what these say, a table's heads are of a race's result, not of a championship's.
_OF_A_SESSION = frozenset(("time", "laps", "best", "interval"))


@dataclass(frozen=True, slots=True)
class Session:
    """What a table is of: a kind of `[sessions]` in `words.toml`, "" where it is not told; and of which race of the meeting."""

    kind: str = ""
    number: int | None = None


def kind_of_line(line: str) -> str:
    """Give the session that a line names, "" where it names none."""
    plain = normal(line)
    for kind, phrases in words()["sessions"].items():
        if has_phrase(plain, phrases):
            return str(kind)
    return ""


def session_of(headings: Sequence[str], columns: Columns) -> Session:
    """Give the session of a table by the lines above it, the nearest first, and by its columns."""
    roles = {column.role for column in columns}
    kind, number = "", None
    for line in reversed(headings):
        found = kind_of_line(line)
        of_race = number_of(line)
        if found in ("standings", "teams") and (roles & _OF_A_SESSION or "points" not in roles):
            # "Classement général" may be that of a race, all classes together.
            found = ""
        if found == "standings" and of_race and not has_phrase(normal(line), words()["numbering"]["after"]):
            found = "race"
        kind = kind or found
        number = number or of_race
    if kind == "race" and not number and "points" in roles and not roles & {*_OF_A_SESSION, "status"}:
        kind = "standings"
    if not kind and "points" in roles and not roles & _OF_A_SESSION:
        kind = "standings"
    return Session(kind, number)


def number_of(line: str) -> int | None:
    """Give the number of the race within its meeting that a line tells ("Course 2", "Q1", "zweites Rennen")."""
    plain = normal(line)
    numbering = words()["numbering"]
    for phrase in sorted(numbering["before"], key=len, reverse=True):
        between = "" if len(phrase) == 1 else r" ?(?:n |no |nr )?"
        found = re.search(
            rf"\b{phrase}{between}(\d{{1,2}})\b(?! ?(?:h|hours?|heures|stunden|ore|km|min\w*|laps|tours|runden))", plain
        )
        if found:
            return int(found[1]) if 1 <= int(found[1]) <= _RACES_MAX else None
    for number in range(1, _RACES_MAX + 1):
        phrases = [phrase for phrase in numbering[str(number)] if len(phrase) > 2]
        phrases += [
            f"{name} {phrase}"
            for phrase in numbering[str(number)]
            if len(phrase) <= 2
            for name in ("race", "gara", "rennen", "course")
        ]
        if has_phrase(plain, phrases):
            return number
    return None


@dataclass(frozen=True, slots=True)
class Headed:
    """What headings say: the heading's values, and every series that they name, in order."""

    heading: Heading
    series: tuple[str, ...] = ()


def headed(text: str, rows: Iterable[Row]) -> Headed:
    """Give series, season and circuit as the rows above tables tell them."""
    spans = [row.span for row in rows]
    series = _series(text, spans)
    first = series[0] if series else _unlisted_series(text, spans)
    names = tuple(dict.fromkeys(each.value for each in (series or ([first] if first else []))))
    return Headed(Heading(series=first, season=_season(text, spans), circuit=_circuit(text, spans)), names)


@cache
def _known_series() -> tuple[tuple[str, str], ...]:
    """Give every form of the name of a known series, folded, with that name, the longest form first."""
    rows = [(fold(form), row["name"]) for row in competitions()["known"] for form in (row["name"], *row["forms"])]
    return tuple(sorted(rows, key=lambda row: -len(row[0])))


@cache
def _known_circuits() -> tuple[tuple[str, str], ...]:
    """Give every form of the name of a known circuit, as a line is folded here, with that name."""
    return tuple((form.replace("-", " "), name) for name, forms in places().items() for form in forms)


def _places_of(form: str, line: str) -> Iterator[re.Match[str]]:
    """Give where a form stands in a line as a word of its own.

    Most forms do not stand there at all, and there are more of them than `re` keeps patterns ready for.
    """
    return re.finditer(rf"(?<!\w){re.escape(form)}(?!\w)", line) if form in line else iter(())


def _series(text: str, spans: Sequence[Span]) -> list[Stated]:
    """Give the known series that the lines name, in order; a longer name hides the shorter in it."""
    generic = {row["name"] for row in competitions()["known"] if row.get("generic")}
    found: list[Stated] = []
    for span in spans:
        line = fold(text[span.start : span.end])
        taken: list[tuple[int, int]] = []
        for form, name in _known_series():
            for match in _places_of(form, line):
                if not any(match.start() < end and start < match.end() for start, end in taken):
                    taken.append(match.span())
                    found.append(Stated(name, (Span(span.start + match.start(), span.start + match.end()),), 0.95))
    found.sort(key=lambda stated: stated.evidence)
    return [stated for stated in found if stated.value not in generic] or found


def _pieces(text: str, spans: Sequence[Span]) -> Iterable[tuple[str, Span]]:
    for span in spans:
        for match in _PIECE.finditer(text[span.start : min(span.end, span.start + _LONGEST)]):
            piece = match[0].strip(" -()")
            if piece:
                start = span.start + match.start() + match[0].find(piece)
                yield piece, Span(start, start + len(piece))


def _unlisted_series(text: str, spans: Sequence[Span]) -> Stated | None:
    for piece, span in _pieces(text, spans):
        # "GT Cup 2024 Snetterton", "2024 GT Cup": the name stands on one side of the year.
        sides = [side.strip(" -–()") for side in _YEAR.split(piece)[::2]]
        name = next((side for side in sides if set(words()["names"]["of_series"]) & set(fold(side).split())), "")
        parts = fold(name).split()
        if (
            2 <= len(parts) <= 8
            and set(words()["names"]["of_series"]) & set(parts)
            and kind_of_line(name) in ("", "race", "practice")
        ):
            start = text.index(name, span.start) if name in text[span.start : span.end] else span.start
            return Stated(name, (Span(start, start + len(name)) if name in text[span.start : span.end] else span,), 0.7)
    return None


def _season(text: str, spans: Sequence[Span]) -> Stated | None:
    years: Counter[str] = Counter()
    where: dict[str, Span] = {}
    for pattern, century in ((_YEAR, ""), (_SHORT_DATE, "20")):
        for span in spans:
            for match in pattern.finditer(text, span.start, span.end):
                year = century + match[1]
                years[year] += 1
                where.setdefault(year, Span(match.start(), match.end()))
        if years:
            year = min(years, key=lambda value: (-years[value], where[value]))
            return Stated(year, (where[year],), 0.95)
    return None


def _circuit(text: str, spans: Sequence[Span]) -> Stated | None:
    counted: Counter[str] = Counter()
    where: dict[str, Span] = {}
    for span in spans:
        line = fold(text[span.start : span.end]).replace("-", " ")
        for form, name in _known_circuits():
            if found := next(_places_of(form, line), None):
                counted[name] += len(form)
                where.setdefault(name, Span(span.start + found.start(), span.start + found.end()))
    if counted:
        name = min(counted, key=lambda value: (-counted[value], where[value]))
        return Stated(name, (where[name],), 0.9)
    for piece, span in _pieces(text, spans):
        folded = fold(piece)
        if any(word in folded for word in words()["names"]["of_circuits"]) and len(piece) <= 60:
            name = re.sub(
                r"\s*\([^)]*\)?$|^(?:Circuito?|Autodromo?|Circuit)\s+(?:de\s+|du\s+|di\s+|d')?", "", piece, flags=re.I
            ).strip()
            if name:
                return Stated(name, (span,), 0.7)
    return None
