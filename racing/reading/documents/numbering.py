"""The numbers that Word shows before paragraphs of numbered lists and keeps out of their text (ISO/IEC 29500-1, 17.9)."""

import re
from typing import Any

from docx.document import Document
from docx.oxml.ns import qn

_VALUE = qn("w:val")
_LIST = f"{qn('w:pPr')}/{qn('w:numPr')}"
_STYLE = f"{qn('w:pPr')}/{qn('w:pStyle')}"
#: Styles rest on styles; a circle of them ends here.
_STYLES_DEEP = 10


class Numbering:
    """Counts numbered paragraphs; bullets, letters and Roman numbers show nothing here."""

    def __init__(self, document: Document) -> None:
        self._styles = {style.style_id: style.element for style in document.styles}
        self._outlines: dict[str, Any] = {}
        self._lists: dict[str, Any] = {}
        #: The number that each level of an outline has reached, and the lists that have begun.
        self._reached: dict[tuple[Any, int], int] = {}
        self._begun: set[tuple[str, int]] = set()
        part = next(
            (rel.target_part for rel in document.part.rels.values() if rel.reltype.endswith("/numbering")), None
        )
        root = getattr(part, "element", None)
        if root is not None:
            self._outlines = {outline.get(qn("w:abstractNumId")): outline for outline in root.iter(qn("w:abstractNum"))}
            self._lists = {number.get(qn("w:numId")): number for number in root.iter(qn("w:num"))}

    def of(self, paragraph: Any) -> str:
        """Give what Word shows before a paragraph ("3. "), or nothing. To be called once for each, in order."""
        name, level = self._place(paragraph)
        number = self._lists.get(name)
        if number is None:
            return ""
        outline = _value(number, "w:abstractNumId", "")
        levels = {int(found.get(qn("w:ilvl"))): found for found in self._outlines[outline].iter(qn("w:lvl"))}
        if level not in levels or _value(levels[level], "w:numFmt", "decimal") != "decimal":
            return ""
        self._count(name, outline, level, int(_value(levels[level], "w:start", "1")))

        def reached(match: re.Match[str]) -> str:
            return str(self._reached.get((outline, int(match[1]) - 1), 1))

        shown = re.sub(r"%([1-9])", reached, _value(levels[level], "w:lvlText", f"%{level + 1}."))
        return f"{shown} " if shown.strip() else ""

    def _count(self, name: str, outline: str, level: int, start: int) -> None:
        """Go on by one. Lists of one outline count on together, unless one of them says where it starts."""
        again = self._start_of_its_own(name, level) if (name, level) not in self._begun else None
        self._begun.add((name, level))
        if again is not None or (outline, level) not in self._reached:
            self._reached[outline, level] = start if again is None else again
        else:
            self._reached[outline, level] += 1
        for deeper in [key for key in self._reached if key[0] == outline and key[1] > level]:
            del self._reached[deeper]

    def _start_of_its_own(self, name: str, level: int) -> int | None:
        for override in self._lists[name].iter(qn("w:lvlOverride")):
            start = override.find(qn("w:startOverride"))
            if override.get(qn("w:ilvl")) == str(level) and start is not None:
                return int(start.get(_VALUE))
        return None

    def _place(self, paragraph: Any) -> tuple[str, int]:
        """Give the list and the level that a paragraph is in, by itself or by its style; no list is ""."""
        properties = paragraph.find(_LIST)
        style = paragraph.find(_STYLE)
        for _ in range(_STYLES_DEEP):
            if properties is not None or style is None or style.get(_VALUE) not in self._styles:
                break
            element = self._styles[style.get(_VALUE)]
            properties, style = element.find(_LIST), element.find(qn("w:basedOn"))
        if properties is None:
            return "", 0
        return _value(properties, "w:numId", ""), int(_value(properties, "w:ilvl", "0"))


def _value(element: Any, tag: str, default: str) -> str:
    child = element.find(qn(tag))
    return default if child is None else str(child.get(_VALUE, default))
