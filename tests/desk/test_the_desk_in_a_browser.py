"""The desk in headless Chromium: accessible, no wider than a phone, and live without a reload."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import User
from django.urls import reverse
from playwright.sync_api import Page, expect

from racing.models import ReadingJob
from racing.terms import JobState
from tests.corrections.paddock import Paddock, build
from tests.desk.people import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WIDTHS = [390, 1280]


@pytest.fixture(autouse=True)
def nobody_works(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no worker wake: these tests say themselves how far a report is."""
    monkeypatch.setattr("racing.jobs.wake", lambda key, queue: True)


@pytest.fixture
def desk(page: Page, live_server: Any) -> tuple[Page, Paddock]:
    """Give a page that is signed in, and what there is to see."""
    paddock = build()
    User.objects.create_superuser("anne", password=PASSWORD)
    page.goto(f"{live_server.url}/en/login/")
    page.get_by_label("Name").fill("anne")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Reports")).to_be_visible()
    return page, paddock


def complaints(page: Page) -> list[str]:
    """Give what axe finds, and whether anything is wider than the window."""
    found = [f"{one['id']}: {one['nodes'][0]['html']}" for one in Axe().run(page).response["violations"]]
    width = page.evaluate("document.documentElement.scrollWidth")
    return found + ([f"{width} wide"] if width > page.viewport_size["width"] else [])  # type: ignore[index]


def test_every_page_of_the_desk_is_accessible_on_a_phone_and_a_desk(
    desk: tuple[Page, Paddock], live_server: Any
) -> None:
    page, paddock = desk
    ReadingJob.objects.filter(report=paddock.report).update(state=JobState.FAILED, error="encrypted")
    addresses = ["/en/upload/", "/en/reports/", reverse("racing:report", args=[paddock.report.pk])]
    found = {}
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        for address in addresses:
            page.goto(live_server.url + address)
            found[address, width] = complaints(page)
    assert found == {(address, width): [] for width in WIDTHS for address in addresses}


@pytest.mark.parametrize("width", WIDTHS)
def test_the_form_to_sign_in_is_accessible(page: Page, live_server: Any, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{live_server.url}/en/login/")
    page.get_by_role("button", name="Sign in").click()
    assert complaints(page) == []


@pytest.mark.parametrize("width", WIDTHS)
def test_the_classification_in_the_admin_fits_its_window(
    desk: tuple[Page, Paddock], live_server: Any, width: int
) -> None:
    page, paddock = desk
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(live_server.url + reverse("admin:racing_race_change", args=[paddock.races[0].pk]))
    expect(page.get_by_role("heading", name="Classification, Coupe du Paddock 2023")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == width
    unnamed = [
        field.get_attribute("name")
        for field in page.locator(".classification :is(input, select):not([type=hidden])").all()
        if not field.evaluate("field => field.labels.length")
    ]
    assert unnamed == []


def test_the_head_of_a_page_leaves_a_phone_its_room(desk: tuple[Page, Paddock], live_server: Any) -> None:
    page, _paddock = desk
    page.set_viewport_size({"width": 390, "height": 844})
    for language in ("", "/en"):
        page.goto(f"{live_server.url}{language}/reports/")
        wordmark = page.locator(".wordmark").bounding_box()
        assert wordmark is not None
        assert wordmark["height"] < 60, language
        links = page.locator(".site-head :is(a, button)").all()
        tops = sorted({round(box["y"] / 20) for link in links if (box := link.bounding_box())})
        assert len(tops) <= 3, language


def test_the_steps_go_on_and_the_facts_appear_without_a_reload(desk: tuple[Page, Paddock], live_server: Any) -> None:
    page, paddock = desk
    job = ReadingJob.objects.filter(report=paddock.report)
    job.update(state=JobState.WAITING)
    page.goto(live_server.url + reverse("racing:report", args=[paddock.report.pk]))
    opened = page.evaluate("performance.timeOrigin")
    step = page.locator("[data-progress] [aria-current=step]")
    for state, told in (
        (JobState.WAITING, "waiting"),
        (JobState.READING, "reading"),
        (JobState.SETTLING, "settling and"),
    ):
        job.update(state=state)
        expect(step).to_contain_text(told)
    paddock.report.facts.filter(position=3).update(drivers=["Somebody Else"])
    job.update(state=JobState.DONE)
    expect(page.get_by_text("Somebody Else").first).to_be_visible()
    expect(page.get_by_role("button", name="Read again")).to_be_visible()
    assert page.evaluate("performance.timeOrigin") == opened


def test_what_went_wrong_appears_by_itself_with_a_button(desk: tuple[Page, Paddock], live_server: Any) -> None:
    page, paddock = desk
    job = ReadingJob.objects.filter(report=paddock.report)
    job.update(state=JobState.READING)
    page.goto(live_server.url + reverse("racing:report", args=[paddock.report.pk]))
    job.update(state=JobState.FAILED, error="encrypted")
    expect(page.get_by_text("The document is protected by a password.")).to_be_visible()
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_text(f"{paddock.report} is being read again.")).to_be_visible()
    expect(page.locator("[data-progress] [aria-current=step]")).to_have_text("waiting")


def test_words_and_facts_light_each_other_up(desk: tuple[Page, Paddock], live_server: Any) -> None:
    page, paddock = desk
    fact = paddock.report.facts.get(kind="finish", position=2)
    page.goto(f"{live_server.url}{reverse('racing:report', args=[paddock.report.pk])}#fact-{fact.pk}")
    words, told = page.locator(f"mark[data-of=fact-{fact.pk}]"), page.locator(f"#told-fact-{fact.pk}")
    expect(told).to_have_class("meant")
    page.mouse.move(0, 0)
    words.hover()
    expect(told).to_have_class("meant lit")
    told.get_by_role("link").first.focus()
    expect(words).to_have_class("says meant lit")


def test_files_are_dropped_on_the_form_and_sent_like_chosen_ones(desk: tuple[Page, Paddock], live_server: Any) -> None:
    page, _paddock = desk
    page.goto(f"{live_server.url}/en/upload/")
    transfer = page.evaluate_handle(
        """() => {
            const files = new DataTransfer();
            files.items.add(new File(["Une course."], "dropped.txt"));
            return files;
        }"""
    )
    page.locator("[data-drop]").dispatch_event("drop", {"dataTransfer": transfer})
    expect(page.locator("[data-chosen] li")).to_have_text("dropped.txt")
    page.get_by_role("button", name="Upload").click()
    expect(page.get_by_role("heading", name="dropped.txt")).to_be_visible()
