"""The rules of one championship as values. `parse_rules` in `parsing.py` reads them from data and says what each means."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

from racing.terms import Contest, Status


class RulesError(ValueError):
    """Rules that cannot be followed; the sentence names the key for the person who wrote them."""


class Subject(StrEnum):
    """Who collects the points."""

    DRIVER = "driver"
    CREW = "crew"
    TEAM = "team"


class Ranking(StrEnum):
    """Which ranking's places are paid."""

    OVERALL = "overall"
    CLASS = "class"


class Ineligible(StrEnum):
    """What the place of a car that is not paid does: those behind move up, or it pays nobody."""

    RERANK = "rerank"
    VOID = "void"


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
    DECISION = "decision"


class DecisionKind(StrEnum):
    """What a person decided."""

    POINTS_DELTA = "points_delta"
    NO_POINTS = "no_points"
    NO_BONUS = "no_bonus"
    EXCLUDE = "exclude"
    TIE_ORDER = "tie_order"


@dataclass(frozen=True, slots=True)
class Filter:
    """Which cars are meant: those in one of `classes` (empty: any), guests or not (None: either)."""

    classes: frozenset[str] = frozenset()
    guest: bool | None = None


@dataclass(frozen=True, slots=True)
class Scale:
    """Points by position from the first on; `tail` for everybody classified beyond."""

    places: tuple[Fraction, ...]
    tail: Fraction = Fraction(0)


@dataclass(frozen=True, slots=True)
class Bonus:
    """Points for being first in a contest beside the race; `top` asks for a place in the race among the first so many."""

    on: str
    contest: Contest
    points: Fraction
    scope: Ranking
    next_if_ineligible: bool = False
    classified: bool = False
    top: int | None = None
    multiplied: bool = False


@dataclass(frozen=True, slots=True)
class Segment:
    """Races `first` to `last` of the season, of whose scores the `best` so many count, or all but `drop`."""

    first: int = 1
    last: int | None = None
    best: int | None = None
    drop: int | None = None


@dataclass(frozen=True, slots=True)
class TieStep:
    """A step of the tie-break chain. `kept` looks at results that were not dropped only, `scoring` at places that pay."""

    by: TieBreak
    kept: bool = False
    scoring: bool = False


@dataclass(frozen=True, slots=True)
class Decision:
    """A person's decision with its reason: for `subject` (or in the order of `order`), in or from `race` on (None: always)."""

    kind: DecisionKind
    reason: str
    subject: int | None = None
    race: int | None = None
    points: Fraction = Fraction(0)
    order: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Rules:
    """All that decides one championship. The defaults are those of `parsing.py`."""

    scales: Mapping[str, Scale]
    subject: Subject = Subject.DRIVER
    filter: Filter = Filter()
    eligible: Filter = Filter(guest=False)
    ineligible: Ineligible = Ineligible.VOID
    rank_within: Ranking = Ranking.OVERALL
    round_multiplier: Mapping[int, Fraction] = field(default_factory=dict)
    only_rounds: frozenset[int] = frozenset()
    exclude_rounds: frozenset[int] = frozenset()
    bonuses: tuple[Bonus, ...] = ()
    cars: int | None = None
    bonus_for_all_cars: bool = True
    by_round: bool = False
    segments: tuple[Segment, ...] = ()
    drop_bonus: bool = True
    absent: bool = True
    drop_latest: bool = True
    not_droppable: frozenset[Status] = frozenset()
    min_scores: int = 0
    tiebreak: tuple[TieStep, ...] = (TieStep(TieBreak.COUNTBACK),)
    listed: Listed = Listed.CLASSIFIED
    decisions: tuple[Decision, ...] = ()
    #: False: a table for information, that awards no title.
    title: bool = True
