"""What the text says of each person: team, number, car, nationality, classes."""

import re
from collections.abc import Iterable, Sequence, Set

from racing.reading.facts import Fact, Person
from racing.reading.mentions import Mention, signs
from racing.reading.people import Known
from racing.reading.story import Story
from racing.terms import OVERALL, TRACK, FactKind


def describe(story: Story, rows: Sequence[Sequence[Mention]]) -> None:
    """Fill in each person's team, number and nationality from brackets and words beside the name; keep whose a number is."""
    for row in rows:
        for at, mention in enumerate(row):
            if mention.kind == "person" and len(mention.who) == 1:
                person = story.cast.people[mention.who[0]]
                _from_brackets(person, mention, story.lexicon.makes)
                _from_neighbours(row, person, at)
        _nationals(story, row)
        _car_owners(story, row)
    for number, known in enumerate(story.cast.people):
        if known.number:
            story.numbers[known.number] = (*story.numbers.get(known.number, ()), number)


def _from_brackets(person: Known, mention: Mention, makes: Set[str]) -> None:
    """Take a team, a car or its number out of the brackets behind a name."""
    if not mention.aside_text:
        return
    number = next((m for m in mention.aside if m.kind == "car"), None)
    if number and not person.number:
        person.number = number.value
    if all(inner.kind == "word" and inner.value in makes for inner in mention.aside):
        person.car = person.car or mention.aside_text
        return
    named = mention.aside_text[:1].isalnum() and any(letter.isupper() for letter in mention.aside_text)
    if named and not number and not person.team and all(m.kind in _TEAM_KINDS for m in mention.aside):
        person.team = mention.aside_text[:80]


_TEAM_KINDS = frozenset(("word", "small", "mark", "preposition", "article", "and", "dash", "person", "number", "comma"))


def _from_neighbours(row: Sequence[Mention], person: Known, at: int) -> None:
    """Take the number of a car and the nationality from words directly beside a name."""
    before = row[at - 1] if at else None
    if before and before.kind == "nationality" and not person.nationality:
        person.nationality = before.value
    for step in (1, 2):
        after = row[at + step] if at + step < len(row) else None
        if after and after.kind == "car" and not person.number and (step == 1 or row[at + 1].kind == "comma"):
            person.number = after.value


_OF_DRIVERS = re.compile(r"V[_l]{0,8}v((?:P,)?P&P|P)")


def _car_owners(story: Story, row: Sequence[Mention]) -> None:
    """Take "la n° 30 de A et B": the car is theirs."""
    for match in _OF_DRIVERS.finditer(signs(tuple(row))):
        if row[match.start(1) - 1].value != "of":
            continue
        for mention in row[match.start(1) : match.end()]:
            if mention.kind == "person" and len(mention.who) == 1:
                person = story.cast.people[mention.who[0]]
                person.number = person.number or row[match.start()].value
                person.car = person.car or _make_before(story, row, match.start())


def _make_before(story: Story, row: Sequence[Mention], at: int) -> str:
    """Give the car that is named before its number: "l'Aston Martin n° 27"."""
    first = at
    while first and at - first < 4 and row[first - 1].kind == "word" and story.text[row[first - 1].start].isupper():
        first -= 1
    if first == at or row[first].value not in story.lexicon.makes:
        return ""
    return " ".join(story.text[row[first].start : row[at - 1].end].split())


def _nationals(story: Story, row: Sequence[Mention]) -> None:
    """Take "deux Britanniques : A et B"."""
    marks = signs(tuple(row))
    at = marks.find("n:")
    spot = at + 2
    while at >= 0 and spot < len(marks) and marks[spot] in "P,&":
        if marks[spot] == "P" and len(row[spot].who) == 1:
            person = story.cast.people[row[spot].who[0]]
            person.nationality = person.nationality or row[at].value
        spot += 1


def portray(story: Story, facts: Iterable[Fact]) -> tuple[Person, ...]:
    """Give the people of the text with the classes in which it gives them a place."""
    classes: dict[str, dict[str, None]] = {}
    for fact in facts:
        if fact.ranking not in ("", OVERALL, TRACK) and fact.kind is not FactKind.MEETING:
            for name in fact.drivers:
                classes.setdefault(name, {})[fact.ranking] = None
    return tuple(
        Person(
            known.name,
            tuple(sorted(set(known.mentions))),
            known.team,
            known.number,
            known.car,
            known.nationality,
            tuple(classes.get(known.name, ())),
        )
        for known in story.cast.people
    )
