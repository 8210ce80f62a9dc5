"""What the model says, proved by the text or not a fact.

A fact stands only if the text names its drivers (a coming meeting: its place). Its evidence is the passage that names them and
has most of what the fact says: the place, the class, the race, words of its kind; or the quote that the model gave, if the text
has it. What else the fact says of a driver (team, number, gap, time ...) is kept only where the text has the same words.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any

from racing.model_reader.naming import Named, Words, same_person
from racing.model_reader.passages import Passage, Passages
from racing.model_reader.shape import Said
from racing.reading.facts import Fact, Problem, Span
from racing.reading.folding import fold
from racing.reading.lexicon import places
from racing.terms import OVERALL, TRACK, FactKind

#: How sure a fact is whose passage shows what it says; whose passage only names the drivers; whose driver's first name, class
#: or points the text does not have; and one that only a text which speaks to machines could have told.
SHOWN, NAMED, CHANGED, DOUBTFUL = 0.97, 0.95, 0.7, 0.5
_BLANKS = re.compile(r"\s+")
#: These are true of a driver only close to his name; a team and a car may stand above a whole list.
_BESIDE = frozenset({"number", "gap", "time"})
_EXTRAS = ("team", "number", "car", "gap", "time", "text")
#: Of very many passages that name a driver so many are looked at; of very many places of some words so many are known.
_FEW, _PLACES = 150, 2_000


@dataclass(slots=True)
class Ground:
    """A text ready to prove facts by. `problems` gathers what it does not prove."""

    text: str
    words: Words = field(init=False)
    passages: Passages = field(init=False)
    folded: str = field(init=False)
    named: dict[str, Named | None] = field(default_factory=dict)
    named_in: dict[str, frozenset[int]] = field(default_factory=dict)
    found: dict[tuple[str, bool], list[Span]] = field(default_factory=dict)
    classes: dict[str, bool] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.words, self.passages, self.folded = Words(self.text), Passages(self.text), fold(self.text)

    def who(self, name: str) -> Named | None:
        """Give where a person is named."""
        if name not in self.named:
            self.named[name] = self.words.find(name)
        return self.named[name]

    def where(self, name: str) -> frozenset[int]:
        """Give the numbers of the passages that name a person."""
        if name not in self.named_in:
            named = self.who(name)
            mentions = named.mentions if named else ()
            self.named_in[name] = frozenset(self.passages.at(span.start) for span in mentions)
        return self.named_in[name]

    def prove(self, said: Said) -> Said | None:
        """Give what was said with its evidence; None, with a problem, where the text does not prove it."""
        fact = said.fact
        if fact.kind is FactKind.MEETING:
            proved = self._meeting(said)
        else:
            proved = self._of_drivers(said)
        if proved is None:
            self.problems.append(Problem("model_not_in_text", detail=label_of(fact)))
            return None
        if said.quote and not self._spans_of(said.quote):
            proved = replace(proved, sure=min(proved.sure, CHANGED))
        return replace(said, fact=proved)

    # --- facts about drivers ---------------------------------------------------------------------------------------------

    def _of_drivers(self, said: Said) -> Fact | None:
        fact = said.fact
        who = [self.who(name) for name in fact.drivers]
        people = [named for named in who if named]
        if len(people) < len(who):
            return None
        best = self._best_passage(said)
        if best is None:
            return None
        passage, sign = best
        spans = [span for named in people for span in named.mentions if _within(span, passage.span)]
        evidence = (passage.span, *dict.fromkeys(spans), *((sign,) if sign else ()))
        fact = replace(fact, drivers=tuple(named.name for named in people), evidence=evidence)
        others = tuple(other.name for name in fact.gap_to if (other := self.who(name)))
        fact = replace(fact, gap_to=others)
        extras: dict[str, Any] = {name: self._kept(fact, name) for name in _EXTRAS}
        fact = replace(fact, **extras)
        return replace(fact, sure=self._sure(fact, people, passage, bool(sign)))

    def _best_passage(self, said: Said) -> tuple[Passage, Span | None] | None:
        """Give the passage that proves most of the fact, and where in it the place is said; None where none may prove it."""
        quoted = {self.passages.at(span.start) for span in self._spans_of(said.quote)}
        scores: dict[int, float] = {}
        for name in said.fact.drivers:
            for at in sorted(self.where(name)):
                if not self.passages.rows[at].orders:
                    scores[at] = scores.get(at, 0.0) + 4.0
        if not scores:
            return None
        rows, race = self.passages.rows, said.fact.race
        few = sorted(scores, key=lambda at: (at not in quoted, -scores[at], rows[at].race != race))[:_FEW]
        for at in few:
            scores[at] += 6.0 * (at in quoted) + self._weight(said.fact, at)
        best = max(few, key=lambda at: (scores[at], -at))
        passage = self.passages.rows[best]
        fact = said.fact
        ranked = fact.kind in (FactKind.FINISH, FactKind.QUALIFYING, FactKind.CLAIM) and fact.position
        return passage, passage.sign_of_place(fact.position or 0, fact.kind) if ranked else None

    def _weight(self, fact: Fact, at: int) -> float:
        """Say how much of a fact a passage has besides the names."""
        passage = self.passages.rows[at]
        weight = 1.5 * passage.speaks_of(fact.kind)
        if fact.kind is not FactKind.QUALIFYING:
            weight -= 1.0 * (passage.speaks_of(FactKind.QUALIFYING) and not passage.speaks_of(fact.kind))
        if fact.position:
            weight += 2.0 * (passage.sign_of_place(fact.position, fact.kind) is not None)
        before = self.passages.rows[max(0, at - 3) : at]
        if passage.names_class(fact.ranking):
            weight += 2.0
        elif any(row.names_class(fact.ranking) for row in before):
            weight += 1.0
        if fact.race:
            weight += 2.0 * (fact.race in passage.races) + 1.0 * (fact.race == passage.race)
            weight -= 2.0 * (passage.race is not None and fact.race != passage.race and fact.race not in passage.races)
        numbers = (fact.points, fact.gap_points, fact.time)
        return weight + sum(2.0 for number in numbers if number and fold(number) in passage.folded)

    def _sure(self, fact: Fact, people: list[Named], passage: Passage, sign: bool) -> float:
        shown = (sign or fact.position is None) and all(
            any(_within(span, passage.span) for span in named.mentions) for named in people
        )
        sure = SHOWN if shown else NAMED
        if not all(named.whole for named in people):
            sure = min(sure, CHANGED)
        if any(number and not self.has_number(number) for number in (fact.points, fact.gap_points)):
            sure = min(sure, CHANGED)
        if fact.ranking not in ("", OVERALL, TRACK) and not self.has_class(fact.ranking):
            sure = min(sure, CHANGED)
        return min(sure, DOUBTFUL) if self.passages.orders and not shown else sure

    def _kept(self, fact: Fact, name: str) -> str:
        """Give what a fact says besides: as it is where the text has these words, else nothing."""
        value: str = getattr(fact, name)
        if name == "text" and value and not self._spans_of(value):
            # The reason of a penalty in the model's words: the text's own stand in its place.
            return " ".join(self.text[fact.evidence[0].start : fact.evidence[0].end].split())[:300]
        spans = self._spans_of(value) if value else []
        if name in _BESIDE:
            return value if any(self._beside(fact, span, back=int(name != "number")) for span in spans) else ""
        return value if spans else ""

    def _beside(self, fact: Fact, span: Span, back: int) -> bool:
        """Tell whether words stand in a passage that names one of the drivers, or in the next `back` behind it."""
        at = self.passages.at(span.start)
        return any({at, at - back} & self.where(driver) for driver in fact.drivers)

    def has_class(self, ranking: str) -> bool:
        """Tell whether any passage names a class."""
        if ranking not in self.classes:
            self.classes[ranking] = any(row.names_class(ranking) for row in self.passages.rows)
        return self.classes[ranking]

    def has_number(self, number: str) -> bool:
        """Tell whether the text has a number in figures; a small one may stand in words, which is not looked into."""
        if "." not in number and len(number) < 3 and int(number) <= 30:
            return True
        thousands = {
            f"{number[:-3]}{mark}{number[-3:]}" for mark in ",. \u00a0\u202f'" if number.isdigit() and len(number) > 3
        }
        forms = {number, *thousands, number.replace(".", ","), number.replace(".5", " 1/2"), number.replace(".5", "½")}
        return any(re.search(rf"(?<!\d){re.escape(form)}(?!\d)", self.text) for form in forms)

    # --- coming meetings, and the heading --------------------------------------------------------------------------------

    def _meeting(self, said: Said) -> Fact | None:
        fact = said.fact
        spans = [
            span for span in self.place(fact.circuit) if not self.passages.rows[self.passages.at(span.start)].orders
        ]
        if not spans:
            return None
        days = [str(int(day[-2:])) for day in (fact.start, fact.end)]

        def weight(span: Span) -> tuple[int, int]:
            passage = self.passages.rows[self.passages.at(span.start)]
            told = sum(bool(re.search(rf"(?<!\d)0?{day}(?!\d)", passage.folded)) for day in days)
            return told, span.start

        best = max(spans, key=weight)
        passage = self.passages.rows[self.passages.at(best.start)]
        return replace(fact, evidence=(passage.span, best), sure=SHOWN if weight(best)[0] else CHANGED)

    def place(self, circuit: str) -> list[Span]:
        """Give where the text names a circuit: by this name, by another that is known, or by its first long word."""
        spans = self._spans_of(circuit)
        if not spans:
            key = fold(circuit)
            forms = {
                form for name, known in places().items() if key in (fold(name), *known) for form in (fold(name), *known)
            }
            spans = [span for form in sorted(forms, key=len, reverse=True) for span in self._spans_of(form)]
        if not spans:
            long = [word for word in re.findall(r"[^\W\d_]{5,}", circuit) if fold(word) not in ("circuit", "autodromo")]
            spans = [span for word in long for span in self._spans_of(word[:6], whole=False)]
        return sorted(spans)

    def title(self, words: str) -> Span | None:
        """Give where the text has these words first: all together, else each within one passage or the opening."""
        spans = self._spans_of(words)
        if spans:
            return spans[0]
        wanted = [re.compile(rf"(?<!\w){re.escape(word)}(?!\w)") for word in re.findall(r"\w+", fold(words))]
        for passage in self.passages.rows:
            if wanted and not passage.orders and all(word.search(passage.folded) for word in wanted):
                return passage.span
        opening = Span(0, min(len(self.text), 1_500))
        return opening if wanted and all(word.search(self.folded, 0, opening.end) for word in wanted) else None

    def year(self, year: str) -> Span | None:
        """Give where the text says a year, with four digits or, in a date, with two."""
        found = re.search(rf"(?<!\d){year}(?!\d)", self.text) or re.search(
            rf"(?<=[/.\-'’]){year[2:]}(?![\d/.])|(?<!\d){year}(?=\d{{4}})", self.text
        )
        return Span(found.start(), found.end()) if found else None

    # --- the text's own words --------------------------------------------------------------------------------------------

    def _spans_of(self, words: str, *, whole: bool = True) -> list[Span]:
        """Give where the text has these words, case, accents, blanks and a quote's dots aside."""
        wanted = fold(words).strip(" .…\"'«»“”").strip()
        if not wanted:
            return []
        if (wanted, whole) not in self.found:
            pattern = r"\s+".join(re.escape(word) for word in _BLANKS.split(wanted))
            pattern = rf"(?<!\w){pattern}" + (r"(?!\w)" if whole else "")
            matches = islice(re.finditer(pattern, self.folded), _PLACES)
            spans = [Span(match.start(), match.end()) for match in matches]
            self.found[wanted, whole] = spans
        return self.found[wanted, whole]


def _within(span: Span, passage: Span) -> bool:
    return passage.start <= span.start < passage.end


def label_of(fact: Fact) -> str:
    """Give a fact in a few signs that need no translation: "2, Rookie 1: A. Nom / B. Nom"."""
    who = " / ".join(fact.drivers) or fact.circuit
    ranked = " ".join(str(part) for part in (fact.ranking, fact.position or "") if part)
    where = ", ".join(part for part in (f"#{fact.race}" if fact.race else "", ranked or fact.start) if part)
    return f"{who} ({where})" if where else who


def people_of(facts: list[Fact]) -> Iterator[str]:
    """Give everybody whom facts name, each by the longest way of writing."""
    names: list[str] = []
    for name in sorted(
        {name for fact in facts for name in (*fact.drivers, *fact.gap_to)}, key=lambda name: (-len(name), name)
    ):
        if not any(same_person(name, other) for other in names):
            names.append(name)
    yield from names
