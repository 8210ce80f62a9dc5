"""Readings made by hand, short to write: what a reader would give of reports that nobody has written."""

from collections.abc import Sequence

from racing.reading.facts import Fact, Heading, Person, Reading, Stated
from racing.terms import FactKind


def heading(series: str = "", year: int | None = None, circuit: str = "", starters: int | None = None) -> Heading:
    """Give a heading that states what is given."""

    def stated(value: object) -> Stated | None:
        return Stated(str(value)) if value else None

    return Heading(stated(series), stated(year), stated(circuit), stated(starters))


def crew(names: str) -> tuple[str, ...]:
    """Read "A / B" as a crew."""
    return tuple(name.strip() for name in names.split("/"))


def order(
    ranking: str, *names: str, race: int | None = 1, kind: FactKind = FactKind.FINISH, first: int = 1
) -> list[Fact]:
    """Tell an order: the names take the places from `first` on."""
    return [
        Fact(kind, (), race=race, ranking=ranking, position=place, drivers=crew(name))
        for place, name in enumerate(names, first)
    ]


def meeting(circuit: str, start: str = "", end: str = "") -> Fact:
    """Tell of a meeting to come."""
    return Fact(FactKind.MEETING, (), circuit=circuit, start=start, end=end)


def retired(name: str, race: int | None = 1) -> Fact:
    """Tell of a retirement."""
    return Fact(FactKind.RETIREMENT, (), race=race, drivers=crew(name))


def reading(top: Heading, facts: Sequence[Fact], people: Sequence[Person] = ()) -> Reading:
    """Give a reading in French."""
    return Reading("fr", top, tuple(facts), tuple(people))
