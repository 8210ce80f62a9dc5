"""What recognisers give: candidates for facts, and the reading of orders and rankings that several of them share."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from racing.reading.facts import Span
from racing.reading.mentions import Mention, signs
from racing.reading.story import Clause, Scene, Story, is_subject_at, who_is_meant
from racing.terms import OVERALL, FactKind


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible fact. `people` are numbers of the cast.

    Where `position` is None and `after` is set, the place is `offset` behind the place of `after`, who has the same ranking and
    race; where `among` is set, it is the one of these places that nobody else has. A penalty that
    `strikes` takes places away. `details` are further fields of the fact.
    """

    kind: FactKind
    people: tuple[int, ...]
    evidence: tuple[Span, ...]
    race: int | None
    ranking: str = ""
    position: int | None = None
    sure: float = 0.9
    recogniser: str = ""
    after: tuple[int, ...] = ()
    offset: int = 0
    guest: bool = False
    aside: Mention | None = None
    details: dict[str, str] = field(default_factory=dict)
    gap_to: tuple[int, ...] = ()
    among: tuple[int, ...] = ()
    strikes: bool = False


@dataclass(frozen=True, slots=True)
class Runner:
    """Who takes one place: a driver or a crew, with the mention that names them last."""

    people: tuple[int, ...]
    mentions: tuple[Mention, ...]


_PERSONS = "PHV"
#: The ranking of "quatrième de la catégorie" where nothing says of which; no fact is made of it.
UNKNOWN_CLASS = "?"
#: Between one runner of a list and the next: a comma, "and", or both, then words of apposition ("premier Rookie,").
_LINK = re.compile(
    r"(?:,?&|,)[lnCgG]{0,4}_?v?(?=[PV])"  # "et la féminine B", "et l'Audi n° 4"
    r"|,[lnC]{0,3}[ZN][C_]{0,2},?&?[ln]{0,3}(?=[PV])"  # "A, premier Rookie, et B"
    r"|,_?X[_v#l]{0,6},?&[ln]{0,3}(?=[PV])"  # "A, pénalisé de 5 secondes, et B"
    r"|,_?l?L,?&[ln]{0,3}(?=[PV])"  # "A, auteur du meilleur tour, et B"
    r"|,?&[l]?[ZN],(?=[PV])"  # "et le premier Rookie, B"
    r"|(?:,?&|,)v[l_]?[D#]_?v?(?=[PV])"  # "et de 5"8 B"
)


def runners_from(
    story: Story, scene: Scene, clause: Clause, at: int, *, subjects: bool = False
) -> tuple[list[Runner], int]:
    """Give the runners listed from mention `at` of a clause on, and where the list ends.

    The last of a list that is followed by a verb is that verb's own subject, unless `subjects` says that all are.
    """
    marks = clause.signs
    start = next((n for n in range(at, min(len(marks), at + 7)) if marks[n] in "PV"), None)
    if start is None or any(sign in marks[at:start] for sign in "AB|WKFIe"):
        return [], at
    spots = [start]
    end = start + 1
    while match := _LINK.match(marks, end):
        spots.append(match.end())
        end = match.end() + 1
    if len(spots) > 1 and not subjects and _acts_itself(marks, end) and not _verb_last(marks, at - 1, end):
        spots.pop()
        end = spots[-1] + 1
    return _gather(story, scene, clause, spots), end


_ACT = re.compile(r"(?:v_)?[_!i]{0,2}[FKWIeYUA]")


def _acts_itself(marks: str, end: int) -> bool:
    """Tell whether the last of a list is the subject of what follows: "devant A, B termine 4e"."""
    return bool(_ACT.match(marks, end))


def _verb_last(marks: str, ahead: int, at: int) -> bool:
    """Tell whether the verb at `at` ends a clause that has none before it: "A hat vor B und C gewonnen"."""
    return not set(marks[:ahead]) & set("WFKYm") and bool(_LAST_ACT.match(marks, at))


#: An act with nothing behind it that another could have done.
_LAST_ACT = re.compile(r"[lv]{0,2}[_!i]{0,2}[FKWIeYUA]{1,2}[_.]{0,2}(?:$|[,|;:])")


def _gather(story: Story, scene: Scene, clause: Clause, spots: Sequence[int]) -> list[Runner]:
    """Make runners of the persons at `spots`."""
    mentions = [clause.mentions[spot] for spot in spots]
    return [Runner(who_is_meant(story, mention, scene), (mention,)) for mention in mentions]


def subject_of(story: Story, scene: Scene, clause: Clause, at: int) -> Runner | None:
    """Give who does what stands at `at`: the nearest before it who is not in a list behind "ahead of"."""
    marks = clause.signs
    relative = re.search(r"P,?i[^PHV]*$", marks[:at])
    if relative:
        return _as_runner(story, scene, clause, [relative.start()])
    spots = [n for n in range(at) if marks[n] in _PERSONS]
    behind = _listed_spots(marks, at)
    own = [n for n in spots if n not in behind]
    if not own:
        return _leader(scene, clause)
    last = next((n for n in reversed(own) if marks[n] in "HV" or is_subject_at(clause.mentions, n)), own[0])
    return _as_runner(story, scene, clause, [last])


def joint_subject(story: Story, scene: Scene, clause: Clause, at: int) -> Runner | None:
    """Give who has the one place or win that stands at `at`: of two subjects joined by "and" both, since they share it."""
    subject = subject_of(story, scene, clause, at)
    if subject is None or clause.signs[:at].count("P") < 2 or subject.mentions[0].kind != "person":
        return subject
    spot = clause.mentions.index(subject.mentions[0])
    pair = clause.signs[max(0, spot - 2) : spot + 1] == "P&P" and clause.mentions[spot - 1].value != "/"
    alone = not re.search(r"[PAB][^|]*$", clause.signs[: max(0, spot - 2)])
    if not pair or not alone or any(mention.kind in ("each", "interim") for mention in clause.mentions):
        return subject
    other = _as_runner(story, scene, clause, [spot - 2])
    if other is None or set(other.people) & set(subject.people):
        return subject
    return Runner((*other.people, *subject.people), (*other.mentions, *subject.mentions))


def verb_first(clause: Clause, at: int) -> bool:
    """Tell whether nobody stands before what is at `at`, so that its subject is behind it: "Den Sieg holte sich A"."""
    return not set(clause.signs[:at]) & set("PHV")


def _leader(scene: Scene, clause: Clause) -> Runner | None:
    """Give whom "le leader" or "le poleman" means at the beginning of a clause without a name."""
    spoken = re.match(r"[_v]?l[_n]{0,2}[mIo]", clause.signs)
    return Runner(scene.subjects, (clause.mentions[spoken.end() - 1],)) if spoken and len(scene.subjects) == 1 else None


def _as_runner(story: Story, scene: Scene, clause: Clause, group: Sequence[int]) -> Runner | None:
    mentions = tuple(clause.mentions[n] for n in group)
    people = tuple(dict.fromkeys(number for m in mentions for number in who_is_meant(story, m, scene)))
    return Runner(people, mentions) if people else None


_DIRECTLY = re.compile(r"[lnG]{0,3}(?=[PV])")


def named_after(clause: Clause, first: int, last: int) -> int | None:
    """Give where the subject stands that follows its verb directly: "vince A", "chiude terzo A"; None where nobody does.

    The verb and what belongs to it stand from `first` to `last`; before it, since the last comma or "and", nobody is named.
    """
    marks = clause.signs
    start = max(marks.rfind(sign, 0, first) for sign in ",&:–") + 1
    if set(marks[start:first]) & set("PHVi"):
        return None
    match = _DIRECTLY.match(marks, last + 1)
    return match.end() if match else None


def subjects_of(story: Story, scene: Scene, clause: Clause, at: int) -> list[Runner]:
    """Give all who do what stands at `at`: the list that ends before it."""
    marks = clause.signs
    last = max((n for n in range(at) if marks[n] in "PHV"), default=None)
    if last is None or any(sign in marks[last:at] for sign in "AB|W"):
        return _alone(story, scene, clause, at)
    first = last
    while match := re.search(r"[PV](?:,?&|,)[_nlCvZN]{0,4},?$", marks[:first]):
        if _listed_behind(marks, match.start()):
            break
        first = match.start()
    if marks[first] == "H":
        subject = subject_of(story, scene, clause, at)
        return [subject] if subject else []
    runners, _ = runners_from(story, scene, clause, first, subjects=True)
    return runners if runners and clause.mentions[last] in runners[-1].mentions else _alone(story, scene, clause, at)


def _alone(story: Story, scene: Scene, clause: Clause, at: int) -> list[Runner]:
    subject = subject_of(story, scene, clause, at)
    return [subject] if subject else []


def _listed_behind(marks: str, at: int) -> bool:
    """Tell whether the person at `at` is in a list behind "ahead of"."""
    return bool(re.search(r"[AB][^PHV|;]{0,6}$", marks[:at]))


def _listed_spots(marks: str, at: int) -> set[int]:
    """Give where persons stand who are listed behind "ahead of", "behind" or "beside"."""
    found: set[int] = set()
    for match in re.finditer(r"[ABb]", marks[:at]):
        end = match.end()
        person = next((n for n in range(end, min(at, end + 6)) if marks[n] in "PV"), None)
        if person is None:
            continue
        found.add(person)
        end = person + 1
        while link := _LINK.match(marks, end):
            acts = _acts_itself(marks, link.end() + 1) and not _verb_last(marks, match.start(), link.end() + 1)
            if link.end() >= at or acts:
                break
            found.add(link.end())
            end = link.end() + 1
    return found


#: So far before a win a class may stand that is not named: "In seiner Klasse gewann A".
_OWN_CLASS = 8


def ranking_at(scene: Scene, clause: Clause, at: int) -> str:
    """Give the ranking of a place or a win at mention `at`: a class beside it, before it in the sentence, or in the heading."""
    marks = clause.signs
    near = marks[at + 1 : at + 9]
    stop = re.search(r"[PAWNVHK|,&]", near)
    near = near[: stop.start()] if stop else near
    if "C" in near:
        return clause.mentions[at + 1 + near.index("C")].value
    if "G" in near:
        return OVERALL
    if any(mention.value == "own" for mention in clause.mentions[at + 1 : at + 1 + len(near)]):
        return scene.last_class or UNKNOWN_CLASS
    for n in range(at - 1, -1, -1):
        if marks[n] == "C" and not _epithet(clause, n):
            return clause.mentions[n].value
        if marks[n] == "G" and at - n < 4 and marks[n - 1 : n] not in ("N", "Z"):
            return OVERALL
    first = max(0, at - _OWN_CLASS, *(marks.rfind(sign, 0, at) for sign in ",NZ"))
    if any(mention.value == "own" for mention in clause.mentions[first:at]):
        return scene.last_class or UNKNOWN_CLASS
    ahead = marks.find("A", at)
    tail = re.compile(r"[^PWNK|]*C").match(marks, at)
    if tail and (ahead < 0 or tail.end() <= ahead):
        return clause.mentions[tail.end() - 1].value
    return scene.inherited_class or scene.heading_class or OVERALL


def _epithet(clause: Clause, at: int) -> bool:
    """Tell whether a class only describes a driver: "le rookie Timéo Roi"."""
    return clause.signs[at + 1 : at + 2] == "P" and at > 0 and clause.signs[at - 1] == "l"


def blocked(clause: Clause, at: int) -> bool:
    """Tell whether what stands at `at` is denied, wished for, or long ago."""
    marks = clause.signs
    chunk = marks.rfind(",", 0, at) + 1
    end = marks.find(",", at)
    behind = _listed_spots(marks, at)
    person = max((n for n in range(at) if marks[n] == "P" and n not in behind), default=-1)
    start = max(chunk, person + 1, marks.rfind("&H", 0, at) + 2, at - 8)
    denied = [n for n in range(start, at) if marks[n] == "!" and not _only(clause, n, at)]
    return bool(denied) or "w" in marks[start:at] or "y" in marks[chunk : end if end >= 0 else None]


def _only(clause: Clause, start: int, end: int) -> bool:
    """Tell whether "ne ... que" means "only": no denial."""
    return any(mention.value == "only" for mention in clause.mentions[start + 1 : end + 1])


def pole_in_passing(clause: Clause, at: int) -> bool:
    """Tell whether a pole only says whence somebody started: "Parti de la pole, A ...", "A, parti en pole, ..."."""
    marks = clause.signs
    start, end = marks.rfind(",", 0, at) + 1, marks.find(",", at)
    chunk = marks[start : end if end >= 0 else None]
    if set(chunk) & set("PHVWF") or end < 0:
        return False
    return "U" in chunk or (start == 0 and bool(re.match(r",[ln]{0,2}[PV]", marks[end:])))


def place(
    scene: Scene,
    clause: Clause,
    runner: Runner,
    ranking: str,
    position: int,
    recogniser: str,
    sure: float,
    *spans: Span,
    kind: FactKind = FactKind.FINISH,
) -> Candidate:
    """Make the candidate that a runner has a place."""
    evidence = (scene.sentence.span, *(span for m in runner.mentions for span in m.names), *spans)
    return Candidate(
        kind, runner.people, evidence, scene.race, ranking, position, sure, recogniser, aside=runner.mentions[-1]
    )


_MARGIN = re.compile(r",?([_v])(D)")


def margin_behind(story: Story, mentions: Sequence[Mention], at: int) -> dict[str, str]:
    """Give the margin behind the name at `at` as details: "à 4.353" or "(+4.353s)" is "4.353"; {} where there is none."""
    match = _MARGIN.match(signs(mentions[at + 1 : at + 4]))
    pairs = [(mentions[at + 1 + match.start(1)], mentions[at + 1 + match.start(2)])] if match else []
    pairs += [pair for pair in pairwise(mentions[at].aside) if pair[1].kind == "time"]
    stated = next((time for before, time in pairs if before.value in ("to", "+")), None)
    return {"gap": story.text[stated.start : stated.end].rstrip(" s")} if stated else {}


def followers(
    scene: Scene,
    clause: Clause,
    runners: Sequence[Runner],
    head: Runner,
    ranking: str,
    position: int | None,
    recogniser: str,
    sure: float,
    kind: FactKind = FactKind.FINISH,
) -> list[Candidate]:
    """Make the candidates of those whom `head` is ahead of, with places where that of `head` is known."""
    found = []
    for number, runner in enumerate(runners, 1):
        if not runner.people:
            if position is None:
                break
            continue
        evidence = (scene.sentence.span, *(span for m in runner.mentions for span in m.names))
        own = position + number if position is not None else None
        found.append(
            Candidate(
                kind, runner.people, evidence, scene.race, ranking, own, sure, recogniser, head.people, number,
                aside=runner.mentions[-1],
            )
        )  # fmt: skip
    return found


def ahead_after(marks: str, at: int) -> int | None:
    """Give where "ahead of" stands that belongs to what is at `at`: no person and no new act between them."""
    for n in range(at + 1, len(marks)):
        if marks[n] == "A":
            return n
        if marks[n] in "PHVWK|I":
            return None
    return None
