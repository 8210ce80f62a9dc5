"""The words of a text as names are looked for among them, and which of those with a capital are nouns.

In German every noun has a capital, so that a capital alone makes no name. A noun is known by the vocabulary, by how it ends,
by an article before it anywhere in the text, or because it stands with a small letter elsewhere.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass

from racing.reading.folding import fold
from racing.reading.lexicon import Lexicon

_WORD = re.compile(r"(?<!\w)['’]t(?= [^\W\d_])|[^\W\d_]+(?:(?:[’'‐‑]|-(?:[ \t]?\n)?)[^\W\d_]+)*")
#: A hyphen at a line's end: one that parts a word goes, one between two names stays.
_LINE_END = re.compile(r"-[ \t]?\n(?=([^\W\d_]))")
_ELIDED = re.compile(
    r"^(?:[dlDL]|(?:[Dd][ae]|[Nn]e|[Ss]u|[Aa]|[Qq]ue)ll|[Uu]n|[Oo]|[Qq]u|[JjNnSsCcMmTt])['’](?=[^\W\d_])"
)
#: So many letters stand at least before a noun's ending: "Jung" is a name.
_BEGINNING = 3


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the text as written, with its folded form."""

    text: str
    folded: str
    start: int
    end: int

    @property
    def capital(self) -> bool:
        return self.text[0].isupper()


def cut_words(text: str) -> list[Word]:
    """Cut the text into words, "d'Aubarède" into "d'" and "Aubarède"."""
    words: list[Word] = []
    for match in _WORD.finditer(text):
        start, end = match.start(), match.end()
        elided = _ELIDED.match(match[0])
        if elided and not match[0].startswith(("L'H", "L’H", "D'H", "O'", "O’")):
            words.append(Word(elided[0], fold(elided[0]), start, start + elided.end()))
            start += elided.end()
        words.append(_word(text, start, end))
    return words


def _word(text: str, start: int, end: int) -> Word:
    """Give a word as it is written within a line, and without the "'s" of its genitive, which it covers all the same."""
    written = _LINE_END.sub(lambda match: "-" if match[1].isupper() else "", text[start:end])
    if len(written) > 3 and written[0].isupper() and has_genitive(written):
        written = written[:-2]
    return Word(written, fold(written), start, end)


def has_genitive(written: str) -> bool:
    """Tell whether a word ends with the "'s" of a genitive: "Larkin's"."""
    return written[-2:-1] in ("'", "’") and written[-1:] in ("s", "S")


def shown_nouns(words: Sequence[Word], lexicon: Lexicon) -> frozenset[str]:
    """Give the folded words that the text itself shows to be no names: mostly behind an article, or written small.

    Nothing where the language writes its nouns small.
    """
    if not lexicon.determiners:
        return frozenset()
    small = {word.folded for word in words if not word.capital}
    capitals = Counter(word.folded for word in words if word.capital)
    foreign = lexicon.particles - lexicon.stop
    behind = Counter(
        word.folded
        for first, before, word in zip(("", *words), words, words[1:], strict=False)
        if word.capital
        and word.start == before.end + 1
        and before.folded in lexicon.determiners
        and not (isinstance(first, Word) and first.folded in foreign)  # "van den Berg"
    )
    return frozenset(small | {word for word, times in behind.items() if 2 * times >= capitals[word]})


def without_nouns(run: list[Word], shown: Set[str], lexicon: Lexicon) -> Iterator[list[Word]]:
    """Cut a run of capitalised words at its nouns: "Teamkollege Max Vogel" is "Max Vogel"."""
    if not lexicon.determiners:
        yield run
        return
    part: list[Word] = []
    for word in run:
        known = bool(part) and part[-1].folded.split("-")[0] in lexicon.first_names
        if is_noun(word, lexicon) or (not known and _is_likely_noun(word, shown, lexicon)):
            if part:
                yield part
            part = []
        else:
            part.append(word)
    if part:
        yield part


def without_homes(runs: list[list[Word]], lexicon: Lexicon) -> list[list[Word]]:
    """Take the home off a last name that stands behind a first name elsewhere: "Kölner Vogel" is Vogel."""
    if not lexicon.determiners:
        return runs
    families = {run[-1].folded for run in runs if len(run) > 1 and run[0].folded.split("-")[0] in lexicon.first_names}
    return [
        run[1:] if len(run) == 2 and run[1].folded in families and _is_home(run[0], lexicon) else run for run in runs
    ]


def _is_home(word: Word, lexicon: Lexicon) -> bool:
    return word.folded.endswith("er") and word.folded.split("-")[0] not in lexicon.first_names


#: A single capitalised word of one of these kinds is no name.
_NO_NAMES = frozenset(
    ("win", "rank", "top", "race", "race_noun", "day", "class", "points", "championship", "leader", "pole", "qualifying",
     "fastest_lap", "general", "driver_word", "crew_word", "penalty", "hors_classement", "word", "rank_noun", "rank_plural",
     "best", "flag")
)  # fmt: skip
#: Nor one of these where no first name stands before it: verbs at the head of a sentence ("Holt er den Sieg").
_SELDOM_NAMES = frozenset(
    (
        "finish",
        "retirement",
        "interim",
        "break",
        "lead",
        "start_place",
        "wish",
        "negation",
        "copula",
        "complete",
        "ahead",
    )
)


def is_noun(word: Word, lexicon: Lexicon) -> bool:
    """Tell whether the vocabulary knows a capitalised word, or the last part of it, as none that is in a name."""
    if not word.capital or word.folded in lexicon.team_words:
        return False
    first, *_, last = (*word.folded.split("-"), "") if "-" not in word.folded else word.folded.split("-")
    if last:
        return first in lexicon.makes or _ends_as_noun(last, lexicon) or _is_listed(last, lexicon)
    return _is_listed(word.folded, lexicon)


def _is_listed(folded: str, lexicon: Lexicon) -> bool:
    if folded in lexicon.first_names:
        return False
    if folded in lexicon.not_names or folded in lexicon.nationalities or folded in lexicon.ordinals:
        return True
    return _is_phrase(folded, lexicon, _NO_NAMES)


def _is_phrase(folded: str, lexicon: Lexicon, kinds: Set[str]) -> bool:
    found = lexicon.phrases_at((folded,), 0)
    return found is not None and found.kind in kinds


def _ends_as_noun(folded: str, lexicon: Lexicon) -> bool:
    return any(folded.endswith(ending) and len(folded) >= len(ending) + _BEGINNING for ending in lexicon.noun_endings)


def _is_likely_noun(word: Word, shown: Set[str], lexicon: Lexicon) -> bool:
    """Tell whether a capitalised word that the vocabulary does not know is a noun all the same."""
    if not word.capital or word.folded in lexicon.team_words or word.folded.split("-")[0] in lexicon.first_names:
        return False
    if word.folded in shown or word.folded in lexicon.stop or _ends_as_noun(word.folded, lexicon):
        return True
    return _is_phrase(word.folded, lexicon, _SELDOM_NAMES)
