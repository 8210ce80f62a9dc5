"""Whoever writes rules is told all that is wrong with them at once, each mistake at its place."""

from typing import Any

import pytest
from django.http import QueryDict

from standings.admin.rules_form import FIELDS, TEXT, RulesForm
from standings.editing import write_text
from standings.scoring import RulesError, parse_rules
from tests.editing.test_rules_through_the_page import SEASON, sent

SCALES = {"race": [3, 2, 1]}
RULES: dict[str, Any] = {
    "scales": {"race": [3, 2], "sprint": [2, 1]},
    "bonuses": [{"on": "pole", "points": 1}, {"on": "win", "points": 2}],
    "segments": [{"best": 4}, {"from": 6, "best": 2}],
    "cars": 2,
}


def found_in(rules: dict[str, Any]) -> list[tuple[str, str]]:
    """Give the mistakes as (code, key)."""
    with pytest.raises(RulesError) as error:
        parse_rules(rules)
    return [(str(one.code), one.key) for one in error.value.every]


def changed(**fields: str) -> RulesForm:
    """Send the rules with some fields changed, by what follows "rules-" in their names."""
    data: QueryDict = sent(RulesForm(SEASON, RULES))
    for name, value in fields.items():
        assert f"rules-{name}" in data
        data[f"rules-{name}"] = value
    form = RulesForm(SEASON, RULES, data)
    assert not form.is_valid()
    return form


def test_each_unknown_key_is_named_with_its_nearest() -> None:
    with pytest.raises(RulesError) as error:
        parse_rules({"scales": SCALES, "segmants": [], "bonusses": [], "filter": {"clas": "B", "tag": ["x"]}})
    assert [str(one) for one in error.value.every] == [
        'Unknown key "segmants" in the rules; did you mean "segments"?',
        'Unknown key "bonusses" in the rules; did you mean "bonuses"?',
        'Unknown key "clas" in filter; did you mean "class"?',
        'Unknown key "tag" in filter; did you mean "tags"?',
    ]


def test_mistakes_of_all_keys_rows_and_fields_are_told() -> None:
    assert found_in(
        {
            "scales": {"race": [3, -1], "sprint": {"tail": "x", "dns": -2}},
            "filter": {"guest": 1, "team_cars": "two"},
            "bonuses": [
                {"on": "poles", "scope": "all", "points": "many", "if": {"top": -1, "eligible": False}},
                {"on": "win", "points": 1},
                {"on": "win", "points": -1},
            ],
            "phases": [{"keep": -1, "after_round": "x", "carry": True}],
            "adjustments": [{"kind": "no_pints", "points": "x"}, {"kind": "set_points", "reason": "y", "subject": 1}],
            "cars": -1,
        }
    ) == [
        ("not_a_flag", "filter.guest"),
        ("not_a_number", "filter.team_cars"),
        ("below_zero", "scales.race"),
        ("below_zero", "scales.sprint.dns"),
        ("unreadable_points", "scales.sprint.tail"),
        ("nearly_one_of", "bonuses[1].on"),
        ("ineligible_bonus", "bonuses[1].if.eligible"),
        ("not_a_number", "bonuses[1].if.top"),
        ("unreadable_points", "bonuses[1].points"),
        ("nearly_one_of", "bonuses[1].scope"),
        ("below_zero", "bonuses[3].points"),
        ("not_a_number", "cars"),
        ("nothing_to_carry_to", "phases[1]"),
        ("not_a_number", "phases[1].after_round"),
        ("not_a_number", "phases[1].keep"),
        ("nearly_one_of", "adjustments[1].kind"),
        ("needs_a_reason", "adjustments[1]"),
        ("unreadable_points", "adjustments[1].points"),
        ("needs", "adjustments[2]"),
        ("needs", "adjustments[2]"),
    ]


def test_what_does_not_hold_together_is_told_at_once_too() -> None:
    rules = {"scales": SCALES, "sessions": ["sprint", "rally"], "segments": [{"best": 1}], "drop_schedule": [[4, 1]]}
    assert found_in(rules | {"best_of_round": 1}) == [
        ("dropped_twice", "drop_schedule"),
        ("no_meetings", "best_of_round"),
        ("no_such_scale", "sessions"),
        ("no_such_scale", "sessions"),
    ]
    changes = [{"race": "x", "reason": "y", "rules": {}}, {"race": 2, "reason": "y", "rules": {"cars": -1}}]
    assert found_in({"scales": SCALES, "changes": changes}) == [
        ("not_a_number", "changes[1].race"),
        ("not_a_number", "changes[2].rules.cars"),
    ]


def test_the_form_tells_each_beside_its_field() -> None:
    form = changed(
        **{
            "scales-0-places": "3, two",
            "scales-1-places": "2, 1,5 3",
            "bonuses-0-points": "x",
            "bonuses-1-points": "y",
            "segments-0-best": "z",
            "segments-1-to": "2",
            "cars": "-1",
            "drop_schedule": "4 = 1",
        }
    )
    scales, bonuses, segments = (form.rows[key].forms for key in ("scales", "bonuses", "segments"))
    beside = [*scales, *bonuses, *segments]
    assert [list(one.errors) for one in beside] == [["places"]] * 2 + [["points"]] * 2 + [["best"], []]
    assert sorted(form.fields.errors) == ["cars", "drop_schedule"]
    assert len(form.wrong) == 7


def test_what_only_the_whole_shows_is_told_with_what_cannot_be_read() -> None:
    form = changed(**{"bonuses-0-points": "x", "segments-1-from": "9", "segments-1-to": "2"})
    assert [list(one.errors) for one in form.rows["segments"].forms] == [[], ["from"]]
    assert len(form.wrong) == 2
    form = changed(**{"bonuses-0-points": "x", "best_of_round": "1"})
    assert list(form.fields.errors) == ["best_of_round"]
    assert len(form.wrong) == 2
    # Scales that cannot be read are not told to be missing as well.
    assert len(changed(**{"scales-0-places": "x", "sessions": "race"}).wrong) == 1


def test_the_text_tells_all_of_them_too() -> None:
    data = sent(RulesForm(SEASON, RULES, view=TEXT))
    data["whole-whole"] = write_text({**RULES, "cars": -1, "unit": "week", "colour": "red"})
    form = RulesForm(SEASON, RULES, data)
    assert (form.view, form.is_valid(), len(form.wrong)) == (TEXT, False, 3)
    assert RulesForm(SEASON, RULES, sent(RulesForm(SEASON, RULES, view=FIELDS))).is_valid()
