"""The net as PyTorch trains it. `racing.reading.learned.network` does the same sums in numpy; names of weights are the same."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

from racing.reading.learned.layers import NEVER
from racing.reading.learned.network import STEP_KINDS, TOLD
from racing.reading.learned.sight import CUES, KINDS, MARKS, NEAR, RACES, SESSIONS, SEVERAL, SHAPES, STEPS, Sight
from scripts.training.gold import Gold

_KIND, _VALUE, _WORD = 12, 16, 24
_TOKEN, _SENTENCE, _RUNNER, _AROUND, _ASK = 32, 40, 48, 32, 24
_FAR = 41
#: A vocabulary never has all words: in training so many of these kinds look like plain words.
HIDDEN = 0.08
_HIDE = (
    "rank", "foot", "class_place", "win", "finish", "complete", "top", "ahead", "followed", "behind", "beside", "take_from",
    "lead", "leader_past", "until", "negation", "wish", "pole", "poleman", "qualifying", "front_row", "fastest_lap", "race",
    "penalty", "retirement", "championship", "leader", "several_races", "other_row", "already", "next_meeting", "points",
    "moves_up", "best", "driver_word", "crew_word", "copula", "class_link",
)  # fmt: skip


@dataclass(slots=True)
class Batch:
    """Reports put together: tokens in one row, with their sentence and their place in it; sentences with their report."""

    kinds: Tensor
    values: Tensor
    words: Tensor
    marks: Tensor
    sentence: Tensor
    place: Tensor
    lengths: Tensor
    shapes: Tensor
    races: Tensor
    steps: Tensor
    runners: Tensor
    near: Tensor
    report: Tensor
    at: Tensor
    sizes: Tensor
    real: Tensor
    classes: Tensor
    runs: Tensor


def batch(sights: list[tuple[Sight, np.ndarray[Any, Any]]]) -> Batch:
    """Put reports together, each with the numbers of its values."""
    counts = [len(sight.steps) for sight, _ in sights]
    lengths = np.concatenate([np.diff(sight.starts) for sight, _ in sights])
    sentence = np.repeat(np.arange(len(lengths)), lengths)
    place = np.concatenate([np.arange(length) for length in lengths])
    kinds = np.concatenate([sight.kinds for sight, _ in sights])
    before = np.cumsum([0] + [len(sight.kinds) for sight, _ in sights])
    runners = np.concatenate(
        [np.array(s.runners, dtype=np.int64) + n for (s, _), n in zip(sights, before, strict=False)]
    )
    flat = {
        name: np.zeros((len(lengths), max(1, int(lengths.max()))), dtype=bool) for name in ("real", "classes", "runs")
    }
    flat["real"][sentence, place] = True
    flat["classes"][sentence, place] = kinds == KINDS["class"]
    flat["runs"][sentence[runners], place[runners]] = True
    rows = {
        "kinds": kinds,
        "values": np.concatenate([values for _, values in sights]),
        "words": np.concatenate([sight.words for sight, _ in sights]),
        "marks": np.concatenate([sight.marks for sight, _ in sights]),
        "sentence": sentence,
        "place": place,
        "lengths": np.maximum(lengths, 1),
        "shapes": np.concatenate([sight.shapes for sight, _ in sights]),
        "races": np.concatenate([sight.races for sight, _ in sights]),
        "steps": np.concatenate([sight.steps for sight, _ in sights]),
        "runners": runners,
        "near": np.concatenate([sight.near for sight, _ in sights]),
        "report": np.repeat(np.arange(len(counts)), counts),
        "at": np.concatenate([np.arange(count) for count in counts]),
        "sizes": np.array(counts),
        **flat,
    }
    return Batch(**{name: torch.from_numpy(np.ascontiguousarray(row)) for name, row in rows.items()})


class Twin(nn.Module):
    """The net. `forward` gives emissions and steps of the races, sessions, and what is said of the runners, all as logits."""

    def __init__(self, values: int, vectors: Tensor) -> None:
        super().__init__()
        self.register_buffer("vectors", vectors)
        own = _KIND + _VALUE
        token = own + _WORD + MARKS
        around = 4 * _SENTENCE
        self.ek, self.ev = nn.Embedding(len(KINDS) + 1, _KIND), nn.Embedding(values, _VALUE)
        for table in (self.ek, self.ev):
            nn.init.normal_(table.weight, std=0.3)
        self.pv = nn.Linear(vectors.shape[1], _WORD, bias=False)
        self.tg = nn.GRU(token, _TOKEN, bidirectional=True, batch_first=True)
        self.att = nn.Linear(2 * _TOKEN, 1)
        self.sp = nn.Linear(4 * _TOKEN + SHAPES + (RACES + 1) * CUES, 2 * _SENTENCE)
        self.sg = nn.GRU(2 * _SENTENCE, _SENTENCE, bidirectional=True, batch_first=True)
        self.hr, self.hs = nn.Linear(around, CUES), nn.Linear(around, len(SESSIONS))
        self.mc = nn.Linear(around, _AROUND)
        self.m1 = nn.Linear(2 * _TOKEN + _AROUND + MARKS, _RUNNER)
        self.mk, self.mp, self.mr = nn.Linear(_RUNNER, len(TOLD)), nn.Linear(_RUNNER, 6), nn.Linear(_RUNNER, 3)
        self.mrace, self.mnear = nn.Linear(_RUNNER, CUES), nn.Linear(_RUNNER, NEAR)
        for end, extra in (("", 1), ("c", 2), ("a", 1)):
            setattr(self, f"q{end}", nn.Linear(_RUNNER, _ASK))
            setattr(self, f"k{end}", nn.Linear(2 * _TOKEN + own, _ASK))
            setattr(self, f"dist{end}", nn.Embedding(_FAR, 1))
            setattr(self, f"none{end}", nn.Linear(_RUNNER, extra))
            nn.init.zeros_(getattr(self, f"dist{end}").weight)
        self.trans = nn.Parameter(torch.zeros(STEPS, int(STEP_KINDS.max()) + 1))
        with torch.no_grad():
            self.trans[:, 0], self.trans[:, 1] = 1.5, 0.5
        hide = torch.zeros(len(KINDS) + 1, dtype=torch.bool)
        hide[[KINDS[name] for name in _HIDE]] = True
        self.register_buffer("hide", hide)

    def forward(self, x: Batch) -> dict[str, Tensor]:
        own, tokens = self._tokens(x)
        count, longest = x.real.shape
        padded = tokens.new_zeros(count, longest, tokens.shape[1])
        padded[x.sentence, x.place] = tokens
        packed = pack_padded_sequence(padded, x.lengths, batch_first=True, enforce_sorted=False)
        states = pad_packed_sequence(self.tg(packed)[0], batch_first=True, total_length=longest)[0]
        context = self._sentences(x, states)
        leaning = self.hr(context)
        out = {
            "emissions": (x.races * leaning[:, None]).sum(2),
            "steps": self.trans[x.steps][:, torch.from_numpy(STEP_KINDS)],
            "sessions": self.hs(context),
        }
        return out | (self._runners(x, states, padded[..., : own.shape[1]], context, leaning) if len(x.runners) else {})

    def _tokens(self, x: Batch) -> tuple[Tensor, Tensor]:
        kinds, values = x.kinds, x.values
        if self.training:
            word = torch.full_like(kinds, KINDS["word"])
            gone = (torch.rand(len(kinds)) < HIDDEN) & self.hide[kinds]
            kinds, values = torch.where(gone, word, kinds), torch.where(gone, 0, values)
            values = torch.where((torch.rand(len(kinds)) < HIDDEN) & (kinds == word), 0, values)
        own = torch.cat([self.ek(kinds), self.ev(values)], 1)
        has = x.words >= 0
        words = (self.vectors[x.words.clamp(min=0)] * has[..., None]).sum(1) / has.sum(1).clamp(min=1)[:, None]
        return own, functional.dropout(torch.cat([own, self.pv(words), x.marks], 1), 0.2, self.training)

    def _sentences(self, x: Batch, states: Tensor) -> Tensor:
        count = len(x.steps)
        filled = x.real.any(1)[:, None]
        weight = torch.softmax(self.att(states)[..., 0].masked_fill(~x.real, float(NEVER)), 1) * filled
        most = states.masked_fill(~x.real[..., None], float(NEVER)).max(1)[0] * filled
        rows = torch.cat([(states * weight[..., None]).sum(1), most, x.shapes, x.races.reshape(count, -1)], 1)
        rows = torch.tanh(self.sp(functional.dropout(rows, 0.3, self.training)))
        padded = rows.new_zeros(len(x.sizes), int(x.sizes.max()), rows.shape[1])
        padded[x.report, x.at] = rows
        packed = pack_padded_sequence(padded, x.sizes, batch_first=True, enforce_sorted=False)
        around = pad_packed_sequence(self.sg(packed)[0], batch_first=True, total_length=padded.shape[1])[0]
        return functional.dropout(torch.cat([around[x.report, x.at], rows], 1), 0.3, self.training)

    def _runners(self, x: Batch, states: Tensor, own: Tensor, context: Tensor, leaning: Tensor) -> dict[str, Tensor]:
        at = x.sentence[x.runners]
        rows = torch.cat([states[at, x.place[x.runners]], torch.tanh(self.mc(context[at])), x.marks[x.runners]], 1)
        rows = torch.tanh(self.m1(functional.dropout(rows, 0.3, self.training)))
        rows = functional.dropout(rows, 0.3, self.training)
        seen = torch.cat([states, own], 2)
        far = (torch.arange(states.shape[1])[None] - x.place[x.runners][:, None]).clamp(-20, 20) + 20
        out = {"kinds": self.mk(rows), "places": self.mp(rows), "rankings": self.mr(rows)}
        lean = (x.races[at][:, :SEVERAL] * (leaning[at] + self.mrace(rows))[:, None]).sum(2)
        out["mention_races"] = lean + (x.near * self.mnear(rows)[:, None]).sum(2)
        for name, end, may in (("place_at", "", x.real), ("class_at", "c", x.classes), ("ahead_at", "a", x.runs)):
            keys, queries = getattr(self, f"k{end}")(seen)[at], getattr(self, f"q{end}")(rows)
            score = (keys * queries[:, None]).sum(2) / 5 + getattr(self, f"dist{end}")(far)[..., 0]
            score = score.masked_fill(~may[at], float(NEVER))
            out[name] = torch.cat([score, getattr(self, f"none{end}")(rows)], 1)
        return out


def loss(out: dict[str, Tensor], golds: list[Gold], x: Batch) -> Tensor:
    """Give how far the net is from what people read. A race that is unknown may be any."""
    gold = {name: torch.from_numpy(np.concatenate([getattr(g, name) for g in golds])) for name in (
        "sessions", "races", "read", "kinds", "places", "rankings", "mention_races",
    )}  # fmt: skip
    for name, extra in (("place_at", 1), ("class_at", 2), ("ahead_at", 1)):
        gold[name] = torch.from_numpy(np.concatenate([_widen(getattr(g, name), x.real.shape[1], extra) for g in golds]))
    known = gold["races"].sum(1) > 0
    allowed = torch.where(known[:, None], torch.log(gold["races"].clamp(min=1e-6)).clamp(min=-9), 0.0)
    total = _paths(out["emissions"], out["steps"], x) - _paths(out["emissions"] + allowed, out["steps"], x)
    total = total - (gold["sessions"] * functional.log_softmax(out["sessions"], 1)).sum()
    if "kinds" in out:
        finished = (gold["kinds"][:, 0] > 0).float()
        total = total + _each(out, gold, "kinds", gold["read"])
        total = total + 0.7 * (_each(out, gold, "places", finished) + _each(out, gold, "rankings", finished))
        for name, weight, rows in (
            ("place_at", 0.7, gold["read"]), ("ahead_at", 0.6, gold["read"]), ("class_at", 0.5, finished),
            ("mention_races", 1.0, torch.ones_like(finished)),
        ):  # fmt: skip
            total = total - weight * ((gold[name] * functional.log_softmax(out[name], 1)).sum(1) * rows).sum()
    return total


def _each(out: dict[str, Tensor], gold: dict[str, Tensor], name: str, rows: Tensor) -> Tensor:
    return (functional.binary_cross_entropy_with_logits(out[name], gold[name], reduction="none").sum(1) * rows).sum()


def _widen(rows: np.ndarray[Any, Any], width: int, extra: int) -> np.ndarray[Any, Any]:
    """Put empty columns before the last `extra` ones, so that rows of several reports are as wide."""
    gap = np.zeros((len(rows), width + extra - rows.shape[1]), dtype=np.float32)
    return np.concatenate([rows[:, :-extra], gap, rows[:, -extra:]], axis=1)


def _paths(emissions: Tensor, steps: Tensor, x: Batch) -> Tensor:
    """Give the logarithm of the weight of all ways through the races of each report, added up."""
    size = (len(x.sizes), int(x.sizes.max()))
    rows = emissions.new_zeros(*size, emissions.shape[1])
    moves = steps.new_zeros(*size, *steps.shape[1:])
    rows[x.report, x.at], moves[x.report, x.at] = emissions, steps
    here = rows[:, 0]
    for at in range(1, size[1]):
        onward = torch.logsumexp(here[:, :, None] + moves[:, at], 1) + rows[:, at]
        here = torch.where((x.sizes > at)[:, None], onward, here)
    return torch.logsumexp(here, 1).sum()
