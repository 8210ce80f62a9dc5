"""The nets over a story: what each sentence is about, and what each driver's mention in it is told to have done.

They are of one shape, trained from different beginnings; what they hold likely is averaged, which is right more often than any
of them alone.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from itertools import pairwise

import numpy as np

from racing.reading.facts import Span
from racing.reading.learned.layers import NEVER, Ints, Weights, chain, gru, linear, sigmoid, softmax
from racing.reading.learned.sight import KINDS, RACES, SEVERAL, Sight, see, value_numbers
from racing.reading.learned.vectors import Floats, Words, word_table
from racing.reading.story import Story

#: What a mention may be told of, in the order of the net's outputs.
TOLD = ("results", "qualifying", "fastest_laps", "penalties", "retirements", "standings")
_FARTHEST = 20


@dataclass(frozen=True, slots=True)
class Pointer:
    """Where in its sentence something about a mention is told: spans with their shares; `nowhere` is the share of none.

    Of a class `nowhere` means the order of all, and `elsewhere` a class that the sentence does not name.
    """

    at: tuple[tuple[Span, float], ...]
    nowhere: float
    elsewhere: float = 0.0


@dataclass(frozen=True, slots=True)
class Told:
    """What the net holds likely of a mention, each between 0 and 1.

    `kinds` go by `TOLD`; `places` are first to fifth and lower; `rankings` are overall, track and class; `races` first to
    fourth. `place_at` points at the words that tell the place, `class_at` at the class, `ahead_at` at who is one ahead.
    """

    scene: int
    span: Span
    kinds: tuple[float, ...]
    places: tuple[float, ...]
    rankings: tuple[float, ...]
    races: tuple[float, ...]
    place_at: Pointer
    class_at: Pointer
    ahead_at: Pointer


@dataclass(frozen=True, slots=True)
class Outlook:
    """What the net makes of a story: for each scene shares by `SESSIONS`, and of races 1 to 4 and several; and its runners."""

    sessions: Floats
    races: Floats
    runners: tuple[Told, ...]


class Net:
    """The trained nets: their weights, with an axis of nets in front, and the table of values, which is one for all."""

    def __init__(self, weights: Weights, values: Mapping[str, int], table: Words) -> None:
        self.weights = weights
        self.values = values
        self.table = table

    def look(self, story: Story) -> Outlook:
        """Read a story whose scenes stand; a story of no sentence gives a view of nothing."""
        sight = see(story, self.table)
        if not len(sight.steps):
            return Outlook(np.zeros((0, 6), np.float32), np.zeros((0, RACES + 1), np.float32), ())
        tokens, own = self._tokens(sight)
        states = gru(self.weights, "tg", tokens, sight.starts)
        context = self._sentences(sight, states)
        leaning = linear(self.weights, "hr", context)
        emissions = np.einsum("skc,nsc->nsk", sight.races, leaning)
        steps = self.weights["trans"][:, sight.steps][:, :, STEP_KINDS]
        sessions = softmax(linear(self.weights, "hs", context)).mean(0)
        runners = tuple(self._runners(sight, own, states, context, leaning)) if sight.runners else ()
        return Outlook(sessions, chain(emissions, steps).mean(0), runners)

    def _tokens(self, sight: Sight) -> tuple[Floats, Floats]:
        """Give each token's row, and the part of it that tells its kind and value."""
        weights = self.weights
        values = value_numbers(sight.values, self.values)
        own = np.concatenate([weights["ek.weight"][:, sight.kinds], weights["ev.weight"][:, values]], axis=2)
        count = np.maximum((sight.words >= 0).sum(1), 1)[:, None]
        words = linear(weights, "pv", self.table.vectors(sight.words).sum(1) / count)
        return np.concatenate([own, words, self._for_each(sight.marks)], axis=2).astype(np.float32), own

    def _for_each(self, rows: Floats) -> Floats:
        """Give the same rows to each net."""
        return np.broadcast_to(rows, (len(self.weights["trans"]), *rows.shape))

    def _sentences(self, sight: Sight, states: Floats) -> Floats:
        """Give each sentence's row, its neighbours considered."""
        nets, count = len(states), len(sight.steps)
        weight = linear(self.weights, "att", states)[..., 0]
        pooled = np.zeros((nets, count, 2 * states.shape[2]), dtype=np.float32)
        for at, (first, last) in enumerate(zip(sight.starts[:-1], sight.starts[1:], strict=True)):
            if last > first:
                part = states[:, first:last]
                mean = softmax(weight[:, first:last])[:, None] @ part
                pooled[:, at] = np.concatenate([mean[:, 0], part.max(1)], axis=1)
        shapes = self._for_each(np.concatenate([sight.shapes, sight.races.reshape(count, -1)], axis=1))
        rows = np.tanh(linear(self.weights, "sp", np.concatenate([pooled, shapes], axis=2)))
        around = gru(self.weights, "sg", rows, np.array([0, count]))
        return np.concatenate([around, rows], axis=2)

    def _runners(self, sight: Sight, own: Floats, states: Floats, context: Floats, leaning: Floats) -> list[Told]:
        weights = self.weights
        at = np.array(sight.runners)
        scenes = np.searchsorted(sight.starts, at, side="right") - 1
        around = np.tanh(linear(weights, "mc", context[:, scenes]))
        seen = np.concatenate([states[:, at], around, self._for_each(sight.marks[at])], axis=2)
        rows = np.tanh(linear(weights, "m1", seen))
        kinds, places, rankings = (sigmoid(linear(weights, name, rows)).mean(0) for name in ("mk", "mp", "mr"))
        lean = np.einsum(
            "skc,nsc->nsk", sight.races[scenes][:, :SEVERAL], leaning[:, scenes] + linear(weights, "mrace", rows)
        )
        races = softmax(lean + np.einsum("skc,nsc->nsk", sight.near, linear(weights, "mnear", rows))).mean(0)
        pointers = self._pointers(sight, np.concatenate([states, own], axis=2), rows, at, scenes)
        return [
            Told(scene, Span(*sight.spans[token]), tuple(kind), tuple(place), tuple(ranking), tuple(race), *pointed)
            for token, scene, kind, place, ranking, race, pointed in zip(
                sight.runners,
                scenes.tolist(),
                kinds.tolist(),
                places.tolist(),
                rankings.tolist(),
                races.tolist(),
                pointers,
                strict=True,
            )
        ]

    def _pointers(
        self, sight: Sight, seen: Floats, rows: Floats, at: Ints, scenes: Ints
    ) -> list[tuple[Pointer, Pointer, Pointer]]:
        """Give what each runner points at: the words of his place, his class, who is ahead of him."""
        weights = self.weights
        runs = np.zeros(seen.shape[1], dtype=bool)
        runs[sight.runners] = True
        asked = []
        for end, may in (("", None), ("c", sight.kinds == KINDS["class"]), ("a", runs)):
            keys, queries = linear(weights, f"k{end}", seen), linear(weights, f"q{end}", rows) / 5
            asked.append(
                (keys, queries, linear(weights, f"none{end}", rows), weights[f"dist{end}.weight"][..., 0], may)
            )
        found: list[list[Pointer]] = [[] for _ in at]
        edges = np.flatnonzero(np.diff(scenes, prepend=-1, append=-1))
        for here, there in pairwise(edges.tolist()):
            scene, own = scenes[here], np.arange(here, there)
            first, last = int(sight.starts[scene]), int(sight.starts[scene + 1])
            far = np.clip(np.arange(first, last)[None] - at[own][:, None], -_FARTHEST, _FARTHEST) + _FARTHEST
            for keys, queries, none, distance, may in asked:
                score = queries[:, own] @ keys[:, first:last].swapaxes(1, 2) + distance[:, far]
                score = score if may is None else np.where(may[first:last], score, NEVER)
                shares = softmax(np.concatenate([score, none[:, own]], axis=2).astype(np.float32))
                for number, pointer in zip(own, _pointed(sight, first, last, shares.mean(0)), strict=True):
                    found[number].append(pointer)
        return [(place, of_class, ahead) for place, of_class, ahead in found]


#: A share below this says nothing.
_LEAST = 0.03


def _pointed(sight: Sight, first: int, last: int, shares: Floats) -> Iterator[Pointer]:
    """Give where each row of shares points; a row has those of the words from `first` to `last`, then those of none of them."""
    at: list[list[tuple[Span, float]]] = [[] for _ in shares]
    for number, word in np.argwhere(shares[:, : last - first] > _LEAST).tolist():
        at[number].append((Span(*sight.spans[first + word]), float(shares[number, word])))
    for spans, rest in zip(at, shares[:, last - first :].tolist(), strict=True):
        yield Pointer(tuple(spans), rest[0], rest[1] if len(rest) > 1 else 0.0)


def _step_kinds() -> Ints:
    """Give the kind of the step from each race to each: on, stay, back, to and from several."""
    kinds = np.zeros((RACES + 1, RACES + 1), dtype=np.int64)
    for one in range(RACES + 1):
        for other in range(RACES + 1):
            if one == other:
                kind = 0 if one < SEVERAL else 1
            elif other == SEVERAL:
                kind = 2
            elif one == SEVERAL:
                kind = 3 if other == 0 else 4
            elif other > one:
                kind = 5 if other == one + 1 else 6
            else:
                kind = 7 if other == one - 1 else 8
            kinds[one, other] = kind
    return kinds


#: The kind of the step from each race to each.
STEP_KINDS = _step_kinds()


def net_in(folder: Traversable) -> Net:
    """Read the net that a folder has."""
    values = json.loads(folder.joinpath("values.json").read_text("utf-8"))
    with folder.joinpath("network.npz").open("rb") as file, np.load(file) as data:
        weights = {name: data[name].astype(np.float32) for name in data.files}
    return Net(weights, {value: number for number, value in enumerate(values, 1)}, word_table())


@cache
def trained_net() -> Net:
    """Read the net that comes with the package."""
    return net_in(resources.files("racing.reading.learned"))
