"""The next meeting and its dates: "se retrouvera au Paul Ricard du 7 au 9 octobre"."""

import re
from collections.abc import Iterator

from racing.reading.candidates import Candidate
from racing.reading.facts import Span
from racing.reading.lexicon import Lexicon, places
from racing.reading.story import Scene, Story
from racing.terms import FactKind

NAME = "meetings"
#: From this part of a text on, dates are those to come.
_LATE = 0.5
#: A sentence with a result, a place or another year tells what has been.
_PAST = frozenset("WKNZyY")
_DAY = r"(\d{1,2})(?:[a-z]{2}|\.)?"


def recognise(story: Story, scene: Scene) -> Iterator[Candidate]:
    """Give later meetings that have a place and a date.

    At the end of a report a place with a date is the next meeting even where no word says so: "Verdict au Castellet du 19 au 21
    novembre !".
    """
    span = scene.sentence.span
    announced = "E" in scene.signs
    past = set(scene.signs) & _PAST or any(mention.kind == "took_place" for mention in scene.mentions)
    if not announced and (past or span.start < len(story.text) * _LATE):
        return
    dates = list(_dates(story.lexicon, story.folded, span))
    circuits = list(_circuits(story.folded, span))
    for (start, end, where), (circuit, spot) in zip(dates, circuits, strict=False):
        details = {"circuit": circuit, "start": start, "end": end}
        yield Candidate(
            FactKind.MEETING,
            (),
            (span, spot, where),
            None,
            sure=0.9 if announced else 0.7,
            recogniser=NAME,
            details=details,
        )


def _dates(lexicon: Lexicon, folded: str, span: Span) -> Iterator[tuple[str, str, Span]]:
    """Give (start, end, where) of each date or range: "MM-DD" without a year, ISO with one."""
    months = "|".join(sorted(lexicon.months, key=len, reverse=True))
    links = "|".join(lexicon.date_links)
    pattern = re.compile(
        rf"\b{_DAY}(?:/\d{{1,2}}\.(?=/))?(?:\s+(?:de\s+)?({months}))?(?:\s*(?:{links}|-|–)\s*{_DAY})?\s+(?:de\s+)?({months})(?:\s+[^\W\d_]{{1,12}})??(?:\s+(?:de\s+|del\s+)?(\d{{4}}))?"
    )
    for match in pattern.finditer(folded, span.start, span.end):
        last_month = lexicon.months[match[4]]
        first_month = lexicon.months[match[2]] if match[2] else last_month
        year = f"{match[5]}-" if match[5] else ""
        start = f"{year}{first_month:02}-{int(match[1]):02}"
        end = f"{year}{last_month:02}-{int(match[3] or match[1]):02}"
        if 0 < int(match[1]) <= 31 and int(match[3] or 1) <= 31:
            yield start, end, Span(match.start(), match.end())
    yield from _dates_in_figures(folded, span, links)


def _dates_in_figures(folded: str, span: Span, links: str) -> Iterator[tuple[str, str, Span]]:
    """Give what `_dates` gives for "7. bis 9.10." and "09.10.2022"."""
    range_ = rf"(\d{{1,2}})\.(?:(\d{{1,2}})\.)?(?:\d{{4}})?\s*(?:{links}|-|–)\s*"
    pattern = re.compile(rf"\b(?:{range_})?(\d{{1,2}})\.(\d{{1,2}})\.(\d{{4}})?(?!\d)")
    for match in pattern.finditer(folded, span.start, span.end):
        last_month, last = int(match[4]), int(match[3])
        first_month, first = int(match[2] or last_month), int(match[1] or last)
        year = f"{match[5]}-" if match[5] else ""
        if 0 < first_month <= 12 and 0 < last_month <= 12 and 0 < first <= 31 and 0 < last <= 31:
            start, end = f"{year}{first_month:02}-{first:02}", f"{year}{last_month:02}-{last:02}"
            yield start, end, Span(match.start(), match.end())


def _circuits(folded: str, span: Span) -> Iterator[tuple[str, Span]]:
    """Give the circuits that a sentence names, in their order, the longest name first."""
    found: list[tuple[int, int, str]] = []
    for name, forms in places().items():
        for form in forms:
            at = folded.find(form, span.start, span.end)
            before, after = folded[at - 1 : at], folded[at + len(form) : at + len(form) + 1]
            if at >= 0 and not (before.isalnum() or after.isalnum()):
                found.append((at, at + len(form), name))
    end = -1
    for start, stop, name in sorted(found, key=lambda row: (row[0], -row[1])):
        if start >= end:
            yield name, Span(start, stop)
            end = stop
