"""axe finds nothing on any page, light or dark, wide or narrow, and no page is wider than a phone."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.pages.grandstand import ADDRESSES, build

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

#: Races are many; two of them show all that a race can.
PAGES = [*(address for address in ADDRESSES if "race" not in address or "ponts" in address), "/nowhere/"]


def problems(page: Any, address: str) -> list[str]:
    """Give what axe finds, a line each, and whether the page is wider than the window."""
    found = Axe().run(page).response["violations"]
    lines = [f"{address}: {one['id']} {[node['target'] for node in one['nodes']][:3]}" for one in found]
    wide = page.evaluate("document.documentElement.scrollWidth") - page.viewport_size["width"]
    return [*lines, f"{address}: {wide} pixels too wide"] if wide > 0 else lines


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 390)])
def test_axe_finds_nothing_on_any_page(page: Any, live_server: Any, scheme: str, width: int) -> None:
    build()
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 844})
    found = []
    for address in PAGES:
        page.goto(f"{live_server.url}{address}" if scheme == "light" else f"{live_server.url}/en{address}")
        found += problems(page, address)
    assert found == []
