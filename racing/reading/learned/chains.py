"""Places in one sentence: those that options give outright, and those that follow along "one behind the other"."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from racing.reading.learned.options import Entity, Link, Option, Runner
from racing.reading.learned.trees import Features

#: What is less likely than this is not looked at again.
_FAINT = 0.01
_FAINT_LINK = 0.05
_FAINT_STEP = 0.03
#: How many places at most a chain goes on, and what is gained at least by going on.
_STEPS = 12
_GAIN = 1e-4
#: The follower's place tells the head's a little less surely than the other way round.
_BACKWARDS = 0.9

Place = tuple[Entity, int]


@dataclass(slots=True)
class Stated:
    """That somebody has a place, as one sentence says it: `own` by an option, `chain` by a link, `sure` together."""

    sure: float
    own: float
    chain: float
    at: int
    source: str
    runner: Runner
    features: Features = field(default_factory=dict)
    link: float = 0.0


@dataclass(frozen=True, slots=True)
class _Step:
    sure: float
    link: Link
    linked: float
    features: Features
    runner: Runner


def places_in(
    options: Sequence[tuple[Option, float, Features]], links: Sequence[tuple[Link, float, Features]]
) -> dict[Place, Stated]:
    """Give every place that a sentence may state, from its scored options and links."""
    table: dict[Place, Stated] = {}
    for option, score, features in options:
        key = (option.runner.entity, option.source.position)
        known = table.get(key)
        if score > _FAINT and (known is None or score > known.sure):
            table[key] = Stated(score, score, 0.0, option.source.at, option.source.kind, option.runner, features)
    strong = [one for one in links if one[1] >= _FAINT_LINK]
    for _ in range(_STEPS):
        if not _go_on(table, _steps(table, strong)):
            break
    return table


def _steps(table: dict[Place, Stated], links: Sequence[tuple[Link, float, Features]]) -> dict[Place, _Step]:
    """Give what follows from the table by one step along each link."""
    by_entity: dict[Entity, list[tuple[int, Stated]]] = {}
    for (entity, position), stated in table.items():
        by_entity.setdefault(entity, []).append((position, stated))
    found: dict[Place, _Step] = {}

    def offer(key: Place, sure: float, step: tuple[Link, float, Features], runner: Runner) -> None:
        if sure >= _FAINT_STEP and (key not in found or sure > found[key].sure):
            found[key] = _Step(sure, *step, runner)

    for step in links:
        link, score, _ = step
        for position, stated in by_entity.get(link.other.entity, ()):
            offer((link.runner.entity, position + 1), score * stated.sure, step, link.runner)
        for position, stated in by_entity.get(link.runner.entity, ()):
            if position > 1:
                offer((link.other.entity, position - 1), score * stated.own * _BACKWARDS, step, link.other)
    return found


def _go_on(table: dict[Place, Stated], steps: dict[Place, _Step]) -> bool:
    """Put steps into the table; tell whether that changed it."""
    changed = False
    for key, step in steps.items():
        known = table.get(key)
        if known is None:
            table[key] = Stated(step.sure, 0.0, step.sure, -1, "chain", step.runner, step.features, step.linked)
            changed = True
        elif step.sure > known.chain + 1e-6:
            known.chain, known.link = step.sure, step.linked
            together = 1 - (1 - known.own) * (1 - step.sure)
            if together > known.sure + _GAIN:
                known.sure, changed = together, True
    return changed
