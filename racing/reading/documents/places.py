"""Where in a document its text stands: the page, the sheet, the table, the row. A text carries this along while it is made.

A map of stops is kept with a document's text: at each, what follows begins to stand elsewhere. From a stop in a row on, every
line is the next row, so that a table of a thousand rows is one stop.
"""

import itertools
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from racing.reading.documents.cleaning import clean

#: A document with more stops than these is none that a person made; what follows the last of them stands nowhere.
STOPS_MAX = 5_000
_NAME_MAX = 80


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a document: 0 and "" stand for what the document has not.

    `page` and `row` count from 1 as somebody counts who has the document open: the rows of a sheet are the sheet's own, hidden
    ones counted; those of a table in a web page and those of all tables on a page of paper count the heads too. `table` is
    told where a page has several, `sheet` where a workbook has, `file` is the name of what a mail brought.
    """

    row: int = 0
    page: int = 0
    table: int = 0
    sheet: str = ""
    file: str = ""

    def __bool__(self) -> bool:
        return self != NOWHERE

    def after(self, lines: int) -> "Place":
        """Give the place so many lines further down."""
        return replace(self, row=self.row + lines) if self.row and lines else self


NOWHERE = Place()


class Stop(NamedTuple):
    """From this character of the text on, what it says stands here."""

    start: int
    place: Place


class Placed(str):
    """A text of one or many lines with the stops in it."""

    stops: tuple[Stop, ...]

    def __new__(cls, text: str, *stops: Stop) -> "Placed":
        """Make one; without stops it stands nowhere."""
        made = super().__new__(cls, text)
        made.stops = stops
        return made


def placed(text: str, place: Place) -> Placed:
    """Give a text that stands here; its lines, if it is in a row, are a row each."""
    return Placed(text, Stop(0, place))


def stops_of(text: str) -> tuple[Stop, ...]:
    """Give the stops of a text, none for one that carries none."""
    return text.stops if isinstance(text, Placed) else ()


def joined(lines: Iterable[str]) -> str:
    """Put lines together with line ends between; those that know their places keep them."""
    told = list(lines)
    stops: list[Stop] = []
    due, offset = NOWHERE, 0
    for line in told:
        own = stops_of(line)
        at = 0
        for stop in own if own and own[0].start == 0 else (Stop(0, NOWHERE), *own):
            due = due.after(line.count("\n", at, stop.start))
            at = stop.start
            if stop.place != due:
                stops.append(Stop(offset + at, stop.place))
                due = stop.place
        due = due.after(line.count("\n", at) + 1)
        offset += len(line) + 1
    return Placed("\n".join(told), *stops) if stops else "\n".join(told)


def lines_of(text: str) -> list[str]:
    """Give the lines of a text, each with its own stops; those of a text that carries none as they are."""
    lines = text.split("\n")
    stops = stops_of(text)
    if not stops:
        return lines
    told: list[str] = []
    offset, at, due = 0, 0, NOWHERE
    for line in lines:
        own = [Stop(0, due)]
        while at < len(stops) and stops[at].start <= offset + len(line):
            own.append(Stop(stops[at].start - offset, stops[at].place))
            at += 1
        if own[1:] and own[1].start == 0:
            own.pop(0)
        told.append(Placed(line, *own))
        due = own[-1].place.after(1)
        offset += len(line) + 1
    return told


def within(text: str, file: str) -> str:
    """Give a text as one that stands in a file, such as what a mail brought."""
    stops = stops_of(text) or (Stop(0, NOWHERE),)
    own = (Stop(stop.start, replace(stop.place, file=stop.place.file or file)) for stop in stops)
    return Placed(text, *(own if stops[0].start == 0 else (Stop(0, Place(file=file)), *own)))


def cleaned(text: str) -> tuple[str, tuple[Stop, ...]]:
    """Clean a text (`clean`) and give the stops where they are then; none where they would no longer be true."""
    stops = stops_of(text)[:STOPS_MAX]
    if len(stops) < len(stops_of(text)):
        stops = (*stops[:-1], Stop(stops[-1].start, NOWHERE))
    edges = [0, *(stop.start for stop in stops), len(text)]
    pieces = [clean(text[start:end]) for start, end in itertools.pairwise(edges)]
    whole = clean(text)
    if not stops or "".join(pieces) != whole:
        return whole, ()
    moved, at = [], 0
    for piece, stop in zip(pieces, stops, strict=False):
        at += len(piece)
        moved.append(Stop(at, stop.place))
    return whole, tuple(moved)


class Places:
    """The map of a document's text: where its characters stand."""

    def __init__(self, text: str, stops: Sequence[Stop]) -> None:
        self._text = text
        self.stops = stops
        self._starts = [stop.start for stop in stops]

    def at(self, offset: int) -> Place:
        """Give where a character stands; `NOWHERE`, which is false, where the map does not say."""
        at = bisect_right(self._starts, offset) - 1
        if at < 0:
            return NOWHERE
        start, place = self.stops[at]
        return place.after(self._text.count("\n", start, offset)) if place.row else place


def to_json(stops: Iterable[Stop]) -> list[list[Any]]:
    """Give stops as JSON values: [start, row, page, table, sheet, file], without what is empty at the end."""
    rows: list[list[Any]] = []
    for start, place in stops:
        row = [start, place.row, place.page, place.table, place.sheet, place.file]
        while row and not row[-1] and len(row) > 1:
            row.pop()
        rows.append(row)
    return rows


def from_json(rows: Any) -> tuple[Stop, ...]:
    """Give back the stops that `to_json` wrote, in order. Raises ValueError on anything else."""
    if not isinstance(rows, list) or len(rows) > STOPS_MAX:
        raise ValueError("stops are a list")
    stops = tuple(_stop(row) for row in rows)
    if any(later.start < earlier.start for earlier, later in itertools.pairwise(stops)):
        raise ValueError("stops stand in order")
    return stops


def _stop(row: Any) -> Stop:
    if not isinstance(row, list) or not 1 <= len(row) <= 6:
        raise ValueError("a stop is a list of one to six values")
    numbers, names = [*row[:4], *[0] * (4 - len(row))][:4], [*row[4:], "", ""][:2]
    if any(type(number) is not int or not 0 <= number < 1 << 31 for number in numbers):
        raise ValueError("a stop's figures count from 0")
    if any(not isinstance(name, str) for name in names):
        raise ValueError("a stop's names are text")
    start, line, page, table = numbers
    return Stop(start, Place(line, page, table, names[0][:_NAME_MAX], names[1][:_NAME_MAX]))
