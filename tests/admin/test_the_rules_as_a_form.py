"""A championship's rules edited in the admin: shown in fields, looked at on the real season, saved with their history."""

from html import unescape

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.urls import reverse
from django.utils import translation

from racing.models import Driver
from standings.models import Championship, Standing, TableAfter
from standings.previewing import preview
from standings.scoring import parse_rules
from tests.admin.forms import fill_in, page_of, send, sent_by
from tests.corrections.paddock import Paddock
from tests.desk.people import client_of
from tests.standings.building import stored, table

#: 25-18-15 are the default's points; the report tells of Brisson, Cazal and Duhamel in race 1.
TOLD = [(1, "Amel Brisson", 25), (2, "Bruno Cazal", 18), (3, "Clara Duhamel", 15)]


def test_saving_without_a_change_leaves_the_rules_as_they_were_written(title: Championship, editor: Client) -> None:
    assert send(editor, page_of(title)).status_code == 302
    after = Championship.objects.get(pk=title.pk)
    assert (after.rules, after.edited) == (title.rules, False)


def test_a_look_shows_what_would_change_for_whom_and_saves_nothing(title: Championship, editor: Client) -> None:
    page = send(editor, page_of(title), _look="1", **{"rules-scales-0-places": "25, 26, 15"}).content.decode()
    assert page.count('<tr class="up">') == page.count('<tr class="down">') == 1
    assert "2 rows of the latest table would change." in page
    assert Championship.objects.get(pk=title.pk).rules == title.rules
    assert table(title) == TOLD


def test_what_was_shown_is_what_saving_gives(title: Championship, editor: Client) -> None:
    changed = {"rules-scales-0-places": "25, 26, 15", "rules-bonuses-0-on": "pole", "rules-bonuses-0-points": "2,5"}
    rules = {**title.rules, "scales": {"race": [25, 26, 15]}, "bonuses": [{"on": "pole", "points": 2.5}]}
    look = preview(title, parse_rules(rules))
    send(editor, page_of(title), **changed)
    after = Championship.objects.get(pk=title.pk)
    assert (after.rules, after.edited) == (rules, True)
    shown = [(row.position, str(Driver.objects.get(pk=row.subject)), row.points) for row in look.comparison.table]
    assert table(after) == shown == [(1, "Bruno Cazal", 28.5), (2, "Amel Brisson", 25), (3, "Clara Duhamel", 15)]
    assert [(row.name, row.difference.gained) for row in look.rows] == [("Bruno Cazal", 1), ("Amel Brisson", -1)]


def test_the_history_says_which_rules_were_changed_from_what_to_what(title: Championship, editor: Client) -> None:
    send(editor, page_of(title), **{"rules-cars": "1", "rules-scales-0-places": "3, 2"})
    entry = LogEntry.objects.get(object_id=title.pk)
    assert entry.get_change_message() == (
        "Changed Scales ({ race = [25, 18, 15, 12, 10, 8, 6, 4, 2, 1] } → { race = [3, 2] }) and "
        "Cars that score (– → 1) for rules “Overall”."
    )


def test_the_text_of_all_rules_may_be_edited_instead_and_goes_back_into_fields(
    title: Championship, editor: Client
) -> None:
    page = send(editor, page_of(title), _as_text="1", **{"rules-cars": "2"}).content.decode()
    assert "cars = 2\n" in unescape(page)
    text = 'subject = "driver"\nentries = 30\n\n[scales]\nrace = [9, 6]\n'
    form = {**sent_by(page), "whole-whole": text}
    fields = editor.post(page_of(title), {**form, "_as_fields": "1"}).content.decode()
    assert sent_by(fields)["rules-scales-0-places"] == "9, 6"
    assert sent_by(fields)["rules-entries"] == "30"
    assert sent_by(fields)["rules-rest"] == ""
    assert Championship.objects.get(pk=title.pk).rules == title.rules
    editor.post(page_of(title), sent_by(fields))
    assert Championship.objects.get(pk=title.pk).rules == {
        "subject": "driver",
        "entries": 30,
        "scales": {"race": [9, 6]},
        "tiebreak": ["countback"],
        "rank_within": "overall",
    }


@pytest.mark.parametrize(
    ("field", "value", "sentence", "element"),
    [
        ("rules-rest", "carts = 2", "Unknown key “carts” in the rules; did you mean “cars”?", "rules-rest"),
        ("rules-rest", "cars == 2", "Line 1 cannot be read as TOML, from its character 7 on.", "rules-rest"),
        ("rules-cars", "two", "“Cars of each that score in a race” must be a whole number, not 'two'.", "rules-cars"),
        (
            "rules-bonuses-0-on",
            "pole",
            "“Points” must not be left empty.",
            "rules-bonuses-0-points",
        ),
        (
            "rules-scales-0-tail",
            "much",
            "“Whoever is classified beyond” must be a number of points such as",
            "rules-scales-0-tail",
        ),
        (
            "rules-min_drive",
            "25 minutes",
            "“Least time at the wheel” must be minutes such as “25 min” or a share",
            "rules-min_drive",
        ),
        (
            "rules-sessions",
            "sprint",
            "“Kinds of session that pay”: there is no scale “sprint”; did you mean “race”?",
            "rules-sessions",
        ),
        ("timing-since", "RACE", "“since” needs a “reason”.", "timing-since_reason"),
    ],
)
def test_what_is_wrong_is_told_at_the_field_and_what_was_typed_is_kept(
    field: str, value: str, sentence: str, element: str, title: Championship, editor: Client, paddock: Paddock
) -> None:
    value = value.replace("RACE", str(paddock.races[0].pk))
    page = send(editor, page_of(title), **{field: value}).content.decode()
    assert sentence.replace("“", "").replace("”", "") in unescape(page).replace('"', "")
    assert f'<a href="#id_{element}">' in page
    assert sent_by(page)[field] == value
    assert Championship.objects.get(pk=title.pk).rules == title.rules


def test_the_sentence_is_in_the_language_of_the_reader(title: Championship, editor: Client) -> None:
    with translation.override("fr"):
        address = page_of(title)
    editor.cookies.load({"django_language": "fr"})
    page = send(editor, address, HTTP_ACCEPT_LANGUAGE="fr", **{"rules-rest": "carts = 2"}).content.decode()
    assert "Clé inconnue" in page
    assert "Coupe du Paddock 2023\N{NO-BREAK SPACE}: Classement général" in page


def test_rules_may_hold_from_a_race_on(title: Championship, editor: Client, paddock: Paddock) -> None:
    since = {"timing-since": str(paddock.races[0].pk), "timing-since_reason": "the organisers' bulletin"}
    send(editor, page_of(title), **{"rules-scales-0-places": "3, 4"}, **since)
    after = Championship.objects.get(pk=title.pk)
    change = {
        "race": paddock.races[0].pk,
        "reason": "the organisers' bulletin",
        "rules": {"scales": {"race": [3, 4]}},
    }
    assert after.rules == {**title.rules, "changes": [change]}
    assert table(after) == [(1, "Bruno Cazal", 4), (2, "Amel Brisson", 3), (3, "Clara Duhamel", 0)]
    again = send(editor, page_of(title), **{"rules-changes-0-DELETE": "on"})
    assert again.status_code == 302
    assert Championship.objects.get(pk=title.pk).rules == title.rules


def test_a_decision_names_its_driver_and_race(title: Championship, editor: Client, paddock: Paddock) -> None:
    brisson = Driver.objects.get(last_name="Brisson")
    page = editor.get(page_of(title)).content.decode()
    assert f'<option value="{brisson.pk}">Amel Brisson</option>' in page
    decision = {"kind": "points_delta", "subject": str(brisson.pk), "points": "-20", "reason": "unfit fuel"}
    send(editor, page_of(title), **{f"rules-adjustments-0-{name}": value for name, value in decision.items()})
    after = Championship.objects.get(pk=title.pk)
    assert after.decisions == [{"kind": "points_delta", "subject": brisson.pk, "points": -20, "reason": "unfit fuel"}]
    # A decision of the season leaves the rules to the rulebook.
    assert (after.rules, after.edited) == (title.rules, False)
    assert table(after) == [(1, "Bruno Cazal", 18), (2, "Clara Duhamel", 15), (3, "Amel Brisson", 5)]


def test_rules_that_were_changed_are_no_longer_verified_by_a_source_that_was_not(
    title: Championship, editor: Client, paddock: Paddock
) -> None:
    Championship.objects.filter(pk=title.pk).update(verified=True, edited=True)
    decision = {"kind": "no_bonus", "subject": str(Driver.objects.all()[0].pk), "race": str(paddock.races[0].pk)}
    named = {f"rules-adjustments-0-{name}": value for name, value in (decision | {"reason": "late"}).items()}
    assert send(editor, page_of(title), **named).status_code == 302
    assert Championship.objects.get(pk=title.pk).verified
    page = editor.post(
        page_of(title), fill_in(editor, page_of(title), **{"rules-scales-0-places": "9, 6"}), follow=True
    )
    assert "The rules are no longer marked as verified" in page.content.decode()
    assert not Championship.objects.get(pk=title.pk).verified
    told = {"rules-scales-0-places": "9, 7", "source_en": "Bulletin 4, read.", "verified": "on"}
    assert send(editor, page_of(title), **told).status_code == 302
    assert Championship.objects.get(pk=title.pk).verified


def test_what_a_decision_lacks_is_told_at_the_fields_that_were_left_empty(title: Championship, editor: Client) -> None:
    page = send(editor, page_of(title), **{"rules-adjustments-0-kind": "set_points"}).content.decode()
    for field, name in (("subject", "On"), ("race", "In the race, or from it on"), ("points", "Points")):
        link = f'<a href="#id_rules-adjustments-0-{field}">&quot;{name}&quot; must not be left empty.</a>'
        assert link in page
    assert "&quot;Reason, and by whom it was decided&quot; must not be left empty." in page
    page = send(editor, page_of(title), **{"rules-adjustments-0-kind": "tie_order"}).content.decode()
    assert "&quot;Order of the tie: first&quot; must not be left empty." in page


def test_who_saves_after_somebody_else_is_told_and_loses_nothing(title: Championship, editor: Client) -> None:
    other = client_of("superuser")
    mine = fill_in(editor, page_of(title), **{"rules-cars": "1", "rules-scales-0-places": "30, 20"})
    send(other, page_of(title), **{"rules-unit": "round", "rules-scales-0-places": "9, 6"})
    page = editor.post(page_of(title), mine).content.decode()
    assert "superuser has changed these rules since you opened them" in page
    assert "What one score is, Scales" in page or "Scales, What one score is" in page
    assert "Changed by both of you, and shown as you wrote it: Scales." in page
    form = sent_by(page)
    assert (form["rules-cars"], form["rules-unit"], form["rules-scales-0-places"]) == ("1", "round", "30, 20")
    assert "cars" not in Championship.objects.get(pk=title.pk).rules
    assert editor.post(page_of(title), form).status_code == 302
    after = Championship.objects.get(pk=title.pk).rules
    assert after == {**title.rules, "unit": "round", "cars": 1, "scales": {"race": [30, 20]}}


def test_more_rows_may_be_asked_for_without_losing_what_was_typed(title: Championship, editor: Client) -> None:
    typed = {"rules-bonuses-0-on": "pole", "rules-bonuses-0-points": "x"}
    page = send(editor, page_of(title), _more_rows="bonuses", **typed).content.decode()
    form = sent_by(page)
    assert (form["rules-bonuses-0-points"], form["rules-bonuses-1-points"]) == ("x", "")


def test_back_to_the_rulebook_is_shown_before_it_is_done(title: Championship, editor: Client) -> None:
    address = reverse("admin:standings_championship_rulebook", args=[title.pk])
    send(editor, page_of(title), **{"rules-scales-0-places": "3, 4"})
    page = editor.get(address).content.decode()
    assert "2 rows of the latest table would change." not in page
    assert "3 rows of the latest table would change." in page
    assert Championship.objects.get(pk=title.pk).edited
    editor.post(address)
    after = Championship.objects.get(pk=title.pk)
    assert (after.rules, after.edited) == (title.rules, False)
    assert table(after) == TOLD


def test_a_championship_of_no_rulebook_has_none_to_go_back_to(
    title: Championship, editor: Client, paddock: Paddock
) -> None:
    row = Championship.objects.create(season=paddock.season, slug="own", name="Own", rules=title.rules, edited=True)
    assert b"rulebook/" not in editor.get(page_of(row)).content
    response = editor.get(reverse("admin:standings_championship_rulebook", args=[row.pk]), follow=True)
    assert "No rulebook speaks of this championship." in response.content.decode()


def test_a_new_championship_begins_with_the_plain_rules_as_text(
    editor: Client, title: Championship, paddock: Paddock
) -> None:
    basics = {"season": str(paddock.season.pk), "slug": "cup", "name": "Coupe", "order": "9"}
    response = send(editor, reverse("admin:standings_championship_add"), **basics)
    assert response.status_code == 302
    row = Championship.objects.get(slug="cup")
    assert (row.rules["scales"], row.edited) == ({"race": [25, 18, 15, 12, 10, 8, 6, 4, 2, 1]}, True)
    assert table(row) == TOLD


def test_the_address_of_the_preview_writes_nothing_and_answers_with_what_would_change(
    title: Championship, editor: Client
) -> None:
    address = reverse("admin:standings_championship_preview", args=[title.pk])
    before = stored(Championship, Standing, TableAfter)
    same = editor.post(address, fill_in(editor, page_of(title))).content.decode()
    other = editor.post(address, fill_in(editor, page_of(title), **{"rules-subject": "team"})).content.decode()
    wrong = editor.post(address, fill_in(editor, page_of(title), **{"rules-cars": "two"})).content.decode()
    assert "These are the rules that hold." in same
    assert "The points would go to others: this would be the table." in other
    assert '<a href="#id_rules-cars">' in wrong
    assert stored(Championship, Standing, TableAfter) == before


@pytest.mark.parametrize("who", ["anonymous", "reader", "staff"])
def test_only_who_may_change_championships_sees_previews(who: str, title: Championship) -> None:
    client = client_of(who)
    for name in ("preview", "rulebook"):
        address = reverse(f"admin:standings_championship_{name}", args=[title.pk])
        assert client.post(address).status_code in (302, 403)
    assert Championship.objects.get(pk=title.pk).rules == title.rules


def test_who_may_only_look_reads_the_rules_in_words(title: Championship, db: None) -> None:
    client = client_of("staff")
    user = User.objects.get(username="staff")
    user.user_permissions.add(Permission.objects.get(codename="view_championship"))
    page = client.get(page_of(title)).content.decode()
    assert "Race scale: 25 – 18 – 15" in page
    assert "rules-scales-0-places" not in page
