"""What other rules would change: two scorings of one season, row by row."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from standings.scoring import Row, Scored


@dataclass(frozen=True, slots=True)
class Difference:
    """A subject whose row differs: before and after (None: it has none), and the points of its bonuses, dropped or not."""

    subject: int
    before: Row | None
    after: Row | None
    bonus_before: Fraction
    bonus_after: Fraction

    @property
    def gained(self) -> int:
        """How many places it gains; 0 where it had or has no position."""
        if self.before is None or self.after is None:
            return 0
        if self.before.position is None or self.after.position is None:
            return 0
        return self.before.position - self.after.position

    @property
    def drops_differ(self) -> bool:
        """Whether other scores are dropped."""
        return (self.before.dropped if self.before else ()) != (self.after.dropped if self.after else ())


@dataclass(frozen=True, slots=True)
class Comparison:
    """The rows of the last table that differ, in the new order; the races whose tables differ, of how many; all new rows."""

    rows: tuple[Difference, ...]
    races: tuple[int, ...]
    of: int
    table: tuple[Row, ...]


def compare(before: Scored, after: Scored) -> Comparison:
    """Compare two scorings of the same races."""
    old = {table.race: table.rows for table in before.tables}
    new = {table.race: table.rows for table in after.tables}
    races = list(dict.fromkeys([*old, *new]))
    last_old = before.tables[-1].rows if before.tables else ()
    last_new = after.tables[-1].rows if after.tables else ()
    return Comparison(
        _differences(last_old, last_new, _bonuses(before), _bonuses(after)),
        tuple(race for race in races if _seen(old.get(race, ())) != _seen(new.get(race, ()))),
        len(races),
        tuple(last_new),
    )


def _seen(rows: Sequence[Row]) -> list[tuple[object, ...]]:
    """What a person sees of a table."""
    return [(row.subject, row.position, row.points, row.gross, row.dropped) for row in rows]


def _bonuses(scored: Scored) -> dict[int, Fraction]:
    found: dict[int, Fraction] = {}
    for counted in scored.counted.values():
        for subject, (_, parts) in counted.items():
            for part in parts:
                if part.kind == "bonus":
                    found[subject] = found.get(subject, Fraction(0)) + part.points
    return found


def _differences(
    old: Sequence[Row], new: Sequence[Row], bonus_before: dict[int, Fraction], bonus_after: dict[int, Fraction]
) -> tuple[Difference, ...]:
    before, after = ({row.subject: row for row in rows} for rows in (old, new))
    found = []
    for subject in [*after, *(one for one in before if one not in after)]:
        mine, then = before.get(subject), after.get(subject)
        bonuses = bonus_before.get(subject, Fraction(0)), bonus_after.get(subject, Fraction(0))
        if mine is None or then is None or _seen([mine]) != _seen([then]) or bonuses[0] != bonuses[1]:
            found.append(Difference(subject, mine, then, *bonuses))
    return tuple(found)
