"""What keeping tables costs: one correction to committed tables, all seasons anew, many corrections at once, readers meanwhile.

    DATABASE_URL=postgres://… python -m benchmarks.scoring --seasons 1000

makes a scratch database on that server and runs this in it. Beside the times stand those of the yardsticks: a tiny commit on
the same server, and the bare loop of `benchmarks.scoring` between corrections. Times are of the clock where somebody waits; the
processor's are beside them.
"""

import argparse
import random
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from io import StringIO
from threading import Barrier, Event

import django
from django.core.management import call_command

django.setup()

from django.contrib.auth.models import User  # noqa: E402  the apps must be ready
from django.core.exceptions import ValidationError  # noqa: E402
from django.db import connection, connections  # noqa: E402

from benchmarks import scoring  # noqa: E402
from benchmarks.many_seasons import analyze, build  # noqa: E402
from racing.corrections import correct  # noqa: E402
from racing.models import Entry, Race, Season  # noqa: E402
from standings.championships import followed  # noqa: E402
from standings.models import Championship, TableAfter  # noqa: E402
from standings.recompute import recompute_season  # noqa: E402
from standings.scoring import score  # noqa: E402
from standings.season_results import season_results  # noqa: E402
from standings.storing import table_rows  # noqa: E402
from standings.views.moment import one_moment  # noqa: E402

FEW = 10
#: From this version on a connection can be told to count.
PG_15 = 150000
#: Milliseconds of a correction at the median; how many times dearer it may be with all seasons stored; seconds and MB of all.
GOALS = {"correction": 30.0, "growth": 1.2, "all": 40.0, "memory": 400.0}

Row = tuple[str, str, str, bool]


def timed(work: Callable[[], object]) -> tuple[float, float]:
    """Give the milliseconds that something takes, by the clock and of this process."""
    clock, own = time.perf_counter(), time.process_time()
    work()
    return (time.perf_counter() - clock) * 1000, (time.process_time() - own) * 1000


def tiny_commits(repeats: int = 100) -> float:
    """Give the median milliseconds of one row updated and committed."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE IF NOT EXISTS yardstick AS SELECT 1 AS value")
        return statistics.median(
            timed(lambda: cursor.execute("UPDATE yardstick SET value = value + 1"))[0] for _ in range(repeats)
        )


class Corrector:
    """Somebody who corrects results of a season, one at a time: another place overall for some car in some race."""

    def __init__(self, season: int, seed: int) -> None:
        self.races = list(Race.objects.filter(event__seasons=season).order_by("pk"))
        self.entries = list(Entry.objects.filter(season=season).order_by("pk"))
        self.chance = random.Random(seed)
        self.user = User.objects.get_or_create(username="editor")[0]
        self.done = 0

    def correct(self, races: Sequence[Race] = ()) -> None:
        """Correct a result of one of the races; what another correction rules out is tried elsewhere."""
        while True:
            race, entry = self.chance.choice(races or self.races), self.chance.choice(self.entries)
            self.done += 1
            try:
                correct(
                    race,
                    entry,
                    "race:overall",
                    self.chance.randint(1, len(self.entries)),
                    f"no. {self.done}",
                    self.user,
                )
            except ValidationError:
                continue
            return


def corrections(seasons: int, repeats: int) -> tuple[list[float], list[float], list[float]]:
    """Give the milliseconds of corrections spread over all seasons, by the clock and of this process, and of bare loops."""
    chance = random.Random(seasons)
    keys = [chance.randint(1, seasons) for _ in range(repeats)]
    correctors = {key: Corrector(key, key) for key in set(keys)}
    correctors[keys[0]].correct()  # what is loaded once is not counted
    rules, races = scoring.championships(), scoring.season(chance)
    loops, clocks, owns = [], [], []
    for key in keys:
        loops += scoring.milliseconds(lambda: scoring.bare_loop(rules, races), 1)
        clock, own = timed(correctors[key].correct)
        clocks.append(clock)
        owns.append(own)
    return clocks, owns, loops


def compute_all() -> tuple[float, float]:
    """Run `manage.py recompute --tables`; give its seconds and the most MB that any of its processes held."""
    begun = time.perf_counter()
    subprocess.run([sys.executable, "manage.py", "recompute", "--tables"], check=True, stdout=subprocess.DEVNULL)
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return time.perf_counter() - begun, memory


def rows_written() -> int:
    """Give how many rows the database has ever written, of all tables."""
    with connection.cursor() as cursor:
        # What this connection wrote itself would be counted within ten seconds, what a process did a moment after its end.
        if connection.pg_version >= PG_15:  # type: ignore[attr-defined]  # of PostgreSQL alone
            cursor.execute("SELECT pg_stat_force_next_flush()")
        time.sleep(1.5)
        cursor.execute("SELECT coalesce(sum(n_tup_ins + n_tup_upd + n_tup_del), 0) FROM pg_stat_user_tables")
        return int(cursor.fetchone()[0])


def agrees(season: Season) -> bool:
    """Tell whether tables and results, read as of one moment, agree."""
    with one_moment():
        rows = list(Championship.objects.filter(season=season).order_by("pk"))
        held, _ = followed(rows, season)
        results = season_results(season, {kind for one in held for kind in one.rules.scales})
        stored = {
            (table.championship_id, table.race_id): table.digest
            for table in TableAfter.objects.filter(championship__season=season)
        }
    drawn = {
        (one.championship.pk, table.race_id): table.digest
        for one in held
        for table in table_rows(one.championship, one.rules, score(one.rules, results.races))
    }
    return stored == drawn


def pairs_at_once(pairs: int, season: Season) -> dict[str, int]:
    """Let two people correct two races of a season at once, again and again, while a third reads; count what goes wrong."""
    found = {"errors": 0, "wrong": 0, "reads": 0, "torn": 0}
    over, barrier = Event(), Barrier(2)
    people = [Corrector(season.pk, seed) for seed in (1, 2)]

    def work(person: Corrector, half: Sequence[Race]) -> None:
        try:
            for _ in range(pairs):
                barrier.wait(timeout=120)
                try:
                    person.correct(half)
                except Exception as error:
                    found["errors"] += 1
                    print(f"{type(error).__name__}: {error}")
        finally:
            connections.close_all()

    def read() -> None:
        try:
            while not over.is_set():
                found["reads"] += 1
                found["torn"] += not agrees(season)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(3) as threads:
        reading = threads.submit(read)
        races = people[0].races
        working = [threads.submit(work, people[0], races[:7]), threads.submit(work, people[1], races[7:])]
        for one in working:
            one.result()
        over.set()
        reading.result()
    found["wrong"] = int(recompute_season(season) or not agrees(season))
    return found


def measure(seasons: int, repeats: int, pairs: int) -> list[Row]:
    """Give what was measured, its goal, and whether it is reached."""
    build(FEW)
    call_command("recompute", tables=True, processes=1, verbosity=0, stdout=StringIO())
    analyze()
    few, few_own, _ = corrections(FEW, repeats)
    begun = time.perf_counter()
    build(seasons - FEW, FEW + 1)
    print(f"{seasons} seasons made in {time.perf_counter() - begun:.0f} s", flush=True)
    taken, memory = compute_all()
    before = rows_written()
    again, _ = compute_all()
    written = rows_written() - before
    analyze()
    many, many_own, loops = corrections(seasons, repeats)
    tiny = tiny_commits()
    middle, growth = statistics.median(many), statistics.median(many) / statistics.median(few)
    at_once = pairs_at_once(pairs, Season.objects.select_related("series").get(pk=FEW))
    wrong = at_once["errors"] + at_once["wrong"]
    return [
        ("a tiny commit", f"{tiny:.2f} ms", "", True),
        ("a bare loop between corrections", f"{statistics.median(loops):.2f} ms", "", True),
        (f"a correction, {FEW} seasons", _spread(few, few_own), "", True),
        (
            f"a correction, {seasons} seasons",
            _spread(many, many_own),
            f"{GOALS['correction']:.0f} ms",
            middle < GOALS["correction"],
        ),
        ("of which growth", f"{growth:.2f} times", f"{GOALS['growth']} times", growth < GOALS["growth"]),
        (
            f"all {seasons} seasons, {seasons * 490} results",
            f"{taken:.1f} s",
            f"{GOALS['all']:.0f} s",
            taken < GOALS["all"],
        ),
        ("the largest process of it", f"{memory:.0f} MB", f"{GOALS['memory']:.0f} MB", memory < GOALS["memory"]),
        ("all once more", f"{again:.1f} s, {written} rows written", "0 rows", written == 0),
        (f"{pairs} pairs of corrections at once", f"{wrong} wrong totals, deadlocks or errors", "0", wrong == 0),
        ("a reader meanwhile", f"{at_once['torn']} of {at_once['reads']} torn", "0", at_once["torn"] == 0),
    ]


def _spread(clock: Sequence[float], own: Sequence[float]) -> str:
    worst = sorted(clock)[int(len(clock) * 0.95)]
    return f"{statistics.median(clock):.1f} ms [{min(clock):.1f}-{worst:.1f}], {statistics.median(own):.1f} of this process"


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure in the database of the environment, which must be empty; gives 1 where `--check` finds a goal missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seasons", type=int, default=1000)
    parser.add_argument("--repeats", type=int, default=61)
    parser.add_argument("--pairs", type=int, default=300)
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args(arguments)
    call_command("migrate", verbosity=0)
    rows = measure(options.seasons, options.repeats, options.pairs)
    for what, found, goal, reached in rows:
        print(f"{what:38} {found:55} {f'goal {goal}' if goal else '':16} {'' if reached else 'MISSED'}".rstrip())
    return int(options.check and not all(reached for *_, reached in rows))


if __name__ == "__main__":
    sys.exit(main())
