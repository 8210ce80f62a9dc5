"""What the text says of each person: team, number, car, nationality, classes."""

import re
from collections.abc import Iterable

from racing.reading.facts import Fact, Person, Span
from racing.reading.mentions import Mention
from racing.reading.people import Known
from racing.reading.story import Scene, Story
from racing.terms import OVERALL, TRACK, FactKind


def describe(story: Story) -> None:
    """Fill in team, number and nationality of each person, from brackets and words beside the name."""
    for scene in story.scenes:
        for at, mention in enumerate(scene.mentions):
            if mention.kind == "person" and len(mention.who) == 1:
                person = story.cast.people[mention.who[0]]
                _from_brackets(story, person, mention)
                _from_neighbours(scene, person, at)
        _nationals(story, scene)
        _car_owners(story, scene)
    for number, known in enumerate(story.cast.people):
        if known.number:
            story.numbers[known.number] = (*story.numbers.get(known.number, ()), number)


def _from_brackets(story: Story, person: Known, mention: Mention) -> None:
    """Take a team or a car's number out of the brackets behind a name."""
    if not mention.aside_text:
        return
    number = next((m for m in mention.aside if m.kind == "car"), None)
    if number and not person.number:
        person.number = number.value
    plain = all(m.kind in ("word", "mark", "preposition", "and", "dash", "person", "number", "comma") for m in mention.aside)
    if plain and not number and not person.team and mention.aside_text[:1].isalnum() and any(c.isupper() for c in mention.aside_text):
        person.team = mention.aside_text[:80]


def _from_neighbours(scene: Scene, person: Known, at: int) -> None:
    """Take the number of a car and the nationality from words directly beside a name."""
    before = scene.mentions[at - 1] if at else None
    if before and before.kind == "nationality" and not person.nationality:
        person.nationality = before.value
    for step in (1, 2):
        after = scene.mentions[at + step] if at + step < len(scene.mentions) else None
        if after and after.kind == "car" and not person.number and (step == 1 or scene.mentions[at + 1].kind == "comma"):
            person.number = after.value


_OF_DRIVER = re.compile(r"V_{0,8}vP")


def _car_owners(story: Story, scene: Scene) -> None:
    """Take "la n° 30 de A": the car is his."""
    for match in _OF_DRIVER.finditer(scene.signs):
        car, mention = scene.mentions[match.start()], scene.mentions[match.end() - 1]
        if scene.mentions[match.end() - 2].value in ("de", "d'", "of") and len(mention.who) == 1:
            person = story.cast.people[mention.who[0]]
            person.number = person.number or car.value


def _nationals(story: Story, scene: Scene) -> None:
    """Take "deux Britanniques : A et B"."""
    marks = scene.signs
    at = marks.find("n:")
    if at < 0:
        return
    spot = at + 2
    while spot < len(marks) and marks[spot] in "P,&":
        if marks[spot] == "P" and len(scene.mentions[spot].who) == 1:
            person = story.cast.people[scene.mentions[spot].who[0]]
            person.nationality = person.nationality or scene.mentions[at].value
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
            tuple(sorted(set(known.mentions))) or (Span(0, 0),)[:0],
            known.team,
            known.number,
            known.car,
            known.nationality,
            tuple(classes.get(known.name, ())),
        )
        for known in story.cast.people
    )
