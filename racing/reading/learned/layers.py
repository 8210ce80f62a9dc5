"""The layers of the nets, in numpy: each does at reading time what its namesake did in training.

Several nets of one shape are asked at once: weights have an axis of nets in front, and so has what comes out. What goes in may
have it, or be the same for all of them.
"""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from racing.reading.learned.vectors import Floats

Ints = NDArray[np.int64]
Weights = Mapping[str, Floats]

#: Less likely than anything.
NEVER = np.float32(-1e4)


def linear(weights: Weights, name: str, x: Floats) -> Floats:
    """Apply the linear layer of a name to rows, for each net: what comes out is nets x rows x figures."""
    y: Floats = x @ weights[f"{name}.weight"].swapaxes(1, 2)
    bias = weights.get(f"{name}.bias")
    return y if bias is None else y + bias[:, None]


def sigmoid(x: Floats) -> Floats:
    """Squeeze into 0 to 1."""
    return np.asarray(1 / (1 + np.exp(-np.clip(x, -60, 60))), dtype=np.float32)


def softmax(x: Floats) -> Floats:
    """Make shares of the last axis."""
    e = np.exp(x - x.max(axis=-1, keepdims=True))
    return np.asarray(e / e.sum(axis=-1, keepdims=True), dtype=np.float32)


def logsumexp(x: Floats, axis: int) -> Floats:
    """Give the logarithm of the sum of what `x` are logarithms of."""
    top = x.max(axis=axis, keepdims=True)
    return np.asarray(np.log(np.exp(x - top).sum(axis=axis)) + top.squeeze(axis), dtype=np.float32)


def gru(weights: Weights, name: str, x: Floats, starts: Ints) -> Floats:
    """Run a gated recurrent layer both ways over the rows of each net, which `starts` cuts into sequences.

    Gives both states of each row: nets x rows x figures. All sequences go at once, the longest first, so that a step works on
    those only that are still going on.
    """
    lengths = np.diff(starts)
    order = np.argsort(-lengths, kind="stable")
    ways = ("", "_reverse")
    recurrent = np.stack([weights[f"{name}.weight_hh_l0{way}"].swapaxes(1, 2) for way in ways])
    bias = np.stack([weights[f"{name}.bias_hh_l0{way}"] for way in ways])[:, :, None]
    given = np.stack(
        [
            x @ weights[f"{name}.weight_ih_l0{way}"].swapaxes(1, 2) + weights[f"{name}.bias_ih_l0{way}"][:, None]
            for way in ways
        ]
    )
    nets, rows_of, width = given.shape[1], given.shape[2], recurrent.shape[2]
    out = np.zeros((2, nets, rows_of, width), dtype=np.float32)
    state = np.zeros((2, nets, len(order), width), dtype=np.float32)
    first, last = starts[:-1][order], starts[1:][order] - 1
    going = lengths[order]
    for step in range(int(going[0]) if len(going) else 0):
        count = int(np.searchsorted(-going, -step, side="left"))
        ahead, back = first[:count] + step, last[:count] - step
        h = state[:, :, :count]
        own = np.matmul(h, recurrent) + bias
        new = np.stack([given[0][:, ahead], given[1][:, back]])
        gates = sigmoid(new[..., : 2 * width] + own[..., : 2 * width])
        reset, update = gates[..., :width], gates[..., width:]
        fresh = np.tanh(new[..., 2 * width :] + reset * own[..., 2 * width :])
        h = (1 - update) * fresh + update * h
        state[:, :, :count] = h
        out[0][:, ahead], out[1][:, back] = h[0], h[1]
    return np.concatenate([out[0], out[1]], axis=2)


def chain(emissions: Floats, transitions: Floats) -> Floats:
    """Give how likely each label is at each step of a linear chain, all others considered (forward and backward).

    `emissions` is nets x steps x labels, `transitions` nets x steps x labels x labels; what comes out is like `emissions`.
    """
    count = emissions.shape[1]
    ahead, back = np.zeros_like(emissions), np.zeros_like(emissions)
    for at in range(count):
        before = logsumexp(ahead[:, at - 1, :, None] + transitions[:, at], 1) if at else 0
        ahead[:, at] = before + emissions[:, at]
    for at in range(count - 1, 0, -1):
        back[:, at - 1] = logsumexp(transitions[:, at] + (emissions[:, at] + back[:, at])[:, None], 2)
    return softmax(ahead + back)
