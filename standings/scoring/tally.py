"""What one subject has gathered so far in the season."""

from bisect import bisect, insort
from collections.abc import Sequence
from dataclasses import dataclass, field

from standings.scoring.dropping import Due, beyond, worst
from standings.scoring.earned import NOTHING, together
from standings.scoring.places import NO_PLACE
from standings.scoring.results import RaceResults
from standings.scoring.rules import Decision, Rules
from standings.scoring.scored import Score

#: More than any score is worth.
GONE = 10**18


@dataclass(slots=True)
class Tally:
    """A subject's scores and places up to a race; points in units.

    `places` is ascending, and closed by one that is behind every place: comparing two of them is the countback, for at the
    first difference one has more of the better place. `scores` are those of the races that it was in, `earned` their points,
    `indexes` tell which of the races held so far these were. `season` is the same for all: under which number each race that
    was held counts.
    """

    subject: int
    season: Sequence[int]
    points: int = 0
    placed: bool = False
    places: list[int] = field(default_factory=lambda: [NO_PLACE])
    scores: list[Score] = field(default_factory=list)
    earned: list[int] = field(default_factory=list)
    indexes: list[int] = field(default_factory=list)
    #: Which of the scores (or meetings) do not count in the last table, and their races.
    dropped: list[int] = field(default_factory=list)
    dropped_races: tuple[int, ...] = ()
    #: For `drop_more`: what each score that was not dropped is worth, `GONE` of one that was; the races of those, their sum.
    left: list[int] = field(default_factory=list)
    out: list[int] = field(default_factory=list)
    gone: int = 0
    #: Points that the next phase begins with; how many phases the subject has reached, with how many points the last began and
    #: after how many races, and which races were dropped by then.
    carry: int = 0
    phase: int = 0
    began: int = 0
    began_after: int = 0
    left_behind: tuple[int, ...] = ()
    #: In the table that is being drawn, where something may be dropped or decided: points with and without dropped scores,
    #: decisions that concern the subject, and why it is not classified, if so.
    net: int = 0
    gross: int = 0
    decisions: tuple[Decision, ...] = ()
    left_out: str = ""

    def add(self, index: int, score: Score) -> None:
        """Count a race: `index` is its place among those held."""
        points, _, positions, _, _, carry, _ = score
        self.points += points
        if carry:
            self.carry += carry
        if positions:
            self.placed = True
            for position in positions:
                insort(self.places, position)
        self.scores.append(score)
        self.earned.append(points)
        self.indexes.append(index)

    @property
    def starts(self) -> int:
        """How many races it started in."""
        return sum([score.started for score in self.scores])

    def counted(self) -> tuple[Sequence[int], list[Score]]:
        """Give the scores as the season counts them: the number of each, and each."""
        season = self.season
        if len(self.indexes) == len(season):
            return season, self.scores
        return [season[index] for index in self.indexes], self.scores

    def drop(self, rules: Rules, segments: Sequence[Due], held: Sequence[RaceResults]) -> int:
        """Choose anew what is dropped; give how many points that takes away. `held` are the races so far."""
        numbers, scores = self.counted()
        worth = self.earned
        if scores is not self.scores or not rules.drop_bonus:
            worth = [score.points if rules.drop_bonus else score.points - score.bonus for score in scores]
        self.dropped = dropped = worst(rules, numbers, scores, worth, segments)
        self.dropped_races = self.left_behind
        gone = 0
        if dropped:
            self.dropped_races += self._races_of(dropped, held)
            for index in dropped:
                gone += worth[index]
        return gone

    def drop_more(self, surplus: int, keys: Sequence[int], *, latest: bool) -> int:
        """Choose which `surplus` scores are dropped, as `drop` does where all may be and each is worth its points.

        Where one more is dropped for each new score, these are those that were dropped before and the worst of what was left
        with the new ones: then they are not looked for again. `keys` are those of the races so far; `latest` tells which of
        equal scores goes first. Gives how many points that takes away.
        """
        earned, dropped, left = self.earned, self.dropped, self.left
        # What goes first among equals stands first.
        if surplus - len(dropped) < len(earned) - len(left):
            left = self.left = earned[::-1] if latest else earned[:]
            dropped, self.out, self.gone = [], [], 0
            self.dropped = dropped
        elif latest:
            left[:0] = reversed(earned[len(left) :])
        else:
            left += earned[len(left) :]
        for _ in range(len(dropped), min(surplus, len(left))):
            least = min(left)
            found = left.index(least)
            left[found] = GONE
            self.gone += least
            index = len(left) - 1 - found if latest else found
            at = bisect(dropped, index)
            dropped.insert(at, index)
            self.out.insert(at, keys[self.indexes[index]])
        self.dropped_races = tuple(self.out)
        return self.gone

    def _races_of(self, dropped: Sequence[int], held: Sequence[RaceResults]) -> tuple[int, ...]:
        """Give the keys of the races whose scores do not count."""
        indexes = self.indexes
        return tuple([held[indexes[index]].key for index in dropped])

    def wins(self, held: Sequence[RaceResults]) -> int:
        """Count the races won: sprints and stages are none."""
        scores = zip(self.indexes, self.scores, strict=True)
        return sum(held[index].session == "race" and 1 in score.positions for index, score in scores)

    def begin(self, points: int, after: int) -> None:
        """Begin a phase with so many points after so many races; what was earned or dropped before is done with."""
        self.net = self.gross = self.points = self.began = points
        self.began_after = after
        self.dropped, self.left_behind = [], self.dropped_races
        self.phase += 1


@dataclass(slots=True)
class MeetingTally(Tally):
    """A tally where all races of a meeting, which have one number, are one score."""

    meetings: list[Score] = field(default_factory=list)
    meeting_numbers: list[int] = field(default_factory=list)

    def add(self, index: int, score: Score) -> None:
        """Count a race, and with the others of its meeting."""
        Tally.add(self, index, score)
        number = self.season[index]
        if self.meeting_numbers and self.meeting_numbers[-1] == number:
            self.meetings[-1] = together(self.meetings[-1], score)
        else:
            self.meetings.append(score)
            self.meeting_numbers.append(number)

    def counted(self) -> tuple[Sequence[int], list[Score]]:
        """Give the scores of meetings."""
        return self.meeting_numbers, self.meetings

    def _races_of(self, dropped: Sequence[int], held: Sequence[RaceResults]) -> tuple[int, ...]:
        out = {self.meeting_numbers[index] for index in dropped}
        return tuple([held[index].key for index in self.indexes if self.season[index] in out])


@dataclass(slots=True)
class BestOfMeetingTally(MeetingTally):
    """A tally where only so many of the scores of a meeting, the best ones, make the meeting's.

    `within` are the scores of each meeting by their indexes, `beyond` those of them that are dropped.
    """

    rules: Rules | None = None
    within: list[list[int]] = field(default_factory=list)
    beyond: list[list[int]] = field(default_factory=list)

    def add(self, index: int, score: Score) -> None:
        """Count a race, and choose anew which of its meeting's make the meeting's score."""
        MeetingTally.add(self, index, score)
        if len(self.within) < len(self.meetings):
            self.within.append([])
            self.beyond.append([])
        self.within[-1].append(len(self.scores) - 1)
        own = [self.scores[index] for index in self.within[-1]]
        worth = [self._worth(index) for index in self.within[-1]]
        assert self.rules is not None, "it is made with the rules"
        out = beyond(self.rules, own, worth)
        self.beyond[-1] = [self.within[-1][place] for place in out]
        kept = NOTHING
        for place, one in enumerate(own):
            kept = together(kept, self._left(one) if place in out else one)
        self.meetings[-1] = kept

    def _worth(self, index: int) -> int:
        """Give the points that go where a race's score is dropped."""
        score = self.scores[index]
        return score.points if self.rules is None or self.rules.drop_bonus else score.points - score.bonus

    def _left(self, score: Score) -> Score:
        """Give what is left of a score that is dropped."""
        bonus = 0 if self.rules is None or self.rules.drop_bonus else score.bonus
        return Score(bonus, bonus)

    def drop(self, rules: Rules, segments: Sequence[Due], held: Sequence[RaceResults]) -> int:
        """Choose anew which meetings are dropped, beside the scores beyond those that make a meeting's."""
        gone = MeetingTally.drop(self, rules, segments, held)
        now = [index for out in self.beyond for index in out if self.indexes[index] >= self.began_after]
        dropped = {*self.dropped_races, *(held[self.indexes[index]].key for index in now)}
        self.dropped_races = tuple([race.key for race in held if race.key in dropped])
        return gone + sum(map(self._worth, now))
