"""What goes into the settling of a race and what comes out of it. Plain values.

Named tuples, for a race makes hundreds of them: they are made three times as fast as frozen dataclasses.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from racing.terms import Contest, FactKind, Origin, Status

#: The field of a correction that adds a car to a race (true) or takes it out (false).
TAKING_PART = "taking_part"

#: The fields of a correction that are a number of laps.
LAPS = ("laps", "laps_led")
#: Fields of a correction with what they are about: "drive:7", "holder:fastest_lap".
DRIVE, HOLDER = "drive", "holder"

_NOTHING: Mapping[Any, Any] = MappingProxyType({})

#: A car with one of these has no place in the race. A retired car may still be classified.
WITHOUT_A_PLACE = (Status.DSQ, Status.EX, Status.DNS, Status.DNQ, Status.WD)


def split_field(field: str) -> tuple[Contest, str]:
    """Split "race:Pro-Am" into contest and ranking. Raises ValueError if it is no such field."""
    contest, _, ranking = field.partition(":")
    if not ranking:
        raise ValueError(f"no ranking in {field!r}")
    return Contest(contest), ranking


class Starter(NamedTuple):
    """An entry of the season, as far as settling needs to know it; `key` is the entry's id."""

    key: int
    guest: bool = False
    classes: frozenset[str] = frozenset()
    overlays: frozenset[str] = frozenset()


class Testimony(NamedTuple):
    """A fact that was matched with an entry of the season.

    `weight` orders the kinds of document (a timing sheet above a press release), `seq` the documents of a kind by time: of
    two that disagree the heavier holds, then the later, then the surer. `foreign` tells that the report speaks of another
    series on the same grid, so that its "overall" is this season's "track".
    """

    fact: int
    entry: int
    kind: FactKind
    ranking: str = ""
    position: int | None = None
    weight: int = 0
    seq: int = 0
    sure: float = 1.0
    foreign: bool = False
    detail: str = ""
    text: str = ""


class Recorded(NamedTuple):
    """What an archive says of an entry: it weighs more than any report.

    Two entries that one archive puts in one place were level. `holders` gives who of the crew was first in a contest,
    `figures` what else is told ("number", "laps", "laps_led", "drive": minutes by driver).
    """

    record: int
    archive: int
    entry: int
    places: Mapping[tuple[Contest, str], int] = _NOTHING
    status: Status | None = None
    holders: Mapping[Contest, int] = _NOTHING
    figures: Mapping[str, Any] = _NOTHING


class Amendment(NamedTuple):
    """A correction that holds; `field` and `value` as `racing.models.Correction` describes them."""

    correction: int
    entry: int
    field: str
    value: Any


class Source(NamedTuple):
    """Where a field comes from: the fact, the archive's record or the correction, or, if derived, what it follows from."""

    origin: Origin
    fact: int | None = None
    correction: int | None = None
    record: int | None = None
    why: Mapping[str, Any] = _NOTHING


class SettledPlace(NamedTuple):
    """A place that holds, in one contest and ranking; `driver` is who of the crew it was, where one alone can have been."""

    contest: Contest
    ranking: str
    position: int
    source: Source
    detail: str = ""
    driver: int | None = None


class SettledResult(NamedTuple):
    """All that holds of one entry in one race. `status` is None while unknown; `figures` are those of `Recorded`."""

    entry: int
    places: tuple[SettledPlace, ...] = ()
    status: Status | None = None
    status_source: Source | None = None
    penalty: str = ""
    penalty_source: Source | None = None
    record: int | None = None
    figures: Mapping[str, Any] = _NOTHING


class Conflict(NamedTuple):
    """Two sources that cannot both hold; `code` is "place_taken", "two_places", "status" or "impossible_order"."""

    code: str
    contest: Contest | None = None
    ranking: str = ""
    kept_fact: int | None = None
    kept_correction: int | None = None
    other_fact: int | None = None
    kept_record: int | None = None
    other_record: int | None = None
    detail: Mapping[str, Any] = _NOTHING


class Classification(NamedTuple):
    """One race as it holds for one season."""

    results: tuple[SettledResult, ...]
    conflicts: tuple[Conflict, ...] = ()
