"""A press release of thirty-eight cars, of which few are told: what the other places could add."""

from dataclasses import replace
from typing import Any

from racing.terms import OVERALL, Contest, Status
from standings.scoring import Bounds, Entrants, Line, RaceResults, bound, parse_rules, score

SCALE = [20, 18, 16, 14, 12, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1]
LIST = tuple(Line(key, (100 + key,), classes=frozenset(["Am" if key > 30 else "Pro"])) for key in range(1, 39))


def line(entry: int, status: Status | None = Status.FINISHED, **places: int) -> Line:
    """Tell of a car, by its number on the list, with its places by ranking."""
    told = {(Contest.RACE, OVERALL if name == "overall" else name): place for name, place in places.items()}
    return replace(LIST[entry - 1], status=status, places=told)


def bounded(lines: list[list[Line]], starters: int | None = 38, **rules: Any) -> tuple[Bounds, ...]:
    """Bound a season of races of which these lines are told, with all 38 cars on the list."""
    races = [RaceResults(key, key, key, starters=starters, lines=tuple(own)) for key, own in enumerate(lines, 1)]
    read = parse_rules({"scales": {"race": SCALE}, "ineligible": "rerank", **rules})
    return bound(read, races, score(read, races), {race.key: Entrants(LIST) for race in races})
