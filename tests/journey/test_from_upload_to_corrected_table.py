"""The road, once, as an editor goes it: in a browser, against the product as run.py runs it."""

import os
import re
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.installation import Installation
from tests.processes import session_of, workers

REPORT = Path(__file__).with_name("dijon.txt")
SEASON = "en/series/porsche-carrera-cup-france/2018"
RACE = "en/events/porsche-carrera-cup-france-2018-dijon-prenois/race-1/"
#: As the report tells it, by the scale of 2018 with a point for the pole ...
TOLD = [("Corentin Vasselin", "21"), ("Baptiste Louvrier", "18"), ("Thibaud Marsannay", "16")]
#: ... and as the editor knows it: the first two the other way round.
CORRECTED = [("Baptiste Louvrier", "20"), ("Corentin Vasselin", "19"), ("Thibaud Marsannay", "16")]
#: A report is read in about a second; a machine that runs everything else at the same time may need longer.
READ = 60_000

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]


def sign_in(page: Page, installation: Installation) -> None:
    page.goto(f"{installation.address}en/admin/")
    page.get_by_label("Name").fill("admin")
    page.get_by_label("Password").fill(installation.password)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("button", name="Log out")).to_be_visible()


@contextmanager
def nobody_works(installation: Installation) -> Iterator[None]:
    """Kill the worker and keep run.py from starting another, so that a report can be seen waiting.

    (To hold the worker itself still would also hold whatever lock it has.)
    """
    os.kill(installation.process, signal.SIGSTOP)
    try:
        os.killpg(min(workers(session_of(installation.process))), signal.SIGKILL)
        yield
    finally:
        os.kill(installation.process, signal.SIGCONT)


def watch_it_finish(page: Page, installation: Installation, button: str) -> None:
    """Press a button that sends a report on its way, and see the page follow it to the end without being loaded anew."""
    with nobody_works(installation):
        page.get_by_role("button", name=button).click()
        expect(page.locator("[data-progress] [aria-current=step]")).to_have_text("waiting")
        opened = page.evaluate("performance.timeOrigin")
    expect(page.locator("[data-progress] [data-state]")).to_have_attribute("data-state", "done", timeout=READ)
    expect(page.locator("[data-read] mark").first).to_be_visible()
    assert page.evaluate("performance.timeOrigin") == opened


def table(page: Page, installation: Installation) -> list[tuple[str, str]]:
    """Give the first three of the drivers' championship with their points."""
    page.goto(f"{installation.address}{SEASON}/drivers/")
    rows = page.locator("table.matrix tbody tr").all()[:3]
    return [(row.locator("a").first.inner_text(), row.locator("td.total a").inner_text()) for row in rows]


def test_a_correction_moves_the_table_and_outlives_the_next_reading(page: Page, installation: Installation) -> None:
    sign_in(page, installation)
    page.goto(f"{installation.address}en/upload/")
    page.get_by_label("Files").set_input_files(REPORT)
    watch_it_finish(page, installation, "Upload")
    report = page.url
    assert table(page, installation) == TOLD

    # From a number to the words that prove it.
    page.goto(f"{installation.address}{RACE}")
    page.get_by_role("row", name="Corentin Vasselin").get_by_role("link", name="dijon.txt").first.click()
    expect(page.locator(":target")).to_be_in_viewport()
    evidence = page.locator(f"mark[data-of~='{page.url.partition('#')[2]}']").all_text_contents()
    assert "Corentin Vasselin (Écurie des Ducs) s'imposait devant Baptiste Louvrier" in "".join(evidence)

    page.goto(f"{installation.address}en/admin/racing/race/")
    page.get_by_role("link", name="Dijon-Prenois 2018, Race 1").click()
    page.get_by_label(re.compile("^Race, overall, .*Vasselin")).fill("2")
    page.get_by_label(re.compile("^Race, overall, .*Louvrier")).fill("1")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".errorlist")).to_contain_text("reason")
    page.get_by_label("Why").fill("The stewards exchanged the first two.")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".messagelist")).to_contain_text("was changed successfully")
    assert table(page, installation) == CORRECTED

    page.goto(report)
    watch_it_finish(page, installation, "Read again")
    assert table(page, installation) == CORRECTED
    page.goto(f"{installation.address}{RACE}")
    expect(page.get_by_text("The stewards exchanged the first two.").first).to_be_visible()
