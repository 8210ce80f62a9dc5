"""The season up to a race, of which races are partly known: what everybody has, and may have, by what counts so far."""

from collections.abc import Mapping
from functools import cached_property
from operator import add
from typing import NamedTuple, Protocol

from standings.scoring.cars import ABSENT
from standings.scoring.dropping import Due, Held, due
from standings.scoring.earnings import NOTHING, Earned, Range
from standings.scoring.outcomes import UNBOUNDED
from standings.scoring.results import RaceResults
from standings.scoring.rules import DecisionKind, Phase, Rules
from standings.scoring.scored import Row
from standings.scoring.stakes import Stakes
from standings.scoring.totals import total
from standings.scoring.units import Units

#: Somebody whom nobody has listed.
UNLISTED = None


class Counting(NamedTuple):
    """A race that counts, with the number of its score in the season."""

    number: int
    race: RaceResults


class Ends(NamedTuple):
    """The least and the most that a subject may have earned, by the races that are partly known."""

    least: dict[int, Earned]
    most: dict[int, Earned]


class Began(NamedTuple):
    """Where somebody began anew: after a round (0: never), with so many points, having reached so many phases."""

    after: int
    points: int
    phases: int


#: Who was never kept.
FROM_THE_START = Began(0, 0, 0)


class PartlyKnown(Protocol):
    """A championship with its races that are partly known."""

    rules: Rules
    units: Units

    def is_open(self, race: RaceResults) -> bool:
        """Tell whether a race is partly known."""
        ...

    def stakes(self, race: RaceResults) -> Stakes:
        """Give what is at stake in one that is."""
        ...

    @property
    def everybody(self) -> dict[int, None]:
        """Who took part in any race, or may have."""
        ...


class SoFar:
    """The season up to a race: what counts, as it is known and as it may be."""

    def __init__(self, bounding: PartlyKnown, known: Mapping[int, Mapping[int, Earned]]) -> None:
        self.bounding, self.rules, self.known = bounding, bounding.rules, known
        self.counting: list[Counting] = []
        self._counted: list[tuple[int, int, Mapping[int, Earned]]] = []
        self._untold: dict[int, Earned] = {}
        self.open: list[Counting] = []
        self.exact = True
        #: Whether all that is told of those was followed, whether anybody unlisted ran in one, and what they hold together.
        self.followed, self.others = True, False
        self.supply: tuple[int, ...] = (0, 0)
        self.told, self.whole = Held(), Held()
        #: The segments of which anybody may have a score dropped, as it is told and as it was.
        self._due_as_told: list[Due] = []
        self.dropping: list[Due] = []
        #: How much less and more than known a subject may have earned in the races that are partly known.
        self.differs: dict[int | None, list[int]] = {}
        #: The same race by race, as far as it was asked for; and the totals of the table that is drawn.
        self._ends: dict[int, Ends] = {}
        self._known_totals: dict[int, int] = {}
        #: Who surely began anew in phases so far: after which round, with how many points, and in how many phases. Whether that
        #: is known of everybody.
        self.began: dict[int, Began] = {}
        self.is_known_who_began = True

    def hold(self, one: Counting) -> None:
        """Count a race, or note that it was cancelled."""
        self._known_totals.clear()
        if one.race.cancelled:
            self._note(self.told, one.number, cancelled=True)
            self._note(self.whole, one.number, cancelled=True)
            return
        self.counting.append(one)
        self._counted.append((one.number, one.race.key, self.known.get(one.race.key, {})))
        if not one.race.lines:
            self._untold[one.race.key] = NOTHING.least
        if self.bounding.is_open(one.race):
            self._open(one)
        if one.race.lines:
            self._note(self.told, one.number)
        self._note(self.whole, one.number)
        self._due_as_told, self.dropping = due(self.rules, self.told), due(self.rules, self.whole)

    def _open(self, one: Counting) -> None:
        """Note how far everybody may be from what is known in one more race."""
        stakes, known = self.bounding.stakes(one.race), self.known.get(one.race.key, {})
        concerned = dict.fromkeys(stakes.cars)
        if self.rules.low:
            # Whoever missed the race has points for it too.
            concerned |= self.bounding.everybody
        self.open.append(one)
        self.followed = self.followed and stakes.exact
        self.others = self.others or stakes.race.others
        self.supply = tuple(map(add, self.supply, stakes.supply))
        for subject in concerned:
            own = known.get(subject)
            earned = own.points if own is not None else 0
            least, most = stakes.range(subject)
            sums = self.differs.setdefault(subject, [0, 0])
            sums[0] += least.points - earned
            sums[1] += most.points - earned
        sums = self.differs.setdefault(UNLISTED, [0, 0])
        least, most = stakes.unlisted()
        sums[0] += least.points
        sums[1] += most.points

    def _note(self, so_far: Held, number: int, *, cancelled: bool = False) -> None:
        """Note a race or meeting once; a meeting counts as held as soon as one of its races is."""
        if self.rules.by_round and number in so_far.held:
            return
        if not cancelled and number in so_far.cancelled:
            so_far.cancelled.remove(number)
        numbers = so_far.cancelled if cancelled else so_far.held
        if number not in numbers:
            numbers.append(number)

    # -- totals ------------------------------------------------------------------------------------------------------

    def _scores(self, subject: int, instead: Mapping[int, Earned]) -> list[tuple[int, Earned]]:
        found = []
        for number, key, known in self._counted:
            one = instead.get(key) or known.get(subject)
            if one is not None:
                found.append((number, one))
        return found

    def _known_total(self, subject: int) -> int:
        found = self._known_totals.get(subject)
        if found is None:
            scores = self._scores(subject, self._untold)
            found = self._known_totals[subject] = total(self.rules, scores, self._due_as_told)
        return found

    def _ends_of(self, subject: int) -> Ends:
        """Give the least and the most of a subject in each of the races that are partly known, by the race's key."""
        found = self._ends.get(subject)
        if found is None:
            found = self._ends[subject] = Ends({}, {})
        for _, race in self.open[len(found.least) :]:
            found.least[race.key], found.most[race.key] = self.bounding.stakes(race).range(subject)
        return found

    def total(self, subject: int, row: Row | None, instead: Mapping[int, Earned]) -> int:
        """Give a subject's points if it earned something else in some races: as far from its row as the scores differ."""
        units = self.bounding.units
        if not self.drops:
            base = units.of(row.points) if row is not None else 0
            for key, one in instead.items():
                earned = self.known.get(key, {}).get(subject)
                base += one.points - (earned.points if earned is not None else 0)
            return base
        other = total(self.rules, self._scores(subject, instead), self.dropping)
        return other if row is None else units.of(row.points) - self._known_total(subject) + other

    # -- the least and the most ---------------------------------------------------------------------------------------

    def range(self, row: Row) -> tuple[int, int]:
        """Give the least and the most of a row, in units."""
        if self._has_nothing(row.subject):
            known = self.bounding.units.of(row.points)
            return known, known
        return self._of_phases(row.subject) if self.is_reset() else self.least_and_most(row.subject, row)

    def is_reset(self) -> bool:
        """Tell whether a phase has begun after a race that is partly known, so that it is not known who was kept."""
        begun = [phase.after for phase in self._begun()]
        if begun and (self.rules.segments or self.rules.best_of_round is not None):
            return True
        return bool(begun) and any(race.number is None or race.number <= max(begun) for _, race in self.open)

    def _begun(self) -> list[Phase]:
        if not self.rules.phases:
            return []
        latest = max((race.number or 0 for _, race in self.counting), default=0)
        return [phase for phase in self.rules.phases if phase.after < latest]

    def _of_phases(self, subject: int) -> tuple[int, int]:
        """Bound a subject by the phases in which it was kept: if that is not known, any of them, or none."""
        ways = []
        of = self.bounding.units.of
        starts = [self.began.get(subject, FROM_THE_START)[:2]]
        if not self.is_known_who_began:
            starts = [(0, 0), *((one.after, of(one.points)) for one in self._begun() if one.points is not None)]
        for after, start in starts:
            least = most = start
            for _, race in self.counting:
                if after and race.number is not None and race.number <= after:
                    continue
                known = self.known.get(race.key, {}).get(subject)
                own = Range(known or NOTHING.least, known or NOTHING.most)
                if self.bounding.is_open(race):
                    own = self.bounding.stakes(race).range(subject)
                least, most = least + own.least.points, most + own.most.points
            ways.append((least, most))
        carried = any(bonus.carry for bonus in self.rules.bonuses) or any(one.carry_scale for one in self._begun())
        least, most = min(one for one, _ in ways), max(one for _, one in ways)
        given = [of(one.points) for one in self.rules.decisions if one.subject == subject]
        less, more = sum(one for one in given if one < 0), sum(one for one in given if one > 0)
        # What is dropped within a phase is not looked at: at worst it is all.
        dropped = self.rules.segments or self.rules.best_of_round is not None
        return (min(least, 0) if dropped else least) + less, UNBOUNDED if carried else most + more

    def _has_nothing(self, subject: int) -> bool:
        """Tell whether all points were taken from a subject by decision."""
        if not self.rules.decisions:
            return False
        held = {race.key for _, race in self.counting}
        return any(
            one.kind is DecisionKind.EXCLUDE and one.zero and one.subject == subject and (one.race or 0) in {0, *held}
            for one in self.rules.decisions
        )

    @property
    def drops(self) -> bool:
        """Whether anybody may have a score dropped."""
        return bool(self.dropping) or self.rules.best_of_round is not None

    def least_and_most(self, subject: int, row: Row | None) -> tuple[int, int]:
        if not self.drops:
            base = self.bounding.units.of(row.points) if row is not None else 0
            less, more = self.differs.get(subject, (0, 0))
            return base + less, base + more
        ends = self._ends_of(subject)
        if self._is_uneven() or (self.rules.not_droppable and self._has_few_to_drop(subject, ends.least)):
            return self._coarsely(subject, row, ends)
        return self.total(subject, row, ends.least), self.total(subject, row, ends.most)

    def _is_uneven(self) -> bool:
        """Tell whether a worse score, or one more, may make a better total."""
        if self.rules.low and not self._is_every_race_scored:
            # Not to have been there may even be the worst that can be.
            return True
        return self.rules.best_of_round is not None and bool(self.rules.not_droppable)

    @cached_property
    def _is_every_race_scored(self) -> bool:
        """Tell whether everybody has a score of each race, for one that was missed is one too."""
        rules = self.rules
        named = [scale for _, scale in rules.scale_by.steps] if rules.scale_by else []
        named += [one.scale for one in rules.decisions if one.kind is DecisionKind.FORCE_SCALE]
        return None not in named and all(ABSENT in scale.unplaced for scale in rules.scales.values())

    def _has_few_to_drop(self, subject: int, scores: Mapping[int, Earned]) -> bool:
        """Tell whether there may be fewer scores that may be dropped than have to be: then a worse end may even be better."""
        own: dict[int, bool] = {}
        for at, (number, one) in enumerate(self._scores(subject, scores)):
            if one.present:
                key = number if self.rules.by_round else at
                own[key] = own.get(key, True) and one.droppable
        may = sum(own.values())
        return any(may + max(one.held - len(own), 0) < one.surplus for one in self.dropping)

    def _coarsely(self, subject: int, row: Row | None, ends: Ends) -> tuple[int, int]:
        """Bound a total by that with the best scores dropped, and by that with none."""
        self.exact = False
        base = 0
        if row is not None:
            base = self.bounding.units.of(row.points) - self._known_total(subject)
        low, high = self._points(subject, ends.least), self._points(subject, ends.most)
        most = sum(one.surplus for one in self.dropping) if self.rules.best_of_round is None else len(low)
        # Points below zero may count or be dropped, whichever is worse or better.
        best, worst = sorted(low, reverse=True)[:most], sorted(high)[:most]
        least = sum(low) - sum(points for points in best if points > 0)
        return base + least, base + sum(high) - sum(points for points in worst if points < 0)

    def _points(self, subject: int, instead: Mapping[int, Earned]) -> list[int]:
        """Give the points of a subject's scores: of meetings, where all races of one are one score."""
        found: dict[int, int] = {}
        for at, (number, one) in enumerate(self._scores(subject, instead)):
            key = number if self.rules.by_round else at
            found[key] = found.get(key, 0) + one.points
        return list(found.values())

    def unlisted(self) -> tuple[int, int]:
        if not self.drops:
            less, more = self.differs.get(UNLISTED, (0, 0))
            return less, more
        ranges = {race.key: self.bounding.stakes(race).unlisted() for _, race in self.open}
        least = self.total(-1, None, {key: one.least for key, one in ranges.items()})
        return least, self.total(-1, None, {key: one.most for key, one in ranges.items()})
