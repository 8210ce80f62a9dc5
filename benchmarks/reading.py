"""What reading a report costs: start-up, time a report, memory, and how time grows with the length of the text.

    python -m benchmarks.reading                  the sample reports of the demo
    python -m benchmarks.reading --texts DIR      the .txt files of a folder

Beside each time stands that of the yardstick, a plain pass over the same text that cuts it into words and searches ten
expressions, and the ratio of both: seconds depend on the machine, ratios hardly. `--check` ends with 1 where a goal is missed.
"""

import argparse
import math
import re
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = (ROOT / "racing/demo/reports", ROOT / "racing/demo/real", ROOT / "racing/demo/typescripts")

#: The goals: seconds of the median report, seconds of start-up, MB of memory, and the exponent of growth up to 1 MB.
GOALS = {"median": 0.100, "start-up": 1.5, "memory": 250, "exponent": 1.15}

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


def grown(texts: Sequence[str], size: int) -> str:
    """Give a text of about `size` characters out of the reports, one after the other, as a season's file would hold them."""
    pieces: list[str] = []
    length = 0
    while length < size:
        piece = texts[len(pieces) % len(texts)]
        pieces.append(piece)
        length += len(piece) + 2
    return "\n\n".join(pieces)[:size]


def exponent(points: Sequence[tuple[int, float]]) -> float:
    """Give the slope of log seconds over log characters: 1 is linear, 2 quadratic."""
    xs = [math.log(size) for size, _ in points]
    ys = [math.log(spent) for _, spent in points]
    middle_x, middle_y = statistics.mean(xs), statistics.mean(ys)
    return sum((x - middle_x) * (y - middle_y) for x, y in zip(xs, ys, strict=True)) / sum(
        (x - middle_x) ** 2 for x in xs
    )


def start_up() -> tuple[float, float]:
    """Give the wall seconds and the peak MB of a fresh process that imports the reader and reads one sentence."""
    code = (
        "import resource\n"
        "from racing.reading.reader import read\n"
        "read('Samedi, la victoire est revenue à Luc Arvois devant Paul Brion.')\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)"
    )
    found = []
    for _ in range(3):
        begun = time.perf_counter()
        done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True, text=True)
        found.append((time.perf_counter() - begun, float(done.stdout)))
    return min(spent for spent, _ in found), max(peak for _, peak in found)


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

    spent, peak = start_up()
    print(f"start-up of a process that reads one sentence   {spent:7.2f} s, {peak:.0f} MB")

    from racing.reading.reader import read  # noqa: PLC0415 - its import is what start_up measures

    read(texts[0])
    reads = [seconds(read, text) for text in texts]
    plain = [seconds(yardstick, text) for text in texts]
    median, bare = statistics.median(reads), statistics.median(plain)
    print(f"{len(texts)} reports of {statistics.median(map(len, texts)):.0f} characters at the median")
    print(f"  reading: median {median * 1e3:.1f} ms, slowest {max(reads) * 1e3:.1f} ms")
    print(f"  yardstick: median {bare * 1e3:.2f} ms; reading costs {median / bare:.0f} times as much")

    points = []
    size = options.longest
    while size >= options.longest / 16:
        text = grown(texts, size)
        points.append((size, seconds(read, text, 1)))
        print(f"  {size:>9} characters: {points[-1][1]:6.2f} s, yardstick {seconds(yardstick, text, 1):.3f} s")
        size //= 2
    slope = exponent(points)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"  time grows as length to the power of {slope:.2f}; memory at most {memory:.0f} MB")

    figures = {"median": median, "start-up": spent, "memory": peak, "exponent": slope}
    missed = [f"{name} {figures[name]:.3g} (goal {goal:g})" for name, goal in GOALS.items() if figures[name] > goal]
    print("all goals are reached" if not missed else "missed: " + ", ".join(missed))
    return 1 if missed and options.check else 0


if __name__ == "__main__":
    sys.exit(main())
