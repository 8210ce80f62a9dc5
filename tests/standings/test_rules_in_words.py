"""Every rule that there is has words, in both languages: what changes the points changes what is told of them."""

import inspect
import re
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from enum import StrEnum
from typing import Any

import pytest
from django.utils.translation import override

from standings.describing_rules import Names, describe_rules
from standings.rulebook import default, rulebooks
from standings.scoring import parse_rules, rules

BASE: dict[str, Any] = {"scales": {"race": [10, 8], "sprint": [3], "half": [5, 4]}}
SEGMENT = {"from": 2, "to": 9, "best": 3}
DROPS = {"segments": [SEGMENT], "bonuses": [{"on": "pole", "points": 1}]}
BONUS = {"on": "qualifying_position", "points": 2}
PHASE = {"after_round": 4, "keep": 2, "set_points": 100}
STEPS = {"attribute": "share_run", "steps": [[0, "none"], [0.25, "half"]]}
OF_RACE = {"subject": 7, "race": 3}
#: What each kind of decision is given.
DECISION: Mapping[str, dict[str, Any]] = {
    **dict.fromkeys(("no_points", "no_bonus", "no_fastest_lap", "not_a_sharer", "exclude"), OF_RACE),
    "points_delta": {**OF_RACE, "points": 1},
    "set_points": {**OF_RACE, "points": 1},
    "force_scale": {"race": 3, "scale": "half"},
    "tie_order": {"race": 3, "order": [7, 8]},
}
CHANGE = {"race": 2, "reason": "Appeal", "rules": {"scales": {"race": [9]}}}
#: Begins with a capital or a number, ends with one full stop, and nothing was left empty within.
SENTENCE = re.compile(r"[A-ZÀÉ0-9](?!.*(  |\(\)|: [.;]))[^\n]*[^.]\.")


def bonus(**options: Any) -> dict[str, Any]:
    return {"bonuses": [{**BONUS, **options}]}


def segment(**options: Any) -> dict[str, Any]:
    return {"segments": [options]}


def decided(kind: str = "no_points", **options: Any) -> dict[str, Any]:
    given = DECISION[kind] | options
    return {"adjustments": [{"kind": kind, "reason": "Fuel", **given}]}


def countback(**options: Any) -> dict[str, Any]:
    return {"tiebreak": [{"countback": options}]}


#: Each field of each value that rules are made of -> rules without it and with it.
TOLD: Mapping[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "Filter.classes": ({}, {"filter": {"classes": ["A", "B"]}}),
    "Filter.guest": ({}, {"eligible": {"guest": True}}),
    "Filter.registered": ({}, {"filter": {"registered": True}}),
    "Filter.tags": ({}, {"filter": {"tags": ["junior"]}}),
    "Filter.drivers": ({}, {"filter": {"drivers": ["bronze"]}}),
    "Filter.team_cars": ({}, {"eligible": {"team_cars": 2}}),
    "Unplaced.points": ({"scales": {"race": {"start": 1}}}, {"scales": {"race": {"start": 2}}}),
    "Unplaced.of_entries": ({"scales": {"race": {"start": 1}}}, {"scales": {"race": {"start": "entries+1"}}}),
    "Scale.places": ({}, {"scales": {"race": [10, "8.5"]}}),
    "Scale.tail": ({}, {"scales": {"race": {"places": [10, 8], "tail": 1}}}),
    "Scale.by_position": ({}, {"scales": {"race": {"formula": "position"}}}),
    "Scale.unplaced": ({}, {"scales": {"race": {"places": [10, 8], "dns": 1}}}),
    "ScaleBy.attribute": ({"scale_by": STEPS}, {"scale_by": {**STEPS, "attribute": "hours"}}),
    "ScaleBy.steps": ({"scale_by": STEPS}, {"scale_by": {**STEPS, "steps": [[0.25, "half"]]}}),
    "ScaleBy.full": ({"scale_by": STEPS}, {"scale_by": {**STEPS, "full": [3]}}),
    "ScaleBy.session": ({"scale_by": STEPS}, {"scale_by": {**STEPS, "session": "sprint"}}),
    "Classified.min_share": ({"classified": {"min_share": 0.7}}, {"classified": {"min_share": "2/3"}}),
    "Classified.of_class": (
        {"classified": {"min_share": 0.7}},
        {"classified": {"min_share": 0.7, "of": "class_winner"}},
    ),
    "Classified.flag": ({"classified": {"min_share": 0.7}}, {"classified": {"min_share": 0.7, "flag": True}}),
    "MinDrive.minutes": ({}, {"min_drive": "25 min"}),
    "MinDrive.share": ({}, {"min_drive": 0.25}),
    "Rounding.decimals": ({"round_points_to": 0}, {"round_points_to": 1}),
    "Rounding.half_up": ({"round_points_to": 0}, {"round_points_to": {"decimals": 0, "half": "down"}}),
    "Bonus.on": (bonus(), bonus(on="win")),
    "Bonus.contest": (bonus(on="pole"), bonus(on="fastest_lap")),
    "Bonus.points": (bonus(), bonus(points=3)),
    "Bonus.scope": (bonus(), bonus(scope="class")),
    "Bonus.next_if_ineligible": (bonus(), bonus(if_ineligible="next")),
    "Bonus.classified": (bonus(), bonus(**{"if": {"classified": True}})),
    "Bonus.top": (bonus(), bonus(**{"if": {"top": 10}})),
    "Bonus.multiplied": (bonus(), bonus(multiplied=True)),
    "Bonus.scale": (bonus(), {"bonuses": [{"on": "qualifying_position", "scale": [3, 2, 1]}]}),
    "Bonus.session": (bonus(), bonus(session="sprint")),
    "Bonus.min_share_run": (bonus(), bonus(**{"if": {"min_share_run": 0.5}})),
    "Bonus.ties": (bonus(), bonus(ties="split")),
    "Bonus.pays": (bonus(), bonus(pays=["driver", "team"])),
    "Bonus.carry": (bonus(), bonus(carry=True)),
    "Segment.first": (segment(best=3), segment(**{"from": 2, "best": 3})),
    "Segment.last": (segment(drop=3), segment(to=9, drop=3)),
    "Segment.best": ({}, segment(best=3)),
    "Segment.drop": (segment(best=1), segment(drop=1)),
    "Segment.schedule": ({}, {"drop_schedule": [[4, 1], [8, 2]]}),
    "Phase.after": ({"phases": [PHASE]}, {"phases": [{**PHASE, "after_round": 5}]}),
    "Phase.keep": ({"phases": [PHASE]}, {"phases": [{**PHASE, "keep": 5}]}),
    "Phase.points": ({"phases": [{"after_round": 4, "keep": 2}]}, {"phases": [PHASE]}),
    "Phase.carry": ({"phases": [PHASE]}, {"phases": [{**PHASE, "carry": False}]}),
    "Phase.carry_scale": ({"phases": [PHASE]}, {"phases": [{**PHASE, "carry_scale": [15, 10]}]}),
    "Phase.by_wins": ({"phases": [PHASE]}, {"phases": [{**PHASE, "by": "wins"}]}),
    "TieStep.by": ({}, {"tiebreak": ["best_scores"]}),
    "TieStep.kept": ({}, countback(results="kept")),
    "TieStep.scoring": ({}, countback(depth="scoring")),
    "TieStep.sessions": ({}, countback(sessions=["sprint"])),
    "TieStep.cars": (countback(cars=1), countback(cars="all")),
    "Decision.kind": (decided(), decided(kind="no_bonus")),
    "Decision.reason": (decided(), decided(reason="Fuel again")),
    "Decision.subject": (decided(), decided(subject=8)),
    "Decision.race": (decided(), decided(race=4)),
    "Decision.points": (decided(kind="points_delta", points=-2), decided(kind="points_delta", points=2)),
    "Decision.order": (decided(kind="tie_order", order=[7, 8]), decided(kind="tie_order", order=[8, 7])),
    "Decision.position": (decided(), decided(position=3)),
    "Decision.entry": (decided(), decided(entry=3)),
    "Decision.visible_from": (decided(), decided(visible_from=6)),
    "Decision.zero": (decided(kind="exclude"), decided(kind="exclude", keep=False)),
    "Decision.text": (decided(kind="exclude"), decided(kind="exclude", text="EX")),
    "Decision.scale": (decided(kind="force_scale", scale="half"), decided(kind="force_scale", scale="sprint")),
    "Change.race": ({"changes": [CHANGE]}, {"changes": [{**CHANGE, "race": 3}]}),
    "Change.reason": ({"changes": [CHANGE]}, {"changes": [{**CHANGE, "reason": "Other"}]}),
    "Change.rules": ({"changes": [CHANGE]}, {"changes": [{**CHANGE, "rules": {"title": False}}]}),
    "Change.before": ({"changes": [CHANGE]}, {"changes": [CHANGE, {**CHANGE, "race": 5}]}),
    "Rules.scales": ({}, {"scales": {"race": [9]}}),
    "Rules.subject": ({}, {"subject": "team"}),
    "Rules.filter": ({}, {"filter": {"class": "Am"}}),
    "Rules.eligible": ({}, {"eligible": {"class": "Am"}}),
    "Rules.ineligible": ({}, {"ineligible": "rerank"}),
    "Rules.rank_within": ({}, {"rank_within": "class"}),
    "Rules.classified": ({}, {"classified": {"min_share": 0.7}}),
    "Rules.sessions": ({}, {"sessions": ["sprint"]}),
    "Rules.scale_by": ({}, {"scale_by": STEPS}),
    "Rules.entries": ({}, {"entries": 30}),
    "Rules.round_multiplier": ({}, {"round_multiplier": {"3": 2}}),
    "Rules.rounding": ({}, {"round_points_to": "exact"}),
    "Rules.only_rounds": ({}, {"only_rounds": [1, 3]}),
    "Rules.exclude_rounds": ({}, {"exclude_rounds": [2]}),
    "Rules.shared": ({}, {"shared": "split"}),
    "Rules.min_drive": ({}, {"min_drive": "25 min"}),
    "Rules.bonuses": ({}, bonus()),
    "Rules.cars": ({"subject": "team"}, {"subject": "team", "cars": 2}),
    "Rules.cars_nominated": ({"subject": "team", "cars": 2}, {"subject": "team", "cars": 2, "cars_by": "nominated"}),
    "Rules.others_move_up": ({}, {"others_move_up": True}),
    "Rules.bonus_for_all_cars": ({}, {"bonus_for_cars": "scoring"}),
    "Rules.low": ({}, {"direction": "low"}),
    "Rules.by_round": (DROPS, {**DROPS, "unit": "round"}),
    "Rules.best_of_round": ({**DROPS, "unit": "round"}, {**DROPS, "unit": "round", "best_of_round": 1}),
    "Rules.segments": ({}, {"segments": [SEGMENT]}),
    "Rules.drop_bonus": (DROPS, {**DROPS, "drop_bonus": False}),
    "Rules.absent": (DROPS, {**DROPS, "absent": False}),
    "Rules.drop_latest": (DROPS, {**DROPS, "equal_worst": "earliest"}),
    "Rules.not_droppable": (DROPS, {**DROPS, "not_droppable": ["DSQ", {"tag": "finale"}]}),
    "Rules.phases": ({}, {"phases": [PHASE]}),
    "Rules.min_scores": ({}, {"min_scores": 3}),
    "Rules.min_finishes": ({}, {"min_scores": {"finishes": 3}}),
    "Rules.tiebreak": ({}, {"tiebreak": []}),
    "Rules.listed": ({}, {"listed": "started"}),
    "Rules.listed_in": ({}, {"listed": {"classified": ["sprint"]}}),
    "Rules.decisions": ({}, decided()),
    "Rules.changes": ({}, {"changes": [CHANGE]}),
    "Rules.title": ({}, {"title": False}),
}
#: Each kind of word -> rules that hold it.
WORDS: Mapping[type[StrEnum], Any] = {
    rules.Subject: lambda word: {"subject": word},
    rules.Ranking: lambda word: {"rank_within": word},
    rules.Ineligible: lambda word: {"ineligible": word},
    rules.Shared: lambda word: {"shared": word},
    rules.Ties: lambda word: bonus(ties=word),
    rules.Listed: lambda word: {"listed": word},
    rules.TieBreak: lambda word: {"tiebreak": [word]},
    rules.DecisionKind: decided,
}


def told(data: dict[str, Any], language: str) -> list[str]:
    with override(language):
        sections = describe_rules(parse_rules({**BASE, **data}))
        return [sentence for section in sections for sentence in section.sentences]


def test_every_field_of_the_rules_is_tried() -> None:
    values = [one for _, one in inspect.getmembers(rules, is_dataclass) if isinstance(one, type)]
    assert set(TOLD) == {f"{value.__name__}.{one.name}" for value in values for one in fields(value)}


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("name", TOLD)
def test_each_rule_changes_what_is_told(name: str, language: str) -> None:
    before, after = TOLD[name]
    assert told(before, language) != told(after, language)


def test_every_kind_of_word_is_tried() -> None:
    found = [one for _, one in inspect.getmembers(rules, inspect.isclass) if one.__module__ == rules.__name__]
    assert set(WORDS) == {one for one in found if issubclass(one, StrEnum)}


@pytest.mark.parametrize("kind", WORDS)
def test_each_word_of_a_rule_has_words_of_its_own(kind: type[StrEnum]) -> None:
    # Two names for one rule.
    kinds = [word for word in kind if word is not rules.Shared.FULL]
    for language in ("fr", "en"):
        assert len({tuple(told(WORDS[kind](str(word)), language)) for word in kinds}) == len(kinds)


@pytest.mark.parametrize("data", [data for pair in TOLD.values() for data in pair])
def test_each_language_has_its_own_sentences(data: dict[str, Any]) -> None:
    assert set(told(data, "fr")).isdisjoint(told(data, "en"))


def test_sentences_are_whole() -> None:
    for data in (data for pair in TOLD.values() for data in pair):
        for language in ("fr", "en"):
            for sentence in told(data, language):
                assert SENTENCE.fullmatch(sentence), sentence


def test_a_real_season_reads_from_top_to_bottom() -> None:
    data = {
        "scales": {"race": [25, 18, "12.5"], "half": ["12.5", 9]},
        "ineligible": "rerank",
        "bonuses": [{"on": "fastest_lap", "points": 1, "if": {"top": 10}, "if_ineligible": "next"}],
        "scale_by": {"attribute": "share_run", "steps": [[0, "none"], [0.25, "half"], [0.75, "race"]]},
        "segments": [{"from": 1, "to": 7, "best": 4}],
        "adjustments": [{"kind": "points_delta", "subject": 7, "points": -2.5, "reason": "Fuel.", "race": 3}],
    }
    names = Names({7: "Ana Silva"}, {3: "Monza, Race 1"})
    with override("en"):
        sections = describe_rules(parse_rules(data), names)
    assert {section.title: list(section.sentences) for section in sections} == {
        "Who scores": [
            "Points go to each driver.",
            "Guests are not paid.",
            "Those behind a car that is not paid move up.",
            "The place in the series’ own classification is paid.",
            "Drivers who share a car each get all of its points.",
        ],
        "Points": [
            "Race scale: 25 – 18 – 12.5.",
            "Scale “half”: 12.5 – 9.",
            "The scale depends on the share of the distance that was run: from 0% on, no points; from 25% on, scale “half”;"
            " from 75% on, race scale.",
            "A race of which that is not known, or that reaches no step, keeps the scale of its kind.",
        ],
        "Bonus points": [
            "Fastest lap: 1 point; overall; only who is among the first 10 of the race; passes on to the next where who has it"
            " is not paid.",
        ],
        "What counts": [
            "Races 1 to 7: the best 4 scores count.",
            "A race that was missed counts as a zero that can be dropped.",
            "Bonus points are dropped with their score.",
            "Of equal scores the latest is dropped.",
        ],
        "The order of the table": [
            "Who has the most points is ahead.",
            "Between those level on points decides, in this order: 1. the greater number of the better places. Else they share"
            " the position.",
            "The table lists who has been classified in a race or has points.",
        ],
        "Decisions": ["Ana Silva, from Monza, Race 1 on: 2.5 points taken away. Reason: Fuel."],
    }


#: Rules that are rarer, and how they read in both languages.
RARER: list[tuple[dict[str, Any], list[str], list[str]]] = [
    (
        {"scale_by": {"attribute": "coefficient", "steps": [[2, "half"], [3, "none"]], "full": [4, 6]}},
        [
            "The scale depends on the number “coefficient” of the race: from 2 on, scale “half”; from 3 on, no points.",
            "A race of which that is not known, or that reaches no step, keeps the scale of its kind.",
            "Whatever that is, the scale of the kind is kept: rounds 4 and 6.",
        ],
        [
            "Le barème change selon le nombre « coefficient » de la course : dès 2, barème « half » ; dès 3, pas de points.",
            "Une course dont cela n’est pas connu, ou qui n’atteint aucun seuil, garde le barème de son genre.",
            "Quoi qu’il en soit, le barème du genre est gardé : manches 4 et 6.",
        ],
    ),
    (
        {
            "scales": {
                "race": {
                    "formula": "position",
                    "start": "entries+1",
                    "dns": 9,
                    "status": {"EX": "entries-1", "absent": 9},
                }
            },
            "entries": 1,
        },
        [
            "Race scale: the position itself is the number of points; not classified or retired: a point for each car entered"
            " and 1 more; did not start or race missed: 9 points; excluded: a point for each car entered, less 1.",
            "1 car is counted as entered.",
        ],
        [
            "Barème de course : le nombre de points est la place elle-même ; abandon ou non classé : un point par voiture"
            " engagée et 1 de plus ; course manquée ou non partant : 9 points ; exclu : un point par voiture engagée, moins 1.",
            "1 voiture est comptée comme engagée.",
        ],
    ),
    (
        {
            "phases": [
                {"after_round": 4, "keep": 2, "set_points": 100, "carry": False, "carry_scale": [5, 3]},
                {"after_round": 6, "keep": 1, "set_points": 200, "by": "wins", "carry_scale": [5]},
                {"after_round": 8, "keep": 1},
            ]
        },
        [
            "After round 4 the first 2 of the table begin anew with 100 points, ahead of all others.",
            "Nothing is carried into that phase.",
            "For the place in the table they carry into each later phase: 5 – 3.",
            "After round 6 the first of the table begins anew with 200 points, ahead of all others.",
            "Kept first are those who have won more races.",
            "Points that were won to be carried are added.",
            "For the place in the table they carry, each time: 5.",
            "After round 8 the first of the table stands ahead of all others.",
        ],
        [
            "Après la manche 4, les 2 premiers du tableau repartent avec 100 points, devant tous les autres.",
            "Rien n’est reporté dans cette phase.",
            "Pour leur place au tableau ils emportent dans chaque phase suivante : 5 – 3.",
            "Après la manche 6, le premier du tableau repart avec 200 points, devant tous les autres.",
            "Sont gardés d’abord ceux qui ont gagné le plus de courses.",
            "Les points gagnés pour être reportés s’y ajoutent.",
            "Pour leur place au tableau ils emportent, à chaque fois : 5.",
            "Après la manche 8, le premier du tableau passe devant tous les autres.",
        ],
    ),
]


@pytest.mark.parametrize(("data", "english", "french"), RARER, ids=lambda value: str(value)[:30])
def test_rarer_rules_read_as_sentences_in_both_languages(
    data: dict[str, Any], english: list[str], french: list[str]
) -> None:
    usual = {language: told({}, language) for language in ("en", "fr")}
    for language, sentences in (("en", english), ("fr", french)):
        own = [one.replace("\N{NO-BREAK SPACE}", " ") for one in told(data, language) if one not in usual[language]]
        assert own == sentences


def test_of_a_stretch_whose_end_is_known_it_is_told_from_when_on_scores_are_dropped() -> None:
    rules = parse_rules({**BASE, "segments": [{"to": 12, "drop": 2}, {"from": 13, "to": 15, "drop": 1}]})
    for language, first, second in (
        ("en", "Races 1 to 12: all scores but the worst 2 count", "there are no more than 2."),
        ("fr", "tous les résultats comptent sauf les 2 plus mauvais", "il n’y en a pas plus de 2."),
    ):
        with override(language):
            (told,) = [one.sentences for one in describe_rules(rules) if one.key == "counted"]
        assert (first in told[0], told[0][-3:], told[1].endswith(second)) == (True, "10.", True)


def test_a_change_in_mid_season_tells_what_it_alters_and_nothing_else() -> None:
    changes = [{"race": 2, "reason": "Appeal.", "rules": {"ineligible": "rerank"}}]
    with override("en"):
        (section,) = [one for one in describe_rules(parse_rules({**BASE, "changes": changes})) if one.key == "changes"]
    assert list(section.sentences) == [
        "From race no. 2 on, for the whole season: Appeal.",
        "Until then: The place of a car that is not paid pays nobody.",
        "Until then: The place on the road is paid.",
        "From then on: Those behind a car that is not paid move up.",
        "From then on: The place in the series’ own classification is paid.",
    ]


def test_every_rulebook_can_be_told() -> None:
    for book in (*rulebooks(), default()):
        for template in book.templates:
            for held in (template.usual, *template.years.values()):
                sections = describe_rules(parse_rules(held.rules))
                assert [one.key for one in sections][:2] == ["who", "points"]
                assert [line for one in sections for line in one.sentences if not SENTENCE.fullmatch(line)] == []
