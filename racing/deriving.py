"""What follows from stated places: the order of a group out of the order that holds it. Plain.

The series' own order is the road's without the guests; a class's is the series' without the other classes. Where places or
memberships are unknown, each place of the group has a least and a greatest value; a place is derived only where they meet.
"""

from bisect import bisect_left
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from itertools import pairwise


class ImpossibleOrderError(ValueError):
    """The stated places contradict each other; `entries` are those between which it shows."""

    def __init__(self, entries: tuple[int, ...]) -> None:
        super().__init__(f"no order satisfies the places of {entries}")
        self.entries = entries


@dataclass(slots=True)
class _Bounds:
    """The least and the greatest place that an entry can have in the group; `ahead` of it stand known others."""

    entry: int
    base: int
    least: int
    greatest: int


def places_within(
    base: Mapping[int, int], inside: Collection[int], outside: Collection[int], stated: Mapping[int, int]
) -> dict[int, int]:
    """Derive places in a group from places in the order that holds the group.

    `base` maps entries to their places in the wider order; some places may be unknown, and entries may share one. `inside`
    are entries known to belong to the group, `outside` those known not to; of all others nothing is known. `stated` are
    places in the group that are known already, also of entries without a place in `base`.

    Gives the places that follow, without those in `stated`. Raises ImpossibleOrderError where the two orders contradict
    each other.
    """
    numbered = _numbered(base, inside, outside)
    if numbered is not None and all(numbered.get(entry) == place for entry, place in stated.items()):
        return {entry: place for entry, place in numbered.items() if entry not in stated}
    rows = _first_bounds(base, inside, outside)
    for row in rows:
        if row.entry in stated:
            place = stated[row.entry]
            if not row.least <= place <= row.greatest:
                raise ImpossibleOrderError((row.entry,))
            row.least = row.greatest = place
    in_base = {row.entry for row in rows}
    elsewhere = {place for entry, place in stated.items() if entry not in in_base}
    while _narrow(rows, base, outside, elsewhere):
        pass
    return {row.entry: row.least for row in rows if row.least == row.greatest and row.entry not in stated}


def _numbered(base: Mapping[int, int], inside: Collection[int], outside: Collection[int]) -> dict[int, int] | None:
    """Number the members where all who are ahead of each are known, which is so of most races; else None."""
    members = sorted([(place, entry) for entry, place in base.items() if entry in inside])
    others = sorted([place for entry, place in base.items() if entry in outside])
    found = {}
    for number, (place, entry) in enumerate(members, 1):
        if place != number + (bisect_left(others, place) if others else 0):
            return None
        found[entry] = number
    return found


def _first_bounds(base: Mapping[int, int], inside: Collection[int], outside: Collection[int]) -> list[_Bounds]:
    """Bound each member by the members known ahead of it and by the places ahead of which nothing is known."""
    members = sorted((place, entry) for entry, place in base.items() if entry in inside)
    others = sorted(place for entry, place in base.items() if entry in outside)
    places = [place for place, _ in members]
    rows = []
    for place, entry in members:
        first = bisect_left(places, place) + 1
        rows.append(_Bounds(entry, place, first, max(first, place - bisect_left(others, place))))
    return rows


def _narrow(rows: list[_Bounds], base: Mapping[int, int], outside: Collection[int], taken: Collection[int]) -> bool:
    """Narrow the bounds once by their neighbours and by places that others hold; tell whether anything moved."""
    moved = False
    for row in rows:
        while row.least in taken and row.least <= row.greatest:
            row.least, moved = row.least + 1, True
        while row.greatest in taken and row.least <= row.greatest:
            row.greatest, moved = row.greatest - 1, True
    for before, after in pairwise(rows):
        if before.base == after.base:
            continue  # a dead heat: neither is ahead of the other
        between = after.base - before.base - sum(1 for o in outside if before.base < base.get(o, 0) < after.base)
        limits = (
            (after, max(after.least, before.least + 1), min(after.greatest, before.greatest + between)),
            (before, max(before.least, after.least - between), min(before.greatest, after.greatest - 1)),
        )
        for row, least, greatest in limits:
            if (least, greatest) != (row.least, row.greatest):
                row.least, row.greatest, moved = least, greatest, True
    for row in rows:
        if row.least > row.greatest:
            raise ImpossibleOrderError(tuple(other.entry for other in rows if abs(other.base - row.base) <= 1))
    return moved
