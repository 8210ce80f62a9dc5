"""The form for rules in headless Chromium: what would change shows while it is written, on a phone and a desk."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import User
from django.urls import reverse
from playwright.sync_api import Page, expect

from standings.models import Championship
from tests.corrections.paddock import build
from tests.desk.people import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def rules(page: Page, live_server: Any) -> Page:
    """Give the page of a championship, signed in."""
    paddock = build()
    title = Championship.objects.get(season=paddock.season, slug="drivers")
    User.objects.create_superuser("anne", password=PASSWORD)
    page.goto(f"{live_server.url}/en/login/")
    page.get_by_label("Name").fill("anne")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Reports")).to_be_visible()
    page.goto(live_server.url + reverse("admin:standings_championship_change", args=[title.pk]))
    return page


def test_what_would_change_shows_while_it_is_written(rules: Page) -> None:
    shown = rules.locator("[data-preview]")
    rules.get_by_label("Points from the first place on").first.fill("25, 26, 15")
    expect(shown).to_contain_text("2 rows of the latest table would change.")
    expect(shown.locator("tr.up")).to_contain_text("Bruno Cazal")
    rules.get_by_label("Cars of each that score in a race").fill("two")
    link = shown.get_by_role("link")
    expect(link).to_contain_text("must be a whole number")
    link.click()
    expect(rules.get_by_label("Cars of each that score in a race")).to_be_focused()
    rules.get_by_label("Cars of each that score in a race").fill("")
    rules.get_by_role("button", name="Another bonus").click()
    rules.locator("#id_rules-bonuses-1-on").select_option("pole")
    rules.locator("#id_rules-bonuses-1-points").fill("3")
    expect(shown.locator("tr.up")).to_contain_text("18 → 29")
    assert rules.url.endswith("/change/")


def test_a_scale_that_was_just_written_can_be_chosen_for_a_number_of_the_race(rules: Page) -> None:
    shown = rules.locator("[data-preview]")
    rules.get_by_role("button", name="Another scale", exact=True).click()
    rules.locator("#id_rules-scales-1-session").fill("small")
    rules.locator("#id_rules-scales-1-places").fill("5, 4, 3")
    rules.get_by_text("Another scale by a number of the race").click()
    rules.get_by_label("The scale of a race is chosen by").select_option("starters")
    rules.locator("#id_rules-steps-0-from").fill("9")
    rules.locator("#id_rules-steps-0-scale").select_option("race")
    rules.get_by_role("button", name="Another number").click()
    expect(rules.locator("#id_rules-steps-1-from")).to_be_focused()
    rules.keyboard.type("4")
    rules.keyboard.press("Tab")
    # Chosen by its first letter, without a mouse.
    rules.keyboard.type("s")
    expect(shown.locator("tbody")).to_contain_text("25 → 5")
    rules.locator("#id_rules-scales-1-session").fill("tiny")
    expect(shown.get_by_role("link")).to_contain_text('there is no scale "small"')
    shown.get_by_role("link").click()
    expect(rules.locator("#id_rules-steps-1-scale")).to_be_focused()


def test_a_field_that_is_folded_away_is_opened_where_something_is_wrong_with_it(rules: Page) -> None:
    rules.get_by_text("Phases of the season, as in playoffs").click()
    rules.get_by_label("After round").fill("1")
    rules.get_by_text("Phases of the season, as in playoffs").click()
    expect(rules.get_by_label("So many begin anew")).to_be_hidden()
    rules.locator("[data-preview]").get_by_role("link").click()
    expect(rules.get_by_label("So many begin anew")).to_be_focused()
    row = rules.locator(".rule-row").filter(has=rules.locator("#id_rules-scales-0-session"))
    row.get_by_text("More").click()
    row.get_by_label("Retired", exact=True).fill("2")
    row.get_by_label("Retired: and a point for each car entered").check()
    rules.get_by_label("So many begin anew").fill("1")
    expect(rules.locator("[data-preview] tr.came")).to_contain_text("Denis Estève")


@pytest.mark.parametrize("width", [390, 1280])
def test_the_form_is_accessible_and_fits_its_window(rules: Page, width: int) -> None:
    rules.set_viewport_size({"width": width, "height": 900})
    rules.get_by_role("button", name="Another change").click()
    for key in ("scales", "filter", "round_points_to", "tiebreak"):
        rules.locator("#id_rules-changes-0-add").select_option(key)
        rules.get_by_role("button", name="Show its fields").click()
        expect(rules.locator("#id_rules-changes-0-add")).to_have_value("")
    # The second race is to come: until then the rules of the beginning hold.
    rules.locator("#id_rules-changes-0-race").select_option(index=2)
    rules.locator("#id_rules-changes-0-reason").fill("Bulletin 4")
    for summary in rules.locator(".rules-fields summary").all():
        summary.click()
    rules.get_by_label("Points from the first place on").first.fill("25, 26, 15")
    expect(rules.locator("[data-preview] tr.up")).to_be_visible()
    # To read style sheets that import others, axe would put inline styles into the page, which the content policy forbids.
    found = Axe().run(rules, {"include": [[".rules-editor"]]}, {"preload": False}).response["violations"]
    assert [f"{one['id']}: {one['nodes'][0]['html']}" for one in found] == []
    assert rules.evaluate("document.documentElement.scrollWidth") == width


def test_a_change_in_mid_season_is_written_in_fields_by_keyboard(rules: Page) -> None:
    shown = rules.locator("[data-preview]")
    rules.get_by_role("button", name="Another change").press("Enter")
    expect(rules.get_by_label("From the race on")).to_be_focused()
    # Les Essarts, Race 1, chosen by its first letters; then the reason, and the scales out of all rules.
    rules.keyboard.type("Les")
    rules.keyboard.press("Tab")
    rules.keyboard.type("Bulletin 4")
    rules.keyboard.press("Tab")
    rules.keyboard.type("Scales")
    expect(shown.get_by_role("link")).to_contain_text("Press “Show its fields”")
    rules.keyboard.press("Tab")
    rules.keyboard.press("Enter")
    # Its fields say what holds until then.
    expect(rules.locator("#id_rules-changes-0-scales-0-session")).to_be_focused()
    rules.keyboard.press("Tab")
    rules.keyboard.press("Control+A")
    rules.keyboard.type("3, 4")
    expect(shown.locator("tr.up")).to_contain_text("Bruno Cazal")
    expect(shown).to_contain_text("3 rows of the latest table would change.")
    rules.locator("#changes").get_by_role("button", name="Another scale").click()
    expect(rules.locator("#id_rules-changes-0-scales-1-session")).to_be_focused()
    rules.get_by_role("button", name="Another change").click()
    expect(rules.locator("#id_rules-changes-1-scales-0-places")).to_have_value("3, 4")
    rules.locator("#rules-changes-1").get_by_label("Take out this change").check()
    rules.get_by_role("button", name="Save", exact=True).click()
    expect(rules.get_by_text("was changed successfully")).to_be_visible()
    title = Championship.objects.get(slug="drivers")
    (change,) = title.rules["changes"]
    assert (change["reason"], change["rules"]) == ("Bulletin 4", {"scales": {"race": [3, 4]}})


def test_a_scale_of_a_change_can_be_chosen_in_it_and_nowhere_else(rules: Page) -> None:
    rules.get_by_role("button", name="Another change").click()
    for key in ("scales", "scale_by"):
        rules.locator("#id_rules-changes-0-add").select_option(key)
        rules.get_by_role("button", name="Show its fields").click()
        expect(rules.locator("#id_rules-changes-0-add")).to_have_value("")
    rules.locator("#changes").get_by_role("button", name="Another scale").click()
    rules.locator("#id_rules-changes-0-scales-1-session").fill("small")
    rules.locator("#id_rules-changes-0-scales-1-places").fill("3, 2")
    rules.locator("#id_rules-changes-0-steps-0-scale").select_option("small")
    names = rules.locator("#id_rules-steps-0-scale option").all_text_contents()
    assert names == ["–", "no points", "race"]
