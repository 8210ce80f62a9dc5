"""The tables of a season with their unknown places bounded, race by race; `bounds.py` says what is meant and what is exact."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import product
from math import prod
from typing import NamedTuple

from standings.scoring.awards import scores_here
from standings.scoring.dropping import Due, Held, due
from standings.scoring.earnings import NOTHING, Earned, Range
from standings.scoring.kept import KEPT
from standings.scoring.known import known_scores
from standings.scoring.outcomes import UNBOUNDED
from standings.scoring.results import Entrants, RaceResults
from standings.scoring.rules import DecisionKind, Phase, Rules
from standings.scoring.scored import Bounds, Lead, Row, Scored, Table
from standings.scoring.stakes import Stakes
from standings.scoring.totals import total
from standings.scoring.whole import ANYBODY, Wholeness

#: So many ways in which two have stood beside each other are looked at; of more, each is taken for itself.
WAYS = 256
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


class Bounding:
    """A championship with its races that are partly known."""

    def __init__(
        self, rules: Rules, races: Sequence[RaceResults], scored: Scored, entrants: Mapping[int, Entrants]
    ) -> None:
        self._followed = KEPT.followed(rules)
        self.rules, self.units = rules, self._followed.units
        self._entrants = entrants
        self._races = races
        self._scored = scored
        self._open = {race.key: race for race in Wholeness(rules, races, scored, entrants).partly_known()}
        self._stakes: dict[int, Stakes] = {}

    # -- what is known -----------------------------------------------------------------------------------------------

    def _who(self, race: RaceResults) -> Entrants:
        return self._entrants.get(race.key, ANYBODY)

    def stakes(self, race: RaceResults) -> Stakes:
        """Give what is at stake in a race that is partly known; worked out once."""
        found = self._stakes.get(race.key)
        if found is None:
            found = self._stakes[race.key] = KEPT.stakes(self._followed, race, self._who(race))
        return found

    # -- the season --------------------------------------------------------------------------------------------------

    def tables(self, tables: Sequence[Table]) -> tuple[Bounds, ...]:
        """Bound those tables that rest on a race which is partly known, and that could be different."""
        if not self._open:
            return ()
        known = known_scores(self.rules, self.units, self._races, self._scored)
        found = []
        wanted = {table.race: table for table in tables}
        meetings: dict[int, int] = {}
        season = _SoFar(self, known)
        for index, race in enumerate(self._races):
            number = meetings.setdefault(race.round, len(meetings) + 1) if self.rules.by_round else index + 1
            if not scores_here(self.rules, race):
                continue
            season.hold(Counting(number, race))
            if race.key in wanted and season.open:
                bounds = season.bounds(wanted[race.key])
                if bounds.points or (bounds.lead and not bounds.lead.certain):
                    found.append(bounds)
        return tuple(found)

    def is_open(self, race: RaceResults) -> bool:
        """Tell whether a race is partly known."""
        return race.key in self._open


class _SoFar:
    """The season up to a race: what counts, as it is known and as it may be."""

    def __init__(self, bounding: Bounding, known: Mapping[int, Mapping[int, Earned]]) -> None:
        self.bounding, self.rules, self.known = bounding, bounding.rules, known
        self.counting: list[Counting] = []
        self._counted: list[tuple[int, int, Mapping[int, Earned]]] = []
        self._untold: dict[int, Earned] = {}
        self.open: list[Counting] = []
        self.exact = True
        self.told, self.whole = Held(), Held()
        #: The segments of which anybody may have a score dropped, as it is told and as it was.
        self._due_as_told: list[Due] = []
        self._dropping: list[Due] = []
        #: How much less and more than known a subject may have earned in the races that are partly known.
        self._differs: dict[int | None, list[int]] = {}
        #: The same race by race, as far as it was asked for; and the totals of the table that is drawn.
        self._ends: dict[int, Ends] = {}
        self._known_totals: dict[int, int] = {}

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
        self._due_as_told, self._dropping = due(self.rules, self.told), due(self.rules, self.whole)

    def _open(self, one: Counting) -> None:
        """Note how far everybody may be from what is known in one more race."""
        stakes, known = self.bounding.stakes(one.race), self.known.get(one.race.key, {})
        concerned = dict.fromkeys(stakes.cars)
        if self.rules.low:
            # Whoever missed the race has points for it too.
            concerned |= {subject: None for row in self.known.values() for subject in row}
        self.open.append(one)
        for subject in concerned:
            own = known.get(subject)
            earned = own.points if own is not None else 0
            least, most = stakes.range(subject)
            sums = self._differs.setdefault(subject, [0, 0])
            sums[0] += least.points - earned
            sums[1] += most.points - earned
        sums = self._differs.setdefault(UNLISTED, [0, 0])
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
        if not self._drops:
            base = units.of(row.points) if row is not None else 0
            for key, one in instead.items():
                earned = self.known.get(key, {}).get(subject)
                base += one.points - (earned.points if earned is not None else 0)
            return base
        other = total(self.rules, self._scores(subject, instead), self._dropping)
        return other if row is None else units.of(row.points) - self._known_total(subject) + other

    # -- the table ---------------------------------------------------------------------------------------------------

    def bounds(self, table: Table) -> Bounds:
        """Bound the points of each row, and look at the lead."""
        ranges = {row.subject: self._range(row) for row in table.rows}
        points = self.bounding.units.points
        differ = {
            subject: (points[least], None if most >= UNBOUNDED // 2 else points[most])
            for row in table.rows
            for subject, (least, most) in ((row.subject, ranges[row.subject]),)
            if not points[least] == points[most] == row.points
        }
        lead = self._lead(table, ranges)
        exact = (
            self.exact
            and not (self.rules.low or self.rules.phases)
            and all(self.bounding.stakes(race).exact for _, race in self.open)
        )
        return Bounds(table.race, differ, lead, tuple(race.key for _, race in self.open), exact)

    def _range(self, row: Row) -> tuple[int, int]:
        """Give the least and the most of a row, in units."""
        if self._has_nothing(row.subject):
            known = self.bounding.units.of(row.points)
            return known, known
        return self._of_phases(row.subject) if self._is_reset() else self._least_and_most(row.subject, row)

    def _is_reset(self) -> bool:
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
        """Bound a subject that was kept in any of the phases, or in none."""
        ways = []
        of = self.bounding.units.of
        for after, start in ((0, 0), *((one.after, of(one.points)) for one in self._begun() if one.points is not None)):
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
    def _drops(self) -> bool:
        """Whether anybody may have a score dropped."""
        return bool(self._dropping) or self.rules.best_of_round is not None

    def _least_and_most(self, subject: int, row: Row | None) -> tuple[int, int]:
        if not self._drops:
            base = self.bounding.units.of(row.points) if row is not None else 0
            less, more = self._differs.get(subject, (0, 0))
            return base + less, base + more
        ends = self._ends_of(subject)
        if self._is_uneven() or (self.rules.not_droppable and self._has_few_to_drop(subject, ends.least)):
            return self._coarsely(subject, row, ends)
        return self.total(subject, row, ends.least), self.total(subject, row, ends.most)

    def _is_uneven(self) -> bool:
        """Tell whether of a meeting a worse score, or one more, may make a better total."""
        return self.rules.best_of_round is not None and (self.rules.low or bool(self.rules.not_droppable))

    def _has_few_to_drop(self, subject: int, scores: Mapping[int, Earned]) -> bool:
        """Tell whether there may be fewer scores that may be dropped than have to be: then a worse end may even be better."""
        own = [one for _, one in self._scores(subject, scores) if one.present]
        may = sum(1 for one in own if one.droppable)
        return any(may + max(one.held - len(own), 0) < one.surplus for one in self._dropping)

    def _coarsely(self, subject: int, row: Row | None, ends: Ends) -> tuple[int, int]:
        """Bound a total by that with the best scores dropped, and by that with none."""
        self.exact = False
        base = 0
        if row is not None:
            base = self.bounding.units.of(row.points) - self._known_total(subject)
        low = [one.points for _, one in self._scores(subject, ends.least)]
        high = [one.points for _, one in self._scores(subject, ends.most)]
        most = sum(one.surplus for one in self._dropping) if self.rules.best_of_round is None else len(low)
        return base + sum(sorted(low)[: max(len(low) - most, 0)]), base + sum(high)

    def _lead(self, table: Table, ranges: Mapping[int, tuple[int, int]]) -> Lead | None:
        """Tell whether the first can be caught by anybody."""
        if not table.rows or table.rows[0].position != 1:
            return None
        first = table.rows[0]
        if self._is_reset() or self._may_fail(first.subject):
            return Lead(first.subject, certain=False, proven=False)
        low, phase = self.rules.low, _phase(first)
        own = ranges[first.subject][1 if low else 0]
        rows = {row.subject: row for row in table.rows}
        rivals = [(best[0] if low else -best[1], subject) for subject, best in self._rivals(table, ranges)]
        feared = Lead(first.subject, certain=True)
        for best, subject in sorted(rivals, key=lambda one: (one[0], one[1] or 0)):
            if (best > own) if low else (-best < own):
                break
            if phase > (_phase(rows[subject]) if subject in rows else 0):
                # Those who were kept are ahead of all others.
                continue
            caught = None if subject is UNLISTED or low else self._can_catch(rows.get(subject), subject, first)
            if caught:
                return Lead(first.subject, certain=False, rival=subject)
            if caught is None and feared.certain:
                feared = Lead(first.subject, certain=False, rival=subject, proven=False)
        return feared

    def _rivals(
        self, table: Table, ranges: Mapping[int, tuple[int, int]]
    ) -> Iterable[tuple[int | None, tuple[int, int]]]:
        """Give everybody but the first, whether in the table or not, with the least and the most."""
        for row in table.rows[1:]:
            if row.position is not None or row.why.get("not_classified") != "excluded":
                yield row.subject, ranges[row.subject]
        for subject in self._differs:
            if subject is not UNLISTED and subject not in ranges:
                yield subject, self._least_and_most(subject, None)
        if any(self.bounding.stakes(race).race.others for _, race in self.open):
            yield UNLISTED, self._unlisted()

    def _unlisted(self) -> tuple[int, int]:
        if not self._drops:
            less, more = self._differs[UNLISTED]
            return less, more
        ranges = {race.key: self.bounding.stakes(race).unlisted() for _, race in self.open}
        least = self.total(-1, None, {key: one.least for key, one in ranges.items()})
        return least, self.total(-1, None, {key: one.most for key, one in ranges.items()})

    def _may_fail(self, subject: int) -> bool:
        """Tell whether a subject may have too few starts or finishes to be classified at all."""
        needed = max(self.rules.min_scores, self.rules.min_finishes)
        placed = 0
        for _, race in self.counting:
            own = self.known.get(race.key, {}).get(subject)
            placed += own is not None and own.points > 0
        return placed < needed

    def _can_catch(self, row: Row | None, subject: int, first: Row) -> bool | None:
        """Tell whether a rival can be level with or ahead of the first in a completion; None where that is not ruled out."""
        found = [(race.key, self.bounding.stakes(race).beside(subject, first.subject)) for _, race in self.open]
        surely = True if self.exact and all(one.exact for _, one in found) else None
        pairs = [(key, one.pairs) for key, one in found]
        if self._drops and (self.rules.not_droppable or prod(len(ways) for _, ways in pairs) > WAYS):
            ranges = [self._least_and_most(subject, row)[1], self._least_and_most(first.subject, first)[0]]
            return None if ranges[0] >= ranges[1] else False
        if not self._drops:
            pairs = [(key, [max(ways, key=lambda way: way[0].points - way[1].points)]) for key, ways in pairs]
        keys = [key for key, _ in pairs]
        for way in product(*(ways for _, ways in pairs)):
            mine = self.total(subject, row, {key: one for key, (one, _) in zip(keys, way, strict=True)})
            theirs = self.total(first.subject, first, {key: one for key, (_, one) in zip(keys, way, strict=True)})
            if mine >= theirs:
                return surely
        return False


def _phase(row: Row) -> int:
    """Give how many phases a subject has reached."""
    told = row.why.get("phase")
    return int(told["number"]) if told else 0
