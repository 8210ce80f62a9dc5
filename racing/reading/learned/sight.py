"""What the net sees of a story: its tokens by kind, value, word and marks, its sentences by shape and by what names a race.

Names are tokens of their kind: the net never sees how somebody is called.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from racing.reading.learned.vectors import Floats, Words
from racing.reading.mentions import SIGNS, Mention
from racing.reading.story import Scene, Story, is_subject_at

KINDS = {kind: number for number, kind in enumerate(dict.fromkeys(("", "car", "time", *SIGNS)))}
#: These can stand for somebody who was in the race.
RUNNERS = frozenset(("person", "pronoun", "car"))
#: Kinds whose words say nothing: names and figures.
_NAMES = frozenset(("person", "car", "number", "time"))
#: Kinds whose value is a word of the text.
_WORDS = frozenset(("word", "small", "mark"))
_LETTERS = re.compile(r"[^\W\d_]{2,}")
#: A sentence shows no more of itself than so many tokens, a token no more than so many words.
LONGEST = 120
_WORDS_OF_TOKEN = 4
RACES = 4
SEVERAL = RACES
SESSIONS = ("race", "qualifying", "championship", "next", "past", "nothing")


@dataclass(slots=True)
class Sight:
    """A story in figures. Tokens stand in the order of the text; `starts` has each sentence's first, then their number.

    `near` tells of each runner and each race whether it is named about him, `races` the same of each sentence.
    """

    kinds: NDArray[np.int64]
    values: list[str]
    words: NDArray[np.int64]
    marks: Floats
    starts: NDArray[np.int64]
    spans: list[tuple[int, int]]
    runners: list[int]
    near: Floats
    shapes: Floats
    races: Floats
    steps: NDArray[np.int64]


def see(story: Story, table: Words) -> Sight:
    """Look at a story whose scenes have been told, their scopes by rule among that."""
    kinds: list[int] = []
    values: list[str] = []
    words: list[list[int]] = []
    marks: list[list[float]] = []
    spans: list[tuple[int, int]] = []
    runners: list[int] = []
    cues: list[int] = []
    starts = [0]
    days = days_of(story.scenes)
    known: dict[str, int] = {}
    met: set[tuple[int, ...]] = set()
    for scene in story.scenes:
        last: tuple[int, ...] = ()
        for at, (mention, own) in enumerate(_flat(scene.mentions)):
            who = mention.crew or mention.who
            inside = own < 0
            subject = not inside and mention.kind in ("person", "pronoun") and is_subject_at(scene.mentions, own)
            marks.append(
                [
                    float(inside),
                    float(story.text[mention.start : mention.start + 1].isupper()),
                    float(at == 0),
                    float(bool(who) and who not in met),
                    float(bool(who) and who == last),
                    float(len(mention.crew) > 1),
                    float(len(mention.who) > 1),
                    float(subject),
                    float(bool(mention.aside)),
                    float(mention.kind == "person" and not mention.crew and not _is_full(story, mention)),
                    min(at, 40) / 40,
                    _size(mention),
                ]
            )
            if who:
                met.add(who)
                last = who
            if mention.kind in RUNNERS or (mention.kind == "word" and mention.value == "team"):
                runners.append(len(kinds))
            kinds.append(KINDS.get(mention.kind, 0))
            values.append(_value(mention))
            cues.append(_race(mention, days))
            words.append(_rows(story.folded, mention, table, known))
            spans.append((mention.start, mention.end))
        starts.append(len(kinds))
    shapes, races, steps = _sentences(story.scenes, days)
    rows = np.full((len(kinds), _WORDS_OF_TOKEN), -1, dtype=np.int64)
    for number, row in enumerate(words):
        rows[number, : len(row)] = row
    return Sight(
        np.array(kinds, dtype=np.int64),
        values,
        rows,
        np.array(marks, dtype=np.float32).reshape(len(kinds), MARKS),
        np.array(starts, dtype=np.int64),
        spans,
        runners,
        _near(kinds, cues, starts, runners),
        shapes,
        races,
        steps,
    )


MARKS = 12


def days_of(scenes: Sequence[Scene]) -> list[int]:
    """Give the days that a text names outside quotes, sorted: the first may be the first race's."""
    return sorted(
        {
            int(mention.value)
            for scene in scenes
            if not scene.sentence.quoted
            for mention in scene.mentions
            if mention.kind == "day" and mention.value.isdigit()
        }
    )


def _race(mention: Mention, days: Sequence[int]) -> int:
    """Give the race that a mention names, by its number or by its day; 0 for others."""
    if not mention.value.isdigit():
        return 0
    number = int(mention.value)
    if mention.kind == "race":
        return number if number <= RACES else 0
    if mention.kind == "day" and number in days and len(days) > 1:
        return min(days.index(number) + 1, RACES)
    return 0


#: How many figures tell of a runner and one race.
NEAR = 7
_CLOSE = 8


def _near(kinds: Sequence[int], cues: Sequence[int], starts: Sequence[int], runners: Sequence[int]) -> Floats:
    """Give for each runner and race whether the race is named before him, behind him, near, in his clause, first."""
    found = np.zeros((len(runners), RACES, NEAR), dtype=np.float32)
    scene = 0
    for row, token in enumerate(runners):
        while starts[scene + 1] <= token:
            scene += 1
        named = [at for at in range(starts[scene], starts[scene + 1]) if cues[at]]
        if not named:
            continue
        before = max((at for at in named if at < token), default=-1)
        behind = min((at for at in named if at > token), default=-1)
        nearest = min(named, key=lambda at: abs(at - token))
        for sort, at in enumerate((before, behind, nearest, named[0])):
            if at >= 0:
                found[row, cues[at] - 1, sort] = 1
        if abs(nearest - token) <= _CLOSE:
            found[row, cues[nearest] - 1, 4] = 1
        if before >= 0 and token - before <= _CLOSE:
            found[row, cues[before] - 1, 5] = 1
        for at in named:
            between = kinds[min(at, token) : max(at, token)]
            if not any(kind in _ENDS for kind in between):
                found[row, cues[at] - 1, 6] = 1
    return found


#: A clause ends at one of these.
_ENDS = (KINDS["break"], KINDS["semicolon"])


def _is_full(story: Story, mention: Mention) -> bool:
    """Tell whether a person is named with more than a surname."""
    return " " in story.text[mention.start : mention.end].strip()


def _size(mention: Mention) -> float:
    """Give a figure as a number between 0 and 1."""
    return min(int(mention.value), 60) / 60 if mention.value.isdigit() and len(mention.value) < 4 else 0.0


def _flat(mentions: Sequence[Mention]) -> Iterator[tuple[Mention, int]]:
    """Give the mentions of a sentence with their number, those in brackets with -1; long sentences end early."""
    count = 0
    for at, mention in enumerate(mentions):
        for one, own in ((mention, at), *((other, -1) for other in mention.aside)):
            if count == LONGEST:
                return
            count += 1
            yield one, own


def _value(mention: Mention) -> str:
    """Give what stands in the table of values for a mention: its kind, and its value where that is one of few."""
    if mention.kind in _WORDS:
        return "word:" + mention.value
    if mention.kind in ("person", "car", "time", "class"):
        return mention.kind
    if mention.value.isdigit():
        return f"{mention.kind}:{min(int(mention.value[:3]), 21)}"
    return f"{mention.kind}:{mention.value}"


def _rows(folded: str, mention: Mention, table: Words, known: dict[str, int]) -> list[int]:
    """Give the rows of a mention's words."""
    if mention.kind in _NAMES or (mention.kind == "word" and mention.value == "team"):
        return []
    found = []
    for match in _LETTERS.finditer(folded, mention.start, mention.end):
        word = match[0]
        if word not in known:
            known[word] = table.row_of(word)
        if known[word] >= 0:
            found.append(known[word])
    return found[:_WORDS_OF_TOKEN]


#: How many figures tell of a sentence's shape, of a sentence and one race, and of the step from the sentence before.
SHAPES = 26
CUES = 27
STEPS = 4


def _sentences(scenes: Sequence[Scene], days: Sequence[int]) -> tuple[Floats, Floats, NDArray[np.int64]]:
    """Give each sentence's shape, what speaks for each race in it, and how it follows on the one before."""
    told = [_named(scene) for scene in scenes]
    count = _how_many(scenes, told, days)
    shapes = np.zeros((len(scenes), SHAPES), dtype=np.float32)
    races = np.zeros((len(scenes), RACES + 1, CUES), dtype=np.float32)
    steps = np.zeros(len(scenes), dtype=np.int64)
    behind = _next_named(told)
    current = headed = day = 0
    since, paragraph = 20, -1
    for at, scene in enumerate(scenes):
        own, passing, found = told[at]
        sentence = scene.sentence
        fresh = sentence.paragraph != paragraph
        steps[at] = 3 if sentence.heading else 2 if sentence.listed else 1 if fresh else 0
        ranks = [days.index(name) + 1 for name in found if name in days]
        shapes[at] = _shape(scene, at / max(1, len(scenes)), fresh, since, (own, ranks), count)
        now = _Now(own, passing, ranks, found, current, headed, day, behind[at], count, scene.race or 0)
        for number in range(1, RACES + 1):
            races[at, number - 1] = _cues(number, now)
        races[at, SEVERAL] = _several(scene, now)
        paragraph = sentence.paragraph
        since = min(since + 1, 20)
        if own and not sentence.quoted:
            current, since = own[-1], 0
            headed = own[0] if sentence.heading and len(set(own)) == 1 else headed
        day = ranks[-1] if ranks and not sentence.quoted else day
    return shapes, races, steps


@dataclass(frozen=True, slots=True)
class _Now:
    """What is known of races where a sentence stands."""

    own: list[int]
    passing: list[int]
    ranks: list[int]
    days: list[int]
    current: int
    headed: int
    day: int
    behind: int
    count: int
    rule: int


def _cues(number: int, now: _Now) -> list[float]:
    """Give what speaks for one race."""
    own = now.own
    return [
        1.0, float(number == 1), float(number == 2), float(number == 3), float(number == 4), 0.0,
        float(number in own), float(bool(own) and own[0] == number), float(bool(own) and own[-1] == number),
        float(bool(own) and number not in own), float(number in now.passing),
        float(number in now.ranks), float(bool(now.ranks) and number not in now.ranks),
        float(now.current == number), float(now.current > 0 and number == now.current + 1),
        float(now.current > 0 and number == now.current - 1), float(now.headed == number),
        float(now.day == number), float(now.behind == number), float(number == now.behind - 1),
        float(number <= now.count), float(number == now.count), float(now.rule == number),
        float(now.rule == 0), float(6 in now.days and number == 1), float(7 in now.days and number == 2),
        float(now.count == 1),
    ]  # fmt: skip


def _several(scene: Scene, now: _Now) -> list[float]:
    """Give what speaks for several races at once."""
    row = [0.0] * CUES
    row[5] = 1.0
    row[6] = float(len(set(now.own)) > 1)
    row[7] = float(bool(now.own) and bool(now.passing))
    row[11] = float(len(set(now.ranks)) > 1)
    row[13] = float(any(mention.kind == "several_races" for mention in scene.mentions))
    row[20] = float(now.count > 1)
    row[21] = float(now.count > 2)
    row[23] = float(now.rule == 0)
    row[26] = float(now.count == 1)
    return row


def _shape(
    scene: Scene, place: float, fresh: bool, since: int, told: tuple[list[int], list[int]], count: int
) -> list[float]:
    """Give what a sentence is by its place and outer form."""
    sentence = scene.sentence
    signs = scene.signs
    session = [float(scene.session == name) for name in ("race", "qualifying", "championship", "next", "past")]
    return [
        float(sentence.heading), float(sentence.listed), float(sentence.quoted), float(sentence.repeated), float(fresh),
        float(sentence.paragraph == 0), float(sentence.paragraph < 4), place, min(len(signs), 40) / 40, since / 20,
        float(bool(told[0])), float(bool(told[1])), min(count, 4) / 4, float("P" in signs), float("H" in signs),
        float("N" in signs), float("W" in signs), float("C" in signs), float("p" in signs), float("y" in signs),
        float("w" in signs), *session,
    ]  # fmt: skip


def _named(scene: Scene) -> tuple[list[int], list[int], list[int]]:
    """Give the races that a sentence names, those that it names behind a place or a win, and its days."""
    own: list[int] = []
    passing: list[int] = []
    days: list[int] = []
    result = False
    for mention in scene.mentions:
        if mention.kind == "race" and mention.value.isdigit() and int(mention.value) <= RACES:
            (passing if result else own).append(int(mention.value))
        elif mention.kind == "day" and mention.value.isdigit():
            days.append(int(mention.value))
        result = mention.kind in ("rank", "class_place", "win", "top") or (result and mention.kind != "comma")
    return own or passing, passing if own else [], days


def _how_many(
    scenes: Sequence[Scene], told: Sequence[tuple[list[int], list[int], list[int]]], days: Sequence[int]
) -> int:
    """Count the races that a text seems to tell of: 1 where nothing in it speaks of another."""
    named = [number for own, passing, _ in told for number in (*own, *passing)]
    if named:
        return max(2, *named)
    many = any(mention.kind in ("several_races", "race") for scene in scenes for mention in scene.mentions)
    return 2 if many or len(days) > 1 else 1


def _next_named(told: Sequence[tuple[list[int], list[int], list[int]]]) -> list[int]:
    """Give for each sentence the race that is named next behind it, 0 where none is."""
    found = [0] * len(told)
    for at in range(len(told) - 2, -1, -1):
        found[at] = told[at + 1][0][0] if told[at + 1][0] else found[at + 1]
    return found


def value_numbers(values: Sequence[str], table: Mapping[str, int]) -> NDArray[np.int64]:
    """Give the numbers of values, 0 for one that the table does not have."""
    return np.array([table.get(value, 0) for value in values], dtype=np.int64)
