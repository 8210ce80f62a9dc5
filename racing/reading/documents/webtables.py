"""The tables of a web page: which are tables and which only lay out the page, and where cells over several columns stand."""

import re
from collections.abc import Callable, Container, Iterator

from selectolax.lexbor import LexborNode

_CELLS = ("td", "th")
#: A cell that goes over more rows or columns than these is not taken at its word.
_SPAN_MAX = 60
#: Cells with so many letters and blocks of text in them lay out a page.
_LONG_CELL = 300
_IN_LAYOUT = "p, h1, h2, h3, h4, ul, ol, div, blockquote"


def is_layout(table: LexborNode) -> bool:
    """Say whether a table only lays out a page, as in mails: it holds tables, one cell a row, or whole texts in cells."""
    if len(table.css("table")) > 1 and len(table.text()) > _LONG_CELL:
        return True
    rows = [[cell for cell in row.iter() if cell.tag in _CELLS] for row in table.css("tr")]
    if not rows:
        return True
    if max(map(len, rows)) <= 1:
        return True
    return any(
        len(cell.css(_IN_LAYOUT)) > 2 and len(cell.text()) > _LONG_CELL for row in rows if len(row) <= 3 for cell in row
    )


def table_lines(
    table: LexborNode, text_of: Callable[[LexborNode], str], passed_by: Container[int]
) -> Iterator[tuple[int, str]]:
    """Give the rows of a table with their numbers, a line each, cells parted by tabs; a cell over several columns or rows
    fills the first. A caption is no row: its number is 0.

    `text_of` gives what a cell says; nodes whose ids are in `passed_by` are not on the page.
    """
    number = 0
    #: For each column how many rows a cell from above still goes on.
    below: dict[int, int] = {}
    for row in table.css("tr, caption"):
        if row.mem_id in passed_by or not _is_own(row, table):
            continue
        if row.tag == "caption":
            yield 0, text_of(row)
            continue
        cells: dict[int, str] = {}
        column = 0
        new: dict[int, int] = {}
        for cell in row.iter():
            if cell.tag not in _CELLS or cell.mem_id in passed_by:
                continue
            while below.get(column):
                column += 1
            cells[column] = text_of(cell)
            wide, high = _span(cell, "colspan"), _span(cell, "rowspan")
            for each in range(column, column + wide):
                new[each] = high - 1
            column += wide
        for each in [each for each in below if each not in new]:
            below[each] -= 1
        below = {each: rows for each, rows in {**below, **new}.items() if rows > 0}
        if cells:
            number += 1
            yield number, "\t".join(cells.get(each, "") for each in range(max(cells) + 1))


def _is_own(row: LexborNode, table: LexborNode) -> bool:
    above = row.parent
    while above is not None and above.tag != "table":
        above = above.parent
    return above is not None and above.mem_id == table.mem_id


def _span(cell: LexborNode, name: str) -> int:
    value = (cell.attributes.get(name) or "").strip()
    return max(1, min(int(value), _SPAN_MAX)) if re.fullmatch(r"[0-9]{1,4}", value) else 1
