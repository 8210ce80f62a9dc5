"""Relatives who share one surname: "Anna and Bert Arvois", "les frères Arvois, Luc et Paul", "Luc Arvois con su hijo Paul"."""

import re
from bisect import bisect
from collections.abc import Iterator, Sequence

from racing.reading.capitals import Word
from racing.reading.learned.names import Names, first_names, joined

#: What stands between "the brothers Arvois" and their first names.
_OPENS = re.compile(r" ?[,(:–—-] ?")
#: A relative is named so many characters behind whose relative he is, in the same paragraph.
_NEAR = 120

Spelled = list[list[Word]]


def with_relatives(names: Names, spelled: Sequence[Sequence[Word]]) -> Spelled:
    """Give the names that were found, and whole names of those who are named by a first name beside a relative."""
    family = _Family(names, spelled)
    met = [*family.joined(), *family.listed(), *family.single()]
    taken = {words[0].start for words in met}
    firsts = {words[0].folded for words in met}
    kept = [words for words in family.spelled if words[0].start not in taken or len(words) > 1]
    return [words for words in kept if len(words) > 1 or words[0].folded not in firsts] + met


class _Family:
    """The words of a text with the names found in it, as relatives are looked for."""

    def __init__(self, names: Names, spelled: Sequence[Sequence[Word]]) -> None:
        self.names, self.words, self.lexicon = names, names.words, names.lexicon
        kin = self.lexicon.kin | self.lexicon.siblings
        self.spelled = [list(words[len(words) > 1 and words[0].folded in kin :]) for words in spelled]
        self.whole = {words[0].start: words for words in self.spelled if len(words) > 1}
        self.starts = sorted(self.whole)
        self.inside = {word.start for words in self.whole.values() for word in words}
        self.lone = {words[0].folded for words in self.spelled if len(words) == 1}
        self.surnames = {words[-1].folded for words in self.whole.values()}
        self.related = {
            self.words[at].folded
            for n, word in enumerate(self.words)
            if word.folded in self.lexicon.siblings | self.lexicon.plural_articles
            for at in (n - 1, n + 1)
            if 0 <= at < len(self.words) and self.words[at].folded in self.surnames
        }

    def joined(self) -> Iterator[list[Word]]:
        """Read "Luc et Paul Arvois": the first has the surname of the second."""
        for at in range(2, len(self.words)):
            whole = self.whole.get(self.words[at].start)
            if whole and self._is_alone(at - 2) and self.words[at - 1].folded in self.lexicon.joining:
                before = self.words[at - 3].folded if at > 2 else ""
                first = self.words[at - 2]
                told = whole[-1].folded in self.related or before in self.lexicon.siblings
                if self._is_first(first) or (told and first.folded not in self.surnames):
                    yield [first, *self._surname(whole)]

    def listed(self) -> Iterator[list[Word]]:
        """Read "les frères Arvois, Luc et Paul" and "Arvois père et fils (Luc et Paul)"."""
        for at, word in enumerate(self.words):
            if word.folded in self.lexicon.siblings | self.lexicon.kin:
                surname, last = self._surname_behind(at) if word.folded in self.lexicon.siblings else ([], at)
                surname = surname or self._surname_before(at)
                first, then, second = last + 1, last + 2, last + 3
                if not surname or second >= len(self.words):
                    continue
                opened = _OPENS.fullmatch(self._gap(last, first))
                joins = self.words[then].folded in self.lexicon.joining
                if opened and joins and self._is_alone(first) and self._is_alone(second):
                    yield [self.words[first], *surname]
                    yield [self.words[second], *surname]

    def single(self) -> Iterator[list[Word]]:
        """Read "Luc Arvois devant son frère Paul"."""
        for at, word in enumerate(self.words[:-1]):
            first = at + 1 if self.words[at + 1].capital else at + 2
            if word.folded in self.lexicon.kin and first < len(self.words):
                named = self.words[first]
                known = self._is_first(named) or named.folded in self.lone
                if known and self._is_alone(first) and named.folded not in self.surnames:
                    before = self.starts[bisect(self.starts, word.start) - 1] if self.starts else -_NEAR
                    near = word.start - _NEAR < before < word.start
                    if near and "\n\n" not in self.names.text[before : word.start]:
                        yield [named, *self._surname(self.whole[before])]

    def _surname(self, whole: Sequence[Word]) -> list[Word]:
        """Give a name without its first names: "José María Arvois" is an Arvois."""
        at = 1
        while at + 1 < len(whole) and self._is_first(whole[at]) and whole[at + 1].folded not in self.lexicon.particles:
            at += 1
        return list(whole[at:])

    def _gap(self, left: int, right: int) -> str:
        return self.names.text[self.words[left].end : self.words[right].start]

    def _is_first(self, word: Word) -> bool:
        first = word.folded.split("-")[0]
        return first in first_names() or first in self.lexicon.first_names

    def _is_alone(self, at: int) -> bool:
        """Tell whether a capitalised word belongs to no whole name and none that begins with a capital follows."""
        word = self.words[at]
        behind = self.words[at + 1] if at + 1 < len(self.words) else None
        leads = behind is not None and behind.capital and joined(self.names.text, word, behind)
        return word.capital and word.start not in self.inside and not leads

    def _surname_behind(self, at: int) -> tuple[list[Word], int]:
        """Give the capitalised words directly behind a word, particles included, and where they end."""
        last = at
        while last + 1 < len(self.words) and joined(self.names.text, self.words[last], self.words[last + 1]):
            behind = self.words[last + 1]
            if not (behind.capital or behind.folded in self.lexicon.particles - self.lexicon.joining):
                break
            last += 1
        found = self.words[at + 1 : last + 1]
        return (found, last) if found and found[-1].capital else ([], at)

    def _surname_before(self, at: int) -> list[Word]:
        """Give the surname directly before "père et fils" or "brothers"."""
        back = at - 1
        while back > 0 and not self.words[back].capital and at - back <= 2:
            linked = self.words[back].folded in self.lexicon.kin | self.lexicon.joining
            if not linked:
                return []
            back -= 1
        word = self.words[back] if back >= 0 else None
        return [word] if word and word.capital and self._gap(back, back + 1) == " " else []
