"""Who won, and whom he was ahead of: "A s'impose devant B et C", "victoire de A", "A devance B"."""

import re
from collections.abc import Iterator

from racing.reading.candidates import (
    UNKNOWN_CLASS,
    Candidate,
    Runner,
    ahead_after,
    blocked,
    followers,
    joint_subject,
    named_after,
    place,
    ranking_at,
    runners_from,
    subject_of,
    verb_first,
)
from racing.reading.story import Clause, Scene, Story, who_is_meant
from racing.terms import OVERALL, FactKind

NAME = "winning"
#: "la victoire en Am revenait à A"
#: "En Am, A devance B": the order of the class from its head, where nothing else says who won it
_CLASS_FIRST = re.compile(r"[_vl]{0,3}C,[lcn]{0,3}P(?:,[^PVWA|]{1,6},)?A")
_CLASS_TAKEN = re.compile(r"[_vl]{0,3}C[_d]{0,2}(F)[_lnd]{0,3}(?=[PV])")
#: "Der Sieg in der Am-Klasse ging nicht an A"
_DENIED = re.compile(r"W[_lCGv]{0,4}!")
#: "musste den späteren Siegern den Vortritt lassen"
_SPOKEN = re.compile(r"[lv]_$")
#: "Gewonnen wurde das Rennen von A"
_PASSIVE = re.compile(r"We[_l]{0,4}v[ln]{0,2}[PV]")
#: "Bei den Rookies siegte der Däne A"
_BESIDE = re.compile(r"W[_lndtf]{0,4}[PV]")
_FALLS = re.compile(r"W[^PHVAB,|;!wyKI]{0,6}F[_ln]{0,3}(?=[PV])")


def recognise(story: Story, scene: Scene) -> Iterator[Candidate]:
    """Give winners, those behind them, and pairs of whom one was ahead of the other."""
    if scene.session == "qualifying":
        for clause in scene.clauses:
            yield from _ahead(story, scene, clause, FactKind.QUALIFYING)
    if scene.session not in ("race", "championship"):
        return
    for clause in scene.clauses:
        for at, sign in enumerate(clause.signs):
            if sign == "W" and not blocked(clause, at) and not _only_named(clause, at):
                yield from _win(story, scene, clause, at)
        yield from _class_taken(story, scene, clause)
        if "W" not in clause.signs and scene.session == "race":
            yield from _race_given(story, scene, clause)
            yield from _ahead(story, scene, clause)


#: "La carrera 1 fue para A", "gara 1 è andata ad A"
_RACE_GIVEN = re.compile(r"^[_vl]{0,3}[R_]G?F[_ln]{0,2}(?=[PV])")


def _race_given(story: Story, scene: Scene, clause: Clause) -> Iterator[Candidate]:
    """Give who won a race that fell to him."""
    match = _RACE_GIVEN.match(clause.signs)
    if match is None:
        return
    spots = clause.mentions[: match.end()]
    given = next(n for n, mention in enumerate(spots) if mention.kind == "finish")
    if spots[given].value != "falls_to" or not any(mention.kind in ("race", "race_noun") for mention in spots[:given]):
        return
    runners, end = runners_from(story, scene, clause, match.end())
    if not runners or not runners[0].people:
        return
    ranking = ranking_at(scene, clause, given)
    yield place(scene, clause, runners[0], ranking, 1, NAME, 0.9, spots[given].span)
    ahead = ahead_after(clause.signs, end - 1)
    if ahead is not None:
        behind, _ = runners_from(story, scene, clause, ahead + 1)
        yield from followers(scene, clause, behind, runners[0], ranking, 1, NAME, 0.88)


def _class_taken(story: Story, scene: Scene, clause: Clause) -> Iterator[Candidate]:
    """Read "Die Am-Wertung ging an A vor B": to have the class is to have won it."""
    match = _CLASS_TAKEN.match(clause.signs)
    if not match or clause.mentions[match.start(1)].value != "falls_to" or set(clause.signs) & set("NZWTOLMQ!w"):
        return
    runners, end = runners_from(story, scene, clause, match.end())
    if runners and runners[0].people:
        name = next(mention.value for mention in clause.mentions if mention.kind == "class")
        yield place(scene, clause, runners[0], name, 1, NAME, 0.85, clause.mentions[match.start(1)].span)
        ahead = ahead_after(clause.signs, end - 1)
        if ahead is not None:
            behind, _ = runners_from(story, scene, clause, ahead + 1)
            yield from followers(scene, clause, behind, runners[0], name, 1, NAME, 0.82)


def _only_named(clause: Clause, at: int) -> bool:
    """Tell whether a win is only spoken of: "deux victoires", "à dix secondes du vainqueur", "la victoire échappe".

    The title is no race.
    """
    value = clause.mentions[at].value
    if any(mention.value == "won" for mention in clause.mentions[at + 1 : at + 3]):
        return True
    before = clause.mentions[at - 1] if at else None
    if value == "many" and before is not None and before.kind in ("number", "word", "small", "ordinal", "single"):
        return before.kind != "single" and before.value != "ordinal"
    if value != "verb" and _DENIED.match(clause.signs, at):
        return True
    if value == "winner":
        spoken = _SPOKEN.search(clause.signs[:at]) and "e" not in clause.signs[:at]
        return (
            at > 0
            and (bool(spoken) or clause.signs[at - 1] in "lv")
            and clause.signs[at + 1 : at + 2] not in ("P", ",")
        )
    return clause.signs[at + 1 : at + 2] in ("!", "w")


def _win(story: Story, scene: Scene, clause: Clause, at: int) -> Iterator[Candidate]:
    head, end = _winner(story, scene, clause, at)
    if head is None or (len(head.mentions) > 1 and _several(clause, at)):
        return
    ranking = ranking_at(scene, clause, at)
    if clause.mentions[at].value == "class" and ranking == OVERALL:
        ranking = scene.last_class or UNKNOWN_CLASS
    yield place(scene, clause, head, ranking, 1, NAME, 0.95, clause.mentions[at].span)
    ahead = ahead_after(clause.signs, end)
    if ahead is None:
        between = clause.signs.rfind("A", 0, at)
        head_at = clause.mentions.index(head.mentions[-1])
        ahead = between if between > head_at else None
    if ahead is not None:
        runners, _ = runners_from(story, scene, clause, ahead + 1)
        yield from followers(scene, clause, runners, head, ranking, 1, NAME, 0.92)


def _several(clause: Clause, at: int) -> bool:
    """Tell whether several races were won: of two drivers nobody knows who won which."""
    return any(mention.kind == "several_races" for mention in clause.mentions[at : at + 5])


def _winner(story: Story, scene: Scene, clause: Clause, at: int) -> tuple[Runner | None, int]:
    """Give who won, and where his name or the word of winning ends."""
    named = _named_behind(story, scene, clause, at)
    if named is not None:
        return named
    if clause.signs[max(0, at - 2) : at] == "P," and clause.mentions[at].value in ("winner", "many"):
        people = who_is_meant(story, clause.mentions[at - 2], scene)
        return (Runner(people, (clause.mentions[at - 2],)) if people else None), at
    inverted = _inverted(story, scene, clause, at)
    if inverted is not None:
        return inverted
    return joint_subject(story, scene, clause, at), at


#: "vince ancora A", "a imporsi è stato A", "el ganador fue A"
_VERB_FIRST = re.compile(r"W_{0,2}e?")


def _inverted(story: Story, scene: Scene, clause: Clause, at: int) -> tuple[Runner, int] | None:
    """Find the winner behind the verb: "vince A davanti a B"."""
    match = _VERB_FIRST.match(clause.signs, at)
    if match is None or clause.mentions[at].value not in ("verb", "winner"):
        return None
    person = named_after(clause, at, match.end() - 1)
    if person is None:
        return None
    runners, end = runners_from(story, scene, clause, person)
    return (runners[0], end - 1) if runners and runners[0].people else None


def _named_behind(story: Story, scene: Scene, clause: Clause, at: int) -> tuple[Runner, int] | None:
    """Find the winner behind the word: "victoire de A", "Vainqueur en B, A ...", "la victoire avec A et B"."""
    marks = clause.signs
    falls = _FALLS.match(marks, at)
    given = falls and any(mention.value == "falls_to" for mention in clause.mentions[at : falls.end()])
    if falls and (given or verb_first(clause, at)):
        runners, _ = runners_from(story, scene, clause, falls.end())
        return (runners[0], falls.end()) if runners and runners[0].people else None
    passive = _PASSIVE.match(marks, at)
    if passive and clause.mentions[at].value == "verb" and verb_first(clause, at):
        runners, end = runners_from(story, scene, clause, passive.end() - 1)
        return (runners[0], end - 1) if runners and runners[0].people else None
    person = next((n for n in range(at + 1, min(len(marks), at + 20)) if marks[n] in "PV"), None)
    if person is None or any(sign in marks[at + 1 : person] for sign in "ABb|KIFWe"):
        return None
    linked = "v" in marks[at + 1 : person] or marks[person - 1] in ",:–"
    near = person - at <= 12 or clause.mentions[person - 1].value == "with"
    alone = near and subject_of(story, scene, clause, at) is None
    noun = clause.mentions[at].value in ("noun", "winner", "many")
    if not alone and not (marks[person - 1] == "v" and noun and clause.mentions[person - 1].value == "with"):
        return None
    named = clause.mentions[at].value == "named"
    if alone and not linked and at > 2 and not named and not (verb_first(clause, at) and _BESIDE.match(marks, at)):
        return None
    runners, end = runners_from(story, scene, clause, person)
    if not runners or not runners[0].people:
        return None
    return runners[0], end - 1


def _ahead(story: Story, scene: Scene, clause: Clause, kind: FactKind = FactKind.FINISH) -> Iterator[Candidate]:
    """Give pairs "A devance B": places follow where that of one is told elsewhere."""
    marks = clause.signs
    if set(marks.replace("NG", "")) & set("ItUwy!OQXNKM"):
        return
    for at, sign in enumerate(marks):
        won = clause.mentions[at].value == "won"
        told = clause.mentions[at].value in ("verb", "won") or clause.mentions[at].kind == "followed"
        verb = told or kind is FactKind.QUALIFYING
        if sign != "A" or not verb:
            continue
        head = subject_of(story, scene, clause, at)
        if head is None and at <= 2 and scene.subjects and clause.mentions[at].kind == "followed":
            head = Runner(scene.subjects, (clause.mentions[at],))  # "Lo segue B"
        if head is None:
            continue
        ranking = ranking_at(scene, clause, at)
        if kind is FactKind.FINISH and won:
            yield place(scene, clause, head, ranking, 1, NAME, 0.85, clause.mentions[at].span)
        elif kind is FactKind.FINISH and _CLASS_FIRST.match(marks) and "P" not in marks[: marks.index("C")]:
            yield place(scene, clause, head, ranking, 1, NAME, 0.6, clause.mentions[at].span)
        runners, _ = runners_from(story, scene, clause, at + 1)
        yield from followers(scene, clause, runners, head, ranking, None, NAME, 0.8, kind)
