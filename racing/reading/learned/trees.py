"""Boosted trees at reading time: plain arrays and numpy, the same figures as where they were grown.

Features come by name. A forest knows the names that it was grown on; one that it does not know says nothing, one that is
missing is nought.
"""

from collections.abc import Mapping, Sequence
from importlib import resources
from importlib.resources.abc import Traversable

import numpy as np
from numpy.typing import NDArray

Features = Mapping[str, float]
Scores = NDArray[np.float64]

#: So many rows go through a forest at once: what is needed for them stays small, however long the text.
_AT_ONCE = 2000


class Forest:
    """Trees whose leaves add up to the logarithm of odds: one sum, or one for each class.

    Nodes of all trees stand in one row; a leaf is its own child, so that every row can take the same number of steps.
    """

    def __init__(self, data: Mapping[str, NDArray[np.generic]]) -> None:
        self.names = {name: at for at, name in enumerate(bytes(data["names"]).decode().split("\x1f"))}
        self.feature = data["feature"].astype(np.intp)
        self.threshold = data["threshold"].astype(np.float64)
        self.left = data["left"].astype(np.intp)
        self.right = data["right"].astype(np.intp)
        self.value = data["value"].astype(np.float64)
        self.roots = data["roots"].astype(np.intp)
        self.classes = int(data["classes"])
        self.depth = int(data["depth"])

    def rows(self, found: Sequence[Features]) -> NDArray[np.float32]:
        """Lay features out as rows of figures."""
        rows = np.zeros((len(found), len(self.names)), dtype=np.float32)
        for row, features in zip(rows, found, strict=True):
            for name, value in features.items():
                at = self.names.get(name)
                if at is not None:
                    row[at] = value
        return rows

    def scores(self, found: Sequence[Features]) -> Scores:
        """Give how likely each row is: one figure a row, or as many as there are classes."""
        parts = [self._some(found[at : at + _AT_ONCE]) for at in range(0, len(found), _AT_ONCE)]
        if not parts:
            return np.zeros((0, self.classes) if self.classes > 1 else 0)
        return np.concatenate(parts)

    def _some(self, found: Sequence[Features]) -> Scores:
        rows = self.rows(found)
        which = np.arange(len(rows))[:, None]
        node = np.repeat(self.roots[None, :], len(rows), axis=0)
        for _ in range(self.depth):
            node = np.where(rows[which, self.feature[node]] <= self.threshold[node], self.left[node], self.right[node])
        leaves = self.value[node]
        if self.classes == 1:
            return np.asarray(1 / (1 + np.exp(-leaves.sum(axis=1))))
        sums = leaves.reshape(len(rows), -1, self.classes).sum(axis=1)
        odds = np.exp(sums - sums.max(axis=1, keepdims=True))
        return np.asarray(odds / odds.sum(axis=1, keepdims=True))


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
