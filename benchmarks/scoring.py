"""What scoring a season costs: 14 races, 35 entries, 4 championships, a table after each race and the reason of every award.

    python -m benchmarks.scoring                  the season, once plain and once with the rarer rules
    python -m benchmarks.scoring --agree 1000     also compare with the plain second implementation of the tests, row for row
    python -m benchmarks.scoring --seasons 1000   also keep the tables of so many seasons (`benchmarks.tables`), in a scratch
                                                  database on the server of PostgreSQL that DATABASE_URL names

Beside each time stands that of the yardstick, a bare loop over the same results that ranks them in their classes, adds the
points up, drops three of fourteen and breaks ties: one last table for each championship, no reasons. Seconds depend on the
machine, ratios hardly.

Each is timed twice: with Python's collector of garbage as it comes, and as each process of the application sets it when it
starts (`racing.collecting`), which is what `--check` goes by: it ends with 1 where the goal is missed.
"""

import argparse
import os
import random
import statistics
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Any

from benchmarks.scratch import scratch_database
from racing.collecting import collect_rarely
from racing.terms import OVERALL, TRACK, Contest, Status
from standings.scoring import Line, RaceResults, Rules, parse_rules, score

RACES, ENTRIES, BEST = 14, 35, 11
POINTS = (25, 20, 17, 14, 12, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1)
CLASSES = ("A", "B", "C", "D")
#: The rules of each championship but for the class that it is of.
RULES: dict[str, Any] = {
    "scales": {"race": list(POINTS)},
    "ineligible": "rerank",
    "rank_within": "class",
    "segments": [{"from": 1, "to": RACES, "best": BEST}],
    "bonuses": [{"on": "pole", "points": 1, "scope": "class"}],
}
#: The goal: engine time for the season in bare loops, which is 8 ms where the bare loop takes 1.
GOAL = 8.0


def season(chance: random.Random) -> list[RaceResults]:
    """Make up a season in which every place is known: each car is ranked in four classes, by orders of their own."""
    return [_race(chance, number) for number in range(1, RACES + 1)]


def _race(chance: random.Random, number: int) -> RaceResults:
    orders = {ranking: chance.sample(range(ENTRIES), ENTRIES) for ranking in (TRACK, *CLASSES)}
    orders[OVERALL] = orders[TRACK]
    lines = []
    for key in range(ENTRIES):
        places = {(Contest.RACE, ranking): order.index(key) + 1 for ranking, order in orders.items()}
        places |= {(Contest.QUALIFYING, name): 1 for name in CLASSES if orders[name][0] == key}
        lines.append(
            Line(key, (100 + key,), 300 + key // 2, classes=frozenset(CLASSES), status=Status.FINISHED, places=places)
        )
    return RaceResults(number, (number + 1) // 2, (number + 1) // 2, lines=tuple(lines), starters=ENTRIES)


def championships(**more: Any) -> list[Rules]:
    """Give the rules of four championships, one a class."""
    return [parse_rules({**RULES, **more, "filter": {"class": name}}) for name in CLASSES]


def bare_loop(rules: Sequence[Rules], races: Sequence[RaceResults]) -> list[Any]:
    """Rank, pay, drop and break ties: the least that a last table of each championship takes."""
    tables = []
    for one in rules:
        (ranking,) = one.filter.classes
        points: dict[int, list[int]] = defaultdict(list)
        places: dict[int, list[int]] = defaultdict(list)
        for race in races:
            for place, line in enumerate(sorted(race.lines, key=lambda line: line.places[Contest.RACE, ranking]), 1):
                for driver in line.drivers:
                    points[driver].append(POINTS[place - 1] if place <= len(POINTS) else 0)
                    places[driver].append(place)
        rows = [
            (-sum(sorted(own, reverse=True)[:BEST]), sorted(places[driver]), driver) for driver, own in points.items()
        ]
        tables.append(sorted(rows))
    return tables


def milliseconds(work: Callable[[], object], repeats: int) -> list[float]:
    """Give the CPU milliseconds of each run."""
    taken = []
    for _ in range(repeats):
        begun = time.process_time()
        work()
        taken.append((time.process_time() - begun) * 1000)
    return taken


def time_engine(plain: Sequence[Rules], rarer: Sequence[Rules], races: Sequence[RaceResults], repeats: int) -> float:
    """Print what the yardstick and the engine take; gives how many bare loops the engine takes by plain rules, at the median.

    Each run of the engine has one of the yardstick just before it, for a machine is not equally fast all the time.
    """
    medians = []
    for name, rules in (("plain rules", plain), ("rarer rules", rarer)):
        yardsticks, taken = [], []
        for _ in range(repeats):
            yardsticks += milliseconds(lambda: bare_loop(plain, races), 1)
            taken += milliseconds(lambda rules=rules: [score(one, races) for one in rules], 1)  # type: ignore[misc]
        loops = [own / yardstick for own, yardstick in zip(taken, yardsticks, strict=True)]
        medians.append(statistics.median(loops))
        times = f"{statistics.median(taken):.2f} ms [{min(taken):.2f}-{max(taken):.2f}]"
        print(f"  {name}: {times}, {medians[-1]:.1f} bare loops of {statistics.median(yardsticks):.2f} ms")
    return medians[0]


def agree(count: int) -> None:
    """Compare with the second implementation on so many random seasons. Raises AssertionError with the first that differs."""
    # Only here, for what they load would be gone through with each collection of garbage while time is taken.
    from hypothesis import HealthCheck, Phase, given, settings  # noqa: PLC0415  as said
    from hypothesis import strategies as st  # noqa: PLC0415  as said

    from tests.scoring import naive, naive_rarer, seasons  # noqa: PLC0415  as said

    common = st.tuples(st.just(naive.table), seasons.rules(), seasons.races())
    rarer = st.tuples(st.just(naive_rarer.table), seasons.rare_rules(), seasons.rare_races())

    @settings(max_examples=count, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
    @given(st.one_of(common, rarer))
    def compare(season: tuple[Callable[..., Any], Rules, list[RaceResults]]) -> None:
        table_of, rules, races = season
        for table in score(rules, races).tables:
            rows = [(row.position, row.subject, row.points, row.gross) for row in table.rows]
            assert rows == table_of(rules, races[: table.race])

    compare()
    print(f"{count} random seasons agree with the second implementation, row for row")


def keep_tables(seasons: int, pairs: int) -> int:
    """Measure how tables are kept, in a process and a database of their own; gives 1 where a goal is missed."""
    server = os.environ.get("DATABASE_URL", "postgres://root@127.0.0.1:5432/postgres")
    command = [sys.executable, "-m", "benchmarks.tables", f"--seasons={seasons}", f"--pairs={pairs}", "--check"]
    with scratch_database(server) as database:
        environment = {"DJANGO_SETTINGS_MODULE": "racing.settings", "LOG_LEVEL": "ERROR", "DATABASE_URL": database}
        return subprocess.run(command, env={**os.environ, **environment}, check=False).returncode


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; gives 1 where `--check` finds the goal missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--repeats", type=int, default=31)
    parser.add_argument("--agree", type=int, default=0, metavar="N")
    parser.add_argument("--seasons", type=int, default=0, metavar="N")
    parser.add_argument("--pairs", type=int, default=300, metavar="N", help="pairs of corrections at once (300)")
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args(arguments)
    races = season(random.Random(2027))
    plain = championships()
    rarer = championships(
        shared="split",
        scale_by={"attribute": "round", "steps": [[5, "race"]]},
        classified={"min_share": 0.75},
        adjustments=[{"kind": "points_delta", "subject": 101, "points": -2, "race": 3, "reason": "late"}],
    )
    print("as Python collects garbage:")
    time_engine(plain, rarer, races, options.repeats)
    collect_rarely()
    print("as the application collects garbage:")
    taken = time_engine(plain, rarer, races, options.repeats)
    if options.agree:
        agree(options.agree)
    missed = taken > GOAL
    if missed:
        print(f"MISSED: {GOAL:.0f} bare loops")
    if options.seasons:
        missed |= keep_tables(options.seasons, options.pairs) != 0
    return int(options.check and missed)


if __name__ == "__main__":
    sys.exit(main())
