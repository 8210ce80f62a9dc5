"""A Word document: its paragraphs and tables in order.

Written by ISO/IEC 29500-1. What Word shows but keeps apart is put back in its place: the numbers of numbered lists (in a
classification they are the places), content controls, insertions not yet accepted, boxes of text; notes follow at the end.
"""

import io
import re
from collections.abc import Iterator
from typing import Any

import docx
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from racing.reading.documents.cells import cell_text
from racing.reading.documents.errors import DocumentError
from racing.reading.documents.numbering import Numbering

# lxml's elements carry no types worth having; an element is Any throughout.
_PARAGRAPH, _TABLE, _ROW, _CELL = qn("w:p"), qn("w:tbl"), qn("w:tr"), qn("w:tc")
_TEXT, _TAB, _HYPHEN, _BOX = qn("w:t"), qn("w:tab"), qn("w:noBreakHyphen"), qn("w:txbxContent")
#: A cell that goes over more columns than these is not taken at its word.
_SPAN_MAX = 60
_BREAKS = (qn("w:br"), qn("w:cr"))
#: What is not on the page any more, properties, and the second copy of what is drawn for old programs.
_SKIPPED = frozenset(
    (
        qn("w:del"),
        qn("w:moveFrom"),
        qn("w:pPr"),
        qn("w:rPr"),
        "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
    )
)


def extract_docx(data: bytes) -> str:
    """Give the text of a Word document, a line for each paragraph and each row of a table.

    The zip has been judged before (`racing.reading.documents.archive`). Raises DocumentError broken.
    """
    try:
        document = docx.Document(io.BytesIO(data))
        numbering = Numbering(document)
        return "\n".join([*_blocks(document.element.body, numbering), *_notes(document, numbering)])
    except MemoryError:
        raise
    # What a damaged package raises is not documented: KeyError, ValueError, XMLSyntaxError, BadZipFile, zlib.error ...
    except Exception as error:
        raise DocumentError("broken", type(error).__name__) from error


def _blocks(parent: Any, numbering: Numbering) -> Iterator[str]:
    """Give the lines of the paragraphs and tables under an element, wherever content controls put them."""
    for child in parent.iterchildren():
        if child.tag == _PARAGRAPH:
            yield numbering.of(child) + "".join(_pieces(child))
            for box in child.iter(_BOX):
                if not any(above.tag in _SKIPPED for above in box.iterancestors()):
                    yield from _blocks(box, numbering)
        elif child.tag == _TABLE:
            yield from _rows(child, numbering)
        elif child.tag not in _SKIPPED:
            yield from _blocks(child, numbering)


def _notes(document: Document, numbering: Numbering) -> Iterator[str]:
    """Give the lines of footnotes and endnotes; lines that only part them from the text have a type."""
    for kind in ("footnotes", "endnotes"):
        for relation in document.part.rels.values():
            if relation.reltype.endswith(f"/{kind}"):
                for note in parse_xml(relation.target_part.blob).iterchildren():
                    if note.get(qn("w:type"), "normal") == "normal":
                        yield from _blocks(note, numbering)


def _rows(table: Any, numbering: Numbering) -> Iterator[str]:
    """Give a line for each row; the paragraphs of a cell, and tables in it, stand in one line."""
    for row in table.iter(_ROW):
        if _nearest(row, _TABLE) is table:
            cells = [cell for cell in row.iter(_CELL) if _nearest(cell, _ROW) is row]
            texts = (cell_text("\n".join(_blocks(cell, numbering))) + "\t" * (_columns_of(cell) - 1) for cell in cells)
            yield "\t".join(texts).rstrip("\t")


def _columns_of(cell: Any) -> int:
    """Give over how many columns a cell goes; those that it covers stay empty."""
    spans = cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
    value = "1" if spans is None else str(spans.get(qn("w:val"), "1"))
    return max(1, min(int(value), _SPAN_MAX)) if re.fullmatch(r"[0-9]{1,4}", value) else 1


def _nearest(element: Any, tag: str) -> Any:
    return next(element.iterancestors(tag), None)


def _pieces(element: Any) -> Iterator[str]:
    """Give the text of a paragraph's runs."""
    for child in element.iterchildren():
        if child.tag == _TEXT:
            yield child.text or ""
        elif child.tag == _TAB:
            yield "\t"
        elif child.tag in _BREAKS:
            yield "\n"
        elif child.tag == _HYPHEN:
            yield "-"
        elif child.tag not in _SKIPPED and child.tag != _BOX and isinstance(child.tag, str):
            yield from _pieces(child)
