"""What holds: facts of reports, records of archives and people's corrections, settled into one classification of a race.

Plain. The values that go in and come out are those of `racing.settled`.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from racing.deriving import ImpossibleOrderError, places_within
from racing.moving_up import Documents, lost_by, moved_up
from racing.settled import (
    DRIVE,
    HOLDER,
    LAPS,
    TAKING_PART,
    WITHOUT_A_PLACE,
    Amendment,
    Classification,
    Conflict,
    Recorded,
    SettledPlace,
    SettledResult,
    Source,
    Starter,
    Testimony,
    split_field,
)
from racing.terms import OVERALL, TRACK, Contest, FactKind, Origin, Status

__all__ = [
    "DERIVED",
    "TAKING_PART",
    "WITHOUT_A_PLACE",
    "Amendment",
    "Classification",
    "Conflict",
    "Recorded",
    "SettledPlace",
    "SettledResult",
    "Source",
    "Starter",
    "Testimony",
    "settle",
    "split_field",
]

#: By a name of its own: to look it up in its enumeration takes as long as to make a place.
DERIVED = Origin.DERIVED
#: Who crossed the line and lost the place afterwards; of who did not start, the place that was told was somebody else's.
THROWN_OUT = (Status.DSQ, Status.EX)
#: The contest that a kind of fact gives places in.
CONTESTS = {
    FactKind.FINISH: Contest.RACE,
    FactKind.QUALIFYING: Contest.QUALIFYING,
    FactKind.FASTEST_LAP: Contest.FASTEST_LAP,
}


def settle(
    starters: Sequence[Starter],
    testimonies: Sequence[Testimony],
    amendments: Sequence[Amendment],
    records: Sequence[Recorded] = (),
) -> Classification:
    """Settle one race for one season.

    A correction outranks all, an archive's record every report; of reports the heavier kind of document holds, then the
    later, then the surer. What is stated is kept as stated, what follows is added and marked as derived, what cannot both
    hold is listed. The order of the arguments' rows never matters.
    """
    sheet = _Sheet({starter.key: starter for starter in starters})
    sheet.amend(amendments)
    sheet.record(row for row in records if row.entry in sheet.starters and row.entry not in sheet.out)
    told = [row for row in testimonies if row.entry in sheet.starters and row.entry not in sheet.out]
    sheet.testify(_on_the_road(told, sheet.starters))
    sheet.close_up(told, records)
    sheet.derive()
    sheet.find_statuses()
    return sheet.classification()


def _strength(row: Testimony) -> tuple[int, int, float, int, int]:
    """Order testimonies, the strongest first; what is equally strong goes by its ids, so that row order never matters."""
    return -row.weight, -row.seq, -row.sure, row.fact, row.entry


def _on_the_road(testimonies: Iterable[Testimony], starters: Mapping[int, Starter]) -> list[Testimony]:
    """Read "overall" as the order on the road wherever it speaks of more than this season's own cars.

    That is so in reports about another series on the same grid, and in a listing (one contest of one document) that
    gives a guest a place among the others.
    """
    rows = list(testimonies)

    def listing(row: Testimony) -> tuple[int, int, FactKind]:
        return row.weight, row.seq, row.kind

    with_guests = {listing(row) for row in rows if row.ranking == OVERALL and starters[row.entry].guest}
    return [
        row._replace(ranking=TRACK) if row.ranking == OVERALL and (row.foreign or listing(row) in with_guests) else row
        for row in rows
    ]


class _Sheet:
    """The classification while it is being settled."""

    def __init__(self, starters: dict[int, Starter]) -> None:
        self.starters = starters
        self.out: set[int] = set()
        self.seen: set[int] = set()
        self.places: dict[tuple[Contest, str], dict[int, SettledPlace]] = {}
        #: Whom a person has given a place or none, by contest and ranking.
        self.barred: dict[tuple[Contest, str], set[int]] = defaultdict(set)
        self.vacated: dict[tuple[Contest, str], dict[int, int]] = {}
        self.statuses: dict[int, tuple[Status, Source]] = {}
        self.penalties: dict[int, tuple[str, Source]] = {}
        self.retired: dict[int, Testimony] = {}
        self.records: dict[int, Recorded] = {}
        self.figures: dict[int, dict[str, Any]] = {}
        self.holders: dict[tuple[Contest, int], int | None] = {}
        self.conflicts: list[Conflict] = []
        #: Who holds a position, by contest and ranking; of several the first that was given it.
        self.holding: dict[tuple[Contest, str], dict[int, SettledPlace]] = {}

    # -- what people say -------------------------------------------------------------------------------------------

    def amend(self, amendments: Iterable[Amendment]) -> None:
        """Enter the corrections; nothing that comes later moves them."""
        rows = sorted((row for row in amendments if row.entry in self.starters), key=lambda row: row.correction)
        self.out = {row.entry for row in rows if row.field == TAKING_PART and row.value is False}
        for row in rows:
            if row.entry in self.out:
                continue
            self.seen.add(row.entry)
            source = Source(Origin.CORRECTED, correction=row.correction)
            if row.field == "status":
                self.statuses[row.entry] = (Status(row.value), source)
            elif row.field == "penalty":
                self.penalties[row.entry] = (str(row.value or ""), source)
            elif row.field in LAPS or row.field.startswith((f"{DRIVE}:", f"{HOLDER}:")):
                self._amend_figure(row)
            elif row.field != TAKING_PART:
                contest, ranking = split_field(row.field)
                self.barred[contest, ranking].add(row.entry)
                if row.value is not None:
                    place = SettledPlace(contest, ranking, int(row.value), source)
                    self.places.setdefault((contest, ranking), {})[row.entry] = place

    def _amend_figure(self, row: Amendment) -> None:
        kind, _, about = row.field.partition(":")
        if kind == HOLDER:
            self.holders[Contest(about), row.entry] = None if row.value is None else int(row.value)
        elif kind == DRIVE:
            self.figures.setdefault(row.entry, {}).setdefault(DRIVE, {})[about] = row.value
        else:
            self.figures.setdefault(row.entry, {})[kind] = row.value

    # -- what archives say -----------------------------------------------------------------------------------------

    def record(self, records: Iterable[Recorded]) -> None:
        """Enter what archives say, the one that came first before others."""
        rows = sorted(records, key=lambda row: row.record)
        archives = {row.record: row.archive for row in rows}
        for row in rows:
            self.seen.add(row.entry)
            source = Source(Origin.STATED, record=row.record)
            if row.status is not None:
                self.statuses.setdefault(row.entry, (row.status, source))
            self._enter_figures(row)
            for contest, ranking in sorted(row.places):
                self._enter(row, contest, ranking, source, archives)

    def _enter_figures(self, row: Recorded) -> None:
        """Take over the figures, but for those that a person or an earlier archive gives."""
        self.records.setdefault(row.entry, row)
        held = self.figures.setdefault(row.entry, {})
        drive = {**row.figures.get(DRIVE, {}), **held.get(DRIVE, {})}
        for name, value in row.figures.items():
            held.setdefault(name, value)
        if drive:
            held[DRIVE] = drive

    def _enter(
        self, row: Recorded, contest: Contest, ranking: str, source: Source, archives: Mapping[int, int]
    ) -> None:
        """Give an entry the place that an archive gives, unless a person or an earlier archive says otherwise."""
        position = row.places[contest, ranking]
        slot = self.places.setdefault((contest, ranking), {})
        held = slot.get(row.entry)
        if contest == Contest.RACE and self._has_no_place(row.entry):
            self._disagree("status", row, contest, ranking, position, self.statuses[row.entry][1])
            self.vacated.setdefault((contest, ranking), {}).setdefault(row.entry, position)
        elif held is not None or row.entry in self.barred[contest, ranking]:
            if held is None or held.position != position:
                self._disagree("two_places", row, contest, ranking, position, held.source if held else None)
        else:
            holders = [place.source for place in slot.values() if place.position == position]
            other = next((one for one in holders if archives.get(one.record or 0) != row.archive), None)
            if other is not None:
                self._disagree("place_taken", row, contest, ranking, position, other)
            else:
                driver = row.holders.get(contest)
                slot[row.entry] = SettledPlace(contest, ranking, position, source, driver=driver)

    # -- what reports say ------------------------------------------------------------------------------------------

    def testify(self, testimonies: Iterable[Testimony]) -> None:
        """Enter what reports state, the strongest first."""
        for row in sorted(testimonies, key=_strength):
            self.seen.add(row.entry)
            source = Source(Origin.STATED, fact=row.fact)
            if row.kind in CONTESTS:
                self._claim_place(row, CONTESTS[row.kind], source)
            elif row.kind == FactKind.PENALTY:
                self.penalties.setdefault(row.entry, (row.text, source))
            elif row.kind == FactKind.RETIREMENT:
                self.retired.setdefault(row.entry, row)

    def _claim_place(self, row: Testimony, contest: Contest, source: Source) -> None:
        """Give an entry the place that a report states, unless a stronger source says otherwise."""
        position = 1 if contest == Contest.FASTEST_LAP else row.position
        if position is None or not row.ranking:
            return
        if contest == Contest.RACE and self._has_no_place(row.entry):
            self._disagree("status", row, contest, row.ranking, position, self.statuses[row.entry][1])
            self.vacated.setdefault((contest, row.ranking), {}).setdefault(row.entry, position)
            return
        slot = self.places.setdefault((contest, row.ranking), {})
        held = slot.get(row.entry)
        if held is not None or row.entry in self.barred[contest, row.ranking]:
            if held is None or held.position != position:
                self._disagree("two_places", row, contest, row.ranking, position, held.source if held else None)
            return
        holding = self.holding.get((contest, row.ranking))
        if holding is None:
            holding = self.holding[contest, row.ranking] = {place.position: place for place in reversed(slot.values())}
        holder = holding.get(position)
        if holder is not None:
            self._disagree("place_taken", row, contest, row.ranking, position, holder.source)
            return
        place = SettledPlace(contest, row.ranking, position, source, row.detail)
        slot[row.entry] = holding[position] = place

    def _has_no_place(self, entry: int) -> bool:
        """Tell whether a person or an archive has given the car a status that has no place in the race."""
        status = self.statuses.get(entry)
        return status is not None and status[0] in WITHOUT_A_PLACE

    def _disagree(
        self,
        code: str,
        row: Testimony | Recorded,
        contest: Contest,
        ranking: str,
        position: int | None,
        kept: Source | None,
    ) -> None:
        self.conflicts.append(
            Conflict(
                code,
                contest,
                ranking,
                kept_fact=kept.fact if kept else None,
                kept_correction=kept.correction if kept else None,
                other_fact=row.fact if isinstance(row, Testimony) else None,
                kept_record=kept.record if kept else None,
                other_record=row.record if isinstance(row, Recorded) else None,
                detail={"entry": row.entry, "position": position},
            )
        )

    # -- what follows ----------------------------------------------------------------------------------------------

    def close_up(self, told: Iterable[Testimony], records: Iterable[Recorded]) -> None:
        """Let those behind a disqualified car move up, where that is sure; the order on the road stays as it was."""
        if not self.vacated:
            return
        documents, lost = Documents(told, records), lost_by(self.conflicts)
        for (contest, ranking), left in self.vacated.items():
            slot = self.places.get((contest, ranking), {})
            gone = {
                entry: (position, documents.of(*lost[contest, ranking, entry]))
                for entry, position in left.items()
                if self.statuses[entry][0] in THROWN_OUT
            }
            moved = {} if ranking == TRACK else moved_up(slot, gone, documents)
            slot |= moved
            for entry in gone if moved else ():
                del left[entry]

    def derive(self) -> None:
        """Add what follows: the series' order from the road's, then each class's from the series'."""
        guests = {key for key, starter in self.starters.items() if starter.guest}
        own = self.starters.keys() - guests
        classes = sorted({name for starter in self.starters.values() for name in starter.classes})
        groups = []
        for name in classes:
            members = {key for key in own if name in self.starters[key].classes}
            others = {key for key in own - members if self._excludes(self.starters[key], name)}
            groups.append((name, members, others | guests))
        for contest in Contest:
            self._derive(contest, TRACK, OVERALL, own, guests)
            for name, members, others in groups:
                self._derive(contest, OVERALL, name, members, others)

    @staticmethod
    def _excludes(starter: Starter, name: str) -> bool:
        """Tell whether a car's known classes rule another class out.

        Of a car whose own class is told all classes are: what is not told of it, overlays too, it is not in; else no order of
        the rookies could ever follow from that of all. Overlays alone rule out nothing.
        """
        return bool(starter.classes - starter.overlays) and name not in starter.classes

    def _derive(self, contest: Contest, wider: str, ranking: str, inside: set[int], outside: set[int]) -> None:
        """Add the places of a ranking that follow from a wider one.

        Whom a person has placed is taken out first, as the officials do, and put in again where the person said: the others
        keep their order among themselves.
        """
        base = {entry: place.position for entry, place in self.places.get((contest, wider), {}).items()}
        # A disqualified car has left its place, and nobody unknown had it.
        left = {entry: place for entry, place in self.vacated.get((contest, wider), {}).items() if entry not in base}
        if not (base or left):
            return
        base, outside = base | left, outside | left.keys()
        slot = self.places.setdefault((contest, ranking), {})
        placed = inside & self.barred[contest, ranking]
        fixed = sorted(slot[entry].position for entry in placed if entry in slot)
        stated = {
            entry: place.position - bisect_left(fixed, place.position)
            for entry, place in slot.items()
            if entry not in placed
        }
        try:
            found = places_within(base, inside - placed - left.keys(), outside | placed, stated)
        except ImpossibleOrderError as error:
            detail = {"entries": list(error.entries), "wider": wider}
            self.conflicts.append(Conflict("impossible_order", contest, ranking, detail=detail))
            return
        others = [(base[other], other) for other in outside if other in base]
        for entry, rank in found.items():
            position, place = rank, base[entry]
            for taken in fixed:
                position += taken <= position
            ahead = sorted([other for its, other in others if its < place]) if others else []
            why = {"from": wider, "position": place, "without": ahead}
            slot[entry] = SettledPlace(contest, ranking, position, Source(DERIVED, why=why))

    def find_statuses(self) -> None:
        """Give a car with a place in the race "finished", one that retired "DNF"; where both are told, the place holds."""
        finished: dict[int, Source] = {}
        for (contest, ranking), slot in sorted(self.places.items()):
            for entry, place in slot.items():
                if contest == Contest.RACE and (entry not in finished or ranking == OVERALL):
                    finished[entry] = place.source
        for entry, row in sorted(self.retired.items()):
            if entry in finished and entry not in self.statuses:
                self._disagree("status", row, Contest.RACE, row.ranking, row.position, finished[entry])
            elif entry not in finished:
                self.statuses.setdefault(entry, (Status.DNF, Source(Origin.STATED, fact=row.fact)))
        for entry, source in finished.items():
            self.statuses.setdefault(entry, (Status.FINISHED, source))

    # -- the outcome -----------------------------------------------------------------------------------------------

    def classification(self) -> Classification:
        """Give the results by entry, each with its places in a fixed order."""
        results = []
        slots = [slot for _, slot in sorted(self.places.items())]
        for entry in sorted(self.seen):
            places = [slot[entry] for slot in slots if entry in slot]
            if self.holders:
                places = [self._held(entry, place) for place in places]
            status, status_source = self.statuses.get(entry, (None, None))
            penalty, penalty_source = self.penalties.get(entry, ("", None))
            record = self.records.get(entry)
            results.append(
                SettledResult(
                    entry,
                    tuple(places),
                    status,
                    status_source,
                    penalty,
                    penalty_source,
                    record.record if record else None,
                    self.figures.get(entry, {}),
                )
            )
        return Classification(tuple(results), tuple(self.conflicts))

    def _held(self, entry: int, place: SettledPlace) -> SettledPlace:
        """Give a place with the driver whom a person names for it."""
        key = place.contest, entry
        return place._replace(driver=self.holders[key]) if key in self.holders else place
