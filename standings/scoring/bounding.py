"""The tables of a season with their unknown places bounded, race by race; `bounds.py` says what is meant and what is exact."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import cached_property
from itertools import product
from math import prod

from standings.scoring.awards import scores_here
from standings.scoring.earnings import Earned
from standings.scoring.in_classes import StakesInClasses
from standings.scoring.kept import KEPT
from standings.scoring.known import known_scores
from standings.scoring.open_cars import Car, has_run
from standings.scoring.outcomes import UNBOUNDED
from standings.scoring.places import owners_of, passes
from standings.scoring.positions import Behind, Countback, Supply, reaches
from standings.scoring.results import Entrants, RaceResults
from standings.scoring.rules import Phase, Rules
from standings.scoring.scored import Bounds, Lead, Reach, Row, Scored, Table
from standings.scoring.so_far import FROM_THE_START, UNLISTED, Began, Counting, SoFar
from standings.scoring.whole import ANYBODY, Wholeness

#: So many ways in which two have stood beside each other are looked at; of more, each is taken for itself.
WAYS = 256


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
        self._wholeness = Wholeness(rules, races, scored, entrants)
        self._open = {race.key: race for race in self._wholeness.partly_known()}
        self._stakes: dict[int, StakesInClasses] = {}
        self._behind: dict[int, Behind] = {}

    # -- what is known -----------------------------------------------------------------------------------------------

    def _who(self, race: RaceResults) -> Entrants:
        return self._entrants.get(race.key, ANYBODY)

    def stakes(self, race: RaceResults) -> StakesInClasses:
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
        season = _Season(self, known)
        for index, race in enumerate(self._races):
            number = meetings.setdefault(race.round, len(meetings) + 1) if self.rules.by_round else index + 1
            if not scores_here(self.rules, race):
                continue
            season.hold(Counting(number, race))
            if race.lines and not race.cancelled:
                season.table = wanted.get(race.key)
            if race.key in wanted and season.open:
                bounds = season.bounds(wanted[race.key])
                if bounds.points or (bounds.lead and not bounds.lead.certain):
                    found.append(bounds)
        for stakes in self._stakes.values():
            stakes.release()
        return tuple(found)

    def cars_in(self, race: RaceResults) -> Callable[[int], Sequence[Car]]:
        """Give what gives a subject's cars in a race that is partly known."""
        cars = self.stakes(race).cars
        return lambda subject: cars.get(subject, ())

    @cached_property
    def everybody(self) -> dict[int, None]:
        """Who took part in any race, or may have."""
        owners, rules = owners_of(self.rules), self.rules
        told = [line for race in self._races for line in race.lines]
        found = [owners(line) for line in told if passes(rules.eligible, line) and passes(rules.filter, line)]
        found += [tuple(self.stakes(race).cars) for race in self._open.values()]
        return {subject: None for own in found for subject in own}

    @cached_property
    def countback(self) -> Countback:
        """The places that break ties, as far as they are known."""
        return Countback(self.rules, self._scored)

    def behind(self, race: RaceResults) -> Behind:
        """Give who may have come in behind all that are paid in a race of which those are known; looked for once."""
        found = self._behind.get(race.key)
        if found is None:
            found = self._behind[race.key] = self._wholeness.behind(race)
        return found

    def finishes(self, subject: int, races: Sequence[RaceResults]) -> int:
        """Give in how many of some races a subject has come in for certain."""
        scores = [self._scored.counted.get(race.key, {}).get(subject) for race in races]
        return sum(1 for one in scores if one is not None and (one[0].positions or one[0].spare))

    def is_open(self, race: RaceResults) -> bool:
        """Tell whether a race is partly known."""
        return race.key in self._open


class _Season(SoFar):
    """The season up to a race, of which the table is looked at."""

    def __init__(self, bounding: Bounding, known: Mapping[int, Mapping[int, Earned]]) -> None:
        super().__init__(bounding, known)
        self._whole = bounding
        #: The last table so far, and the phases that have not begun.
        self.table: Table | None = None
        self._to_come = list(self.rules.phases)

    def hold(self, one: Counting) -> None:
        """Count a race; before the first of a phase those begin anew who are ahead by then."""
        number = one.race.number
        while self._to_come and number is not None and number > self._to_come[0].after and not one.race.cancelled:
            phase = self._to_come.pop(0)
            self.is_known_who_began = self.is_known_who_began and self._begin(phase)
        super().hold(one)

    def _begin(self, phase: Phase) -> bool:
        """Let those begin anew who surely do; tell whether nobody else may."""
        table, rules = self.table, self.rules
        if table is None:
            return not self.counting
        if not self.open and not phase.by_wins:
            kept = [row.subject for row in table.rows if row.position is not None][: phase.keep]
        elif phase.by_wins or rules.low or rules.min_scores or rules.min_finishes or rules.decisions:
            return False
        else:
            placed = {row.subject: self.range(row) for row in table.rows}
            rivals = [one for one in self._rivals(table, placed) if one[0] not in placed]
            found = _surely_first([*placed.items(), *rivals], placed, phase.keep, self.began)
            if found is None:
                return False
            kept = found
        for subject in kept:
            after, points, phases = self.began.get(subject, FROM_THE_START)
            if phase.points is not None:
                after, points = phase.after, self.bounding.units.of(phase.points)
            self.began[subject] = Began(after, points, phases + 1)
        return True

    @property
    def _are_phases_exact(self) -> bool:
        """Tell whether nothing that a new phase may have changed is unknown."""
        rules = self.rules
        if not self.is_reset():
            return True
        carried = any(bonus.carry for bonus in rules.bonuses) or any(phase.carry_scale for phase in rules.phases)
        drops = rules.segments or rules.best_of_round is not None
        return self.is_known_who_began and not (carried or drops or rules.low or rules.decisions)

    def bounds(self, table: Table) -> Bounds:
        """Bound the points of each row, and look at the lead."""
        ranges = {row.subject: self.range(row) for row in table.rows}
        points = self.bounding.units.points
        differ = {
            subject: (points[least], None if most >= UNBOUNDED // 2 else points[most])
            for row in table.rows
            for subject, (least, most) in ((row.subject, ranges[row.subject]),)
            if not points[least] == points[most] == row.points
        }
        rivals = list(self._rivals(table, ranges))
        lead = self._lead(table, ranges, rivals)
        exact = self.exact and self._are_phases_exact and self.followed
        positions = self._positions(table, ranges, rivals, lead, exact=exact)
        return Bounds(table.race, differ, lead, tuple(race.key for _, race in self.open), exact, positions)

    def _positions(
        self,
        table: Table,
        ranges: Mapping[int, tuple[int, int]],
        rivals: Sequence[tuple[int | None, tuple[int, int]]],
        lead: Lead | None,
        *,
        exact: bool,
    ) -> dict[int, Reach] | None:
        """Give the positions that are left to those for whom it is not sure."""
        placed = {row.subject: row.position for row in table.rows if row.position is not None}
        points, shares = self.supply
        unlisted = [own for subject, own in rivals if subject is UNLISTED]
        found = reaches(
            self.rules,
            {subject: ranges[subject] for subject in placed},
            [own for subject, own in rivals if subject is not UNLISTED and subject not in ranges],
            Supply(points, shares, unlisted[0][1] if unlisted else -1),
            self,
        )
        if found is None:
            return None
        if lead is not None and lead.certain:
            for subject, one in found.items():
                if subject == lead.leader:
                    found[subject] = Reach(1, 1, exact=True)
                elif one.best == 1:
                    found[subject] = one._replace(best=2, exact=False)
        return {
            subject: one if exact else one._replace(exact=False)
            for subject, one in found.items()
            if not placed[subject] == one.best == one.worst
        }

    def is_won(self, one: int, other: int | None) -> bool:
        """Tell whether of two who are level the one is surely ahead; `other` None: somebody not listed."""
        return self._whole.countback.is_won(one, other, self._with_cars())

    def is_kept(self, one: int, other: int) -> bool:
        """Tell whether of two who are level the other is surely not ahead."""
        return self._whole.countback.is_won(one, other, self._with_cars(), or_shared=True)

    def _with_cars(self) -> list[tuple[int, Callable[[int], Sequence[Car]] | Behind]]:
        whole = self._whole
        return [
            (race.key, whole.cars_in(race) if whole.is_open(race) else whole.behind(race)) for _, race in self.counting
        ]

    def _lead(
        self,
        table: Table,
        ranges: Mapping[int, tuple[int, int]],
        rivals: Sequence[tuple[int | None, tuple[int, int]]],
    ) -> Lead | None:
        """Tell whether the first can be caught by anybody."""
        if not table.rows or table.rows[0].position != 1:
            return None
        first = table.rows[0]
        if self._may_fail(first.subject):
            return Lead(first.subject, certain=False, proven=False)
        if self.is_reset():
            ahead = self._is_ahead_of_all(first.subject, ranges, rivals)
            return Lead(first.subject, certain=ahead, proven=ahead)
        low, phase = self.rules.low, _phase(first)
        own = ranges[first.subject][1 if low else 0]
        rows = {row.subject: row for row in table.rows}
        others = [(best[0] if low else -best[1], subject) for subject, best in rivals]
        feared = Lead(first.subject, certain=True)
        for best, subject in sorted(others, key=lambda one: (one[0], one[1] or 0)):
            if (best > own) if low else (-best < own):
                break
            if phase > (_phase(rows[subject]) if subject in rows else 0):
                # Those who were kept are ahead of all others.
                continue
            caught = None
            if subject is UNLISTED and not low and -best == own and self.is_won(first.subject, UNLISTED):
                caught = False
            if subject is not UNLISTED and not low:
                caught = self._can_catch(rows.get(subject), subject, first)
            if caught:
                return Lead(first.subject, certain=False, rival=subject)
            if caught is None and feared.certain:
                feared = Lead(first.subject, certain=False, rival=subject, proven=False)
        return feared

    def _is_ahead_of_all(
        self,
        subject: int,
        ranges: Mapping[int, tuple[int, int]],
        rivals: Sequence[tuple[int | None, tuple[int, int]]],
    ) -> bool:
        """Tell whether a subject has reached a further phase than all rivals, or as far a one with more points."""
        own = self._phases_of(subject), ranges[subject][0]
        furthest = max(((self._phases_of(rival), most) for rival, (_, most) in rivals), default=(0, -1))
        return self.is_known_who_began and not self.rules.low and furthest < own

    def _phases_of(self, subject: int | None) -> int:
        return 0 if subject is UNLISTED else self.began.get(subject, FROM_THE_START).phases

    def _rivals(
        self, table: Table, ranges: Mapping[int, tuple[int, int]]
    ) -> Iterable[tuple[int | None, tuple[int, int]]]:
        """Give everybody but the first, whether in the table or not, with the least and the most."""
        for row in table.rows[1:]:
            if row.position is not None or row.told.get("not_classified") != "excluded":
                yield row.subject, ranges[row.subject]
        for subject in self.differs:
            if subject is not UNLISTED and subject not in ranges:
                yield subject, self.least_and_most(subject, None)
        behind = self._behind() if any(least <= 0 for least, _ in ranges.values()) else ()
        yield from [
            (subject, (0, 0))
            for subject in dict.fromkeys(subject for one in behind for subject in one.cars)
            if subject not in ranges and subject not in self.differs
        ]
        if self.others or any(one.others for one in behind):
            yield UNLISTED, self.unlisted()

    def _behind(self) -> list[Behind]:
        """Give who may have come in behind all that are paid, by races: they are in the table with nothing."""
        return [self._whole.behind(race) for _, race in self.counting if not self.bounding.is_open(race)]

    def _may_fail(self, subject: int) -> bool:
        """Tell whether a subject may have too few starts or finishes to be classified at all."""
        rules, owners = self.rules, owners_of(self.rules)
        if not (rules.min_scores or rules.min_finishes):
            return False
        races = [race for _, race in self.counting]
        ran = [
            [
                line
                for line in race.lines
                if has_run(line) and passes(rules.eligible, line) and passes(rules.filter, line)
            ]
            for race in races
        ]
        starts = sum(1 for lines in ran if any(subject in owners(line) for line in lines))
        return starts < rules.min_scores or self._whole.finishes(subject, races) < rules.min_finishes

    def _can_catch(self, row: Row | None, subject: int, first: Row) -> bool | None:
        """Tell whether a rival can be level with or ahead of the first in a completion; None where that is not ruled out."""
        found = [(race.key, self.bounding.stakes(race).beside(subject, first.subject)) for _, race in self.open]
        surely = True if self.exact and all(one.exact for _, one in found) else None
        pairs = [(key, one.pairs) for key, one in found]
        if self.drops and (self.rules.not_droppable or prod(len(ways) for _, ways in pairs) > WAYS):
            ranges = [self.least_and_most(subject, row)[1], self.least_and_most(first.subject, first)[0]]
            return None if ranges[0] >= ranges[1] else False
        if not self.drops:
            pairs = [(key, [max(ways, key=lambda way: way[0].points - way[1].points)]) for key, ways in pairs]
        keys, level = [key for key, _ in pairs], False
        for way in product(*(ways for _, ways in pairs)):
            mine = self.total(subject, row, {key: one for key, (one, _) in zip(keys, way, strict=True)})
            theirs = self.total(first.subject, first, {key: one for key, (_, one) in zip(keys, way, strict=True)})
            if mine > theirs:
                return surely
            level = level or mine == theirs
        return surely if level and not self.is_won(first.subject, subject) else False


def _surely_first(
    everybody: Sequence[tuple[int | None, tuple[int, int]]],
    placed: Collection[int],
    keep: int,
    began: Mapping[int, Began],
) -> list[int] | None:
    """Give who surely are the first so many, by the phases that they have reached and their points; None if others may be.

    `placed` are those who stand in the table for certain.
    """
    phases = [began.get(subject, FROM_THE_START).phases if subject is not UNLISTED else 0 for subject, _ in everybody]
    least = sorted((phase, points[0]) for phase, (_, points) in zip(phases, everybody, strict=True))
    most = sorted((phase, points[1]) for phase, (_, points) in zip(phases, everybody, strict=True))
    strangers = [(0, points[1]) for subject, points in everybody if subject is UNLISTED]
    found = []
    for phase, (subject, points) in zip(phases, everybody, strict=True):
        if subject is UNLISTED:
            continue
        maybe_ahead = len(most) - bisect_left(most, (phase, points[0])) - 1
        if subject in placed and maybe_ahead < keep and all(best < (phase, points[0]) for best in strangers):
            found.append(subject)
        elif len(least) - bisect_right(least, (phase, points[1])) < keep:
            return None
    return found


def _phase(row: Row) -> int:
    """Give how many phases a subject has reached."""
    told = row.told.get("phase")
    return int(told["number"]) if told else 0
