"""Tables on pages: pieces of text put together into rows and columns by where they stand.

A row of the page may have been written in any order, a cell may be of several lines, and a column may be empty; each row comes
out as one line with a tab for every column, so that a cell's column can be told from the line alone.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from racing.reading.documents.cells import cell_text
from racing.reading.documents.lines import Line, Piece
from racing.reading.sheets.bands import Stretch, band_of, bands, crossed

#: A line of so many pieces may be a row; so many rows make a table, and between two of them so many other lines stand at most.
_PIECES_MIN, _ROWS_MIN, _BETWEEN = 3, 3, 7
_COLUMNS_MAX = 80
#: Pieces of a table are short; those of a page in columns are not.
_PIECE_MEAN, _PIECE_LONG = 26, 32
#: Pieces whose base lines are nearer than this, in sizes of the type, stand on one line.
_SAME_LINE = 0.45
#: A column in which so many of the broken cells are full lines, broken where the next word had no room.
_WRAPPED = 0.8


@dataclass(slots=True)
class _Visual:
    """What stands at one height of a page."""

    page: int
    base: float
    size: float
    pieces: list[Piece] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)


@dataclass(slots=True)
class _Region:
    """A table's part on one page."""

    visuals: list[_Visual]
    columns: list[Stretch]


def with_tables(lines: list[Line]) -> list[Line]:
    """Give the lines of all pages, those of tables put together into a line for each row."""
    regions: list[_Region] = []
    pages: dict[tuple[int, int], list[Line]] = {}
    for line in lines:
        pages.setdefault((line.page, line.turn), []).append(line)
    for own in pages.values():
        regions += _regions(own)
    _share_columns(regions)
    in_place: dict[int, list[Line]] = {}
    taken: set[int] = set()
    rows: Counter[int] = Counter()
    for region in regions:
        ids = {id(line) for visual in region.visuals for line in visual.lines}
        first = next(
            id(line) for line in pages[region.visuals[0].page, region.visuals[0].lines[0].turn] if id(line) in ids
        )
        page = region.visuals[0].page
        in_place[first] = [replace(line, row=rows[page] + number) for number, line in enumerate(_rows(region), 1)]
        rows[page] += len(in_place[first])
        taken.update(ids)
    made: list[Line] = []
    for line in lines:
        made += in_place.get(id(line), [] if id(line) in taken else [line])
    return made


def _regions(lines: list[Line]) -> Iterator[_Region]:
    """Give the tables of a page."""
    visuals = _visuals(lines)
    full = [number for number, visual in enumerate(visuals) if _may_be_row(visual)]
    start = 0
    for at in range(1, len(full) + 1):
        if at == len(full) or full[at] - full[at - 1] > _BETWEEN:
            block = visuals[full[start] : full[at - 1] + 1] if full else []
            region = _region(block, _after(visuals, full[at - 1]) if full else [])
            if region:
                yield region
            start = at


def _may_be_row(visual: _Visual) -> bool:
    return len(visual.pieces) >= _PIECES_MIN and _mean(visual.pieces) <= _PIECE_LONG


def _mean(pieces: Sequence[Piece]) -> float:
    return sum(len(piece.text) for piece in pieces) / len(pieces)


def _after(visuals: list[_Visual], last: int) -> list[_Visual]:
    """Give the lines right below a table's last full one, close enough to belong to its row."""
    found: list[_Visual] = []
    for above, below in pairwise(visuals[last:]):
        if above.base - below.base > 1.5 * below.size or len(below.pieces) > 2:
            break
        found.append(below)
    return found[:5]


def _visuals(lines: list[Line]) -> list[_Visual]:
    visuals: list[_Visual] = []
    for line in sorted(lines, key=lambda line: -line.base):
        last = visuals[-1] if visuals else None
        if last is None or last.base - line.base > _SAME_LINE * max(line.size, 1):
            visuals.append(_Visual(line.page, line.base, line.size))
        visuals[-1].pieces += line.pieces
        visuals[-1].lines.append(line)
    for visual in visuals:
        visual.pieces.sort(key=lambda piece: piece.left)
    return visuals


def _region(block: list[_Visual], after: list[_Visual]) -> _Region | None:
    full = [visual for visual in block if len(visual.pieces) >= _PIECES_MIN]
    pieces = [piece for visual in full for piece in visual.pieces]
    if max((len(visual.pieces) for visual in full), default=0) > _COLUMNS_MAX:
        return None
    if len(full) < _ROWS_MIN or _mean(pieces) > _PIECE_MEAN:
        return None
    # Words of justified text stand apart, cells further.
    if sum(len(visual.lines) > 1 or "\t" in visual.lines[0].text for visual in full) < 0.5 * len(full):
        return None
    columns = _columns(block)
    if not _PIECES_MIN <= len(columns) <= _COLUMNS_MAX:
        return None
    # Of what stands below, only lines that stand in one inner column go on with the last row.
    inner = [
        v
        for v in after
        if all(crossed(_stretch(p), columns) == 1 and band_of(_stretch(p), columns) > 1 for p in v.pieces)
    ]
    return _Region([*block, *(inner if inner == after[: len(inner)] else [])], columns)


def _stretch(piece: Piece) -> Stretch:
    return Stretch(piece.left, piece.right)


def _columns(visuals: Sequence[_Visual]) -> list[Stretch]:
    most = max(len(visual.pieces) for visual in visuals)
    wide = [visual for visual in visuals if len(visual.pieces) >= max(_PIECES_MIN, 0.5 * most)]
    rows = [[_stretch(piece) for piece in visual.pieces] for visual in wide]
    return bands(rows[1:], rows[0])


def _share_columns(regions: list[_Region]) -> None:
    """Let parts of a table on several pages have the same columns, where what stands on all of them fits together."""
    for above, below in pairwise(regions):
        both = _columns([*above.visuals, *below.visuals])
        if above.visuals[0].page < below.visuals[0].page and len(both) >= max(len(above.columns), len(below.columns)):
            below.columns = both
    for below, above in pairwise(reversed(regions)):
        if above.visuals[0].page < below.visuals[0].page and len(below.columns) > len(above.columns):
            both = _columns([*above.visuals, *below.visuals])
            if len(both) == len(below.columns):
                above.columns = below.columns


def _rows(region: _Region) -> Iterator[Line]:
    """Give a line for each row of a table, titles between rows as lines of their own."""
    groups = _groups(region)
    wrapped = _wrapped_columns(region, groups)
    for group in groups:
        first = group[0]
        pieces = [piece for visual in group for piece in visual.pieces]
        if len(pieces) == 1 and (crossed(_stretch(pieces[0]), region.columns) > 1 or _is_title(first, region)):
            text = pieces[0].text
        else:
            # Heads in several lines name several things, or one: their reader knows.
            head = group is groups[0] and not any(c.isdigit() for piece in pieces for c in piece.text)
            text = "\t".join(_cells(group, region.columns, wrapped, head=head)).rstrip("\t")
        line = first.lines[0]
        left, right = min(piece.left for piece in pieces), max(piece.right for piece in pieces)
        yield replace(
            line, text=text, left=left, right=right, base=first.base, pieces=tuple(pieces), first_word=right - left
        )


def _is_title(visual: _Visual, region: _Region) -> bool:
    return band_of(_stretch(visual.pieces[0]), region.columns) == 0


def _goes_along(visual: _Visual, region: _Region) -> bool:
    """Say whether a line is only part of a row: it fills few columns, and none of the first two."""
    places = {band_of(_stretch(piece), region.columns) for piece in visual.pieces}
    spans = any(crossed(_stretch(piece), region.columns) > 1 for piece in visual.pieces)
    return not spans and min(places) > 1 and len(places) < max(2, 0.5 * len(region.columns))


def _groups(region: _Region) -> list[list[_Visual]]:
    """Give the lines of each row: a line that is only part of one belongs to the nearer of its neighbours."""
    visuals = region.visuals
    along = [_goes_along(visual, region) for visual in visuals]
    joined_to_next = [False] * len(visuals)
    for at, visual in enumerate(visuals):
        if not along[at]:
            continue
        above = visuals[at - 1].base - visual.base if at else float("inf")
        below = visual.base - visuals[at + 1].base if at + 1 < len(visuals) else float("inf")
        # As near to both, it goes on with the row above.
        if below < 0.97 * above:
            joined_to_next[at] = True
        elif at:
            joined_to_next[at - 1] = True
    groups: list[list[_Visual]] = []
    whole = False
    for at, visual in enumerate(visuals):
        if at and joined_to_next[at - 1] and (along[at] or not whole):
            groups[-1].append(visual)
            whole = whole or not along[at]
        else:
            groups.append([visual])
            whole = not along[at]
    return groups


def _wrapped_columns(region: _Region, groups: list[list[_Visual]]) -> set[int]:
    """Give the columns whose cells are broken where there was no more room, not after each of several names."""
    full: dict[int, list[bool]] = {}
    # A cell ends before the next column begins.
    size = region.visuals[0].size
    rights = [*(column.left - size for column in region.columns[1:]), region.columns[-1].right]
    for group in groups:
        for column, pieces in _by_column(group, region.columns).items():
            for above, below in pairwise(pieces):
                word = (below.right - below.left) * len(below.text.split()[0]) / max(1, len(below.text))
                edge = rights[column]
                full.setdefault(column, []).append(above.right + word > edge)
    return {column for column, each in full.items() if sum(each) >= _WRAPPED * len(each)}


def _by_column(group: list[_Visual], columns: Sequence[Stretch]) -> dict[int, list[Piece]]:
    found: dict[int, list[Piece]] = {}
    for visual in group:
        for piece in visual.pieces:
            found.setdefault(band_of(_stretch(piece), columns), []).append(piece)
    return found


def _cells(group: list[_Visual], columns: Sequence[Stretch], wrapped: set[int], *, head: bool) -> Iterator[str]:
    found: dict[int, list[str]] = {}
    for visual in group:
        here = _by_column([visual], columns)
        for column, pieces in here.items():
            found.setdefault(column, []).append(" ".join(piece.text for piece in pieces))
    for column in range(len(columns)):
        lines = found.get(column, [])
        yield " / ".join(lines) if head else " ".join(lines) if column in wrapped else cell_text("\n".join(lines))
