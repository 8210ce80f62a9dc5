"""Orders without a verb: "A gagne, B à 4"3, C à 5"0", "Pro-Am : A devant B et C", "A et B sont 4e et 5e"."""

import re
from collections.abc import Iterator

from racing.reading.candidates import (
    Candidate,
    Runner,
    blocked,
    followers,
    margin_behind,
    place,
    ranking_at,
    runners_from,
    subject_of,
)
from racing.reading.story import Clause, Scene, Story, who_is_meant
from racing.terms import FactKind

NAME = "orders"
_MARGINS = re.compile(r"W[^PHVAB|;!]{0,8},&?(?=P,?v[_l]?[D#])")
_MARGIN = re.compile(r"P,?v[_l]?[D#][_l]{0,2}(?:,&?|&)?")
_CLASS_LINE = re.compile(r"^[l_v]{0,2}C:[l_n]{0,2}(?=[PV])")
#: "Die Plätze vier und fünf belegten A und B", "verwies A und B auf die Plätze zwei und drei"
_RANKS_FIRST = re.compile(r"(N(?:(?:,&?|&)[l_]?N)+)_?[Fe][_ln]{0,3}(?=[PV])")
_RANKS_BESIDE = re.compile(r"([PV](?:(?:,&?|&)[l_n]{0,2}[PV])+)[_vl]{1,3}(N(?:(?:,&?|&)[l_]?N)+)")
_RANKS = re.compile(r"[Fe][_vl]{0,3}(N(?:(?:,&?|&)[l_]?N)+)")


def recognise(story: Story, scene: Scene) -> Iterator[Candidate]:
    """Give orders told by margins, behind a class and a colon, and places told together for several drivers."""
    kind = {"race": FactKind.FINISH, "qualifying": FactKind.QUALIFYING}.get(scene.session)
    if kind is None:
        return
    for clause in scene.clauses:
        if kind is FactKind.FINISH:
            yield from _margins(story, scene, clause)
        yield from _class_line(story, scene, clause, kind)
        yield from _together(story, scene, clause, kind)
        yield from _told_apart(story, scene, clause, kind)


def _margins(story: Story, scene: Scene, clause: Clause) -> Iterator[Candidate]:
    """Read the drivers who follow the winner with their gaps."""
    for match in _MARGINS.finditer(clause.signs):
        head = subject_of(story, scene, clause, match.start())
        if head is None or blocked(clause, match.start()):
            continue
        position, at = 2, match.end()
        while gap := _MARGIN.match(clause.signs, at):
            people = who_is_meant(story, clause.mentions[at], scene)
            if people:
                ranking = ranking_at(scene, clause, match.start())
                found = place(scene, clause, Runner(people, (clause.mentions[at],)), ranking, position, NAME, 0.85)
                found.details.update(margin_behind(story, clause.mentions, at))
                yield found
            position, at = position + 1, gap.end()


def _class_line(story: Story, scene: Scene, clause: Clause, kind: FactKind) -> Iterator[Candidate]:
    """Read "Pro-Am : A", with those behind him if there are any."""
    match = _CLASS_LINE.match(clause.signs)
    if not match or set(clause.signs) & set("!wyItLXYOQN"):
        return
    name = next(mention.value for mention in clause.mentions if mention.kind == "class")
    runners, end = runners_from(story, scene, clause, match.end())
    if not runners or not runners[0].people:
        return
    if len(runners) == 1 or set(clause.signs) <= set("lv_nC:,&P.V"):
        for position, runner in enumerate(runners, 1):
            if runner.people:
                yield place(scene, clause, runner, name, position, NAME, 0.8, kind=kind)
    ahead = clause.signs.find("A", end)
    if ahead >= 0 and len(runners) == 1:
        behind, _ = runners_from(story, scene, clause, ahead + 1)
        yield from followers(scene, clause, behind, runners[0], name, 1, NAME, 0.8, kind)


def _told_apart(story: Story, scene: Scene, clause: Clause, kind: FactKind) -> Iterator[Candidate]:
    """Read several places before their verb and their drivers, or right behind their drivers."""
    spans = [(match.span(1), match.end()) for match in _RANKS_FIRST.finditer(clause.signs)]
    spans += [(match.span(2), match.start(1)) for match in _RANKS_BESIDE.finditer(clause.signs)]
    for (start, end), first in spans:
        runners, _ = runners_from(story, scene, clause, first, subjects=True)
        ranks = [m for m in clause.mentions[start:end] if m.kind == "rank"]
        if len(runners) == len(ranks) and not blocked(clause, start):
            for runner, rank in zip(runners, ranks, strict=True):
                if runner.people:
                    ranking = ranking_at(scene, clause, start)
                    yield place(scene, clause, runner, ranking, rank.position, NAME, 0.92, rank.span, kind=kind)


def _together(story: Story, scene: Scene, clause: Clause, kind: FactKind) -> Iterator[Candidate]:
    """Read "A et B sont 4e et 5e", "A, B et C terminent respectivement 2e, 3e et 5e"."""
    for match in _RANKS.finditer(clause.signs):
        first = re.search(r"[PV](?:(?:,&?|&)[l_n]{0,2}[PV])*[^PHVAB|;]{0,4}$", clause.signs[: match.start()])
        if not first or blocked(clause, match.start(1)):
            continue
        runners, _ = runners_from(story, scene, clause, first.start(), subjects=True)
        ranks = [m for m in clause.mentions[match.start(1) : match.end()] if m.kind == "rank"]
        if len(runners) == len(ranks):
            for runner, rank in zip(runners, ranks, strict=True):
                if runner.people:
                    ranking = ranking_at(scene, clause, match.start(1))
                    yield place(scene, clause, runner, ranking, rank.position, NAME, 0.92, rank.span, kind=kind)
