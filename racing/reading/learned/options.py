"""Options: every way in which somebody whom a sentence names could have a place in it.

A runner is whoever may take one place: a name, a crew, a pronoun, a numbered car, or the subject of the sentence before. A
source is what may give a place: a rank, a word of winning, a podium, the number of a list, or nothing at all. A link says
that one runner stands one place behind another. Nothing is decided here: all that could be meant is given, to be scored.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from racing.reading.mentions import Mention
from racing.reading.story import Scene, Story, who_is_meant

#: A sentence with more runners than this is a list of entries; only so many are looked at.
MOST_RUNNERS = 40
#: How many sources on each side of a runner may give him his place.
NEAR_SOURCES = 4
#: The longest crew.
MOST_DRIVERS = 5

Entity = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Runner:
    """Who may take one place: `entity` are sorted numbers of the cast, `first` to `last` the mentions that name them.

    `form` says how they are named; `part` is the number of the person within a crew's mention.
    """

    entity: Entity
    first: int
    last: int
    form: str
    spans: tuple[tuple[int, int], ...] = ()
    completed: bool = False
    part: int = 0


@dataclass(frozen=True, slots=True)
class Source:
    """What may give a place: the mention's number (-1: none), its kind, and the place."""

    at: int
    kind: str
    position: int


@dataclass(frozen=True, slots=True)
class Option:
    runner: Runner
    source: Source


@dataclass(frozen=True, slots=True)
class Link:
    """`runner` stands one place behind `other`."""

    runner: Runner
    other: Runner


@dataclass(slots=True)
class Crews:
    """Which drivers share cars in a text: each crew with how often it is named, and each person's likeliest crew."""

    counted: Counter[Entity] = field(default_factory=Counter)
    of: dict[int, Entity] = field(default_factory=dict)
    teams: dict[str, Entity] = field(default_factory=dict)


_STROKES = frozenset(("/", "-", "–"))
_JOINS = frozenset(("and", "join_crew"))


def crews_of(story: Story) -> Crews:
    """Count the crews that a text names."""
    crews = Crews()
    for scene in story.scenes:
        for mention in scene.mentions:
            if len(mention.crew) > 1:
                crews.counted[tuple(sorted(mention.crew))] += 1
    for crew in story.met.crews() if story.met else ():
        crews.counted[crew] += 1
    best: dict[int, tuple[int, int]] = {}
    for crew, count in crews.counted.items():
        for person in crew:
            rank = (count, len(crew))
            if rank > best.get(person, (0, 0)):
                best[person] = rank
                crews.of[person] = crew
    for number, known in enumerate(story.cast.people):
        if known.team:
            crews.teams[known.team] = tuple(sorted({*crews.teams.get(known.team, ()), number}))
    if story.met:
        crews.teams |= story.met.teams
    return crews


def runners_of(story: Story, scene: Scene, crews: Crews) -> list[Runner]:
    """Give everybody in a sentence who may take a place, in order; overlapping readings of the same names beside each other."""
    found: list[Runner] = []
    row = scene.mentions
    for at, mention in enumerate(row):
        if len(found) >= MOST_RUNNERS:
            break
        if mention.kind == "person":
            found += _named(story, scene, row, at, crews)
        elif mention.kind in ("pronoun", "car"):
            found += _meant(story, scene, mention, at, crews)
        elif mention.value == "team":
            found += _of_team(story, mention, at, crews)
    if not found or found[0].first > 0:
        found = [*_subject(scene, crews), *found]
    met = story.met
    return [one for one in found if met.may_share(one.entity)] if met else found


def _with_crew(runner: Runner, crews: Crews) -> Iterator[Runner]:
    """Give a runner, and with him his whole crew where he is one of one."""
    yield runner
    if len(runner.entity) == 1:
        crew = crews.of.get(runner.entity[0])
        if crew:
            yield Runner(crew, runner.first, runner.last, runner.form, runner.spans, True, runner.part)


def _named(story: Story, scene: Scene, row: Sequence[Mention], at: int, crews: Crews) -> Iterator[Runner]:
    mention = row[at]
    spans = tuple((span.start, span.end) for span in mention.names)
    if mention.crew:
        yield Runner(tuple(sorted(set(mention.crew))), at, at + 1, "crew", spans)
        for part, number in enumerate(mention.crew):
            yield Runner((number,), at, at + 1, "part", spans[part : part + 1] or spans, False, part)
        return
    meant = who_is_meant(story, mention, scene)
    if 1 < len(mention.who) <= MOST_DRIVERS:
        yield Runner(tuple(sorted(mention.who)), at, at + 1, "family", spans)
    for number in mention.who[:3]:
        form = "name" if len(mention.who) == 1 else ("nearest" if (number,) == meant else "namesake")
        yield from _with_crew(Runner((number,), at, at + 1, form, spans), crews)
    yield from _pairs(row, at)
    for inner in mention.aside:
        if (
            inner.kind == "person"
            and not inner.crew
            and len(inner.who) == 1
            and len(mention.who) == 1
            and inner.who != mention.who
        ):
            yield Runner(
                tuple(sorted((*mention.who, *inner.who))), at, at + 1, "with_aside", (*spans, (inner.start, inner.end))
            )


def _pairs(row: Sequence[Mention], at: int) -> Iterator[Runner]:
    """Give "A and B", "A, B and C", "A / B" as crews that nobody joined."""
    people, spans, n = [row[at].who], [(row[at].start, row[at].end)], at
    while n + 2 < len(row) and len(people) < 4 and row[n + 2].kind == "person" and not row[n + 2].crew:
        if row[n + 1].kind not in ("and", "comma", "join_crew", "dash", "word", "small", "preposition"):
            return
        n += 2
        people.append(row[n].who)
        spans.append((row[n].start, row[n].end))
        entity = tuple(sorted({who[0] for who in people if who}))
        known = len(entity) == len(people) and all(len(who) == 1 for who in people)
        if known and row[n - 1].kind != "comma":
            yield Runner(entity, at, n + 1, "pair", tuple(spans))


def _meant(story: Story, scene: Scene, mention: Mention, at: int, crews: Crews) -> Iterator[Runner]:
    people = tuple(sorted(set(who_is_meant(story, mention, scene))))
    if not people or len(people) > MOST_DRIVERS:
        return
    form = mention.value.partition(":")[0] if mention.kind == "pronoun" else "car"
    yield from _with_crew(Runner(people, at, at + 1, form, ((mention.start, mention.end),)), crews)


def _of_team(story: Story, mention: Mention, at: int, crews: Crews) -> Iterator[Runner]:
    entity = crews.teams.get(story.text[mention.start : mention.end], ())
    if 0 < len(entity) <= MOST_DRIVERS:
        yield Runner(entity, at, at + 1, "team", ((mention.start, mention.end),))


def _subject(scene: Scene, crews: Crews) -> Iterator[Runner]:
    people = tuple(sorted(set(scene.subjects)))
    if people and len(people) <= MOST_DRIVERS:
        yield from _with_crew(Runner(people, -1, 0, "subject"), crews)


def sources_of(story: Story, scene: Scene) -> list[Source]:
    """Give everything in a sentence that may give a place."""
    found: list[Source] = []
    row = scene.mentions
    for at, mention in enumerate(row):
        found += _places(story, mention, at, row)
        for inner in mention.aside:
            found += [Source(at, "aside_" + s.kind, s.position) for s in _places(story, inner, at, ())]
    return found


def _places(story: Story, mention: Mention, at: int, row: Sequence[Mention]) -> Iterator[Source]:
    kind, value = mention.kind, mention.value
    if kind == "rank" and value.isdigit():
        yield Source(at, "rank", int(value))
    elif kind == "foot":
        yield Source(at, "foot", 4)
    elif kind == "class_place":
        place = value.partition(":")[0]
        if place.isdigit():
            yield Source(at, "class_place", int(place))
    elif kind == "win":
        yield Source(at, "win", 1)
    elif kind == "pole" or kind == "poleman":
        yield Source(at, "pole", 1)
    elif kind == "front_row":
        yield Source(at, "front_row", 1)
        yield Source(at, "front_row", 2)
    elif kind == "top":
        last = int(value) if value.isdigit() else 0
        if 1 < last <= 20:
            yield from (Source(at, "top", place) for place in dict.fromkeys((last, last - 1, last - 2, 1)) if place > 0)
    elif kind == "complete":
        yield from (Source(at, "complete", place) for place in (3, 2))
    elif kind == "word" and value.startswith("start:") and value[6:].isdigit():
        yield Source(at, "start_rank", int(value[6:]))
    elif kind == "word" and value == "ordinal":
        number = ordinal(story, story.folded[mention.start : mention.end])
        if number:
            yield Source(at, "ordinal", number)
    elif kind == "race" and value.isdigit() and not story.folded[mention.end - 1].isdigit():
        yield Source(at, "race_ordinal", int(value))
    elif kind == "number" and value.isdigit() and 0 < int(value) < 61 and row:
        if at == 0 or row[at - 1].kind in ("comma", "semicolon", "colon", "dash") or row[at - 1].kind == "mark":
            yield Source(at, "number", int(value))
        elif at + 1 < len(row) and row[at + 1].kind in ("dash", "mark", "colon"):
            yield Source(at, "number_before", int(value))


def ordinal(story: Story, word: str) -> int:
    """Give the number of an ordinal in words or figures, 0 for other words."""
    if word in story.lexicon.ordinals:
        return story.lexicon.ordinals[word]
    digits = "".join(letter for letter in word if letter.isdigit())
    return int(digits) if digits and len(digits) < 3 else 0


def options_of(runners: Sequence[Runner], sources: Sequence[Source]) -> Iterator[Option]:
    """Give each runner with the sources near him, and with the first place for no reason."""
    spots = sorted({source.at for source in sources})
    for runner in runners:
        before = [at for at in spots if at < runner.first][-NEAR_SOURCES:]
        behind = [at for at in spots if at >= runner.first][: NEAR_SOURCES + 1]
        near = {*before, *behind}
        for source in sources:
            if source.at in near:
                yield Option(runner, source)
        yield Option(runner, Source(-1, "none", 1))


def links_of(runners: Sequence[Runner]) -> Iterator[Link]:
    """Give who may stand one place behind whom: each runner with those named just before and just after him."""
    for runner in runners:
        if runner.first < 0:
            continue
        before = [other for other in runners if other.first >= 0 and _is_before(other, runner)]
        behind = [other for other in runners if other.first >= runner.last]
        near = {*sorted({_spot(other) for other in before})[-_LINKS_BACK:]}
        near |= {*sorted({_spot(other) for other in behind})[:_LINKS_ON]}
        opening = [other for other in runners if other.first < 0] if not before else []
        for other in (*before, *behind, *opening):
            if (other.first < 0 or _spot(other) in near) and not set(other.entity) & set(runner.entity):
                yield Link(runner, other)


#: How many runners before and behind somebody may be the one ahead of him.
_LINKS_BACK = 3
_LINKS_ON = 2


def _spot(runner: Runner) -> tuple[int, int]:
    return runner.first, runner.part


def _is_before(other: Runner, runner: Runner) -> bool:
    """Tell whether one is named before another; of a crew's parts, each before the next."""
    parts = other.form == runner.form == "part" and other.first == runner.first and other.part + 1 == runner.part
    return other.last <= runner.first or parts
