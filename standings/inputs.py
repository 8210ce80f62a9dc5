"""What tables rest on, as digests: where nothing of it differs the tables need not be drawn, nor written, again.

A digest covers the rules with the decisions, the season's list, results and places, and the code that makes tables of them. It
never says more than that what was drawn then would be drawn again; whether that is still what is stored, the digests of what
is stored say (`standings.storing`).
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from racing import quick_json
from standings.championships import Held
from standings.scoring import Rules
from standings.season_results import SeasonRows
from standings.table_texts import digest

_HOME = Path(__file__).parent
_BESIDE = (
    "listing.py",
    "outcomes.py",
    "quick_json.py",
    "statements.py",
    "terms.py",
    "models/calendar.py",
    "models/entries.py",
)


@cache
def version_of_the_code() -> str:
    """Give the version of what makes tables of rows: a hash of its code."""
    files = [*_HOME.glob("*.py"), *_HOME.glob("*.toml"), *(_HOME / "scoring").glob("*.py")]
    files += [_HOME.parent / "racing" / name for name in _BESIDE]
    return digest(b"".join(digest(path.read_bytes()).encode() for path in sorted(files)))


@dataclass(frozen=True, slots=True)
class Inputs:
    """What one championship rests on: as a whole, and for each race what its awards, and the table after it, rest on."""

    whole: str
    paid: Mapping[int, str]
    drawn: Mapping[int, str]

    def of(self, race: int, *, latest: bool) -> str:
        """Give what the awards of a race, and the table after it, rest on; the latest table is kept otherwise than others."""
        drawn = self.drawn[race]
        return self.paid[race] + (digest(f"latest {drawn}") if latest else drawn)


class SeasonInputs:
    """What all championships of a season rest on."""

    def __init__(self, rows: SeasonRows, sessions: Collection[str]) -> None:
        """Go through the rows once. `sessions` are the kinds of session that some championship has a scale for."""
        self._common = digest(f"{version_of_the_code()} {sorted(sessions)} {quick_json.dumps(rows.listed.rows)}")
        self._races = _told(rows)

    def of(self, held: Held) -> Inputs:
        """Give what a championship rests on.

        A table rests on the races up to it, awards on their own race; but where rules change in the season or decisions are
        taken later, and where a race that is missed costs points, what comes later tells too.
        """
        own = f"{self._common} {quick_json.dumps(held.championship.all_rules, sort_keys=True)}"
        paid, drawn, so_far = {}, {}, digest(own)
        common = so_far
        for race, told in self._races.items():
            so_far = digest(so_far + told)
            paid[race], drawn[race] = digest(common + told), so_far
        if looks_ahead(held.rules):
            paid, drawn = dict.fromkeys(paid, so_far), dict.fromkeys(drawn, so_far)
        return Inputs(so_far, paid, drawn)


def looks_ahead(rules: Rules) -> bool:
    """Tell whether what a race paid, or a table, may also rest on later races."""
    return rules.low or bool(rules.changes) or any(decision.visible_from is not None for decision in rules.decisions)


def _told(rows: SeasonRows) -> dict[int, str]:
    """Give a digest of what is told of each race, in the order of the races."""
    return {race: digest(quick_json.dumps((race, own))) for race, own in rows.results.items()}
