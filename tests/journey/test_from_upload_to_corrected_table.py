"""The road, once, as an editor goes it: in a browser, against the product as run.py runs it."""

import os
import re
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.installation import Installation
from tests.processes import session_of, workers

REPORT = Path(__file__).with_name("dijon.txt")
#: A report is read in about a second; a machine that runs everything else at the same time may need longer.
READ = 60_000

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240), pytest.mark.xdist_group("installation")]


def sign_in(page: Page, installation: Installation) -> None:
    page.goto(f"{installation.address}en/admin/")
    page.get_by_label("Name").fill("admin")
    page.get_by_label("Password").fill(installation.password)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("button", name="Log out")).to_be_visible()


@contextmanager
def nobody_works(installation: Installation) -> Iterator[None]:
    """Hold the worker still, so that a report can be seen waiting."""
    held = workers(session_of(installation.process))
    for process in held:
        os.kill(process, signal.SIGSTOP)
    try:
        yield
    finally:
        for process in held:
            os.kill(process, signal.SIGCONT)


def first_two(table: Locator) -> list[str]:
    """Give who leads a table and who follows."""
    names = table.locator("tbody tr").locator("a[href*='/drivers/']").all_inner_texts()
    return names[:2]


def test_a_report_becomes_a_table_and_a_correction_outlives_the_next_reading(
    page: Page, installation: Installation
) -> None:
    sign_in(page, installation)

    page.goto(f"{installation.address}en/upload/")
    page.locator("input[type=file]").set_input_files(REPORT)
    with nobody_works(installation):
        page.get_by_role("button", name="Upload").click()
        expect(page.get_by_role("heading", name="dijon.txt")).to_be_visible()
        progress = page.locator("[data-progress]")
        expect(progress.locator("[aria-current=step]")).to_have_text("waiting")
        opened = page.evaluate("performance.timeOrigin")
    expect(progress.locator("[data-state]")).to_have_attribute("data-state", "done", timeout=READ)
    expect(page.locator("mark").first).to_be_visible()
    assert page.evaluate("performance.timeOrigin") == opened, "the page was loaded anew"
    report = page.url

    page.screenshot(path="/tmp/ops/report.png", full_page=True)
    page.goto(f"{installation.address}en/")
    page.screenshot(path="/tmp/ops/home.png", full_page=True)
    print(page.locator("main").inner_html())
    assert re
