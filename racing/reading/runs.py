"""Runs of capitalised words: which of them can be a driver's name, which are teams, and how a name is commonly written."""

import re
from collections.abc import Iterator
from functools import cache

from racing.reading.capitals import Word
from racing.reading.folding import fold
from racing.reading.lexicon import Lexicon, place_forms

_NAME_GAP = re.compile(r"[ \u00a0]|[ \t]?\n[ \t]?")
_BEFORE_NAME = re.compile(r"[^\W\d_]+['’]?\W{0,3}$")


def are_joined(text: str, left: Word, right: Word) -> bool:
    """Tell whether nothing but a gap within a name stands between two words."""
    gap = text[left.end : right.start]
    return (left.folded.endswith("'") and not gap) or bool(_NAME_GAP.fullmatch(gap))


def runs_of(text: str, words: list[Word], lexicon: Lexicon) -> Iterator[list[Word]]:
    """Give the runs of capitalised words, particles between them included."""
    at = 0
    while at < len(words):
        run: list[Word] = []
        while at < len(words) and len(run) < 8 and (not run or are_joined(text, run[-1], words[at])):
            if not words[at].capital and not (
                words[at].folded in lexicon.inside_names and _leads_on(text, words, at, lexicon)
            ):
                break
            joins = words[at].folded in lexicon.joining
            if run and (joins or _ends_with_line(text, words, at, lexicon) or _is_article(words, at, lexicon)):
                break
            run.append(words[at])
            at += 1
        if run:
            yield run
        else:
            at += 1


def _is_article(words: list[Word], at: int, lexicon: Lexicon) -> bool:
    """Tell whether a particle is an article here: "Vogel den Sieg", not "van den Berg"."""
    return words[at].folded in lexicon.determiners and words[at - 1].folded not in lexicon.particles


def _ends_with_line(text: str, words: list[Word], at: int, lexicon: Lexicon) -> bool:
    """Tell whether a name ends with its line, since a class ("Pro-Am") or another first and last name begins the next."""
    if "\n" not in text[words[at - 1].end : words[at].start]:
        return False
    if all(part in lexicon.not_names for part in words[at].folded.split("-")):
        return True
    whole = at + 1 < len(words) and words[at + 1].capital and are_joined(text, words[at], words[at + 1])
    return whole and words[at].folded.split("-")[0] in lexicon.first_names


def _leads_on(text: str, words: list[Word], at: int, lexicon: Lexicon) -> bool:
    """Tell whether a particle is followed, after at most one more, by a capitalised word."""
    for step in (1, 2):
        if at + step >= len(words) or not are_joined(text, words[at + step - 1], words[at + step]):
            return False
        if words[at + step].capital:
            return True
        if words[at + step].folded not in lexicon.particles:
            return False
    return False


def parted(run: list[Word], lexicon: Lexicon) -> Iterator[list[Word]]:
    """Part a name from a team or a home beside it: "Nicolas Gomar d'AGS Events", "AGS Nicolas Gomar", "l'Alsacien Luc Ehr"."""
    if len(run) > 2 and run[1].folded.split("-")[0] in lexicon.first_names and run[0].folded not in lexicon.first_names:
        run = run[1:]
    for at in range(1, len(run) - 1):
        rest = [word for word in run[at + 1 :] if word.capital]
        if (
            at == 1
            and run[at].folded in lexicon.genitive
            and len(run) > 3
            and run[2].folded.split("-")[0] in lexicon.first_names
        ):
            yield run[:at]
            yield run[at + 1 :]
            return
        if run[at].folded in lexicon.genitive and (is_team(run[:at], lexicon) or run[at - 1].folded in lexicon.makes):
            yield run[:at]
            yield from parted(run[at + 1 :], lexicon)
            return
        if run[at].folded in lexicon.genitive and (
            is_team(rest, lexicon) or all(_is_short_name(word) for word in rest)
        ):
            yield run[:at]
            yield run[at + 1 :]
            return
    yield run


def _is_short_name(word: Word) -> bool:
    """Tell whether a word is a team's letters: "SRT"."""
    return word.text.isupper() and 2 <= len(word.text) <= 4


def trimmed(run: list[Word], lexicon: Lexicon) -> list[Word]:
    """Take small words and particles off the beginning, and titles off both ends."""
    first, last = 0, len(run)
    while first < last and _no_first(run[first], lexicon):
        first += 1
    while last > first and (not run[last - 1].capital or run[last - 1].folded in lexicon.stop):
        last -= 1
    return run[first:last]


def _no_first(word: Word, lexicon: Lexicon) -> bool:
    known = word.folded in lexicon.first_names
    return not known and (
        not word.capital
        or len(word.text) == 1
        or word.folded in lexicon.stop
        or word.folded in lexicon.ordinals
        or word.folded in lexicon.nationalities
        or word.folded in lexicon.makes
    )


def is_place(run: list[Word]) -> bool:
    """Tell whether a run is a place that the reader knows."""
    return " ".join(word.folded for word in run).replace("-", " ") in place_forms()


@cache
def place_letters() -> str:
    """Give all forms of `place_forms` one below the other, to be searched at once for a part of one."""
    return "\n".join(sorted(place_forms()))


def is_team(run: list[Word], lexicon: Lexicon) -> bool:
    """Tell whether a run has a word that teams are called by: "Racing"."""
    return any(word.folded in lexicon.team_words for word in run)


def is_full_name(text: str, run: list[Word], lexicon: Lexicon) -> bool:
    """Tell whether a run of two words or more can be a driver's name."""
    capitals = [word for word in run if word.capital]
    if len(capitals) < 2 or len(run) > 6 or is_team(run, lexicon) or is_place(run):
        return False
    rest = [word for word in capitals[1:] if word.folded not in lexicon.particles and len(word.text) > 1]
    if not rest or any(word.folded in lexicon.not_names or word.folded in lexicon.stop for word in rest):
        return False
    first = run[0].folded.split("-")[0]
    if first in lexicon.first_names:
        return True
    if run[0].folded in lexicon.not_names or any(word.folded in lexicon.makes for word in run):
        return False
    before = _BEFORE_NAME.search(fold(text[max(0, run[0].start - 24) : run[0].start]))
    return not (before and before[0].strip() in lexicon.before_places)


#: Particles of two letters, which are no initials where the surname beside them is in capitals.
_TWO_LETTERS = frozenset(("al", "da", "de", "di", "do", "du", "el", "la", "le", "mc", "st", "te"))


def _is_shouted(word: Word, loud: bool) -> bool:
    """Tell whether a word is in capitals; `loud` says that one of the name's longer words is."""
    return word.text.isupper() and (len(word.text) > 2 or (loud and word.folded in _TWO_LETTERS))


def written(run: list[Word]) -> str:
    """Give a name as it is commonly written: "Julien Andlauer" for "ANDLAUER Julien" and "Julien ANDLAUER"."""
    loud = any(len(word.text) > 2 and word.text.isupper() for word in run)
    shouted = [_is_shouted(word, loud) for word in run]
    if shouted[0] and not shouted[-1] and run[-1].capital:
        run = [run[-1], *run[:-1]]
    parts = []
    for word in run:
        part = word.text.title() if _is_shouted(word, loud) else word.text
        parts.append(part if part.endswith(("'", "’")) else part + " ")
    return "".join(parts).strip()
