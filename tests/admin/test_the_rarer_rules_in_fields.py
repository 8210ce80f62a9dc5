"""Scales by a number of the race, points without a place, entries and phases: fields in the admin like all other rules."""

from html import unescape
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from racing.models import Race
from racing.pipeline import settle_races
from standings.models import Championship
from standings.previewing import preview
from standings.scoring import parse_rules
from tests.admin.forms import page_of, send, sent_by
from tests.corrections.paddock import Paddock
from tests.pages.telling import tell_race
from tests.standings.building import make_event, table

SCALES = {"race": [25, 18, 15], "half": [12.5, 9]}
STEPS = {"attribute": "share_run", "steps": [[0, "none"], [0.25, "half"], [0.75, "race"]]}
LOW = {"formula": "position", "start": "entries+1", "dns": "entries", "status": {"DSQ": "entries+2.5", "absent": 9}}

#: Rules with each key, and the fields that say it.
SAID: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "a scale by the share that was run": (
        {"scales": SCALES, "scale_by": {**STEPS, "full": [3, 5], "session": "race"}},
        {
            "scales-1-session": "half",
            "scales-1-places": "12.5, 9",
            "scale_by_attribute": "share_run",
            "scale_by_session": "race",
            "scale_by_full": "3, 5",
            "steps-0-from": "0",
            "steps-0-scale": "none",
            "steps-1-from": "0.25",
            "steps-1-scale": "half",
            "steps-2-from": "0.75",
            "steps-2-scale": "race",
        },
    ),
    "a scale by a number that only these races have": (
        {"scales": SCALES, "scale_by": {"attribute": "coefficient", "steps": [[2, "half"]]}},
        {
            "scale_by_attribute": "other",
            "scale_by_name": "coefficient",
            "steps-0-from": "2",
            "steps-0-scale": "half",
        },
    ),
    "points that are the position": (
        {"scales": {"race": LOW}, "direction": "low"},
        {
            "scales-0-formula": ["on"],
            "scales-0-places": "",
            "scales-0-DNF": "1",
            "scales-0-DNF_entries": ["on"],
            "scales-0-NC": "1",
            "scales-0-NC_entries": ["on"],
            "scales-0-DNS": "",
            "scales-0-DNS_entries": ["on"],
            "scales-0-DSQ": "2.5",
            "scales-0-DSQ_entries": ["on"],
            "scales-0-absent": "9",
        },
    ),
    "a number of entries": ({"scales": {"race": LOW}, "entries": 30}, {"entries": "30"}),
    "phases": (
        {
            "scales": SCALES,
            "phases": [
                {"after_round": 4, "keep": 2, "set_points": 2000, "carry": False},
                {"after_round": 6, "keep": 1, "set_points": 3000.5, "by": "wins", "carry_scale": [15, 10, "1/3"]},
                {"after_round": 8, "keep": 1},
            ],
        },
        {
            "phases-0-after_round": "4",
            "phases-0-keep": "2",
            "phases-0-set_points": "2000",
            "phases-0-nothing_carried": ["on"],
            "phases-1-by": "wins",
            "phases-1-set_points": "3000.5",
            "phases-1-carry_scale": "15, 10, 1/3",
            "phases-2-after_round": "8",
            "phases-2-set_points": "",
        },
    ),
}


def held(row: Championship) -> dict[str, Any]:
    rules: dict[str, Any] = Championship.objects.get(pk=row.pk).rules
    return rules


def hold(row: Championship, rules: dict[str, Any]) -> None:
    """Let a championship have rules that a person wrote."""
    Championship.objects.filter(pk=row.pk).update(rules=rules, edited=True)


def typed(fields: dict[str, Any]) -> dict[str, Any]:
    """Name fields as the page does."""
    return {f"rules-{name}": value for name, value in fields.items()}


def send_rows(client: Client, row: Championship, **changed: Any) -> Any:
    """Ask for rows until every field is there, then save: what somebody does who has no JavaScript."""
    form = sent_by(client.get(page_of(row)).content.decode())
    for name in changed:
        key = name.split("-")[1]
        while name not in form and f"rules-{key}-TOTAL_FORMS" in form and not isinstance(changed[name], list):
            form = sent_by(client.post(page_of(row), {**form, "_more_rows": key}).content.decode())
    return client.post(page_of(row), {**form, **changed})


@pytest.mark.parametrize("what", SAID)
def test_each_is_shown_in_its_fields_and_none_as_text(what: str, title: Championship, editor: Client) -> None:
    rules, fields = SAID[what]
    hold(title, rules)
    form = sent_by(editor.get(page_of(title)).content.decode())
    assert {name: form.get(name, "") for name in typed(fields)} == typed(fields)
    assert form["rules-rest"] == ""


@pytest.mark.parametrize("what", SAID)
def test_each_is_saved_without_a_change_as_it_was_written(what: str, title: Championship, editor: Client) -> None:
    hold(title, SAID[what][0])
    assert send(editor, page_of(title)).status_code == 302
    assert held(title) == SAID[what][0]


@pytest.mark.parametrize("what", SAID)
def test_each_can_be_written_in_fields_row_by_row(what: str, title: Championship, editor: Client) -> None:
    rules, fields = SAID[what]
    others = {key: value for key, value in rules.items() if key not in ("scale_by", "entries", "phases")}
    hold(title, others if what != "points that are the position" else {"scales": {"race": [3]}, "direction": "low"})
    needed = {"phases-1-after_round": "6", "phases-1-keep": "1", "phases-2-keep": "1"} if what == "phases" else {}
    assert send_rows(editor, title, **typed(needed | fields)).status_code == 302
    assert held(title) == rules


@pytest.mark.parametrize("what", SAID)
def test_each_can_be_taken_out_again(what: str, title: Championship, editor: Client) -> None:
    rules, _fields = SAID[what]
    hold(title, rules)
    form = sent_by(editor.get(page_of(title)).content.decode())
    gone = {
        name: ""
        for name in form
        if name.startswith(("rules-scale_by", "rules-entries", "rules-steps-", "rules-phases-"))
        and not name.endswith("_FORMS")
    }
    kept = {name: value for name, value in form.items() if name not in gone}
    assert editor.post(page_of(title), {**kept, **gone}).status_code == 302
    assert held(title) == {key: value for key, value in rules.items() if key not in ("scale_by", "entries", "phases")}


def test_a_scale_that_was_edited_keeps_what_it_pays_without_a_place(title: Championship, editor: Client) -> None:
    hold(title, {"scales": {"race": LOW}})
    send(editor, page_of(title), **{"rules-scales-0-EX_entries": "on", "rules-scales-0-tail": "1"})
    status = {"DSQ": "entries+2.5", "EX": "entries", "absent": 9}
    assert held(title) == {"scales": {"race": {**LOW, "tail": 1, "status": status}}}


def test_what_has_no_field_survives_an_edit(title: Championship, editor: Client) -> None:
    scales = {"race": {"places": [3, 2], "status": {"finished": 1}}}
    phases = [{"after_round": 4, "keep": "all of them"}]
    rules = {"scales": scales, "scale_by": {"attribute": " hours", "steps": [[0, "race"]]}}
    hold(title, rules)
    page = editor.get(page_of(title)).content.decode()
    assert "These fields have no words for: Scales (scales), Scale by a number of the race (scale_by)." in page
    assert send(editor, page_of(title), **{"rules-entries": "12"}).status_code == 302
    assert held(title) == {**rules, "entries": 12}
    # Nor does what cannot be followed: it is told to be wrong, where it stands.
    hold(title, {**rules, "phases": phases})
    page = send(editor, page_of(title), **{"rules-entries": "9"}).content.decode()
    assert '<a href="#id_rules-rest">' in page
    assert "all of them" in unescape(sent_by(page)["rules-rest"])


def test_steps_may_be_written_in_any_order_and_as_per_cent(title: Championship, editor: Client) -> None:
    hold(title, {"scales": SCALES})
    rows = {"steps-0-from": "75 %", "steps-0-scale": "race", "steps-1-from": "0,25", "steps-1-scale": "half"}
    send_rows(editor, title, **typed({"scale_by_attribute": "share_run", **rows}))
    assert held(title)["scale_by"] == {"attribute": "share_run", "steps": [[0.25, "half"], [0.75, "race"]]}


def test_where_a_scale_is_chosen_those_of_the_form_are_offered(title: Championship, editor: Client) -> None:
    scale = {"rules-scales-1-session": "24 hours", "rules-scales-1-places": "50, 36"}
    more = sent_by(send(editor, page_of(title), _more_rows="scales").content.decode())
    page = editor.post(page_of(title), {**more, **scale, "_more_rows": "steps"}).content.decode()
    # Two rows, and the one that others are copied from.
    for name in ("rules-steps-0-scale", "rules-steps-1-scale", "rules-steps-__prefix__-scale"):
        (offered,) = [part for part in page.split("<select ") if f'name="{name}"' in part.partition(">")[0]]
        values = [option.partition('"')[0] for option in offered.partition("</select>")[0].split('<option value="')[1:]]
        assert values == ["", "none", "race", "24 hours"]


def test_the_scale_of_a_decision_is_chosen_too_and_told_where_it_is_gone(
    title: Championship, editor: Client, paddock: Paddock
) -> None:
    forced = {"kind": "force_scale", "race": paddock.races[0].pk, "scale": "half", "reason": "shortened"}
    hold(title, {"scales": SCALES, "adjustments": [forced]})
    form = sent_by(editor.get(page_of(title)).content.decode())
    assert form["rules-adjustments-0-scale"] == "half"
    page = editor.post(page_of(title), {**form, "rules-scales-1-session": "small"}).content.decode()
    assert '<a href="#id_rules-adjustments-0-scale">&quot;Scale&quot;: there is no scale &quot;half&quot;' in page
    assert sent_by(page)["rules-adjustments-0-scale"] == "half"
    changed = {"rules-scales-1-session": "small", "rules-adjustments-0-scale": "small"}
    assert editor.post(page_of(title), {**sent_by(page), **changed}).status_code == 302
    after = Championship.objects.get(pk=title.pk)
    assert (after.all_rules["adjustments"], table(after)[0]) == (
        [{**forced, "scale": "small"}],
        (1, "Amel Brisson", 12.5),
    )


def test_a_row_that_is_added_by_script_offers_the_drivers_and_races_too(title: Championship, editor: Client) -> None:
    page = editor.get(page_of(title)).content.decode()
    row = page.partition('data-rows="rules-adjustments"')[2].partition("<template>")[2].partition("</template>")[0]
    assert "Amel Brisson" in row
    assert "Les Essarts" in row


#: What is typed, and the table that it makes of 25-18-15 and a retirement.
SHOWN: list[tuple[dict[str, Any], list[tuple[int, str, Any]]]] = [
    (
        {"scales-1-session": "small", "scales-1-places": "5, 4, 3", "scale_by_attribute": "starters"}
        | {"steps-0-from": "4", "steps-0-scale": "small"},
        [(1, "Amel Brisson", 5), (2, "Bruno Cazal", 4), (3, "Clara Duhamel", 3)],
    ),
    (
        {"scales-0-DNF": "2"},
        [(1, "Amel Brisson", 25), (2, "Bruno Cazal", 18), (3, "Clara Duhamel", 15), (4, "Denis Estève", 2)],
    ),
    (
        {"scales-0-DNF": "0.5", "scales-0-DNF_entries": ["on"], "entries": "19"},
        [(1, "Amel Brisson", 25), (2, "Denis Estève", 19.5), (3, "Bruno Cazal", 18), (4, "Clara Duhamel", 15)],
    ),
    (
        {"scales-0-formula": ["on"], "scales-0-places": "", "direction": "low"},
        [(1, "Amel Brisson", 1), (2, "Bruno Cazal", 2), (3, "Clara Duhamel", 3)],
    ),
    # Of the second meeting: Duhamel before Cazal.
    (
        {"phases-0-after_round": "1", "phases-0-keep": "2", "phases-0-set_points": "100"}
        | {"phases-0-carry_scale": "7, 4"},
        [(1, "Bruno Cazal", 122), (2, "Amel Brisson", 107), (3, "Clara Duhamel", 40)],
    ),
]


def test_the_preview_says_where_a_number_is_missing(title: Championship, editor: Client, paddock: Paddock) -> None:
    paddock.season.rounds.update(number=None)
    steps = {"scale_by_attribute": "hours", "steps-0-from": "6", "steps-0-scale": "none"}
    phase = {"phases-0-after_round": "1", "phases-0-keep": "1"}
    page = send(editor, page_of(title), _look="1", **typed(steps | phase)).content.decode()
    assert "1 meeting of this season has no number yet" in page
    assert "Of 1 race the number that chooses the scale is not known" in page


def tell_second_meeting(paddock: Paddock) -> None:
    race = Race.objects.create(event=make_event(paddock.season, "Albi", 2), number=1)
    tell_race(paddock.season, race, [paddock.entries[2], paddock.entries[1]])
    with transaction.atomic():
        settle_races([race])


@pytest.mark.parametrize(("fields", "expected"), SHOWN, ids=lambda value: str(value)[:40])
def test_the_preview_shows_what_saving_gives(
    fields: dict[str, Any],
    expected: list[tuple[int, str, Any]],
    title: Championship,
    editor: Client,
    paddock: Paddock,
) -> None:
    if "phases-0-keep" in fields:
        tell_second_meeting(paddock)
    address = reverse("admin:standings_championship_preview", args=[title.pk])
    form = sent_by(editor.get(page_of(title)).content.decode())
    form = sent_by(editor.post(page_of(title), {**form, "_more_rows": "scales"}).content.decode())
    sent = {**form, **typed(fields)}
    shown = editor.post(address, sent).content.decode()
    assert "of the latest table would change." in shown
    before = table(title)
    assert editor.post(page_of(title), sent).status_code == 302
    after = Championship.objects.get(pk=title.pk)
    look = preview(title, parse_rules(after.rules))
    assert table(after)[: len(expected)] == expected != before
    assert [row.points for row in look.comparison.table][: len(expected)] == [points for _, _, points in expected]
    for _place, name, points in expected:
        if (name, points) not in [(one, own) for _, one, own in before]:
            assert name in shown
