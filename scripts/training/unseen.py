"""Read each report with the nets and forests that were grown without its fold.

    python -m scripts.training.unseen --shelf SHELF report.txt …     one JSON object a line, as `manage.py readreport --json`

It is what a command that scores a reader is given, so that nothing learned has seen what it is scored on. Rules, words and
thresholds were written with these reports in sight: figures so found are kinder than those of reports that nobody read.
The shelf has a folder a fold, `fold0/` to `fold4/`, with its forests (`forests.py`) and its nets (`network.py --folds`).
A report's name begins with its number, which tells its fold.
"""

import argparse
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from racing.reading import reader
from racing.reading.documents import extract
from racing.reading.facts import Reading
from racing.reading.learned import trees
from racing.reading.learned.network import Net, net_in
from racing.reading.outline import outline
from scripts.training.gold import FOLDS, fold_of


def unseen_reader(shelf: Path) -> Callable[[Any], Reading]:
    """Give what reads a report (`id`, `text`) by what was grown without its fold."""
    forests = [trees.Shelf(shelf / f"fold{number}") for number in range(FOLDS)]
    nets = [net_in(shelf / f"fold{number}") for number in range(FOLDS)]

    def read(report: Any) -> Reading:
        fold = fold_of(report)
        trees.shelf = forests[fold]
        _ask(nets[fold])
        return reader.read(report["text"])

    return read


def _ask(net: Net) -> None:
    """Let the reader ask this net instead of the one that comes with it."""
    vars(reader)["trained_net"] = lambda: net


def main() -> None:
    """Read the files and print what they state."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument(
        "--shelf", type=Path, required=True, help="folder with fold0/ to fold4/, forests and nets in each"
    )
    parser.add_argument("files", nargs="+", type=Path, help="reports, whose names begin with their numbers")
    options = parser.parse_args()
    read = unseen_reader(options.shelf)
    for path in options.files:
        reading = read({"id": path.stem, "text": extract(path.read_bytes()).text})
        print(json.dumps({"file": path.name, **outline(reading)}, ensure_ascii=False))


if __name__ == "__main__":
    main()
