"""What a report tells, in the order of its page: facts by race and ranking, each with whom it means and what holds by it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from racing.corrections import field_words, value_words
from racing.evidence import Mark, marks_of
from racing.models import Correction, Entry, Fact, FactEntry, Place, Race, ReadingRecord, Report
from racing.models.reports import RANKINGS
from racing.names import fold
from racing.place_words import place_words
from racing.problems import sentence
from racing.settled import TAKING_PART
from racing.settling import CONTESTS
from racing.terms import OVERALL, TRACK, Contest, FactKind

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
    #: The places that hold of those whom it means; they need not be what it says.
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
    def label(self) -> str:
        """The people as the report names them, else the place or the words themselves."""
        return " / ".join(self.fact.drivers) or str(self.fact.data.get("circuit") or "") or self.fact.quote[:60]

    @property
    def days(self) -> str:
        """The first and the last day of a meeting to come."""
        days = [parse_date(self.fact.data.get(name) or "") for name in ("start", "end")]
        return " – ".join(date_format(day, "j F Y") for day in dict.fromkeys(days) if day)

    @property
    def matches_worth_telling(self) -> list[FactEntry]:
        """Whom it means, where that is not plain from the names themselves."""
        said = fold(" ".join(self.fact.drivers))
        return [match for match in self.matches if match.entry is None or not _same_people(match.entry, said)]

    @property
    def outranked(self) -> bool:
        """Whether something else holds: another report's word, or a person's."""
        return any(place.ranking == self.fact.ranking and place.position != self.position for place in self.places)

    @property
    def position(self) -> int | None:
        """The place it gives."""
        return 1 if self.fact.kind == FactKind.FASTEST_LAP else self.fact.position

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

    @property
    def rows(self) -> list[Told]:
        """Its facts, in the order of the page."""
        return [row for section in self.sections for row in section.rows]


@dataclass(frozen=True, slots=True)
class Trouble:
    """A problem with its sentence and, where it has one, its place in the text."""

    anchor: str
    sentence: str
    quote: str
    span: tuple[int, int] | None
    where: str = ""
    #: A person has entered what these words tell.
    entered: bool = False

    @property
    def place(self) -> str:
        """Its place in the text as an address has it: "12-90"."""
        return "{}-{}".format(*self.span) if self.span else ""


@dataclass(frozen=True, slots=True)
class ByHand:
    """A correction that somebody entered out of the report, and that holds."""

    correction: Correction
    what: str
    where: str

    @property
    def anchor(self) -> str:
        """The name of its words in the text."""
        return f"correction-{self.correction.pk}"


def _same_people(entry: Entry, said: str) -> bool:
    """Tell whether the folded names are those of the whole crew."""
    return fold(" ".join(str(member.driver) for member in entry.crew.all())) == said


def facts_of(report: Report) -> list[Told]:
    """Load a report's facts with all that the page shows of them."""
    facts = list(
        report.facts.select_related("race__event__circuit", "table_check__championship__season__series")
        .prefetch_related("matches__entry__crew__driver", "matches__season__series")
        .order_by("order")
    )
    places = _places_of(facts)
    return [
        Told(fact, list(fact.matches.all()), _that_answer(fact, places), getattr(fact, "table_check", None))
        for fact in facts
    ]


def _places_of(facts: Sequence[Fact]) -> dict[tuple[int, int], list[Place]]:
    """Load the places of all cars that the facts mean, by race and entry."""
    races = {fact.race_id for fact in facts if fact.race_id}
    entries = {match.entry_id for fact in facts for match in fact.matches.all() if match.entry_id}
    found: dict[tuple[int, int], list[Place]] = {}
    rows = Place.objects.filter(result__race__in=races, result__entry__in=entries).select_related("result")
    for place in rows.order_by("pk"):
        found.setdefault((place.result.race_id, place.result.entry_id), []).append(place)
    return found


def _that_answer(fact: Fact, places: dict[tuple[int, int], list[Place]]) -> list[Place]:
    """Give, for each season, the place that the fact speaks of, else the car's first place in the race."""
    contest = CONTESTS.get(FactKind(fact.kind), Contest.RACE)
    answers = []
    for match in fact.matches.all():
        if fact.race_id is None or match.entry_id is None or fact.kind in (FactKind.CLAIM, FactKind.MEETING):
            continue
        held = [place for place in places.get((fact.race_id, match.entry_id), []) if place.contest == contest]
        # Beside another series' cars, "overall" is the order on the road.
        wanted = [fact.ranking, TRACK if fact.ranking == OVERALL else OVERALL]
        same = sorted((place for place in held if place.ranking in wanted), key=lambda row: wanted.index(row.ranking))
        answers += (same or held)[:1]
    return answers


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
    return str(RANKINGS.get(ranking, ranking))


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


def by_hand(report: Report) -> list[ByHand]:
    """Give what people entered out of the report, in the order of the text; that a car took part is told by its place."""
    rows = report.corrections.filter(withdrawn_at=None).exclude(field=TAKING_PART)
    rows = rows.select_related("race__event__circuit", "entry", "author").prefetch_related("entry__crew__driver")
    found = []
    for row in rows:
        where = place_words(report.page_map.at(row.span[0])) if row.span else ""
        found.append(ByHand(row, f"{field_words(row.field)}: {value_words(row.field, row.value)}", where))
    return sorted(found, key=lambda each: (each.correction.span or [-1, -1], each.correction.pk))


def troubles_of(report: Report, reading: ReadingRecord | None, entered: Sequence[ByHand] = ()) -> list[Trouble]:
    """Give what a person should look at, in the order of the text; what was `entered` by hand says so."""
    rows = []
    spans = [each.correction.span for each in entered if each.correction.span]
    for index, problem in enumerate(reading.problems if reading else []):
        span = problem.get("span")
        pair = (span["start"], span["end"]) if isinstance(span, dict) else (tuple(span) if span else None)
        quote = report.text[slice(*pair)] if pair else ""
        where = place_words(report.page_map.at(pair[0])) if pair else ""
        words = sentence(problem["code"], problem.get("detail", ""))
        done = pair is not None and any(start < pair[1] and pair[0] < end for start, end in spans)
        rows.append(Trouble(f"problem-{index}", words, quote, pair, where, done))
    return sorted(rows, key=lambda row: row.span or (-1, -1))


def marks(told: Iterable[Told], troubles: Iterable[Trouble], entered: Iterable[ByHand] = ()) -> list[Mark]:
    """Give every place in the text that the page marks."""
    found = [mark for row in told for mark in marks_of(row.anchor, row.fact.spans)]
    found += [Mark(span[0], span[1], each.anchor) for each in entered if (span := each.correction.span)]
    return found + [Mark(*trouble.span, trouble.anchor) for trouble in troubles if trouble.span]
