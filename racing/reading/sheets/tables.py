"""Where in a text the tables are: the lines above each, its columns, its rows, the notes below."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from racing.reading.facts import Span
from racing.reading.sheets.columns import (
    Columns,
    checked,
    columns_by_content,
    columns_of_head,
    is_position,
    is_upper_head,
)
from racing.reading.sheets.grid import Row
from racing.reading.sheets.session import kind_of_line, number_of
from racing.reading.sheets.words import status_of

#: Headings are short lines, and few.
_HEADING_MAX, _HEADINGS = 160, 8
#: More lines than these between two rows end a table.
_BETWEEN = 6
_ROWS_MIN = 3
_PEOPLE = ("driver", "first", "last")


@dataclass(slots=True)
class Table:
    """A table: what its columns hold, its rows with the lines between them, the lines above and below."""

    columns: Columns
    head: Row | None = None
    headings: list[Row] = field(default_factory=list)
    body: list[Row] = field(default_factory=list)
    notes: list[Row] = field(default_factory=list)

    @property
    def span(self) -> Span:
        """Give where its head and rows stand."""
        rows = [*([self.head] if self.head else []), *self.body]
        return Span(min(row.span.start for row in rows), max(row.span.end for row in rows))

    def column(self, role: str) -> int:
        """Give the number of the first column of a role, -1 where there is none."""
        return next((number for number, column in enumerate(self.columns) if column.role == role), -1)


def tables_of(rows: Sequence[Row]) -> list[Table]:
    """Give the tables of a text that may be classifications, in order."""
    heads = _heads(rows)
    tables = _with_heads(rows, heads) if heads else _without_heads(rows)
    for table in tables:
        _take_apart(table)
        table.columns = checked(table.columns, [row for row in table.body if row.filled > 1])
    return [table for table in tables if any(row.filled > 1 for row in table.body)]


def _take_apart(table: Table) -> None:
    """Make one table of two that stand side by side under the same heads, as starting grids do."""
    heads = [cell.text for cell in table.head.cells] if table.head else []
    width = next((n for n in range(2, len(heads) // 2 + 1) if heads == heads[:n] * (len(heads) // n)), 0)
    if (
        not width
        or len(table.columns) != len(heads)
        or "position" not in {column.role for column in table.columns[:width]}
    ):
        return
    table.columns = table.columns[:width]
    body: list[Row] = []
    for row in table.body:
        for at in range(0, max(1, len(row.cells)), width) if row.filled > 1 else ():
            cells = row.cells[at : at + width]
            told = [cell for cell in cells if cell.text]
            if told:
                body.append(Row(cells, Span(told[0].start, told[-1].end), row.page, row.line))
        if row.filled <= 1:
            body.append(row)
    table.body = body


def _heads(rows: Sequence[Row]) -> dict[int, tuple[int, Columns]]:
    """Give the rows that are heads by their numbers: the number of the last row of the head, and the columns."""
    found: dict[int, tuple[int, Columns]] = {}
    last = -1
    for at, row in enumerate(rows):
        if row.filled < 2 or at <= last:
            continue
        single = columns_of_head(row)
        double = None
        if at + 1 < len(rows) and is_upper_head(row, rows[at + 1]):
            double = columns_of_head(rows[at + 1], row)
        if double and _known(double) >= _known(single):
            found[at] = (at + 1, double)
        elif single:
            found[at] = (at, single)
        last = max(last, found[at][0] if at in found else -1)
    return found


def _known(columns: Columns | None) -> int:
    return sum(column.role not in ("", "ignored") for column in columns) if columns else 0


def _with_heads(rows: Sequence[Row], heads: dict[int, tuple[int, Columns]]) -> list[Table]:
    tables: list[Table] = []
    waiting: list[Row] = []
    current: Table | None = None
    at = 0
    while at < len(rows):
        row = rows[at]
        if at in heads:
            last, columns = heads[at]
            if current and current.columns == columns and _goes_on(current, waiting):
                current.body += [each for each in waiting if not _repeats(current, each)]
            else:
                current = _begin(current, waiting, columns, row)
                tables.append(current)
            waiting = []
            at = last
        elif current and _is_data(row, current):
            if len(waiting) > _BETWEEN or any(len(each.text(0)) > 2 * _HEADING_MAX for each in waiting):
                current.notes += waiting
                waiting, current = [row], None
            else:
                current.body += [*waiting, row]
                waiting = []
        else:
            waiting.append(row)
        at += 1
    if current:
        current.notes += waiting
    elif tables:
        tables[-1].notes += waiting
    return tables


def _begin(before: Table | None, waiting: list[Row], columns: Columns, head: Row) -> Table:
    """Begin a table; the lines since the one before are its headings, or that one's notes."""
    if before is None:
        # A title stands first, the session right above the table.
        waiting = waiting if len(waiting) <= 2 * _HEADINGS else [*waiting[:_HEADINGS], *waiting[-_HEADINGS:]]
    else:
        before.notes += waiting[: -2 * _HEADINGS]
        waiting = waiting[-2 * _HEADINGS :]
        cut = next((n for n, row in enumerate(waiting) if kind_of_line(row.text(0)) or number_of(row.text(0))), None)
        cut = max(0, len(waiting) - 1) if cut is None else cut
        before.notes += waiting[:cut]
        waiting = waiting[cut:]
    return Table(columns, head, [row for row in waiting if len(row.text(0)) <= _HEADING_MAX])


def _goes_on(table: Table, waiting: Sequence[Row]) -> bool:
    """Say whether the same head once more only begins another page: the lines before it name no other session."""
    told = {row.text(0) for row in table.headings}
    return not any(
        row.text(0) not in told
        and (kind_of_line(row.text(0)) in ("race", "qualifying", "grid") or number_of(row.text(0)))
        for row in waiting
        if row.filled == 1
    )


def _repeats(table: Table, row: Row) -> bool:
    return any(row.text(0) == each.text(0) for each in table.headings)


def _is_data(row: Row, table: Table) -> bool:
    """Say whether a row tells of a car: it has a place, a status or a number, or names drivers where they stand."""
    for number, cell in enumerate(row.cells[: len(table.columns)]):
        role, text = table.columns[number].role, cell.text
        if not text or (row.filled == 1 and number == 0):
            continue
        if role == "position" and (is_position(text) or status_of(text)):
            return True
        if role == "number" and text.lstrip("# ")[:1].isdigit():
            return True
        if role in _PEOPLE and (row.filled > 2 or number > 0) and any(c.isalpha() for c in text):
            return True
        if row.filled == 1 and role in ("team", "car"):
            return True
    return False


def _without_heads(rows: Sequence[Row]) -> list[Table]:
    """Give the tables that have no head: stretches of rows whose cells tell what they hold."""
    tables: list[Table] = []
    waiting: list[Row] = []
    at = 0
    while at < len(rows):
        end = at
        while end < len(rows) and (rows[end].filled >= 3 or (end > at and _is_section(rows, end))):
            end += 1
        block = [row for row in rows[at:end] if row.filled >= 3]
        columns = columns_by_content(block) if len(block) >= _ROWS_MIN else None
        if columns is None and len(block) > _ROWS_MIN:
            # A head whose words are not known.
            columns = columns_by_content(block[1:])
        if columns:
            headings = [row for row in waiting[-_HEADINGS:] if len(row.text(0)) <= _HEADING_MAX]
            tables.append(Table(columns, None, headings, list(rows[at:end])))
            waiting = []
            at = end
        else:
            end = max(end, at + 1)
            waiting += rows[at:end]
            if tables:
                tables[-1].notes += rows[at:end]
            at = end
    return tables


def _is_section(rows: Sequence[Row], at: int) -> bool:
    return rows[at].filled == 1 and len(rows[at].text(0)) <= 40 and at + 1 < len(rows) and rows[at + 1].filled >= 3
