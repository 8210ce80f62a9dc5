"""A report's text cut into pieces, so that spans which overlap or lie within one another can all be marked. Plain."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from racing.reading.documents.places import NOWHERE, Place, Places
from racing.reading.sheets.grid import PAGE_MARK


@dataclass(frozen=True, slots=True)
class Mark:
    """Characters `start` up to but not including `end` are the place of `of`, such as "fact-12" or "problem-3".

    `word` tells a name or a rank from the clause around it.
    """

    start: int
    end: int
    of: str
    word: bool = False


@dataclass(frozen=True, slots=True)
class Break:
    """Before this character begins a row of a table, by its number, or what the `title` says: another page, another sheet.

    `inside` tells that it stands in the middle of a line, as a page's end does in running text.
    """

    start: int
    row: int = 0
    title: str = ""
    inside: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of the text under the same marks throughout.

    `of` are those whose place it is, the narrowest mark first; `words` those of which it is a name or a rank; `begins` those
    whose place begins here: a page puts their anchors on this piece. `opening` is the break before it.
    """

    text: str
    of: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    begins: tuple[str, ...] = ()
    opening: Break | None = None


def marks_of(of: str, spans: Iterable[Sequence[int]]) -> list[Mark]:
    """Give the marks of a fact's [start, end] pairs: the first is the clause that states it, the others names and ranks."""
    return [Mark(start, end, of, word=index > 0) for index, (start, end) in enumerate(spans)]


def breaks_of(places: Places, words: Callable[[Place], str], text: str) -> Iterator[Break]:
    """Give the breaks of a text of which `places` know pages and rows; `words` say where something is."""
    before, offset = NOWHERE, 0
    inner = iter([stop for stop in places.stops if stop.start and text[stop.start - 1 : stop.start] != "\n"])
    waiting = next(inner, None)
    for line in text.split("\n") if places.stops else ():
        place = places.at(offset)
        around = replace(place, row=0)
        # A title of a page that the text tells itself is not told twice.
        title = words(around) if around != before and not PAGE_MARK.fullmatch(line) else ""
        if place.row or title:
            yield Break(offset, place.row, title)
        before = around
        while waiting and waiting.start < offset + len(line):
            before = replace(waiting.place, row=0)
            yield Break(waiting.start, title=words(before), inside=True)
            waiting = next(inner, None)
        offset += len(line) + 1


def cut(text: str, marks: Iterable[Mark], breaks: Iterable[Break] = ()) -> Iterator[Piece]:
    """Cut a text at every edge of a mark and at every break. The pieces put together are the text; what a mark has beyond it
    is cut off."""
    kept = [Mark(max(0, mark.start), min(len(text), mark.end), mark.of, mark.word) for mark in marks]
    kept = [mark for mark in kept if mark.start < mark.end]
    opening = {each.start: each for each in breaks if each.start < len(text)}
    edges = sorted({0, len(text), *opening, *(mark.start for mark in kept), *(mark.end for mark in kept)})
    waiting = sorted(kept, key=lambda mark: mark.start, reverse=True)
    over: list[Mark] = []
    begun: set[str] = set()
    for start, end in pairwise(edges):
        while waiting and waiting[-1].start == start:
            over.append(waiting.pop())
        over = sorted((mark for mark in over if mark.end > start), key=lambda mark: (mark.end - mark.start, mark.of))
        # A dictionary keeps the order and holds each once.
        of = tuple(dict.fromkeys(mark.of for mark in over))
        words = tuple(dict.fromkeys(mark.of for mark in over if mark.word))
        begins = tuple(one for one in of if one not in begun)
        yield Piece(text[start:end], of, words, begins, opening.get(start))
        begun.update(of)
