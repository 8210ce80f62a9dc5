"""Who completes an order: "A complète le podium", "A et B complètent le top 5", "au pied du podium"."""

import re
from collections.abc import Iterator
from dataclasses import replace

from racing.reading.candidates import (
    Candidate,
    Runner,
    ahead_after,
    blocked,
    followers,
    named_after,
    place,
    ranking_at,
    runners_from,
    subject_of,
    subjects_of,
    verb_first,
)
from racing.reading.story import Clause, Scene, Story
from racing.terms import FactKind

NAME = "podium"
_COMPLETE = re.compile(r"K[^PHVAB|;]{0,6}T")
_PODIUM_AHEAD = re.compile(r"T[CG_l]{0,2}A")
#: "Als Dritter komplettierte A das Podium"
_VERB_FIRST = re.compile(r"K[_ln]{0,3}(P)(?:(?:,?&|,)[ln]{0,2}P)*[_ln]{0,3}T")
_COMPLETED_BY = re.compile(r"T[^PHVAB|;]{0,4}K[_vl]{0,2}(?=P)")


def recognise(story: Story, scene: Scene) -> Iterator[Candidate]:
    """Give the last places of a podium or a top five or ten."""
    if scene.session == "championship" or scene.session == "next":
        return
    kind = FactKind.QUALIFYING if scene.session == "qualifying" else FactKind.FINISH
    for clause in scene.clauses:
        for match in _COMPLETE.finditer(clause.signs):
            if not blocked(clause, match.start()):
                yield from _completed(story, scene, clause, match.start(), match.end() - 1, kind)
        for match in _VERB_FIRST.finditer(clause.signs):
            if verb_first(clause, match.start()):
                runners, _ = runners_from(story, scene, clause, match.start(1), subjects=True)
                yield from _last_places(scene, clause, runners, match.end() - 1, kind)
        for match in _COMPLETED_BY.finditer(clause.signs):
            runners, _ = runners_from(story, scene, clause, match.end())
            yield from _last_places(scene, clause, runners, match.start(), kind)
        for match in _PODIUM_AHEAD.finditer(clause.signs):
            if not blocked(clause, match.start()):
                yield from _some_step(story, scene, clause, match.start(), match.end() - 1, kind)


def _some_step(story: Story, scene: Scene, clause: Clause, at: int, ahead: int, kind: FactKind) -> Iterator[Candidate]:
    """Read "un nouveau podium devant A et B": a step of the podium, the one that nobody else has."""
    subject = subject_of(story, scene, clause, at)
    if subject is None or clause.mentions[at].value != "3" or set(clause.signs[:at]) & set("NZWK"):
        return
    ranking = ranking_at(scene, clause, at)
    step = place(scene, clause, subject, ranking, 3, NAME, 0.75, clause.mentions[at].span, kind=kind)
    yield replace(step, position=None, among=(1, 2, 3))
    runners, _ = runners_from(story, scene, clause, ahead + 1)
    yield from followers(scene, clause, runners, subject, ranking, None, NAME, 0.72, kind)


def _completed(story: Story, scene: Scene, clause: Clause, at: int, top: int, kind: FactKind) -> Iterator[Candidate]:
    runners = subjects_of(story, scene, clause, at) if named_after(clause, at, top) is None else []
    if not runners:
        runners, _ = runners_from(story, scene, clause, top + 1)
        yield from _last_places(scene, clause, runners, top, kind)
        return
    yield from _last_places(scene, clause, runners, top, kind)
    ahead = ahead_after(clause.signs, top)
    if ahead is not None and runners[-1].people:
        behind, _ = runners_from(story, scene, clause, ahead + 1)
        size = int(clause.mentions[top].value)
        yield from followers(scene, clause, behind, runners[-1], ranking_at(scene, clause, top), size, NAME, 0.9, kind)


def _last_places(scene: Scene, clause: Clause, runners: list[Runner], top: int, kind: FactKind) -> Iterator[Candidate]:
    size = int(clause.mentions[top].value or 0)
    if not runners or len(runners) > size or any(not runner.people for runner in runners):
        return
    ranking = ranking_at(scene, clause, top)
    for number, runner in enumerate(runners):
        position = size - len(runners) + 1 + number
        yield place(scene, clause, runner, ranking, position, NAME, 0.9, clause.mentions[top].span, kind=kind)
