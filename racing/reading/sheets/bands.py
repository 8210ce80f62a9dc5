"""Columns found by where their cells stand: for pages, where cells are boxes, and for text that is aligned by blanks."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple


class Stretch(NamedTuple):
    """From `left` up to `right`, in whatever unit a line is measured."""

    left: float
    right: float


#: Of the lines of a table, so many in a hundred may run over the edge of their column.
_OVERHANG = (0.02, 0.05, 0.1, 0.2)


def bands(lines: Sequence[Sequence[Stretch]], header: Sequence[Stretch] = ()) -> list[Stretch]:
    """Give the columns of a table from left to right: the stretches that its lines leave no blank through.

    `lines` are the rows that fill most columns, `header` the cells of the head. Where long cells run into the next column
    so that two heads would stand above one band, some lines are let go over the edge.
    """
    best: list[Stretch] = []
    # A single line may be let go in a short table too.
    for let_go in sorted({0, 1, *(int(share * len(lines)) for share in _OVERHANG)}):
        found = _covered([*lines, header], let_go)
        if not best or _shared(found, header) < _shared(best, header):
            best = found
        if not _shared(best, header):
            break
    return best


def band_of(stretch: Stretch, columns: Sequence[Stretch]) -> int:
    """Give the number of the column that a cell stands in, the one that it shares most with, else the nearest."""

    def apart(column: Stretch) -> float:
        return max(stretch.left, column.left) - min(stretch.right, column.right)

    return min(range(len(columns)), key=lambda index: apart(columns[index]))


def crossed(stretch: Stretch, columns: Sequence[Stretch]) -> int:
    """Give how many columns a cell touches."""
    return sum(stretch.left < column.right and column.left < stretch.right for column in columns)


def _covered(lines: Iterable[Sequence[Stretch]], let_go: int) -> list[Stretch]:
    """Give the stretches that more than `let_go` lines cover; a cell that then stands alone is a band of its own."""
    edges: list[tuple[float, int]] = []
    cells = [cell for line in lines for cell in line]
    for cell in cells:
        edges += ((cell.left, 1), (cell.right, -1))
    found: list[Stretch] = []
    depth, began = 0, 0.0
    for at, step in sorted(edges, key=lambda edge: (edge[0], edge[1])):
        before, depth = depth, depth + step
        if before <= let_go < depth:
            began = at
        elif depth <= let_go < before and at > began:
            found.append(Stretch(began, at))
    if let_go:
        alone = [cell for cell in cells if not crossed(cell, found)]
        found += _covered([alone], 0) if alone else []
    return sorted(found)


def _shared(columns: Sequence[Stretch], header: Sequence[Stretch]) -> int:
    """Give how many heads stand above a column that has one already."""
    return len(header) - len({band_of(head, columns) for head in header}) if columns else len(header)
