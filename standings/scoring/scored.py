"""What comes out: awards with their reasons, and a table after each race.

Named tuples, for a season makes thousands of them: they are made three times as fast as frozen dataclasses.
"""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any, NamedTuple

from standings.scoring.points import format_points


class Part(NamedTuple):
    """One thing that an award was added up from.

    `kind` is "position", "bonus", "carried" (a bonus that is not counted at once: its `points` are 0, its `value` is
    carried into the next phase) or "decision". For a position, `why` says why this position was used: "on_the_road" (the
    road's own place), "as_classified" (the series' own place as told), "guests_removed" (it is better than the place on the
    road, `road`), "reranked" (others who are not paid were taken out too), "in_class", "in_championship" (numbered among
    its own cars), "moved_up" (cars ahead that do not score were taken out), "shared" (drivers shared the car, which is not
    paid then); a position that is None pays for a status, which is then `why`: "DNF", or "absent" from the race. For a
    bonus `why` is "first", or "next" where it passed on from a car that may not have it; `rule` is then what it is for, as
    "pole". For a decision, `rule` is its kind and `why` its reason, or "min_drive" of who was too short a time at the
    wheel.
    `value` times `factor` makes `points`, or each of `share` equal shares of it, rounded.
    """

    kind: str
    rule: str
    ranking: str
    position: int | None
    why: str
    value: Fraction
    factor: Fraction
    points: Fraction
    entry: int
    road: int | None = None
    share: int = 1

    def as_json(self) -> dict[str, Any]:
        """Give the part as JSON values, points as exact text."""
        data: dict[str, Any] = {
            "kind": self.kind,
            "rule": self.rule,
            "ranking": self.ranking,
            "position": self.position,
            "why": self.why,
            "value": format_points(self.value),
            "factor": format_points(self.factor),
            "points": format_points(self.points),
            "entry": self.entry,
        }
        if self.road is not None:
            data["road"] = self.road
        if self.share != 1:
            data["share"] = self.share
        return data


class Score(NamedTuple):
    """What counts of a race, in units: of a car, or of a subject with all its cars; `points` counts the bonuses too.

    `positions` are the places used, `spare` those of cars that did not score; `carry` is what the next phase begins with.
    """

    points: int
    bonus: int = 0
    positions: tuple[int, ...] = ()
    started: bool = True
    droppable: bool = True
    carry: int = 0
    spare: tuple[int, ...] = ()


#: What counts of a race, and what it was added up from.
Parts = tuple[Part, ...]
Earned = tuple[Score, Parts]


class Award(NamedTuple):
    """The points of one race for one subject; `dropped` as in the last table, where the subject stands in it."""

    race: int
    subject: int
    points: Fraction
    parts: tuple[Part, ...]
    dropped: bool = False


class Tie(NamedTuple):
    """What decided between two neighbours of a table who are level on points, as one of them sees it.

    `rule` is the step of the chain that decided, or "shared"; `other` the neighbour; `ahead` tells whether this one is ahead.
    For a countback `place`, `mine` and `theirs`: how many results of that place each has; of who achieved a place first or last
    the `place` and the `race`; of scores `mine` and `theirs`, the first that differ, as exact text; of head to head `mine` and
    `theirs`, the times ahead less the times behind.
    """

    rule: str
    other: int
    ahead: bool
    place: int | None = None
    mine: int | str | None = None
    theirs: int | str | None = None
    race: int | None = None

    def as_json(self) -> dict[str, Any]:
        """Give it as JSON values, without what this rule does not tell."""
        rule, other, ahead, place, mine, theirs, race = self
        told: dict[str, Any] = {"rule": rule, "other": other, "ahead": ahead}
        if place is not None:
            told["place"] = place
        if mine is not None:
            told["mine"] = mine
        if theirs is not None:
            told["theirs"] = theirs
        if race is not None:
            told["race"] = race
        return told


class Row(NamedTuple):
    """One row of a table.

    `order` counts the rows from 1; `position` is shared where nothing breaks a tie, and None for who is not classified.
    `dropped` are the races whose scores do not count; `tie` is of who is level on points with a neighbour. `told` (JSON values)
    may hold
    - `adjustments`: [{"kind", "points", "reason"}], with the "text" that stands for the position of who is excluded;
    - `phase`: {"number", "began"}: the phase of the season that this row has reached, with how many points that began;
    - `rules`: {"race", "reason", "position", "points"}: rules changed at that race, and what the row would be without;
    - `not_classified`: "excluded" or "too_few_starts".
    """

    subject: int
    order: int
    position: int | None
    points: Fraction
    gross: Fraction
    dropped: tuple[int, ...]
    tie: Tie | None
    told: Mapping[str, Any]

    @property
    def why(self) -> Mapping[str, Any]:
        """What is told of the row beside its points, as JSON values: its tie, and the rest."""
        return why_of(self.tie, self.told)


def why_of(tie: Tie | None, told: Mapping[str, Any]) -> Mapping[str, Any]:
    """Give what is told of a row beside its points, as JSON values."""
    return told if tie is None else {"tie": tie.as_json(), **told}


class Table(NamedTuple):
    """The championship after a race."""

    race: int
    rows: tuple[Row, ...]


class Basis(NamedTuple):
    """How many places of the championship's ranking are known of a race, of how many (None: not known).

    `complete` tells that every place that pays is known.
    """

    race: int
    known: int
    of: int | None
    complete: bool


class Counted(NamedTuple):
    """A race as it counts: how much of it is known, and what counts of it for each subject, by their ids.

    What that was added up from need not be told.
    """

    basis: Basis
    earned: dict[int, Earned]


class Scored(NamedTuple):
    """A championship, scored.

    `counted` gives by race, in their order, for those that have a table, what counts of it for whom in units, and what that was
    added up from; `points` gives units as points.
    """

    tables: tuple[Table, ...]
    basis: tuple[Basis, ...]
    counted: Mapping[int, Mapping[int, Earned]] = {}
    points: Mapping[int, Fraction] = {}

    @property
    def awards(self) -> tuple[Award, ...]:
        """What was added up of each race for whom, one by one; those of a race by the ids of their subjects."""
        last = self.tables[-1].rows if self.tables else ()
        dropped = {(race, row.subject) for row in last for race in row.dropped}
        return tuple(
            [
                Award(race, subject, self.points[score.points], parts, (race, subject) in dropped)
                for race, counted in self.counted.items()
                for subject, (score, parts) in sorted(counted.items())
                if parts
            ]
        )


class Lead(NamedTuple):
    """The first of a table, and whether nobody can be ahead, or level but surely behind.

    Else `rival` may be, None: somebody not listed.
    `proven` tells that some completion has the rival level or ahead; else that is merely not ruled out.
    """

    leader: int
    certain: bool
    rival: int | None = None
    proven: bool = True


class Reach(NamedTuple):
    """The best and the worst position (None: without end) that may be; `exact` tells that each of the two surely may."""

    best: int
    worst: int | None
    exact: bool


class Bounds(NamedTuple):
    """How far the table after a race may be from what is known.

    `points` gives the least and the most (None: without end) of those in the table for whom they differ. `lead` is None where
    the table has no first. `races` are those that are partly known. `exact` tells that no bound is too wide (`bounds.py`).
    `positions` gives what may become of the position of those for whom it is not sure (`positions.py`); None where that was not
    looked at.
    """

    race: int
    points: Mapping[int, tuple[Fraction, Fraction | None]]
    lead: Lead | None
    races: tuple[int, ...]
    exact: bool
    positions: Mapping[int, Reach] | None = None
