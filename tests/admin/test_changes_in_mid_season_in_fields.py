"""Changes in mid-season in the admin: since which race, why, and the fields of each rule that is otherwise from then on."""

from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from racing.models import Race
from standings.models import Championship
from tests.admin.forms import page_of, sent_by
from tests.corrections.paddock import Paddock
from tests.standings.building import table

SCALES = {"race": [25, 18, 15], "half": [12.5, 9]}


def held(row: Championship) -> dict[str, Any]:
    rules: dict[str, Any] = Championship.objects.get(pk=row.pk).rules
    return rules


def opened(client: Client, row: Championship) -> dict[str, Any]:
    return sent_by(client.get(page_of(row)).content.decode())


def pressed(client: Client, row: Championship, form: dict[str, Any], button: str, value: str) -> dict[str, Any]:
    """Press a button that asks for more fields, as somebody does who has no JavaScript; give what the page sends then."""
    response = client.post(page_of(row), {**form, button: value})
    assert response.status_code == 200
    return sent_by(response.content.decode())


def with_rule(client: Client, row: Championship, form: dict[str, Any], key: str, number: int = 0) -> dict[str, Any]:
    return pressed(client, row, {**form, f"rules-changes-{number}-add": key}, "_add_rule", str(number))


@pytest.fixture
def since(paddock: Paddock) -> dict[str, Any]:
    """Give the fields that say since when and why."""
    return {"rules-changes-0-race": str(paddock.races[0].pk), "rules-changes-0-reason": "Bulletin 4"}


@pytest.fixture
def written(title: Championship) -> Championship:
    """Give the title with rules that a person wrote."""
    rules = {"scales": SCALES, "cars": 2, "bonuses": [{"on": "pole", "points": 1}]}
    Championship.objects.filter(pk=title.pk).update(rules=rules, edited=True)
    return Championship.objects.get(pk=title.pk)


def test_a_change_is_written_rule_by_rule_without_javascript(
    written: Championship, editor: Client, since: dict[str, Any]
) -> None:
    form = pressed(editor, written, opened(editor, written), "_more_rows", "changes")
    for key in ("scales", "cars", "bonuses"):
        form = with_rule(editor, written, form, key)
    # Each begins with what holds until then.
    assert form["rules-changes-0-scales-1-places"] == "12.5, 9"
    assert (form["rules-changes-0-cars"], form["rules-changes-0-bonuses-0-on"]) == ("2", "pole")
    typed = {"scales-0-places": "3, 4", "cars": "", "bonuses-0-DELETE": "on"}
    sent = {**form, **since, **{f"rules-changes-0-{name}": value for name, value in typed.items()}}
    assert editor.post(page_of(written), sent).status_code == 302
    altered = {"scales": {"race": [3, 4], "half": [12.5, 9]}, "cars": "all", "bonuses": []}
    change = {"race": int(since["rules-changes-0-race"]), "reason": "Bulletin 4", "rules": altered}
    assert held(written) == {**written.rules, "changes": [change]}
    assert table(written) == [(1, "Bruno Cazal", 4), (2, "Amel Brisson", 3), (3, "Clara Duhamel", 0)]


def test_a_stored_change_stands_in_its_fields_and_is_saved_as_it_was_written(
    written: Championship, editor: Client, paddock: Paddock
) -> None:
    rules = {"cars": "1", "segments": [{"best": "4"}, {"from": 2, "drop": 1}], "tiebreak": ["last_race"]}
    changes = [{"race": paddock.races[1].pk, "reason": "Bulletin 4", "rules": rules}]
    Championship.objects.filter(pk=written.pk).update(rules={**written.rules, "changes": changes})
    form = opened(editor, written)
    assert form["rules-changes-0-race"] == str(paddock.races[1].pk)
    assert form["rules-changes-0-keys"] == ["cars", "segments", "tiebreak"]
    assert (form["rules-changes-0-cars"], form["rules-changes-0-segments-1-from"]) == ("1", "2")
    assert (form["rules-changes-0-tiebreak-0-by"], form["rules-changes-0-rest"], form["rules-rest"]) == (
        "last_race",
        "",
        "",
    )
    assert editor.post(page_of(written), form).status_code == 302
    assert held(written)["changes"] == changes


def test_a_rule_may_stay_as_it_was_again_and_a_change_may_be_taken_out(
    written: Championship, editor: Client, paddock: Paddock
) -> None:
    changes = [{"race": paddock.races[1].pk, "reason": "x", "rules": {"cars": 1, "unit": "round"}}]
    Championship.objects.filter(pk=written.pk).update(rules={**written.rules, "changes": changes})
    form = opened(editor, written)
    assert editor.post(page_of(written), {**form, "rules-changes-0-without": ["unit"]}).status_code == 302
    assert held(written)["changes"] == [{**changes[0], "rules": {"cars": 1}}]
    form = {**opened(editor, written), "rules-changes-0-DELETE": "on", "rules-changes-0-cars": "much"}
    assert editor.post(page_of(written), form).status_code == 302
    assert held(written) == written.rules


def test_another_change_begins_with_what_the_one_before_it_says(
    written: Championship, editor: Client, paddock: Paddock
) -> None:
    first, second = (race.pk for race in paddock.races)
    rules = {"cars": 1, "scales": {"race": [9, 6]}}
    changes = [{"race": first, "reason": "x", "rules": rules}]
    Championship.objects.filter(pk=written.pk).update(rules={**written.rules, "changes": changes})
    form = pressed(editor, written, opened(editor, written), "_more_rows", "changes")
    assert (form["rules-changes-1-keys"], form["rules-changes-1-scales-0-places"]) == (["scales", "cars"], "9, 6")
    assert (form["rules-changes-1-race"], form["rules-changes-1-reason"]) == ("", "")
    form |= {"rules-changes-1-race": str(second), "rules-changes-1-reason": "y", "rules-changes-1-cars": "3"}
    assert editor.post(page_of(written), form).status_code == 302
    assert held(written)["changes"] == [*changes, {"race": second, "reason": "y", "rules": {**rules, "cars": 3}}]


def test_a_race_is_offered_with_its_round_and_day(written: Championship, editor: Client, paddock: Paddock) -> None:
    Race.objects.filter(pk=paddock.races[0].pk).update(date="2023-05-06")
    pressed(editor, written, opened(editor, written), "_more_rows", "changes")
    page = editor.post(page_of(written), {**opened(editor, written), "_more_rows": "changes"}).content.decode()
    assert "Les Essarts, Race 1 (round 1, 6 May)" in page


def test_what_no_field_can_say_stays_as_text_in_its_change(
    written: Championship, editor: Client, paddock: Paddock
) -> None:
    rules = {"filter": {"class": "Pro\nAm"}, "cars": 1}
    changes = [{"race": paddock.races[1].pk, "reason": "x", "rules": rules}]
    Championship.objects.filter(pk=written.pk).update(rules={**written.rules, "changes": changes})
    form = opened(editor, written)
    assert form["rules-changes-0-rest"] == '[filter]\nclass = "Pro\\nAm"\n'
    assert editor.post(page_of(written), {**form, "rules-changes-0-cars": "2"}).status_code == 302
    assert held(written)["changes"][0]["rules"] == {**rules, "cars": 2}


#: What is typed into a change of the cars that score and of the scale, what is told of it in both languages, and where.
WRONG = [
    ({"cars": "two"}, "that score in a race, change 1&quot; must be a whole number", "nombre entier", "cars"),
    (
        {"scales-1-places": "x"},
        "Points from the first place on, row 2, change 1",
        "Points à partir de la première place, ligne",
        None,
    ),
    ({"race": ""}, "From the race on, change 1&quot; must not be left empty", "ne peut pas rester vide", "race"),
    ({"reason": " "}, "Reason, change 1&quot; must not be left empty", "ne peut pas rester vide", "reason"),
    ({"rest": "carts = 1"}, "Unknown key &quot;carts&quot;", "Clé inconnue", "rest"),
    ({"rest": "unit ="}, "Line 1 cannot be read as TOML", "La ligne 1", "rest"),
    ({"rest": "cars = 1"}, "is said by the fields above and again in the text", "et encore dans le texte", "rest"),
    ({"add": "unit"}, "Press “Show its fields” to tell what it becomes", "Afficher ses champs", "add"),
    ({"scales-0-session": "sprint"}, "there is no scale &quot;race&quot;", "race", "add"),
]


@pytest.mark.parametrize(("typed", "english", "french", "field"), WRONG, ids=lambda value: str(value)[:40])
def test_what_is_wrong_with_a_change_is_told_at_its_field_and_kept(
    typed: dict[str, str],
    english: str,
    french: str,
    field: str | None,
    written: Championship,
    editor: Client,
    since: dict[str, Any],
) -> None:
    Championship.objects.filter(pk=written.pk).update(rules={**written.rules, "sessions": ["race"]})
    form = pressed(editor, written, opened(editor, written), "_more_rows", "changes")
    for key in ("scales", "cars"):
        form = with_rule(editor, written, form, key)
    own = {f"rules-changes-0-{name}": value for name, value in typed.items()}
    for language, words in (("en", english), ("fr", french)):
        with translation.override(language):
            address = page_of(written)
        editor.cookies.load({"django_language": language})
        page = editor.post(address, {**form, **since, **own}).content.decode()
        assert words in page
        assert f'<a href="#id_rules-changes-0-{field or next(iter(typed))}">' in page
        assert {name: sent_by(page)[name] for name in own} == own
    assert "changes" not in held(written)


def test_the_preview_shows_what_a_change_gives(written: Championship, editor: Client, since: dict[str, Any]) -> None:
    form = pressed(editor, written, opened(editor, written), "_more_rows", "changes")
    form = with_rule(editor, written, form, "scales") | since | {"rules-changes-0-scales-0-places": "3, 4"}
    address = reverse("admin:standings_championship_preview", args=[written.pk])
    page = unescape(editor.post(address, form).content.decode())
    assert "3 rows of the latest table would change." in page
    assert "From Les Essarts, Race 1 on, for the whole season: Bulletin 4." in page
    assert "changes" not in held(written)


def test_a_scale_of_the_change_itself_can_be_chosen_in_it(
    written: Championship, editor: Client, since: dict[str, Any]
) -> None:
    form = pressed(editor, written, opened(editor, written), "_more_rows", "changes")
    form = with_rule(editor, written, form, "scale_by")
    assert form["rules-changes-0-steps-0-scale"] == ""
    form |= {"rules-changes-0-scale_by_attribute": "starters", "rules-changes-0-steps-0-from": "2"}
    form = with_rule(editor, written, form, "scales") | {"rules-changes-0-scales-1-session": "small"}
    sent = form | since | {"rules-changes-0-steps-0-scale": "small"}
    assert editor.post(page_of(written), sent).status_code == 302
    assert held(written)["changes"][0]["rules"] == {
        "scales": {"race": [25, 18, 15], "small": [12.5, 9]},
        "scale_by": {"attribute": "starters", "steps": [[2, "small"]]},
    }
