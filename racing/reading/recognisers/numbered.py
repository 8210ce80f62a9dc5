"""Numbered lists, one line a place or several on a line: "1. A (Team) 16 tours", "Pro-Am : 1. B ; 2. C"."""

import re
from collections.abc import Iterator

from racing.reading.candidates import Candidate, Runner, place
from racing.reading.mentions import Mention, signs
from racing.reading.story import Clause, Scene, Story, who_is_meant
from racing.terms import OVERALL, FactKind

NAME = "numbered"
_ITEM = re.compile(r"(?:(?<=[;:,–])|(?<=^))(?:_)?[#N][_:,–]{0,3}(V)?[_,–]{0,2}(P)")


def recognise(story: Story, scene: Scene) -> Iterator[Candidate]:
    """Give the places of a list; a line alone needs a list around it."""
    if scene.session in ("championship", "next"):
        return
    kind = FactKind.QUALIFYING if scene.session == "qualifying" else FactKind.FINISH
    marks = signs(scene.mentions)
    items = list(_ITEM.finditer(marks))
    if not scene.sentence.listed and len(items) < 2:
        return
    for match in items:
        number = next((m for m in scene.mentions[match.start() : match.start(2)] if m.kind in ("number", "rank")), None)
        if number is None or not 0 < int(number.value) < 61:
            continue
        yield from _item(story, scene, number, match.start(2), kind)


def _item(story: Story, scene: Scene, number: Mention, at: int, kind: FactKind) -> Iterator[Candidate]:
    group = [scene.mentions[at]]
    while len(group) < 3 and signs(scene.mentions[at + 1 : at + 3]) == "&P" and scene.mentions[at + 1].kind == "and":
        at += 2
        group.append(scene.mentions[at])
    people = tuple(number for mention in group for number in who_is_meant(story, mention, scene))
    if not people:
        return
    ranking = _class_before(scene, number) or scene.heading_class or OVERALL
    clause = Clause(scene.mentions, scene.signs)
    yield place(
        scene, clause, Runner(people, tuple(group)), ranking, int(number.value), NAME, 0.9, number.span, kind=kind
    )


def _class_before(scene: Scene, number: Mention) -> str:
    return next((m.value for m in reversed(scene.mentions) if m.kind == "class" and m.start < number.start), "")
