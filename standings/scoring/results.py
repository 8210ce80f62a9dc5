"""What goes in: the races of a season as they hold, in their order. Ids are whatever the caller knows things by."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from racing.terms import Contest, Status


@dataclass(frozen=True, slots=True)
class Line:
    """One car in one race.

    `entry`, `drivers` and `team` are ids; `classes` are the names of the classes it ran in that day, overlays such as Rookie
    among them. `places` gives the places that are known, by contest and ranking; what is not known is not there.
    """

    entry: int
    drivers: tuple[int, ...] = ()
    team: int | None = None
    guest: bool = False
    classes: frozenset[str] = frozenset()
    status: Status | None = None
    places: Mapping[tuple[Contest, str], int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RaceResults:
    """One race of the season.

    `key` is the race's id, `round` the id of the meeting it belongs to, `number` the round's number in the season where that is
    known, `session` the kind of session whose scale applies, `starters` how many cars started where that is known. A race
    without lines has not been told of yet: it gives no table.
    """

    key: int
    round: int
    number: int | None = None
    session: str = "race"
    cancelled: bool = False
    starters: int | None = None
    lines: tuple[Line, ...] = ()
