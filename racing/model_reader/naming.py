"""Where a text names somebody: by the whole name, turned round, with an initial, or by the surname; accents and case aside."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from racing.reading.facts import Span
from racing.reading.folding import fold

_WORD = re.compile(r"[^\W_]+")
#: A word of a text may be parted at a line's end.
_WRITTEN = re.compile(r"[^\W_]+(?:[-‐]\n[ \t]*[a-zß-öø-ÿ][^\W_]*)*")
_HYPHEN = re.compile(r"[-‐]\n[ \t]*")
#: What may stand between the words of one name: "J.-B. D’Hauteville", a line's end; never a comma.
_JOINT = re.compile(r"[ \t\u00a0]?[.\-’'‐‑]{0,2}[ \t\u00a0]?\n?[ \t\u00a0]{0,4}")
_TURNED = re.compile(",?" + _JOINT.pattern)
_INITIAL = re.compile(r"(?<![^\W_])([^\W\d_])\.?[\-‐‑ ]?(?:[^\W\d_]\.?)?[ \u00a0]?$")
#: How far before a surname, in characters, the first name of one of two brothers may stand.
_NEAR = 40
#: Of somebody who is named very often so many places are kept.
_MOST = 2_000
_UMLAUT = re.compile("([aou])e")
_DOUBLE = re.compile(r"(.)\1+")


def key_of(word: str) -> str:
    """Give the form in which a word of a name is compared: "Müller", "MUELLER" and "Muller" are one.

    >>> {key_of("Müller"), key_of("MUELLER"), key_of("Muler")}
    {'muler'}
    """
    return _DOUBLE.sub(r"\1", _UMLAUT.sub(r"\1", fold(word)))


def keys_of(name: str) -> tuple[str, ...]:
    """Give the words of a name as they are compared."""
    return tuple(key_of(word[0]) for word in _WORD.finditer(name))


def same_person(one: str, other: str) -> bool:
    """Tell whether two ways of writing a name may be one person's: the shorter ends the longer, initials are enough.

    >>> same_person("J. Andlauer", "Julien Andlauer"), same_person("Paul Brion", "Luc Brion")
    (True, False)
    """
    short, long = sorted((keys_of(one), keys_of(other)), key=len)
    if not short or short[-1] != long[-1]:
        # "ANDLAUER Julien": the same words in another order.
        return len(short) > 1 and sorted(short) == sorted(long)
    pairs = zip(reversed(short[:-1]), reversed(long[:-1]), strict=False)
    return all(a == b or (1 in (len(a), len(b)) and a[0] == b[0]) for a, b in pairs)


def same_crew(ones: tuple[str, ...], others: tuple[str, ...]) -> bool:
    """Tell whether two crews may be the same people, in any order."""
    rest = list(others)
    for name in ones:
        hit = next((other for other in rest if same_person(name, other)), None)
        if hit is None:
            return False
        rest.remove(hit)
    return not rest


@dataclass(frozen=True, slots=True)
class Named:
    """Where somebody is named, in order, and the name as far as the text gives it. `whole` tells that all of it is there."""

    name: str
    mentions: tuple[Span, ...]
    whole: bool


@dataclass(slots=True)
class Words:
    """The words of a text, ready for names to be looked up in."""

    text: str
    keys: list[str] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    at: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        folded: dict[str, str] = {}
        for match in _WRITTEN.finditer(self.text):
            word = match[0]
            if word not in folded:
                folded[word] = key_of(_HYPHEN.sub("", word))
            self.at[folded[word]].append(len(self.keys))
            self.keys.append(folded[word])
            self.spans.append(Span(match.start(), match.end()))

    def find(self, name: str) -> Named | None:
        """Find all mentions of a name; None where the text does not name that person."""
        parts = list(_WORD.finditer(name))
        keys = tuple(key_of(word[0]) for word in parts)
        # "ANDLAUER Julien", "DE KERDREL Yanis".
        turned = {keys[first:] + keys[:first] for first in range(1, len(keys))}
        whole = [*self._runs(keys), *(span for words in turned for span in self._runs(words, _TURNED))]
        tails = {first: found for first in range(1, len(keys)) if (found := list(self._runs(keys[first:])))}
        mentions = _outermost([*whole, *(span for found in tails.values() for span in found)])
        if not mentions:
            return None
        if whole or self._begun(mentions, keys[0]):
            return Named(name, mentions, whole=True)
        # The surname alone: the rest of the name is the model's own.
        return Named(name[parts[min(tails)].start() :], mentions, whole=len(keys[0]) == 1)

    def _begun(self, mentions: tuple[Span, ...], first: str) -> bool:
        """Tell whether a surname stands behind the first name's initial, or close behind the name: "Paul et Luc Brion"."""
        near = self.at.get(first, [])
        for span in mentions:
            before = self.text[max(0, span.start - 12) : span.start]
            initial = _INITIAL.search(before)
            if initial and initial[1].isupper() and fold(initial[1]) == first[:1]:
                return True
            if any(0 <= span.start - self.spans[word].end <= _NEAR for word in near):
                return True
        return False

    def _runs(self, keys: tuple[str, ...], joint: re.Pattern[str] = _JOINT) -> Iterator[Span]:
        """Give where these words stand one behind the other as a name: the surname begins with a capital."""
        for at in self.at.get(keys[0], ()) if keys else ():
            last = at + len(keys) - 1
            if last >= len(self.keys) or tuple(self.keys[at : last + 1]) != keys:
                continue
            if not any(self.text[self.spans[word].start].isupper() for word in range(at, last + 1)):
                continue
            gaps = (self.text[self.spans[word].end : self.spans[word + 1].start] for word in range(at, last))
            if all(joint.fullmatch(gap) for gap in gaps):
                yield Span(self.spans[at].start, self.spans[last].end)


def _outermost(spans: list[Span]) -> tuple[Span, ...]:
    """Give the spans in order without those that lie within another."""
    kept: list[Span] = []
    for span in sorted(set(spans), key=lambda span: (span.start, -span.end)):
        if not kept or span.end > kept[-1].end:
            kept.append(span)
    return tuple(kept[:_MOST])
