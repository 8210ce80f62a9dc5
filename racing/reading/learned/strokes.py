"""Surnames of a crew joined by strokes: which words are two or three drivers ("Arvois-Brion", "Arvois–Brion-Caradec")."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from racing.reading.capitals import Word
from racing.reading.folding import fold
from racing.reading.learned.names import Names, Piece, first_names
from racing.reading.learned.trees import Scores
from racing.reading.pairings import may_be_name

#: A word that is likelier than this several surnames is a crew.
_ENOUGH = 0.3
#: What a crew's word or a car before it, or a third surname, adds.
_CUE = 0.3
#: Which figure of a piece's scores says what.
_NAME, _BOTH = 1, 3
#: Words before which a hyphen makes a place or one surname.
_SAINTS = frozenset(("saint", "sainte", "san", "santa", "st"))
#: So many words before a crew may tell that it is one.
_NEAR = 3
_CAR = re.compile(r"(?:#|\bn ?°|\bno\.?|\bnumero|\bnummer|\bnumber) ?\d{1,3}\W{1,2}(?:\w{1,4}\W){0,2}$")


def part_crews(names: Names, pieces: Sequence[Piece], scores: Scores) -> None:
    """Keep in `names.pairs` the surnames of each word that is a crew."""
    found: dict[str, list[tuple[Word, float, float]]] = defaultdict(list)
    alone: set[str] = set()
    for piece, score in zip(pieces, scores, strict=True):
        number = names.runs[piece.run][piece.first]
        word = names.words[number]
        if piece.last == piece.first + 1 and "-" in word.text and all(part[:1].isupper() for part in _cut(word)):
            cue = _may_be_crew(names, piece) and (len(_cut(word)) > 2 or _is_told(names, number))
            found[word.folded].append((word, float(score[_BOTH]) + _CUE * cue, float(score[_NAME])))
            if _has_first_name(names, piece):
                alone.add(word.folded)
    for folded, places in found.items():
        if folded not in alone and max(likely for _, likely, _ in places) > max(
            _ENOUGH, *(name for _, _, name in places)
        ):
            for word, _, _ in places:
                names.pairs[word.start] = tuple(_surnames(names, word))


def _cut(word: Word) -> list[str]:
    return word.text.split("-")


def _has_first_name(names: Names, piece: Piece) -> bool:
    """Tell whether a first name stands directly before a word: it is one driver's surname."""
    run = names.runs[piece.run]
    before = [names.words[n] for n in run[: piece.first] if names.words[n].capital]
    return bool(before) and "first" in names.tags(before[-1]) and not _is_other(names, before[-1])


def _may_be_crew(names: Names, piece: Piece) -> bool:
    """Tell whether a word has surnames alone in it and stands beside no word that may belong to a name."""
    run = names.runs[piece.run]
    parts = _cut(names.words[run[piece.first]])
    if not all(may_be_name(part, names.lexicon) for part in parts) or fold(parts[0]) in _SAINTS:
        return False
    if any(fold(part) in first_names() for part in parts[:1]) or piece.last < len(run):
        return False
    return all(_is_other(names, names.words[n]) for n in run[: piece.first] if names.words[n].capital)


def _is_other(names: Names, word: Word) -> bool:
    """Tell whether a capitalised word is none of a name: a make, a land, a class."""
    return any(tag in ("make", "nation", "team", "notname", "stop", "upper", "one") for tag in names.tags(word))


def _is_told(names: Names, number: int) -> bool:
    """Tell whether "duo", "équipage" or a car stands just before a word."""
    word = names.words[number]
    if _CAR.search(names.folded[max(0, word.start - 24) : word.start]):
        return True
    before = range(max(0, number - _NEAR), number)
    if any(names.sense(n).startswith("crew_word.") for n in before if not names.words[n].capital):
        return "\n" not in names.text[names.words[before[0]].start : word.start]
    own = number > 1 and names.words[number - 1].folded in names.lexicon.genitive
    return own and names.words[number - 2].folded in names.lexicon.makes


def _surnames(names: Names, word: Word) -> Iterator[Word]:
    """Cut a word at its hyphens, but not a double surname that stands elsewhere in the text."""
    parts = _cut(word)
    for first, second in pairwise(range(len(parts))):
        double = f"{parts[first]}-{parts[second]}"
        if len(parts) > 2 and names.large[fold(double)]:
            parts[first : second + 1] = [double]
            break
    start = word.start
    for at, part in enumerate(parts):
        end = word.end if at == len(parts) - 1 else start + len(part)
        yield Word(part, fold(part), start, end)
        start = end + 1
