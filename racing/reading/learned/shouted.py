"""Names whose surname stands first and in capitals, as on entry lists: "LE ROUX Timothé" is Timothé Le Roux."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from racing.reading.capitals import Word
from racing.reading.learned.names import Names, Piece, first_names
from racing.reading.learned.trees import Scores

#: So often at least a report writes the surname first before it is its way.
_LEAST = 2


def surnames_first(names: Names, pieces: Sequence[Piece], scores: Scores) -> bool:
    """Tell whether a report writes "SURNAME First", and score such pieces as names, all that overlap them as none."""
    turned = {(piece.run, piece.first): piece for piece in _turned(names)}
    known = sum(_is_first(names, names.words[names.runs[piece.run][piece.last - 1]]) for piece in turned.values())
    if known < max(_LEAST, len(turned) / 2) or known <= sum(_usual(names)):
        return False
    inside = {(piece.run, n): piece for piece in turned.values() for n in range(piece.first, piece.last)}
    for piece, score in zip(pieces, scores, strict=True):
        over = [inside[piece.run, n] for n in range(piece.first, piece.last) if (piece.run, n) in inside]
        if over:
            score[:] = 0
            score[int(over[0] == piece)] = 1
    return True


def usual(names: Names, words: Sequence[Word]) -> list[Word]:
    """Give a name's words with the first name first, in a report of which `surnames_first` is true."""
    small = len(words) > 1 and not any(_is_shouted(word) for word in words)
    if small and _is_first(names, words[-1]) and not _is_first(names, words[0]):
        return [words[-1], *words[:-1]]
    return list(words)


def _turned(names: Names) -> Iterator[Piece]:
    """Give where capitals are followed by one word that has only its first."""
    for number, run in enumerate(names.runs):
        first = 0
        for at, n in enumerate(run):
            word = names.words[n]
            if _is_shouted(word):
                if _is_none(names, word):
                    first = at + 1
            else:
                surname = [names.words[m] for m in run[first:at]]
                if word.capital and any(len(one.text) > 2 for one in surname) and not _is_none(names, word):
                    yield Piece(number, first, at + 1)
                first = at + 1


def _usual(names: Names) -> Iterator[int]:
    """Give a 1 for each first name before a surname in capitals: "Luc ARVOIS"."""
    for run in names.runs:
        words = [names.words[n] for n in run]
        for before, word in pairwise(words):
            if not _is_shouted(before) and _is_first(names, before) and len(word.text) > 2 and _is_shouted(word):
                yield 1


def _is_shouted(word: Word) -> bool:
    return len(word.text) > 1 and word.text.isupper()


def _is_first(names: Names, word: Word) -> bool:
    first = word.folded.split("-")[0]
    return first in first_names() or first in names.lexicon.first_names


def _is_none(names: Names, word: Word) -> bool:
    """Tell whether a word is of a team, a make, a class or a land."""
    told = names.tags(word)
    return any(tag in told for tag in ("make", "team", "notname", "nation", "k:class", "k:race")) or (
        "stop" in told and "particle" not in told
    )
