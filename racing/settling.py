"""What holds: the facts of all reports and people's corrections, settled into one classification of a race. Plain."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from racing.terms import Contest, FactKind, Origin, Status


@dataclass(frozen=True, slots=True)
class Starter:
    """An entry of the season, as far as settling needs to know it; `key` is the entry's id."""

    key: int
    guest: bool = False
    classes: frozenset[str] = field(default_factory=frozenset)
    overlays: frozenset[str] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True)
class Testimony:
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


@dataclass(frozen=True, slots=True)
class Amendment:
    """A correction that holds; `field` and `value` as `racing.models.Correction` describes them."""

    correction: int
    entry: int
    field: str
    value: Any


@dataclass(frozen=True, slots=True)
class Source:
    """Where a field comes from: the fact or the correction, or, if derived, what it follows from."""

    origin: Origin
    fact: int | None = None
    correction: int | None = None
    why: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SettledPlace:
    """A place that holds, in one contest and ranking."""

    contest: Contest
    ranking: str
    position: int
    source: Source
    detail: str = ""


@dataclass(frozen=True, slots=True)
class SettledResult:
    """All that holds of one entry in one race. `status` is None while unknown."""

    entry: int
    places: tuple[SettledPlace, ...] = ()
    status: Status | None = None
    status_source: Source | None = None
    penalty: str = ""
    penalty_source: Source | None = None


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two sources that cannot both hold; `code` is "place_taken", "two_places", "status" or "impossible_order"."""

    code: str
    contest: Contest | None = None
    ranking: str = ""
    kept_fact: int | None = None
    kept_correction: int | None = None
    other_fact: int | None = None
    detail: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Classification:
    """One race as it holds for one season."""

    results: tuple[SettledResult, ...]
    conflicts: tuple[Conflict, ...] = ()


def settle(
    starters: Sequence[Starter], testimonies: Sequence[Testimony], amendments: Sequence[Amendment]
) -> Classification:
    """Settle one race for one season. The order of the arguments' rows never matters."""
    raise NotImplementedError
