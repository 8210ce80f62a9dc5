"""Names by learned scores: which capitalised words are a driver's name.

Spans of capitalised runs are scored by their words, their shape and what stands around them; the best of overlapping spans
is kept.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from racing.reading.capitals import Word, cut_words, has_genitive, is_noun, shown_nouns
from racing.reading.folding import fold
from racing.reading.lexicon import Lexicon, place_forms
from racing.reading.people import find_cast

_GAP = re.compile(r"[ \u00a0]{1,2}|[ \t]?\n[ \t]?")
_INITIAL = re.compile(r"\.[ \u00a0]?")
#: How a nickname stands between the first and the last name.
_NICKNAME = re.compile(
    r"[ \u00a0]\(?(?:[\"“”„]|[«‹][ \u00a0]?|['‘’])([^\W\d_](?:[\w’' -]{0,22}\w)?)"
    r"(?:[\"“”]|[ \u00a0]?[»›]|['’])\)?[ \u00a0]"
)
#: What is written short at the beginning of a surname: "Sta. Ana".
_SHORTENED = frozenset(("st", "sta", "ste", "sto"))
#: Longer runs of capitalised words are headlines.
_LONGEST_RUN = 8
#: So many characters behind a name are looked at.
_BEHIND = 12
#: Longer names nobody has.
_LONGEST_NAME = 6


@cache
def first_names() -> frozenset[str]:
    """Give first names of Europe, folded (from the lists of Faker, MIT)."""
    return frozenset(
        resources.files("racing.reading.vocabulary").joinpath("first_names.txt").read_text("utf-8").split()
    )


@dataclass(frozen=True, slots=True)
class Piece:
    """Words `first` to `last` (half open) of the run `run` of the text."""

    run: int
    first: int
    last: int


def joined(text: str, left: Word, right: Word) -> bool:
    """Tell whether two words may belong to one name: a blank between them, nothing behind "d'", a stop behind an initial."""
    gap = text[left.end : right.start]
    if has_genitive(text[left.start : left.end]):
        return False
    if left.folded.endswith("'"):
        return not gap
    if (len(left.text) <= 2 or left.folded in _SHORTENED) and left.capital and _INITIAL.fullmatch(gap):
        return True
    return bool(_GAP.fullmatch(gap)) or (right.capital and bool(_NICKNAME.fullmatch(gap)))


def without_nicknames(text: str, words: Sequence[Word]) -> list[Word]:
    """Leave out what stands in quotes within a name: "Bob "Bobby" Arvois", "Jean « le Chat » Brion"."""
    found: list[Word] = []
    until = 0
    for word in words:
        if word.start < until:
            continue
        nickname = _NICKNAME.match(text, found[-1].end) if found and found[-1].capital else None
        if nickname and text[nickname.end() : nickname.end() + 1].isupper() and nickname.start(1) <= word.start:
            until = nickname.end()
            if word.start < until:
                continue
        found.append(word)
    return found


def cut_at_strokes(text: str, words: Sequence[Word], lexicon: Lexicon) -> list[Word]:
    """Cut "Luc Arvois-Paul Brion" into two names, and make "Arvois–Brion" one word as "Arvois-Brion" is."""
    found: list[Word] = []
    for at, word in enumerate(words):
        before = found[-1] if found else None
        behind = words[at + 1] if at + 1 < len(words) else None
        led = bool(before and before.capital and joined(text, before, word))
        leads = bool(behind and behind.capital and joined(text, word, behind))
        left, _, right = word.text.partition("-")
        named = (
            led and leads and before is not None and _is_first(before.text, lexicon) and not _is_first(left, lexicon)
        )
        if named and right[:1].isupper() and not right.isupper() and "-" not in right and _is_first(right, lexicon):
            cut = word.start + len(left)
            found += [
                Word(left, fold(left), word.start, cut),
                Word(right, fold(right), word.end - len(right), word.end),
            ]
            continue
        stroke = before and before.capital and word.capital and text[before.end : word.start] == "–" and not leads
        if before and stroke and not (len(found) > 1 and found[-2].capital and joined(text, found[-2], before)):
            written = f"{before.text}-{word.text}"
            found[-1] = Word(written, fold(written), before.start, word.end)
        else:
            found.append(word)
    return found


def _is_first(written: str, lexicon: Lexicon) -> bool:
    folded = fold(written)
    return folded in first_names() or folded in lexicon.first_names


def runs_of(text: str, words: Sequence[Word], lexicon: Lexicon) -> list[list[int]]:
    """Give runs of capitalised words, small words of names between them included, as numbers of words."""
    particles = lexicon.particles - lexicon.joining
    found: list[list[int]] = []
    run: list[int] = []
    for at, word in enumerate(words):
        goes_on = bool(run) and joined(text, words[run[-1]], word) and len(run) < _LONGEST_RUN
        if not goes_on:
            _close(found, run, words)
            run = []
        if word.capital or (run and word.folded in particles):
            run.append(at)
        else:
            _close(found, run, words)
            run = []
    _close(found, run, words)
    return found


def _close(found: list[list[int]], run: list[int], words: Sequence[Word]) -> None:
    while run and not words[run[-1]].capital:
        run.pop()
    if run:
        found.append(run)


def pieces_of(run: Sequence[int], number: int, words: Sequence[Word]) -> Iterator[Piece]:
    """Give every part of a run that may be a name: at most six words, capitals at both ends or a particle in front."""
    for first in range(len(run)):
        for last in range(first + 1, min(len(run), first + _LONGEST_NAME) + 1):
            if words[run[last - 1]].capital and not words[run[last - 1]].folded.endswith("'"):
                yield Piece(number, first, last)


def _shape(word: Word) -> Iterator[str]:
    if len(word.text) > 1 and word.text.isupper():
        yield "upper"
    if len(word.text) == 1:
        yield "one"
    if "-" in word.text:
        yield "hyphen"
    if not word.capital:
        yield "small"


class Names:
    """A text as the finder of names sees it."""

    def __init__(self, text: str, lexicon: Lexicon) -> None:
        self.text, self.lexicon = text, lexicon
        self.folded = fold(text)
        self.words = cut_at_strokes(text, without_nicknames(text, cut_words(text)), lexicon)
        self.rule = {start: end for start, (end, _) in find_cast(text, lexicon, self.words).at.items()}
        self.rule_starts = sorted(self.rule)
        self.shown = shown_nouns(self.words, lexicon)
        self.nouny = bool(lexicon.determiners)
        self.runs = runs_of(text, self.words, lexicon)
        self.whole = Counter(tuple(self.words[n].folded for n in run) for run in self.runs)
        self.alone = Counter(self.words[run[0]].folded for run in self.runs if len(run) == 1)
        self.small = Counter(word.folded for word in self.words if not word.capital)
        self.large = Counter(word.folded for word in self.words if word.capital)
        self.hyphened = sum(len(run) == 1 and "-" in self.words[run[0]].text for run in self.runs)
        self.ends = Counter(self.words[run[-1]].folded for run in self.runs)
        self.pairs: dict[int, tuple[Word, ...]] = {}
        self.turned = False
        self._senses: dict[int, str] = {}
        self._tags: dict[str, tuple[str, ...]] = {}
        self._told: dict[tuple[str, str], dict[str, float]] = {}
        self._left: dict[int, dict[str, float]] = {}
        self._right: dict[int, dict[str, float]] = {}

    def tags(self, word: Word) -> tuple[str, ...]:
        """Say what is known of a word."""
        key = word.text
        if key not in self._tags:
            folded, lex = word.folded, self.lexicon
            parts = folded.replace("'", "' ").split("-")
            sets = (
                ("first", any(part in first_names() or part in lex.first_names for part in parts[:1])),
                ("make", folded in lex.makes),
                ("team", folded in lex.team_words),
                ("notname", folded in lex.not_names),
                ("stop", folded in lex.stop),
                ("nation", folded in lex.nationalities),
                ("place", folded.replace("-", " ") in place_forms()),
                ("particle", folded in lex.particles),
                ("ordinal", folded in lex.ordinals),
                ("month", folded in lex.months),
                ("lower", self.small[folded] > 0),
                ("noun", self.nouny and is_noun(word, lex)),
                ("shown", folded in self.shown),
                ("nouny", self.nouny),
            )
            found = [*(name for name, holds in sets if holds), *_shape(word)]
            known = lex.phrases_at(folded.replace("-", " ").split() or [folded], 0)
            if known:
                found.append("k:" + known.kind)
            found.append("suf:" + folded[-2:])
            self._tags[key] = tuple(found)
        return self._tags[key]

    def told(self, prefix: str, word: Word) -> dict[str, float]:
        """Say what is known of a word as features whose names begin alike."""
        key = (prefix, word.text)
        if key not in self._told:
            self._told[key] = {prefix + tag: 1.0 for tag in self.tags(word)}
        return self._told[key]

    def pieces(self) -> Iterator[Piece]:
        for number, run in enumerate(self.runs):
            yield from pieces_of(run, number, self.words)

    def features(self, piece: Piece) -> dict[str, float]:
        """Give what is known of a part of a run."""
        run = self.runs[piece.run]
        words = [self.words[n] for n in run[piece.first : piece.last]]
        size = len(words)
        out: dict[str, float] = {"size": size, "before": piece.first, "after": len(run) - piece.last, "run": len(run)}
        out["capitals"] = sum(word.capital for word in words)
        for name, word in (("F", words[0]), ("L", words[-1])) + ((("S", words[1]),) if size > 2 else ()):
            out |= self.told(name, word)
            out[name + "len"] = len(word.text)
        inner = [tag for word in words[1:-1] for tag in self.tags(word)]
        for tag in inner:
            out["I" + tag] = out.get("I" + tag, 0) + 1
        if piece.first:
            out |= self.told("B", self.words[run[piece.first - 1]])
        if piece.last < len(run):
            out |= self.told("A", self.words[run[piece.last]])
        out |= self._before(run[piece.first])
        out |= self._behind(run[piece.last - 1])
        last = words[-1].folded
        if size == 1 and "-" in words[0].text:
            halves = last.split("-")
            out["lefthalf"] = self.ends[halves[0]]
            out["righthalf"] = self.ends[halves[-1]]
            out["halves"] = len(halves)
            out["firsthalf"] = float(halves[0] in first_names())
            out["hyphened"] = self.hyphened
        start, end = words[0].start, words[-1].end
        out["rule"] = float(self.rule.get(start) == end)
        at = bisect_right(self.rule_starts, start) - 1
        if at >= 0:
            other = self.rule_starts[at]
            out["rule_in"] = float(self.rule[other] >= end and not out["rule"])
            out["rule_cut"] = float(other <= start < self.rule[other] < end)
        at += 1
        out["rule_has"] = float(at < len(self.rule_starts) and self.rule_starts[at] < end)
        out["whole"] = self.whole[tuple(word.folded for word in words)]
        out["alone"] = self.alone[last]
        out["ends"] = self.ends[last]
        out["large"] = self.large[last]
        out["lower"] = self.small[last]
        out["Flarge"] = self.large[words[0].folded]
        out["Fall"] = self.small[words[0].folded]
        out["newline"] = float("\n" in self.text[words[0].start : words[-1].end])
        return out

    def _before(self, first: int) -> dict[str, float]:
        """Give what stands before a word that a name may begin with."""
        if first not in self._left:
            start = self.words[first].start
            marks = self.folded[self.words[first - 1].end if first else 0 : start]
            out = self._left[first] = {"lnl": float("\n" in marks)}
            marks = marks.strip()
            out["lm:" + (marks[-1:] if not marks[-1:].isdigit() else "9")] = 1
            if marks and not marks[-1:].isalnum():
                out["lm2:" + marks[-2:-1]] = 1
            for back in (0, 1):
                self._beside("l", back, first - 1 - back, out)
            if marks and first and not self.words[first - 1].capital:
                out["lmark"] = 1
        return self._left[first]

    def _behind(self, last: int) -> dict[str, float]:
        """Give what stands behind a word that a name may end with."""
        if last not in self._right:
            end = self.words[last].end
            ends = self.words[last + 1].start if last + 1 < len(self.words) else len(self.folded)
            right = self.folded[end : min(ends, end + _BEHIND)]
            out = self._right[last] = {"rm:" + right.strip()[:1]: 1.0, "rnl": float("\n" in right)}
            for back in (0, 1):
                self._beside("r", back, last + 1 + back, out)
        return self._right[last]

    def _beside(self, side: str, back: int, number: int, out: dict[str, float]) -> None:
        """Note the word of a number, `back` words off."""
        if not 0 <= number < len(self.words):
            return
        word = self.words[number]
        name = f"{side}{back}"
        out[name + "cap"] = float(word.capital)
        out[name + "len"] = len(word.folded)
        if word.capital:
            out |= {tag: 1.0 for tag in self.told(name, word) if not tag.startswith(name + "suf")}
        else:
            out[f"{name}:{self.sense(number)}"] = 1

    def sense(self, number: int) -> str:
        """Say what a small word is."""
        if number not in self._senses:
            words = [word.folded for word in self.words[number : number + 4]]
            found = self.lexicon.phrases_at(words, 0)
            plain = "stop" if words[0] in self.lexicon.stop else "word"
            self._senses[number] = f"{found.kind}.{found.value}" if found else plain
        return self._senses[number]
