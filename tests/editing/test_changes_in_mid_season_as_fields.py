"""Changes in mid-season are rows of the form with the fields of the rules that they alter, and come back as they were."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from standings.editing import keep_writing, rules_of, sheet_of
from standings.editing.rows import CHANGE, ROWS
from standings.editing.sections import SECTIONS
from standings.editing.sheet import in_fields
from standings.scoring import Mistake, RulesError, parse_rules
from tests.editing import some_rules

SCALES = {"race": [3, 2, 1]}
ALTERED = {"scales": {"race": [5, 3]}, "cars": "all", "bonuses": [], "unit": "session", "tiebreak": ["countback"]}
RULES: dict[str, Any] = {
    "scales": SCALES,
    "cars": 2,
    "bonuses": [{"on": "pole", "points": 1}],
    "changes": [{"race": 7, "reason": "Bulletin 4", "rules": ALTERED}],
}


def a_row(**fields: Any) -> dict[str, Any]:
    """Give the row of a change as the form sends it, with some fields filled in."""
    return CHANGE | in_fields({}, SECTIONS).fields | {"race": "7", "reason": "Bulletin 4"} | fields


def told(*rows: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = rules_of({**sheet_of({"scales": SCALES}).fields, "changes": list(rows)})["changes"]
    return found


@pytest.mark.parametrize(
    ("row", "code", "key"),
    [
        (a_row(reason=" "), Mistake.LEFT_EMPTY, "changes[1].reason"),
        (a_row(race="last"), Mistake.NOT_A_NUMBER, "changes[1].race"),
        (a_row(rest="{"), Mistake.NOT_TOML, "changes[1].rules.rest"),
        (a_row(keys=["cars"], cars="two"), Mistake.NOT_A_NUMBER, "changes[1].rules.cars"),
        (a_row(keys=["cars"], cars="1", rest="cars = 2"), Mistake.SAID_TWICE, "changes[1].rules.cars"),
        (a_row(keys=["scales"]), Mistake.LEFT_EMPTY, "changes[1].rules.scales"),
        (a_row(keys=["entries"]), Mistake.LEFT_EMPTY, "changes[1].rules.entries"),
        (
            a_row(keys=["bonuses"], bonuses=[ROWS["bonuses"] | {"on": "pole", "points": "one"}]),
            Mistake.UNREADABLE_POINTS,
            "changes[1].rules.bonuses[1].points",
        ),
    ],
)
def test_what_cannot_be_read_is_told_by_its_change_and_field(row: dict[str, Any], code: Mistake, key: str) -> None:
    with pytest.raises(RulesError) as found:
        told(row)
    assert (found.value.code, found.value.key) == (code, key)


def test_what_cannot_be_followed_is_told_by_its_change() -> None:
    changes = [
        {"race": 1, "reason": "a", "rules": {"cars": 1}},
        {
            "race": "x",
            "reason": "b",
            "rules": {"cars": -1, "carts": 1, "scales": {"sprint": [1]}, "sessions": ["race"]},
        },
    ]
    with pytest.raises(RulesError) as found:
        parse_rules({"scales": SCALES, "changes": changes})
    assert [(str(one.code), one.key) for one in found.value.every] == [
        ("not_a_number", "changes[2].race"),
        ("unknown_key", "changes[2].rules"),
        ("not_a_number", "changes[2].rules.cars"),
    ]


def test_a_change_shows_the_rules_that_it_alters_and_no_others() -> None:
    (row,) = sheet_of(RULES).fields["changes"]
    assert (row["race"], row["reason"], row["rest"]) == ("7", "Bulletin 4", "")
    assert row["keys"] == ["scales", "bonuses", "cars", "unit", "tiebreak"]
    assert [one["places"] for one in row["scales"]] == ["5, 3"]
    assert row["cars"] == ""


def test_a_rule_that_becomes_what_is_usual_is_told_all_the_same() -> None:
    row = a_row(keys=["cars", "bonuses", "title", "filter", "eligible"])
    assert told(row)[0]["rules"] == {"cars": "all", "bonuses": [], "title": True, "filter": {}, "eligible": {}}


def test_fields_of_rules_that_a_change_does_not_alter_say_nothing() -> None:
    assert told(a_row(keys=["unit"], unit="round", cars="3"))[0]["rules"] == {"unit": "round"}


def test_what_no_field_can_say_stays_in_the_text_of_its_change() -> None:
    rules = {"cars": 1, "filter": {"class": "Pro\nAm"}, "weather": {"rain": 2}}
    changes = [{"race": 7, "reason": "x", "rules": rules}]
    sheet = sheet_of({"scales": SCALES, "changes": changes})
    assert (sheet.rest, sheet.fields["changes"][0]["keys"]) == ((), ["cars"])
    assert rules_of(sheet.fields)["changes"] == changes


@pytest.mark.parametrize(
    "changes",
    [
        [{"race": 7, "reason": "x", "rules": {"cars": 1}, "until": 9}],
        [{"race": 7, "rules": {"cars": 1}}],
        [{"race": 7, "reason": "", "rules": {"cars": 1}}],
        [{"race": 7, "reason": "x", "rules": [1]}],
        "none",
    ],
)
def test_what_is_no_change_stays_in_the_text_of_the_whole(changes: Any) -> None:
    sheet = sheet_of({"scales": SCALES, "changes": changes})
    assert sheet.rest == ("changes",)
    assert rules_of(sheet.fields) == {"scales": SCALES, "changes": changes}


def test_what_is_not_changed_in_a_change_stays_as_it_was_written() -> None:
    before = {**RULES, "changes": [{"race": 7, "reason": "x", "rules": {"cars": "1", "segments": [{"best": "4"}]}}]}
    fields = sheet_of(before).fields
    fields["changes"][0]["cars"] = "3"
    after = keep_writing(before, rules_of(fields))
    assert after == {
        **RULES,
        "changes": [{"race": 7, "reason": "x", "rules": {"cars": 3, "segments": [{"best": "4"}]}}],
    }


@settings(max_examples=400)
@given(some_rules.drawn, st.lists(some_rules.CHANGE, min_size=1, max_size=3))
def test_all_changes_come_back_unchanged(rules: dict[str, Any], changes: list[dict[str, Any]]) -> None:
    rules = {**rules, "changes": changes}
    sheet = sheet_of(rules)
    assert "changes" not in sheet.rest
    assert keep_writing(rules, rules_of(sheet.fields)) == rules
