"""Who drove the fastest lap, and in what time: "meilleur tour en course pour A en 1:39.077"."""

import re
from collections.abc import Iterator

from racing.reading.candidates import Candidate, Runner, blocked, ranking_at, runners_from, subject_of
from racing.reading.mentions import Mention
from racing.reading.story import Clause, Scene, Story, who_is_meant
from racing.terms import FactKind

NAME = "fastest_laps"
_BACK = 12
#: "B, auteur du meilleur tour" and "auteur du meilleur tour, B"
_BESIDE = re.compile(r"([PV]),_?$")
_BEFORE = re.compile(r"L,[ln]{0,2}(?=[PV])")
#: "B, meilleur tour en course, et C": the list goes on behind it
_WITHIN = re.compile(r"L,?&[ln]{0,2}[PV]")


def recognise(story: Story, scene: Scene) -> Iterator[Candidate]:
    """Give fastest laps with their drivers."""
    if scene.session in ("qualifying", "next", "past"):
        return
    for clause in scene.clauses:
        for at, sign in enumerate(clause.signs):
            if sign == "L" and not blocked(clause, at):
                yield from _lap(story, scene, clause, at, _driver(story, scene, clause, at))
        for at, mention in enumerate(clause.mentions):
            if mention.kind == "person" and any(inner.kind == "fastest_lap" for inner in mention.aside):
                yield from _lap(story, scene, clause, at, _named(story, scene, mention))


def _lap(story: Story, scene: Scene, clause: Clause, at: int, runner: Runner | None) -> Iterator[Candidate]:
    if runner is None:
        return
    time = next((m for m in clause.mentions[max(0, at - 3) : at + 14] if m.kind == "time"), None)
    aside = next((inner for inner in clause.mentions[at].aside if inner.kind == "time"), None)
    stated = time or aside
    evidence = (scene.sentence.span, *(span for m in runner.mentions for span in m.names), clause.mentions[at].span)
    details = {"time": story.text[stated.start : stated.end]} if stated else {}
    yield Candidate(
        FactKind.FASTEST_LAP,
        runner.people,
        evidence,
        scene.race,
        ranking_at(scene, clause, at),
        None,
        0.9,
        NAME,
        details=details,
    )


def _driver(story: Story, scene: Scene, clause: Clause, at: int) -> Runner | None:
    """Give whose lap it is: whom a preposition or a colon binds to it, else the subject before it."""
    marks = clause.signs
    held = clause.mentions[at].value == "held"
    beside = _BESIDE.search(marks[:at])
    if beside and (held or _WITHIN.match(marks, at)):
        return _named(story, scene, clause.mentions[beside.start()])
    before = _BEFORE.match(marks, at) if held else None
    if before:
        return _named(story, scene, clause.mentions[before.end()])
    person = next((n for n in range(at + 1, min(len(marks), at + _BACK)) if marks[n] in "PHV"), None)
    between = marks[at + 1 : person] if person is not None else ""
    bound = person is not None and not any(sign in between for sign in "ABb|W,N")
    if bound and person is not None and (marks[person - 1] in "v:_–l" and ("v" in between or ":" in between)):
        runners, _ = runners_from(story, scene, clause, person)
        return runners[0] if runners and runners[0].people else None
    subject = subject_of(story, scene, clause, at)
    if subject is None and person is not None and bound:
        runners, _ = runners_from(story, scene, clause, person)
        return runners[0] if runners and runners[0].people else None
    return subject


def _named(story: Story, scene: Scene, mention: Mention) -> Runner | None:
    people = who_is_meant(story, mention, scene)
    return Runner(people, (mention,)) if people else None
