"""Boosted trees at reading time: plain arrays and numpy, the same figures as where they were grown.

Features come by name. A forest knows the names that it was grown on; one that it does not know says nothing, one that is
missing is nought.

All rows go through all trees at once, a row a bit: few questions are asked in a forest, each many times, so that each is asked
of all rows first, and what reaches a node is what reached the node above it and was answered so. Which leaf of a tree a row
reaches is then put together from the bits of the leaf's number. (Like Lucchese et al., "QuickScorer", SIGIR 2015, with rows
for leaves in the bits.)
"""

from collections.abc import Mapping, Sequence
from importlib import resources
from importlib.resources.abc import Traversable
from itertools import chain, repeat

import numpy as np
from numpy.typing import NDArray

Features = Mapping[str, float]
Scores = NDArray[np.float64]
Places = NDArray[np.intp]

#: So many rows go through a forest at once: what is needed for them stays small, however long the text.
_AT_ONCE = 512
#: So many rows are in one word of bits.
_WORD = 64


class Forest:
    """Trees whose leaves add up to the logarithm of odds: one sum, or one for each class.

    `data` has the nodes of all trees in one row: each asks whether its `feature` is at most its `threshold`, goes on at `left`
    where it is and at `right` where not, and has a `value`; a leaf is its own child. `roots` are the trees' first nodes; trees
    take turns with `classes`.
    """

    def __init__(self, data: Mapping[str, NDArray[np.generic]]) -> None:
        self.names = {name: at for at, name in enumerate(bytes(data["names"]).decode().split("\x1f"))}
        self.classes = int(data["classes"])
        left, right, roots = (data[name].astype(np.intp) for name in ("left", "right", "roots"))
        leaf = left == np.arange(len(left))
        asks = self._questions(data["feature"].astype(np.intp), data["threshold"].astype(np.float64), leaf)
        nodes, trees = self._levels(left, right, roots, leaf, asks)
        self._leaves(data["value"].astype(np.float64), nodes, trees, leaf[nodes])

    def _questions(self, feature: Places, threshold: Scores, leaf: NDArray[np.bool_]) -> Places:
        """Keep every question once. Gives the number of each node's."""
        rounded = threshold.astype(np.float32)  # as rows are; rounded down, every answer is the same
        rounded = np.where(rounded > threshold, np.nextafter(rounded, np.float32(-np.inf)), rounded)
        pairs = np.stack([feature.astype(np.float64), rounded.astype(np.float64)], axis=1)
        questions, numbers = np.unique(pairs[~leaf], axis=0, return_inverse=True)
        self._asked = questions[:, 0].astype(np.intp)
        self._most = questions[:, 1].astype(np.float32)[:, None]
        asks = np.zeros(len(leaf), dtype=np.intp)
        asks[~leaf] = numbers.reshape(-1)
        return asks

    def _levels(
        self, left: Places, right: Places, roots: Places, leaf: NDArray[np.bool_], asks: Places
    ) -> tuple[Places, Places]:
        """Keep for each level of all trees the places of the nodes above and the answers that lead to it.

        Gives the nodes level by level and the tree of each. The answers "no" are counted behind all answers "yes".
        """
        self._steps: list[tuple[Places, Places]] = []
        nodes, trees = [roots], [np.arange(len(roots))]
        first = 0
        while len(above := np.flatnonzero(~leaf[nodes[-1]])):
            inner = nodes[-1][above]
            self._steps.append(
                (np.tile(first + above, 2), np.concatenate([asks[inner], asks[inner] + len(self._asked)]))
            )
            first += len(nodes[-1])
            nodes.append(np.concatenate([left[inner], right[inner]]))
            trees.append(np.tile(trees[-1][above], 2))
        return np.concatenate(nodes), np.concatenate(trees)

    def _leaves(self, value: Scores, nodes: Places, trees: Places, leaf: NDArray[np.bool_]) -> None:
        """Keep the places and the values of the leaves, a row a tree; a row is filled up with a place that nothing reaches."""
        places = np.flatnonzero(leaf)
        places = places[np.argsort(trees[places], kind="stable")]
        counts = np.bincount(trees[places])
        size = 1 << int(counts.max() - 1).bit_length()
        which = trees[places], np.arange(len(places)) - np.repeat(np.cumsum(counts) - counts, counts)
        self._ends = np.full((len(counts), size), len(nodes), dtype=np.intp)
        self._ends[which] = places
        self._values = np.zeros((len(counts), size))
        self._values[which] = value[nodes[places]]

    def columns(self, found: Sequence[Features]) -> NDArray[np.float32]:
        """Lay features out, a row a name and a column a row of `found`; noughts fill the columns up to whole words of bits."""
        sizes = np.fromiter(map(len, found), np.intp, len(found))
        count = int(sizes.sum())
        unknown = len(self.names)
        names = np.fromiter(map(self.names.get, chain.from_iterable(found), repeat(unknown)), np.intp, count)
        values = np.fromiter(chain.from_iterable(row.values() for row in found), np.float32, count)
        table = np.zeros((unknown + 1, -(-len(found) // _WORD) * _WORD), dtype=np.float32)
        table[names, np.repeat(np.arange(len(found)), sizes)] = values
        return table

    def scores(self, found: Sequence[Features]) -> Scores:
        """Give how likely each row is: one figure a row, or as many as there are classes."""
        parts = [self._some(found[at : at + _AT_ONCE]) for at in range(0, len(found), _AT_ONCE)]
        if not parts:
            return np.zeros((0, self.classes) if self.classes > 1 else 0)
        return np.concatenate(parts)

    def _some(self, found: Sequence[Features]) -> Scores:
        leaves = self._reached(self.columns(found))[:, : len(found)]
        values = self._values.ravel().take(leaves + self._values.shape[1] * np.arange(len(leaves))[:, None])
        if self.classes == 1:
            return np.asarray(1 / (1 + np.exp(-values.sum(axis=0))))
        sums = values.reshape(-1, self.classes, len(found)).sum(axis=0).T
        odds = np.exp(sums - sums.max(axis=1, keepdims=True))
        return np.asarray(odds / odds.sum(axis=1, keepdims=True))

    def _reached(self, table: NDArray[np.float32]) -> NDArray[np.uint16]:
        """Give the number of the leaf that each column reaches in each tree."""
        yes = np.packbits(table[self._asked] <= self._most, axis=1).view(np.uint64)
        answers = np.concatenate([yes, ~yes])
        trees = len(self._ends)
        reached = np.zeros((sum(len(above) for above, _ in self._steps) + trees + 1, yes.shape[1]), dtype=np.uint64)
        reached[:trees] = ~np.uint64(0)
        first = trees
        for above, answered in self._steps:
            np.bitwise_and(reached[above], answers[answered], out=reached[first : first + len(above)])
            first += len(above)
        leaves = reached[self._ends]
        numbers = np.zeros((trees, table.shape[1]), dtype=np.uint16)
        while (half := leaves.shape[1] // 2) > 0:
            upper = np.bitwise_or.reduce(leaves[:, half:], axis=1)
            numbers += np.uint16(half) * np.unpackbits(upper.view(np.uint8), axis=1)
            leaves = leaves[:, :half] | leaves[:, half:]
        return numbers


class Shelf:
    """Where forests are read from. In training it is a folder of those grown on other reports."""

    def __init__(self, folder: Traversable) -> None:
        self.folder = folder
        self.read: dict[str, Forest] = {}

    def forest(self, name: str) -> Forest:
        """Read a forest, once."""
        if name not in self.read:
            with self.folder.joinpath(f"{name}.npz").open("rb") as file, np.load(file) as data:
                self.read[name] = Forest(dict(data))
        return self.read[name]


shelf = Shelf(resources.files("racing.reading.learned").joinpath("forests"))


def forest(name: str) -> Forest:
    """Give a forest of the shelf."""
    return shelf.forest(name)
