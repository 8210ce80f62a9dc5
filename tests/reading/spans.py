"""Where a reading says that things stand, for tests that hold it to its promises."""

from racing.reading.facts import Reading, Span


def spans_of(reading: Reading) -> list[Span]:
    """Give every span of a reading: of facts, heading, people and problems."""
    heading = reading.heading
    stated = [value for value in (heading.series, heading.season, heading.circuit, heading.starters) if value]
    return [
        *(span for fact in reading.facts for span in fact.evidence),
        *(span for value in stated for span in value.evidence),
        *(span for person in reading.people for span in person.mentions),
        *(problem.span for problem in reading.problems if problem.span),
    ]
