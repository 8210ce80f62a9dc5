"""Numbered lists, one line a place or several on a line: "1. A (Team) 16 tours", "Pro-Am : 1. B ; 2. C"."""

import re
from collections.abc import Iterator

from racing.reading.candidates import Candidate, Runner, margin_behind, place
from racing.reading.mentions import Mention, signs
from racing.reading.story import Clause, Scene, Story, who_is_meant
from racing.terms import OVERALL, FactKind

NAME = "numbered"
_ITEM = re.compile(r"(?:(?<=[;:,–])|(?<=^))(?:_)?[#N][_:,–]{0,3}(V)?[_,–]{0,2}(P)")


def recognise(story: Story, scene: Scene) -> Iterator[Candidate]:
    """Give the places of a list; a line alone needs a list around it."""
    if scene.session == "next" or scene.unknown_class:
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
        if scene.session == "championship":
            yield from _standing(story, scene, number, match.start(2))
        else:
            yield from _item(story, scene, number, match.start(2), kind)


def _standing(story: Story, scene: Scene, number: Mention, at: int) -> Iterator[Candidate]:
    """Give a place of the championship, where points stand behind the name."""
    runner, last = _named(story, scene, at)
    points = _points_behind(scene, last)
    if not runner.people or points is None:
        return
    evidence = (scene.sentence.span, *(span for m in runner.mentions for span in m.names), number.span, points.span)
    yield Candidate(
        FactKind.CLAIM,
        runner.people,
        evidence,
        None,
        _class_before(scene, number) or scene.heading_class or OVERALL,
        int(number.value),
        0.85,
        NAME,
        details={"points": points.value.strip().replace(",", ".")},
    )


_POINTS = re.compile(r",?([#D])(?:p|[;,]|_?$)")
#: Points have halves and quarters; other decimals are seconds.
_NUMBER = re.compile(r"\d+(?:[.,](?:5|50|25|75))?")


def _points_behind(scene: Scene, at: int) -> Mention | None:
    """Give the number of points that stands behind a name, in brackets or not."""
    aside = scene.mentions[at].aside
    if (
        aside
        and len(aside) <= 2
        and aside[0].kind in ("number", "time")
        and aside[-1].kind in ("number", "time", "points")
    ):
        found = aside[0]
    elif match := _POINTS.match(signs(scene.mentions[at + 1 : at + 5])):
        found = scene.mentions[at + 1 + match.start(1)]
    else:
        return None
    return found if _NUMBER.fullmatch(found.value.strip()) else None


def _item(story: Story, scene: Scene, number: Mention, at: int, kind: FactKind) -> Iterator[Candidate]:
    runner, last = _named(story, scene, at)
    if not runner.people:
        return
    ranking = _class_before(scene, number) or scene.heading_class or OVERALL
    clause = Clause(scene.mentions, scene.signs)
    found = place(scene, clause, runner, ranking, int(number.value), NAME, 0.9, number.span, kind=kind)
    if found.position != 1 and kind is FactKind.FINISH:
        found.details.update(margin_behind(story, scene.mentions, last))
    yield found


def _named(story: Story, scene: Scene, at: int) -> tuple[Runner, int]:
    """Give who stands at `at`, with those joined to him, and where the last of them stands."""
    group = [scene.mentions[at]]
    while len(group) < 3 and signs(scene.mentions[at + 1 : at + 3]) == "&P" and scene.mentions[at + 1].kind == "and":
        at += 2
        group.append(scene.mentions[at])
    people = tuple(number for mention in group for number in who_is_meant(story, mention, scene))
    return Runner(people, tuple(group)), at


def _class_before(scene: Scene, number: Mention) -> str:
    return next((m.value for m in reversed(scene.mentions) if m.kind == "class" and m.start < number.start), "")
