"""The archive's seasons as they are to be browsed: meetings, cars with their crews, and how each race ended for each car.

A car is who started in it with which chassis and engine (and which of several such, where somebody started in two): numbers
change from race to race in the early years. Others who took it over are its crew of that round.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from racing.terms import Status
from standings.history.f1db import DATA, ORDINARY, RACE, STATUSES, Row, by_season, read_rows

#: Chassis with engine, who starts in it, and which of several such cars of a race.
Car = tuple[str, str, int]

NOT_STARTED = frozenset({"DNS", "DNQ", "DNPQ", "DNP", "EX"})


@dataclass(frozen=True, slots=True)
class Finish:
    """How a session ended for a car; `fastest_by` is who set the fastest lap, where several shared the car."""

    car: Car
    drivers: tuple[str, ...]
    number: str
    position: int | None
    status: Status
    pole: bool
    fastest: bool
    fastest_by: str
    laps: int | None
    reason: str
    car_class: str
    started: bool


@dataclass(frozen=True, slots=True)
class Session:
    """One start of a round: `kind` is "race" or "sprint". In a `mixed` one ran cars that are not paid."""

    round: int
    kind: str
    finishes: tuple[Finish, ...]

    @property
    def starters(self) -> int:
        """How many cars started."""
        return sum(finish.started for finish in self.finishes)

    @property
    def mixed(self) -> bool:
        """Whether cars of another class ran among the ordinary ones."""
        return any(finish.car_class != ORDINARY for finish in self.finishes)


@dataclass(frozen=True, slots=True)
class Year:
    """A season: its meetings (rows of `races.csv`) in their order, its sessions, and the decisions taken in it."""

    year: int
    meetings: tuple[Row, ...]
    sessions: tuple[Session, ...]
    decisions: tuple[Row, ...]

    def crews(self) -> dict[Car, dict[str, list[int]]]:
        """Give each car's drivers in the order in which they first sat in it, with the rounds in which they did."""
        found: dict[Car, dict[str, list[int]]] = {}
        for session in self.sessions:
            for finish in session.finishes:
                crew = found.setdefault(finish.car, {})
                for driver in finish.drivers:
                    rounds = crew.setdefault(driver, [])
                    if session.round not in rounds:
                        rounds.append(session.round)
        return found

    def numbers(self) -> dict[Car, str]:
        """Give the number of each car that had one number all season, and no other car that number."""
        held: dict[Car, set[str]] = defaultdict(set)
        for session in self.sessions:
            for finish in session.finishes:
                held[finish.car].add(finish.number)
        one = {car: next(iter(numbers)) for car, numbers in held.items() if len(numbers) == 1}
        users: dict[str, int] = defaultdict(int)
        for numbers in held.values():
            for number in numbers:
                users[number] += 1
        return {car: number for car, number in one.items() if users[number] == 1}

    def classes(self) -> dict[Car, list[tuple[str, int, int | None]]]:
        """Give the classes of each car as spans of rounds (None: to the end); empty where the season has only one class."""
        if not any(session.mixed for session in self.sessions):
            return {}
        found: dict[Car, list[tuple[str, int, int | None]]] = {}
        other: dict[Car, dict[int, str]] = defaultdict(dict)
        for session in self.sessions:
            for finish in session.finishes:
                found.setdefault(finish.car, [])
                if finish.car_class != ORDINARY:
                    other[finish.car][session.round] = finish.car_class
        for car in found:
            found[car] = _spans(other[car])
        return found


def _spans(other: Mapping[int, str]) -> list[tuple[str, int, int | None]]:
    """Give spans of rounds: the ordinary class but for the rounds of another."""
    spans: list[tuple[str, int, int | None]] = []
    start = 1
    for number in sorted(other):
        if number > start:
            spans.append((ORDINARY, start, number - 1))
        spans.append((other[number], number, number))
        start = number + 1
    return [*spans, (ORDINARY, start, None)]


def years(folder: Path = DATA) -> Iterator[Year]:
    """Give the seasons in their order. Raises OSError where a file is missing, KeyError where a column is."""
    results = by_season(read_rows(folder, "results"))
    meetings = by_season(read_rows(folder, "races"))
    decisions = by_season(read_rows(folder, "adjustments"))
    for year in sorted(results):
        yield Year(int(year), tuple(meetings[year]), tuple(_sessions(results[year])), tuple(decisions[year]))


def _sessions(rows: Sequence[Row]) -> Iterator[Session]:
    held: dict[tuple[int, bool, str], list[Row]] = defaultdict(list)
    for row in rows:
        # The sprint is run before the race.
        held[int(row["round"]), row["kind"] == RACE, row["kind"]].append(row)
    for (number, _, kind), own in sorted(held.items(), key=lambda one: one[0]):
        yield Session(number, kind, tuple(_finishes(own)))


def _finishes(rows: Sequence[Row]) -> Iterator[Finish]:
    cars: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        cars["shared" if row["shared_car"] else row["row"], row["car_number"]].append(row)
    seen: dict[tuple[str, str], int] = defaultdict(int)
    for own in cars.values():
        own = sorted(own, key=lambda row: int(row["shared_car"] or 0))
        first = own[0]
        seen[first["entity"], first["driver"]] += 1
        holders = [row["driver"] for row in own if row["fastest_lap"]]
        yield Finish(
            (first["entity"], first["driver"], seen[first["entity"], first["driver"]]),
            tuple(dict.fromkeys(row["driver"] for row in own)),
            first["car_number"],
            int(first["position"]) if first["position"] else None,
            STATUSES.get(first["status"]) or Status(first["status"]),
            any(row["pole"] for row in own),
            bool(holders),
            holders[0] if holders and len(own) > 1 else "",
            _laps(own),
            first["reason"],
            first["car_class"] or ORDINARY,
            first["status"] not in NOT_STARTED,
        )


def _laps(rows: Sequence[Row]) -> int | None:
    """Give how many laps a car ran: of drivers who shared it, each is told to have run all of them."""
    laps = [int(row["laps"]) for row in rows if row["laps"]]
    return max(laps) if laps else None
