"""Forests at reading time: what hand-made trees say, for one row and for many."""

from math import exp
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from racing.reading.learned import trees
from racing.reading.learned.trees import Forest, Shelf, forest

#: Two trees: "far <= 2.5" gives 1 or -1, then "near <= 0" gives 0.5 or a second question, "far <= 7", of 0.25 or -2.
_TREES = {
    "names": np.frombuffer(b"far\x1fnear", np.uint8),
    "feature": np.array([0, 0, 0, 1, 0, 0, 0, 0], np.int16),
    "threshold": np.array([2.5, 0, 0, 0.0, 0, 7.0, 0, 0]),
    "left": np.array([1, 1, 2, 4, 4, 6, 6, 7], np.int32),
    "right": np.array([2, 1, 2, 5, 4, 7, 6, 7], np.int32),
    "value": np.array([0, 1.0, -1.0, 0, 0.5, 0, 0.25, -2.0]),
    "roots": np.array([0, 3], np.int32),
    "depth": np.array(2),
}


def _grown(classes: int) -> Forest:
    return Forest({**_TREES, "classes": np.array(classes)})


def _odds(value: float) -> float:
    return 1 / (1 + exp(-value))


@pytest.mark.parametrize(
    ("features", "value"),
    [
        ({"far": 2.5}, 1.5),
        ({"far": 3.0}, -0.5),
        ({"far": 3.0, "near": 1.0}, -0.75),
        ({"far": 9.0, "near": 1.0}, -3.0),
        ({"unheard": 4.0}, 1.5),
        ({}, 1.5),
    ],
)
def test_leaves_add_up_to_the_logarithm_of_odds(features: dict[str, float], value: float) -> None:
    assert _grown(1).scores([features])[0] == pytest.approx(_odds(value), abs=1e-12)


def test_trees_take_turns_with_classes() -> None:
    first, second = _grown(2).scores([{"far": 9.0, "near": 1.0}])[0]
    assert (first, second) == (
        pytest.approx(exp(-1) / (exp(-1) + exp(-2))),
        pytest.approx(exp(-2) / (exp(-1) + exp(-2))),
    )


def test_many_rows_say_what_each_says_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [{"far": float(n % 11), "near": float(n % 3)} for n in range(50)]
    alone = [float(_grown(1).scores([row])[0]) for row in rows]
    monkeypatch.setattr(trees, "_AT_ONCE", 7)
    assert _grown(1).scores(rows).tolist() == pytest.approx(alone)


@st.composite
def _forests(draw: st.DrawFn) -> dict[str, np.ndarray[Any, Any]]:
    """Grow trees of any shape: at every leaf a drawn choice says whether it is split further."""
    nodes: list[tuple[int, float, int, int, float]] = []

    def grow(level: int) -> int:
        at = len(nodes)
        nodes.append((0, 0.0, at, at, draw(st.floats(-2, 2))))
        if level < 5 and draw(st.booleans()):
            feature, threshold = draw(st.integers(0, 2)), draw(st.sampled_from((-1.5, 0.0, 1e-35, 0.1, 0.5, 2.0)))
            left, right = grow(level + 1), grow(level + 1)
            nodes[at] = (feature, threshold, left, right, 0.0)
        return at

    roots = [grow(0) for _ in range(2 * draw(st.integers(1, 3)))]
    features, thresholds, left, right, values = (np.array(column) for column in zip(*nodes, strict=True))
    return {
        "names": np.frombuffer(b"a\x1fb\x1fc", np.uint8), "feature": features, "threshold": thresholds, "left": left,
        "right": right, "value": values, "roots": np.array(roots), "classes": np.array(1),
    }  # fmt: skip


def _gone_down(grown: dict[str, np.ndarray[Any, Any]], row: dict[str, float]) -> float:
    """Go down every tree node by node; features are compared as the narrow floats that they are kept as."""
    total = 0.0
    for root in grown["roots"]:
        node = int(root)
        while grown["left"][node] != node:
            value = float(np.float32(row.get("abc"[grown["feature"][node]], 0.0)))
            node = int(grown["left" if value <= grown["threshold"][node] else "right"][node])
        total += float(grown["value"][node])
    return _odds(total)


_ROWS = st.lists(st.dictionaries(st.sampled_from("abcd"), st.sampled_from((-2.0, 0.0, 0.1, 0.5, 3.0))), max_size=70)


@given(grown=_forests(), rows=_ROWS)
def test_all_rows_at_once_reach_the_leaves_that_each_reaches_step_by_step(
    grown: dict[str, np.ndarray[Any, Any]], rows: list[dict[str, float]]
) -> None:
    alone = [_gone_down(grown, row) for row in rows]
    assert Forest(grown).scores(rows).tolist() == pytest.approx(alone, abs=1e-12)


def test_no_rows_have_no_scores() -> None:
    assert (_grown(1).scores([]).shape, _grown(3).scores([]).shape) == ((0,), (0, 3))


@pytest.mark.parametrize(
    ("name", "classes"),
    [
        ("names", 4),
        ("classes", 1),
        ("crews", 1),
        ("options", 3),
        ("links", 1),
        ("rankings", 1),
        ("claims", 1),
        ("claims_again", 1),
    ],
)
def test_every_forest_of_the_package_can_be_asked(name: str, classes: int) -> None:
    scores = forest(name).scores([{}, {"size": 2.0}])
    assert scores.shape == ((2, classes) if classes > 1 else (2,))
    assert np.all((scores >= 0) & (scores <= 1))


def test_a_shelf_reads_a_forest_once(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("shelf")
    np.savez(folder / "small.npz", **_TREES, classes=np.array(1))
    shelf = Shelf(folder)
    assert shelf.forest("small") is shelf.forest("small")
