"""A table as text, its cells parted by one sign: known by its lines alike, given with tabs between the cells."""

import csv
import io
from collections import Counter

from racing.reading.documents.errors import DocumentError
from racing.reading.documents.places import Place, placed
from racing.reading.documents.txt import decode

_SIGNS = ("\t", ";", "|", ",")
#: Lines that are looked at to tell a table from prose; so many are cut alike, and so short are the cells at most.
_LOOKED_AT, _ALIKE, _CELL_MEAN = 60, 0.6, 32
_ROWS_MIN, _CELLS_MIN = 3, 3


def delimiter_of(text: str) -> str | None:
    """Give the sign that parts the cells where a text is a table from end to end, else None."""
    lines = [line for line in text.splitlines()[: 2 * _LOOKED_AT] if line.strip()][:_LOOKED_AT]
    for sign in _SIGNS:
        counts = Counter(len(_cells(line, sign)) for line in lines)
        cells, most = max(
            counts.items(), key=lambda item: (item[1] if item[0] >= _CELLS_MIN else 0, item[0]), default=(0, 0)
        )
        if cells < _CELLS_MIN or most < _ROWS_MIN:
            continue
        table = [line for line in lines if len(_cells(line, sign)) >= _CELLS_MIN]
        short = sum(map(len, table)) <= _CELL_MEAN * sum(len(_cells(line, sign)) for line in table)
        # Prose has commas too, and blanks behind them.
        spaced = sum(line.count(f"{sign} ") for line in table) > 0.5 * sum(line.count(sign) for line in table)
        if len(table) >= _ALIKE * len(lines) and most >= 0.5 * len(table) and short and not (sign == "," and spaced):
            return sign
    return None


def extract_csv(data: bytes) -> str:
    """Give the rows of a table, a line each, with tabs between the cells; broken lines in a cell are parted by " / ".

    Raises DocumentError broken for cells longer than any, and unknown_format.
    """
    text = decode(data).lstrip("\ufeff")
    sign = delimiter_of(text) or ","
    if sign == "|":
        # Bars are drawn around cells too, and are never quoted.
        drawn = ("\t".join(cell.strip() for cell in _cells(line, sign)).rstrip("\t") for line in text.splitlines())
        return placed("\n".join(drawn), Place(row=1))
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=sign))
    except csv.Error as error:
        raise DocumentError("broken", str(error)) from error
    return placed("\n".join("\t".join(map(_one_line, row)).rstrip("\t ") for row in rows), Place(row=1))


def _cells(line: str, sign: str) -> list[str]:
    if sign == "|":
        line = line.strip().strip("|")
    if '"' in line:
        try:
            return next(csv.reader([line], delimiter=sign))
        except (csv.Error, StopIteration):
            pass
    return line.split(sign)


def _one_line(cell: str) -> str:
    lines = (" ".join(line.split()) for line in cell.splitlines())
    return " / ".join(line for line in lines if line)
