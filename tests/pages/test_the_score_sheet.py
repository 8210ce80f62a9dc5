"""The score sheet explains every score of a subject, and how the sum comes about."""

from django.test import Client

from racing.models import Driver
from standings.models import Standing
from tests.pages.grandstand import Grandstand
from tests.pages.seeing import see, words

SHEET = "/en/series/coupe-des-deux-rives/2025/drivers/baptiste-kerguelen/"


def test_each_race_tells_its_parts_and_the_sum_so_far(client: Client, grandstand: Grandstand) -> None:
    page = see(client, SHEET)
    assert [words(race) for race in page.css(".score-sheet > li")] == [
        "Val d’Argent, Race 1 16 position 2 overall 15 pole position, overall 1 16 so far",
        "Val d’Argent, Race 2 22 position 1 overall 20 pole position, overall 1 fastest lap, overall 1 38 so far",
        "Les Deux Ponts, Race 1 12 position 3 overall (position 4 on the road; guests hold no place for points) 12"
        " 50 so far",
        "Les Deux Ponts, Race 2 20 position 1 overall 20 70 so far",
        "Grand Marais, Race 1 12 dropped, does not count All races: the worst score is dropped, from the second on."
        " position 3 overall 12 70 so far",
    ]


def test_dropped_scores_are_taken_from_the_sum(client: Client, grandstand: Grandstand) -> None:
    page = see(client, SHEET)
    assert (
        words(page.css_first(".sums"))
        == "With dropped scores82 Dropped−12 Points70 Possible with the places that are unknown70–73"
    )


def test_the_head_tells_position_points_and_gaps(client: Client, grandstand: Grandstand) -> None:
    leader = see(client, SHEET)
    assert words(leader.css_first(".lead")) == "Position 1 with 70 points."
    second = see(client, SHEET.replace("baptiste-kerguelen", "marguerite-oyono"))
    assert words(second.css_first(".lead")) == (
        "Position 6 with 18.5 points. 51.5 behind the leader, 9.5 behind the next."
    )


def test_points_are_written_in_the_language_of_the_page(client: Client, grandstand: Grandstand) -> None:
    page = client.get("/series/coupe-des-deux-rives/2025/drivers/marguerite-oyono/").content.decode()
    assert "18,5" in page
    assert "18.5" not in page


def test_decisions_that_belong_to_no_race_are_listed(client: Client, grandstand: Grandstand) -> None:
    driver = Driver.objects.get(slug="baptiste-kerguelen")
    row = Standing.objects.get(championship=grandstand.drivers, race=grandstand.races[4], driver=driver)
    row.why = {"adjustments": [{"kind": "points_delta", "points": "-2.5", "reason": "Carburant."}]}
    row.save()
    page = see(client, SHEET)
    assert "points given or taken by decision: Carburant−2.5 points" in words(page.css_first(".sums"))


def test_a_crew_has_a_sheet_under_its_car(client: Client, grandstand: Grandstand) -> None:
    car = grandstand.entries[1]
    page = see(client, f"/en/series/coupe-des-deux-rives/2025/crews/car-{car.pk}/")
    assert words(page.css_first("h1")) == "Kerguelen"


def test_every_reason_leads_to_its_line_on_the_page_of_the_race(client: Client, grandstand: Grandstand) -> None:
    links = [link.attributes["href"] for link in see(client, SHEET).css(".reasons a")]
    assert len(links) == 8
    for link in links:
        page, _, anchor = link.partition("#")
        assert see(client, page).css_first(f"#{anchor}").css_first(".name a").text() == "Baptiste Kerguelen"
