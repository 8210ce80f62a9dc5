"""A race as it holds: every ranking of every season on its grid, and where each place comes from."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import groupby

from racing.models import Archive, Correction, Disagreement, Driver, Entry, Fact, Place, Race, Result, Round
from racing.terms import OVERALL, TRACK, Contest, Origin, Status
from standings.sheets.winners import drivers_of
from standings.wording import describe_derived, ranking_name, short_status, show_reason


@dataclass(frozen=True, slots=True)
class Source:
    """Where something comes from: the words of a report, an archive, a person's correction, or what it follows from.

    `base` is where that comes from in its turn, so that every derived place leads to somebody's words.
    """

    origin: str
    fact: Fact | None = None
    correction: Correction | None = None
    why: str = ""
    base: "Source | None" = None
    archive: Archive | None = None


@dataclass(frozen=True, slots=True)
class ClassPlace:
    """A class of the car, and its place there (None: not known)."""

    name: str
    position: int | None


@dataclass(frozen=True, slots=True)
class Line:
    """One car in one ranking; without a position it has a status, or its place is not known."""

    entry: Entry
    drivers: tuple[Driver, ...]
    position: int | None = None
    source: Source | None = None
    status: str = ""
    detail: str = ""
    classes: tuple[ClassPlace, ...] = ()
    penalty: str = ""
    penalty_source: Source | None = None
    #: In this race; most cars have one number all season.
    number: str = ""
    laps: int | None = None
    #: Why it did not finish, as an archive tells it.
    reason: str = ""
    #: Where a report's page leads to from the words that say it.
    anchor: str = ""

    @property
    def car(self) -> Entry:
        """The car, under the name of its column: django-tables2 writes out a whole row that lacks it, at great cost."""
        return self.entry


@dataclass(frozen=True, slots=True)
class Gap:
    """Places that no report tells, `first` to `last`."""

    first: int
    last: int
    position: None = None
    car: None = None


@dataclass(slots=True)
class Ranking:
    """One ranking of a contest: its lines in order, with the gaps between those that are known."""

    contest: str
    ranking: str
    lines: list[Line | Gap] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The ranking in the reader's language."""
        return ranking_name(self.ranking)

    @property
    def says_more(self) -> bool:
        """Whether any line is not just derived: what is stands as a tag in the wider ranking already."""
        sources = [line.source for line in self.lines if isinstance(line, Line) and line.source]
        return any(source.origin != Origin.DERIVED for source in sources)


@dataclass(slots=True)
class SeasonSheet:
    """All that is known of the race in one season."""

    round: Round
    overall: Ranking
    classes: list[Ranking]
    road: Ranking | None
    qualifying: list[Ranking]
    fastest: list[Ranking]
    disagreements: list[Disagreement]
    known: int
    #: The archives that lines rest on.
    archives: list[Archive]
    #: The cars of the season that are known to have been there, with their crews, teams and makes.
    entries: list[Entry]


def load_race(race: Race) -> list[SeasonSheet]:
    """Read a race for each season on its grid; eleven queries, however many cars."""
    rounds = list(Round.objects.filter(event=race.event_id).select_related("season__series"))
    results = list(
        Result.objects.filter(race=race)
        .select_related("race", "entry__team", "entry__make__builder", "record__archive")
        .prefetch_related("places__driver", "entry__crew__driver", "entry__classes__racing_class")
        .order_by("pk")
    )
    disagreements = list(
        Disagreement.objects.filter(race=race)
        .select_related("kept_record__archive", "other_record__archive")
        .order_by("pk")
    )
    sources = _Sources(results, disagreements)
    sheets = []
    for row in sorted(rounds, key=lambda row: (row.season.series.name, row.season.year)):
        own = [result for result in results if result.entry.season_id == row.season_id]
        told = [sources.complete(one) for one in disagreements if one.season_id == row.season_id]
        sheets.append(_SheetOfSeason(row, own, sources).sheet(told))
    return sheets


class _Sources:
    """The facts with their reports, and the corrections with their authors, that a race's rows name; three queries."""

    def __init__(self, results: Iterable[Result], disagreements: Iterable[Disagreement]) -> None:
        results, disagreements = list(results), list(disagreements)
        places = [place for result in results for place in result.places.all()]
        facts = {place.fact_id for place in places} | {result.status_fact_id for result in results}
        self.archives = {result.record_id: result.record.archive for result in results if result.record}
        facts |= {result.penalty_fact_id for result in results}
        facts |= {one.kept_fact_id for one in disagreements} | {one.other_fact_id for one in disagreements}
        corrections = {place.correction_id for place in places} | {one.kept_correction_id for one in disagreements}
        corrections |= {result.status_correction_id for result in results}
        corrections |= {result.penalty_correction_id for result in results}
        # A report's text may be long: prefetched, it is there once, however many facts lie in it.
        self.facts: Mapping[int, Fact] = Fact.objects.prefetch_related("report").in_bulk(facts - {None})
        self.corrections: Mapping[int, Correction] = Correction.objects.select_related("author").in_bulk(
            corrections - {None}
        )
        self.cars = {result.entry_id: _car(result.entry) for result in results}

    def of_place(self, place: Place, wider: Mapping[str, Place]) -> Source:
        """Give where a place comes from; `wider` are the car's places in the contest by ranking, which it may follow from."""
        without = [self.cars[key] for key in place.why.get("without", []) if key in self.cars]
        why = describe_derived(place.why, without) if place.origin == Origin.DERIVED else ""
        # A class follows from the series' own ranking, and that from the road: never in a circle.
        rest = {ranking: other for ranking, other in wider.items() if ranking != place.ranking}
        held = rest.get(place.why.get("from", "")) if why else None
        base = self.of_place(held, rest) if held else None
        archive = self.archives.get(place.record_id)
        return Source(
            place.origin, self._fact(place.fact_id), self._correction(place.correction_id), why, base, archive
        )

    def of_status(self, result: Result) -> Source | None:
        """Give where a status comes from; None if it is not told."""
        fact, correction = self._fact(result.status_fact_id), self._correction(result.status_correction_id)
        archive = None if fact or correction else self.archives.get(result.record_id)
        return Source(result.status_origin, fact, correction, archive=archive) if result.status else None

    def of_penalty(self, result: Result) -> Source | None:
        """Give where a penalty comes from; None without one."""
        fact, correction = self._fact(result.penalty_fact_id), self._correction(result.penalty_correction_id)
        origin = Origin.CORRECTED if correction else Origin.STATED
        return Source(origin, fact, correction) if result.penalty else None

    def complete(self, one: Disagreement) -> Disagreement:
        """Give the disagreement with its facts, so that it asks the database nothing more."""
        one.kept_fact = self._fact(one.kept_fact_id)
        one.other_fact = self._fact(one.other_fact_id)
        one.kept_correction = self._correction(one.kept_correction_id)
        return one

    def _fact(self, key: int | None) -> Fact | None:
        return self.facts.get(key) if key else None

    def _correction(self, key: int | None) -> Correction | None:
        return self.corrections.get(key) if key else None


def _car(entry: Entry) -> str:
    names = "/".join(driver.last_name for driver in drivers_of(entry))
    return f"#{entry.number} {names}".strip() if entry.number else names


class _SheetOfSeason:
    """Lays out one season's results of the race."""

    def __init__(self, row: Round, results: list[Result], sources: _Sources) -> None:
        self.round, self.results, self.sources = row, results, sources
        self.places = {
            (place.contest, place.ranking, result.pk): place for result in results for place in result.places.all()
        }

        self.idle = self._classes_of_all()

    def _classes_of_all(self) -> frozenset[str]:
        """Give the classes in which every car of a race that is known in full ran: they tell nothing that overall does not."""
        own = [result for result in self.results if not result.entry.guest]
        starters = own[0].race.starters if own else None
        if starters is None or len(own) < starters:
            return frozenset()
        held = [
            {row.racing_class.name for row in result.entry.classes.all() if row.holds_in(self.round.number)}
            for result in own
        ]
        return frozenset(set.intersection(*held))

    def sheet(self, disagreements: list[Disagreement]) -> SeasonSheet:
        """Give every ranking in which something is known: the series' own, its classes, the road."""
        own = [result for result in self.results if not result.entry.guest]
        classes = [self._ranking(Contest.RACE, name, own) for name in self._classes()]
        road = self._ranking(Contest.RACE, TRACK, self.results)
        return SeasonSheet(
            self.round,
            self._ranking(Contest.RACE, OVERALL, own, with_the_rest=True),
            [ranking for ranking in classes if ranking.lines],
            road if road.lines else None,
            [ranking for ranking in self._all_of(Contest.QUALIFYING) if ranking.lines],
            [ranking for ranking in self._all_of(Contest.FASTEST_LAP) if ranking.lines],
            disagreements,
            known=sum(1 for contest, ranking, _ in self.places if (contest, ranking) == (Contest.RACE, OVERALL)),
            archives=list({row.record.archive: None for row in self.results if row.record}),
            entries=[row.entry for row in self.results],
        )

    def _classes(self) -> list[str]:
        """Give the classes that have places in the race, in the season's order."""
        order = {
            row.racing_class.name: (row.racing_class.order, row.racing_class.name)
            for result in self.results
            for row in result.entry.classes.all()
        }
        named = {ranking for _, ranking, _ in self.places if ranking not in (OVERALL, TRACK, *self.idle)}
        return sorted(named, key=lambda name: order.get(name, (99, name)))

    def _all_of(self, contest: Contest) -> list[Ranking]:
        names = [OVERALL, *self._classes(), TRACK]
        rankings = [self._ranking(contest, name, self.results) for name in names]
        return [ranking for ranking in rankings if ranking.ranking == OVERALL or ranking.says_more]

    def _ranking(self, contest: Contest, name: str, results: list[Result], *, with_the_rest: bool = False) -> Ranking:
        """Lay out one ranking; the series' own also shows who has no place in it, or none that is known."""
        placed = [
            (place.position, result)
            for result in results
            if (place := self.places.get((contest, name, result.pk))) is not None
        ]
        placed.sort(key=lambda pair: (pair[0], pair[1].pk))
        lines: list[Line | Gap] = []
        due = 1
        for position, rows in groupby(placed, key=lambda pair: pair[0]):
            if position > due and contest == Contest.RACE:
                lines.append(Gap(due, position - 1))
            held = [self._line(contest, name, result) for _, result in rows]
            lines += held
            due = position + len(held)
        if with_the_rest:
            there = {result.pk for _, result in placed}
            rest = [result for result in results if result.pk not in there and self._ran(result)]
            lines += [self._line(contest, name, result) for result in sorted(rest, key=_how_it_ended)]
        return Ranking(contest, name, lines)

    def _ran(self, result: Result) -> bool:
        """Tell whether anything is known of the race itself, not of qualifying alone."""
        raced = any(contest == Contest.RACE and pk == result.pk for contest, _, pk in self.places)
        return raced or bool(result.status) or bool(result.penalty)

    def _line(self, contest: Contest, name: str, result: Result) -> Line:
        place = self.places.get((contest, name, result.pk))
        in_race = contest == Contest.RACE
        return Line(
            result.entry,
            self._holder(place) or self._drivers(result.entry),
            place.position if place else None,
            self.sources.of_place(place, self._all_places(contest, result))
            if place
            else self.sources.of_status(result),
            short_status(result.status) if in_race else "",
            place.detail if place else "",
            self._class_places(contest, result) if name in (OVERALL, TRACK) else (),
            result.penalty if in_race else "",
            self.sources.of_penalty(result) if in_race else None,
            number=result.number or result.entry.number,
            laps=result.laps if in_race else None,
            reason=show_reason(result.record.reason) if in_race and result.record else "",
            anchor=f"place-{place.pk}" if place else "",
        )

    def _holder(self, place: Place | None) -> tuple[Driver, ...]:
        """Give who of the crew it was, where one alone can have been."""
        return (place.driver,) if place and place.driver else ()

    def _all_places(self, contest: Contest, result: Result) -> dict[str, Place]:
        """Give a car's places in a contest by ranking."""
        return {place.ranking: place for place in result.places.all() if place.contest == contest}

    def _drivers(self, entry: Entry) -> tuple[Driver, ...]:
        """Give the crew of this round; all of the season's where the round's is not known."""
        return drivers_of(entry, self.round.number, always=False) or drivers_of(entry)

    def _class_places(self, contest: Contest, result: Result) -> tuple[ClassPlace, ...]:
        running = [row for row in result.entry.classes.all() if row.holds_in(self.round.number)]
        names = [row.racing_class.name for row in sorted(running, key=lambda row: row.racing_class.order)]
        names = [name for name in names if name not in self.idle]
        told = [rank for kind, rank, pk in self.places if kind == contest and pk == result.pk and rank not in self.idle]
        names += [name for name in told if name not in (*names, OVERALL, TRACK)]
        found = [(name, self.places.get((contest, name, result.pk))) for name in dict.fromkeys(names)]
        return tuple(ClassPlace(name, place.position if place else None) for name, place in found)


def _how_it_ended(result: Result) -> tuple[int, int]:
    """Put who finished somewhere first, then the statuses in their order."""
    order = list(Status)
    return (order.index(Status(result.status)) if result.status else 0, result.pk)
