"""What people read in the training reports, as labels for the forests: who has which place, and where that is told."""

import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from racing.reading.learned.options import Entity, Link, Source
from racing.reading.learned.solver import Key
from racing.reading.story import Story
from racing.terms import FactKind

REPORTS = Path(__file__).parent / "reports.jsonl"
#: Reports written for training: they are learned from, and never judged by.
WRITTEN = Path(__file__).parent / "written.jsonl"
#: Short texts of the project's own tests, with what rules read in them.
SAMPLES = Path(__file__).parent / "samples.jsonl"
FOLDS = 5
LISTS = {FactKind.FINISH: "results", FactKind.QUALIFYING: "qualifying"}
#: What nobody has read for a label, and what is true but told elsewhere, weighs so much.
_UNTOLD = 0.3

#: Sources that tell of qualifying where a sentence has the same place in both.
_OF_QUALIFYING = frozenset(("pole", "front_row", "start_rank"))

Report = dict[str, Any]
Told = tuple[int, dict[str, Any]]


def reports() -> list[Report]:
    """Give the reports, in the order of the file."""
    return [json.loads(line) for line in REPORTS.read_text("utf-8").splitlines()]


def written() -> list[Report]:
    """Give the reports that were written for training, in the order of the file."""
    return [json.loads(line) for line in WRITTEN.read_text("utf-8").splitlines()]


def samples() -> list[Report]:
    """Give the samples, in the order of the file."""
    return [json.loads(line) for line in SAMPLES.read_text("utf-8").splitlines()]


def fold_of(report: Report) -> int:
    """Give a report's fold: neighbours in number are by one writer and stay together. Samples ("s12") go round."""
    number = re.match(r"\d+", report["id"])
    return int(number[0]) // 5 % FOLDS if number else int(report["id"][1:]) % FOLDS


def plain(text: str) -> str:
    """Give a name as names are compared: without accents, case and marks."""
    text = unicodedata.normalize("NFKD", text or "")
    text = "".join(sign for sign in text if not unicodedata.combining(sign)).casefold()
    return " ".join(text.replace("-", " ").replace(".", " ").replace("’", "'").split())


def plain_ranking(name: str) -> str:
    """Give a ranking as rankings are compared: "Silver Cup" is "Silver"."""
    words = plain(name).split()
    if len(words) > 1 and words[-1] in ("cup", "trophy", "trophee", "wertung", "class", "classe"):
        words.pop()
    return " ".join(words)


def same_name(one: str, other: str) -> bool:
    """Tell whether one name is the end of the other."""
    a, b = plain(one).split(), plain(other).split()
    least = min(len(a), len(b))
    return least > 0 and a[-least:] == b[-least:]


def same_crew(ours: Sequence[str], theirs: Sequence[str]) -> bool:
    """Tell whether two crews have the same drivers."""
    rest = list(theirs)
    for name in ours:
        hit = next((other for other in rest if same_name(name, other)), None)
        if hit is None:
            return False
        rest.remove(hit)
    return not rest


def same_people(ours: Sequence[str], theirs: Sequence[str]) -> bool:
    """Tell whether all of the fewer are among the others."""
    few, many = sorted((ours, theirs), key=len)
    return bool(few) and all(any(same_name(one, other) for other in many) for one in few)


class Labels:
    """The facts of a report beside the story that the reader made of its text."""

    def __init__(self, report: Report, story: Story) -> None:
        self.report, self.story = report, story
        self.names = [person.name for person in story.cast.people]
        self.facts: list[Told] = [
            (number, fact)
            for number, fact in enumerate(report["facts"])
            if fact["kind"] in ("results", "qualifying") and fact.get("position")
        ]
        self.told: dict[int, set[int]] = defaultdict(set)
        ours = self._scenes()
        for fact, sentence, *_ in report["told"]:
            self.told[ours[sentence]].add(fact)
        races = report["gold"].get("races") or []
        self.optional = [
            fact for race in races for name in LISTS.values() for fact in (race.get("optional") or {}).get(name) or ()
        ]
        self._known: dict[Entity, list[Told]] = {}

    def _scenes(self) -> list[int]:
        """Give, for each sentence that was read, the scene that has most of it."""
        spans = [(scene.sentence.span.start, scene.sentence.span.end) for scene in self.story.scenes]
        return [
            max(range(len(spans)), key=lambda n: min(end, spans[n][1]) - max(start, spans[n][0]))
            for start, end in self.report["sentences"]
        ]

    def named(self, entity: Entity) -> list[str]:
        """Give the names of drivers."""
        return [self.names[number] for number in entity]

    def of(self, entity: Entity) -> list[Told]:
        """Give the facts of a driver or a crew."""
        if entity not in self._known:
            names = self.named(entity)
            self._known[entity] = [row for row in self.facts if same_crew(names, row[1]["drivers"])]
        return self._known[entity]

    def option(self, scene: int, entity: Entity, source: Source) -> tuple[int, float, list[int]]:
        """Give the label of an option (0 nothing, 1 a result, 2 a place in qualifying), its weight, and the facts.

        Who starts from pole and wins has the first place twice in a sentence: each by its own words.
        """
        position = source.position
        facts = [row for row in self.of(entity) if row[1]["position"] == position]
        here = [row for row in facts if row[0] in self.told[scene]]
        stated = [row for row in here if not row[1].get("inferred")]
        kinds = {row[1]["kind"] for row in stated}
        if len(kinds) > 1:
            if source.at < 0:
                return 0, 0.0, []
            kinds = {"qualifying" if source.kind.removeprefix("aside_") in _OF_QUALIFYING else "results"}
        if stated:
            label = 1 if "results" in kinds else 2
            return label, 1.0, [number for number, fact in stated if fact["kind"] in kinds]
        if here:
            return 0, 0.0, []
        if facts:
            return 0, _UNTOLD, []
        names = self.named(entity)
        doubtful = any(
            f.get("position") == position and same_crew(names, f.get("drivers") or ()) for f in self.optional
        )
        return 0, 0.0 if doubtful else 1.0, []

    def link(self, scene: int, link: Link) -> tuple[int, float]:
        """Give the label and the weight of "one place behind"."""
        weight = 1.0
        for ahead, one in self.of(link.other.entity):
            for behind, other in self.of(link.runner.entity):
                same = all(one[name] == other[name] for name in ("kind", "race", "ranking"))
                if same and one["position"] + 1 == other["position"]:
                    told = self.told[scene]
                    if behind in told and (ahead in told or link.other.first < 0):
                        return 1, 1.0
                    weight = _UNTOLD
        return 0, weight

    def rankings(self, facts: Sequence[int]) -> set[str]:
        """Give the rankings of facts."""
        return {plain_ranking(self.report["facts"][number]["ranking"]) for number in facts}

    def claim(self, key: Key) -> int:
        """Give the label of a claim: 1 right, 0 wrong, -1 where it counts neither way."""
        races = self.report["gold"].get("races") or []
        kind, names = LISTS[key.kind], self.named(key.entity)
        same = same_crew if key.kind is FactKind.FINISH else same_people
        for race in races:
            if race.get("number") != key.race and len(races) > 1:
                continue
            facts = list(_at(race.get(kind) or (), key))
            if any(not fact.get("inferred") and same(names, fact["drivers"]) for fact in facts):
                return 1
            doubtful = [*facts, *_at((race.get("optional") or {}).get(kind) or (), key)]
            if any(same(names, fact["drivers"]) for fact in doubtful):
                return -1
        return 0


def _at(facts: Sequence[dict[str, Any]], key: Key) -> Iterator[dict[str, Any]]:
    """Give the facts of a place in a ranking."""
    for fact in facts:
        right = fact.get("position") == key.position and plain_ranking(fact.get("ranking") or "") == plain_ranking(
            key.ranking
        )
        if right and fact.get("drivers"):
            yield fact
