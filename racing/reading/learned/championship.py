"""What a report says of the championship, by learned scores: who stands where, with how many points, how far ahead.

For every runner of a sentence that may speak of it: whether something is claimed of him, his place (options and links as for
results, with the words of leading and of titles as further sources), which figure is his points and which his gap, and whose
table it is. What several sentences say of one runner and table is one claim.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from math import prod
from typing import Any

import numpy as np

from racing.reading.candidates import Candidate
from racing.reading.facts import Span
from racing.reading.learned.chains import places_in
from racing.reading.learned.figures import Figure, features_of, figures_in
from racing.reading.learned.ground import OF_CHAMPIONSHIP, Ground
from racing.reading.learned.options import Entity, Link, Option, Runner, Source, links_of, options_of, sources_of
from racing.reading.learned.sheets import Sheet
from racing.reading.learned.trees import Features, forest
from racing.reading.mentions import Mention
from racing.terms import OVERALL, TRACK, FactKind

NAME = "championship"
#: Mentions one of which a sentence has that speaks of the championship, and the net's share that does without.
_SPEAKING = frozenset(("championship", "leader", "lead", "points", "gap", "class_link", "other_win"))
_LIKELY = 0.05
_CUES = ("leader", "lead", "championship", "points", "gap")
_WORDS = frozenset(("word", "small", "lead", "leader", "championship"))
_SHORT, _STEM, _VALUE = 3, 8, 10
_FAINT = 0.08
#: A figure, and a place, is told from these shares on.
_FIGURE, _PLACE = 0.35, 0.3
#: A claim is made from this share on.
_LEAST = 0.35
POINTS, GAP = 1, 2


@dataclass(slots=True)
class Question:
    """A sentence that may speak of the championship: its runners, figures, options and links, each with its features."""

    number: int
    runners: list[tuple[Runner, dict[str, float]]]
    figures: list[tuple[Runner, Figure, dict[str, float]]]
    options: list[tuple[Option, dict[str, float]]]
    links: list[tuple[Link, dict[str, float]]]


@dataclass(slots=True)
class Claim:
    """What one sentence claims of a runner: the share that it does, his places with theirs, his figures, whose table."""

    number: int
    runner: Runner
    sure: float
    places: dict[int, float]
    points: tuple[float, Figure | None]
    gap: tuple[float, Figure | None]
    ranking: str
    ranked: float


@dataclass(slots=True)
class Standing:
    """What all sentences together claim of one runner in one table."""

    ranking: str
    entity: Entity
    claims: list[Claim]
    position: int | None = None
    points: Figure | None = None
    gap: Figure | None = None
    features: dict[str, float] = field(default_factory=dict)


def sources(ground: Ground, number: int) -> list[Source]:
    """Give everything in a sentence that may give a place in the championship."""
    scene = ground.story.scenes[number]
    found = [one for one in sources_of(ground.story, scene) if one.kind not in ("pole", "front_row")]
    for at, mention in enumerate(scene.mentions):
        found += _of_titles(at, mention)
    return found


def _of_titles(at: int, mention: Mention) -> Iterator[Source]:
    kind, value = mention.kind, mention.value
    if kind in ("leader", "lead", "leader_past") or (kind == "championship" and value == "won"):
        yield Source(at, f"{kind}:{value[:_VALUE]}", 1)
    elif kind == "other_win" and value.startswith("vice"):
        yield Source(at, "vice", 2)
    elif kind in ("ahead", "behind", "gap"):
        yield Source(at, kind, 2 if kind == "behind" else 1)


def question(ground: Ground, number: int, rules: Sequence[Candidate]) -> Question | None:
    """Lay out what is to be asked of a sentence, None where it does not speak of the championship."""
    sheet = ground.book.sheets[number]
    heard = ground.sentence(number)
    if not sheet.runners or not (_SPEAKING & set(sheet.kinds) or ground.championship(number) > _LIKELY):
        return None
    row = sheet.scene.mentions
    figures, giving = figures_in(row), sources(ground, number)
    base = {**heard, "figures": len(figures), "sources": len(giving)}
    for kind, mention in zip(sheet.kinds, row, strict=True):
        if kind in _WORDS and len(mention.value) > _SHORT:
            base["said:" + mention.value[:_STEM]] = 1
    asked = Question(number, [], [], [], [])
    for runner in sheet.runners:
        own = {**base, **ground.runner(number, runner), **_near(sheet, runner, rules)}
        asked.runners.append((runner, own))
        few = {name: own[name] for name in ("claimed", *OF_CHAMPIONSHIP) if name in own}
        asked.figures += [(runner, one, features_of(sheet, runner, one, figures, few)) for one in figures]
    of_runner = {id(runner): ground.hints.runner(sheet, runner, number) for runner in sheet.runners}
    of_source = {source: ground.hints.source(sheet, source) for source in giving}
    for option in options_of(sheet.runners, giving):
        if option.source not in of_source:
            of_source[option.source] = ground.hints.source(sheet, option.source)
        features = ground.hints.option(sheet, option, of_runner[id(option.runner)], of_source[option.source])
        asked.options.append((option, {**base, **features, **ground.seen(number, option.runner)}))
    for link in links_of(sheet.runners):
        asked.links.append((link, {**base, **ground.hints.link(sheet, link, of_runner[id(link.runner)])}))
    return asked


def _near(sheet: Sheet, runner: Runner, rules: Sequence[Candidate]) -> dict[str, float]:
    """Give what the recognisers claim of a runner, and how far the words of the championship are from him."""
    found: dict[str, float] = {}
    for rule in rules:
        if set(rule.people) & set(runner.entity):
            found["claimed"] = 1
            found["claimed exactly"] = float(tuple(sorted(rule.people)) == runner.entity)
    for name in _CUES:
        spots = [at for at, kind in enumerate(sheet.kinds) if kind == name]
        if spots:
            at = min(spots, key=lambda spot: abs(spot - runner.first))
            first, last = sorted((at, max(0, runner.first)))
            found["far:" + name] = at - runner.first
            found["people:" + name] = sum(first < person < last for person in sheet.people)
    return found


def standings(ground: Ground, rules: Iterable[Candidate]) -> list[Candidate]:
    """Give what is claimed of the championship as candidates, the share that each is right as `sure`.

    `rules` are the claims that the recognisers found: they are features, and tell to whom a gap is.
    """
    by_scene: dict[int, list[Candidate]] = {}
    for rule in rules:
        by_scene.setdefault(ground.scene_at(rule.evidence[0]), []).append(rule)
    asked = [
        one
        for number in range(len(ground.book.sheets))
        if (one := question(ground, number, by_scene.get(number, ()))) is not None
    ]
    found = together(claims(ground, asked))
    compare(ground, found)
    scores = forest("standings").scores([one.features for one in found])
    taken: set[tuple[str, int]] = set()
    result = []
    for at in sorted(range(len(found)), key=lambda at: (-scores[at], found[at].claims[0].number)):
        standing = found[at]
        own = {(standing.ranking, person) for person in standing.entity}
        if scores[at] >= _LEAST and not own & taken:
            taken |= own
            result.append(_candidate(ground, standing, float(scores[at]), by_scene))
    return result


def claims(ground: Ground, asked: Sequence[Question]) -> list[Claim]:
    """Give what each sentence claims of whom."""
    said = forest("standing_said").scores([features for one in asked for _, features in one.runners])
    figured = forest("standing_figures").scores([features for one in asked for *_, features in one.figures])
    placed = forest("standing_places").scores([features for one in asked for _, features in one.options])
    linked = forest("standing_links").scores([features for one in asked for _, features in one.links])
    at = [0, 0, 0, 0]
    found: list[Claim] = []
    for one in asked:
        sizes = [len(one.runners), len(one.figures), len(one.options), len(one.links)]
        cut = [slice(first, first + size) for first, size in zip(at, sizes, strict=True)]
        at = [first + size for first, size in zip(at, sizes, strict=True)]
        found += _claims(ground, one, said[cut[0]], figured[cut[1]], placed[cut[2]], linked[cut[3]])
    return found


def _claims(ground: Ground, asked: Question, said: Any, figured: Any, placed: Any, linked: Any) -> Iterator[Claim]:
    nothing: Features = {}
    options = [(one, float(score), nothing) for (one, _), score in zip(asked.options, placed, strict=True)]
    links = [(one, float(score), nothing) for (one, _), score in zip(asked.links, linked, strict=True)]
    places: dict[Entity, dict[int, float]] = {}
    for (entity, position), stated in places_in(options, links).items():
        own = places.setdefault(entity, {})
        own[position] = max(own.get(position, 0.0), stated.sure)
    best: dict[Entity, tuple[float, Runner]] = {}
    for (runner, _), score in zip(asked.runners, said, strict=True):
        if score > best.get(runner.entity, (_FAINT, None))[0]:
            best[runner.entity] = (float(score), runner)
    owned = [_owned(asked, figured, role) for role in (POINTS, GAP)]
    rankings = ground.rankings(asked.number)
    names = [name for name in rankings if name != TRACK]
    for entity, (sure, runner) in best.items():
        shares = forest("standing_rankings").scores([ground.ranking(asked.number, runner, name) for name in names])
        top = int(np.argmax(shares))
        none: tuple[float, Figure | None] = (0.0, None)
        yield Claim(
            asked.number, runner, sure, places.get(entity, {}), owned[0].get(entity, none), owned[1].get(entity, none),
            names[top], float(shares[top]),
        )  # fmt: skip


def _owned(asked: Question, figured: Any, role: int) -> dict[Entity, tuple[float, Figure | None]]:
    """Give each runner the likeliest figure of a role; a figure belongs to the one whose it is most likely."""
    owner: dict[tuple[int, int], tuple[float, Entity]] = {}
    for (runner, figure, _), shares in zip(asked.figures, figured, strict=True):
        key = (figure.at, figure.inner)
        if shares[role] > owner.get(key, (0.0, ()))[0]:
            owner[key] = (float(shares[role]), runner.entity)
    found: dict[Entity, tuple[float, Figure | None]] = {}
    for (runner, figure, _), shares in zip(asked.figures, figured, strict=True):
        own = owner.get((figure.at, figure.inner))
        if own and own[1] == runner.entity and shares[role] > found.get(runner.entity, (0.0, None))[0]:
            found[runner.entity] = (float(shares[role]), figure)
    return found


def together(found: Iterable[Claim]) -> list[Standing]:
    """Put together what is claimed of one runner in one table."""
    groups: dict[tuple[str, Entity], Standing] = {}
    for claim in found:
        key = (claim.ranking, claim.runner.entity)
        groups.setdefault(key, Standing(*key, [])).claims.append(claim)
    for one in groups.values():
        one.claims.sort(key=lambda claim: (-claim.sure, claim.number))
        points = max((claim.points for claim in one.claims), key=lambda pair: pair[0])
        gap = max((claim.gap for claim in one.claims), key=lambda pair: pair[0])
        places: dict[int, float] = {}
        for claim in one.claims:
            for position, sure in claim.places.items():
                places[position] = max(places.get(position, 0.0), sure)
        ordered = sorted(places.items(), key=lambda pair: (-pair[1], pair[0]))
        best, second = (*ordered[:2], (0, 0.0), (0, 0.0))[:2]
        one.points = points[1] if points[0] > _FIGURE else None
        one.gap = gap[1] if gap[0] > _FIGURE else None
        one.position = best[0] if best[1] > _PLACE else None
        one.features = {
            "sure": 1 - prod(1 - claim.sure for claim in one.claims), "best": one.claims[0].sure, "claims": len(one.claims),
            "points": points[0], "has points": float(one.points is not None),
            "gap": gap[0], "has gap": float(one.gap is not None),
            "position": best[0], "placed": best[1], "second": second[1], "ranked": max(claim.ranked for claim in one.claims),
            "size": len(one.entity), "overall": float(one.ranking == OVERALL), "nowhere": float(best[1] < _PLACE),
            "vague points": abs(points[0] - 0.5), "vague gap": abs(gap[0] - 0.5),
        }  # fmt: skip
    return list(groups.values())


def compare(ground: Ground, found: Sequence[Standing]) -> None:
    """Note of each standing how it agrees with the others of its table."""
    tables: dict[str, list[Standing]] = {}
    for one in found:
        tables.setdefault(one.ranking, []).append(one)
    for one in found:
        others = [other for other in tables[one.ranking] if other is not one]
        rivals = [other for other in others if other.position == one.position]
        shared = [other for other in others if set(other.entity) & set(one.entity)]
        one.features |= {
            "where": one.claims[0].number / max(1, len(ground.story.scenes)),
            "others": sum(other.features["best"] for other in others),
            "rival": max((other.features["placed"] * other.features["best"] for other in rivals), default=0.0),
            "shared": max((other.features["best"] for other in shared), default=0.0),
            "falling": float(all(_value(other) <= _value(one) for other in others if _behind(other, one))),
        }


def _value(one: Standing) -> Decimal:
    return one.points.value if one.points else Decimal(0)


def _behind(other: Standing, one: Standing) -> bool:
    """Tell whether both have a place and points, and `other` is placed behind."""
    placed = other.position is not None and one.position is not None and other.position > one.position
    return placed and other.points is not None and one.points is not None


def _candidate(ground: Ground, one: Standing, sure: float, rules: Mapping[int, Sequence[Candidate]]) -> Candidate:
    best = one.claims[0]
    scene = ground.story.scenes[best.number]
    same = [
        rule
        for claim in one.claims
        for rule in rules.get(claim.number, ())
        if set(rule.people) & set(one.entity) and rule.gap_to
    ]
    details = {}
    if one.points is not None:
        details["points"] = format(one.points.value.normalize(), "f")
    if one.gap is not None:
        details["gap_points"] = format(one.gap.value.normalize(), "f")
    spans = [Span(*span) for span in best.runner.spans]
    told = [figure.mention.span for figure in (one.points, one.gap) if figure is not None]
    return Candidate(
        FactKind.CLAIM, one.entity, (scene.sentence.span, *spans, *told), None, one.ranking, one.position,
        round(min(sure, 0.99), 3), NAME, details=details, gap_to=same[0].gap_to if same and one.gap is not None else (),
    )  # fmt: skip
