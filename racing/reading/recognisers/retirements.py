"""Who did not finish: "A contraint à l'abandon", "abandon de B", "Non classés : C, D"."""

import re
from collections.abc import Iterator

from racing.reading.candidates import Candidate, Runner, named_after, runners_from, subjects_of, verb_first
from racing.reading.story import Clause, Scene, Story
from racing.terms import FactKind

NAME = "retirements"
#: "Ausgefallen ist nach einer Berührung A"
_BEHIND = re.compile(r"Y[_eltvdn#D]{0,8}P")


def recognise(story: Story, scene: Scene) -> Iterator[Candidate]:
    """Give each driver or crew that retired."""
    if scene.session in ("qualifying", "next", "past", "championship"):
        return
    for clause in scene.clauses:
        for at in (n for n, sign in enumerate(clause.signs) if sign == "Y"):
            if any(sign in clause.signs[max(0, at - 3) : at] for sign in "!wy"):
                continue
            for runner in _retired(story, scene, clause, at):
                evidence = (
                    scene.sentence.span,
                    *(span for m in runner.mentions for span in m.names),
                    clause.mentions[at].span,
                )
                yield Candidate(FactKind.RETIREMENT, runner.people, evidence, scene.race, sure=0.85, recogniser=NAME)


def _retired(story: Story, scene: Scene, clause: Clause, at: int) -> list[Runner]:
    many = clause.mentions[at].value == "many"
    if (many or clause.mentions[at].value == "noun") and clause.signs[at + 1 : at + 2] == "v":
        runners, _ = runners_from(story, scene, clause, at + 1)
        if runners and runners[0].people:
            return [runner for runner in (runners if many else runners[:1]) if runner.people]
    if clause.mentions[at].value == "verb" and (person := named_after(clause, at, at)) is not None:
        runners, _ = runners_from(story, scene, clause, person)
        return [runner for runner in runners if runner.people]
    subjects = [runner for runner in subjects_of(story, scene, clause, at) if runner.people]
    if subjects and clause.mentions[at].value != "list":
        return subjects
    behind = _BEHIND.match(clause.signs, at) if verb_first(clause, at) else None
    if behind and clause.mentions[at].value == "verb":
        runners, _ = runners_from(story, scene, clause, behind.end() - 1)
        return [runner for runner in runners if runner.people]
    runners, _ = runners_from(story, scene, clause, at + 1)
    if runners and clause.mentions[at].value in ("noun", "many", "list"):
        listed = ":" in clause.signs[at : at + 3]
        return [runner for runner in (runners if listed else runners[:1]) if runner.people]
    return []
