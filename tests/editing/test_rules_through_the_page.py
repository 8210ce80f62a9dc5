"""Rules shown on the page of the admin and sent back by a browser are the rules that were shown."""

import json
from functools import cache
from typing import Any

import pytest
from django.http import QueryDict
from django.template.loader import render_to_string
from hypothesis import given, settings
from hypothesis import strategies as st

from standings.admin.championship_form import with_more_rows
from standings.admin.rules_form import FIELDS, TEXT, RulesForm, Season
from standings.admin.rules_words import GROUPS
from standings.scoring import parse_rules
from standings.sheets.subjects import SeasonNames
from tests.admin.forms import sent_by
from tests.editing import some_rules

SEASON = Season(SeasonNames({7: "Anne Arnaud"}, {8: "Équipe Bleue"}, {}, {}, {1: "Dijon, Race 1"}), ("Pro", "Am"))


def sent(form: RulesForm) -> QueryDict:
    """Give what the page of a form would send as it stands."""
    page = render_to_string("admin/standings/championship/_rules.html", {"rules_form": form, "preview_url": "/"})
    data = QueryDict(mutable=True)
    for name, value in sent_by(f"<form>{page}</form>").items():
        data.setlist(name, value if isinstance(value, list) else [value])
    return data


def check(rules: dict[str, Any], view: str) -> None:
    stored = json.loads(json.dumps(rules))
    form = RulesForm(SEASON, {}, sent(RulesForm(SEASON, stored, view=view)))
    assert form.is_valid(), form.wrong
    assert form.rules == stored


@pytest.mark.parametrize("view", [FIELDS, TEXT])
@pytest.mark.parametrize("rules", [*some_rules.of_rulebooks()[::25], *some_rules.of_cases()[::12]], ids=str)
def test_known_rules_come_back_as_they_were(rules: dict[str, Any], view: str) -> None:
    check(rules, view)


@settings(max_examples=15, deadline=None)
@given(some_rules.drawn)
def test_all_rules_come_back_as_they_were(rules: dict[str, Any]) -> None:
    check(rules, FIELDS)


#: Rules that say something of each key that says nothing, or something else, where it is left out.
FULL: dict[str, Any] = {
    "scales": {"race": [3, 2], "half": [1.5, 1]},
    "filter": {"classes": ["Pro", "Am"]},
    "scale_by": {"attribute": "round", "steps": [[2, "half"]]},
    "entries": 20,
    "bonuses": [{"on": "pole", "points": 1, "pays": ["driver"]}],
    "not_droppable": ["DSQ"],
    "tiebreak": ["last_race", "decision"],
}


@cache
def with_a_change() -> QueryDict:
    """Give what the page of these rules sends with a change in which nothing is otherwise yet."""
    data = sent(RulesForm(SEASON, FULL))
    data["_more_rows"] = "changes"
    data = with_more_rows(data)
    data["rules-changes-0-race"], data["rules-changes-0-reason"] = "1", "Bulletin 4"
    return data


@pytest.mark.parametrize("key", [key for _group, keys in GROUPS for key in keys])
def test_every_rule_that_a_change_may_alter_begins_with_what_holds_until_then(key: str) -> None:
    data = with_a_change().copy()
    data["rules-changes-0-add"], data["_add_rule"] = key, "0"
    del data["_more_rows"]
    form = RulesForm(SEASON, FULL, with_more_rows(data))
    assert form.is_valid(), form.wrong
    (change,) = (form.rules or {})["changes"]
    assert list(change["rules"]) == [key]
    assert parse_rules({**FULL, **change["rules"]}) == parse_rules(FULL)


SENT = sent(RulesForm(SEASON, {"scales": {"race": [3, 2]}, "bonuses": [{"on": "pole", "points": 1}]}))
GARBAGE = st.one_of(
    st.text(max_size=8),
    st.sampled_from(["-1", "1/0", "1e9", "99999999999999999999", "null", "[", "{", "2-1", "1: x", "changes = [1]"]),
    st.sampled_from(
        ['{"changes": [1], "scales": 5}', "tiebreak = 7", "scales.race = [1]\nbonuses = [3]", "cars = true"]
    ),
)


@settings(max_examples=40, deadline=None)
@given(st.dictionaries(st.sampled_from([*SENT, "timing-since"]), GARBAGE, min_size=1, max_size=3), st.booleans())
def test_whatever_is_sent_is_followed_or_told_to_be_wrong(garbage: dict[str, str], late: bool) -> None:
    data = SENT.copy()
    if late:
        data["timing-since"], data["timing-since_reason"] = "1", "x"
    for name, value in garbage.items():
        data[name] = value
    form = RulesForm(SEASON, {}, data)
    assert form.is_valid() or form.wrong
    assert form.again(TEXT).whole["whole"].value() is not None


def test_a_page_that_sends_nothing_of_the_form_is_told_so() -> None:
    form = RulesForm(SEASON, {"scales": {"race": [3]}}, QueryDict())
    assert (form.is_valid(), bool(form.wrong)) == (False, True)
