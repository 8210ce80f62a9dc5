"""Whatever the engine can say of points and places has words in both languages, each its own."""

import json
import re
from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from typing import Any

import pytest
from django.utils.translation import override

from racing.terms import Status
from standings.describing_rules import Names
from standings.explaining import parts as of_parts
from standings.explaining.counting import counted, numbered, why_dropped, why_kept
from standings.explaining.parts import describe_part, describe_scale, describe_sum
from standings.explaining.rows import KINDS, NOT_CLASSIFIED, TIES, describe_adjustment, describe_place, describe_row
from standings.fields import parse_points
from standings.scoring import Part, Row, Rules, parse_rules
from standings.scoring.parts import BONUSES
from standings.scoring.rules import DecisionKind, TieBreak
from standings.scoring.sharing import TOO_SHORT
from standings.wording import RULES
from tests.scoring.telling import Told
from tests.scoring.test_made_up_seasons import CASES, load

LANGUAGES = ("fr", "en")
POSITION = {"kind": "position", "rule": "race", "ranking": "overall", "position": 3, "why": "as_classified", "road": 5}
#: What is said only between quotation marks in the description of what comes out, besides reasons.
NOT_REASONS = {"position", "bonus", "carried", "decision", "pole", "DNF", "absent", "min_drive"}


def quoted_in(text: str | None) -> set[str]:
    """Give the words between quotation marks."""
    return set(re.findall(r'"(\w+)"', text or ""))


@cache
def made_up() -> list[tuple[Rules, dict[str, Any], dict[str, Any]]]:
    """Give every award's part and every row's reasons of the made-up seasons, as they are stored, with their rules."""
    found: list[tuple[Rules, dict[str, Any], dict[str, Any]]] = []
    for path in CASES:
        case = load(path)
        told = Told(case["races"], case.get("entries", {}))
        for variant in case["tables"]:
            rules = parse_rules({**case["rules"], **case.get("variants", {}).get(variant, {})})
            scored = told.score(rules)
            rows = [dict(row.why) for table in scored.tables for row in table.rows if row.why]
            stored = [part.as_json() for award in scored.awards for part in award.parts]
            found += [(rules, json.loads(json.dumps(part)), {}) for part in stored]
            found += [(rules, {}, json.loads(json.dumps(why))) for why in rows]
    return found


def in_both(say: Any) -> tuple[str, str]:
    """Give what is said in French and in English."""
    told = []
    for language in LANGUAGES:
        with override(language):
            told.append(str(say()))
    return told[0], told[1]


def parts() -> Iterator[dict[str, Any]]:
    """Give a part for each reason and rule that there is."""
    for why in (*of_parts.POSITION_WHYS, *of_parts.PLAIN_WHYS):
        yield {**POSITION, "why": why}
    for status in (*Status, of_parts.ABSENT):
        yield {**POSITION, "position": None, "why": str(status)}
    for on in BONUSES:
        for why in (*of_parts.BONUS_WHYS, *of_parts.PLAIN_BONUS_WHYS):
            yield {"kind": "bonus", "rule": on, "ranking": "B", "position": 1, "why": why}
    for kind in (*DecisionKind, TOO_SHORT):
        yield {"kind": "decision", "rule": str(kind), "why": "", "position": None}


def test_the_reasons_that_the_engine_names_are_those_that_have_words() -> None:
    known = {*of_parts.POSITION_WHYS, *of_parts.PLAIN_WHYS, *of_parts.BONUS_WHYS, *of_parts.PLAIN_BONUS_WHYS}
    assert quoted_in(Part.__doc__) - NOT_REASONS == known


def test_what_a_row_may_say_of_itself_has_words() -> None:
    keys = set(re.findall(r"- `(\w+)`:", Row.__doc__ or ""))
    assert {*keys, "tie"} == set(KINDS)
    assert set(NOT_CLASSIFIED) == quoted_in((Row.__doc__ or "").split("`not_classified`")[1])
    assert set(TIES) == {"shared", *map(str, TieBreak)}


def test_each_bonus_and_each_decision_has_words() -> None:
    assert set(RULES) == {*BONUSES, *map(str, DecisionKind), TOO_SHORT}


def test_every_reason_is_told_in_words_of_its_own_in_both_languages() -> None:
    told = [in_both(lambda part=part: describe_part(part)) for part in parts()]
    for french, english in told:
        assert french != english or french == "pole position, B"
    for language in range(2):
        # The road's own place and the series' own read alike where the ranking is the same, as does a place in class.
        assert len({words[language] for words in told}) == len(told) - len(of_parts.PLAIN_WHYS) + 1


def test_no_reason_of_the_made_up_seasons_lacks_words() -> None:
    seen = set()
    for rules, part, why in made_up():
        for language in LANGUAGES:
            with override(language):
                if part:
                    words = describe_part(part)
                    assert words
                    assert "%(" not in words
                    assert "None" not in words
                    describe_sum(part)
                for phrase in describe_row(why, rules, Names()):
                    assert phrase
                    assert "%(" not in phrase
                    assert "None" not in phrase
        seen |= {part["why"]} if part and part["kind"] != "decision" else set()
        seen |= set(why)
    reasons = {*of_parts.POSITION_WHYS, *of_parts.PLAIN_WHYS, *of_parts.BONUS_WHYS, *of_parts.PLAIN_BONUS_WHYS}
    assert seen - set(Status) - {of_parts.ABSENT} == {*reasons, *KINDS}


def test_the_made_up_seasons_hold_nothing_that_has_no_words() -> None:
    for _rules, part, why in made_up():
        assert set(why) <= set(KINDS)
        if part and part["kind"] == "position" and part["position"] is not None:
            assert part["why"] in {*of_parts.POSITION_WHYS, *of_parts.PLAIN_WHYS}
        elif part and part["kind"] in ("bonus", "carried"):
            assert part["rule"] in RULES
            assert part["why"] in {*of_parts.BONUS_WHYS, *of_parts.PLAIN_BONUS_WHYS}
        elif part and part["kind"] == "decision":
            assert part["rule"] in RULES


@pytest.mark.parametrize(
    ("part", "told"),
    [
        ({"value": "25", "factor": "1", "points": "25"}, ""),
        ({"value": "15", "factor": "1.5", "points": "23"}, "15 × 1.5, rounded"),
        ({"value": "1", "factor": "1", "share": 7, "points": "0.14"}, "1 ÷ 7, rounded"),
        ({"value": "8", "factor": "0.5", "share": 2, "points": "2"}, "8 × 0.5 ÷ 2"),
        ({"value": "1", "factor": "1/3", "points": "1/3"}, "1 × ⅓"),
    ],
)
def test_a_sum_tells_factor_share_and_rounding(part: dict[str, Any], told: str) -> None:
    with override("en"):
        assert describe_sum(part) == told


def test_a_shared_car_that_is_not_paid_says_so() -> None:
    part = {**POSITION, "value": "8", "factor": "0", "points": "0", "why": "shared"}
    with override("en"):
        assert describe_part(part) == "position 3 overall (a shared car is not paid)"
        assert describe_sum(part) == ""
        assert describe_sum({**part, "why": "on_the_road"}) == "8 × 0"


def test_a_bonus_that_is_carried_says_how_much() -> None:
    part = {"kind": "carried", "rule": "win", "ranking": "overall", "position": 1, "why": "first", "value": "5"}
    with override("en"):
        assert describe_part(part) == "win, overall: 5 points carried into the next phase"
        assert describe_sum({**part, "factor": "1", "points": "0"}) == ""


STEPS = {"attribute": "share_run", "steps": [[0, "none"], ["0.25", "half"], ["0.75", "race"]]}


@pytest.mark.parametrize(
    ("scale", "told"),
    [
        ("race", ""),
        ("half", "scale “half”: the share of the distance that was run is at least 25% and less than 75%"),
        ("none", "nobody is paid: the share of the distance that was run is less than 25%"),
        ("sprint", "sprint scale"),
    ],
)
def test_another_scale_than_the_races_own_is_told_with_its_reason(scale: str, told: str) -> None:
    rules = parse_rules({"scales": {"race": [8], "half": [4], "sprint": [3]}, "scale_by": STEPS})
    with override("en"):
        assert describe_scale({**POSITION, "rule": scale}, rules, "race") == told
        assert describe_scale({"kind": "bonus", "rule": "pole"}, rules, "race") == ""


def test_why_a_score_is_dropped_or_may_not_be() -> None:
    rules = parse_rules(
        {
            "scales": {"race": [8]},
            "segments": [{"from": 1, "to": 7, "best": 4}, {"from": 8, "drop": 1}],
            "drop_bonus": False,
            "not_droppable": ["DSQ", {"tag": "finale"}],
        }
    )
    with override("en"):
        assert why_dropped(rules, 3) == (
            "Races 1 to 7: the best 4 scores count. Bonus points of a dropped score still count."
        )
        assert why_dropped(rules, 9).startswith("Races from 8 on: the worst score is dropped, from the second on.")
        assert why_kept(rules, 3, "DSQ") == "cannot be dropped: disqualified"
        assert why_kept(rules, 3, "", frozenset({"finale"})) == "cannot be dropped: races marked “finale”"
        assert why_kept(rules, 3, "DNF") == ""
        assert why_kept(parse_rules({"scales": {"race": [8]}, "not_droppable": ["DSQ"]}), 3, "DSQ") == ""


def test_why_a_result_does_not_make_its_meetings_score() -> None:
    better = {"scales": {"race": [8]}, "unit": "round", "best_of_round": 1, "not_droppable": ["DSQ"]}
    with override("en"):
        assert why_dropped(parse_rules(better), 2) == "Of each meeting the best result alone counts."
        assert why_dropped(parse_rules({**better, "drop_bonus": False, "segments": [{"drop": 1}]}), 2) == (
            "Of each meeting the best result alone counts. All meetings: the worst score is dropped, from the second on. "
            "Bonus points of a dropped score still count."
        )
        assert why_kept(parse_rules(better), 2, "DSQ") == "cannot be dropped: disqualified"


def test_scores_are_numbered_as_drops_count_them() -> None:
    races = [(11, 1), (12, 1), (13, 2)]
    assert numbered(parse_rules({"scales": {"race": [8]}}), races) == {11: 1, 12: 2, 13: 3}
    assert numbered(parse_rules({"scales": {"race": [8]}, "unit": "round"}), races) == {11: 1, 12: 1, 13: 2}


def test_what_counts_of_each_score_makes_the_total() -> None:
    """Of every made-up season without phases or decisions on the total, race by race as the score sheet adds up."""
    tried = 0
    for path in CASES:
        case = load(path)
        told = Told(case["races"], case.get("entries", {}))
        for variant in case["tables"]:
            rules = parse_rules({**case["rules"], **case.get("variants", {}).get(variant, {})})
            if rules.phases or rules.changes or rules.low:
                continue
            scored = told.score(rules)
            for row in scored.tables[-1].rows:
                if "adjustments" in row.why:
                    continue
                own = [one for one in scored.awards if one.subject == row.subject]
                stored = [(one.points, [part.as_json() for part in one.parts], one.dropped) for one in own]
                sums = (counted(rules, points, parts, dropped=dropped) for points, parts, dropped in stored)
                assert sum(sums, Fraction(0)) == row.points, path.name
                tried += 1
    assert tried > 100


def test_a_place_tells_its_neighbour_and_what_decided() -> None:
    names = Names({4: "Ana Silva"}, {2: "Monza, Race 1"})
    why = {
        "tie": {"rule": "countback", "place": 1, "mine": 2, "theirs": 1, "other": 4, "ahead": True},
        "phase": {"number": 1, "began": "105"},
        "rules": {"race": 2, "reason": "Appeal.", "position": 3, "points": "12.5"},
        "not_classified": "too_few_starts",
    }
    rules = parse_rules({"scales": {"race": [8]}, "phases": [{"after_round": 1, "keep": 2, "set_points": 100}]})
    with override("en"):
        assert describe_place(why, rules, names) == [
            "Not classified: too few starts.",
            "Ahead of Ana Silva, level on points: results in position 1 decide, 2 against 1.",
            "Phase 1 began with 105 points, of which 5 points carried.",
            "Rules changed at Monza, Race 1 (Appeal): by those before position 3 with 12.5 points.",
        ]
    with override("fr"):
        assert describe_place(why, rules, names)[1] == (
            "Devant Ana Silva, égalité de points\u00a0: départagés au nombre de P1, 2 contre 1."
        )


def test_every_step_tells_the_figures_in_which_the_two_differ() -> None:
    names = Names({4: "Ana Silva"}, {2: "Monza, Race 1"})
    steps: list[dict[str, Any]] = [
        {"rule": "first_achieved", "place": 1, "race": 2},
        {"rule": "last_race", "mine": "12.5", "theirs": "10"},
        {"rule": "head_to_head", "mine": 2, "theirs": -2},
    ]
    with override("en"):
        told = [describe_row({"tie": {**step, "other": 4, "ahead": True}}, None, names)[0] for step in steps]
    assert told == [
        "ahead of Ana Silva, level on points: who had position 1 first is ahead (Monza, Race 1)",
        "ahead of Ana Silva, level on points: the last race in which they differ decides, 12.5 against 10",
        "ahead of Ana Silva, level on points: who was ahead of the other more often is ahead, by 2 against −2",
    ]


def test_an_exclusion_tells_its_text_and_no_points() -> None:
    with override("en"):
        row = {"kind": "exclude", "points": "0", "reason": "Weight.", "text": "EX"}
        assert describe_adjustment(row, with_points=True) == "excluded by decision (EX): Weight"
        row = {"kind": "points_delta", "points": "-2.5", "reason": "Fuel."}
        assert describe_adjustment(row, with_points=True) == "points given or taken by decision, −2.5 points: Fuel"


def test_points_of_the_parts_are_read_back_exactly() -> None:
    for rules, part, _why in made_up():
        if not part or rules.rounding is not None or part.get("share", 1) != 1 or part["kind"] == "carried":
            continue
        assert parse_points(part["points"]) == parse_points(part["value"]) * parse_points(part["factor"])
