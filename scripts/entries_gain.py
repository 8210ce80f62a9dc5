"""What a season's entries add: the open reports read without and with entries, scored by kind and language.

    python -m scripts.entries_gain [--shelf FOLDER --looks FOLDER] [--score score.py] [--every N] [--left-open]

A report's entries are those of its own gold (crews, classes, numbers) and, to lead astray, those of five other reports of
its series. `--shelf` and `--looks` are the folders of `scripts.training.forests` with its folds: each report is then read by
forests and nets that never saw it; without them by what ships, which has seen them all. `--left-open` takes only the reports
of which something stayed unread without entries: those that `racing.rereading` has read again by itself.
"""

import argparse
import importlib.util
import json
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from types import ModuleType
from typing import Any
from unittest.mock import patch

from racing.reading.facts import UNREAD, Reading
from racing.reading.known import Known, KnownDriver, KnownEntry
from racing.reading.learned import trees
from racing.reading.learned.view import View
from racing.reading.outline import outline
from racing.reading.reader import read
from racing.terms import OVERALL, TRACK
from scripts.training.labels import FOLDS, Report, fold_of, plain, reports

SCORE = Path(__file__).resolve().parent.parent.parent / "shared" / "reports" / "score.py"
_LISTS = ("results", "qualifying", "fastest_laps", "penalties", "retirements")
_STRANGERS = 5


def scorer(path: Path) -> ModuleType:
    """Load the scorer."""
    spec = importlib.util.spec_from_file_location("score", path)
    if spec is None or spec.loader is None:
        raise SystemExit(f"no scorer at {path}")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _rows(gold: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for race in gold.get("races") or []:
        for kind in _LISTS:
            yield from race.get(kind) or []


def _results(gold: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for race in gold.get("races") or []:
        yield from (row for row in race.get("results") or [] if row.get("drivers") and not row.get("inferred"))


def entries_of(gold: dict[str, Any]) -> list[KnownEntry]:
    """Give the cars of a report's facts: each crew, the largest of those that share a driver, with its classes and number."""
    crews: list[dict[str, Any]] = []
    for row in sorted(_rows(gold), key=lambda row: -len(row.get("drivers") or [])):
        names = [plain(name) for name in row.get("drivers") or []]
        if not names:
            continue
        crew = next((one for one in crews if set(names) <= set(one["drivers"])), None)
        if crew is None:
            crew = {"drivers": dict(zip(names, row["drivers"], strict=True)), "classes": {}, "row": {}}
            crews.append(crew)
        if row.get("ranking") not in (None, "", OVERALL, TRACK):
            crew["classes"][row["ranking"]] = None
        crew["row"] |= {key: row[key] for key in ("number", "team", "car") if row.get(key)}
    return [
        KnownEntry(
            tuple(KnownDriver(name) for name in crew["drivers"].values()),
            str(crew["row"].get("number", "")),
            crew["row"].get("team", ""),
            crew["row"].get("car", ""),
            tuple(crew["classes"]),
        )
        for crew in crews
    ]


def known_of(report: Report, found: list[Report]) -> Known:
    """Give a report's entries with those of the five reports of its series that come next."""
    same = [one for one in found if plain(one["gold"].get("series") or "") == plain(report["gold"].get("series") or "")]
    at = same.index(report)
    others = (same[at + 1 :] + same[:at])[:_STRANGERS]
    return tuple(entry for one in (report, *others) for entry in entries_of(one["gold"]))


def _unread_in(reading: Reading) -> int:
    return sum(problem.code in UNREAD for problem in reading.problems)


def _figures(counts: Counter[str]) -> str:
    right, missed, false = counts["right"], counts["missed"], counts["false"]
    precision, recall = right / max(1, right + false), right / max(1, right + missed)
    both = 2 * precision * recall / max(1e-9, precision + recall)
    return f"{right:5} {missed:5} {false:5}  {precision:.3f} {recall:.3f} {both:.3f}"


def main() -> None:
    """Read and score."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--shelf", type=Path, help="forests by fold")
    parser.add_argument("--looks", type=Path, help="what nets of the same folds say")
    parser.add_argument("--score", type=Path, default=SCORE)
    parser.add_argument("--left-open", action="store_true", help="only reports with something unread")
    parser.add_argument("--every", type=int, default=1, help="only every N-th report")
    options = parser.parse_args()
    score, found = scorer(options.score), reports()
    looks = [
        json.loads((options.looks / f"{name}_oof.json").read_text("utf-8")) if options.looks else {}
        for name in ("mentions", "scopes")
    ]
    shelves = [trees.Shelf(options.shelf / f"fold{number}") for number in range(FOLDS)] if options.shelf else []
    named: Counter[tuple[str, bool]] = Counter()
    counted: dict[tuple[str, bool], Counter[str]] = {}
    unread: Counter[bool | str] = Counter()
    for report in found[:: options.every]:
        if shelves:
            trees.shelf = shelves[fold_of(report)]
        seen = View(*(one[report["id"]] for one in looks)) if options.looks else None
        with patch.object(View, "of", lambda story, outlook, seen=seen: seen) if seen else nullcontext():
            alone = read(report["text"])
            if options.left_open and not _unread_in(alone):
                continue
            unread["reports"] += 1
            for helped in (False, True):
                reading = read(report["text"], known_of(report, found)) if helped else alone
                unread[helped] += _unread_in(reading)
                people = [person.name for person in reading.people]
                for row in _results(report["gold"]):
                    hits = [any(score.same_name(one, name) for one in people) for name in row["drivers"]]
                    named.update({("found", helped): sum(hits), ("all", helped): len(hits)})
                outcome = score.score_report(outline(reading), report["gold"])
                for kind, (right, missed, false) in outcome.items():
                    counts = Counter(right=len(right), missed=len(missed), false=len(false))
                    names = (kind, "results " + report["language"]) if kind == "results" else (kind,)
                    for name in names:
                        counted.setdefault((name, helped), Counter()).update(counts)
    sys.stdout.write(f"{'kind':14} entries right missed false prec. recall F1\n")
    for helped in (False, True):
        share = named["found", helped] / max(1, named["all", helped])
        sys.stdout.write(f"drivers of results who are found, {'with' if helped else 'without'} entries: {share:.3f}\n")
    sys.stdout.write(f"{unread['reports']} reports; unread: {unread[False]} without entries, {unread[True]} with\n")
    for (name, helped), counts in sorted(counted.items()):
        sys.stdout.write(f"{name:14} {'with   ' if helped else 'without'} {_figures(counts)}\n")


if __name__ == "__main__":
    main()
