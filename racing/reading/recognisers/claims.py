"""What is said of the championship: who leads, points, gaps: "A reste en tête avec 148 points, 7 de plus que B"."""

import re
from collections.abc import Iterator

from racing.reading.candidates import (
    Candidate,
    Runner,
    ahead_after,
    blocked,
    joint_subject,
    ranking_at,
    runners_from,
    subject_of,
)
from racing.reading.story import Clause, Scene, Story, who_is_meant
from racing.terms import FactKind

NAME = "claims"
_POINTS = re.compile(r"([#D])p(A)?")


def recognise(story: Story, scene: Scene) -> Iterator[Candidate]:
    """Give leaders, places and points of the championship."""
    if scene.session in ("next", "past", "qualifying"):
        return
    for clause in scene.clauses:
        marks = clause.signs
        if set(marks) & set("yt"):
            continue
        leads = (n for n in range(len(marks)) if (marks[n] == "m" and _is_said(clause, n)) or _wins_title(clause, n))
        at = next(leads, None)
        total = _total_at(clause)
        if at is not None:
            head = _who(story, scene, clause, at)
            yield from _claim(story, scene, clause, at, head, 1, 0.8)
            if head is not None:
                yield from _behind(story, scene, clause, at)
        elif total is not None and not set(marks) & set("!wWKX"):
            yield from _with_points(story, scene, clause, total)
        elif (gap := _gap_at(clause)) is not None and not set(marks) & set("!wX"):
            yield from _claim(story, scene, clause, gap, subject_of(story, scene, clause, gap), 1, 0.75)


def _is_said(clause: Clause, at: int) -> bool:
    """Tell whether somebody is said to lead, not only spoken of: "des leaders", "le champion québécois"."""
    before = clause.mentions[at - 1] if at else None
    only_named = before is not None and (
        before.value in ("contracted", "of") or (clause.mentions[at].value == "champion" and before.kind == "article")
    )
    return not only_named and not set(clause.signs[:at]) & set("!w")


def _wins_title(clause: Clause, at: int) -> bool:
    """Tell whether somebody wins the title: "remporte le titre en Am"."""
    title = clause.signs[at] == "W" and clause.mentions[at].value == "verb"
    return (
        title
        and clause.mentions[at + 1 : at + 2] != ()
        and clause.mentions[at + 1].value == "won"
        and not blocked(clause, at)
    )


def _behind(story: Story, scene: Scene, clause: Clause, at: int) -> Iterator[Candidate]:
    """Give those behind the leader: "devant B (209) et C (186)"."""
    ahead = ahead_after(clause.signs, at)
    if ahead is None or (clause.signs[ahead - 1] == "p" and clause.mentions[ahead].value == "margin"):
        return
    runners, _ = runners_from(story, scene, clause, ahead + 1)
    for position, runner in enumerate(runners, 2):
        aside = runner.mentions[-1].aside
        details = {"points": aside[0].value} if aside and aside[0].kind == "number" else {}
        evidence = (scene.sentence.span, *(span for m in runner.mentions for span in m.names))
        ranking, kind = ranking_at(scene, clause, at), FactKind.CLAIM
        yield Candidate(kind, runner.people, evidence, None, ranking, position, 0.75, NAME, details=details)


def _total_at(clause: Clause) -> int | None:
    """Give where points stand that somebody has: not "à 12 points", "12 points d'avance sur", "devance B de 2 points"."""
    for match in _POINTS.finditer(clause.signs):
        at = match.start()
        before = clause.mentions[at - 1].value if at else ""
        if (
            before not in ("to", "falls_to", "for")
            and not (before == "of" and "A" in clause.signs[:at])
            and not _is_margin(clause, match)
        ):
            return at
    return None


def _is_margin(clause: Clause, match: re.Match[str]) -> bool:
    return match[2] is not None and clause.mentions[match.end() - 1].value == "margin"


def _gap_at(clause: Clause) -> int | None:
    """Give where a number of points stands by which somebody leads."""
    if "a" in clause.signs:
        return clause.signs.index("a")
    margins = (match.start() for match in _POINTS.finditer(clause.signs) if _is_margin(clause, match))
    return next(margins, None)


def _claim(
    story: Story, scene: Scene, clause: Clause, at: int, runner: Runner | None, position: int | None, sure: float
) -> Iterator[Candidate]:
    """Make the claim that somebody has a place, with the points and the gap that the clause tells."""
    if runner is None:
        return
    evidence = (scene.sentence.span, *(span for m in runner.mentions for span in m.names), clause.mentions[at].span)
    total, gap = _total_at(clause), _gap_at(clause)
    details = {}
    if total is not None:
        details["points"] = clause.mentions[total].value.strip().replace(",", ".")
    if gap is not None:
        details["gap_points"] = clause.mentions[gap].value.strip().replace(",", ".")
    near = clause.mentions[gap + 1 : gap + 5] if gap is not None else ()
    named = (who_is_meant(story, m, scene) for m in near if m.kind == "person")
    to = next((people for people in named if people != runner.people), ())
    ranking, kind = ranking_at(scene, clause, at), FactKind.CLAIM
    yield Candidate(kind, runner.people, evidence, None, ranking, position, sure, NAME, details=details, gap_to=to)


def _with_points(story: Story, scene: Scene, clause: Clause, at: int) -> Iterator[Candidate]:
    """Give how many points somebody has, with the place if it is told beside them: "A, deuxième avec 207 points"."""
    runner = subject_of(story, scene, clause, at) or _first(story, scene, clause)
    if not (set(clause.signs) & set("MeNG") or "v" in clause.signs[max(0, at - 2) : at]):
        return
    rank = next((m for m in clause.mentions if m.kind == "rank"), None)
    yield from _claim(story, scene, clause, at, runner, rank.position if rank else None, 0.7)


def _first(story: Story, scene: Scene, clause: Clause) -> Runner | None:
    """Give the first person of a clause."""
    mention = next((m for m in clause.mentions if m.kind == "person"), None)
    people = who_is_meant(story, mention, scene) if mention else ()
    return Runner(people, (mention,)) if mention and people else None


def _who(story: Story, scene: Scene, clause: Clause, at: int) -> Runner | None:
    """Give who leads: the subject, whom the sentence before spoke of, or the name behind "Leader du championnat,"."""
    if clause.signs[max(0, at - 2) : at] == "vP":
        mention = clause.mentions[at - 1]
        people = who_is_meant(story, mention, scene)
        return Runner(people, (mention,)) if people else None
    subject = joint_subject(story, scene, clause, at)
    if subject:
        return subject
    if at <= 1 and scene.subjects and "P" not in clause.signs[: at + 8]:
        return Runner(scene.subjects, (clause.mentions[at],))
    behind = re.match(r"m(?:[_vlCGM]{0,6},[_ln]{0,2}|[_elnt]{0,3})(?=P)", clause.signs[at:])
    runners = runners_from(story, scene, clause, at + behind.end())[0] if behind else []
    return runners[0] if runners and runners[0].people else None


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
