"""A whole season: races in, awards and a table after each race out."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from functools import partial

from racing.terms import OVERALL, Contest, Status
from standings.scoring.awards import score_race, scores_here
from standings.scoring.bonuses import CONTESTS, is_given
from standings.scoring.cars import RAN, absent_score, scale_of
from standings.scoring.dropping import Due, Held, drops_simply, due
from standings.scoring.open_cars import has_run
from standings.scoring.phases import begin_phase
from standings.scoring.places import Field, classes_won, field_of, first_of, own_classes, place_in_class
from standings.scoring.ranking import is_listed, rank
from standings.scoring.results import Line, RaceResults
from standings.scoring.rules import Bonus, Decision, DecisionKind, Ineligible, Listed, Ranking, Rules
from standings.scoring.scored import Basis, Counted, Earned, Row, Scored, Table
from standings.scoring.tally import BestOfMeetingTally, MeetingTally, Tally
from standings.scoring.tiebreaks import PLAIN
from standings.scoring.units import Units

#: Decisions about a subject's total, not about one race.
OF_THE_TOTAL = frozenset({DecisionKind.POINTS_DELTA, DecisionKind.EXCLUDE})


def score_season(
    rules: Rules, races: Sequence[RaceResults], since: int | None = None, known: Mapping[int, Counted] = {}
) -> Scored:
    """Score one championship by rules and decisions that hold from the first race to the last.

    `since` is a race, by its key, before which no tables and awards are wanted. Of races that are `known` the lines are not
    looked at: what counts of them is taken over, and there are no awards of them.
    """
    season = _Season(rules, known)
    wanted = since is None
    for index, race in enumerate(races):
        wanted = wanted or race.key == since
        season.hold(index, race, scores_here(rules, race), wanted=wanted)
    return Scored(tuple(season.tables), tuple(season.basis), season.counted(), season.units.points)


class _Season:
    """The season up to a race."""

    def __init__(self, rules: Rules, known: Mapping[int, Counted]) -> None:
        self.rules = rules
        self.known = known
        self.units = Units(rules)
        self.tallies: dict[int, Tally] = {}
        self.in_order: list[Tally] = []
        self.earned: list[dict[int, Earned]] = []
        self.tables: list[Table] = []
        self.basis: list[Basis] = []
        self.so_far = Held()
        #: The races that count, and under which number each does.
        self.races: list[RaceResults] = []
        self.keys: list[int] = []
        self.numbers: list[int] = []
        self.meetings: dict[int, int] = {}
        self.missed: dict[int, Earned] = {}
        self.to_come = list(rules.phases)
        #: After which race (or meeting) each phase of the season began, the season itself first.
        self.begun = [0]
        self.needing = bool(rules.min_scores or rules.min_finishes)
        self.adjusting = bool(rules.decisions) or self.needing
        self.dropping_simply = drops_simply(rules) and not self.adjusting
        self.decided: dict[int | None, list[Decision]] = defaultdict(list)
        for decision in rules.decisions:
            if decision.kind in OF_THE_TOTAL:
                self.decided[decision.subject].append(decision)
        self.tally: Callable[[int, Sequence[int]], Tally] = MeetingTally if rules.by_round else Tally
        if rules.best_of_round is not None:
            self.tally = partial(BestOfMeetingTally, rules=rules)

    def hold(self, index: int, race: RaceResults, belongs: bool, *, wanted: bool = True) -> None:
        """Count one race, and draw the table after it if wanted; one not of the championship only counts as a meeting."""
        number = self.meetings.setdefault(race.round, len(self.meetings) + 1) if self.rules.by_round else index + 1
        if not belongs:
            return
        if race.cancelled:
            self._note(self.so_far.cancelled, number)
            return
        absent = None
        if known := self.known.get(race.key):
            self.basis.append(known.basis)
            earned = dict(known.earned) if self.rules.low else known.earned
        else:
            field = field_of(self.rules, race)
            self.basis.append(basis(self.rules, field))
            if not race.lines:
                return
            earned = score_race(self.rules, self.units, field, told=wanted)
            if self.rules.low:
                absent = absent_score(self.rules, self.units, field)
        while self.to_come and race.number is not None and race.number > self.to_come[0].after:
            begin_phase(self.units, self.to_come.pop(0), self.tallies, self._table(), self.races)
            self.begun.append(max(self.so_far.held, default=0))
        self._note(self.so_far.held, number)
        if self.rules.low:
            self._add_missed(earned, absent)
        self._count(race, earned, number)
        if wanted:
            self.tables.append(Table(race.key, self._table()))

    def _count(self, race: RaceResults, earned: dict[int, Earned], number: int) -> None:
        """Add what was earned in a race to what each has."""
        index = len(self.races)
        self.races.append(race)
        self.keys.append(race.key)
        self.numbers.append(number)
        tallies = self.tallies
        for subject, (score, _) in earned.items():
            tally = tallies.get(subject) or self._begin(subject, index)
            tally.add(index, score)
        if len(self.in_order) < len(tallies):
            self.in_order = [tally for _, tally in sorted(tallies.items())]
        self.earned.append(earned)

    def _begin(self, subject: int, now: int) -> Tally:
        """Begin to count for a subject, with what the races before that it missed cost."""
        tally = self.tallies[subject] = self.tally(subject, self.numbers)
        for index, (score, _) in self.missed.items():
            if index < now:
                tally.add(index, score)
        return tally

    def _add_missed(self, earned: dict[int, Earned], absent: Earned | None) -> None:
        """Where fewer points are better a race that was missed costs some: now, and of whoever enters only later."""
        for index, missed in self.missed.items():
            earlier = self.earned[index]
            earlier.update(dict.fromkeys(earned.keys() - earlier.keys(), missed))
        if absent is not None:
            earned.update(dict.fromkeys(self.tallies.keys() - earned.keys(), absent))
            self.missed[len(self.races)] = absent

    def _note(self, numbers: list[int], number: int) -> None:
        """Note a race or meeting once; a meeting counts as held as soon as one of its races is."""
        if self.rules.by_round and number in self.so_far.held:
            return
        if numbers is self.so_far.held and number in self.so_far.cancelled:
            self.so_far.cancelled.remove(number)
        if number not in numbers:
            numbers.append(number)

    def _table(self) -> tuple[Row, ...]:
        """Draw the table as it stands."""
        rules = self.rules
        dropping = [due(rules, self.so_far, number) for number in self.begun]
        anything = any(dropping) or rules.best_of_round is not None
        bare = not (anything or self.adjusting or rules.phases) and rules.tiebreak == PLAIN
        if self.dropping_simply and dropping[0] and dropping[0][0].whole:
            self._drop_more(dropping[0][0])
        elif not bare:
            for tally in self.in_order:
                tally.gross = points = tally.points
                tally.net = points - tally.drop(rules, dropping[tally.phase], self.races) if anything else points
                if self.adjusting:
                    self._adjust(tally)
        if rules.listed is Listed.CLASSIFIED and not rules.listed_in:
            # The same as below, said shorter.
            listed = [one for one in self.in_order if one.placed or one.points > 0 or one.decisions]
        else:
            listed = [one for one in self.in_order if one.decisions or is_listed(rules, one, self.races)]
        return rank(rules, self.units, listed, self.races, bare=bare)

    def _drop_more(self, due: Due) -> None:
        """Choose what is dropped where that is simply the worst of all scores."""
        rules, keys, latest = self.rules, self.keys, self.rules.drop_latest
        # A race missed is a zero, and nothing is worse than a zero; or it is no score, and there is one less to drop.
        missing = rules.absent or due.segment.best is not None
        for tally in self.in_order:
            surplus = due.surplus - (due.held - len(tally.earned)) if missing else due.surplus
            tally.gross = points = tally.points
            tally.net = (
                points - tally.drop_more(surplus, keys, latest=latest) if surplus > 0 or tally.dropped else points
            )

    def _adjust(self, tally: Tally) -> None:
        """Apply what was decided about the subject, and whether it is classified."""
        tally.left_out = "too_few_starts" if self.needing and self._too_few(tally) else ""
        if tally.subject not in self.decided:
            return
        tally.decisions = tuple(
            decision
            for decision in self.decided[tally.subject]
            if decision.race is None or any(race.key == decision.race for race in self.races[tally.began_after :])
        )
        for decision in tally.decisions:
            delta = self.units.of(decision.points)
            tally.net += delta
            tally.gross += delta
            if decision.kind is DecisionKind.EXCLUDE:
                tally.left_out = "excluded"
                if decision.zero:
                    tally.net = 0

    def _too_few(self, tally: Tally) -> bool:
        """Tell whether a subject can no longer reach the starts or finishes needed; else has not reached them."""
        lasts = [segment.last for segment in self.rules.segments if segment.last is not None]
        to_come = 0
        if lasts and not self.rules.by_round:
            to_come = max(max(lasts) - len(self.so_far.held) - len(self.so_far.cancelled), 0)
        finishes = sum(1 for score in tally.scores if score.positions or score.spare)
        return tally.starts + to_come < self.rules.min_scores or finishes + to_come < self.rules.min_finishes

    def counted(self) -> dict[int, dict[int, Earned]]:
        """Give what counts of the races that have a table."""
        first = len(self.races) - len(self.tables)
        return {race.key: earned for race, earned in zip(self.races[first:], self.earned[first:], strict=True)}


def basis(rules: Rules, field: Field) -> Basis:
    """Tell how much of a race is known for a championship: how many places of its ranking, and whether all that pay."""
    race = field.race
    name = scale_of(rules, field) if rules.scale_by is not None or rules.decisions else race.session
    places = sorted([used.position for _, used in field.lines if used is not None])
    paying = len(rules.scales[name].places) if name is not None else 0
    complete = _all_that_pay_are_known(rules, field, places, paying)
    if not complete and race.starters is not None and len(race.lines) >= race.starters > 0:
        complete = _all_starters_are_known(rules, field, race.starters)
    complete = complete and all(
        _is_known_who_has(bonus, rules, field, paying)
        for bonus in rules.bonuses
        if bonus.on in CONTESTS and is_given(bonus, rules, race)
    )
    return Basis(race.key, len(places), race.starters if rules.rank_within is Ranking.OVERALL else None, complete)


def all_that_pay_are_known(rules: Rules, race: RaceResults) -> bool:
    """Tell whether all places that a race's scale pays are known, whoever else ran."""
    field = field_of(rules, race)
    name = scale_of(rules, field)
    places = sorted([used.position for _, used in field.lines if used is not None])
    return _all_that_pay_are_known(rules, field, places, len(rules.scales[name].places) if name is not None else 0)


def _all_that_pay_are_known(rules: Rules, field: Field, places: Sequence[int], paying: int) -> bool:
    if rules.rank_within is Ranking.CLASS and len(rules.filter.classes) != 1:
        return paying > 0 and _all_are_known_of_each_class(rules, field, paying)
    return len(places) >= paying > 0 and places[paying - 1] <= paying


def _all_are_known_of_each_class(rules: Rules, field: Field, paying: int) -> bool:
    """Tell whether of each class that somebody ran in, or that the championship is for, all places that pay are known."""
    known: dict[str, int] = dict.fromkeys(rules.filter.classes, 0)
    for line, _ in field.lines:
        for name in own_classes(rules, line):
            used = place_in_class(rules, line, name, field.others)
            known[name] = known.get(name, 0) + (used is not None and used.position <= paying)
    return bool(known) and min(known.values()) >= paying


def _is_known_who_has(bonus: Bonus, rules: Rules, field: Field, paying: int) -> bool:
    """Tell whether it is known who won a bonus, overall or in each class, and whether each has the place that it asks for.

    Of the race all places that pay are known.
    """
    firsts = first_of(rules, bonus.contest, bonus.scope, field)
    if bonus.scope is Ranking.CLASS:
        names = rules.filter.classes or {name for line, _ in field.lines for name in line.classes}
        won = {name for (line, _), _ in firsts for name in classes_won(rules, bonus.contest, line, field.others)}
        if not names <= won:
            return False
    if bonus.classified or (bonus.top or 0) > paying:
        # Of who may have come in behind those that are paid it is not known.
        return bool(firsts) and all(used is not None or line.status not in RAN for (line, used), _ in firsts)
    return bool(firsts)


def _all_starters_are_known(rules: Rules, field: Field, starters: int) -> bool:
    """Tell whether all who started are told of, each with its place (in each of its classes) or without one."""
    if sum([not line.guest and has_run(line) for line in field.race.lines]) < starters:
        return False
    for line, used in field.lines:
        if line.status is None or line.status is Status.FINISHED:
            names = own_classes(rules, line) if rules.rank_within is Ranking.CLASS else ()
            if used is None or any((Contest.RACE, name) not in line.places for name in names):
                return False
    moving_up = rules.ineligible is not Ineligible.VOID and rules.rank_within is not Ranking.CHAMPIONSHIP
    return not (moving_up and any(_may_be_ahead(rules, line) for line in field.others))


def _may_be_ahead(rules: Rules, line: Line) -> bool:
    """Tell whether a car that is not eligible may be ahead of others, who move up then, in a ranking of which nobody told."""
    if line.guest or line.status not in (None, Status.FINISHED):
        return False
    names = line.classes if rules.rank_within is Ranking.CLASS else (OVERALL,)
    return any((Contest.RACE, name) not in line.places for name in names)
