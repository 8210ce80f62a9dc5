"""Words whose sense hangs on what follows them: "vor" is of order before a driver and of time before a race; "der" behind a
name and a comma begins a clause about him, unless a noun follows. Only languages whose files ask for it are concerned: by
phrases with the value "before", and by `relatives`."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from racing.reading.folding import fold
from racing.reading.lexicon import Lexicon
from racing.reading.mentions import Mention

#: Whom a preposition of order may have behind it.
_WHO = frozenset(("person", "pronoun", "car"))
#: What may stand between the two: "vor dem starken Rookie A", "vor Tabellenführer A".
_BETWEEN = frozenset(
    ("article", "nationality", "class", "driver_word", "number", "ordinal", "rank", "word", "crew_word",
     "single", "rank_adjective", "hors_classement", "preposition", "best")
)  # fmt: skip
#: Of these only the titles: "vor Laufsieger A", "hinter Polesetter A".
_TITLES = frozenset(("winner", "one", "title", "now", "champion"))
_FARTHEST = 6
#: An adjective before a name has one of these endings; a verb of the third person has none.
_ADJECTIVE = ("n", "m", "r", "s")


def bind(row: Sequence[Mention], text: str, lexicon: Lexicon) -> Iterator[Mention]:
    """Give the mentions of a sentence with the sense that the words behind them lend them."""
    titles: set[int] = set()
    for at, mention in enumerate(row):
        if mention.kind in ("ahead", "behind") and mention.value == "before":
            person = _person_behind(row, at, text)
            if person:
                titles.update(range(at + 1, person))
            else:
                mention = replace(mention, kind="small")
        elif mention.kind == "pole" and _is_national(row, at, text, lexicon):
            mention = replace(
                mention, kind="nationality", value=lexicon.nationalities[fold(text[mention.start : mention.end])]
            )
        elif at in titles and mention.value in _TITLES:
            mention = replace(mention, kind="word")
        elif _begins_relative(row, at, text, lexicon):
            mention = replace(mention, kind="who")
        yield mention


def _person_behind(row: Sequence[Mention], at: int, text: str) -> int:
    """Give where the driver stands before whom "vor" puts somebody, 0 where none does."""
    for n in range(at + 1, min(len(row), at + _FARTHEST)):
        mention = row[n]
        if mention.kind in _WHO:
            return n
        if mention.kind not in _BETWEEN and mention.value not in _TITLES:
            return 0
        if mention.kind == "word" and not text[mention.start].isupper() and not mention.value.endswith(_ADJECTIVE):
            return 0
    return 0


def _is_national(row: Sequence[Mention], at: int, text: str, lexicon: Lexicon) -> bool:
    """Tell whether a word for the pole is one for a nationality, between an article and a name: "der Pole A"."""
    known = fold(text[row[at].start : row[at].end]) in lexicon.nationalities
    return known and 0 < at < len(row) - 1 and row[at - 1].kind == "article" and row[at + 1].kind == "person"


def _begins_relative(row: Sequence[Mention], at: int, text: str, lexicon: Lexicon) -> bool:
    """Tell whether an article is a relative pronoun: "A, der das Rennen gewann", not "A, der junge Belgier"."""
    mention = row[at]
    if mention.value != "definite" or at < 2 or at + 1 >= len(row) or row[at - 1].kind != "comma":
        return False
    if row[at - 2].kind not in _WHO or fold(text[mention.start : mention.end]) not in lexicon.relatives:
        return False
    after = row[at + 1]
    if after.kind in ("rank", "small", "article", "preposition", "ahead", "behind", "interim", "pronoun"):
        return True
    if text[after.start].isupper() or after.kind in ("nationality", "driver_word", "class", "number", "ordinal"):
        return False
    noun = at + 2 < len(row) and text[row[at + 2].start].isupper() and row[at + 2].kind != "person"
    return not (after.kind in ("word", "rank_adjective", "best") and noun and after.value.endswith(("e", "en", "er")))
