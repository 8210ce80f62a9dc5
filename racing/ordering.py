"""In which order a season's rounds were held, from what little is known of each. Plain."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Meeting:
    """A round: `key` is the event's id, `name` breaks ties, `number` and `start` are None while unknown."""

    key: int
    name: str
    number: int | None = None
    start: date | None = None


def order_rounds(meetings: Collection[Meeting], announced: Iterable[tuple[int, int]] = ()) -> list[int]:
    """Give the events' ids in the order they were held.

    Numbers hold above all, then dates, then `announced`: pairs of an event and a later one that its report announces. What
    contradicts something stronger is passed over; what nothing tells apart stands by name.
    """
    by_number = sorted((row.number, row.key) for row in meetings if row.number is not None)
    by_date = sorted((row.start, row.key) for row in meetings if row.start is not None)
    known = {row.key for row in meetings}
    pairs = [(one[1], other[1]) for rows in (by_number, by_date) for one, other in pairwise(rows)]
    pairs += sorted(pair for pair in announced if known.issuperset(pair))
    before: dict[int, set[int]] = {key: set() for key in known}
    for first, second in pairs:
        if first != second and not _comes_before(second, first, before):
            before[second].add(first)
    return _sorted(
        sorted(meetings, key=lambda row: (row.start is None, row.start or date.min, row.name, row.key)), before
    )


def _comes_before(first: int, second: int, before: dict[int, set[int]]) -> bool:
    """Tell whether the first is already known to come before the second, by any way."""
    return any(first == other or _comes_before(first, other, before) for other in before[second])


def _sorted(meetings: Sequence[Meeting], before: dict[int, set[int]]) -> list[int]:
    """Put each after all that come before it, as close to the given order as that allows."""
    order: list[int] = []
    rest = [row.key for row in meetings]
    while rest:
        ready = next(key for key in rest if before[key].issubset(order))
        rest.remove(ready)
        order.append(ready)
    return order
