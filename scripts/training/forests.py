"""Train the forests of the reader, stage after stage, each on what the stages before make of reports they never saw.

    python -m scripts.training.forests --out FOLDER --looks FOLDER [--from STAGE]

For every stage five forests are grown, each without the reports of one fold, and one on all. The five make the stories of
their folds for the next stage; the one on all is what the reader ships. `--looks` has what nets of the same folds say of the
reports (mentions_oof.json, scopes_oof.json, see `network.py`).
"""

import argparse
import json
import sys
import time
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from racing.reading.candidates import Candidate
from racing.reading.folding import fold
from racing.reading.layout import sentences
from racing.reading.learned import trees
from racing.reading.learned.cast import cast_of
from racing.reading.learned.classes import Classes, classes_of
from racing.reading.learned.ground import Ground
from racing.reading.learned.hearing import Hearing
from racing.reading.learned.names import Names
from racing.reading.learned.network import trained_net
from racing.reading.learned.pairing import Pairing
from racing.reading.learned.solver import Claims, again
from racing.reading.learned.view import View
from racing.reading.lexicon import lexicon
from racing.reading.reader import language_of, rule_candidates, tell
from racing.reading.scanning import mentions_of
from scripts.training.beside import Told
from scripts.training.growing import Sheaf, compare, write
from scripts.training.labels import (
    FOLDS,
    Labels,
    Report,
    fold_of,
    plain,
    plain_ranking,
    reports,
    same_name,
    samples,
    written,
)

Row = tuple[dict[str, float], int, float]
BINARY = {"objective": "binary"}
_RARE = 0.3
#: Stages that learn who and what is named.
_OF_NAMES = ("names", "classes")
#: A row of a short sample weighs so much, one of a whole report of the demo so much.
_SAMPLE, _DEMO = 1.5, 5.0


def names_rows(report: Report) -> Iterator[Row]:
    """Give the parts of runs with what they are: nothing, a driver's name, a part of one, two surnames."""
    words = lexicon(language_of(report["text"])[0])
    names = Names(report["text"], words)
    gold = {tuple(plain(name).replace("'", " ").split()) for f in report["facts"] for name in f.get("drivers") or ()}
    tails = {name[n:] for name in gold for n in range(len(name))}
    last = {name[-1] for name in gold}
    for piece in names.pieces():
        own = [names.words[n] for n in names.runs[piece.run][piece.first : piece.last]]
        key = tuple(plain(" ".join(word.text for word in own)).replace("'", " ").split())
        initial = len(key) > 1 and len(key[0]) == 1
        turned = len(own) > 1 and own[0].text.isupper() and (key[-1], *key[:-1]) in gold  # "ARVOIS Luc"
        label = int(key in gold or turned or (initial and key[1:] in gold))
        if not label and key in tails:
            label = 2
        if label != 1 and len(own) == 1 and "-" in own[0].text:
            parts = [plain(part) for part in own[0].text.split("-")]
            if all(tuple(part.split()) in tails for part in parts):
                label = 3
        person = len(own) > 1 and own[0].folded.split("-")[0] in words.first_names and key[-1] not in last
        yield names.features(piece), label, _RARE if label == 0 and person else 1.0


def classes_rows(report: Report) -> Iterator[Row]:
    """Give spans of words with whether they name a class that the report speaks of."""
    words = lexicon(language_of(report["text"])[0])
    classes = Classes(report["text"], fold(report["text"]), words, cast_of(report["text"], words))
    gold = {plain_ranking(f["ranking"]).replace("/", " ") for f in report["facts"] if f.get("ranking")}
    for span in classes.spans:
        name = plain_ranking(classes.written(span)).replace("/", " ")
        yield classes.features(span), int(name in gold - {"overall", "track"}), 1.0


def crews_rows(report: Report) -> Iterator[Row]:
    """Give those named beside each other with whether they share a car."""
    text, words = report["text"], lexicon(language_of(report["text"])[0])
    folded, cast = fold(text), cast_of(text, words)
    cast.classes = classes_of(text, folded, words, cast)
    rows = [mentions_of(text, folded, one, words, cast) for one in sentences(text, words.ordinal_nouns)]
    pairing = Pairing(text, folded, rows)
    crews = [f["drivers"] for f in report["facts"] if f.get("drivers")]

    @cache
    def cars(person: int) -> frozenset[int]:
        name = cast.people[person].name
        return frozenset(n for n, crew in enumerate(crews) if any(same_name(name, other) for other in crew))

    for pair in pairing.found:
        left, right = pairing.mentions(pair)
        ours = frozenset(n for who in left.who for n in cars(who))
        theirs = frozenset(n for who in right.who for n in cars(who))
        if ours and theirs:
            yield pairing.features(pair), int(bool(ours & theirs) and left.who != right.who), 1.0


class Bench:
    """The reports with what the nets say of them, and hearings made once a stage needs them."""

    def __init__(self, looks: Path) -> None:
        self.mentions = json.loads((looks / "mentions_oof.json").read_text("utf-8"))
        self.scopes = json.loads((looks / "scopes_oof.json").read_text("utf-8"))
        self.heard: dict[str, tuple[Hearing, Labels]] = {}
        self.read: dict[str, Told] = {}

    def hearing(self, report: Report) -> tuple[Hearing, Labels]:
        """Give the hearing of a report and its labels."""
        if report["id"] not in self.heard:
            story = tell(report["text"], lexicon(language_of(report["text"])[0]))
            rules: list[Candidate] = rule_candidates(story)
            if report["id"] in self.mentions:
                view = View(self.mentions[report["id"]], self.scopes[report["id"]])
            else:
                view = View.of(story, trained_net().look(story))
            self.heard[report["id"]] = Hearing(story, rules, view), Labels(report, story)
        return self.heard[report["id"]]

    def told(self, report: Report) -> Told:
        """Give what people read in a report beside results."""
        if report["id"] not in self.read:
            hearing, labels = self.hearing(report)
            self.read[report["id"]] = Told(report, labels, Ground(hearing), hearing.rules)
        return self.read[report["id"]]

    def options_rows(self, report: Report) -> Iterator[Row]:
        """Give options with whether they are a result or a place in qualifying."""
        hearing, labels = self.hearing(report)
        for number, option, features in hearing.options:
            label, weight, _ = labels.option(number, option.runner.entity, option.source)
            yield dict(features), label, weight

    def links_rows(self, report: Report) -> Iterator[Row]:
        """Give links with whether they hold."""
        hearing, labels = self.hearing(report)
        for number, link, features in hearing.links:
            yield (dict(features), *labels.link(number, link))

    def rankings_rows(self, report: Report) -> Iterator[Row]:
        """Give the rankings of right options with whether they are the right ones."""
        hearing, labels = self.hearing(report)
        for number, option, _ in hearing.options:
            label, weight, facts = labels.option(number, option.runner.entity, option.source)
            if label and weight:
                gold = labels.rankings(facts)
                for name in hearing.rankings.candidates(number):
                    yield dict(hearing.ranking_of(number, option, name)), int(plain_ranking(name) in gold), weight

    def _claims(self, report: Report) -> tuple[Claims, list[dict[str, float]], Labels]:
        hearing, labels = self.hearing(report)
        if not hearing.options:
            return {}, [], labels
        options = trees.forest("options").scores([features for _, _, features in hearing.options])
        links = trees.forest("links").scores([features for _, _, features in hearing.links])
        drafts, rows = hearing.drafts(options, links)
        if not drafts:
            return {}, [], labels
        claims, features = hearing.claims(hearing.entries(drafts, trees.forest("rankings").scores(rows)))
        return claims, features, labels

    def claims_rows(self, report: Report) -> Iterator[Row]:
        """Give claims with whether they are right."""
        claims, features, labels = self._claims(report)
        for key, known in zip(claims, features, strict=True):
            label = labels.claim(key)
            yield known, max(label, 0), float(label >= 0)

    def again_rows(self, report: Report) -> Iterator[Row]:
        """Give claims as the second forest sees them."""
        claims, features, labels = self._claims(report)
        if claims:
            judged = again(claims, trees.forest("claims").scores(features), features)
            for key, known in zip(claims, judged, strict=True):
                label = labels.claim(key)
                yield known, max(label, 0), float(label >= 0)


SLOW = {"learning_rate": 0.05, "num_leaves": 24, "min_data_in_leaf": 25, "feature_fraction": 0.3}


#: Where there are few examples, trees are small and see few features each.
FEW = {"learning_rate": 0.07, "num_leaves": 15, "min_data_in_leaf": 15, "feature_fraction": 0.3, "lambda_l2": 3.0}
THREE = {"objective": "multiclass", "num_class": 3}


def stages(bench: Bench) -> list[tuple[str, Callable[[Report], Iterator[Row]], int, int, dict[str, Any]]]:
    """Give the stages in their order: name, rows, least rows with a name, rounds, settings."""
    return [
        ("names", names_rows, 10, 120, {"objective": "multiclass", "num_class": 4, "num_leaves": 24}),
        ("classes", classes_rows, 10, 120, BINARY | {"num_leaves": 24}),
        ("crews", crews_rows, 5, 150, BINARY | {"learning_rate": 0.08, "num_leaves": 20}),
        ("options", bench.options_rows, 20, 150, {"objective": "multiclass", "num_class": 3}),
        ("links", bench.links_rows, 20, 150, BINARY),
        ("rankings", bench.rankings_rows, 20, 120, BINARY),
        ("claims", bench.claims_rows, 20, 150, BINARY | SLOW),
        ("claims_again", bench.again_rows, 20, 150, BINARY | SLOW),
        ("fastest_laps", lambda report: bench.told(report).incident_rows("fastest_laps"), 5, 120, BINARY | FEW),
        ("penalties", lambda report: bench.told(report).incident_rows("penalties"), 5, 120, BINARY | FEW),
        ("retirements", lambda report: bench.told(report).incident_rows("retirements"), 5, 120, BINARY | FEW),
        ("standing_said", lambda report: bench.told(report).said_rows(), 5, 120, BINARY | FEW),
        ("standing_figures", lambda report: bench.told(report).figures_rows(), 5, 120, BINARY | FEW | THREE),
        ("standing_places", lambda report: bench.told(report).places_rows(), 6, 120, BINARY | FEW),
        ("standing_links", lambda report: bench.told(report).links_rows(), 6, 120, BINARY | FEW),
        ("standing_rankings", lambda report: bench.told(report).rankings_rows(), 5, 100, BINARY | FEW),
        ("standings", lambda report: bench.told(report).standings_rows(), 5, 100, BINARY | SLOW),
    ]


def main() -> None:
    """Train what the arguments ask."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--out", type=Path, required=True, help="folder of the forests: all/ and fold0/ to fold4/")
    parser.add_argument("--looks", type=Path, required=True, help="folder with what nets of the same folds say")
    parser.add_argument("--from", dest="first", default="names", help="the stage to begin with; those before are there")
    parser.add_argument("--to", dest="last", default="standings", help="the stage to end with")
    options = parser.parse_args()
    began, bench, found = time.monotonic(), Bench(options.looks), [*reports(), *written(), *samples()]
    shelves = [trees.Shelf(options.out / f"fold{number}") for number in range(FOLDS)]
    going = False
    for name, rows_of, least, rounds, settings in stages(bench):
        going = going or name == options.first
        if not going:
            continue
        rows: list[Row] = []
        folds: list[int] = []
        for report in found:
            if name in _OF_NAMES and not report["id"][0].isdigit():
                continue  # a sample has no facts of those who only do not win
            trees.shelf = shelves[fold_of(report)]
            scale = 1.0 if report["id"][0].isdigit() else _DEMO if report.get("demo") else _SAMPLE
            own = [(features, label, weight * scale) for features, label, weight in rows_of(report)]
            rows += own
            folds += [fold_of(report)] * len(own)
        sheaf = Sheaf([row[0] for row in rows], [row[1] for row in rows], [row[2] for row in rows], folds, least)
        sys.stdout.write(f"{name}: {sheaf.rows.shape} {np.bincount(sheaf.labels)} {time.monotonic() - began:.0f} s\n")
        for number in [*range(FOLDS), None]:
            where = options.out / ("all" if number is None else f"fold{number}") / f"{name}.npz"
            booster = sheaf.grow(number, rounds, **settings)
            write(booster, sheaf.names, where)
            compare(booster, sheaf, where)
        sys.stdout.write(f"{name}: grown {time.monotonic() - began:.0f} s\n")
        sys.stdout.flush()
        if name == options.last:
            break


if __name__ == "__main__":
    main()
