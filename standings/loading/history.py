"""All seasons of the archive, one transaction each: killed in the middle, those that were loaded are whole."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from standings.history.annals import years
from standings.history.f1db import DATA, read_rows
from standings.loading.checking import differences
from standings.loading.keys import Known
from standings.loading.years import load_year

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class History:
    """What became of it: seasons that were loaded and those that were there, tables compared and those that differ."""

    loaded: int
    there: int
    compared: int
    differences: tuple[str, ...]


def load_history(say: Say, folder: Path = DATA) -> History:
    """Load what is missing of the archive's seasons, and compare every table with the published one.

    Seasons that have a calendar stay as they are: loading again changes nothing. `say` is given each line of progress. Raises
    OSError where a file of the folder is missing.
    """
    with transaction.atomic():
        known = Known(folder)
    grands_prix = {
        row["grand_prix"]: (row["name"], row["name_en"], row["race"]) for row in read_rows(folder, "grands_prix")
    }
    loaded = there = 0
    for year in years(folder):
        season = load_year(year, known, grands_prix)
        if season is None:
            there += 1
            continue
        loaded += 1
        finishes = sum(len(session.finishes) for session in year.sessions)
        say(f"{season}: {len(year.meetings)} rounds, {len(year.sessions)} races, {finishes} results.")
    compared, told = differences(folder, known.archive)
    return History(loaded, there, compared, tuple(told))
