"""What reading a report costs: start-up, time a report, memory, and how time grows with the length of the text.

    python -m benchmarks.reading                  the sample reports of the demo
    python -m benchmarks.reading --texts DIR      the .txt files of a folder

Beside each time stands that of the yardstick, a plain pass over the same text that cuts it into words and searches ten
expressions, and the ratio of both: seconds depend on the machine, ratios hardly. `--check` ends with 1 where a goal is missed.
"""

import argparse
import math
import os
import re
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from racing.reading.facts import Reading

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = (ROOT / "racing/demo/reports", ROOT / "racing/demo/real", ROOT / "racing/demo/typescripts")

#: The goals: seconds of the median report, seconds of start-up, MB of memory, and the exponents of growth up to 1 MB.
GOALS = {"median": 0.100, "start-up": 1.5, "memory": 250, "exponent of reports": 1.15, "exponent by rules": 1.15}
#: The reader's child process has one thread for its sums (see `racing.sandbox`), and so has what is measured here.
os.environ["OPENBLAS_NUM_THREADS"] = "1"

_WORDS = re.compile(r"\w+|[^\w\s]")
_EXPRESSIONS = [
    re.compile(pattern, re.I)
    for pattern in (
        r"\bs'impos\w+", r"\bdevant\b", r"\bpodium\b", r"\b\d+(?:e|er|ème)\b", r"\bpole\b", r"\bmeilleur tour\b",
        r"\bcourse\s+\d", r"\bpénalité\b", r"\babandon\w*", r"\bpoints?\b",
    )
]  # fmt: skip


def yardstick(text: str) -> int:
    """Cut a text into words and search ten expressions; gives how much was found, so that nothing is left out."""
    return len(_WORDS.findall(text)) + sum(len(expression.findall(text)) for expression in _EXPRESSIONS)


def seconds(work: Callable[[str], object], text: str, repeats: int = 3) -> float:
    """Give the least CPU seconds that `work` takes for a text."""
    best = math.inf
    for _ in range(repeats):
        begun = time.process_time()
        work(text)
        best = min(best, time.process_time() - begun)
    return best


#: What is hung on surnames so that each round of the reports names other people.
_ENDINGS = (
    "",
    *(first + last for first in ("", "an", "et", "ul") for last in ("el", "ain", "ot", "ard", "iez", "ois")),
)


def renamed(text: str, surnames: Sequence[str], ending: str) -> str:
    """Give a text with other people in it: `ending` hangs on each of the surnames, in capitals where these are."""
    names = "|".join(re.escape(name) for name in sorted(surnames, key=len, reverse=True))
    pattern = re.compile(rf"(?<!\w)(?:{names})(?!\w)" if names else r"(?!)", re.I)
    return pattern.sub(lambda match: match[0] + (ending.upper() if match[0].isupper() else ending), text)


def grown(texts: Sequence[str], surnames: Sequence[Sequence[str]], size: int) -> str:
    """Give a text of about `size` characters: the reports one after the other, round after round, as a season's file has them.

    Every round names other people, else all but the first would say nothing new, and what is said again is not read again.
    """
    pieces: list[str] = []
    length = 0
    while length < size:
        turn, at = divmod(len(pieces), len(texts))
        pieces.append(renamed(texts[at], surnames[at], _ENDINGS[turn % len(_ENDINGS)]))
        length += len(pieces[-1]) + 2
    return "\n\n".join(pieces)[:size]


def exponent(points: Sequence[tuple[int, float]]) -> float:
    """Give the slope of log seconds over log characters: 1 is linear, 2 quadratic."""
    xs = [math.log(size) for size, _ in points]
    ys = [math.log(spent) for _, spent in points]
    middle_x, middle_y = statistics.mean(xs), statistics.mean(ys)
    return sum((x - middle_x) * (y - middle_y) for x, y in zip(xs, ys, strict=True)) / sum(
        (x - middle_x) ** 2 for x in xs
    )


def start_up() -> tuple[float, float, float]:
    """Give the CPU and the wall seconds, and the peak MB, of a fresh process that imports the reader and reads one sentence.

    It waits for nothing, so that wall seconds are more only where others have the processor.
    """
    code = (
        "import resource\n"
        "from racing.reading.reader import read\n"
        "read('Samedi, la victoire est revenue à Luc Arvois devant Paul Brion.')\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)"
    )
    found = []
    for _ in range(3):
        begun, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
        done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True, text=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        work = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
        found.append((work, time.perf_counter() - begun, float(done.stdout)))
    busy, wall, peak = zip(*found, strict=True)
    return min(busy), min(wall), max(peak)


def single(read: Callable[[str], "Reading"], texts: Sequence[str]) -> float:
    """Print what reports cost one by one; gives the median seconds of those that are read for the first time."""
    read(texts[0])
    first = [seconds(read, text, 1) for text in texts]
    again = [seconds(read, text) for text in texts]
    plain = [seconds(yardstick, text) for text in texts]
    median, bare = statistics.median(again), statistics.median(plain)
    print(f"{len(texts)} reports of {statistics.median(map(len, texts)):.0f} characters at the median")
    print(
        f"  read for the first time: median {statistics.median(first) * 1e3:.1f} ms, slowest {max(first) * 1e3:.1f} ms"
    )
    print(f"  the least of three more times: median {median * 1e3:.1f} ms, slowest {max(again) * 1e3:.1f} ms")
    print(f"  yardstick: median {bare * 1e3:.2f} ms; reading costs {median / bare:.0f} times as much")
    return statistics.median(first)


def growth(
    read: Callable[[str], "Reading"], texts: Sequence[str], names: Sequence[Sequence[str]], longest: int
) -> float:
    """Print what longer and longer texts cost; gives the power of their length with which time grows."""
    points = []
    for step in range(4, -1, -1):
        text = grown(texts, names, longest >> step)
        spent, bare = seconds(read, text, 1), seconds(yardstick, text, 1)
        points.append((len(text), spent))
        print(f"  {len(text):>9} characters: {spent:6.2f} s, yardstick {bare:.3f} s, ratio {spent / bare:.0f}")
    slope = exponent(points)
    print(f"  time grows as length to the power of {slope:.2f}")
    return slope


def main() -> int:
    """Print the figures; gives the exit status."""
    parser = argparse.ArgumentParser(description="What reading a report costs.")
    parser.add_argument("--texts", type=Path, help="a folder of .txt reports instead of the demo's")
    parser.add_argument(
        "--longest", type=int, default=1_000_000, help="characters of the longest text of the growth test"
    )
    parser.add_argument("--check", action="store_true", help="end with 1 where a goal is missed")
    options = parser.parse_args()
    folders = [options.texts] if options.texts else SAMPLES
    paths = sorted(path for folder in folders for path in folder.glob("*.txt"))
    texts = [path.read_text(encoding="utf-8", errors="replace") for path in paths]
    if not texts:
        parser.error("no .txt report there")

    spent, wall, peak = start_up()
    print(
        f"start-up of a process that reads one sentence: {spent:.2f} s of work, {wall:.2f} s by the clock, {peak:.0f} MB"
    )

    from racing.reading import reader  # noqa: PLC0415 - its import is what start_up measures
    from racing.reading.sheets import with_tables  # noqa: PLC0415 - as above

    median = single(reader.read, texts)
    names = [[person.name.split()[-1] for person in reader.read(text).people] for text in texts]
    print(f"texts as reports are read, up to {reader.LONGEST_REPORT} characters:")
    of_reports = growth(reader.read, texts, names, reader.LONGEST_REPORT)
    print(f"longer texts, which rules alone read, up to {options.longest} characters:")
    by_rules = growth(with_tables(reader.read_by_rule), texts, names, options.longest)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"memory at most {memory:.0f} MB")

    figures = dict(zip(GOALS, (median, spent, max(peak, memory), of_reports, by_rules), strict=True))
    missed = [f"{name} {figures[name]:.3g} (goal {goal:g})" for name, goal in GOALS.items() if figures[name] > goal]
    print("all goals are reached" if not missed else "missed: " + ", ".join(missed))
    return 1 if missed and options.check else 0


if __name__ == "__main__":
    sys.exit(main())
