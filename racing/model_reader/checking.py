"""Where the model contradicts itself: one place twice in one order, one driver at two places of it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from racing.model_reader.grounding import label_of
from racing.model_reader.naming import same_crew, same_person
from racing.model_reader.shape import Said
from racing.reading.facts import Fact, Problem
from racing.reading.folding import fold
from racing.terms import FactKind

#: How sure a fact is at most that the same answer contradicts.
CONTRADICTED = 0.4
ORDERS = (FactKind.FINISH, FactKind.QUALIFYING)


def ranking_key(ranking: str) -> str:
    """Give the form in which the names of rankings are compared."""
    return " ".join(fold(ranking).replace("-", " ").split())


def once(said: Iterable[Said]) -> list[Said]:
    """Give each fact once, though several parts or lists of the answer state it; the surer one stays."""
    kept: list[Said] = []
    by_key: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for one in said:
        fact = one.fact
        rest = (fact.points, fact.gap_points, fact.circuit, fact.start, fact.end)
        key = (fact.kind, one.order, ranking_key(fact.ranking), fact.position, *rest)
        twin = next((at for at in by_key[key] if same_crew(kept[at].fact.drivers, fact.drivers)), None)
        if twin is None:
            by_key[key].append(len(kept))
            kept.append(one)
        elif fact.sure > kept[twin].fact.sure:
            kept[twin] = one
    return kept


def contradictions(said: list[Said]) -> tuple[list[Fact], list[Problem]]:
    """Give the facts, those that contradict each other less sure, and a problem for each that does."""
    orders: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for at, one in enumerate(said):
        if one.fact.kind in ORDERS:
            orders[one.fact.kind, one.order, ranking_key(one.fact.ranking)].append(at)
    facts = [one.fact for one in said]
    problems: list[Problem] = []
    for rows in orders.values():
        for number, at in enumerate(rows):
            for other in rows[:number]:
                code = _contradiction(said[at].fact, said[other].fact)
                if not code:
                    continue
                for doubtful in (at, other):
                    facts[doubtful] = replace(facts[doubtful], sure=min(facts[doubtful].sure, CONTRADICTED))
                labels = f"{label_of(said[other].fact)} / {label_of(said[at].fact)}"
                problems.append(Problem(code, said[at].fact.evidence[0], labels))
    return facts, problems


def _contradiction(one: Fact, other: Fact) -> str:
    """Give the code of what cannot both hold, "" where both can."""
    if one.position == other.position:
        return "model_place_twice"
    shared = any(same_person(name, against) for name in one.drivers for against in other.drivers)
    return "model_driver_twice" if shared else ""
