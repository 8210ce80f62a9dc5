"""Days and ranges of days in prose: "du 29 au 31 août", "May 3-5", "12./13. Juli", "del 3 al 5 de mayo de 2022"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from racing.reading.facts import Span
from racing.reading.lexicon import Lexicon, lexicon, whereabouts

_ORDINAL = r"(?:er|re|st|nd|rd|th|ro|\.|°)?"
_ARTICLE = r"(?:(?:le|les|the|il|lo|el|los|dem|den|der|am|l')\s*)?"
#: So far behind the first day its last may stand: "le 10 septembre, à Nogaro, jusqu'au 12".
_UNTIL = re.compile(
    rf"[^.;!?\d]{{0,60}}?\b(?:jusqu'au|until|till|through to|bis zum|fino al|hasta el)\s+(?:the\s+)?(\d{{1,2}})(?!\d){_ORDINAL}"
    r"(?!\s*(?:[^\W\d_]{1,4}\s)?(?:%|°|:|heures?|h\b|tours|laps|runden|giri|vueltas|uhr))"
)
#: The shortest ways to write a month; shorter ones are no word's beginning alone.
_SHORTEST = 3
_DAYS = 31
_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Days:
    """One day or a range of days as a text tells it; `year` is 0 where it tells none."""

    first: tuple[int, int]
    last: tuple[int, int]
    year: int
    span: Span

    @property
    def start(self) -> str:
        """The first day as ISO date, "MM-DD" without a year."""
        year = self.year - 1 if self.year and self.first > self.last else self.year
        return _iso(year, self.first)

    @property
    def end(self) -> str:
        """The last day as ISO date, "MM-DD" without a year."""
        return _iso(self.year, self.last)


def _iso(year: int, day: tuple[int, int]) -> str:
    return (f"{year}-" if year else "") + f"{day[0]:02}-{day[1]:02}"


@dataclass(frozen=True, slots=True)
class _Patterns:
    """What finds days in a language: the day before the month, the month before the day, figures alone."""

    months: dict[str, int]
    day_first: re.Pattern[str]
    month_first: re.Pattern[str] | None
    figures: re.Pattern[str]


def _month_names(words: Lexicon) -> dict[str, int]:
    """Give the months with their beginnings, "sept" and "oct", where these are no other month's."""
    names = dict(words.months)
    for size in (_SHORTEST, _SHORTEST + 1):
        for name, month in words.months.items():
            short = name[:size]
            if len(name) > size and {n for full, n in words.months.items() if full.startswith(short)} == {month}:
                names.setdefault(short, month)
    return names


@cache
def _patterns(language: str) -> _Patterns:
    words, known = lexicon(language), whereabouts(language)
    names = _month_names(words)
    month = rf"(?:{'|'.join(sorted(map(re.escape, names), key=len, reverse=True))})"
    links = sorted({*words.date_links, *known["through"]}, key=len, reverse=True)
    link = rf"\s*,?\s*(?:{'|'.join(map(re.escape, links))}|[-–/&])\s*"
    week = rf"(?:(?:{'|'.join(map(re.escape, sorted(known['weekdays'], key=len, reverse=True)))})\.?,?\s+)?"
    lead = rf"{_ARTICLE}{week}{_ARTICLE}"
    of = rf"(?:(?:{'|'.join(known['of'])})\s+)?" if known["of"] else ""
    named = rf"{of}(?P<%s>{month})(?![^\W\d_])\.?"
    day_first = re.compile(
        rf"(?<![\w.,:/\"-])(?<!\d')(?P<a>\d{{1,2}})(?!\d){_ORDINAL}(?:\s*{named % 'am'}(?:,?\s+{of}(?P<ay>20\d\d))?)?"
        rf"(?:(?:\s*[,/]\s*{lead}\d{{1,2}}(?!\d){_ORDINAL}){{0,3}}{link}{lead}(?P<b>\d{{1,2}})(?!\d){_ORDINAL})?"
        rf",?\s*{named % 'm'}(?:,?\s+{of}(?P<year>20\d\d)(?!\d))?"
    )
    month_first = re.compile(
        rf"(?<!\w)(?P<m>{month})\.?\s+{_ARTICLE}(?P<a>\d{{1,2}})(?!\d){_ORDINAL}"
        rf"(?:(?:\s*,\s*\d{{1,2}}(?!\d){_ORDINAL}){{0,2}}{link}(?:(?P<bm>{month})\.?\s+)?{lead}(?P<b>\d{{1,2}})(?!\d){_ORDINAL})?"
        rf"(?:,?\s+{of}(?P<year>20\d\d)(?!\d))?(?!\s*(?:laps?|points?|cars?|:))"
    )
    bounds = rf"(?:{'|'.join(map(re.escape, links))}|[-–/])"
    figures = re.compile(
        rf"(?<![\w.,:/-])(?:(?P<a>\d{{1,2}})(?:\.|/)?(?:(?P<am>\d{{1,2}})[./]?)?(?:20\d\d)?\s*{bounds}\s*)?"
        r"(?P<b>\d{1,2})(?P<mark>[./])(?P<m>\d{1,2})(?:(?P=mark)(?P<year>20\d\d|\d\d(?!\d))?)(?![\d/])"
    )
    return _Patterns(names, day_first, month_first if language in ("en", "es") else None, figures)


def days_in(words: Lexicon, text: str, folded: str, span: Span) -> list[Days]:
    """Give the days and ranges that a piece of text tells, in their order; a month in English begins with a capital."""
    patterns = _patterns(words.language)
    found = [*_day_first(patterns, text, folded, span), *_month_first(patterns, text, folded, span)]
    found += _figures(patterns, folded, span)
    kept: list[Days] = []
    for days in sorted(found, key=lambda each: (each.span.start - each.span.end, each.span.start)):
        if all(days.span.end <= other.span.start or other.span.end <= days.span.start for other in kept):
            kept.append(days)
    return sorted(kept, key=lambda each: each.span)


def _made(first: tuple[int, int], last: tuple[int, int], year: str | None, span: Span) -> Iterator[Days]:
    """Give the range if there are such days; a year of two figures is one of this century."""
    if all(0 < month <= _MONTHS and 0 < day <= _DAYS for month, day in (first, last)):
        if first[0] == last[0] and first > last:
            return
        yield Days(first, last, int(year) % 100 + 2000 if year else 0, span)


def _day_first(patterns: _Patterns, text: str, folded: str, span: Span) -> Iterator[Days]:
    for match in patterns.day_first.finditer(folded, span.start, span.end):
        if not _shaped(text, match):
            continue
        month = patterns.months[match["m"]]
        opening = patterns.months[match["am"]] if match["am"] else month
        first, last = (opening, int(match["a"])), (month, int(match["b"] or match["a"]))
        year = match["year"] or match["ay"]
        end = match.end()
        until = _UNTIL.match(folded, end, min(span.end, end + 100)) if first == last else None
        if until and int(until[1]) > first[1]:
            last, end = (month, int(until[1])), until.end()
        yield from _made(first, last, year, Span(match.start(), end))


def _shaped(text: str, match: re.Match[str]) -> bool:
    """Tell whether a month is one: "may" and "march" are words too, where months have capitals."""
    return text[match.start("m")].isupper() or match["m"] not in ("may", "march", "mar")


def _month_first(patterns: _Patterns, text: str, folded: str, span: Span) -> Iterator[Days]:
    if patterns.month_first is None:
        return
    for match in patterns.month_first.finditer(folded, span.start, span.end):
        if not _shaped(text, match):
            continue
        month = patterns.months[match["m"]]
        ending = patterns.months[match["bm"]] if match["bm"] else month
        first, last = (month, int(match["a"])), (ending, int(match["b"] or match["a"]))
        yield from _made(first, last, match["year"], Span(match.start(), match.end()))


def _figures(patterns: _Patterns, folded: str, span: Span) -> Iterator[Days]:
    """Give "7. bis 9.10.", "09.10.2022", "12/13.07.2019", "04-05/06/2019"; a bare "3/4" is none."""
    for match in patterns.figures.finditer(folded, span.start, span.end):
        if match["mark"] == "/" and not match["year"]:
            continue
        month, day = int(match["m"]), int(match["b"])
        first = (int(match["am"] or month), int(match["a"] or day))
        yield from _made(first, (month, day), match["year"], Span(match.start(), match.end()))
