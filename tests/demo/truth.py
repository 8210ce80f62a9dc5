"""The sample season's truth, and what it is worth by a calculation that shares nothing with the product."""

import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

SEASON = Path(__file__).resolve().parents[2] / "racing" / "demo" / "season.toml"


@dataclass(frozen=True)
class Car:
    """An entry: who drives it and in which classes; a car without a class runs "hors classement"."""

    drivers: tuple[str, ...]
    team: str
    classes: tuple[str, ...]

    def runs_in(self, ranking: str) -> bool:
        """Tell whether the car has places in the ranking."""
        return ranking == "track" or (bool(self.classes) and (ranking == "overall" or ranking in self.classes))


@dataclass(frozen=True)
class Race:
    """One race: car numbers in their order, guests among them, after the penalties."""

    number: int
    qualifying: tuple[int, ...]
    finish: tuple[int, ...]
    retired: tuple[int, ...]
    fastest_lap: dict[str, int]
    penalised: tuple[int, ...]


@dataclass(frozen=True)
class Meeting:
    """A circuit and its two races."""

    circuit: str
    start: date
    end: date
    races: tuple[Race, ...]


@dataclass(frozen=True)
class Truth:
    """The whole season."""

    rules: dict[str, Any]
    cars: dict[int, Car]
    meetings: tuple[Meeting, ...]

    @property
    def races(self) -> tuple[Race, ...]:
        """All races in their order."""
        return tuple(race for meeting in self.meetings for race in meeting.races)

    def order(self, cars: tuple[int, ...], ranking: str) -> list[int]:
        """Give those of the cars that have a place in the ranking, in their order."""
        return [car for car in cars if self.cars[car].runs_in(ranking)]

    def place(self, cars: tuple[int, ...], ranking: str, drivers: tuple[str, ...]) -> int | None:
        """Give the drivers' place, counted from one; None where they have none. One driver of a crew stands for it."""
        for place, car in enumerate(self.order(cars, ranking), 1):
            if set(drivers) <= set(self.cars[car].drivers):
                return place
        return None

    def scores(self, ranking: str, race: Race) -> dict[str, int]:
        """Give each driver's points of one race in a ranking: place, pole and fastest lap."""
        points: dict[str, int] = {}
        finish = self.order(race.finish, ranking)
        pole = self.order(race.qualifying, ranking)[0]
        for car in self.order(tuple(self.cars), ranking):
            place = finish.index(car) if car in finish else len(self.rules["scale"])
            score = self.rules["scale"][place] if place < len(self.rules["scale"]) else 0
            score += self.rules["pole"] * (car == pole) + self.rules["fastest_lap"] * (car == race.fastest_lap[ranking])
            points |= dict.fromkeys(self.cars[car].drivers, score)
        return points

    def table(self, ranking: str, after: int | None = None) -> dict[str, int]:
        """Give each driver's points after so many races, the best first; the season's worst scores do not count."""
        races = self.races if after is None else self.races[:after]
        counted = len(self.races) - self.rules["dropped"]
        rows = [self.scores(ranking, race) for race in races]
        totals = {driver: sum(sorted(row[driver] for row in rows)[-counted:]) for driver in rows[0]}
        return dict(sorted(totals.items(), key=lambda row: (-row[1], row[0])))


def load() -> Truth:
    """Read the truth of the sample season."""
    data = tomllib.loads(SEASON.read_text(encoding="utf-8"))

    def race(number: int, row: dict[str, Any]) -> Race:
        cars = {key: tuple(row.get(key, ())) for key in ("qualifying", "finish", "retired", "penalised")}
        return Race(number=number, fastest_lap=row["fastest_lap"], **cars)

    return Truth(
        rules={key: data[key] for key in ("scale", "pole", "fastest_lap", "dropped")},
        cars={
            int(number): Car(tuple(row["drivers"]), row["team"], tuple(row["classes"]))
            for number, row in data["entries"].items()
        },
        meetings=tuple(
            Meeting(row["circuit"], row["start"], row["end"], tuple(race(n, r) for n, r in enumerate(row["races"], 1)))
            for row in data["meetings"]
        ),
    )
