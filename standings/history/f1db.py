"""The Formula One World Championship out of a folder of tables made from F1DB: results, rules and the official tables.

The folder holds `results.csv`, `rules.json`, `adjustments.csv`, `standings_drivers.csv`, `standings_constructors.csv`,
`standings_by_round.csv` and `by_round_known_issues.csv`, each packed (`.csv.gz`) or not. A part of the seasons will do.
`DATA` is the project's own folder, with all seasons; its `README.md` tells whose work it is.
"""

import csv
import gzip
import io
import json
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any

from racing.terms import OVERALL, TRACK, Contest, Status
from standings.scoring import Line, RaceResults
from standings.scoring.points import parse_points

Row = Mapping[str, str]
#: Subject -> position as text, points.
Table = dict[str, tuple[str, Fraction]]

DATA = Path(__file__).parent / "data"
CHAMPIONSHIPS = {"drivers": "driver", "constructors": "entity"}
#: A car of no class was an ordinary entry.
ORDINARY = "F1"
#: Begins what a reason says of the columns of its file.
ABOUT_THE_FILE = " Value = "
RACE = "race"
STATUSES = {"FIN": Status.FINISHED, "DNPQ": Status.DNQ, "DNP": Status.DNQ}
TIEBREAKS: Mapping[str, Any] = {
    "countback_scoring": {"countback": {"depth": "scoring", "sessions": [RACE]}},
    "countback_all": {"countback": {"sessions": [RACE]}},
    "first_achieved": {"first_achieved": {"sessions": [RACE]}},
}


@dataclass(frozen=True, slots=True)
class Official:
    """The tables of a championship as they were published: the last one, totals without drops, and after each round.

    `unsure` are the subjects of a round whose row the archive is known to have otherwise.
    """

    final: Table
    gross: Mapping[str, Fraction]
    after: Mapping[int, Table]
    unsure: Mapping[int, frozenset[str]]


@dataclass(slots=True)
class Season:
    """One season: its sessions, the numbers that stand for names in them, its rules as the archive has them, its tables."""

    year: int
    races: tuple[RaceResults, ...]
    ids: dict[str, int]
    cars: Mapping[tuple[int, str, str], int]
    rules: Mapping[str, Mapping[str, Any]]
    adjustments: Mapping[str, Sequence[Row]]
    official: Mapping[str, Official]
    names: dict[int, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Turn the names round."""
        self.names = {key: name for name, key in self.ids.items()}


def seasons(folder: Path = DATA, only: Collection[int] = ()) -> Iterator[Season]:
    """Give the seasons of a folder in their order, all or `only` those of some years.

    Raises OSError where a file is missing, KeyError where a column is.
    """
    rules: dict[str, Any] = json.loads((folder / "rules.json").read_text(encoding="utf-8"))
    results = by_season(read_rows(folder, "results"))
    adjustments = by_season(read_rows(folder, "adjustments"))
    published = {kind: by_season(read_rows(folder, f"standings_{kind}")) for kind in CHAMPIONSHIPS}
    after = by_season(read_rows(folder, "standings_by_round"))
    unsure = by_season(read_rows(folder, "by_round_known_issues"))
    for year in sorted(year for year in results if not only or int(year) in only):
        season = _Reading()
        for row in results[year]:
            season.add(row)
        official = {
            kind: _official(kind, published[kind][year], after[year], unsure[year])
            for kind in CHAMPIONSHIPS
            if kind in rules[year]
        }
        own = {kind: [row for row in adjustments[year] if row["championship"] == kind] for kind in CHAMPIONSHIPS}
        yield Season(int(year), season.races(), season.ids, season.cars, rules[year], own, official)


def published_tables(folder: Path = DATA) -> dict[tuple[int, str], Table]:
    """Give the published last table of each season, by its year and championship."""
    return {
        (int(year), kind): _final(kind, rows)
        for kind in CHAMPIONSHIPS
        for year, rows in by_season(read_rows(folder, f"standings_{kind}")).items()
    }


def read_rows(folder: Path, name: str) -> list[Row]:
    """Give the rows of a table of the folder. Raises OSError where there is none."""
    packed = folder / f"{name}.csv.gz"
    data = gzip.decompress(packed.read_bytes()) if packed.exists() else (folder / f"{name}.csv").read_bytes()
    return list(csv.DictReader(io.StringIO(data.decode("utf-8"))))


def by_season(rows: Sequence[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row["season"]].append(row)
    return found


def _final(kind: str, rows: Sequence[Row]) -> Table:
    name = "driver" if kind == "drivers" else "entity"
    return {row[name]: (row["position"], parse_points(row["points"])) for row in rows}


def _official(kind: str, final: Sequence[Row], after: Sequence[Row], unsure: Sequence[Row]) -> Official:
    name = "driver" if kind == "drivers" else "entity"
    rounds: dict[int, Table] = defaultdict(dict)
    for row in after:
        if row["championship"] == kind.removesuffix("s"):
            rounds[int(row["round"])][row["id"]] = row["position"], parse_points(row["points"])
    doubts: dict[int, set[str]] = defaultdict(set)
    for row in unsure:
        if row["championship"] == kind:
            doubts[int(row["round"])].add(row["id"])
    return Official(
        _final(kind, final),
        {row[name]: parse_points(row["points_gross"]) for row in final},
        rounds,
        {number: frozenset(names) for number, names in doubts.items()},
    )


class _Reading:
    """The sessions of a season, row by row. The rows of one position with one number are one car, that drivers shared."""

    def __init__(self) -> None:
        self.ids: dict[str, int] = {}
        self.cars: dict[tuple[int, str, str], int] = {}
        self.sessions: dict[tuple[int, str], dict[tuple[str, ...], list[Row]]] = {}

    def add(self, row: Row) -> None:
        session = self.sessions.setdefault((int(row["round"]), row["kind"]), {})
        key = (row["position"], row["car_number"]) if row["position"] else (row["row"],)
        session.setdefault(key, []).append(row)

    def races(self) -> tuple[RaceResults, ...]:
        # The sprint is run before the race.
        order = sorted(self.sessions, key=lambda one: (one[0], one[1] == RACE))
        return tuple(
            RaceResults(
                key=key_of(number, kind),
                round=number,
                number=number,
                session=kind,
                lines=tuple(self._line(number, rows) for rows in self.sessions[number, kind].values()),
            )
            for number, kind in order
        )

    def _line(self, number: int, rows: Sequence[Row]) -> Line:
        first = rows[0]
        entry = len(self.cars) + 1
        entry = self.cars.setdefault((number, first["entity"], first["car_number"]), entry)
        drivers = tuple(self._id(row["driver"]) for row in rows)
        places: dict[tuple[Contest, str], int] = {}
        if first["position"]:
            places = dict.fromkeys([(Contest.RACE, TRACK), (Contest.RACE, OVERALL)], int(first["position"]))
        fastest = tuple(driver for driver, row in zip(drivers, rows, strict=True) if row["fastest_lap"])
        if fastest:
            places[Contest.FASTEST_LAP, OVERALL] = 1
        return Line(
            entry,
            drivers,
            entity=self._id(first["entity"]),
            classes=frozenset([first["car_class"] or ORDINARY]),
            status=STATUSES.get(first["status"]) or Status(first["status"]),
            places=places,
            laps=int(first["laps"]) if first.get("laps") else None,
            holders={Contest.FASTEST_LAP: fastest} if fastest else {},
        )

    def _id(self, name: str) -> int:
        return self.ids.setdefault(name, len(self.ids) + 1)


def key_of(number: int, kind: str) -> int:
    """Give the id of a session of a round."""
    return number * 2 + (kind == RACE)


def rules_of(season: Season, championship: str) -> dict[str, Any]:
    """Give a championship's rules in the words of `standings.scoring.parsing`."""
    told = season.rules[championship]
    rules: dict[str, Any] = {
        "subject": CHAMPIONSHIPS[championship],
        "scales": told["scales"],
        "unit": "round",
        "tiebreak": [TIEBREAKS[step] for step in told["tiebreak"]],
        "listed": {"classified": [RACE]} if told["listed"] == "classified" else told["listed"],
        "adjustments": [_adjustment(season, row) for row in season.adjustments[championship]],
    }
    for key in ("round_multiplier", "shared", "cars", "exclude_rounds"):
        if key in told:
            rules[key] = told[key]
    if "ineligible_classes" in told:
        rules |= {"eligible": {"class": ORDINARY}, "ineligible": told["ineligible_policy"]}
    if "best" in told:
        rules["segments"] = [{"from": one["from"], "to": one["to"], "best": one["n"]} for one in told["best"]]
    if "fastest_lap" in told:
        lap = told["fastest_lap"]
        rules["bonuses"] = [
            {
                "on": "fastest_lap",
                "points": lap["points"],
                "session": RACE,
                "ties": "split" if lap.get("split") else "all",
                "if": {name: lap[name] for name in ("top", "min_share_run") if name in lap},
            }
        ]
    return rules


def _adjustment(season: Season, row: Row) -> dict[str, Any]:
    """Give a decision in the numbers of a season; one without a round is of the last race."""
    number = int(row["round"]) if row["round"] else None
    return decision(
        row,
        subject=season.ids[row["subject"]],
        race=season.races[-1].key if number is None else key_of(number, RACE),
        entry=season.cars[number, row["subject"], row["car_number"]] if row["car_number"] and number else None,
    )


def decision(row: Row, *, subject: int, race: int, entry: int | None) -> dict[str, Any]:
    """Give a decision of `adjustments.csv` in the words of `standings.scoring.parsing`, with the ids that the caller knows."""
    reason = row["reason"].partition(ABOUT_THE_FILE)[0]
    found: dict[str, Any] = {"kind": row["kind"], "reason": reason, "subject": subject, "race": race}
    if entry is not None:
        found["entry"] = entry
    if row["kind"] == "points_delta":
        found["points"] = row["value"]
    elif row["kind"] == "exclude":
        text, _, kept = row["value"].partition(":")
        found |= {"text": text, "keep": kept == "keep"}
    elif row["value"]:
        found["position"] = int(row["value"])
    return found
