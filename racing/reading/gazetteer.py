"""Where a text names one of many things: circuits, series. A table is looked up word by word, so that it may be long."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from racing.reading.facts import Span
from racing.reading.folding import fold
from racing.reading.lexicon import competitions, kept_places, landmarks, places, whereabouts

_WORD = re.compile(r"[^\W_]+'?")
#: So long a form of capitals is an abbreviation, and stands in capitals: "TTE", "PCCF".
_LETTERS = 5
#: A form so long is also looked for without blanks, as hashtags and addresses have it: "#CarreraCupFrance".
_TAGGED = 10


#: A name so long may have a genitive's ending: "des Nürburgrings".
_INFLECTED = 7


def _ends(flat: str, last: int, size: int) -> bool:
    """Tell whether a word ends at `last`, a genitive's "s" put aside."""
    if size >= _INFLECTED and flat[last : last + 1] == "s":
        last += 1
    return not flat[last : last + 1].isalnum()


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in the text where a form of `name` stands."""

    name: str
    form: str
    span: Span


class Gazetteer:
    """A table of names with their forms, by the first word of each form."""

    def __init__(self, rows: Iterable[tuple[str, str]]) -> None:
        self._forms: dict[str, list[tuple[str, str, bool]]] = {}
        for written, name in rows:
            form = fold(written).replace("-", " ")
            first = _WORD.search(form)
            if first:
                shouted = written.isupper() and len(written) <= _LETTERS
                self._forms.setdefault(first[0].rstrip("'"), []).append((form, name, shouted))
        for forms in self._forms.values():
            forms.sort(key=lambda row: -len(row[0]))

    def _candidates(self, word: str) -> Sequence[tuple[str, str, bool]]:
        """Give the forms that begin with a word, or with what a genitive's ending stands behind."""
        return self._forms.get(word, ()) or (self._forms.get(word[:-1], ()) if word.endswith("s") else ())

    def spots(self, text: str, flat: str, start: int = 0, end: int | None = None) -> Iterator[Spot]:
        """Give where forms stand as words of their own, the longest at each place, none within another.

        `flat` is the text folded, with blanks for hyphens.
        """
        end = len(flat) if end is None else end
        past = start
        for word in _WORD.finditer(flat, start, end):
            at = word.start()
            if at < past:
                continue
            for form, name, shouted in self._candidates(word[0].rstrip("'")):
                last = at + len(form)
                if last <= end and flat.startswith(form, at) and _ends(flat, last, len(form)):
                    if shouted and not text[at:last].isupper():
                        continue
                    yield Spot(name, form, Span(at, last))
                    past = last
                    break


@cache
def circuits() -> Gazetteer:
    """Give the table of the circuits' names."""
    return Gazetteer((form, name) for name, forms in places().items() for form in forms)


@cache
def told_by() -> Gazetteer:
    """Give the table of what tells a circuit without naming it."""
    return Gazetteer((form, name) for name, forms in landmarks().items() for form in forms)


@cache
def series() -> Gazetteer:
    """Give the table of the names of series, also as hashtags write them."""
    forms = [(form, row["name"]) for row in competitions()["known"] for form in (row["name"], *row["forms"])]
    tags = [(re.sub(r"\W", "", form), name) for form, name in forms if len(form) >= _TAGGED and " " in form]
    seen = {fold(form) for form, _ in forms}
    return Gazetteer([*forms, *((tag, name) for tag, name in tags if fold(tag) not in seen)])


@cache
def words_for(use: str, language: str) -> Callable[[str], bool]:
    """Give a test that tells whether folded text has one of a language's words for a use of `whereabouts.toml`."""
    pattern = pattern_for(use, language)
    return lambda folded: bool(pattern.search(folded))


@cache
def pattern_for(use: str, language: str) -> re.Pattern[str]:
    """Give the pattern of a language's words for a use; it finds nothing where there are none."""
    forms = sorted(whereabouts(language)[use], key=len, reverse=True)
    parts = [re.escape(form[:-1]) + r"\w*" if form.endswith("*") else re.escape(form) for form in forms]
    return re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)" if parts else r"(?!)")


def called(text: str, folded: str, spot: Spot) -> str:
    """Give what to call a circuit: its usual name, or the form in its own right that the text writes alone."""
    if spot.form in kept_places() and fold(spot.name) not in folded:
        return text[spot.span.start : spot.span.end]
    return spot.name
