"""The rules of one championship as values. `parse_rules` in `parsing.py` reads them from data and says what each means."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

from racing.terms import Contest


class Subject(StrEnum):
    """Who collects the points."""

    DRIVER = "driver"
    CREW = "crew"
    CAR = "car"
    TEAM = "team"
    MAKE = "make"
    ENTITY = "entity"


class Ranking(StrEnum):
    """Which ranking's places are paid."""

    OVERALL = "overall"
    CLASS = "class"
    CHAMPIONSHIP = "championship"


class Ineligible(StrEnum):
    """What the place of a car that is not paid does: those behind move up, or it pays nobody."""

    RERANK = "rerank"
    VOID = "void"


class Shared(StrEnum):
    """What drivers who shared a car get: equal shares, nothing, or each all of it; other subjects get all or nothing."""

    SPLIT = "split"
    NONE = "none"
    FULL = "full"
    EACH = "each"


class Ties(StrEnum):
    """Who gets a bonus that several have won: each a share; each all of it; or only the one who was best placed."""

    SPLIT = "split"
    ALL = "all"
    FIRST = "first"


class Listed(StrEnum):
    """Who stands in the table: who has points; or was ever classified; or started; or was there at all."""

    SCORERS = "scorers"
    CLASSIFIED = "classified"
    STARTED = "started"
    ENTERED = "entered"


class TieBreak(StrEnum):
    """A step of the chain that separates subjects level on points."""

    COUNTBACK = "countback"
    FIRST_ACHIEVED = "first_achieved"
    LAST_ACHIEVED = "last_achieved"
    LAST_RACE = "last_race"
    BEST_SCORES = "best_scores"
    HEAD_TO_HEAD = "head_to_head"
    DECISION = "decision"


class DecisionKind(StrEnum):
    """What a person decided."""

    POINTS_DELTA = "points_delta"
    SET_POINTS = "set_points"
    NO_POINTS = "no_points"
    NO_BONUS = "no_bonus"
    NO_FASTEST_LAP = "no_fastest_lap"
    NOT_A_SHARER = "not_a_sharer"
    FORCE_SCALE = "force_scale"
    EXCLUDE = "exclude"
    TIE_ORDER = "tie_order"


@dataclass(frozen=True, slots=True)
class Filter:
    """Which cars are meant: those in one of `classes` and with one of `tags` (empty: any), guests or not (None: either).

    `drivers` asks for a driver with one of these flags: only those of the crew collect points. `team_cars` asks for one of the
    first so many cars of a team.
    """

    classes: frozenset[str] = frozenset()
    guest: bool | None = None
    registered: bool | None = None
    tags: frozenset[str] = frozenset()
    drivers: frozenset[str] = frozenset()
    team_cars: int | None = None


@dataclass(frozen=True, slots=True)
class Unplaced:
    """What is paid without a place: so many points, and one more for each car of the race (or of `Rules.entries`) if asked."""

    points: Fraction
    of_entries: bool = False


@dataclass(frozen=True, slots=True)
class Scale:
    """Points by position from the first on; `tail` for everybody classified beyond.

    `unplaced` pays those without a place by their status, or by "absent" who missed the race. With `by_position` the points are
    the position itself.
    """

    places: tuple[Fraction, ...]
    tail: Fraction = Fraction(0)
    by_position: bool = False
    unplaced: Mapping[str, Unplaced] = field(default_factory=dict)

    def of(self, position: int) -> Fraction:
        """Give what a position is worth."""
        if self.by_position:
            return Fraction(position)
        return self.places[position - 1] if position <= len(self.places) else self.tail


@dataclass(frozen=True, slots=True)
class ScaleBy:
    """Another scale by a number that the race has: the last of `steps` (from where, scale or None for nothing) that it reaches.

    Races of the rounds in `full`, and those without the number, keep the scale of their session.
    """

    attribute: str
    steps: tuple[tuple[Fraction, str | None], ...]
    full: frozenset[int] = frozenset()
    session: str | None = None


@dataclass(frozen=True, slots=True)
class Classified:
    """Who is classified: whoever ran at least `min_share` of the winner's laps (of the class), and took the `flag` if asked."""

    min_share: Fraction
    of_class: bool = False
    flag: bool = False


@dataclass(frozen=True, slots=True)
class MinDrive:
    """How long a driver must have been at the wheel to be paid: minutes, or a share of the car's time."""

    minutes: Fraction | None = None
    share: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Rounding:
    """Points are rounded to so many decimals, the half up or down."""

    decimals: int = 2
    half_up: bool = True


@dataclass(frozen=True, slots=True)
class Bonus:
    """Points for being first in a contest beside the race; `top` asks for a place in the race among the first so many.

    `scale` pays by the position instead. `carry`: these points are not counted, they are carried into the next phase.
    """

    on: str
    contest: Contest
    points: Fraction
    scope: Ranking
    next_if_ineligible: bool = False
    classified: bool = False
    top: int | None = None
    multiplied: bool = False
    scale: tuple[Fraction, ...] = ()
    session: str | None = None
    min_share_run: Fraction | None = None
    ties: Ties = Ties.ALL
    pays: frozenset[Subject] = frozenset()
    carry: bool = False


@dataclass(frozen=True, slots=True)
class Segment:
    """Races `first` to `last` of the season, of whose scores the `best` so many count, or all but `drop`.

    `schedule` gives the number to drop by that of the races held: the last step reached holds.
    """

    first: int = 1
    last: int | None = None
    best: int | None = None
    drop: int | None = None
    schedule: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Phase:
    """After round `after` the first `keep` of the table begin anew, ahead of all others, with `points` and what they carry.

    Carried are the points of the bonuses that say so, if `carry`, and those of `carry_scale` by the place in the table. With
    `by_wins` those with more races won are kept first.
    """

    after: int
    keep: int
    points: Fraction | None = None
    carry: bool = True
    carry_scale: tuple[Fraction, ...] = ()
    by_wins: bool = False


@dataclass(frozen=True, slots=True)
class TieStep:
    """A step of the tie-break chain.

    `kept` looks at results that were not dropped only, `scoring` at places that pay, `sessions` at those of such sessions only
    (empty: any). `cars` is 1 for the best car of each race, None for those that score, 0 for all.
    """

    by: TieBreak
    kept: bool = False
    scoring: bool = False
    sessions: frozenset[str] = frozenset()
    cars: int | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """A person's decision with its reason: for `subject` (or in the order of `order`), in or from `race` on (None: always).

    `position` and `entry` name one result of several. Tables before the race `visible_from` do not know of it. `zero` takes all
    points from who is excluded, `text` stands in the place of a position.
    """

    kind: DecisionKind
    reason: str
    subject: int | None = None
    race: int | None = None
    points: Fraction = Fraction(0)
    order: tuple[int, ...] = ()
    position: int | None = None
    entry: int | None = None
    visible_from: int | None = None
    zero: bool = False
    text: str = ""
    scale: str | None = None


@dataclass(frozen=True, slots=True)
class Rules:
    """All that decides one championship. The defaults are those of `parsing.py`."""

    scales: Mapping[str, Scale]
    subject: Subject = Subject.DRIVER
    filter: Filter = Filter()
    eligible: Filter = Filter(guest=False)
    ineligible: Ineligible = Ineligible.VOID
    rank_within: Ranking = Ranking.OVERALL
    classified: Classified | None = None
    sessions: frozenset[str] = frozenset()
    scale_by: ScaleBy | None = None
    entries: int | None = None
    round_multiplier: Mapping[int, Fraction] = field(default_factory=dict)
    rounding: Rounding | None = Rounding()
    only_rounds: frozenset[int] = frozenset()
    exclude_rounds: frozenset[int] = frozenset()
    shared: Shared = Shared.EACH
    min_drive: MinDrive | None = None
    bonuses: tuple[Bonus, ...] = ()
    cars: int | None = None
    cars_nominated: bool = False
    others_move_up: bool = False
    bonus_for_all_cars: bool = True
    low: bool = False
    by_round: bool = False
    #: So many scores of a meeting make the meeting's, where that is one score; None: all.
    best_of_round: int | None = None
    segments: tuple[Segment, ...] = ()
    drop_bonus: bool = True
    absent: bool = True
    drop_latest: bool = True
    not_droppable: frozenset[str] = frozenset()
    phases: tuple[Phase, ...] = ()
    min_scores: int = 0
    min_finishes: int = 0
    tiebreak: tuple[TieStep, ...] = (TieStep(TieBreak.COUNTBACK),)
    listed: Listed = Listed.CLASSIFIED
    listed_in: frozenset[str] = frozenset()
    decisions: tuple[Decision, ...] = ()
    changes: tuple["Change", ...] = ()
    #: False: a table for information, that awards no title.
    title: bool = True

    def scores(self, session: str) -> bool:
        """Tell whether sessions of a kind pay at all."""
        return session in (self.sessions or self.scales)


@dataclass(frozen=True, slots=True)
class Change:
    """Rules that took the place of others, `before`, in mid-season: they hold for the whole season in tables from `race` on."""

    race: int
    reason: str
    rules: Rules
    before: Rules
