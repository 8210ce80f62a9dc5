"""Surnames that stand alone, told by how they are written: "Berardi-Ghezzi" and "Urrutia/Lanza" share a car.

A hyphen joins two drivers only in languages whose press writes crews so (`hyphen_crews`), and only where the text does it more
than once or names one of the two elsewhere: "Hasse-Clot" is one driver.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from racing.reading.capitals import Word
from racing.reading.folding import fold
from racing.reading.lexicon import Lexicon, place_forms

#: Shorter words between strokes are letters of classes and teams.
_SHORTEST = 3
_STROKE = re.compile(r" ?/ ?")


def part_crews(text: str, words: list[Word], lexicon: Lexicon) -> list[Word]:
    """Give the words with each crew that is joined by hyphens cut into its surnames."""
    if not lexicon.hyphen_crews:
        return words
    lone: set[str] = set()
    whole: set[str] = set()
    for before, word in pairwise((Word("", "", 0, 0), *words)):
        if "-" in word.folded and _all_names(word, lexicon):
            named = before.text and before.capital and text[before.end : word.start] == " "
            (whole if named and before.folded not in lexicon.stop | lexicon.ordinals.keys() else lone).add(word.folded)
    lone -= whole
    alone = {word.folded for word in words if word.capital and "-" not in word.folded}
    crews = lone if len(lone) > 1 else {name for name in lone if alone & set(name.split("-"))}
    return [part for word in words for part in (_parts(word) if word.folded in crews else (word,))]


def _all_names(word: Word, lexicon: Lexicon) -> bool:
    """Tell whether a word with hyphens is made of surnames alone: no first name, no place, no word of the sport."""
    parts = word.text.split("-")
    if fold(word.text).replace("-", " ") in place_forms():
        return False
    return all(may_be_name(part, lexicon) and fold(part) not in lexicon.first_names for part in parts)


def may_be_name(written: str, lexicon: Lexicon) -> bool:
    """Tell whether a word can be a surname by its letters: no place, make, land or word of the sport."""
    folded = fold(written)
    lists = (lexicon.stop, lexicon.not_names, lexicon.makes, lexicon.team_words, lexicon.nationalities)
    known = any(folded in words for words in lists)
    shaped = (
        len(written) >= _SHORTEST and written[0].isupper() and not (written.isupper() and len(written) <= _SHORTEST + 1)
    )
    return shaped and not known and folded not in place_forms()


def _parts(word: Word) -> Iterator[Word]:
    """Cut a word at its hyphens."""
    start = word.start
    for part in word.text.split("-"):
        yield Word(part, fold(part), start, start + len(part))
        start += len(part) + 1


def paired(text: str, runs: Sequence[Sequence[Word]], lexicon: Lexicon) -> Iterator[Word]:
    """Give the surnames that stand alone on both sides of a stroke: "Urrutia/Lanza", "Berardi-Ghezzi" where it was cut."""
    for left, right in pairwise(runs):
        between = text[left[-1].end : right[0].start]
        both = (left[0], right[0])
        joined = len(left) == len(right) == 1 and (between == "-" or bool(_STROKE.fullmatch(between)))
        if joined and all(may_be_name(word.text, lexicon) for word in both):
            yield from both


_NUMBER = re.compile(r"(?:^|[\s:;,(–-])(\d{1,2})\s?[.)°]\s?(?:[^\W\d_a-z][^\W\d_]{1,4}\s)?$")
#: So far away stands the line before or behind.
_NEAR = 160


def listed(text: str, start: int, end: int) -> bool:
    """Tell whether a name stands behind the number of its place, and another behind the number before or after it."""
    number = _NUMBER.search(text[max(0, start - 12) : start])
    if number is None:
        return False
    near = text[max(0, start - _NEAR) : start] + "\n" + text[end : end + _NEAR]
    others = "|".join(str(int(number[1]) + step) for step in (-1, 1))
    return bool(re.search(rf"(?:^|[\s:;,(–-])(?:{others})\s?[.)°]\s?[^\W\d_a-z]", near))
