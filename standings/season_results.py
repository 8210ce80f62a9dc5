"""A season's rows to the values that are scored: its races in their order, with the places that are known."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from django.db.models import F, QuerySet

from racing.models import CrewMember, Entry, EntryClass, EntryMark, Place, Race, Result, Round, Season
from racing.models.entries import holds
from racing.terms import Contest, Mark, RaceStatus, Status
from standings.scoring import Entrants, Line, RaceResults
from standings.session_kinds import kind_of


@dataclass(frozen=True, slots=True)
class SeasonResults:
    """The races of a season in their order; `rounds` are its meetings with their numbers, in the same order.

    `entrants` are who may have run in each race, whether its results tell of them or not.
    """

    races: tuple[RaceResults, ...]
    rounds: tuple[tuple[int, int | None], ...]
    entrants: Mapping[int, Entrants] = field(default_factory=dict)


def season_results(season: Season, sessions: Collection[str]) -> SeasonResults:
    """Load a season with a fixed number of queries.

    `sessions` are the kinds of session that some championship has a scale for (`standings.session_kinds`). A race that is only
    scheduled has no lines.
    """
    rounds = list(
        Round.objects.filter(season=season)
        .order_by("order", F("event__start").asc(nulls_last=True), "event_id")
        .values_list("event_id", "number", "event__name")
    )
    numbers = {event: number for event, number, _ in rounds}
    names = {event: name for event, _, name in rounds}
    place = {event: index for index, event in enumerate(numbers)}
    races = sorted(Race.objects.filter(event__in=place), key=lambda race: (place[race.event_id], race.number))
    listed = _Listed(season)
    lines = _lines(season, races, numbers, listed)
    values = tuple(
        RaceResults(
            key=race.pk,
            round=race.event_id,
            number=numbers[race.event_id],
            session=kind_of(race.name, race.number, names[race.event_id], sessions),
            cancelled=race.status == RaceStatus.CANCELLED,
            starters=race.starters,
            attributes=race.figures,
            tags=race.words,
            lines=() if race.status == RaceStatus.SCHEDULED else tuple(lines[race.pk]),
        )
        for race in races
    )
    return SeasonResults(values, tuple(numbers.items()), SeasonEntrants(listed, races, numbers))


def _lines(
    season: Season, races: Iterable[Race], numbers: dict[int, int | None], listed: "_Listed"
) -> dict[int, list[Line]]:
    """Give the lines of each race by its id."""
    round_of = {race.pk: numbers[race.event_id] for race in races}
    results = Result.objects.filter(entry__season=season, race__in=round_of).order_by()
    statuses = {status.value: status for status in Status}
    places: dict[int, dict[tuple[Contest, str], int]] = defaultdict(dict)
    holders: dict[int, dict[Contest, tuple[int, ...]]] = defaultdict(dict)
    contests = {contest.value: contest for contest in Contest}
    # The same few keys for thousands of places, each made once.
    keys: dict[str, dict[str, tuple[Contest, str]]] = {contest: {} for contest in contests}
    own = Place.objects.filter(result__entry__season=season, result__race__in=round_of).order_by()
    for result, contest, ranking, position, driver in own.values_list(
        "result_id", "contest", "ranking", "position", "driver_id"
    ):
        known = keys[contest]
        places[result][known.get(ranking) or known.setdefault(ranking, (contests[contest], ranking))] = position
        if driver is not None:
            holders[result][contests[contest]] = (driver,)
    lines: dict[int, list[Line]] = defaultdict(list)
    for result, race, entry, status, laps, laps_led, drive in results.values_list(
        "pk", "race_id", "entry_id", "status", "laps", "laps_led", "drive"
    ):
        lines[race].append(
            listed.line(
                entry,
                round_of[race],
                status=statuses.get(status),
                places=places.get(result, {}),
                laps=laps,
                laps_led=laps_led,
                drive={int(driver): Fraction(minutes) for driver, minutes in drive.items()},
                holders=holders.get(result, {}),
            )
        )
    return lines


class _Listed:
    """The season's entries with their crews, classes and marks by round; four queries."""

    def __init__(self, season: Season) -> None:
        rows = Entry.objects.filter(season=season)
        self.entries = {
            key: (team, guest, builder or make, make)
            for key, team, guest, make, builder in rows.values_list(
                "pk", "team_id", "guest", "make_id", "make__builder_id"
            )
        }
        crews = CrewMember.objects.filter(entry__season=season).order_by("order", "pk")
        self.crews = _by_entry(crews, "driver_id", "flags", "driver__nationality")
        self.classes = _by_entry(EntryClass.objects.filter(entry__season=season), "racing_class__name")
        marks = EntryMark.objects.filter(entry__season=season).order_by("from_round", "pk")
        self.marks = _by_entry(marks, "kind", "tag", "nth", "other_id")
        self.held: dict[tuple[int, int | None], dict[str, Any]] = {}
        # Of most entries all holds from the first round to the end, and is put together once.
        self.changing = {
            entry
            for rows in (self.crews, self.classes, self.marks)
            for entry, own in rows.items()
            if any(row[:2] != (1, None) for row in own)
        }

    def line(self, entry: int, number: int | None, **told: Any) -> Line:
        """Give an entry's line in a race of a round; `told` is what the race's result says."""
        when = entry, number if entry in self.changing else None
        held = self.held.get(when)
        if held is None:
            held = self.held[when] = self._holding(entry, number)
        return Line(entry, **held, **told)

    def entrants(self, number: int | None) -> Entrants:
        """Give the cars that the season's list has in a round; one of which no driver is known is there all season.

        A list is never surely whole: reports tell of cars that it does not have.
        """
        cars = [entry for entry in self.entries if not self.crews[entry] or any(_in_round(self.crews[entry], number))]
        return Entrants(tuple([self.line(entry, number) for entry in cars]))

    def _holding(self, entry: int, number: int | None) -> dict[str, Any]:
        """Give what holds of an entry in a round."""
        team, guest, make, entity = self.entries[entry]
        crew = list(_in_round(self.crews[entry], number))
        # Of two marks of a kind the one that began last holds.
        marks = {(kind, tag): (nth, other) for kind, tag, nth, other in _in_round(self.marks[entry], number)}
        nothing = None, None
        return {
            "drivers": tuple(dict.fromkeys(driver for driver, _, _ in crew)),
            "team": team,
            "guest": guest,
            "classes": frozenset(name for (name,) in _in_round(self.classes[entry], number)),
            "make": make,
            "entity": entity,
            "registered": (Mark.UNREGISTERED, "") not in marks,
            "nominated": (Mark.NOMINATED, "") in marks,
            "tags": frozenset(tag for kind, tag in marks if kind == Mark.TAG),
            "team_car": marks.get((Mark.TEAM_CAR, ""), nothing)[0],
            "crew": marks.get((Mark.CREW, ""), nothing)[1],
            "car": marks.get((Mark.CAR, ""), nothing)[1],
            "flags": _flags(crew),
        }


def _flags(crew: Iterable[tuple[int, str, str]]) -> dict[int, frozenset[str]]:
    """Give what each driver of a crew is, the two letters of the nationality among it; who is nothing is not there."""
    found: dict[int, frozenset[str]] = {}
    for driver, flags, nationality in crew:
        if flags or nationality:
            words = {word for part in (*flags.split(","), nationality) if (word := part.strip())}
            found[driver] = found.get(driver, frozenset()) | words
    return found


class SeasonEntrants(Mapping[int, Entrants]):
    """Who may have run in each race, by its id; looked up when it is asked for, since most races are known in whole."""

    def __init__(self, listed: _Listed, races: Iterable[Race], numbers: Mapping[int, int | None]) -> None:
        self._listed = listed
        self._rounds = {race.pk: numbers[race.event_id] for race in races}
        self._found: dict[int | None, Entrants] = {}

    def __getitem__(self, race: int) -> Entrants:
        number = self._rounds[race]
        if number not in self._found:
            self._found[number] = self._listed.entrants(number)
        return self._found[number]

    def __iter__(self) -> Iterator[int]:
        return iter(self._rounds)

    def __len__(self) -> int:
        return len(self._rounds)


def _by_entry(rows: QuerySet[Any], *fields: str) -> dict[int, list[tuple[Any, ...]]]:
    """Give the rounds from and to which each row holds, and its fields, by entry."""
    found: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
    for entry, *values in rows.values_list("entry_id", "from_round", "to_round", *fields):
        found[entry].append(tuple(values))
    return found


def _in_round(rows: Iterable[tuple[Any, ...]], number: int | None) -> Iterable[tuple[Any, ...]]:
    return (tuple(fields) for first, last, *fields in rows if holds(first, last, number))
