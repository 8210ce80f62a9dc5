"""Who is meant: the names, numbers and teams of a report to a season's entries. Plain."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from racing.terms import Match


@dataclass(frozen=True, slots=True)
class Named:
    """A driver as the season knows them; `key` is the driver's id, `aliases` are other ways of writing the whole name."""

    key: int
    first_name: str
    last_name: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Entrant:
    """A car on the season's list in the round in question; `key` is the entry's id."""

    key: int
    crew: tuple[Named, ...]
    number: str = ""
    team: str = ""
    car: str = ""
    classes: frozenset[str] = field(default_factory=frozenset)
    guest: bool = False


@dataclass(frozen=True, slots=True)
class Matched:
    """The outcome: `entry` is the entry's id where `match` is MATCHED; `why` is a short reason for people, in English."""

    match: Match
    entry: int | None = None
    drivers: tuple[int, ...] = ()
    candidates: tuple[int, ...] = ()
    why: str = ""


def match_people(
    drivers: Sequence[str],
    entrants: Sequence[Entrant],
    *,
    number: str = "",
    team: str = "",
    ranking: str = "",
) -> Matched:
    """Find the one entrant whom a fact means.

    `drivers` are names as a report gives them ("Andlauer", "J. Andlauer", "ANDLAUER Julien"); all of them must belong to
    the same car. `number`, `team` and a class as `ranking` decide between entrants of the same name, never against a name.
    """
    raise NotImplementedError
