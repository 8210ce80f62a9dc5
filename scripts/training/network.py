"""Train the nets over reports anew, or judge them by cross-validation.

    python -m scripts.training.network            train on all reports and write the weights into racing/reading/learned
    python -m scripts.training.network --folds    train five times without a fifth of the reports and show how it does on these
    python -m scripts.training.network --folds --looks FOLDER    and write what these nets say of them, for `forests.py`
    python -m scripts.training.network --shelf SHELF             tell reports by forests that never saw them
    python -m scripts.training.network --folds --shelf SHELF     and keep there the net of each fold, for `unseen.py`

Needs PyTorch, which the program itself does not. The same seed gives the same weights on the same machine.
"""

import argparse
import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch

from racing.reading.learned import trees
from racing.reading.learned.network import Net, Outlook
from racing.reading.learned.sight import Sight, see, value_numbers
from racing.reading.learned.vectors import word_table
from racing.reading.learned.view import View
from racing.reading.lexicon import languages, lexicon
from racing.reading.reader import language_of, tell
from racing.reading.story import Story
from scripts.training.gold import FOLDS, Gold, Report, fold_of, gold_of, reports
from scripts.training.twin import Twin, batch, loss

HOME = Path(__file__).resolve().parents[2] / "racing" / "reading" / "learned"
#: A net for each: they begin otherwise and see the reports in another order. Their mean is right more often than any of them.
SEEDS = (0, 1, 2)
EPOCHS = 24
TOGETHER = 6
RATE, DECAY = 5e-3, 2e-2
#: A value stands in the table where so many reports have it.
_FREQUENT = 6

Row = tuple[Report, Story, Sight, Gold]


def story_of(report: Report) -> Story:
    """Tell a report as reading does; one in a language without words is told with the French ones."""
    language, _ = language_of(report["text"])
    return tell(report["text"], lexicon(language if language in languages() else "fr"))


def told_by(shelf: Path) -> Callable[[Report], Story]:
    """Give what tells a report by those forests of a shelf that were grown without its fold."""
    shelves = [trees.Shelf(shelf / f"fold{number}") for number in range(FOLDS)]

    def tell_report(report: Report) -> Story:
        trees.shelf = shelves[fold_of(report)]
        return story_of(report)

    return tell_report


def rows_of(found: list[Report], tell_report: Callable[[Report], Story] = story_of) -> list[Row]:
    """Give reports with their story, what the net sees of it, and the targets."""
    table = word_table()
    rows = []
    for report in found:
        story = tell_report(report)
        sight = see(story, table)
        rows.append((report, story, sight, gold_of(report, story, sight)))
    return rows


def train(rows: list[Row], seeds: Sequence[int] = SEEDS, epochs: int = EPOCHS) -> Net:
    """Train a net for each seed on rows, and give them in numpy as one."""
    counted = Counter(value for _, _, sight, _ in rows for value in set(sight.values))
    values = {value: n for n, value in enumerate(sorted(v for v, count in counted.items() if count >= _FREQUENT), 1)}
    trained = [_train(rows, values, seed, epochs) for seed in seeds]
    weights = {name: np.stack([one[name] for one in trained]) for name in trained[0]}
    return Net(weights, values, word_table())


def _train(rows: list[Row], values: Mapping[str, int], seed: int, epochs: int) -> dict[str, Any]:
    """Train one net and give its weights by name."""
    torch.set_num_threads(1)
    torch.manual_seed(seed)
    mixed = np.random.default_rng(seed)
    table = word_table()
    twin = Twin(len(values) + 1, torch.from_numpy(table.vectors(np.arange(len(table.words)))))
    seen = [(sight, value_numbers(sight.values, values)) for _, _, sight, _ in rows]
    optimiser = torch.optim.AdamW(twin.parameters(), RATE, weight_decay=DECAY)
    steps = epochs * -(-len(rows) // TOGETHER)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, RATE, total_steps=steps + 1, pct_start=0.2)
    for _ in range(epochs):
        order = mixed.permutation(len(rows))
        for first in range(0, len(order), TOGETHER):
            some = order[first : first + TOGETHER]
            optimiser.zero_grad()
            x = batch([seen[n] for n in some])
            (2 * loss(twin(x), [rows[n][3] for n in some], x) / len(x.steps)).backward()
            torch.nn.utils.clip_grad_norm_(twin.parameters(), 2.0)
            optimiser.step()
            schedule.step()
    return {name: rows.numpy() for name, rows in twin.state_dict().items() if name not in ("vectors", "hide")}


def judge(rows: list[tuple[Row, Outlook]]) -> dict[str, float]:
    """Tell how often the net was right: sessions of sentences, races of results, mentions that state a result."""
    count: Counter[str] = Counter()
    for (report, _, _, gold), view in rows:
        known = gold.sessions.sum(1) > 0
        count["sessions"] += int(known.sum())
        count["sessions right"] += int((gold.sessions.argmax(1) == view.sessions.argmax(1))[known].sum())
        several = len({fact["race"] for fact in report["facts"] if fact["kind"] != "standings"}) > 1
        for told, kinds, races in zip(view.runners, gold.kinds, gold.mention_races, strict=True):
            if several and kinds[0] and races.sum():
                count["races"] += 1
                count["races right"] += int(np.argmax(told.races) == races.argmax())
            count["results"] += int(kinds[0])
            count["said"] += told.kinds[0] > 0.5
            count["results right"] += bool(kinds[0]) and told.kinds[0] > 0.5
    return {
        "session of a sentence": count["sessions right"] / max(1, count["sessions"]),
        "race of a result, of several": count["races right"] / max(1, count["races"]),
        "result mentions, precision": count["results right"] / max(1, count["said"]),
        "result mentions, recall": count["results right"] / max(1, count["results"]),
    }


def write(net: Net, home: Path = HOME) -> None:
    """Write a net's weights and its table of values."""
    weights: dict[str, Any] = dict(net.weights)
    np.savez_compressed(home / "network.npz", **weights)
    values = json.dumps(sorted(net.values, key=lambda value: net.values[value]), ensure_ascii=False, indent=0)
    (home / "values.json").write_text(values + "\n", "utf-8")


def plain(value: Any) -> Any:
    """Give a value for a file: shares with three digits."""
    if isinstance(value, float):
        return round(value, 3)
    if isinstance(value, dict):
        return {key: plain(one) for key, one in value.items()}
    return [plain(one) for one in value] if isinstance(value, (list, tuple)) else value


def main() -> None:
    """Do what the options say."""
    parser = argparse.ArgumentParser(description="Train the net over reports.")
    parser.add_argument("--folds", action="store_true", help="judge by cross-validation and write nothing")
    parser.add_argument("--looks", type=Path, help="with --folds: where to write what the nets say of reports unseen")
    parser.add_argument("--shelf", type=Path, help="forests by which each report is told, those of its fold")
    options = parser.parse_args()
    rows = rows_of(reports(), told_by(options.shelf) if options.shelf else story_of)
    if not options.folds:
        write(train(rows))
        return
    judged = []
    for fold in range(FOLDS):
        net = train([row for row in rows if fold_of(row[0]) != fold])
        judged += [(row, net.look(row[1])) for row in rows if fold_of(row[0]) == fold]
        if options.shelf:
            write(net, options.shelf / f"fold{fold}")
        print(fold, judge([pair for pair in judged if fold_of(pair[0][0]) == fold]), flush=True)
    print(judge(judged))
    if options.looks:
        views = {report["id"]: View.of(story, outlook) for (report, story, _, _), outlook in judged}
        for name in ("mentions", "scopes"):
            said = {number: plain(getattr(view, name)) for number, view in views.items()}
            (options.looks / f"{name}_oof.json").write_text(json.dumps(said), "utf-8")


if __name__ == "__main__":
    main()
