"""The words of a language, read from its file in `vocabulary/`, and the finding of phrases among words.

A phrase in a file is words with blanks between them, in any case and with or without accents: `s'impos*` ends in anything,
`*sieg` begins with anything, `la|sa|une` is one of three words, `[belle]` may be missing, `#` is a number, in figures or as
a word. `setzte sich ... durch` has its last words somewhere behind in the sentence; only the first are the phrase's own.
Hyphens count as blanks. What stands behind ` > ` must follow and is no part of the phrase: `chiude > il podio` is "chiude"
before "il podio". The longest phrase that begins at a word wins, what must follow counted, the first in the file among equals.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from racing.reading.folding import fold

_WORD = re.compile(r"[^\W\d_]+'?|\d+|\S")
#: So many words may stand between the parts of a phrase, and none of these marks.
_FARTHEST = 40
_STOPS = frozenset(".;:!?")
#: So many words, and pairs of words, are kept with the phrases that they may begin: what a process reads has no end.
_MOST_MET = 20_000


@dataclass(frozen=True, slots=True)
class _Slot:
    """One place of a phrase: whole words and beginnings of words that may stand there; `behind` is no part of the phrase.

    In a place of a `number` any number may stand, in a `gap` any words, and the rest of the phrase behind them.
    """

    words: frozenset[str]
    stems: tuple[str, ...]
    optional: bool
    behind: bool
    endings: tuple[str, ...]
    number: bool
    gap: bool

    def accepts(self, word: str) -> bool:
        return word in self.words or word.startswith(self.stems) or word.endswith(self.endings)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase as the file has it: its kind, the value it stands for, and the places of its words.

    It is `parted` where other words stand between its own.
    """

    kind: str
    value: str
    slots: tuple[_Slot, ...]
    parted: bool


@dataclass(frozen=True, slots=True)
class Found:
    """A phrase that begins at word number `first` and ends before word number `last`."""

    kind: str
    value: str
    first: int
    last: int


def _slot(part: str, behind: bool = False) -> _Slot:
    """Read one place of a phrase. Raises ValueError where a bracket is open: an elision cannot stand among alternatives."""
    if part.count("[") != part.count("]"):
        raise ValueError(f"an open bracket in a phrase: {part!r}")
    optional = part.startswith("[") and part.endswith("]")
    choices = part.strip("[]").split("|")
    stems = tuple(choice[:-1] for choice in choices if choice.endswith("*"))
    endings = tuple(choice[1:] for choice in choices if choice.startswith("*"))
    words = frozenset(choice for choice in choices if "*" not in choice)
    return _Slot(words, stems, optional, behind, endings, number="#" in words, gap="..." in words)


_APART = re.compile(r"(?<![^\W_])(?:è|würden?|hätten?|könnten?|wären?)(?![^\W_])", re.IGNORECASE)
_LETTERS = str.maketrans("èÈüäöÜÄÖ", "ɛɛʉɐɵʉɐɵ")
#: Words that are something else with an accent: Italian "e" and "è", German "wurde" and "würde".
AMBIGUOUS = frozenset(("e", "wurde", "wurden", "hatte", "hatten", "konnte", "konnten", "ware", "waren"))


def set_apart(text: str) -> str:
    """Write the accents that tell two words apart with letters that folding leaves alone: "e" is "and", "è" is "is"."""
    return _APART.sub(lambda match: match[0].translate(_LETTERS), text)


def _parts(phrase: str) -> list[str]:
    """Cut a phrase into the same words as a text is cut into: "s'impos*" is "s'" and "impos*"."""
    folded = fold(set_apart(phrase)).replace("-", " ")
    return [part for part in re.sub(r"(?<=\w)'(?=[\w\[])", "' ", folded).split() if part]


_GROUP = re.compile(r"\[([^\[\]|]*[ '’][^\[\]|]+|[^\[\]]* [^\[\]]*)\]")


#: Alternatives of which one behind the first is elided.
_ELIDED = re.compile(r"(?<!\S)[^\s\[\]]*\|[^\s\[\]|]*\w['’]\w[^\s\[\]]*")


def _variants(phrase: str) -> list[str]:
    """Give a phrase with and without each bracket that holds more than one word: "[d'arrivée]", "[of the race]".

    Where an alternative behind a bar is elided ("n'a|n'ont"), each gives a phrase of its own.
    """
    group = _GROUP.search(phrase)
    if not group:
        elided = _ELIDED.search(phrase)
        if not elided:
            return [phrase]
        before, after = phrase[: elided.start()], phrase[elided.end() :]
        return [found for one in elided[0].split("|") for found in _variants(before + one + after)]
    before, after = phrase[: group.start()], phrase[group.end() :]
    return [*_variants(before + group[1] + after), *_variants(before + after)]


def _compile(kind: str, phrase: str, value: str) -> Phrase:
    phrase, _, behind = phrase.partition(" > ")
    slots = [_slot(part) for part in _parts(phrase)] + [_slot(part, behind=True) for part in _parts(behind)]
    return Phrase(kind, value, tuple(slots), parted=any(slot.gap for slot in slots))


def _rows(entry: Any) -> Iterator[tuple[str, str]]:
    """Give (phrase, value): a kind holds a list of phrases, or a table from each value to its phrases."""
    if isinstance(entry, Mapping):
        for value, phrases in entry.items():
            yield from ((phrase, str(value)) for phrase in phrases)
    else:
        yield from ((phrase, "") for phrase in entry)


def _folded(data: Mapping[str, Any], key: str) -> frozenset[str]:
    """Give a list of words that a file may leave out."""
    return frozenset(fold(word) for word in data.get(key, ()))


class Lexicon:
    """The vocabulary of one language."""

    def __init__(self, data: Mapping[str, Any], common: Mapping[str, Any]) -> None:
        self.language: str = data["language"]
        self.stop = frozenset(fold(word) for word in data["stop"])
        self.months: dict[str, int] = {fold(name): int(n) for n, names in data["months"].items() for name in names}
        self.ordinals: dict[str, int] = {fold(name): int(n) for n, names in data["ordinals"].items() for name in names}
        self.compound_ordinals = sorted((name for name in self.ordinals if "-" in name), key=len, reverse=True)
        self.ordinal_endings = frozenset(data["ordinal_endings"])
        self.before_places = frozenset(fold(word) for word in data["before_places"])
        self.genitive = frozenset(fold(word) for word in data["genitive"])
        self.joining = frozenset(fold(word) for word in data["joining"]) | {",", "&", "/"}
        self.date_links = tuple(data["date_links"])
        self.beside_names = frozenset(fold(word) for word in data["beside_names"])
        self.beside_phrases = tuple(f" {word}" for word in sorted(self.beside_names) if " " in word)
        self.nationalities: dict[str, str] = {
            fold(word): code for code, words in data["nationalities"].items() for word in words
        }
        self.numbers: dict[str, int] = {fold(name): int(n) for n, names in data["numbers"].items() for name in names}
        #: numbers of several words, by the first: "vingt" begins "vingt et un", "vingt-deux"; the longest first
        self.compound_numbers: dict[str, list[str]] = {}
        for name in sorted((name for name in self.numbers if not name.isalpha()), key=len, reverse=True):
            self.compound_numbers.setdefault(re.split("[ -]", name)[0], []).append(name)
        self.inside_names = _folded(common, "particles") - _folded(data, "apart")
        self.particles = _folded(common, "particles") | _folded(data, "particles")
        self.kin = _folded(data, "kin")
        self.siblings = _folded(data, "siblings")
        self.plural_articles = _folded(data, "plural_articles")
        self.hyphen_crews = bool(data.get("hyphen_crews"))
        self.not_names = frozenset(fold(word) for word in (*common["not_names"], *data["not_names"]))
        self.team_words = frozenset(fold(word) for word in common["team_words"])
        self.makes = frozenset(fold(word) for word in common["makes"])
        self.first_names = frozenset(fold(name) for name in (*common["first_names"], *data.get("first_names", ())))
        self.no_classes = self.makes | _folded(common, "no_classes")
        self.only_as_class = _folded(common, "only_as_class") | _folded(data, "only_as_class")
        # where nouns are written with capitals as names are
        self.determiners = _folded(data, "determiners")
        self.noun_endings = tuple(_folded(data, "noun_endings"))
        self.ordinal_nouns = _folded(data, "ordinal_nouns") | self.months.keys()
        self.name_endings = tuple(data.get("name_endings", ()))
        self.relatives = _folded(data, "relatives")
        self.phrases: dict[str, list[Phrase]] = {}
        self._openings: dict[str, list[Phrase]] = {}
        self._met: dict[tuple[str, str], tuple[Phrase, ...]] = {}
        for kind, entry in (*common["phrases"].items(), *data["phrases"].items()):
            for phrase, value in _rows(entry):
                for variant in _variants(phrase):
                    self._add(_compile(kind, variant, value))
        for word, code in self.nationalities.items():
            self._add(_compile("nationality", word, code))

    def _add(self, phrase: Phrase) -> None:
        """Index a phrase under each way in which its first word may begin; the first place is never optional."""
        first = phrase.slots[0]
        for beginning in (*first.words, *first.stems, *("*" for _ in first.endings[:1])):
            self.phrases.setdefault(beginning if beginning in "#*" else beginning[:2], []).append(phrase)

    def phrases_at(self, words: Sequence[str], at: int) -> Found | None:
        """Give the longest phrase that begins at `at`; the first in the file wins among equals."""
        best: Phrase | None = None
        weight = (0, 0, False)
        for phrase in self._beginning_with(words[at], words[at + 1] if at + 1 < len(words) else ""):
            last, seen = self._follow(phrase.slots, words, at + 1)
            if last and (max(last, seen), last, phrase.parted) > weight:
                weight = (max(last, seen), last, phrase.parted)
                best = phrase
        return Found(best.kind, best.value, at, weight[1]) if best else None

    def _beginning_with(self, word: str, behind: str) -> tuple[Phrase, ...]:
        """Give the phrases that may begin with a word before another ("": the last), in the order of the files.

        What was found is kept: a text says the same words again, and is asked for phrases more than once.
        """
        found = self._met.get((word, behind))
        if found is None:
            if len(self._met) >= _MOST_MET:
                self._met.clear()
            found = self._met[word, behind] = tuple(
                phrase for phrase in self._opening(word) if len(phrase.slots) == 1 or self._may_follow(phrase, behind)
            )
        return found

    def _opening(self, word: str) -> Sequence[Phrase]:
        """Give the phrases whose first place a word may take."""
        found = self._openings.get(word)
        if found is None:
            if len(self._openings) >= _MOST_MET:
                self._openings.clear()
            beginnings = (word[:2], "#", "*") if self.is_number(word) else (word[:2], "*")
            phrases = (phrase for beginning in beginnings for phrase in self.phrases.get(beginning, ()))
            found = self._openings[word] = [phrase for phrase in phrases if self._takes(phrase.slots[0], word)]
        return found

    def _may_follow(self, phrase: Phrase, word: str) -> bool:
        """Tell whether a word may stand behind the first of a phrase."""
        slot = phrase.slots[1]
        return slot.gap or slot.optional or (word != "" and self._takes(slot, word))

    def _takes(self, slot: _Slot, word: str) -> bool:
        return slot.accepts(word) or (slot.number and self.is_number(word))

    def is_number(self, word: str) -> bool:
        """Say whether a folded word is a number, in figures or as a word."""
        return word.isdigit() or word in self.numbers

    def figure(self, word: str) -> str:
        """Give a number in figures."""
        return word if word.isdigit() else str(self.numbers[word])

    def _follow(self, slots: Sequence[_Slot], words: Sequence[str], at: int, known: int = 1) -> tuple[int, int]:
        """Give the words' number after the phrase and after what must follow it, (0, 0) where it does not stand there.

        The first `known` places are known to be taken by the words before `at`.
        """
        place = last = at
        for number in range(known, len(slots)):
            slot = slots[number]
            if slot.gap:
                return (last, place) if self._stands_behind(slots[number + 1 :], words, place) else (0, 0)
            if place < len(words) and self._takes(slot, words[place]):
                place += 1
                last = last if slot.behind else place
            elif not slot.optional or (place == at and not known):
                return 0, 0
        return last, place

    def _stands_behind(self, slots: Sequence[_Slot], words: Sequence[str], at: int) -> bool:
        """Tell whether the rest of a phrase stands somewhere behind in the same clause.

        A single word must end it ("setzte sich vor A durch"), since it is a preposition elsewhere ("durch den Regen").
        """
        for start in range(at, min(len(words), at + _FARTHEST)):
            end = self._follow(slots, words, start, known=0)[0]
            if end > start + 1 or (end and self._ends_clause(words, end)):
                return True
            if words[start] in _STOPS and not (start and words[start - 1].isdigit()):
                return False
        return False

    def _ends_clause(self, words: Sequence[str], at: int) -> bool:
        return at >= len(words) or not words[at][0].isalnum() or words[at] in self.joining

    def knows(self, word: str) -> bool:
        """Say whether a folded word is one of the language's own small words."""
        return word in self.stop


def words_of(folded: str) -> list[tuple[str, int, int]]:
    """Cut folded text into (word, start, end): words, numbers and single marks; hyphens inside words are left out."""
    return [(m[0], m.start(), m.end()) for m in _WORD.finditer(folded) if m[0] != "-"]


def _load(name: str) -> dict[str, Any]:
    return tomllib.loads(resources.files("racing.reading").joinpath("vocabulary", name).read_text("utf-8"))


@cache
def languages() -> tuple[str, ...]:
    """Name the languages that have a file of their own, sorted."""
    files = resources.files("racing.reading").joinpath("vocabulary").iterdir()
    return tuple(sorted(file.name[:2] for file in files if re.fullmatch(r"[a-z]{2}\.toml", file.name)))


@cache
def lexicon(language: str) -> Lexicon:
    """Give the vocabulary of a language of `languages()`."""
    return Lexicon(_load(f"{language}.toml"), _load("common.toml"))


@cache
def places() -> dict[str, tuple[str, ...]]:
    """Give the circuits: the usual name to the ways of writing it, folded, the usual one among them."""
    rows = _load("circuits.toml")["circuits"]
    return {name: tuple(fold(form) for form in (name, *forms)) for name, forms in rows.items()}


@cache
def place_forms() -> frozenset[str]:
    """Give every way of writing a circuit, folded, blanks for hyphens."""
    return frozenset(form.replace("-", " ") for forms in places().values() for form in forms)


@cache
def kept_places() -> dict[str, str]:
    """Give the forms of circuits that are names in their own right to the usual name: "spielberg" to "Red Bull Ring"."""
    rows = _load("circuits.toml")["kept"]
    return {fold(form).replace("-", " "): name for name, forms in rows.items() for form in forms}


@cache
def landmarks() -> dict[str, tuple[str, ...]]:
    """Give what tells a circuit without naming it: the circuit to its corners and its land's adjectives, folded."""
    return {name: tuple(map(fold, forms)) for name, forms in _load("circuits.toml")["told_by"].items()}


@cache
def competitions() -> Mapping[str, Any]:
    """Give the table of `series.toml`; the `kept` names of a series are among its `forms` too."""
    table = _load("series.toml")
    known = [{**row, "forms": [*row["forms"], *row.get("kept", ())]} for row in table["known"]]
    return {**table, "known": known}


@cache
def whereabouts(language: str) -> Mapping[str, tuple[str, ...]]:
    """Give a language's words of `whereabouts.toml` by their use, folded."""
    table = _load("whereabouts.toml")
    return {use: tuple(map(fold, words.get(language, ()))) for use, words in table.items()}


@cache
def strangers() -> dict[str, frozenset[str]]:
    """Give small words of languages that the reader knows only by sight."""
    return {code: frozenset(map(fold, words)) for code, words in _load("languages.toml")["strangers"].items()}
