"""What is said of the championship: who leads, points, gaps: "A reste en tête avec 148 points, 7 de plus que B"."""

import re
from collections.abc import Iterator

from racing.reading.candidates import Candidate, Runner, ranking_at, runners_from, subject_of
from racing.reading.story import Clause, Scene, Story, who_is_meant
from racing.terms import FactKind

NAME = "claims"
_POINTS = re.compile(r"([#D])p")


def recognise(story: Story, scene: Scene) -> Iterator[Candidate]:
    """Give leaders, places and points of the championship."""
    if scene.session in ("next", "past", "qualifying"):
        return
    for clause in scene.clauses:
        marks = clause.signs
        at = next((n for n in range(len(marks)) if marks[n] == "m"), None)
        if at is not None and not any(sign in marks[:at] for sign in "!wyt"):
            yield from _leader(story, scene, clause, at)
        elif (match := _POINTS.search(marks)) and not any(sign in marks for sign in "!wyWK"):
            yield from _total(story, scene, clause, match.start(1))
        elif "a" in marks and not any(sign in marks for sign in "!wyt"):
            yield from _lead(story, scene, clause, marks.index("a"))


def spoken_claims(story: Story, scene: Scene) -> Iterator[Candidate]:
    """Give the lead that a driver claims for himself: "je suis content d'être en tête du championnat B"."""
    first = any(mention.kind == "first_person" for mention in scene.mentions)
    for clause in scene.clauses:
        at = clause.signs.find("m")
        spoken = clause.signs[clause.signs.rfind(":", 0, max(at, 0)) + 1 : at]
        if at < 0 or not first or set(spoken) & set("!wytP"):
            continue
        evidence = (scene.sentence.span, clause.mentions[at].span)
        ranking = ranking_at(scene, clause, at)
        yield Candidate(FactKind.CLAIM, scene.speaker, evidence, None, ranking, 1, 0.65, NAME)


def _lead(story: Story, scene: Scene, clause: Clause, at: int) -> Iterator[Candidate]:
    """Give who leads by how many points: "dispose d'une avance de 34 points"."""
    runner = subject_of(story, scene, clause, at)
    if runner is None:
        return
    evidence = (scene.sentence.span, *(span for m in runner.mentions for span in m.names), clause.mentions[at].span)
    details = {"gap_points": clause.mentions[at].value}
    ranking = ranking_at(scene, clause, at)
    near = clause.mentions[at + 1 : at + 4]
    to = next((who_is_meant(story, m, scene) for m in near if m.kind == "person"), ())
    yield Candidate(FactKind.CLAIM, runner.people, evidence, None, ranking, 1, 0.75, NAME, details=details, gap_to=to)


def _leader(story: Story, scene: Scene, clause: Clause, at: int) -> Iterator[Candidate]:
    """Give who leads the championship."""
    runner = _who(story, scene, clause, at)
    if runner is None:
        return
    evidence = (scene.sentence.span, *(span for m in runner.mentions for span in m.names), clause.mentions[at].span)
    points = _POINTS.search(clause.signs, at)
    details = {}
    if points and "a" not in clause.signs[points.start() : points.start() + 4]:
        details["points"] = clause.mentions[points.start(1)].value.replace(",", ".")
    yield Candidate(
        FactKind.CLAIM, runner.people, evidence, None, ranking_at(scene, clause, at), 1, 0.8, NAME, details=details
    )


def _total(story: Story, scene: Scene, clause: Clause, at: int) -> Iterator[Candidate]:
    """Give how many points somebody has, with the place if it is told beside them: "A, deuxième avec 207 points"."""
    runner = subject_of(story, scene, clause, at) or _first(story, scene, clause)
    if runner is None or not (set(clause.signs) & set("MmeNG") or "v" in clause.signs[max(0, at - 2) : at]):
        return
    evidence = (scene.sentence.span, *(span for m in runner.mentions for span in m.names), clause.mentions[at].span)
    rank = next((m for m in clause.mentions if m.kind == "rank"), None)
    details = {"points": clause.mentions[at].value.replace(",", ".")}
    position = rank.position if rank else None
    ranking = ranking_at(scene, clause, at)
    yield Candidate(FactKind.CLAIM, runner.people, evidence, None, ranking, position, 0.7, NAME, details=details)


def _first(story: Story, scene: Scene, clause: Clause) -> Runner | None:
    """Give the first person of a clause."""
    mention = next((m for m in clause.mentions if m.kind == "person"), None)
    people = who_is_meant(story, mention, scene) if mention else ()
    return Runner(people, (mention,)) if mention and people else None


def _who(story: Story, scene: Scene, clause: Clause, at: int) -> Runner | None:
    subject = subject_of(story, scene, clause, at)
    if subject:
        return subject
    if at <= 1 and scene.subjects and "P" not in clause.signs[: at + 8]:
        return Runner(scene.subjects, (clause.mentions[at],))
    if re.match(r"m[_vlCGM]{0,6},[_ln]{0,2}P", clause.signs[at:]):
        runners, _ = runners_from(story, scene, clause, clause.signs.index("P", at))
        return runners[0] if runners and runners[0].people else None
    return None
