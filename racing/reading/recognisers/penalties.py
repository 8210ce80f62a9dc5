"""Who was penalised, and how: "A écopait d'une pénalité de 5 secondes"."""

import re
from collections.abc import Iterator

from racing.reading.candidates import Candidate, Runner, blocked, named_after, subject_of
from racing.reading.story import Clause, Scene, Story, who_is_meant
from racing.terms import FactKind

NAME = "penalties"
#: "devant B, pénalisé de 5 secondes"
_BESIDE = re.compile(r"[PV],_?$")
#: how much: "penalizzato di 5 secondi A"
_MEASURE = re.compile(r"(?:v[#D]_?)?")


def recognise(story: Story, scene: Scene) -> Iterator[Candidate]:
    """Give penalties, one a driver and sentence."""
    if scene.session in ("next", "past"):
        return
    for clause in scene.clauses:
        at = clause.signs.find("X")
        if at >= 0 and "x" not in clause.signs and not blocked(clause, at):
            runner = _penalised(story, scene, clause, at)
            if runner:
                evidence = (
                    scene.sentence.span,
                    *(span for m in runner.mentions for span in m.names),
                    clause.mentions[at].span,
                )
                details = {"text": _wording(story, clause, at)}
                out = clause.mentions[at].value == "out"
                kind, people = FactKind.PENALTY, runner.people
                yield Candidate(
                    kind, people, evidence, scene.race, sure=0.8, recogniser=NAME, details=details, strikes=out
                )


def _penalised(story: Story, scene: Scene, clause: Clause, at: int) -> Runner | None:
    """Give who was penalised: the subject, the next name behind a participle, or whom the sentence before spoke of."""
    measure = _MEASURE.match(clause.signs, at + 1)
    last = measure.end() - 1 if measure else at
    person = named_after(clause, at, last)
    if person is not None and all(m.kind != "word" for m in clause.mentions[at + 1 : last + 1]):
        people = who_is_meant(story, clause.mentions[person], scene)
        return Runner(people, (clause.mentions[person],)) if people else None
    beside = _BESIDE.search(clause.signs[:at])
    if beside and clause.mentions[at].value in ("suffered", "out"):
        mention = clause.mentions[beside.start()]
        people = who_is_meant(story, mention, scene)
        return Runner(people, (mention,)) if people else None
    subject = subject_of(story, scene, clause, at)
    if subject:
        return subject
    behind = next((m for m in clause.mentions[at:] if m.kind in ("person", "pronoun", "car")), None)
    if behind:
        people = who_is_meant(story, behind, scene)
        return Runner(people, (behind,)) if people else None
    return Runner(scene.subjects, (clause.mentions[at],)) if scene.subjects and not clause.before else None


def _wording(story: Story, clause: Clause, at: int) -> str:
    """Give the words of the penalty, up to the next mark of punctuation."""
    end = clause.mentions[-1].end
    for mention in clause.mentions[at + 1 :]:
        if mention.kind in ("comma", "colon", "dash") or mention.value in (".", "!"):
            end = mention.start
            break
    return " ".join(story.text[clause.mentions[at].start : end].split())[:160]
