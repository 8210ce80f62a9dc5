"""Some seasons of the project's archive as a folder of their own."""

import csv
import json
import shutil
from collections.abc import Collection
from pathlib import Path

from standings.history.f1db import DATA, read_rows

BY_SEASON = (
    *("results", "races", "adjustments", "by_round_known_issues"),
    *("standings_drivers", "standings_constructors", "standings_by_round"),
)
WHOLE = ("RULES.md", "archive.toml", "circuits.csv", "grands_prix.csv", "countries.csv")


def write_part(folder: Path, years: Collection[int]) -> Path:
    """Write the seasons of some years, unpacked; gives the folder."""
    for name in BY_SEASON:
        _write(folder / f"{name}.csv", [row for row in read_rows(DATA, name) if int(row["season"]) in years])
    for name in ("drivers", "constructors"):
        _write(folder / f"{name}.csv", read_rows(DATA, name))
    for name in WHOLE:
        shutil.copyfile(DATA / name, folder / name)
    rules = json.loads((DATA / "rules.json").read_text())
    (folder / "rules.json").write_text(json.dumps({year: rules[year] for year in rules if int(year) in years}))
    return folder


def _write(path: Path, rows: list) -> None:
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, rows[0] if rows else ["season"], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
