"""What a report tells, in the order of its page: facts by race and ranking, each with whom it means and what holds by it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from racing.evidence import Mark, marks_of
from racing.models import Fact, FactEntry, Place, Race, ReadingRecord, Report
from racing.problems import sentence
from racing.terms import OVERALL, TRACK, FactKind

#: The headings under which a race's facts stand, in this order.
SECTIONS = {
    FactKind.FINISH: gettext_lazy("Race"),
    FactKind.QUALIFYING: gettext_lazy("Qualifying"),
    FactKind.FASTEST_LAP: gettext_lazy("Fastest lap"),
    FactKind.PENALTY: gettext_lazy("Penalties"),
    FactKind.RETIREMENT: gettext_lazy("Retirements"),
}
#: From here on a fact counts as sure; below, the page says that the reader was in doubt.
SURE = 0.8


@dataclass(frozen=True, slots=True)
class Told:
    """A fact, and what became of it."""

    fact: Fact
    matches: Sequence[FactEntry]
    places: Sequence[Place]
    check: Any  # standings.models.ClaimCheck: racing may not import it

    @property
    def anchor(self) -> str:
        """The name of its words in the text."""
        return f"fact-{self.fact.pk}"

    @property
    def in_doubt(self) -> bool:
        """Whether the reader was not sure."""
        return self.fact.sure < SURE

    @property
    def percent(self) -> int:
        """How sure the reader was."""
        return round(self.fact.sure * 100)

    @property
    def who(self) -> str:
        """The people as the report names them."""
        return " / ".join(self.fact.drivers)

    @property
    def race(self) -> Race | None:
        """The race on whose page what this says can be seen."""
        return self.fact.race


@dataclass(slots=True)
class Section:
    """The facts of one kind and ranking in one race."""

    title: str
    ranking: str
    rows: list[Told] = field(default_factory=list)


@dataclass(slots=True)
class Chapter:
    """The facts about one race, or about none in particular."""

    title: str
    race: Race | None = None
    sections: list[Section] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Trouble:
    """A problem with its sentence and, where it has one, its place in the text."""

    anchor: str
    sentence: str
    quote: str
    span: tuple[int, int] | None


def facts_of(report: Report) -> list[Told]:
    """Load a report's facts with all that the page shows of them."""
    facts = (
        report.facts.select_related("race__event__circuit", "table_check__championship__season__series")
        .prefetch_related("matches__entry__crew__driver", "matches__season__series", "places__result")
        .order_by("order")
    )
    return [
        Told(fact, list(fact.matches.all()), list(fact.places.all()), getattr(fact, "table_check", None))
        for fact in facts
    ]


def chapters(told: Iterable[Told]) -> list[Chapter]:
    """Arrange facts by race, kind and ranking; claims and coming meetings stand last."""
    found: dict[tuple[Any, ...], Chapter] = {}
    sections: dict[tuple[Any, ...], Section] = {}
    for row in sorted(told, key=_place_on_the_page):
        fact = row.fact
        key = _chapter_key(fact)
        chapter = found.setdefault(key, Chapter(_chapter_title(fact), fact.race if key[0] == 0 else None))
        section_key = (*key, fact.kind, fact.ranking)
        if section_key not in sections:
            title = str(SECTIONS.get(FactKind(fact.kind), ""))
            sections[section_key] = Section(title, ranking_name(fact.ranking))
            chapter.sections.append(sections[section_key])
        sections[section_key].rows.append(row)
    return list(found.values())


def ranking_name(ranking: str) -> str:
    """Give the words for a ranking; a class has its own name."""
    return {TRACK: _("on the road"), OVERALL: _("overall")}.get(ranking, ranking)


def _chapter_key(fact: Fact) -> tuple[int, int]:
    if fact.kind == FactKind.CLAIM:
        return 2, 0
    if fact.kind == FactKind.MEETING:
        return 3, 0
    number = fact.race.number if fact.race else fact.race_number
    return (0, number) if number else (1, 0)


def _chapter_title(fact: Fact) -> str:
    kind, number = _chapter_key(fact)
    if kind == 0:
        return fact.race.label if fact.race else _("Race %(number)d") % {"number": number}
    return {1: _("No race told"), 2: _("About the championship"), 3: _("Meetings to come")}[kind]


def _place_on_the_page(row: Told) -> tuple[Any, ...]:
    fact = row.fact
    kinds = [*SECTIONS, FactKind.CLAIM, FactKind.MEETING]
    ranking = {TRACK: 0, OVERALL: 1}.get(fact.ranking, 2)
    return (
        *_chapter_key(fact),
        kinds.index(FactKind(fact.kind)),
        ranking,
        fact.ranking,
        fact.position or 0,
        fact.order,
    )


def troubles_of(report: Report, reading: ReadingRecord | None) -> list[Trouble]:
    """Give what a person should look at, in the order of the text."""
    rows = []
    for index, problem in enumerate(reading.problems if reading else []):
        span = problem.get("span")
        pair = (span["start"], span["end"]) if isinstance(span, dict) else (tuple(span) if span else None)
        quote = report.text[slice(*pair)] if pair else ""
        rows.append(Trouble(f"problem-{index}", sentence(problem["code"], problem.get("detail", "")), quote, pair))
    return sorted(rows, key=lambda row: row.span or (-1, -1))


def marks(told: Iterable[Told], troubles: Iterable[Trouble]) -> list[Mark]:
    """Give every place in the text that the page marks."""
    found = [mark for row in told for mark in marks_of(row.anchor, row.fact.spans)]
    return found + [Mark(*trouble.span, trouble.anchor) for trouble in troubles if trouble.span]
