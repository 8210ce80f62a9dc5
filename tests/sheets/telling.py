"""What a sheet tells, in short: for tests that begin with a text or a file."""

from racing.reading.documents import extract
from racing.reading.facts import Fact, Reading
from racing.reading.reader import read
from racing.terms import FactKind


def of_file(data: bytes) -> tuple[str, Reading]:
    """Give a document's text and what is read in it."""
    text = extract(data).text
    return text, read(text)


def facts(reading: Reading, kind: FactKind = FactKind.FINISH) -> list[Fact]:
    """Give the facts of one kind."""
    return [fact for fact in reading.facts if fact.kind is kind]


def order(reading: Reading, ranking: str = "overall", kind: FactKind = FactKind.FINISH) -> list[tuple[int | None, str]]:
    """Give (place, names) of a ranking."""
    return [(fact.position, " / ".join(fact.drivers)) for fact in facts(reading, kind) if fact.ranking == ranking]


def named(reading: Reading, kind: FactKind) -> list[str]:
    """Give whom the facts of a kind name."""
    return [" / ".join(fact.drivers) for fact in facts(reading, kind)]
