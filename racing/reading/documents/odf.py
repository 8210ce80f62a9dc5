"""OpenDocument files: texts (ODT) and tables (ODS), as ISO/IEC 26300-3 lays them out."""

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from lxml import etree

from racing.reading.documents.cells import cell_text
from racing.reading.documents.errors import DocumentError
from racing.reading.documents.places import Place, joined, placed

_NAMES = "urn:oasis:names:tc:opendocument:xmlns:"
_TEXT, _TABLE, _OFFICE, _DRAW, _STYLE = (
    f"{{{_NAMES}text:1.0}}",
    f"{{{_NAMES}table:1.0}}",
    f"{{{_NAMES}office:1.0}}",
    f"{{{_NAMES}drawing:1.0}}",
    f"{{{_NAMES}style:1.0}}",
)
_PARAGRAPHS = (f"{_TEXT}p", f"{_TEXT}h")
_CELLS = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")
#: What is not on the page: deletions kept for tracking, notes of reviewers, rules for tables of contents.
_SKIPPED = frozenset(
    (
        f"{_TEXT}tracked-changes",
        f"{_OFFICE}annotation",
        f"{_TEXT}table-of-content",
        f"{_OFFICE}forms",
        f"{_TEXT}sequence-decls",
    )
)
#: A row or cell that repeats more often than this is formatted emptiness.
_REPEATS_MAX, _COLUMNS_MAX, _ROWS_MAX = 200, 300, 20_000
#: No spreadsheet goes further down.
_SHEET_ROWS_MAX = 1 << 20
_DEPTH_MAX = 100
_DURATION = re.compile(r"PT(?:(\d{1,5})H)?(?:(\d{1,5})M)?(?:(\d{1,5})(?:[.,](\d{1,9}))?S)?")


def extract_odt(data: bytes) -> str:
    """Give the text of an OpenDocument text, a line for each paragraph, item of a list and row of a table.

    The zip has been judged before (`racing.reading.documents.archive`). Raises DocumentError encrypted, broken
    or too_long.
    """
    root = _root(data)
    return "\n".join(_blocks(_body(root, "text"), 0, _Lists(root)))


def extract_ods(data: bytes) -> str:
    """Give the rows of an OpenDocument spreadsheet's tables, a line each, cells parted by tabs. Raises as `extract_odt`."""
    root = _root(data)
    lists = _Lists(root)
    sheets = [
        (" ".join(table.get(f"{_TABLE}name", "").split()), table)
        for table in _body(root, "spreadsheet").iterchildren(f"{_TABLE}table")
    ]
    tables = [
        (name, [placed(line, Place(number, sheet=name)) for number, line in _numbered(table, 0, lists)])
        for name, table in sheets
    ]
    told = [(name, lines) for name, lines in tables if any(line.strip() for line in lines)]
    if len(told) == 1:
        return joined(told[0][1])
    return joined(joined([placed(name, Place(sheet=name)), *lines, ""]) for name, lines in told)


def _root(data: bytes) -> Any:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if "META-INF/manifest.xml" in archive.namelist() and b":encryption-data" in archive.read(
                "META-INF/manifest.xml"
            ):
                raise DocumentError("encrypted")
            return etree.fromstring(archive.read("content.xml"), parser)
    except (MemoryError, DocumentError):
        raise
    # What a damaged package raises is not documented: KeyError, XMLSyntaxError, BadZipFile, zlib.error ...
    except Exception as error:
        raise DocumentError("broken", type(error).__name__) from error


def _body(root: Any, kind: str) -> Any:
    body = root.find(f"{_OFFICE}body/{_OFFICE}{kind}")
    if body is None:
        raise DocumentError("broken", "no body")
    return body


class _Lists:
    """Which lists show numbers: their style says so, that of a list in a list by its level."""

    def __init__(self, root: Any) -> None:
        self._numbered: dict[tuple[str, str], str] = {}
        for style in root.iter(f"{_TEXT}list-style"):
            for level in style.iterchildren(f"{_TEXT}list-level-style-number"):
                if level.get(f"{_STYLE}num-format") == "1":
                    place = style.get(f"{_STYLE}name", ""), level.get(f"{_TEXT}level", "1")
                    self._numbered[place] = level.get(f"{_TEXT}start-value", "1")

    def first(self, item: Any) -> int | None:
        """Give the number of the first item of the list that an item is in, None where it shows none."""
        lists = list(item.iterancestors(f"{_TEXT}list"))
        style = next((name for each in lists if (name := each.get(f"{_TEXT}style-name"))), "")
        start = self._numbered.get((style, str(len(lists))))
        return int(start) if start is not None and re.fullmatch(r"[0-9]{1,4}", start) else None


def _blocks(parent: Any, depth: int, lists: _Lists) -> Iterator[str]:
    """Give the lines of the paragraphs, lists and tables under an element."""
    number: int | None = None
    for child in parent.iterchildren():
        if child.tag in _PARAGRAPHS:
            yield _paragraph(child)
            for box in child.iter(f"{_DRAW}text-box"):
                if depth < _DEPTH_MAX:
                    yield from _blocks(box, depth + 1, lists)
        elif child.tag == f"{_TABLE}table":
            yield from _rows(child, depth + 1, lists)
        elif child.tag == f"{_TEXT}list-item" and depth < _DEPTH_MAX:
            number = lists.first(child) if number is None else number + 1
            for at, line in enumerate(_blocks(child, depth + 1, lists)):
                yield f"{number}. {line}" if number is not None and at == 0 else line
        elif isinstance(child.tag, str) and child.tag not in _SKIPPED and depth < _DEPTH_MAX:
            yield from _blocks(child, depth + 1, lists)


def _paragraph(element: Any) -> str:
    return "".join(_pieces(element, 0))


def _pieces(element: Any, depth: int) -> Iterator[str]:
    """Give the text of a paragraph; line ends and runs of blanks in the file are one blank, as on the page."""
    yield re.sub(r"\s+", " ", element.text or "")
    for child in element.iterchildren():
        if child.tag == f"{_TEXT}s":
            count = child.get(f"{_TEXT}c", "1")
            yield " " * (min(int(count), 100) if re.fullmatch(r"[0-9]{1,5}", count) else 1)
        elif child.tag == f"{_TEXT}tab":
            yield "\t"
        elif child.tag == f"{_TEXT}line-break":
            yield "\n"
        elif (
            isinstance(child.tag, str)
            and child.tag not in _SKIPPED
            and not child.tag.startswith(_DRAW)
            and depth < _DEPTH_MAX
        ):
            yield from _pieces(child, depth + 1)
        yield re.sub(r"\s+", " ", child.tail or "")


def _rows(table: Any, depth: int, lists: _Lists) -> Iterator[str]:
    """Give a line for each row; empty rows at the end are left out."""
    return (line for _number, line in _numbered(table, depth, lists))


def _numbered(table: Any, depth: int, lists: _Lists) -> Iterator[tuple[int, str]]:
    """Give a line for each row with the row's number in its table, in which hidden and empty ones count."""
    empty = 0
    count = number = 0
    for row in table.iter(f"{_TABLE}table-row"):
        if _nearest_table(row) is not table:
            continue
        first = number + 1
        number += _repeats(row, "number-rows-repeated", _SHEET_ROWS_MAX)
        if row.get(f"{_TABLE}visibility") in ("collapse", "filter"):
            continue
        line = "\t".join(_cells(row, depth, lists)).rstrip("\t")
        repeats = _repeats(row, "number-rows-repeated")
        count += repeats if line else 1
        if count > _ROWS_MAX:
            raise DocumentError("too_long", str(count))
        if line:
            yield from [(first - 1, "")] * empty
            yield from ((first + at, line) for at in range(repeats))
            empty = 0
        else:
            empty = 1


def _nearest_table(element: Any) -> Any:
    return next(element.iterancestors(f"{_TABLE}table"), None)


def _cells(row: Any, depth: int, lists: _Lists) -> Iterator[str]:
    columns = 0
    for cell in row.iterchildren(*_CELLS):
        text = _shown(cell, depth, lists) if cell.tag == _CELLS[0] else ""
        for _ in range(_repeats(cell, "number-columns-repeated")):
            columns += 1
            if columns <= _COLUMNS_MAX:
                yield text


def _shown(cell: Any, depth: int, lists: _Lists) -> str:
    """Give a cell as the table shows it; a time of which the file has only the value, by that."""
    lines = list(_blocks(cell, depth + 1, lists)) if depth < _DEPTH_MAX else []
    text = cell_text("\n".join(lines))
    duration = _DURATION.fullmatch(cell.get(f"{_OFFICE}time-value", ""))
    if not text and duration:
        hours, minutes, seconds = (int(part or 0) for part in duration.groups()[:3])
        part = f".{duration[4][:3]}" if duration[4] else ""
        return f"{hours}:{minutes:02}:{seconds:02}{part}" if hours else f"{minutes}:{seconds:02}{part}"
    return text or (cell.get(f"{_OFFICE}value", "") if not lines else "")


def _repeats(element: Any, name: str, most: int = _REPEATS_MAX) -> int:
    value = element.get(f"{_TABLE}{name}", "1")
    return max(1, min(int(value), most)) if re.fullmatch(r"[0-9]{1,9}", value) else 1
