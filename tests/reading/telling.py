"""Short ways for tests to ask what the reader found."""

from racing.reading.facts import Fact
from racing.reading.reader import read_by_rule as read
from racing.terms import FactKind

#: Enough small words for the language to be known, and nothing to be read in them.
FRENCH = (
    "Le soleil était au rendez-vous de la journée et le public était dans les tribunes pour les essais de la matinée.\n"
)


def facts(text: str, kind: FactKind) -> list[Fact]:
    """Give the facts of a kind in a French text."""
    return [fact for fact in read(FRENCH + text).facts if fact.kind is kind]


def places(text: str, kind: FactKind = FactKind.FINISH) -> list[tuple[int | None, str, int | None, str]]:
    """Give (race, ranking, position, drivers), sorted."""
    rows = [(fact.race, fact.ranking, fact.position, " / ".join(fact.drivers)) for fact in facts(text, kind)]
    return sorted(rows, key=str)


def order(text: str, ranking: str = "overall", kind: FactKind = FactKind.FINISH) -> dict[int | None, str]:
    """Give the order of a ranking: place to drivers."""
    return {place: drivers for _, name, place, drivers in places(text, kind) if name == ranking}


def who(text: str, kind: FactKind) -> list[str]:
    """Give the drivers of each fact of a kind."""
    return [" / ".join(fact.drivers) for fact in facts(text, kind)]
