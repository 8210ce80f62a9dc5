"""Rules shown in a form's fields are told again as they were: what no field can say stays in the text, nothing is lost."""

from typing import Any

import pytest
from hypothesis import assume, given

from standings.editing import held_from, keep_writing, rules_of, sheet_of
from standings.editing.rows import ROWS
from standings.editing.whole import EVERY
from standings.scoring import Mistake, RulesError, parse_rules
from standings.scoring.parsing import KEYS
from tests.editing import some_rules

SCALES = {"race": [3, 2, 1]}


def changed(rules: dict[str, Any], **fields: Any) -> dict[str, Any]:
    """Give the rules after somebody filled some fields of their form in otherwise."""
    return keep_writing(rules, rules_of({**sheet_of(rules).fields, **fields}))


def check(rules: dict[str, Any]) -> None:
    told = rules_of(sheet_of(rules).fields)
    assert parse_rules(told) == parse_rules(rules)
    assert keep_writing(rules, told) == rules


@pytest.mark.parametrize("rules", some_rules.of_rulebooks(), ids=str)
def test_rules_of_rulebooks_come_back_unchanged(rules: dict[str, Any]) -> None:
    check(rules)


@pytest.mark.parametrize("rules", some_rules.of_cases(), ids=str)
def test_rules_of_made_up_seasons_come_back_unchanged(rules: dict[str, Any]) -> None:
    check(rules)


@given(some_rules.drawn)
def test_all_rules_come_back_unchanged(rules: dict[str, Any]) -> None:
    check(rules)


def test_the_form_knows_every_key() -> None:
    assert set(KEYS) == {section.key for section in EVERY}


def test_no_rules_of_rulebooks_or_made_up_seasons_need_the_text() -> None:
    assert [rules for rules in [*some_rules.of_cases(), *some_rules.of_rulebooks()] if sheet_of(rules).rest] == []


def test_what_is_not_known_or_cannot_be_followed_stays_in_the_text() -> None:
    rules = {"scales": SCALES, "cars": "two", "weather": {"rain": 2}}
    sheet = sheet_of(rules)
    assert sheet.rest == ("weather", "cars")
    assert sheet.fields["rest"] == 'cars = "two"\n\n[weather]\nrain = 2\n'
    assert rules_of(sheet.fields) == rules


def test_what_is_not_changed_stays_as_it_was_written() -> None:
    rules = {"scales": SCALES, "rank_within": "overall", "eligible": {"guest": False}, "cars": "2"}
    assert changed(rules, others_move_up=True) == {**rules, "others_move_up": True}
    assert changed(rules, cars="3") == {**rules, "cars": 3}
    assert changed(rules, cars="") == {key: value for key, value in rules.items() if key != "cars"}


def test_points_are_read_as_people_write_them() -> None:
    scale = ROWS["scales"]
    texts = {
        "25, 18, 15": [25, 18, 15],
        "25,18,15": [25, 18, 15],
        "25-18-15": [25, 18, 15],
        "25 18\n15": [25, 18, 15],
        "12.5; 1/3; 2,5".replace("2,5", "2.5"): [12.5, "1/3", 2.5],
    }
    found = {text: changed({"scales": SCALES}, scales=[{**scale, "places": text}])["scales"]["race"] for text in texts}
    assert found == texts


@pytest.mark.parametrize(
    ("fields", "code", "key"),
    [
        ({"scales": [{"session": "race", "places": "25, 12,5, 8"}]}, Mistake.UNCLEAR_COMMAS, "scales.race"),
        ({"scales": [{"session": "race", "places": "25, ten"}]}, Mistake.UNREADABLE_POINTS, "scales.race"),
        ({"cars": "two"}, Mistake.NOT_A_NUMBER, "cars"),
        ({"only_rounds": "8-5"}, Mistake.ENDS_BEFORE_IT_BEGINS, "only_rounds"),
        ({"round_multiplier": "5 = 2"}, Mistake.NOT_PAIRS, "round_multiplier"),
        ({"bonuses": [{}, {"on": "pole", "points": "one"}]}, Mistake.UNREADABLE_POINTS, "bonuses[1].points"),
        ({"rest": "entries = \n"}, Mistake.NOT_TOML, "rest"),
        ({"rest": "cars = 1", "cars": "2"}, Mistake.SAID_TWICE, "cars"),
    ],
)
def test_what_cannot_be_read_is_told_by_its_field(fields: dict[str, Any], code: Mistake, key: str) -> None:
    whole = {
        name: [ROWS[name] | row for row in value] if isinstance(value, list) else value
        for name, value in fields.items()
    }
    with pytest.raises(RulesError) as told:
        changed({"scales": SCALES}, **whole)
    assert (told.value.code, told.value.key) == (code, key)


def test_rules_that_hold_from_a_race_on_leave_those_before_as_they_are() -> None:
    before = {"scales": SCALES, "cars": 2, "others_move_up": True}
    after = {"scales": {"race": [5, 3]}, "others_move_up": True}
    held = held_from(before, after, 7, "the organisers' bulletin")
    change = {"race": 7, "reason": "the organisers' bulletin", "rules": {"scales": {"race": [5, 3]}, "cars": "all"}}
    assert held == {**before, "changes": [change]}
    assert parse_rules(held).changes[0].rules == parse_rules(after)


def test_a_second_change_goes_on_from_the_first() -> None:
    before = {"scales": SCALES, "changes": [{"race": 3, "reason": "a", "rules": {"cars": 1}}]}
    held = held_from(before, {**before, "unit": "round"}, 5, "b")
    assert held["changes"][1] == {"race": 5, "reason": "b", "rules": {"cars": 1, "unit": "round"}}


def test_what_has_no_neutral_word_cannot_be_taken_away_in_mid_season() -> None:
    before = {"scales": SCALES, "entries": 20}
    with pytest.raises(RulesError) as told:
        held_from(before, {"scales": SCALES}, 5, "b")
    assert (told.value.code, told.value.key) == (Mistake.NOT_UNDONE, "entries")


@given(some_rules.drawn, some_rules.drawn)
def test_rules_from_a_race_on_are_those_that_were_meant(before: dict[str, Any], after: dict[str, Any]) -> None:
    before, after = ({key: rules[key] for key in rules if key != "changes"} for rules in (before, after))
    assume(not {"entries", "scale_by"} & (before.keys() - after.keys()))
    held = held_from(before, after, 1, "x")
    assert parse_rules(held).changes[0].rules == parse_rules(after)
