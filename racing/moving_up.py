"""Who moves up where a disqualified car has left its place. Plain."""

from collections.abc import Iterable, Mapping

from racing.settled import Conflict, Recorded, SettledPlace, Testimony
from racing.terms import Contest, Origin

#: A document, as weight and number, or an archive.
Document = tuple[str, int, int]


class Documents:
    """The documents and archives by the facts and records that they gave."""

    def __init__(self, told: Iterable[Testimony], records: Iterable[Recorded]) -> None:
        self.facts: dict[int, Document] = {row.fact: ("report", row.weight, row.seq) for row in told}
        self.records: dict[int, Document] = {row.record: ("archive", row.archive, 0) for row in records}

    def of(self, fact: int | None, record: int | None) -> Document | None:
        """Give the document of a fact, or the archive of a record; None for a person's word."""
        if record is not None:
            return self.records[record]
        return None if fact is None else self.facts[fact]


def lost_by(conflicts: Iterable[Conflict]) -> dict[tuple[Contest | None, str, int], tuple[int | None, int | None]]:
    """Give the fact, or the record, of each place that a car has lost by its status, by contest, ranking and entry."""
    found: dict[tuple[Contest | None, str, int], tuple[int | None, int | None]] = {}
    for one in conflicts:
        if one.code == "status":
            found.setdefault((one.contest, one.ranking, one.detail["entry"]), (one.other_fact, one.other_record))
    return found


def moved_up(
    slot: Mapping[int, SettledPlace], left: Mapping[int, tuple[int, Document | None]], documents: Documents
) -> dict[int, SettledPlace]:
    """Give the new places of those behind cars that have left theirs, by entry; what they follow from is kept.

    `slot` are the places of one ranking, `left` those that were left, each with the document that told it. Nobody moves up
    unless one document gave all of them, since of another it is not known whether it counts the disqualified car; nor where
    somebody else, such as whom a person placed, has a place that would be taken.
    """
    positions = {entry: position for entry, (position, _document) in left.items()}
    behind = {
        entry: place
        for entry, place in slot.items()
        if place.source.origin == Origin.STATED and left and place.position > min(positions.values())
    }
    told_by = {document for _position, document in left.values()}
    told_by |= {documents.of(place.source.fact, place.source.record) for place in behind.values()}
    if len(told_by) > 1:
        return {}
    moved = {entry: _without(place, positions) for entry, place in behind.items()}
    held = {place.position for entry, place in slot.items() if entry not in moved}
    return moved if held.isdisjoint(place.position for place in moved.values()) else {}


def _without(place: SettledPlace, left: Mapping[int, int]) -> SettledPlace:
    """Give a place without the cars that have left theirs ahead of it."""
    ahead = sorted(entry for entry, position in left.items() if position < place.position)
    why = {"from": place.ranking, "position": place.position, "without": ahead}
    source = place.source._replace(origin=Origin.DERIVED, why=why)
    return place._replace(position=place.position - len(ahead), source=source)
