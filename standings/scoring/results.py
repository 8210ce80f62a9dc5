"""What goes in: the races of a season as they hold, in their order. Ids are whatever the caller knows things by."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from types import MappingProxyType
from typing import Any

from racing.terms import Contest, Status

_NOTHING: Mapping[Any, Any] = MappingProxyType({})


def _nothing() -> Mapping[Any, Any]:
    return _NOTHING


@dataclass(frozen=True, slots=True)
class Line:
    """One car in one race.

    `entry`, `drivers`, `team`, `make`, `entity` (who competes for makes, as chassis with engine), `car` (where one car has
    several entries) and `crew` (where a crew is its drivers, who may change cars, and not the entry) are ids; `classes` are the
    names of the classes it ran in that day, overlays such as Rookie among them; `more_classes` tells that it may have run in
    others besides, for nothing is told of it that would shut them out. `places` gives the places that are known, by
    contest and ranking; what is not known is not there. `drive` gives the minutes at the wheel by driver, `holders` who of the
    drivers it was that was first in a contest. What is not known of `laps`, `laps_led`, `drive` and `holders` is not held
    against anybody. `flags` gives what each driver is that day, in words such as "rookie" or "bronze"; `team_car` tells which
    of its team's cars it is, from 1 on, where that is known.
    """

    entry: int
    drivers: tuple[int, ...] = ()
    team: int | None = None
    guest: bool = False
    classes: frozenset[str] = frozenset()
    status: Status | None = None
    places: Mapping[tuple[Contest, str], int] = field(default_factory=_nothing)
    make: int | None = None
    entity: int | None = None
    car: int | None = None
    registered: bool = True
    nominated: bool = False
    tags: frozenset[str] = frozenset()
    laps: int | None = None
    laps_led: int | None = None
    drive: Mapping[int, Fraction] = field(default_factory=_nothing)
    holders: Mapping[Contest, tuple[int, ...]] = field(default_factory=_nothing)
    crew: int | None = None
    flags: Mapping[int, frozenset[str]] = field(default_factory=_nothing)
    team_car: int | None = None
    more_classes: bool = False


@dataclass(frozen=True, slots=True)
class RaceResults:
    """One race of the season.

    `key` is the race's id, `round` the id of the meeting it belongs to, `number` the round's number in the season where that is
    known, `session` the kind of session whose scale applies, `starters` how many cars started where that is known,
    `attributes` numbers that rules may ask for ("hours"; "share_run", the share of the distance that was run), `tags` words. A
    race without lines has not been told of yet: it gives no table.
    """

    key: int
    round: int
    number: int | None = None
    session: str = "race"
    cancelled: bool = False
    starters: int | None = None
    lines: Sequence[Line] = ()
    attributes: Mapping[str, Fraction] = field(default_factory=_nothing)
    tags: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Entrants:
    """Who may have taken part in a race beside those whom its results tell of.

    `listed` are cars of the season's list, each as it would have run in that round. `others` tells whether a car that nobody
    has listed may have run too; such a car is no guest, may be paid, and belongs to no driver, team or make that is known.
    `unsure` are the race's attributes of which it is known that they are not known; one that is merely not told changes
    nothing.
    """

    listed: tuple[Line, ...] = ()
    others: bool = True
    unsure: frozenset[str] = frozenset()
