"""From places that sentences state to the orders of races: one place a driver, one driver a place, the likeliest first.

A claim is a place in a ranking of a race, with every statement that speaks for it. Two forests judge claims: the first by what
is stated for and against each, the second by how the first judged those beside it.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import prod
from typing import NamedTuple

from racing.reading.learned.chains import Stated
from racing.reading.learned.options import Entity
from racing.reading.learned.trees import Features, Scores
from racing.reading.story import Scene
from racing.terms import OVERALL, TRACK, FactKind

#: Fainter statements are no claims.
_FAINT = 0.03
#: No statement is so sure that others add nothing.
_SUREST = 0.995
_LIKELY = 0.2


class Key(NamedTuple):
    """What is claimed: that `entity` has place `position` in a ranking of a race."""

    kind: FactKind
    race: int | None
    ranking: str
    entity: Entity
    position: int


@dataclass(frozen=True, slots=True)
class Entry:
    """A place that scene `scene` states, with how likely each ranking and each race is."""

    scene: int
    kind: FactKind
    entity: Entity
    position: int
    stated: Stated
    rankings: Mapping[str, float]
    races: Mapping[int | None, float]


class Vote(NamedTuple):
    """How much an entry speaks for a claim."""

    weight: float
    entry: Entry
    ranking: float
    race: float


Claims = dict[Key, list[Vote]]


def claims_of(entries: Sequence[Entry]) -> Claims:
    """Give what is claimed, with the votes for each, the strongest first."""
    found: Claims = {}
    for entry in entries:
        for race, likely in entry.races.items():
            for ranking, share in entry.rankings.items():
                weight = entry.stated.sure * share * likely
                if weight >= _FAINT:
                    key = Key(entry.kind, race, ranking, entry.entity, entry.position)
                    found.setdefault(key, []).append(Vote(weight, entry, share, likely))
    for votes in found.values():
        votes.sort(key=lambda vote: -vote.weight)
    return found


class Field:
    """Claims with a figure for each, looked up by what they are about."""

    def __init__(self, scored: Mapping[Key, float]) -> None:
        self.scored = scored
        self.place: dict[tuple[FactKind, int | None, str, int], list[tuple[float, Entity]]] = defaultdict(list)
        self.person: dict[tuple[FactKind, int | None, str, int], list[tuple[float, int, Entity]]] = defaultdict(list)
        self.same: dict[tuple[FactKind, Entity, int], list[tuple[float, int | None, str]]] = defaultdict(list)
        self.mass: dict[tuple[FactKind, int | None, str], float] = defaultdict(float)
        self.races = {key.race for key in scored}
        for key, score in scored.items():
            order = (key.kind, key.race, key.ranking)
            self.place[(*order, key.position)].append((score, key.entity))
            for one in key.entity:
                self.person[(*order, one)].append((score, key.position, key.entity))
            self.same[key.kind, key.entity, key.position].append((score, key.race, key.ranking))
            self.mass[order] += score

    def at(self, key: Key, position: int, race: int | None = -1) -> float:
        """Give the best figure of anybody at a place of the same order, or of the same in another race."""
        where = (key.kind, key.race if race == -1 else race, key.ranking, position)
        return max((score for score, _ in self.place.get(where, ())), default=0.0)

    def other_kind(self, key: Key) -> float:
        """Give the best figure of the same place in the race for one in qualifying, and the other way round."""
        rows = self.same.get((_OTHER[key.kind], key.entity, key.position), ())
        return max((score for score, race, ranking in rows if (race, ranking) == key[1:3]), default=0.0)

    def of(self, key: Key, ranking: str) -> list[tuple[float, int, Entity]]:
        """Give what is claimed of the same drivers in another ranking of the same race."""
        return [row for one in key.entity for row in self.person.get((key.kind, key.race, ranking, one), ())]


def _most(values: Sequence[float] | list[float]) -> float:
    return max(values, default=0.0)


def features_of(
    claims: Claims, scenes: Sequence[Scene], crews: Mapping[Entity, int], shared: float
) -> list[dict[str, float]]:
    """Give what is known of each claim; `shared` is how much of the text's naming is of crews."""
    field = Field({key: votes[0].weight for key, votes in claims.items()})
    general = {"cshare": shared, "nraces": float(len({scene.race for scene in scenes}))}
    kept: dict[int, dict[str, float]] = {}
    return [
        general
        | _stated(votes, scenes, kept)
        | _claimed(key, votes, field)
        | {
            "crewcount": float(crews.get(key.entity, 0)),
            "rule_race": float(scenes[votes[0].entry.scene].race == key.race),
        }
        for key, votes in claims.items()
    ]


def _stated(votes: Sequence[Vote], scenes: Sequence[Scene], kept: dict[int, dict[str, float]]) -> dict[str, float]:
    """Give what the statements for a claim are like, above all the strongest.

    `kept` has by the identity of a statement's features which of them count here: many claims stand on one statement.
    """
    first = votes[0]
    stated = first.entry.stated
    scene = scenes[first.entry.scene]
    bodies = [scenes[vote.entry.scene].sentence for vote in votes]
    return {
        "score": 1 - prod(1 - min(vote.weight, _SUREST) for vote in votes), "best": first.weight,
        "second": votes[1].weight if len(votes) > 1 else 0.0, "n": float(len(votes)),
        "nsc": float(len({vote.entry.scene for vote in votes})), "maxp": max(vote.entry.stated.sure for vote in votes),
        "p": stated.sure, "abs": stated.own, "chain": stated.chain, "qp": first.ranking, "rp": first.race, "q": stated.link,
        "src:" + stated.source: 1.0, "form:" + stated.runner.form: 1.0, "completed": float(stated.runner.completed),
        "both": float(any(one.value == "both" for one in scene.mentions)),
        "quoted": float(scene.sentence.quoted), "heading": float(scene.sentence.heading),
        "listed": float(scene.sentence.listed), "session:" + scene.session: 1.0,
        "where": first.entry.scene / max(1, len(scenes)),
        "body": float(any(not sentence.heading and not sentence.quoted for sentence in bodies)),
        **_of_option(stated.features, kept),
    }  # fmt: skip


def _of_option(features: Features, kept: dict[int, dict[str, float]]) -> dict[str, float]:
    """Give what is known of an option that counts for a claim too."""
    if id(features) not in kept:
        kept[id(features)] = {"o." + name: value for name, value in features.items() if name.startswith(_KEPT)}
    return kept[id(features)]


#: What is known of the strongest option counts for a claim too.
_KEPT = (
    "s:", "ns:", "nm:", "npl", "rule", "session", "subject", "people_", "back:", "nextp:", "next:", "cb:", "ca:", "doc_", "n_",
    "nr", "n-1:", "n1:",
    "form:", "named", "has_", "his_crew", "same_place", "rival", "sources_between", "far", "clauses", "quoted",
    "heading", "listed", "plain", "introk:", "then:", "first_part", "speaker", "seen_first", "persons",
)  # fmt: skip


def _claimed(key: Key, votes: Sequence[Vote], field: Field) -> dict[str, float]:
    """Give what else is claimed of the same place and of the same drivers."""
    kind, race, ranking, entity, position = key
    own = set(entity)
    others = [row for row in field.place[kind, race, ranking, position] if row[1] != entity]
    elsewhere = [row for row in field.of(key, ranking) if row[1] != position]
    rival = _most([score for score, other in others if not own & set(other)])
    other_place = _most([score for score, _, _ in elsewhere])
    same = field.same[kind, entity, position]
    other_ranking = _most([score for score, r, name in same if name != ranking and r == race])
    out = {
        "kind": float(kind is FactKind.QUALIFYING), "race": float(race or -1), "norace": float(race is None),
        "pos": float(position), "size": float(len(entity)),
        "rank:" + (ranking if ranking in (OVERALL, TRACK) else "class"): 1.0,
        "rival": rival, "rival_same": _most([score for score, other in others if own & set(other)]),
        "larger": _most([score for score, other in others if set(other) > own]),
        "smaller": _most([score for score, other in others if set(other) < own]),
        "other_place": other_place, "other_place_lower": _most([score for score, p, _ in elsewhere if p < position]),
        "elserace": _most([score for score, r, name in same if name == ranking and r != race]), "elserank": other_ranking,
        "elsekind": field.other_kind(key),
        "prev": field.at(key, position - 1) if position > 1 else 1.0, "next": field.at(key, position + 1),
        "mass": field.mass[kind, race, ranking], "first": field.at(key, 1),
        "place_all": _most(
            [s for r in field.races for s, o in field.place.get((kind, r, ranking, position), ()) if not own & set(o)]
        ),
        "margin": votes[0].weight - max(rival, other_place, other_ranking),
    }  # fmt: skip
    if ranking != OVERALL:
        over = field.of(key, OVERALL)
        out["ovbad"] = _most([score for score, p, _ in over if p < position])
        out["ovsame"] = _most([score for score, p, _ in over if p == position])
        out["ovok"] = _most([score for score, p, _ in over if p > position])
    return out


_OTHER = {FactKind.FINISH: FactKind.QUALIFYING, FactKind.QUALIFYING: FactKind.FINISH}


def again(claims: Claims, scores: Scores, features: Sequence[dict[str, float]]) -> list[dict[str, float]]:
    """Give the features with how the first forest judged each claim, those beside it, and those of the same sentence."""
    scored = {key: float(score) for key, score in zip(claims, scores, strict=True)}
    field, company = Field(scored), _Company(claims, scored)
    return [known | _judged(key, field) | company.of(key) for key, known in zip(claims, features, strict=True)]


class _Company:
    """What the sentence of a claim, and those before and behind it, say of others: a sentence seldom speaks of two races.

    Of each driver the likeliest claim of a sentence counts, in each race and each order.
    """

    def __init__(self, claims: Claims, scored: Mapping[Key, float]) -> None:
        self.home = {key: votes[0].entry.scene for key, votes in claims.items()}
        self._kept: dict[tuple[int, FactKind, Entity], dict[tuple[int | None, str], float]] = {}
        self._said: dict[tuple[int, FactKind], dict[tuple[int | None, str], dict[Entity, float]]] = {}
        for key, score in scored.items():
            orders = self._said.setdefault((self.home[key], key.kind), {})
            best = orders.setdefault((key.race, key.ranking), {})
            best[key.entity] = max(score, best.get(key.entity, 0.0))

    def _others(self, key: Key, scene: int) -> dict[tuple[int | None, str], float]:
        """Give how much a sentence says of other drivers, by race and ranking."""
        at = (scene, key.kind, key.entity)
        if at not in self._kept:
            own = set(key.entity)
            self._kept[at] = {
                order: sum(score for entity, score in best.items() if not own & set(entity))
                for order, best in self._said.get((scene, key.kind), {}).items()
            }
        return self._kept[at]

    def of(self, key: Key) -> dict[str, float]:
        """Give how much of what is said of others is of the same race, and of the same ranking."""
        home = self.home[key]
        here = self._others(key, home)
        out: dict[str, float] = {}
        for name, said in (
            ("here", here),
            ("before", self._others(key, home - 1)),
            ("behind", self._others(key, home + 1)),
        ):
            races: dict[int | None, float] = defaultdict(float)
            for (race, _), score in said.items():
                races[race] += score
            total, mine = sum(races.values()), races.pop(key.race, 0.0)
            out[f"c.{name}"], out[f"c.{name}lead"] = mine, mine - _most([*races.values()])
            out[f"c.{name}share"] = mine / total if total else 0.5
        rankings = {ranking: score for (race, ranking), score in here.items() if race == key.race}
        mine = rankings.pop(key.ranking, 0.0)
        return out | {"c.ranking": mine, "c.rankinglead": mine - _most([*rankings.values()])}


def _judged(key: Key, field: Field) -> dict[str, float]:
    kind, race, ranking, entity, position = key
    self = field.scored[key]
    rows = field.of(key, ranking)
    same = field.same[kind, entity, position]
    out = {
        "t.self": self, "t.rival": _most([s for s, o in field.place[kind, race, ranking, position] if o != entity]),
        "t.other": _most([s for s, p, _ in rows if p != position]),
        "t.crew": _most([s for s, p, o in rows if o != entity and p == position]),
        "t.prev": field.at(key, position - 1) if position > 1 else 1.0,
        "t.prev2": field.at(key, position - 2) if position > 2 else 1.0,
        "t.next": field.at(key, position + 1), "t.first": field.at(key, 1),
        "t.elserace": _most([s for s, r, name in same if r != race and name == ranking]),
        "t.elserank": _most([s for s, r, name in same if r == race and name != ranking]),
        "t.elsekind": field.other_kind(key),
        "t.rest": _most([field.at(key, position, r) for r in field.races if r != race]),
        "t.hisother": _most(
            [s for r in field.races if r != race for one in entity for s, _, _ in field.person.get((kind, r, ranking, one), ())]
        ),
        "t.mass": field.mass[kind, race, ranking],
    }  # fmt: skip
    for name, other in (("ov", OVERALL), ("tr", TRACK)):
        if ranking != other:
            score, place, _ = max(field.of(key, other), default=(0.0, 0, ()))
            out[f"t.{name}s"] = score
            out[f"t.{name}d"] = float(place - position) if score > _LIKELY else 0.0
    out["t.margin"] = self - max(out["t.rival"], out["t.other"], out["t.elserank"], out["t.elserace"])
    return out


#: A statement is of two races ("twice winner of his class") where the second is still as likely as this, and its sentence is
#: as likely as this to speak of several.
_STILL_LIKELY, _SEVERAL = 0.5, 0.1
#: A statement that speaks for a claim at least so much, as a share of the strongest, is one that the claim stands on.
_STANDS_ON = 0.3


def choose(claims: Claims, scores: Scores, enough: float) -> list[tuple[float, Key]]:
    """Give the claims that hold: the likeliest first, each place once, each driver once in an order.

    A statement is mostly of one race and one ranking: a claim that stands on no other statement than a likelier one does,
    does not hold beside it unless its sentence speaks of several races. Nor does a chain go on in the race and in qualifying
    at once.
    """
    places: set[tuple[FactKind, int | None, str, int]] = set()
    people: set[tuple[FactKind, int | None, str, int]] = set()
    spent: dict[tuple[FactKind, Entity, int], set[int]] = defaultdict(set)
    found = []
    for score, key in sorted(zip(map(float, scores), claims, strict=True), key=lambda item: -item[0]):
        if score < enough:
            break
        order = (key.kind, key.race, key.ranking)
        who = {(*order, one) for one in key.entity}
        votes = claims[key]
        stands = {vote.entry.scene for vote in votes if vote.weight >= _STANDS_ON * votes[0].weight}
        used = spent[key.kind, key.entity, key.position]
        other = spent.get((_OTHER[key.kind], key.entity, key.position), set())
        again_said = bool(used and stands <= used and not _of_both(score, votes)) or (
            votes[0].entry.stated.source == "chain" and stands <= other
        )
        if (*order, key.position) not in places and not who & people and not again_said:
            places.add((*order, key.position))
            people |= who
            used |= stands
            found.append((score, key))
    return found


def _of_both(score: float, votes: Sequence[Vote]) -> bool:
    several = max(vote.entry.stated.features.get("nr:several", 0.0) for vote in votes)
    return score >= _STILL_LIKELY and several >= _SEVERAL
