"""Lines with their places on pages, put together again into paragraphs in the order of reading."""

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from statistics import mode, quantiles

from racing.reading.documents.hyphens import join, words_of
from racing.reading.documents.lines import Line
from racing.reading.documents.places import Place, Placed, Stop, joined, placed, stops_of
from racing.reading.documents.running import without_running

_BULLET = re.compile(r"[•‣▪◦●■►➤*\-–—]\s")
#: A row of a classification: a place, or the word instead of one.
_ROW = re.compile(r"(?:P?\d{1,3}(?:er|e|º|\.|\))?|DNF|DNS|NC|DSQ|DQ|EX|Ab\.?|Abd\.?)[\s\t]", re.I)
_SENTENCE_END = re.compile(r"[.!?:…][\"'»”’)\]]*$")
#: Lines further apart than this, in usual distances, belong to different paragraphs.
_PARAGRAPH_GAP = 1.35
#: Fewer lines than these do not show how wide their column is.
_COLUMN_LINES = 3
#: A column of running text is at least so wide, in sizes of its type; and a wide one so wide.
_COLUMN, _WIDE_COLUMN = 12, 25


def flow(lines: list[Line]) -> str:
    """Give the text of lines that stand in reading order: a line for each paragraph, heading and row of a table, which knows
    its page and row.

    Running heads are kept once, where they stand first; running feet and page numbers are dropped. Broken words and
    paragraphs are joined across lines, columns and pages. Where a table goes on on another page, a line "[p. 2]" says so.
    """
    known = words_of("\n".join(line.text for line in lines))
    body = without_running(lines)
    measure = _Measure(body)
    paragraphs: list[str] = []
    last: Line | None = None
    ruled = {line.page for line in body if "\t" in line.text}
    for line in body:
        if last and last.page < line.page and {last.page, line.page} <= ruled:
            paragraphs.append(placed(f"[p. {line.page + 1}]", Place(page=line.page + 1)))
            last = None
        if last and measure.goes_on(last, line):
            paragraphs[-1] = _going_on(paragraphs[-1], line, known)
        else:
            paragraphs.append(placed(line.text, _place(line)))
        last = line
    return joined(paragraphs)


def _place(line: Line) -> Place:
    return Place(line.row, line.page + 1)


def _going_on(before: str, line: Line, known: frozenset[str]) -> Placed:
    """Give a paragraph with one more line; on another page it has one more stop."""
    text, stops, place = _joined(before, line.text, known), stops_of(before), _place(line)
    more = (Stop(len(text) - len(line.text), place),) if stops[-1].place != place else ()
    return Placed(text, *stops, *more)


def _joined(before: str, after: str, known: frozenset[str]) -> str:
    return join(before, after, known) if _breaks_word(before, after) else f"{before} {after}"


def _breaks_word(before: str, after: str) -> bool:
    return bool(re.search(r"\w[-\xad‐]$", before)) and after[:1].isalnum()


class _Measure:
    """The usual distances of a document's lines, and how far each line could have gone to the right."""

    def __init__(self, lines: list[Line]) -> None:
        gaps: dict[int, list[float]] = defaultdict(list)
        for above, below in pairwise(lines):
            gap = above.base - below.base
            if above.page == below.page and _same_size(above, below) and 0 < gap < 3 * below.size:
                gaps[round(below.size)].append(gap)
        #: The usual distance by size: a low one of all, since paragraphs may be a line each.
        self._leading = {
            size: quantiles(some, n=4, method="inclusive")[0] if len(some) > 1 else some[0]
            for size, some in gaps.items()
        }
        self._edge = _edges(lines)

    def goes_on(self, above: Line, below: Line) -> bool:
        """Say whether the second line goes on with the paragraph of the first."""
        if "\t" in above.text or "\t" in below.text or not _same_size(above, below) or _BULLET.match(below.text):
            return False
        if _ROW.match(above.text) and _ROW.match(below.text):
            return False
        if _breaks_word(above.text, below.text):
            return True
        gap = above.base - below.base
        over = above.page != below.page or gap < 0
        if over and below.text[:1].islower() and not _SENTENCE_END.search(above.text):
            return True
        # The line ended although the next word had room: its writer ended it.
        edge = self._edge.get(id(above))
        if edge is None or above.right + below.first_word + 0.2 * above.size < edge:
            return False
        # Over a page or a column there is nothing more to go by; few paragraphs end with a full line.
        if over:
            return True
        leading = self._leading.get(round(below.size), 1.2 * below.size)
        indented = below.left > above.left + 0.6 * below.size and not _BULLET.match(above.text)
        return gap <= _PARAGRAPH_GAP * min(leading, 1.8 * below.size) and not indented


def _edges(lines: list[Line]) -> dict[int, float]:
    """Give, by their ids, the lines of running text, each with the right edge of its column."""
    alike: dict[tuple[int, int], list[Line]] = defaultdict(list)
    pages: dict[int, list[Line]] = defaultdict(list)
    for line in lines:
        pages[line.page].append(line)
        if "\t" not in line.text:
            alike[_manner(line)].append(line)
    # Asked for again and again, by many short blocks.
    by_manner = {manner: _edge_of_prose(column) for manner, column in alike.items() if len(column) >= _COLUMN_LINES}
    by_page = {page: _edge_of_prose(column) for page, column in pages.items()}
    edges: dict[int, float] = {}
    for block in _blocks(lines):
        # A block that shows no column itself has the one of other lines of the same type and left edge, else the page's.
        edge = _edge_of_prose(block) if len(block) >= _COLUMN_LINES else None
        if edge is None:
            edge = by_manner.get(_manner(block[0])) or by_page[block[0].page]
        if edge is not None:
            edges.update((id(line), edge) for line in block)
    return edges


def _manner(line: Line) -> tuple[int, int]:
    return round(line.size), round(line.left / line.size) if line.size else 0


def _edge_of_prose(column: list[Line]) -> float | None:
    """Give a column's right edge; None if it is a list.

    Running text is wide and many of its lines go nearly to the edge; in a wide column, where lists are narrower, some do.
    """
    left, edge = min(line.left for line in column), max(line.right for line in column)
    widths = (edge - left) / (mode(round(line.size) for line in column) or 1)
    long = sum(line.right >= left + 0.8 * (edge - left) for line in column)
    many, some = long >= 0.4 * len(column), long >= _COLUMN_LINES and widths >= _WIDE_COLUMN
    return edge if widths >= _COLUMN and (many or some) else None


def _same_size(one: Line, other: Line) -> bool:
    return abs(one.size - other.size) <= 0.1 * max(one.size, other.size)


def _blocks(lines: list[Line]) -> Iterator[list[Line]]:
    """Give the stretches of lines that fill one column: one page, one size, one left edge but for indents; no tables."""
    block: list[Line] = []
    for line in lines:
        if block and ("\t" in line.text or not _in_column(block, line)):
            yield block
            block = []
        if "\t" not in line.text:
            block.append(line)
    if block:
        yield block


def _in_column(block: list[Line], line: Line) -> bool:
    last = block[-1]
    near = line.page == last.page and 0 < last.base - line.base < 4 * line.size
    return near and _same_size(line, last) and abs(line.left - block[0].left) <= 3 * line.size
