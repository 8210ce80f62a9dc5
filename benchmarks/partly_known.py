"""What bounding a partly known season costs: 14 races, 38 cars, 4 championships, five places told of each race.

    python -m benchmarks.partly_known

CPU time of the engine alone: of a process that has just begun, and after one place of one race was corrected and all results
were loaded anew. Beside it stands the scoring of the same season.
"""

import random
import statistics
import sys
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from benchmarks.scoring import milliseconds
from racing.terms import OVERALL, Contest, Status
from standings.scoring import Entrants, Line, RaceResults, Rules, bound, kept, parse_rules, score

RACES, CARS, TOLD, BEST = 14, 38, 5, 11
CLASSES = ("Pro", "Pro", "B", "Am")
RULES: dict[str, Any] = {
    "scales": {"race": [25, 20, 17, 14, 12, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1]},
    "ineligible": "rerank",
    "segments": [{"from": 1, "to": RACES, "best": BEST}],
}
OWN_CLASS = {"rank_within": "class", "bonuses": [{"on": "pole", "points": 1, "scope": "class"}]}
CHAMPIONSHIPS: tuple[dict[str, Any], ...] = (
    {"bonuses": [{"on": on, "points": 1} for on in ("pole", "fastest_lap")]},
    {"subject": "team", "cars": 2},
    {"filter": {"class": "Am"}, **OWN_CLASS},
    {"filter": {"class": "Rookie"}, **OWN_CLASS},
)
Season = tuple[list[RaceResults], dict[int, Entrants]]


def season(corrected: int | None = None) -> Season:
    """Make up a season, each time of values of its own; `corrected` is the race whose winner is disqualified."""
    chance = random.Random(2026)
    races, entrants = [], {}
    for key in range(1, RACES + 1):
        listed = [
            Line(
                car, (100 + car,), 300 + car // 2, classes=frozenset([CLASSES[car % 4], *(["Rookie"] * (car % 5 == 0))])
            )
            for car in range(CARS)
        ]
        order = chance.sample(listed, TOLD)
        lines = [
            replace(line, places={(Contest.RACE, OVERALL): place}, status=Status.FINISHED)
            for place, line in enumerate(order, 1)
        ]
        if key == corrected:
            lines[0] = replace(lines[0], places={}, status=Status.DSQ)
        races.append(RaceResults(key, (key + 1) // 2, (key + 1) // 2, lines=tuple(lines)))
        entrants[key] = Entrants(tuple(listed))
    return races, entrants


def bound_all(championships: Sequence[Rules], one: Season) -> None:
    """Score and bound a season in all of its championships."""
    races, entrants = one
    for rules in championships:
        bound(rules, races, score(rules, races), entrants)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print."""
    repeats = int((arguments or ["15"])[0])
    championships = [parse_rules({**RULES, **more}) for more in CHAMPIONSHIPS]

    def anew() -> None:
        kept.KEPT.forget()
        bound_all(championships, told)

    told = season()
    scoring = milliseconds(lambda: [score(rules, told[0]) for rules in championships], repeats)
    cold = milliseconds(anew, repeats)
    # Each differs in one race from what was bounded just before.
    warm = []
    for _ in range(repeats):
        corrected = season(corrected=RACES // 2)
        warm += milliseconds(lambda one=corrected: bound_all(championships, one), 1)  # type: ignore[misc]
        bound_all(championships, season())
    median = statistics.median(scoring)
    for name, taken in (("nothing is kept", cold), ("one race corrected", warm)):
        print(
            f"{name}: {statistics.median(taken):.1f} ms [{min(taken):.1f}-{max(taken):.1f}], "
            f"of which scoring {median:.1f} ms"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
