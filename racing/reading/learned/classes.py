"""Classes by learned scores: words that name a class of cars or drivers that no vocabulary knows ("JS2 R", "GT4 Bronze")."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from racing.reading.folding import fold
from racing.reading.learned.names import first_names
from racing.reading.learned.trees import Scores, forest
from racing.reading.lexicon import Lexicon
from racing.reading.people import Cast

_TOKEN = re.compile(r"[^\W_]+")
#: What may stand between the words of a class's name.
_GAP = re.compile(r" |-|/| / | - |–")
#: "Pro/Am" behind another word of a class's name, which every report spells as it likes: "GT3-PRO/AM".
_PRO_AM = re.compile(r"[ -]pro ?/ ?am$", re.I)
#: So many words are in a class's name at most.
_LONGEST = 4
#: Words that are likelier than this to name a class do.
_ENOUGH = 0.3
#: What stands right behind "class" with a capital is at least so likely one.
_CALLED = 0.31


def classes_of(
    text: str,
    folded: str,
    lexicon: Lexicon,
    cast: Cast,
    shift: Callable[["Classes", Scores], Scores] = lambda _, scores: scores,
) -> dict[int, tuple[int, str]]:
    """Give where classes stand that the text's own words tell: start to (end, name).

    `shift` may change how likely each is, by what is known of the classes besides the text.
    """
    classes = Classes(text, folded, lexicon, cast)
    return chosen(classes, shift(classes, forest("classes").scores([classes.features(span) for span in classes.spans])))


class Classes:
    """A text as the finder of classes sees it."""

    def __init__(self, text: str, folded: str, lexicon: Lexicon, cast: Cast) -> None:
        self.text, self.folded, self.lexicon, self.cast = text, folded, lexicon, cast
        self.tokens = [(m[0], m.start(), m.end()) for m in _TOKEN.finditer(text)]
        self.folds = [folded[start:end] for _, start, end in self.tokens]
        self._kinds: dict[str, str] = {}
        self._known: dict[str, tuple[str, ...]] = {}
        self.names = {n for start, (end, _) in cast.at.items() for n in range(start, end)}
        self.spans = list(self._spans())
        self.counts = Counter(self.key(span) for span in self.spans)
        self.linked = Counter(self.key(span) for span in self.spans if self._link(span))
        self.labels = Counter(self.key(span) for span in self.spans if self._is_label(span))
        self.placed = Counter(self.key(span) for span in self.spans if self._kind(self._before(span, 1)) in _PLACES)
        self.brothers = Counter(stem for stem in map(_stem, self.counts) if stem)
        self.words = Counter(self.folds)

    def _spans(self) -> Iterator[tuple[int, int]]:
        for first, (word, start, _) in enumerate(self.tokens):
            if start in self.names or not self._may(word):
                continue
            for last in range(first + 1, min(len(self.tokens), first + _LONGEST) + 1):
                if last > first + 1 and not (
                    _GAP.fullmatch(self.text[self.tokens[last - 2][2] : self.tokens[last - 1][1]])
                    and self._may(self.tokens[last - 1][0])
                ):
                    break
                if self.tokens[last - 1][1] in self.names:
                    break
                yield first, last

    def _may(self, word: str) -> bool:
        """Tell whether a word may be in a class's name: with a capital or a figure, or one that names classes everywhere.

        "9e" is a place, whatever stands before it ("il se classe 9e").
        """
        place = word[0].isdigit() and word.lstrip("0123456789").casefold() in self.lexicon.ordinal_endings
        return not place and (word[0].isupper() or any(letter.isdigit() for letter in word) or fold(word) in _SMALL)

    def key(self, span: tuple[int, int]) -> str:
        """Give what compares names of classes."""
        return " ".join(self.folds[span[0] : span[1]])

    def bounds(self, span: tuple[int, int]) -> tuple[int, int]:
        """Give where a span begins and ends in the text."""
        return self.tokens[span[0]][1], self.tokens[span[1] - 1][2]

    def is_called(self, span: tuple[int, int]) -> bool:
        """Tell whether the text itself calls a span a class: "catégorie Cayman", "la clase Copa 2"."""
        first, start = self.tokens[span[0]][0], self.bounds(span)[0]
        behind = self._before(span, 1) in _CALLS and self._before(span, 2) != "se"
        behind = behind and not self.text[self.tokens[span[0] - 1][2] : start].strip(" \u00a0")
        written = first[0].isupper() and fold(first) not in first_names()
        blanks = all(
            self.text[self.tokens[n][2] : self.tokens[n + 1][1]] in (" ", "-") for n in range(span[0], span[1] - 1)
        )
        return behind and written and blanks

    def is_known(self, span: tuple[int, int]) -> bool:
        """Tell whether a span is a class of the vocabulary, written with a capital."""
        words = self.key(span).split()
        found = self.lexicon.phrases_at(words, 0)
        capital = self.tokens[span[0]][0][0].isupper()
        return capital and found is not None and found.kind == "class" and found.last == len(words)

    def written(self, span: tuple[int, int]) -> str:
        """Give a span as it is written."""
        start, end = self.bounds(span)
        return _PRO_AM.sub(" Pro-Am", " ".join(self.text[start:end].split()))

    def _before(self, span: tuple[int, int], back: int) -> str:
        n = span[0] - back
        return self.folds[n] if n >= 0 else "^"

    def _kind(self, word: str) -> str:
        """Say what a folded word is."""
        if word not in self._kinds:
            self._kinds[word] = self._look_up(word)
        return self._kinds[word]

    def _look_up(self, word: str) -> str:
        found = self.lexicon.phrases_at([word], 0) or self.lexicon.phrases_at([word + "'"], 0)
        if found:
            fine = found.kind in ("class_link", "article", "preposition", "class")
            return f"{found.kind}.{found.value}" if fine else found.kind
        return "stop" if word in self.lexicon.stop else ("num" if word.isdigit() else "word")

    def _link(self, span: tuple[int, int]) -> bool:
        """Tell whether a word stands before that classes have before them."""
        before = self._before(span, 1)
        return self._kind(before).startswith("class_link") or before in _CLASS_WORDS

    def _is_label(self, span: tuple[int, int]) -> bool:
        """Tell whether a span stands before a colon where a line or a sentence begins: "GTV1 : A et B"."""
        start, end = self.bounds(span)
        before = self.text[:start].rstrip(" \u00a0")[-1:]
        return self.text[end : end + 2].lstrip(" \u00a0")[:1] == ":" and (before in _OPENING or not before)

    def _tags(self, word: str) -> tuple[str, ...]:
        """Say what is known of a word as it is written."""
        if word not in self._known:
            self._known[word] = tuple(self._describe(word))
        return self._known[word]

    def _describe(self, word: str) -> Iterator[str]:
        folded = fold(word)
        lex = self.lexicon
        yield f"len{min(len(word), 9)}"
        if word.isupper():
            yield "upper"
        if word.isdigit():
            yield "digits"
        elif any(letter.isdigit() for letter in word):
            yield "mixed"
        if word[0].islower():
            yield "small"
        if folded in first_names():
            yield "first"
        if folded in lex.makes:
            yield "make"
        if folded in lex.team_words:
            yield "team"
        if folded in lex.not_names:
            yield "notname"
        if folded in lex.stop:
            yield "stop"
        if folded in _CLASSY:
            yield "classy"
        yield "k:" + self._kind(folded)

    def features(self, span: tuple[int, int]) -> dict[str, float]:
        """Give what is known of a span."""
        first, last = span
        words = self.tokens[first:last]
        start, end = self.bounds(span)
        out: dict[str, float] = {"size": last - first, "letters": end - start}
        for tag in self._tags(words[0][0]):
            out["F" + tag] = 1
        for tag in self._tags(words[-1][0]):
            out["L" + tag] = 1
        key = self.key(span)
        known = self.lexicon.phrases_at(key.split(), 0)
        if known and known.last == len(key.split()):
            out["whole:" + known.kind] = 1
        out["count"] = self.counts[key]
        out["linked"] = self.linked[key]
        out["linked_share"] = self.linked[key] / max(1, self.counts[key])
        out["labels"], out["placed"] = self.labels[key], self.placed[key]
        stem = _stem(key)
        out["brothers"] = self.brothers[stem] - 1 if stem else -1
        out["texts"] = sum(self.words[fold(word[0])] for word in words) / len(words)
        for back in (1, 2, 3):
            word = self._before(span, back)
            out[f"l{back}:{self._kind(word)}"] = 1
            if back < 3:
                out[f"lw{back}:{word[:9]}"] = 1
        if first:
            out["lcap"] = float(self.tokens[first - 1][0][0].isupper())
            if self.tokens[first - 1][1] in self.names:
                out["lname"] = 1
            if out["lcap"]:
                for tag in self._tags(self.tokens[first - 1][0]):
                    out["lt" + tag] = 1
        for step in (0, 1):
            n = last + step
            if n < len(self.tokens):
                word = self.tokens[n][0]
                out[f"r{step}:{self._kind(fold(word))}"] = 1
                out[f"rcap{step}"] = float(word[0].isupper())
                if self.tokens[n][1] in self.names:
                    out[f"rname{step}"] = 1
                if step == 0:
                    for tag in self._tags(word):
                        out["rt" + tag] = 1
        left = self.text[max(0, start - 3) : start]
        right = self.text[end : end + 3]
        out["lm:" + _mark(left.strip(" ")[-1:])] = 1
        out["rm:" + _mark(right.strip(" ")[:1])] = 1
        return out


def _stem(key: str) -> str:
    """Give a class's name without the number that tells it from its like: "GTV1" and "GTV2"; none where it has no number."""
    stem = key.rstrip("0123456789")
    return stem if stem != key else ""


def _mark(sign: str) -> str:
    return "a" if sign.isalnum() else sign.replace("\n", "~")


#: Kinds of words that tell a place, and marks behind which a line or a sentence begins.
_PLACES = frozenset(("rank", "class_place", "win"))
_OPENING = frozenset("\n.;•–-")

_SMALL = frozenset(
    ("pro", "am", "rookies", "rookie", "juniors", "junior", "masters", "gentlemen", "dames", "cup")
)  # fmt: skip
_CLASS_WORDS = frozenset(("categorie", "classe", "klasse", "categoria", "clase", "class", "division"))
#: Words with a class right behind them; in English and German it stands before.
_CALLS = frozenset(("categorie", "classe", "categoria", "clase"))
_CLASSY = frozenset(
    (
        "cup",
        "pro",
        "am",
        "proam",
        "trophy",
        "trophee",
        "trofeo",
        "coppa",
        "copa",
        "gold",
        "silver",
        "bronze",
        "junior",
        "master",
        "masters",
        "rookie",
        "rookies",
        "gentleman",
        "gentlemen",
        "academy",
        "challenge",
        "division",
        "classe",
        "klasse",
        "clase",
        "d2",
        "gt3",
        "gt4",
        "lmp2",
        "lmp3",
        "tcr",
        "elite",
        "light",
        "ladies",
        "dames",
        "damen",
        "feminin",
        "feminine",
    )
)


def _with_tails(classes: Classes, scores: Sequence[float] | Scores) -> list[float]:
    """Let a class go on that has one of the vocabulary's right behind it: "GT3 Pro-Am" is one class, as likely as its "GT3"."""
    alone = dict(zip(classes.spans, map(float, scores), strict=True))
    found = dict(alone)
    for first, last in classes.spans:
        for cut in range(first + 1, last):
            head, tail = alone.get((first, cut), 0.0), (cut, last)
            if head > found[first, last] and tail in alone and classes.is_known(tail):
                found[first, last] = head
    return list(found.values())


def chosen(classes: Classes, scores: Sequence[float] | Scores) -> dict[int, tuple[int, str]]:
    """Give where classes stand: start to (end, name); of overlapping spans the likelier, of equal ones the longer."""
    likely = [
        max(one, _CALLED if classes.is_called(span) else 0.0) for span, one in zip(classes.spans, scores, strict=True)
    ]
    ranked = sorted(
        zip(classes.spans, _with_tails(classes, likely), strict=True),
        key=lambda item: (-float(item[1]), item[0][0] - item[0][1]),
    )
    taken: set[int] = set()
    found: dict[int, tuple[int, str]] = {}
    for span, score in ranked:
        if score < _ENOUGH:
            break
        spots = set(range(*span))
        if not spots & taken and classes.key(span) not in _CLASS_WORDS:
            taken |= spots
            start, end = classes.bounds(span)
            found[start] = (end, classes.written(span))
    return found
