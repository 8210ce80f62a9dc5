"""Rules are data written by people: every mistake is told with the key's name, and the nearest that is known."""

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from racing.terms import Contest, Status
from standings.scoring import Mistake, Ranking, Rules, RulesError, Subject, parse_rules
from standings.scoring.rules import (
    Bonus,
    Decision,
    DecisionKind,
    Filter,
    Ineligible,
    Listed,
    Rounding,
    Scale,
    Segment,
    TieBreak,
    TieStep,
)

SCALES = {"race": [3, 2, 1]}
BONUSES = "pole, fastest_lap, lap_led, most_laps_led, stage_position, win, qualifying_position, participation"


def test_all_keys_together_are_read() -> None:
    read = parse_rules(
        {
            "subject": "team",
            "filter": {"class": "B", "classes": ["Am"]},
            "eligible": {"classes": ["Am", "B", "Pro"]},
            "ineligible": "rerank",
            "rank_within": "class",
            "scales": {"race": [10, 6.5, "1/3"], "sprint": {"places": [3], "tail": 1}},
            "round_multiplier": {"6": 2},
            "only_rounds": [1, 6],
            "exclude_rounds": [2],
            "bonuses": [
                {"on": "pole", "points": 1, "scope": "class", "if_ineligible": "next", "if": {"classified": True}},
                {"on": "fastest_lap", "points": 2, "if": {"top": 10}, "multiplied": True},
            ],
            "cars": 2,
            "bonus_for_cars": "scoring",
            "unit": "round",
            "best_of_round": 1,
            "segments": [{"from": 2, "to": 6, "best": 4}, {"drop": 1}],
            "drop_bonus": False,
            "absent": False,
            "equal_worst": "earliest",
            "not_droppable": ["DSQ"],
            "min_scores": 3,
            "tiebreak": [{"countback": {"results": "kept", "depth": "scoring"}}, "last_achieved", "decision"],
            "listed": "classified",
            "adjustments": [
                {"kind": "points_delta", "subject": 5, "points": "-1/2", "race": 7, "reason": "late"},
                {"kind": "tie_order", "order": [2, 1], "reason": "drawn"},
            ],
            "title": False,
        }
    )
    assert read == Rules(
        subject=Subject.TEAM,
        filter=Filter(frozenset({"B", "Am"})),
        eligible=Filter(frozenset({"Am", "B", "Pro"}), guest=False),
        ineligible=Ineligible.RERANK,
        rank_within=Ranking.CLASS,
        scales={
            "race": Scale((Fraction(10), Fraction(13, 2), Fraction(1, 3))),
            "sprint": Scale((Fraction(3),), Fraction(1)),
        },
        round_multiplier={6: Fraction(2)},
        only_rounds=frozenset({1, 6}),
        exclude_rounds=frozenset({2}),
        bonuses=(
            Bonus("pole", Contest.QUALIFYING, Fraction(1), Ranking.CLASS, next_if_ineligible=True, classified=True),
            Bonus("fastest_lap", Contest.FASTEST_LAP, Fraction(2), Ranking.OVERALL, top=10, multiplied=True),
        ),
        cars=2,
        bonus_for_all_cars=False,
        by_round=True,
        best_of_round=1,
        segments=(Segment(2, 6, best=4), Segment(drop=1)),
        drop_bonus=False,
        absent=False,
        drop_latest=False,
        not_droppable=frozenset({Status.DSQ}),
        min_scores=3,
        tiebreak=(
            TieStep(TieBreak.COUNTBACK, kept=True, scoring=True),
            TieStep(TieBreak.LAST_ACHIEVED),
            TieStep(TieBreak.DECISION),
        ),
        listed=Listed.CLASSIFIED,
        decisions=(
            Decision(DecisionKind.POINTS_DELTA, "late", subject=5, race=7, points=Fraction(-1, 2)),
            Decision(DecisionKind.TIE_ORDER, "drawn", order=(2, 1)),
        ),
        title=False,
    )


def test_the_defaults_hold_for_what_is_not_said() -> None:
    assert parse_rules({"scales": SCALES}) == Rules(scales={"race": Scale((Fraction(3), Fraction(2), Fraction(1)))})


@pytest.mark.parametrize(
    ("given", "rounding"),
    [
        ({}, Rounding(2, half_up=True)),
        ({"round_points_to": {"half": "down"}}, Rounding(2, half_up=False)),
        ({"round_points_to": 0}, Rounding(0, half_up=True)),
        ({"round_points_to": "exact"}, None),
    ],
)
def test_what_a_factor_makes_is_rounded_to_two_decimals_unless_the_rules_say_otherwise(
    given: dict[str, Any], rounding: Rounding | None
) -> None:
    assert parse_rules({"scales": SCALES, **given}).rounding == rounding


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"bonusses": []}, 'Unknown key "bonusses" in the rules; did you mean "bonuses"?'),
        ({"tie_break": []}, 'Unknown key "tie_break" in the rules; did you mean "tiebreak"?'),
        ({"filter": {"clas": "B"}}, 'Unknown key "clas" in filter; did you mean "class"?'),
        ({"bonuses": [{"on": "pole", "pionts": 1}]}, 'Unknown key "pionts" in bonuses[1]; did you mean "points"?'),
        ({"segments": [{"best": 3}, {"frm": 1}]}, 'Unknown key "frm" in segments[2]; did you mean "from"?'),
        (
            {"subject": "drivers"},
            '"subject" must be one of driver, crew, car, team, make, entity, not \'drivers\'; did you mean "driver"?',
        ),
        (
            {"bonuses": [{"on": "polle", "points": 1}]},
            f'"bonuses[1].on" must be one of {BONUSES}, not \'polle\'; did you mean "pole"?',
        ),
        (
            {"bonuses": [{"points": 1}]},
            f'"bonuses[1].on" must be one of {BONUSES}, not None.',
        ),
        ({"bonuses": {}}, '"bonuses" must be a list, not {}.'),
        ({"scales": [3, 2, 1]}, '"scales" must be a table of keys and values, not [3, 2, 1].'),
        (
            {"scales": {"race": ["ten"]}},
            '"scales.race" must be a number of points such as 12, 12.5 or "1/3", not \'ten\'.',
        ),
        (
            {"scales": {"race": [-1]}},
            '"scales.race" must not be less than zero: points are taken away by "adjustments".',
        ),
        ({"scales": {"race": [True]}}, '"scales.race" must be a number of points, not True.'),
        ({"segments": [{"from": 1}]}, '"segments[1]" needs either "best" or "drop".'),
        ({"segments": [{"from": 3, "to": 2, "drop": 1}]}, '"segments[1]" ends before it begins.'),
        ({"cars": "two"}, "\"cars\" must be a whole number, not 'two'."),
        ({"drop_bonus": "yes"}, "\"drop_bonus\" must be true or false, not 'yes'."),
        ({"adjustments": [{"kind": "no_points", "subject": 1}]}, '"adjustments[1]" needs a "reason".'),
        ({"adjustments": [{"kind": "no_points", "reason": "x"}]}, '"adjustments[1]" needs "subject".'),
        ({"adjustments": [{"kind": "tie_order", "reason": "x"}]}, '"adjustments[1]" needs "order".'),
    ],
)
def test_a_mistake_is_told_by_its_key(wrong: dict[str, Any], sentence: str) -> None:
    with pytest.raises(RulesError) as told:
        parse_rules({"scales": SCALES, **wrong})
    assert str(told.value) == sentence


@pytest.mark.parametrize("scales", [{}, {"scales": {}}])
def test_rules_without_any_scale_say_nothing_of_points(scales: dict[str, Any]) -> None:
    with pytest.raises(RulesError) as told:
        parse_rules({"sessions": ["race"], **scales})
    assert (told.value.code, told.value.key) == (Mistake.NO_SCALES, "scales")


def test_rules_that_are_no_table_are_told_so() -> None:
    with pytest.raises(RulesError, match='"rules" must be a table of keys and values, not 5'):
        parse_rules(5)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"scales": {"race": {"places": [1], "tial": 1}}}, 'Unknown key "tial" in scales.race; did you mean "tail"?'),
        ({"scales": {"race": {"status": {"DNFF": 1}}}}, 'did you mean "DNF"?'),
        (
            {"scales": {"race": {"status": {"DNF": "entrants+1"}}}},
            '"scales.race.status.DNF" must be a number of points',
        ),
        (
            {"scale_by": {"attribute": "hours", "steps": [[0, "rase"]]}},
            'there is no scale "rase"; did you mean "race"?',
        ),
        (
            {"scale_by": {"attribute": "hours", "steps": [[8, "race"], [0, "none"]]}},
            "must begin after the step before it.",
        ),
        ({"scale_by": {"attribute": "hours", "steps": [[8]]}}, "must be pairs of a number and the name of a scale"),
        ({"sessions": ["sprint"]}, 'there is no scale "sprint"'),
        (
            {"min_drive": "25 minutes"},
            '"min_drive" must be minutes such as "25 min" or a share such as 0.25, not \'25 minutes\'.',
        ),
        ({"min_drive": "some min"}, 'must be minutes such as "25 min"'),
        ({"min_drive": True}, 'must be minutes such as "25 min"'),
        ({"min_drive": 25}, 'must be minutes such as "25 min" or a share such as 0.25, not 25.'),
        ({"classified": {"min_shaer": 0.75}}, 'Unknown key "min_shaer" in classified; did you mean "min_share"?'),
        ({"round_points_to": {"half": "even"}}, '"round_points_to.half" must be one of up, down'),
        ({"bonuses": [{"on": "win", "scale": [3]}]}, '"bonuses[1].scale" is for qualifying_position'),
        ({"bonuses": [{"on": "win", "points": 3, "if": {"eligible": False}}]}, "who may not be paid gets no bonus."),
        ({"bonuses": [{"on": "win", "points": 3, "pays": ["team", "maker"]}]}, 'did you mean "make"?'),
        ({"segments": [{"best": 1}], "drop_schedule": [[4, 1]]}, "only one of them can hold."),
        ({"drop_schedule": [4, 1]}, '"drop_schedule" must be a list, not 4.'),
        ({"phases": [{"after_round": 2, "keep": 2, "carry": True}]}, '"set_points" does not say what to add them to.'),
        ({"not_droppable": [{"tags": "finale"}]}, 'Unknown key "tags" in not_droppable; did you mean "tag"?'),
        ({"min_scores": {"start": 3}}, 'Unknown key "start" in min_scores; did you mean "starts"?'),
        ({"listed": {"classifed": ["race"]}}, 'Unknown key "classifed" in listed; did you mean "classified"?'),
        ({"tiebreak": [{"countback": {}, "last_race": {}}]}, '"tiebreak" needs one step at a time'),
        ({"tiebreak": [{"last_race": {"depth": "all"}}]}, 'Unknown key "depth" in tiebreak.last_race'),
        ({"tiebreak": [{"countback": {"cars": 2}}]}, '"tiebreak.countback.cars" must be one of scoring, all, not 2.'),
        (
            {"adjustments": [{"kind": "force_scale", "race": 1, "scale": "full", "reason": "x"}]},
            '"adjustments[1].scale": there is no scale "full"; did you mean "race"?',
        ),
        ({"adjustments": [{"kind": "set_points", "race": 1, "subject": 1, "reason": "x"}]}, 'needs "points".'),
        ({"adjustments": [{"kind": "no_points", "subject": 1, "reason": "x"}]}, '"adjustments[1]" needs "race".'),
        ({"adjustments": [{"kind": "no_bonus", "subject": 1, "reason": "x"}]}, '"adjustments[1]" needs "race".'),
        ({"adjustments": [{"kind": "points_delta", "subject": 1, "reason": "x"}]}, '"adjustments[1]" needs "points".'),
        (
            {"adjustments": [{"kind": "no_points", "subject": 1, "race": 1, "points": 5, "reason": "x"}]},
            '"adjustments[1].points" has no effect: a decision of the kind "no_points" takes subject, race, position, entry.',
        ),
        (
            {"adjustments": [{"kind": "force_scale", "race": 1, "scale": "race", "keep": False, "reason": "x"}]},
            '"adjustments[1].keep" has no effect: a decision of the kind "force_scale" takes race, scale.',
        ),
        ({"changes": [{"race": 1, "reason": "x", "rules": {"cats": 1}}]}, 'Unknown key "cats" in the rules'),
        ({"changes": [{"race": 1, "reason": "x", "rules": {"changes": []}}]}, 'cannot hold "changes" of its own.'),
    ],
)
def test_a_mistake_in_a_rarer_rule_is_told_by_its_key(wrong: dict[str, Any], sentence: str) -> None:
    with pytest.raises(RulesError) as told:
        parse_rules({"scales": SCALES, **wrong})
    assert sentence in str(told.value)


@pytest.mark.parametrize(
    ("said", "means"),
    [
        ({"eligible": {"guest": "either"}}, {"eligible": Filter()}),
        ({"filter": {"registered": "either"}}, {}),
        ({"min_drive": "0 min"}, {}),
        ({"segments": [{"best": 3}], "drop_schedule": []}, {"segments": (Segment(best=3),)}),
    ],
)
def test_a_rule_can_say_that_it_asks_for_nothing(said: dict[str, Any], means: dict[str, Any]) -> None:
    assert parse_rules({"scales": SCALES, **said}) == replace(parse_rules({"scales": SCALES}), **means)


@pytest.mark.parametrize("points", ["1e999999999", 1e300, "1/9999999999", float("inf")])
def test_points_that_no_race_ever_paid_are_refused(points: Any) -> None:
    with pytest.raises(RulesError) as told:
        parse_rules({"scales": {"race": [points]}})
    assert told.value.key == "scales.race"


@pytest.mark.parametrize("rules", [{"round_points_to": 10**6}, {"cars": 2**63}, {"round_points_to": {"decimals": 10}}])
def test_numbers_that_no_machine_could_follow_are_refused(rules: dict[str, Any]) -> None:
    with pytest.raises(RulesError) as told:
        parse_rules({"scales": SCALES, **rules})
    assert told.value.key.startswith(next(iter(rules)))
