"""A text as rows of cells, each with its place: cells are parted by tabs, bars, semicolons, or by being aligned."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from racing.reading.facts import Span
from racing.reading.sheets.bands import Stretch, band_of, bands, crossed

#: The line that a document's text has where a table goes on on another page.
PAGE_MARK = re.compile(r"\[p\. (\d{1,4})\]")
_FRAGMENT = re.compile(r"\S+(?: \S+)*")
#: A line under the heads of a table that is drawn with signs.
_RULE = re.compile(r"[\s|:+=─━┼┿╋│┃_-]*")
#: Fewer lines than these do not show columns.
_LINES_MIN, _CELLS_MIN = 3, 3
#: And so many cells no table has.
_CELLS_MAX = 100
_SEMICOLONS_MIN = 3


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell says, without the blanks around it, and where."""

    text: str
    start: int
    end: int

    @property
    def span(self) -> Span:
        """Give its place in the text."""
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the text as cells; a line that is no row of a table is one cell. `page` and `line` count from 1."""

    cells: tuple[Cell, ...]
    span: Span
    page: int
    line: int

    def text(self, column: int) -> str:
        """Give what a cell says, "" where the row has none there."""
        return self.cells[column].text if 0 <= column < len(self.cells) else ""

    @property
    def filled(self) -> int:
        """Give how many cells say something."""
        return sum(bool(cell.text) for cell in self.cells)


def rows_of(text: str) -> list[Row]:
    """Give every line of a text that says something as a row of cells."""
    lines: list[tuple[str, int, int, int]] = []
    page, offset = 1, 0
    for number, line in enumerate(text.split("\n"), 1):
        if mark := PAGE_MARK.fullmatch(line):
            page = int(mark[1])
        elif line.strip():
            lines.append((line, offset, page, number))
        offset += len(line) + 1
    return list(_rows(lines))


def _rows(lines: Sequence[tuple[str, int, int, int]]) -> Iterator[Row]:
    at = 0
    while at < len(lines):
        line, offset, page, number = lines[at]
        pieces = _parted(line)
        if pieces is None:
            block = _aligned_block(lines, at)
            if block > at:
                yield from _aligned(lines[at:block])
                at = block
                continue
            pieces = [(line, 0)]
        if pieces:
            cells = tuple(_cell(piece, offset + start) for piece, start in pieces)
            yield Row(cells, _trimmed(line, offset), page, number)
        at += 1


def _parted(line: str) -> list[tuple[str, int]] | None:
    """Cut a line at the signs that part cells; nothing of a line that only rules the table; None where there are no signs."""
    if "\t" in line:
        return _cut(line, "\t")
    if line.count("|") >= 2 or line.count("│") >= 2:
        if _RULE.fullmatch(line):
            return []
        sign = "|" if "|" in line else "│"
        first, last = line.find(sign), line.rfind(sign)
        outer = not line[:first].strip() and not line[last + 1 :].strip()
        return [
            (piece, start + (first + 1 if outer else 0))
            for piece, start in _cut(line[first + 1 : last] if outer else line, sign)
        ]
    if line.count(";") >= _SEMICOLONS_MIN and "; " not in line:
        return _cut(line, ";")
    return None


def _cut(line: str, sign: str) -> list[tuple[str, int]]:
    pieces, start = [], 0
    for piece in line.split(sign):
        pieces.append((piece, start))
        start += len(piece) + len(sign)
    return pieces


def _cell(piece: str, start: int) -> Cell:
    inner = piece.strip()
    start += len(piece) - len(piece.lstrip()) if inner else 0
    return Cell(inner, start, start + len(inner))


def _trimmed(line: str, offset: int) -> Span:
    start = offset + len(line) - len(line.lstrip())
    return Span(start, offset + len(line.rstrip()))


def _fragments(line: str) -> list[re.Match[str]]:
    return list(_FRAGMENT.finditer(line))


def _aligned_block(lines: Sequence[tuple[str, int, int, int]], at: int) -> int:
    """Give the end of the block of aligned lines that begins here; `at` where none does."""
    end = at
    while end < len(lines) and "\t" not in lines[end][0] and _CELLS_MIN <= len(_fragments(lines[end][0])) <= _CELLS_MAX:
        end += 1
    return end if end - at >= _LINES_MIN else at


def _aligned(block: Sequence[tuple[str, int, int, int]]) -> Iterator[Row]:
    found = [_fragments(line) for line, *_ in block]
    columns = bands(
        [[Stretch(*piece.span()) for piece in row] for row in found[1:]], [Stretch(*p.span()) for p in found[0]]
    )
    for (line, offset, page, number), pieces in zip(block, found, strict=True):
        places: dict[int, list[re.Match[str]]] = {}
        for piece in pieces:
            # A cell that fills its column touches the next with a single blank between.
            own = crossed(Stretch(*piece.span()), columns) <= 1
            for part in (piece,) if own else re.compile(r"\S+").finditer(line, *piece.span()):
                places.setdefault(band_of(Stretch(*part.span()), columns), []).append(part)
        cells = []
        for column in range(len(columns)):
            if column in places:
                start, end = places[column][0].start(), places[column][-1].end()
                cells.append(Cell(line[start:end], offset + start, offset + end))
            else:
                cells.append(Cell("", offset, offset))
        yield Row(tuple(cells), _trimmed(line, offset), page, number)
