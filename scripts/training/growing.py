"""Growing forests with LightGBM and writing them as plain arrays that `racing.reading.learned.trees` reads."""

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import lightgbm as lgb
import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from racing.reading.learned.trees import Shelf

SEED = 7
#: One thread and a fixed seed: the same rows grow the same trees.
SETTINGS = {
    "learning_rate": 0.1, "num_leaves": 31, "min_data_in_leaf": 20, "feature_fraction": 0.4, "bagging_fraction": 0.8,
    "bagging_freq": 1, "lambda_l2": 2.0, "max_bin": 63, "verbosity": -1, "num_threads": 1, "seed": SEED, "deterministic": True,
    "force_row_wise": True,
}  # fmt: skip

Rows = Sequence[Mapping[str, float]]
Figures = NDArray[np.float64]


class Sheaf:
    """Rows of features, labels and weights for one forest, laid out once; names in fewer than `least` rows are left out."""

    def __init__(
        self, rows: Rows, labels: Sequence[int], weights: Sequence[float], folds: Sequence[int], least: int
    ) -> None:
        counted = Counter(name for row in rows for name in row)
        self.names = sorted(name for name, times in counted.items() if times >= least)
        index = {name: at for at, name in enumerate(self.names)}
        ends, columns, values = [0], [], []
        for row in rows:
            for name, value in row.items():
                if value and name in index:
                    columns.append(index[name])
                    values.append(value)
            ends.append(len(columns))
        shape = (len(rows), len(self.names))
        self.rows = csr_matrix((np.array(values, np.float32), np.array(columns, np.int32), np.array(ends)), shape=shape)
        self.labels, self.weights, self.folds = np.array(labels), np.array(weights), np.array(folds)

    def grow(self, without: int | None, rounds: int, **settings: Any) -> lgb.Booster:
        """Grow a forest on all rows but those of a fold."""
        use = (self.weights > 0) & (self.folds != without)
        data = lgb.Dataset(self.rows[use], self.labels[use], weight=self.weights[use])
        return lgb.train(SETTINGS | settings, data, rounds)


def write(booster: lgb.Booster, names: Sequence[str], path: Path) -> None:
    """Write a forest as arrays: nodes of all trees in one row, a leaf its own child; names that no tree asks are left out."""
    model = booster.dump_model()
    nodes: list[tuple[int, float, int, int, float]] = []
    roots, depth = [], 0

    def add(node: dict[str, Any], level: int) -> int:
        nonlocal depth
        depth = max(depth, level)
        at = len(nodes)
        nodes.append((0, 0.0, at, at, float(node.get("leaf_value", 0.0))))
        if "split_index" in node:
            if node["decision_type"] != "<=" or node["missing_type"] not in ("None",):
                raise ValueError(f"a split that is not read: {node['decision_type']} {node['missing_type']}")
            left, right = add(node["left_child"], level + 1), add(node["right_child"], level + 1)
            nodes[at] = (node["split_feature"], float(node["threshold"]), left, right, 0.0)
        return at

    for tree in model["tree_info"]:
        roots.append(add(tree["tree_structure"], 0))
    feature = np.array([node[0] for node in nodes])
    inner = np.array([node[2] != at for at, node in enumerate(nodes)])
    asked = sorted(set(feature[inner].tolist()))
    renumbered = np.zeros(len(names), np.int64)
    renumbered[asked] = np.arange(len(asked))
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(
        path,
        names=np.frombuffer("\x1f".join(names[at] for at in asked).encode(), np.uint8),
        feature=np.where(inner, renumbered[feature], 0).astype(np.int16),
        threshold=np.array([node[1] for node in nodes]),
        left=np.array([node[2] for node in nodes], np.int32),
        right=np.array([node[3] for node in nodes], np.int32),
        value=np.array([node[4] for node in nodes]),
        roots=np.array(roots, np.int32),
        classes=np.array(max(1, model["num_tree_per_iteration"])),
        depth=np.array(depth),
    )


def compare(booster: lgb.Booster, sheaf: Sheaf, path: Path) -> None:
    """Raise AssertionError where the written forest does not say what LightGBM says of the first rows."""
    few = sheaf.rows[:300]
    rows = [dict(zip((sheaf.names[at] for at in row.indices), row.data.tolist(), strict=True)) for row in few]
    ours = Shelf(path.parent).forest(path.stem).scores(rows)
    np.testing.assert_allclose(ours, booster.predict(few), atol=1e-9)
