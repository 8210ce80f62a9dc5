"""Where a span of a text is: on which page, in which line of it."""

from typing import NamedTuple

from racing.reading.sheets.grid import PAGE_MARK


class Place(NamedTuple):
    """A page and a line of the text on it, both counted from 1."""

    page: int
    row: int


def place_of(text: str, offset: int) -> Place:
    """Give the page and the line on it of an offset in a document's text."""
    page, row = 1, 0
    for line in text[: max(0, offset)].split("\n")[:-1]:
        if mark := PAGE_MARK.fullmatch(line):
            page, row = int(mark[1]), 0
        elif line.strip():
            row += 1
    return Place(page, row + 1)
