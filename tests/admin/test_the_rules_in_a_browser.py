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


@pytest.mark.parametrize("width", [390, 1280])
def test_the_form_is_accessible_and_fits_its_window(rules: Page, width: int) -> None:
    rules.set_viewport_size({"width": width, "height": 900})
    for summary in rules.locator(".rules-fields summary").all():
        summary.click()
    rules.get_by_label("Points from the first place on").first.fill("25, 26, 15")
    expect(rules.locator("[data-preview] tr.up")).to_be_visible()
    # To read style sheets that import others, axe would put inline styles into the page, which the content policy forbids.
    found = Axe().run(rules, {"include": [[".rules-editor"]]}, {"preload": False}).response["violations"]
    assert [f"{one['id']}: {one['nodes'][0]['html']}" for one in found] == []
    assert rules.evaluate("document.documentElement.scrollWidth") == width
