"""A report's text cut into pieces, so that spans which overlap or lie within one another can all be marked. Plain."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise


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
class Piece:
    """A piece of the text under the same marks throughout.

    `of` are those whose place it is, the narrowest mark first; `words` those of which it is a name or a rank; `begins` those
    whose place begins here: a page puts their anchors on this piece.
    """

    text: str
    of: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    begins: tuple[str, ...] = ()


def marks_of(of: str, spans: Iterable[Sequence[int]]) -> list[Mark]:
    """Give the marks of a fact's [start, end] pairs: the first is the clause that states it, the others names and ranks."""
    return [Mark(start, end, of, word=index > 0) for index, (start, end) in enumerate(spans)]


def cut(text: str, marks: Iterable[Mark]) -> Iterator[Piece]:
    """Cut a text at every edge of a mark. The pieces put together are the text; what a mark has beyond it is cut off."""
    kept = [Mark(max(0, mark.start), min(len(text), mark.end), mark.of, mark.word) for mark in marks]
    kept = [mark for mark in kept if mark.start < mark.end]
    edges = sorted({0, len(text), *(mark.start for mark in kept), *(mark.end for mark in kept)})
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
        yield Piece(text[start:end], of, words, begins=tuple(one for one in of if one not in begun))
        begun.update(of)
