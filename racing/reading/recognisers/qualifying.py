"""Pole position and the first row: "A signe la pole devant B et C", "A et B en première ligne"."""

import re
from collections.abc import Iterator

from racing.reading.candidates import (
    Candidate,
    Runner,
    ahead_after,
    blocked,
    followers,
    place,
    pole_in_passing,
    ranking_at,
    runners_from,
    subject_of,
    verb_first,
)
from racing.reading.story import Clause, Scene, Story
from racing.terms import FactKind

NAME = "qualifying"
#: "la pole en Am revenait à A"
_FALLS = re.compile(r"O[^PHVAB,|;!wyKI]{0,6}F[_ln]{0,3}(?=[PV])")
#: "A holte Startplatz drei", "Startplatz drei ging an A"
_PLACE = re.compile(r"Q#(?:_?[Fe][_ln]{0,2}(?=[PV]))?")
_FRONT_ROW = re.compile(r"P&P(?=[^PHVAB|!]{0,12}q)")


def recognise(story: Story, scene: Scene) -> Iterator[Candidate]:
    """Give who was on pole, and the order that the sentence goes on with."""
    if scene.session in ("next", "past"):
        return
    for clause in scene.clauses:
        yield from _front_row(story, scene, clause)
        yield from _grid_place(story, scene, clause)
        for at, mention in enumerate(clause.mentions):
            if mention.kind == "pole" and not _denied(clause, at) and mention.value != "many":
                yield from _pole(story, scene, clause, at)


def _denied(clause: Clause, at: int) -> bool:
    """Tell whether a pole is denied or wished for; "his pole" is his, whatever he wishes to make of it."""
    return blocked(clause, at) and not (at and clause.mentions[at - 1].value == "possessive")


def _grid_place(story: Story, scene: Scene, clause: Clause) -> Iterator[Candidate]:
    """Read a place on the grid that is told by its number, with its driver before it or behind the verb."""
    for match in _PLACE.finditer(clause.signs):
        at = match.start()
        position = int(clause.mentions[at + 1].value)
        if clause.mentions[at].value != "place" or blocked(clause, at) or not 0 < position <= _LAST_PLACE:
            continue
        runner = subject_of(story, scene, clause, at)
        if verb_first(clause, at) and match.end() > at + 2:
            runners, _ = runners_from(story, scene, clause, match.end())
            runner = runners[0] if runners and runners[0].people else None
        if runner is not None:
            span, ranking = clause.mentions[at + 1].span, ranking_at(scene, clause, at)
            yield place(scene, clause, runner, ranking, position, NAME, 0.8, span, kind=FactKind.QUALIFYING)


#: No grid is longer.
_LAST_PLACE = 60


def _front_row(story: Story, scene: Scene, clause: Clause) -> Iterator[Candidate]:
    """Read "A et B partagent la première ligne": the first two of the grid, in that order."""
    match = _FRONT_ROW.search(clause.signs)
    if not match:
        return
    runners, end = runners_from(story, scene, clause, match.start())
    if len(runners) == 2 and end <= match.end():
        for position, runner in enumerate(runners, 1):
            if runner.people:
                yield place(
                    scene,
                    clause,
                    runner,
                    ranking_at(scene, clause, end),
                    position,
                    NAME,
                    0.75,
                    kind=FactKind.QUALIFYING,
                )


def _pole(story: Story, scene: Scene, clause: Clause, at: int) -> Iterator[Candidate]:
    found = _poleman(story, scene, clause, at)
    if found is None:
        return
    head, end = found
    ranking = ranking_at(scene, clause, at)
    time = next((m for m in clause.mentions[at : at + 8] if m.kind == "time"), None)
    candidate = place(scene, clause, head, ranking, 1, NAME, 0.88, clause.mentions[at].span, kind=FactKind.QUALIFYING)
    if time:
        candidate.details["time"] = story.text[time.start : time.end]
    yield candidate
    ahead = ahead_after(clause.signs, max(end, at))
    between_them = clause.signs.rfind("A", 0, at)
    if ahead is None and between_them > clause.mentions.index(head.mentions[-1]):
        ahead = between_them
    beside = clause.signs.find("b", at)
    start = (
        ahead if ahead is not None else (beside if beside >= 0 and "P" not in clause.signs[at + 1 : beside] else None)
    )
    started = "U" in clause.signs[max(0, at - 3) : at]
    if start is not None and pole_in_passing(clause, at) and (started or clause.signs[start - 1] != "P"):
        return
    if start is not None and not set(clause.signs[max(end, at) : start]) & set("WF"):
        runners, _ = runners_from(story, scene, clause, start + 1)
        yield from followers(scene, clause, runners, head, ranking, 1, NAME, 0.85, FactKind.QUALIFYING)


def _poleman(story: Story, scene: Scene, clause: Clause, at: int) -> tuple[Runner, int] | None:
    """Give who had the pole: he who stands before the word, or whom "de", "pour" or a comma binds to it."""
    marks = clause.signs
    person = next((n for n in range(at + 1, min(len(marks), at + 9)) if marks[n] in "PV"), None)
    between = marks[at + 1 : person] if person is not None else ""
    subject = subject_of(story, scene, clause, at)
    falls = _FALLS.match(marks, at)
    given = falls and any(mention.value == "falls_to" for mention in clause.mentions[at : falls.end()])
    if falls and (given or verb_first(clause, at)):
        runners, end = runners_from(story, scene, clause, falls.end())
        return (runners[0], end - 1) if runners and runners[0].people else None
    bound = person is not None and not any(sign in between for sign in "ABb|WKFIN")
    if bound and person is not None and (subject is None or between.endswith("v")):
        runners, end = runners_from(story, scene, clause, person)
        if runners and runners[0].people and (between == "" or between[-1] in "v,:–_nle"):
            return runners[0], end - 1
    return (subject, at) if subject else None
