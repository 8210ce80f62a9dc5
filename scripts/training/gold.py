"""What people read in the training reports, as targets for the net: a sentence's scope, what each mention is told of."""

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from racing.reading.folding import fold
from racing.reading.learned.network import TOLD
from racing.reading.learned.sight import RACES, SESSIONS, SEVERAL, Sight
from racing.reading.learned.vectors import Floats
from racing.reading.mentions import Mention
from racing.reading.story import Story

REPORTS = Path(__file__).parent / "reports.jsonl"
FOLDS = 5
#: The first letter of an annotated scope, and what it stands for.
_SESSIONS = {
    "r": "race",
    "q": "qualifying",
    "c": "championship",
    "n": "next",
    "y": "past",
    "x": "nothing",
    "-": "nothing",
}
#: Of a sentence that tells several races this much is said of all, the rest of the one named first.
_OF_SEVERAL = 0.7
#: Places from this one on are one.
_LAST_PLACE = 6

Report = dict[str, Any]


@dataclass(slots=True)
class Gold:
    """Targets, a row a sentence or a runner. Rows of noughts are unknown; `read` says whose sentence was annotated.

    Pointers have a column a token of the sentence, then one for none, and of classes another for a class told elsewhere.
    """

    sessions: Floats
    races: Floats
    read: Floats
    kinds: Floats
    places: Floats
    rankings: Floats
    mention_races: Floats
    place_at: Floats
    class_at: Floats
    ahead_at: Floats


def reports(path: Path = REPORTS) -> list[Report]:
    """Give the reports, in the order of the file."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def fold_of(report: Report) -> int:
    """Give a report's fold: neighbours in number are by one writer and stay together."""
    number = re.match(r"\d+", report["id"])
    return int(number[0]) // 5 % FOLDS if number else 0


def gold_of(report: Report, story: Story, sight: Sight) -> Gold:
    """Give the targets for a report that is told as `story`."""
    count = len(sight.steps)
    widest = max(1, int(np.diff(sight.starts).max(initial=1)))
    runners = len(sight.runners)

    def nought(rows: int, columns: int) -> Floats:
        return np.zeros((rows, columns), dtype=np.float32)

    gold = Gold(
        nought(count, len(SESSIONS)), nought(count, RACES + 1), np.zeros(runners, dtype=np.float32),
        nought(runners, len(TOLD)), nought(runners, _LAST_PLACE), nought(runners, 3), nought(runners, RACES),
        nought(runners, widest + 1), nought(runners, widest + 2), nought(runners, widest + 1),
    )  # fmt: skip
    single = len({fact["race"] for fact in report["facts"] if fact["kind"] != "standings"}) <= 1
    ours = _sentences(report, story)
    annotated = set()
    for number, scope in enumerate(report["scopes"]):
        if scope:
            annotated.add(ours[number])
            _scope(gold, ours[number], scope.split("+"), single)
    scenes = np.searchsorted(sight.starts, np.array(sight.runners, dtype=np.int64), side="right") - 1
    gold.read[:] = [float(scene in annotated) for scene in scenes]
    _tell(gold, report, story, sight, single, ours)
    return gold


def _sentences(report: Report, story: Story) -> list[int]:
    """Give the scene that shares most with each annotated sentence, should sentences be cut otherwise today."""
    spans = [scene.sentence.span for scene in story.scenes]
    at = {(span.start, span.end): number for number, span in enumerate(spans)}
    return [
        at[start, end]
        if (start, end) in at
        else max(range(len(spans)), key=lambda n: min(end, spans[n].end) - max(start, spans[n].start))
        for start, end in report["sentences"]
    ]


def _scope(gold: Gold, at: int, labels: list[str], single: bool) -> None:
    """Set a sentence's session and race. "r?" of a report with one race is that race, of another it is unknown."""
    gold.sessions[at] = 0
    for number, label in enumerate(labels):
        gold.sessions[at, SESSIONS.index(_SESSIONS[label[0]])] += 0.5 if number else 1.0
    gold.sessions[at] /= gold.sessions[at].sum()
    named = [label[1:] for label in labels if label[0] in "rq" and len(label) > 1]
    if single and named:
        named = ["1"]
    races = sorted({int(name) if name.isdigit() else 0 for name in named})
    if not races or races[0] < 1 or races[-1] > RACES:
        return
    gold.races[at] = 0
    if len(races) == 1:
        gold.races[at, races[0] - 1] = 1
    else:
        gold.races[at, SEVERAL] = _OF_SEVERAL
        gold.races[at, int(named[0]) - 1] = 1 - _OF_SEVERAL


def _tell(gold: Gold, report: Report, story: Story, sight: Sight, single: bool, ours: list[int]) -> None:
    """Set what runners are told of."""
    row_of = {token: row for row, token in enumerate(sight.runners)}
    classes = {(m.start, m.end): m.value for m in _all_mentions(story) if m.kind == "class"}
    orders: dict[tuple[Any, ...], list[tuple[int, list[int]]]] = defaultdict(list)
    ends = gold.place_at.shape[1] - 1
    for number, sentence, who, how in report["told"]:
        fact = report["facts"][number]
        span = report["sentences"][sentence]
        scene = ours[sentence]
        first, last = int(sight.starts[scene]), int(sight.starts[scene + 1])
        named = _tokens(sight, first, last, [s for piece in who.split("+") for s in _find(piece, story, span)[:1]])
        runners = [token for token in named if token in row_of][:4]
        words = _tokens(sight, first, last, [s for piece in how.split("+") for s in _find(piece, story, span)[:3]])
        words = [token for token in words if token not in runners]
        position = fact.get("position")
        if fact["kind"] in ("results", "qualifying") and position:
            orders[scene, fact["kind"], fact["race"], fact.get("ranking")].append((position, runners))
        for token in runners:
            row = row_of[token]
            gold.kinds[row, TOLD.index(fact["kind"])] = 1
            if fact["kind"] != "standings":
                race = 1 if single else fact["race"]
                if race and race <= RACES:
                    gold.mention_races[row, race - 1] += 1
            if fact["kind"] == "results":
                _result(gold, row, fact, [word - first for word in words])
                own = [
                    at - first for at in range(first, last)
                    if classes.get(sight.spans[at], "").lower() == (fact.get("ranking") or "").lower()
                ]  # fmt: skip
                _class(gold, row, fact.get("ranking") or "", own, ends)
    _follow(gold, orders, sight, row_of)
    for pointer in (gold.place_at, gold.ahead_at):
        pointer[pointer.sum(1) == 0, ends] = 1
    for rows in (gold.place_at, gold.ahead_at, gold.class_at, gold.mention_races):
        rows /= np.maximum(rows.sum(1, keepdims=True), 1e-9)


def _result(gold: Gold, row: int, fact: Mapping[str, Any], words: list[int]) -> None:
    ranking = (fact.get("ranking") or "").lower()
    gold.rankings[row, 0 if ranking == "overall" else 1 if ranking == "track" else 2] = 1
    if fact.get("position"):
        gold.places[row, min(fact["position"], _LAST_PLACE) - 1] = 1
    for word in words:
        gold.place_at[row, word] += 1 / len(words)


def _class(gold: Gold, row: int, ranking: str, own: list[int], ends: int) -> None:
    """Point at the class where the sentence names it, else say that it stands elsewhere or that there is none."""
    if ranking.lower() in ("overall", "track"):
        gold.class_at[row, ends] += 1
    elif own:
        gold.class_at[row, own] += 1 / len(own)
    else:
        gold.class_at[row, ends + 1] += 1


def _follow(
    gold: Gold,
    orders: Mapping[tuple[Any, ...], list[tuple[int, list[int]]]],
    sight: Sight,
    row_of: Mapping[int, int],
) -> None:
    """Point from who is one place behind at who is ahead."""
    for (scene, *_), told in orders.items():
        first = int(sight.starts[scene])
        for place, behind in told:
            for other, before in told:
                if other == place - 1:
                    for token in behind:
                        for head in set(before) - {token}:
                            gold.ahead_at[row_of[token], head - first] = 1


def _all_mentions(story: Story) -> Iterator[Mention]:
    for scene in story.scenes:
        for mention in scene.mentions:
            yield mention
            yield from mention.aside


def _tokens(sight: Sight, first: int, last: int, spans: list[tuple[int, int]]) -> list[int]:
    """Give the tokens of a sentence that share something with one of the spans."""
    return [
        at
        for at in range(first, last)
        if any(sight.spans[at][0] < end and start < sight.spans[at][1] for start, end in spans)
    ]


def _find(words: str, story: Story, span: tuple[int, int]) -> list[tuple[int, int]]:
    """Find words in a sentence, as whole words where they stand so."""
    folded = fold(words).split()
    if not folded or folded == ["-"]:
        return []
    pattern = r"\s+".join(re.escape(word) for word in folded)
    piece = story.folded[span[0] : span[1]]
    whole = list(re.finditer(rf"(?<!\w){pattern}(?!\w)", piece)) or list(re.finditer(pattern, piece))
    return [(span[0] + match.start(), span[0] + match.end()) for match in whole]
