"""A season told in names, as the cases of `cases/` and the tests tell it, to the values that are scored, and back.

A race is a mapping: a ranking -> names from the first on, those who share a place in a list; "pole" and "fastest_lap": ranking
-> name or names; "grid": ranking -> names in the order of qualifying; "out": status -> names; "laps", "led", "drive": name ->
laps, laps led, minutes by driver; "flags": driver -> words; "session", "round", "number", "starters", "cancelled", "tags" and
"attributes" as in RaceResults. "round" defaults to the race's own place in the season. `entries` says of a name what is not
usual: {drivers, team, team_car, make, entity, car, crew, classes, guest, registered, nominated, tags, flags: driver -> words};
unsaid, the name is its only driver. A race may say other classes for itself under "classes": name -> classes.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from racing.terms import Contest, Status
from standings.scoring import Line, RaceResults, Rules, Scored, Subject, Table, score

NO_RANKING = {
    *("pole", "fastest_lap", "grid", "out", "session", "round", "number", "starters", "cancelled", "classes"),
    *("laps", "led", "drive", "flags", "attributes", "tags"),
}
OWNERS = {"team": 2001, "make": 3001, "entity": 4001, "car": 5001, "crew": 6001}
CONTESTS = {"pole": Contest.QUALIFYING, "fastest_lap": Contest.FASTEST_LAP}


class Told:
    """A season told in names; ids are given in the order of the alphabet, so that a case says them too if it must."""

    def __init__(self, races: Sequence[Mapping[str, Any]], entries: Mapping[str, Mapping[str, Any]] = {}) -> None:
        """Give ids to all who are named."""
        self.told = entries
        named = {name for race in races for name in _names(race)} | set(entries)
        self.entries = {name: key for key, name in enumerate(sorted(named), 1)}
        drivers = {driver for name in named for driver in self._drivers(name)}
        self.drivers = {name: key for key, name in enumerate(sorted(drivers), 1001)}
        self.owners = {
            kind: {
                name: key
                for key, name in enumerate(sorted({own[kind] for own in entries.values() if kind in own}), first)
            }
            for kind, first in OWNERS.items()
        }
        self.races = tuple(self._race(key, race) for key, race in enumerate(races, 1))

    def _drivers(self, name: str) -> list[str]:
        return list(self.told.get(name, {}).get("drivers", [name]))

    def _race(self, key: int, race: Mapping[str, Any]) -> RaceResults:
        classes = race.get("classes", {})
        lines = tuple(self._line(name, race, classes.get(name)) for name in sorted(_names(race)))
        return RaceResults(
            key=key,
            round=race.get("round", key),
            number=race.get("number", race.get("round", key)),
            session=race.get("session", "race"),
            cancelled=race.get("cancelled", False),
            starters=race.get("starters"),
            lines=lines,
            attributes={name: Fraction(str(value)) for name, value in race.get("attributes", {}).items()},
            tags=frozenset(race.get("tags", ())),
        )

    def _line(self, name: str, race: Mapping[str, Any], classes: Sequence[str] | None) -> Line:
        said = self.told.get(name, {})
        places = {}
        for ranking, names in race.items():
            if ranking not in NO_RANKING and (place := _place(name, names)):
                places[Contest.RACE, ranking] = place
        for key, contest in CONTESTS.items():
            for ranking, first in race.get(key, {}).items():
                if name in _listed(first):
                    places[contest, ranking] = 1
        for ranking, names in race.get("grid", {}).items():
            if name in names:
                places[Contest.QUALIFYING, ranking] = names.index(name) + 1
        owners: dict[str, Any] = {kind: keys.get(said.get(kind, "")) for kind, keys in self.owners.items()}
        minutes = race.get("drive", {}).get(name, {})
        out = [Status(status) for status, names in race.get("out", {}).items() if name in names]
        return Line(
            entry=self.entries[name],
            drivers=tuple(self.drivers[driver] for driver in self._drivers(name)),
            **owners,
            guest=said.get("guest", False),
            registered=said.get("registered", True),
            nominated=said.get("nominated", False),
            tags=frozenset(said.get("tags", ())),
            laps=race.get("laps", {}).get(name),
            laps_led=race.get("led", {}).get(name),
            drive={self.drivers[driver]: Fraction(str(value)) for driver, value in minutes.items()},
            classes=frozenset(said.get("classes", ()) if classes is None else classes),
            status=out[0] if out else Status.FINISHED,
            places=places,
            flags={self.drivers[driver]: frozenset(words) for driver, words in self._flags(name, race).items()},
            team_car=said.get("team_car"),
        )

    def _flags(self, name: str, race: Mapping[str, Any]) -> Mapping[str, Sequence[str]]:
        """Give the words that are said of a car's drivers: of that day, or else of the season."""
        words = {**self.told.get(name, {}).get("flags", {}), **race.get("flags", {})}
        return {driver: words[driver] for driver in self._drivers(name) if driver in words}

    def names(self, rules: Rules) -> dict[int, str]:
        """Give the names of the championship's subjects by their ids."""
        known = self.drivers if rules.subject is Subject.DRIVER else self.owners[rules.subject]
        if rules.subject is Subject.CREW:
            known = {**self.entries, **known}
        return {key: name for name, key in known.items()}

    def score(self, rules: Rules) -> Scored:
        """Score the season."""
        return score(rules, self.races)

    def rows(self, rules: Rules, table: Table) -> list[list[Any]]:
        """Give a table as [position, name, points], 0 for no position, points as text where they are not whole."""
        names = self.names(rules)
        return [
            [row.position or 0, names[row.subject], int(row.points) if row.points.denominator == 1 else str(row.points)]
            for row in table.rows
        ]


def _names(race: Mapping[str, Any]) -> set[str]:
    rankings = [names for key, names in race.items() if key not in NO_RANKING]
    found = {name for names in rankings for joint in names for name in _listed(joint)}
    for key in CONTESTS:
        found |= {name for first in race.get(key, {}).values() for name in _listed(first)}
    found |= {name for names in race.get("grid", {}).values() for name in names}
    return found | {name for names in race.get("out", {}).values() for name in names}


def _place(name: str, names: Sequence[str | Sequence[str]]) -> int:
    """Give the place of a name in a ranking, 0 where it has none; a place that is shared is followed by places of nobody."""
    place = 1
    for joint in map(_listed, names):
        if name in joint:
            return place
        place += len(joint)
    return 0


def _listed(first: str | Sequence[str]) -> Sequence[str]:
    return [first] if isinstance(first, str) else first
