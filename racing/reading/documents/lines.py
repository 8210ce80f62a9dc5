"""A line of a page, as the modules for PDF pass it on."""

from dataclasses import dataclass
from typing import NamedTuple


class Piece(NamedTuple):
    """What stands between two wide gaps of a line, and from where to where; in a table, a cell or part of one."""

    text: str
    left: float
    right: float


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page, in points from the page's lower left corner; `size` is the height of its type.

    `first_word` is the width of its first word, `turn` how many quarters of a turn the line is turned; its place is given
    as if it stood upright. Tabs part the cells of a table, `pieces`. `row` counts the rows of all tables on a page, 0: none.
    """

    text: str
    page: int
    left: float
    right: float
    base: float
    size: float
    first_word: float
    pieces: tuple[Piece, ...] = ()
    turn: int = 0
    row: int = 0
