"""Language switch, errors, and what browsers and crawlers ask for beside the pages."""

from django.template.loader import render_to_string
from django.test import Client

from tests.pages.grandstand import ADDRESSES, Grandstand


def test_the_language_switch_keeps_the_page(client: Client, grandstand: Grandstand) -> None:
    for address in ADDRESSES:
        french, english = client.get(address).content.decode(), client.get(f"/en{address}").content.decode()
        assert f'href="/en{address}" hreflang="en"' in french
        assert f'href="{address}" hreflang="fr"' in english


def test_an_address_without_a_page_is_404_in_the_language_of_the_address(client: Client, db: None) -> None:
    for address in (
        "/series/none/",
        "/series/none/2025/",
        "/series/none/2025/drivers/",
        "/series/none/2025/drivers/nobody/",
        "/events/none/",
        "/events/none/race-1/",
        "/drivers/none/",
        "/teams/none/",
        "/nowhere/",
    ):
        answer = client.get(f"/en{address}")
        assert answer.status_code == 404
        assert "Off the track" in answer.content.decode()


def test_a_subject_that_is_not_in_the_table_is_404(client: Client, grandstand: Grandstand) -> None:
    assert client.get("/series/coupe-des-deux-rives/2025/pro/marguerite-oyono/").status_code == 404


def test_an_empty_site_says_so(client: Client, db: None) -> None:
    assert "There is no table yet" in client.get("/en/").content.decode()
    assert "No series yet" in client.get("/en/series/").content.decode()


def test_the_error_page_needs_nothing_that_may_be_broken() -> None:
    assert "Parc fermé" in render_to_string("500.html")


def test_crawlers_are_kept_from_the_desk(client: Client, db: None) -> None:
    answer = client.get("/robots.txt")
    assert answer["Content-Type"] == "text/plain"
    assert "Disallow: /admin/" in answer.content.decode()
