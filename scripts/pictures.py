"""Make the README's pictures from the running product: `.venv/bin/python -m scripts.pictures`.

Starts an installation of its own with the sample season, looks at it with Chromium and ends it again. Needs the packages of
requirements/test.txt (`python3 run.py test` installs them) and Chromium.
"""

import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.chromium import CHROMIUM, CHROMIUM_FLAGS
from tests.installation import install

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "pictures"
SEASON = "en/series/trophee-des-volcans/2026/"
#: Where the report stands whose evidence is shown.
REPORT = "01-nogaro-communique.txt"


def standings(page: Page, address: str) -> None:
    """Show the drivers' championship of the sample season."""
    page.goto(f"{address}{SEASON}drivers/")
    page.set_viewport_size({"width": 1280, "height": 820})
    page.screenshot(path=PICTURES / "standings.png")


def report(page: Page, address: str) -> None:
    """Show a report, one of its statements pointed at."""
    page.goto(f"{address}en/reports/")
    page.get_by_role("link", name=REPORT).click()
    page.set_viewport_size({"width": 1280, "height": 820})
    page.locator("mark a").first.click()
    page.locator("#words").evaluate("heading => heading.scrollIntoView()")
    page.screenshot(path=PICTURES / "report.png")


def main() -> None:
    """Make all pictures anew."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        install(Path(folder)) as installation,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=CHROMIUM_FLAGS)
        page = browser.new_page(locale="en-GB", color_scheme="light", reduced_motion="reduce")
        for picture in (standings, report):
            picture(page, installation.address)
        browser.close()
    for path in sorted(PICTURES.glob("*.png")):
        print(path.relative_to(ROOT), path.stat().st_size // 1024, "KB")


if __name__ == "__main__":
    main()
