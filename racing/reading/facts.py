"""What a reading gives: facts with the words that prove them, the heading, and what was not understood.

Every position is an offset into the document's text in characters, half open, as Python slices count. The values can be
written as JSON and read back unchanged, since a document is read in a process of its own.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from racing.terms import FactKind

#: The problems that say that something stayed unread: of a sentence, or of the whole text, nothing was made.
UNREAD = ("not_understood", "no_results")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Characters `start` up to but not including `end` of the document's text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Stated:
    """A value that the text states, and where."""

    value: str
    evidence: tuple[Span, ...] = ()
    sure: float = 1.0


@dataclass(frozen=True, slots=True)
class Heading:
    """What the report is about: the series as commonly written, the year, the circuit, and how many cars started."""

    series: Stated | None = None
    season: Stated | None = None
    circuit: Stated | None = None
    starters: Stated | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody whom the text names as a driver.

    `name` is the fullest form that occurs anywhere; `team`, `number`, `car`, `nationality` (ISO 3166 alpha-2, upper case) and
    `classes` are what the text says of the person, empty where it says nothing.
    """

    name: str
    mentions: tuple[Span, ...] = ()
    team: str = ""
    number: str = ""
    car: str = ""
    nationality: str = ""
    classes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that the report states.

    `evidence` holds first the clause or sentence that states it, then the spans of the names and the rank in it. `race` is
    the race's number within the event, None where the text does not say. `ranking` is "track", "overall" or a class.
    `drivers` are full names where the text gives them anywhere, else surnames; a crew is one fact. `sure` is between 0 and 1.
    `points`, `gap_points` are decimal text ("12.5"). `start` and `end` are ISO dates, or "MM-DD" where no year is given.
    `guest` says that the text itself sets the car outside the series' classification.
    """

    kind: FactKind
    evidence: tuple[Span, ...]
    race: int | None = None
    ranking: str = ""
    position: int | None = None
    drivers: tuple[str, ...] = ()
    sure: float = 1.0
    recogniser: str = ""
    team: str = ""
    number: str = ""
    car: str = ""
    gap: str = ""
    time: str = ""
    text: str = ""
    guest: bool = False
    points: str = ""
    gap_points: str = ""
    gap_to: tuple[str, ...] = ()
    circuit: str = ""
    start: str = ""
    end: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something a person should look at: `code` names the sentence shown, `detail` fills it, `span` is its place."""

    code: str
    span: Span | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was read in one document."""

    language: str = ""
    heading: Heading = field(default_factory=Heading)
    facts: tuple[Fact, ...] = ()
    people: tuple[Person, ...] = ()
    problems: tuple[Problem, ...] = ()


def to_json(reading: Reading) -> dict[str, Any]:
    """Give the reading as JSON values; `from_json` gives it back."""
    return asdict(reading)


def from_json(data: Mapping[str, Any]) -> Reading:
    """Give back the reading that `to_json` wrote. Raises KeyError or TypeError on anything else."""

    def spans(rows: list[dict[str, int]]) -> tuple[Span, ...]:
        return tuple(Span(**row) for row in rows)

    def stated(row: dict[str, Any] | None) -> Stated | None:
        return (row and Stated(row["value"], spans(row["evidence"]), row["sure"])) or None

    def fact(row: dict[str, Any]) -> Fact:
        tuples = {"drivers": tuple(row["drivers"]), "gap_to": tuple(row["gap_to"]), "evidence": spans(row["evidence"])}
        return Fact(**{**row, **tuples, "kind": FactKind(row["kind"])})

    def person(row: dict[str, Any]) -> Person:
        return Person(**{**row, "mentions": spans(row["mentions"]), "classes": tuple(row["classes"])})

    def problem(row: dict[str, Any]) -> Problem:
        return Problem(row["code"], (row["span"] and Span(**row["span"])) or None, row["detail"])

    heading = data["heading"]
    return Reading(
        language=data["language"],
        heading=Heading(**{key: stated(heading[key]) for key in ("series", "season", "circuit", "starters")}),
        facts=tuple(fact(row) for row in data["facts"]),
        people=tuple(person(row) for row in data["people"]),
        problems=tuple(problem(row) for row in data["problems"]),
    )
