"""The page of a race tells what it paid in each championship, and why."""

from django.test import Client

from standings.models import Championship
from tests.pages.grandstand import Grandstand
from tests.pages.seeing import see, words


def test_each_championship_tells_whom_the_race_paid_and_why(client: Client, grandstand: Grandstand) -> None:
    page = see(client, "/en/events/grand-marais-2025/race-1/")
    assert [words(one) for one in page.css(".race-points summary")] == [
        "Overall",
        "Am",
        "Pro",
        "Rookie",
        "Teams",
        "Crews",
    ]
    rows = page.css(".race-points details")[0].css(".lines > li")
    assert [words(row) for row in rows][:3] == [
        "Jean-Baptiste d’Hautecombe 21 position 1 overall 20 pole position, overall 1",
        "Élodie Vasseur 15 position 2 overall 15",
        "Baptiste Kerguelen 12 dropped, does not count position 3 overall 12",
    ]


def test_each_leads_to_the_race_on_the_score_sheet(client: Client, grandstand: Grandstand) -> None:
    page = see(client, "/en/events/grand-marais-2025/race-1/")
    for details in page.css(".race-points details"):
        path, _, anchor = details.css_first("li a").attributes["href"].partition("#")
        assert see(client, path).css_first(f"#{anchor}") is not None


def test_a_race_that_paid_nobody_says_nothing_of_points(client: Client, grandstand: Grandstand) -> None:
    assert see(client, "/en/events/grand-marais-2025/race-2/").css_first(".race-points") is None


def test_rules_that_cannot_be_followed_leave_the_page_standing(client: Client, grandstand: Grandstand) -> None:
    row = Championship.objects.get(slug="am")
    Championship.objects.filter(pk=row.pk).update(rules={**row.rules, "scales": 5}, edited=True)
    see(client, "/en/events/grand-marais-2025/race-1/")
    for slug in ("am", "drivers"):
        see(client, f"/en/series/{row.season.series.slug}/{row.season.year}/{slug}/")
