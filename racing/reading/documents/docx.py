"""A Word document: its paragraphs and tables in order.

Written by ISO/IEC 29500-1. What Word shows but keeps apart is put back in its place: the numbers of numbered lists (in a
classification they are the places), content controls, insertions not yet accepted, boxes of text.
"""

import io
from collections import Counter
from collections.abc import Iterator
from typing import Any

import docx
from docx.document import Document
from docx.oxml.ns import qn

from racing.reading.documents.errors import DocumentError

# lxml's elements carry no types worth having; an element is Any throughout.
_PARAGRAPH, _TABLE, _ROW, _CELL = qn("w:p"), qn("w:tbl"), qn("w:tr"), qn("w:tc")
_TEXT, _TAB, _HYPHEN, _BOX = qn("w:t"), qn("w:tab"), qn("w:noBreakHyphen"), qn("w:txbxContent")
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
_VALUE = qn("w:val")


def extract_docx(data: bytes) -> str:
    """Give the text of a Word document, a line for each paragraph and each row of a table.

    The zip has been judged before (`racing.reading.documents.archive`). Raises DocumentError broken.
    """
    try:
        document = docx.Document(io.BytesIO(data))
        numbering = _Numbering(document)
        return "\n".join(_blocks(document.element.body, numbering))
    except MemoryError:
        raise
    # What a damaged package raises is not documented: KeyError, ValueError, XMLSyntaxError, BadZipFile, zlib.error ...
    except Exception as error:
        raise DocumentError("broken", type(error).__name__) from error


def _blocks(parent: Any, numbering: "_Numbering") -> Iterator[str]:
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


def _rows(table: Any, numbering: "_Numbering") -> Iterator[str]:
    """Give a line for each row; the paragraphs of a cell, and tables in it, stand in one line."""
    for row in table.iter(_ROW):
        if _nearest(row, _TABLE) is table:
            cells = (cell for cell in row.iter(_CELL) if _nearest(cell, _ROW) is row)
            texts = (" ".join(" ".join(_blocks(cell, numbering)).split()) for cell in cells)
            yield "\t".join(texts).rstrip("\t")


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


class _Numbering:
    """Counts numbered paragraphs as Word shows them; bullets and letters show nothing here."""

    def __init__(self, document: Document) -> None:
        self._styles = {style.style_id: style.element for style in document.styles}
        self._lists: dict[str, Any] = {}
        self._counted: Counter[tuple[str, int]] = Counter()
        part = next(
            (rel.target_part for rel in document.part.rels.values() if rel.reltype.endswith("/numbering")), None
        )
        root = getattr(part, "element", None)
        if root is not None:
            outlines = {outline.get(qn("w:abstractNumId")): outline for outline in root.iter(qn("w:abstractNum"))}
            for number in root.iter(qn("w:num")):
                outline = number.find(qn("w:abstractNumId"))
                self._lists[number.get(qn("w:numId"))] = None if outline is None else outlines.get(outline.get(_VALUE))

    def of(self, paragraph: Any) -> str:
        """Give the number that Word shows before a paragraph ("3. "), or nothing. Call once for each, in order."""
        name, level = self._list(paragraph)
        outline = self._lists.get(name)
        if outline is None:
            return ""
        for found in outline.iter(qn("w:lvl")):
            if found.get(qn("w:ilvl")) == str(level):
                if _child_value(found, "w:numFmt", "decimal") != "decimal":
                    return ""
                first = int(_child_value(found, "w:start", "1"))
                for deeper in [key for key in self._counted if key[0] == name and key[1] > level]:
                    del self._counted[deeper]
                self._counted[name, level] += 1
                return f"{first + self._counted[name, level] - 1}. "
        return ""

    def _list(self, paragraph: Any) -> tuple[str, int]:
        """Give the list and the level that a paragraph is in, by itself or by its style."""
        properties = paragraph.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
        style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        if properties is None and style is not None and style.get(_VALUE) in self._styles:
            properties = self._styles[style.get(_VALUE)].find(f"{qn('w:pPr')}/{qn('w:numPr')}")
        if properties is None:
            return "", 0
        return _child_value(properties, "w:numId", ""), int(_child_value(properties, "w:ilvl", "0"))


def _child_value(element: Any, tag: str, default: str) -> str:
    child = element.find(qn(tag))
    return default if child is None else str(child.get(_VALUE, default))
