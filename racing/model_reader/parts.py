"""A long text in parts that are asked about one by one."""

from dataclasses import dataclass

#: How much of the opening, and of what stands just before, goes along with a later part.
_OPENING = 600
_BEFORE = 600


@dataclass(frozen=True, slots=True)
class Part:
    """Characters `start` to `end` of a document, with what goes along so that they can be understood."""

    text: str
    start: int
    end: int
    number: int = 1
    count: int = 1
    opening: str = ""
    before: str = ""


def parts_of(text: str, most: int, count: int) -> tuple[list[Part], int]:
    """Cut a text into at most `count` parts of at most `most` characters, and say where the last one ends.

    A part ends with a paragraph where one ends in its second half, else with a line, a sentence or a word.
    """
    bounds: list[tuple[int, int]] = []
    start = 0
    while start < len(text) and len(bounds) < count:
        end = _end(text, start, most)
        bounds.append((start, end))
        start = end
    parts = [
        Part(
            text[first:last],
            first,
            last,
            number,
            len(bounds),
            text[: min(_OPENING, first)],
            text[max(_OPENING, first - _BEFORE) : first] if first > _OPENING else "",
        )
        for number, (first, last) in enumerate(bounds, 1)
    ]
    return parts, start


def _end(text: str, start: int, most: int) -> int:
    if len(text) - start <= most:
        return len(text)
    for mark in ("\n\n", "\n", ". ", " "):
        at = text.rfind(mark, start + most // 2, start + most)
        if at >= 0:
            return at + len(mark)
    return start + most
