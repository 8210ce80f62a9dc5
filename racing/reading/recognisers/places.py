"""A place and who has it: "A termine 3e", "cinquième, B", "la 4e place revient à C", "A, premier Rookie"."""

import re
from collections.abc import Iterator

from racing.reading.candidates import (
    Candidate,
    Runner,
    ahead_after,
    blocked,
    followers,
    joint_subject,
    margin_behind,
    named_after,
    place,
    pole_in_passing,
    ranking_at,
    runners_from,
    subject_of,
)
from racing.reading.story import Clause, Scene, Story, who_is_meant
from racing.terms import FactKind

NAME = "places"

# who stands before the place
_APPOSITION = re.compile(r"^,?l?n?$|^[CG]?,[l_n]{0,2}$|^,v[l_]{0,2}$")
# "B auf Rang zwei und C auf Platz drei", "Am Ende kam A auf Platz drei"
_AT = re.compile(r"^,?v[l_]?$")
_VERB_BEFORE = re.compile(r"[Fe][_ln]{0,3}P[_vlutfd#]{1,8}$")
# "A hat den dritten Platz belegt", "A, der auf Platz drei landete"
_VERB_LAST = re.compile(r"^(?:,i)?[_vlew]{0,5}$")
_ENDS = re.compile(r"[NZ][G_v]{0,3}F(?![_ln]{0,3}[PV])")
# a place with points is one in the championship
_POINTS = re.compile(r"[#D]p")
_OF_THE_TABLE = re.compile(r"[NZ][_lv]{0,2}M")
#: "4e et 5e" is read by `orders`
_SEVERAL = re.compile(r"N(?:,&?|&)[_l]?N(?!(?:e?F|e|:)[_ln]{0,2}[PV])")
_WITH = re.compile(r"vl?$")
#: "chiude terzo A", "fue tercero A"
_VERB_FIRST = re.compile(r"[Fe][_vl]{0,4}$")
#: "A, terzo B": a place with a name directly behind it belongs to that name, whoever stands before the comma
_OWN_NAME = re.compile(r"^[NZ][GC]?[_l]?(?:e?F|v|e|:)?[_nl]{0,2}(?=[PV])")
# "A déloge B de la 2e place": who stands between had the place
_TAKEN = re.compile(r"k[_vl]{0,3}P[_vl]{0,4}$")
# who stands behind it
_GIVEN = re.compile(
    r"^[NZ][_GCRl]{0,4}(?:e?F[_vl]{0,2}|v)[_nlO]{0,2}[PV]|^[NZ][GC_]{0,2},[_nl]{0,3}[PV]|^[NZ][_nl]{0,2}[PV]|^[NZ][,_]{0,2}e[_nl]{0,2}[PV]|^[NZ]:[PV]"
)


def recognise(story: Story, scene: Scene) -> Iterator[Candidate]:
    """Give places with their drivers, and who stands behind them."""
    kind = {"race": FactKind.FINISH, "qualifying": FactKind.QUALIFYING}.get(scene.session)
    if kind is None:
        return
    for clause in scene.clauses:
        chain = _places_first(clause.signs)
        for at, sign in enumerate(clause.signs):
            if sign in "NZ":
                yield from _one(story, scene, clause, at, kind, chain)
        yield from _aside(story, scene, clause, kind)


def _places_first(marks: str) -> bool:
    """Tell how a chain is told: "cinquième A, sixième B" begins with the place, "A cinquième, B sixième" with the name."""
    kept = "".join("N" if sign in "NZ" else sign for sign in marks if sign in "NZPV")
    return kept.startswith("NPNP")


def _one(story: Story, scene: Scene, clause: Clause, at: int, kind: FactKind, chain: bool) -> Iterator[Candidate]:
    if blocked(clause, at) or _POINTS.search(clause.signs) or _OF_THE_TABLE.match(clause.signs, at):
        return
    meant = _runner(story, scene, clause, at, chain)
    if meant is None:
        return
    runner, sure, end = meant
    ranking, position = _meaning(scene, clause, at)
    if kind is FactKind.FINISH and _of_the_grid(clause, at):
        kind = FactKind.QUALIFYING
    if "t" in clause.signs and "f" not in clause.signs and kind is FactKind.FINISH:
        return
    found = place(scene, clause, runner, ranking, position, NAME, sure, clause.mentions[at].span, kind=kind)
    if position == 2 and kind is FactKind.FINISH:
        found.details.update(margin_behind(story, clause.mentions, at))
    yield found
    ahead = ahead_after(clause.signs, end)
    other_order = (
        ahead is not None and re.search(r"NG,[^N]*$", clause.signs[:ahead]) and set(clause.signs[:at]) & set("CWZ")
    )
    if other_order:
        return
    if ahead is not None:
        runners, _ = runners_from(story, scene, clause, ahead + 1)
        yield from followers(scene, clause, runners, runner, ranking, position, NAME, sure - 0.03, kind)
    elif clause.signs[at] == "N":
        yield from _before(story, scene, clause, end, runner, ranking, position, kind)


#: "La pole fue para A, con B segundo y C tercero": the order that a pole begins
_POLE_CHAIN = re.compile(r"O_?F?[PN&,vln_C]*$")


def _of_the_grid(clause: Clause, at: int) -> bool:
    """Tell whether a place stands beside a pole or qualifying, and the pole is not told in passing."""
    marks = clause.signs
    near = range(max(0, at - 6), min(len(marks), at + 4))
    pole = next((n for n in near if marks[n] == "O" and clause.mentions[n].value != "title"), None)
    if pole is not None and not (pole < at and set(marks[pole:at]) & set("Fe") and pole_in_passing(clause, pole)):
        return True
    chain = _POLE_CHAIN.search(marks[:at])
    if chain and "N" in chain[0] and not set(marks[: chain.start()]) & set("UWt"):
        return True
    return "Q" in marks[at : at + 4]


def _before(
    story: Story, scene: Scene, clause: Clause, at: int, runner: Runner, ranking: str, position: int, kind: FactKind
) -> Iterator[Candidate]:
    """Give those behind whom somebody finished: "sixième, derrière A et B"."""
    match = re.compile(r"[,_GC]{0,3}(?:vD_?)?B").match(clause.signs, at + 1)
    if not match:
        return
    runners, _ = runners_from(story, scene, clause, match.end())
    if len(runners) < position:
        for number, other in enumerate(runners):
            if other.people:
                yield place(scene, clause, other, ranking, position - len(runners) + number, NAME, 0.75, kind=kind)


def _meaning(scene: Scene, clause: Clause, at: int) -> tuple[str, int]:
    """Give ranking and place of a rank or a class place."""
    mention = clause.mentions[at]
    if mention.kind == "class_place":
        position, name = mention.value.split(":", 1)
        return name, int(position)
    return ranking_at(scene, clause, at), mention.position


def _runner(story: Story, scene: Scene, clause: Clause, at: int, chain: bool) -> tuple[Runner, float, int] | None:
    """Give who has the place at `at`, how sure that is, and where the statement ends."""
    marks = clause.signs
    taken = _TAKEN.search(marks[:at])
    if taken:
        subject = subject_of(story, scene, clause, taken.start())
        return (subject, 0.85, at) if subject else None
    inverted = _inverted(story, scene, clause, at)
    if inverted is not None:
        return inverted
    behind = _GIVEN.match(marks[at : at + 14])
    before = max((n for n in range(at) if marks[n] in "PHV"), default=None)
    gap = marks[before + 1 : at] if before is not None else None
    if before is not None and marks[before - 1 : before] == "j":
        return None  # "Er wurde mit Copilot A Vierter"
    own = _has_own_name(clause, at)
    if gap is not None and not chain and not own and (_APPOSITION.match(gap) and marks[before or 0] != "H"):
        subject = _person(story, scene, clause, before or 0)
        return (subject, 0.9 if not behind else 0.7, at) if subject else None
    if _SEVERAL.match(marks, at) or (re.search(r"N(?:,&?|&)[_l]?$", marks[:at]) and not own):
        return None
    if before is not None and gap is not None and _stands_at(clause, before, at, gap):
        subject = _person(story, scene, clause, before)
        return (subject, 0.85, at) if subject else None
    verb = re.search(r"[FeU][^|;:ABWKPHVLOMI]{0,7}$", marks[:at])
    if verb and not chain and not own:
        subject = joint_subject(story, scene, clause, verb.start())
        if subject and not (set(marks[clause.mentions.index(subject.mentions[-1]) : verb.start()]) & set("ABWKI")):
            return subject, 0.9, at
    if _WITH.search(marks[:at]) and clause.mentions[at - 1 - (marks[at - 1] == "l")].value == "with":
        subject = subject_of(story, scene, clause, at)
        return (subject, 0.8, at) if subject else None
    if behind and (
        chain or before is None or marks[before] in "H" or "," in marks[before:at] or "&" in marks[before:at]
    ):
        person = at + behind.end() - 1
        runners, end = runners_from(story, scene, clause, person)
        runner = _person(story, scene, clause, person) if chain else (runners[0] if runners else None)
        return (runner, 0.85, person if len(runners) < 2 else end - 1) if runner and runner.people else None
    return None


def _stands_at(clause: Clause, before: int, at: int, gap: str) -> bool:
    """Tell whether a place is that of the driver right before it, by a preposition or by the verb in front or at the end."""
    marks = clause.signs
    behind = re.search(r"[AB][ln_]{0,4}$", marks[:before])
    if _AT.match(gap) and any(mention.value == "at" for mention in clause.mentions[before + 1 : at]):
        return not (behind and re.search(r"[Fe][_lntf]{0,4}[AB][ln_]{0,4}$", marks[:before]))
    if behind:
        return False
    return bool(_VERB_BEFORE.search(marks[:at]) or (_VERB_LAST.match(gap) and _ENDS.match(marks, at)))


def _inverted(story: Story, scene: Scene, clause: Clause, at: int) -> tuple[Runner, float, int] | None:
    """Find who has a place behind it, the verb before it: "chiude terzo A"."""
    verb = _VERB_FIRST.search(clause.signs[:at])
    person = named_after(clause, verb.start(), at) if verb else None
    runner = _person(story, scene, clause, person) if person is not None else None
    return (runner, 0.85, person) if runner and person is not None else None


def _has_own_name(clause: Clause, at: int) -> bool:
    """Tell whether a place behind a comma has its name directly behind it: "A vince, terzo B", not "A, terzo con B"."""
    match = _OWN_NAME.match(clause.signs[at : at + 8])
    if match is None or clause.signs[:at].rstrip("l_")[-1:] != ",":
        return False
    return all(mention.value not in ("with", "to", "of") for mention in clause.mentions[at + 1 : at + match.end()])


def _person(story: Story, scene: Scene, clause: Clause, at: int) -> Runner | None:
    people = who_is_meant(story, clause.mentions[at], scene)
    return Runner(people, (clause.mentions[at],)) if people else None


def _aside(story: Story, scene: Scene, clause: Clause, kind: FactKind) -> Iterator[Candidate]:
    """Give places in brackets: "A (3e)"."""
    for at, mention in enumerate(clause.mentions):
        ranks = [inner for inner in mention.aside if inner.kind in ("rank", "class_place")]
        if mention.kind == "person" and len(ranks) == 1 and len(mention.aside) <= 4:
            runner = _person(story, scene, clause, at)
            if runner and ranks[0].kind == "rank":
                ranking = ranking_at(scene, clause, at)
                yield place(scene, clause, runner, ranking, ranks[0].position, NAME, 0.7, ranks[0].span, kind=kind)
