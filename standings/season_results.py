"""A season's rows to the values that are scored: its races in their order, with the places that are known."""

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from fractions import Fraction
from functools import cached_property, partial
from types import MappingProxyType
from typing import Any

from racing.listing import AskedList, ListedRace, Meeting, SeasonList, in_round
from racing.models import Season
from racing.outcomes import AskedOutcomes, Outcome
from racing.pipeline import Settled
from racing.statements import Values
from racing.terms import Contest, Mark, RaceStatus, Status
from standings.scoring import Entrants, Line, RaceResults
from standings.session_kinds import kind_of

_NOTHING: Mapping[Any, Any] = MappingProxyType({})
_new = object.__new__
_Set = Callable[[Line, Any], None]
_OF_RESULTS = ("status", "places", "laps", "laps_led", "drive", "holders")
_UNTOLD = (None, _NOTHING, None, None, _NOTHING, _NOTHING)
_TOLD: list[_Set] = [vars(Line)[name].__set__ for name in _OF_RESULTS]
_HELD: list[tuple[str, _Set]] = [
    (one.name, vars(Line)[one.name].__set__) for one in fields(Line) if one.name not in _OF_RESULTS
]
_CONTESTS = {contest.value: contest for contest in Contest}
_STATUSES = {status.value: status for status in Status}


@dataclass(frozen=True, slots=True)
class SeasonResults:
    """The races of a season in their order; `rounds` are its meetings with their numbers, in the same order.

    `entrants` are who may have run in each race, whether its results tell of them or not.
    """

    races: tuple[RaceResults, ...]
    rounds: tuple[tuple[int, int | None], ...]
    entrants: Mapping[int, Entrants] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SeasonRows:
    """All that the scoring of a season rests on but the rules, as it is stored: the season's list, and results by race.

    All of its races are there, in their order, their results in that of the entries.
    """

    listed: SeasonList
    results: Mapping[int, list[Outcome]]


class AskedRows:
    """What a season's scoring rests on, asked for; some of it may have been asked for before, when races were settled."""

    def __init__(self, season: Season, settled: Settled | None = None) -> None:
        """Ask for it, in a statement beside those of the list."""
        self._listed: SeasonList | AskedList = settled.listed if settled else AskedList(season)
        self._results = [settled.others] if settled else []
        self._results.append(AskedOutcomes(season, of=settled.races if settled else None))

    def given(self) -> SeasonRows:
        """Give it."""
        listed = self._listed.given() if isinstance(self._listed, AskedList) else self._listed
        found = [asked.given() for asked in self._results]
        results = {race.key: [one for own in found for one in own.get(race.key, ())] for race in listed.races}
        return SeasonRows(listed, results)


def season_results(season: Season, sessions: Collection[str]) -> SeasonResults:
    """Load a season with a fixed number of queries, and give it as `results_of` does."""
    return results_of(AskedRows(season).given(), sessions)


def results_of(rows: SeasonRows, sessions: Collection[str]) -> SeasonResults:
    """Give the season's results as they are scored.

    `sessions` are the kinds of session that some championship has a scale for (`standings.session_kinds`). A race that is only
    scheduled has no lines.
    """
    meetings = rows.listed.meetings
    cars = _Cars(rows.listed)
    place_of = _Places()
    values = tuple(
        RaceResults(
            key=race.key,
            round=race.event,
            number=meetings[race.event].number,
            session=kind_of(race.name, race.number, meetings[race.event].name, sessions),
            cancelled=race.status == RaceStatus.CANCELLED,
            starters=race.starters,
            attributes=race.figures,
            tags=race.words,
            lines=Lines(partial(_lines, rows, race, cars, place_of)),
        )
        for race in rows.listed.races
    )
    rounds = tuple((event, meeting.number) for event, meeting in meetings.items())
    return SeasonResults(values, rounds, SeasonEntrants(cars, rows.listed.races, meetings))


class _Places(dict[str, tuple[tuple[Contest, str], int]]):
    """Places by their texts: the same few for thousands of results, each made once. `holders` are those of one driver."""

    def __init__(self) -> None:
        super().__init__()
        self.holders: dict[str, tuple[Contest, tuple[int, ...]]] = {}

    def __missing__(self, text: str) -> tuple[tuple[Contest, str], int]:
        position, driver, contest, ranking = text.split(" ", 3)
        place = self[text] = (_CONTESTS[contest], ranking), int(position)
        if driver != "0":
            self.holders[text] = _CONTESTS[contest], (int(driver),)
        return place


class Lines(Sequence[Line]):
    """The lines of a race, put together when somebody looks at them: a correction looks at those of one race in fourteen."""

    def __init__(self, put_together: Callable[[], tuple[Line, ...]]) -> None:
        self._put_together = put_together

    @cached_property
    def all(self) -> tuple[Line, ...]:
        """The lines."""
        return self._put_together()

    def __getitem__(self, index: Any) -> Any:
        return self.all[index]

    def __iter__(self) -> Iterator[Line]:
        return iter(self.all)

    def __len__(self) -> int:
        return len(self.all)

    def __eq__(self, other: object) -> bool:
        return self.all == (other.all if isinstance(other, Lines) else other)

    __hash__ = None  # type: ignore[assignment]  # as of the values that they are compared by

    def __repr__(self) -> str:
        return repr(self.all)


def _lines(rows: SeasonRows, race: ListedRace, cars: "_Cars", place_of: _Places) -> tuple[Line, ...]:
    """Give the lines of a race."""
    number = rows.listed.meetings[race.event].number
    lines = []
    for entry, status, laps, laps_led, drive, told in (
        () if race.status == RaceStatus.SCHEDULED else rows.results[race.key]
    ):
        places = dict(map(place_of.__getitem__, told)) if told else _NOTHING
        holders: Mapping[Contest, tuple[int, ...]] = _NOTHING
        if place_of.holders:
            holders = dict(place_of.holders[text] for text in told if text in place_of.holders) or _NOTHING
        minutes = _minutes(drive)
        lines.append(cars.line(entry, number, _STATUSES.get(status), places, laps, laps_led, minutes, holders))
    return tuple(lines)


def _minutes(drive: str) -> Mapping[int, Fraction]:
    """Read the minutes at the wheel by driver; of most cars nothing is told."""
    return {int(key): Fraction(value) for key, value in json.loads(drive).items()} if drive != "{}" else _NOTHING


class _Cars:
    """The season's entries with their crews, classes and marks by round."""

    def __init__(self, listed: SeasonList) -> None:
        self.listed = listed
        self.entries = {car.key: car for car in listed.cars}
        self.first: dict[tuple[int, int | None], Line] = {}
        self.held: dict[tuple[int, int | None], list[tuple[_Set, Any]]] = {}
        # Of most entries all holds from the first round to the end, and is put together once.
        self.changing = {
            entry
            for spans in (listed.crews, listed.classes, listed.marks)
            for entry, own in spans.items()
            if any(span[:2] != (1, None) for span in own)
        }

    def line(self, entry: int, number: int | None, *told: Any) -> Line:
        """Give an entry's line in a race of a round; `told` is what the race's result says, in the order of `_TOLD`."""
        when = entry, number if entry in self.changing else None
        first = self.first.get(when)
        if first is None:
            line = self.first[when] = Line(entry, **self._holding(entry, number))
        else:
            held = self.held.get(when)
            if held is None:
                held = self.held[when] = [(set_to, getattr(first, name)) for name, set_to in _HELD]
            # A season has hundreds of lines; to call `Line` with all that is held of a car takes three times as long.
            line = _new(Line)
            for set_to, value in held:
                set_to(line, value)
        for set_to, value in zip(_TOLD, told or _UNTOLD, strict=True):
            set_to(line, value)
        return line

    def entrants(self, number: int | None) -> Entrants:
        """Give the cars that the season's list has in a round; one of which no driver is known is there all season.

        A list is never surely whole: reports tell of cars that it does not have.
        """
        crews = self.listed.crews
        cars = [entry for entry in self.entries if not crews[entry] or in_round(crews[entry], number)]
        return Entrants(tuple([self.line(entry, number) for entry in cars]))

    def _holding(self, entry: int, number: int | None) -> dict[str, Any]:
        """Give what holds of an entry in a round."""
        car = self.entries[entry]
        crew = in_round(self.listed.crews[entry], number)
        classes = in_round(self.listed.classes[entry], number)
        held = {
            "drivers": tuple(dict.fromkeys(driver for driver, _, _ in crew)),
            "team": car.team,
            "guest": car.guest,
            "classes": frozenset(name for name, _ in classes),
            # As in settling: overlays alone shut out no class, any other class all that are not told.
            "more_classes": all(overlay for _, overlay in classes),
            "make": car.builder or car.make,
            "entity": car.make,
            "flags": _flags(crew),
        }
        if marks := in_round(self.listed.marks[entry], number):
            held |= _marked(marks)
        return held


def _marked(held: Iterable[Values]) -> dict[str, Any]:
    """Give what marks tell of a car; of two marks of a kind the one that began last holds."""
    marks = {(kind, tag): (nth, other) for kind, tag, nth, other in held}
    nothing = None, None
    return {
        "registered": (Mark.UNREGISTERED, "") not in marks,
        "nominated": (Mark.NOMINATED, "") in marks,
        "tags": frozenset(tag for kind, tag in marks if kind == Mark.TAG),
        "team_car": marks.get((Mark.TEAM_CAR, ""), nothing)[0],
        "crew": marks.get((Mark.CREW, ""), nothing)[1],
        "car": marks.get((Mark.CAR, ""), nothing)[1],
    }


def _flags(crew: Iterable[Values]) -> dict[int, frozenset[str]]:
    """Give what each driver of a crew is, the two letters of the nationality among it; who is nothing is not there."""
    found: dict[int, frozenset[str]] = {}
    for driver, flags, nationality in crew:
        if flags or nationality:
            words = {word for part in (*flags.split(","), nationality) if (word := part.strip())}
            found[driver] = found.get(driver, frozenset()) | words
    return found


class SeasonEntrants(Mapping[int, Entrants]):
    """Who may have run in each race, by its id; looked up when it is asked for, since most races are known in whole."""

    def __init__(self, cars: _Cars, races: Iterable[ListedRace], meetings: Mapping[int, Meeting]) -> None:
        self._cars = cars
        self._rounds = {race.key: meetings[race.event].number for race in races}
        self._found: dict[int | None, Entrants] = {}

    def __getitem__(self, race: int) -> Entrants:
        number = self._rounds[race]
        if number not in self._found:
            self._found[number] = self._cars.entrants(number)
        return self._found[number]

    def __iter__(self) -> Iterator[int]:
        return iter(self._rounds)

    def __len__(self) -> int:
        return len(self._rounds)
