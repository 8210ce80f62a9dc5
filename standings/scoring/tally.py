"""What one subject has gathered so far in the season."""

from bisect import insort
from dataclasses import dataclass, field

from standings.scoring.cars import Score
from standings.scoring.dropping import Counted, Held, lost, worst
from standings.scoring.rules import Decision, Rules


@dataclass(slots=True)
class Tally:
    """A subject's scores and places up to a race; points in units.

    `places` is ascending: comparing two of them is the countback, for at the first difference one has more of the better place.
    `results` are (place, index of the race) in the order of the races, `spare` those of cars that did not score.
    """

    subject: int
    points: int = 0
    starts: int = 0
    places: list[int] = field(default_factory=list)
    results: list[tuple[int, int]] = field(default_factory=list)
    spare: list[tuple[int, int]] = field(default_factory=list)
    scores: list[Counted] = field(default_factory=list)
    dropped: tuple[Counted, ...] = ()
    #: Points that the next phase begins with; how many phases the subject has reached, and with how many points the last began.
    carry: int = 0
    phase: int = 0
    began: int = 0
    #: In the table that is being drawn: points with and without dropped scores, decisions that concern the subject, and why
    #: it is not classified, if so.
    net: int = 0
    gross: int = 0
    decisions: tuple[Decision, ...] = ()
    left_out: str = ""

    def add(self, number: int, index: int, race: int, score: Score) -> None:
        """Count a race: `number` is that of the score in the season, `index` the race's place in it, `race` its id."""
        self.points += score.points
        self.carry += score.carry
        self.starts += score.started
        for position in score.positions:
            insort(self.places, position)
            self.results.append((position, index))
        for position in score.spare:
            self.spare.append((position, index))
        if self.scores and self.scores[-1].number == number:
            counted = self.scores[-1]
            counted.points += score.points
            counted.bonus += score.bonus
            counted.droppable = counted.droppable and score.droppable
            counted.races.append(race)
        else:
            self.scores.append(Counted(number, score.points, score.bonus, score.droppable, [race]))

    def drop(self, rules: Rules, so_far: Held) -> int:
        """Choose anew what is dropped; give how many points that takes away."""
        self.dropped = tuple(worst(rules, self.scores, so_far))
        return lost(rules, self.dropped) if self.dropped else 0

    def begin(self, points: int) -> None:
        """Begin a phase with so many points; what was earned before no longer counts."""
        self.points = self.began = points
        self.phase += 1

    def dropped_races(self) -> tuple[int, ...]:
        """Give the races whose scores do not count, in their order."""
        if not self.dropped:
            return ()
        return tuple(race for score in sorted(self.dropped, key=lambda score: score.number) for race in score.races)
