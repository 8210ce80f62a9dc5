"""The two readers beside each other: what both say, what only one says, and where they cannot both be right."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from racing.model_reader.checking import ORDERS, ranking_key
from racing.model_reader.grounding import label_of
from racing.model_reader.naming import same_crew, same_person
from racing.reading.facts import Fact, Problem
from racing.reading.folding import fold
from racing.terms import FactKind, Reader

#: From here on the offline reader's word counts against the model's.
SURE = 0.9
#: How sure a fact is at most that a sure fact of the other reader contradicts; one that contradicts a doubtful fact.
CONTESTED, DISPUTED = 0.7, 0.85
#: How sure a fact is at most that the offline reader alone has found, where the model's answer is not whole.
OVERLOOKED = 0.75
_MOST = 0.99
_OF_A_RACE = frozenset(FactKind) - {FactKind.CLAIM, FactKind.MEETING}
_EXTRAS = ("team", "number", "car", "gap", "time", "text")


@dataclass(frozen=True, slots=True)
class Difference:
    """What the readers do not say alike. `code` is "place", "people", "only_offline" or "only_model".

    `feeds` is the reader whose word goes on into the results: "offline", "model", "both" (against a third), or "" for neither.
    """

    code: str
    offline: Fact | None
    model: Fact | None
    feeds: str


def same_race(one: Fact, other: Fact) -> bool:
    """Tell whether two facts may be of one race: a race that is not told may be any."""
    return one.race is None or other.race is None or one.race == other.race


def agrees(one: Fact, other: Fact) -> bool:
    """Tell whether two facts say the same."""
    if one.kind != other.kind or not same_race(one, other):
        return False
    if one.kind is FactKind.MEETING:
        places = sorted((fold(one.circuit), fold(other.circuit)), key=len)
        return one.start[-5:] == other.start[-5:] and places[0] in places[1]
    if one.kind in (FactKind.PENALTY, FactKind.RETIREMENT):
        return any(same_person(name, against) for name in one.drivers for against in other.drivers)
    if one.kind is FactKind.CLAIM and one.points and other.points and one.points != other.points:
        return False
    same = ranking_key(one.ranking) == ranking_key(other.ranking) and one.position == other.position
    return same and same_crew(one.drivers, other.drivers)


def contradiction(one: Fact, other: Fact) -> str:
    """Give how two facts exclude each other: "place" (one crew, two places), "people" (one place, two crews), or ""."""
    if one.kind not in ORDERS or one.kind != other.kind or one.race != other.race:
        return ""
    if ranking_key(one.ranking) != ranking_key(other.ranking):
        return ""
    shared = any(same_person(name, against) for name in one.drivers for against in other.drivers)
    if one.position != other.position:
        return "place" if shared else ""
    # The same place of one driver of a crew, told by his name alone, contradicts nothing.
    return "" if shared else "people"


def beside(model: Sequence[Fact], offline: Sequence[Fact]) -> tuple[list[Fact], list[Difference], list[Problem]]:
    """Let the model's facts feed, contested where the offline reader is sure of something else."""
    pairs = dict(_pairs(model, offline))
    facts = [_joined(fact, offline[pairs[at]]) if at in pairs else fact for at, fact in enumerate(model)]
    differences: list[Difference] = []
    problems: list[Problem] = []
    contested: set[int] = set()
    agreed = set(pairs.values())
    for theirs in (fact for other, fact in enumerate(offline) if other not in agreed):
        against = {at: code for at, fact in enumerate(model) if (code := contradiction(fact, theirs))}
        for at, code in against.items():
            differences.append(Difference(code, theirs, model[at], Reader.MODEL))
            if theirs.sure >= SURE:
                facts[at] = replace(facts[at], sure=min(facts[at].sure, CONTESTED))
                problems.append(_problem("model_against_offline", model[at], theirs))
        contested |= set(against)
        if not against:
            differences.append(Difference("only_offline", theirs, None, ""))
    alone = (at for at in range(len(model)) if at not in pairs and at not in contested)
    differences += [Difference("only_model", None, model[at], Reader.MODEL) for at in alone]
    return facts, differences, problems


@dataclass(slots=True)
class _Held:
    """A fact that goes on, of one reader or of both, and how sure it is at most."""

    reader: str
    fact: Fact
    most: float = 1.0

    @property
    def contested(self) -> bool:
        return self.most < 1.0


def joined(
    model: Sequence[Fact], offline: Sequence[Fact], *, whole: bool
) -> tuple[list[Fact], list[Difference], list[Problem]]:
    """Let both feed: what both say is surer; of two that exclude each other the surer one goes on, less sure than before.

    What the offline reader alone has found goes on only if the model's answer is not `whole`: a model that has read to the end
    states what is there. In the recorded answers eight in fifty of such facts are right.
    """
    offline = _aligned(model, offline)
    pairs = _pairs(model, offline)
    held = [_Held(Reader.BOTH, _joined(model[at], offline[other])) for at, other in pairs]
    agreed = ({at for at, _other in pairs}, {other for _at, other in pairs})
    rest = [(Reader.MODEL, fact) for at, fact in enumerate(model) if at not in agreed[0]]
    rest += [(Reader.OFFLINE, fact) for at, fact in enumerate(offline) if at not in agreed[1]]
    lost: list[_Held] = []
    differences: list[Difference] = []
    problems: list[Problem] = []
    for reader, fact in sorted(rest, key=lambda row: (-row[1].sure, row[0] != Reader.MODEL)):
        against = [(row, code) for row in held if row.reader != reader and (code := contradiction(fact, row.fact))]
        for row, code in against:
            ours, theirs = (fact, row.fact) if reader == Reader.MODEL else (row.fact, fact)
            differences.append(Difference(code, theirs, ours, row.reader))
            problems.append(_problem("readers_disagree", row.fact, fact))
            if row.reader != Reader.BOTH:
                row.most = min(row.most, CONTESTED if fact.sure >= SURE else DISPUTED)
        if against:
            lost.append(_Held(reader, fact))
            continue
        # What excludes only facts that have lost already still stands against them.
        fallen = [row.fact for row in lost if row.reader != reader and contradiction(fact, row.fact)]
        held.append(_Held(reader, fact, CONTESTED if fallen else 1.0))
    for row in held:
        if row.reader == Reader.OFFLINE and not row.contested:
            differences.append(Difference("only_offline", row.fact, None, "" if whole else Reader.OFFLINE))
            row.most = 0.0 if whole else OVERLOOKED
        elif row.reader == Reader.MODEL and not row.contested:
            differences.append(Difference("only_model", None, row.fact, Reader.MODEL))
    facts = [replace(row.fact, sure=min(row.fact.sure, row.most)) for row in held if row.most]
    return facts, differences, problems


def _pairs(model: Sequence[Fact], offline: Sequence[Fact]) -> list[tuple[int, int]]:
    """Pair each of the model's facts with one of the offline reader's that says the same; of the same race before any."""
    taken: set[int] = set()
    pairs: list[tuple[int, int]] = []
    for strict in (True, False):
        paired = {at for at, _other in pairs}
        for at, fact in enumerate(model):
            if at in paired:
                continue
            for other, theirs in enumerate(offline):
                if other not in taken and agrees(fact, theirs) and (not strict or fact.race == theirs.race):
                    taken.add(other)
                    pairs.append((at, other))
                    break
    return sorted(pairs)


def _aligned(model: Sequence[Fact], offline: Sequence[Fact]) -> list[Fact]:
    """Put the offline reader's facts under the model's race where both tell of one only, and just one says which."""
    told = {fact.race for fact in model if fact.kind in _OF_A_RACE}
    theirs = {fact.race for fact in offline if fact.kind in _OF_A_RACE}
    if len(told) != 1 or len(theirs) != 1 or None not in told | theirs:
        return list(offline)
    race = told.pop()
    return [replace(fact, race=race) if fact.kind in _OF_A_RACE else fact for fact in offline]


def _joined(model: Fact, offline: Fact) -> Fact:
    """Give the fact that both state: the model's, with the offline reader's evidence, and what either has besides."""
    more = {name: getattr(model, name) or getattr(offline, name) for name in _EXTRAS}
    sure = max(model.sure, offline.sure, min(_MOST, 1 - (1 - model.sure) * (1 - offline.sure)))
    drivers = tuple(_fuller(name, offline.drivers) for name in model.drivers)
    evidence = offline.evidence or model.evidence
    return replace(model, evidence=evidence, drivers=drivers, guest=offline.guest, sure=sure, **more)


def _fuller(name: str, others: Iterable[str]) -> str:
    """Give the longer of two ways of writing one person's name."""
    return max(
        [name, *(other for other in others if same_person(name, other))], key=lambda one: (len(one), one == name)
    )


def _problem(code: str, held: Fact, other: Fact) -> Problem:
    return Problem(code, held.evidence[0] if held.evidence else None, f"{label_of(held)} ≠ {label_of(other)}")
