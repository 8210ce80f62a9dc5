"""Word vectors: what a word of French, English, German, Italian or Spanish is near to in its sense."""

from bisect import bisect_left
from functools import cache
from importlib import resources
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

#: A word that the table does not have takes the vector of one that begins alike: with so many letters, and such a share.
_ALIKE = 4
_SHARE = 0.7


class Words(NamedTuple):
    """The table: words folded and sorted, and a row of small whole numbers for each, times `scale`."""

    words: tuple[str, ...]
    rows: NDArray[np.int8]
    scale: Floats

    @property
    def width(self) -> int:
        """How long a vector is."""
        return int(self.rows.shape[1])

    def row_of(self, word: str) -> int:
        """Give the row of a folded word, or of the word that begins most like it; -1 where none does."""
        at = bisect_left(self.words, word)
        if at < len(self.words) and self.words[at] == word:
            return at
        best, row = 0, -1
        for near in (at - 1, at):
            if 0 <= near < len(self.words):
                same = _alike(word, self.words[near])
                if same > best and same >= max(_ALIKE, _SHARE * max(len(word), len(self.words[near]))):
                    best, row = same, near
        return row

    def vectors(self, rows: NDArray[np.int64]) -> Floats:
        """Give the vectors of rows, noughts for -1."""
        found = self.rows[np.maximum(rows, 0)] * self.scale
        found[rows < 0] = 0
        return found.astype(np.float32)


def _alike(one: str, other: str) -> int:
    """Count the letters with which both words begin."""
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


@cache
def word_table() -> Words:
    """Read the table that comes with the package."""
    with resources.files("racing.reading.learned").joinpath("words.npz").open("rb") as file, np.load(file) as data:
        words = tuple(bytes(data["words"]).decode().split("\n"))
        return Words(words, data["vectors"], data["scale"])
