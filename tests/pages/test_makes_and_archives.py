"""Makes have pages like teams, and what an archive tells leads to the archive with its licence."""

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from racing.models import Place
from racing.terms import OVERALL, TRACK
from standings.models import Championship
from standings.recompute import recompute_season
from standings.views import calendar, people
from tests.pages.seeing import see, words
from tests.standings.archived import build

pytestmark = pytest.mark.django_db

SEASON = "/en/series/coupe-d-essai/2024/"
RACE = "/en/events/{slug}/race-1/"


def season(cars: int = 2) -> str:
    """Build the season with two tables, and give the address of its race."""
    row, race, *_ = build(cars)
    for order, subject in enumerate(("driver", "make", "entity"), 1):
        Championship.objects.create(
            season=row,
            slug=f"by-{subject}",
            name=subject,
            order=order,
            edited=True,
            rules={"subject": subject, "scales": {"sprint": [9, 6]}},
        )
    recompute_season(row)
    return RACE.format(slug=race.event.slug)


def test_a_make_shows_its_tables_its_cars_and_its_races(client: Client) -> None:
    season()
    page = see(client, "/en/makes/vulcain/")
    links = {link.attributes["href"] for link in page.css("main a")}
    assert {"/en/makes/vulcain-eole/", f"{SEASON}by-make/", "/en/drivers/pilote-1/"} <= links
    assert [words(row) for row in page.css(".stands .num")] == ["15 pts", "6 pts"]
    assert len(page.css("#races tbody tr")) == 2


def test_a_chassis_with_another_makes_engine_leads_to_its_builder(client: Client) -> None:
    season()
    page = see(client, "/en/makes/vulcain-eole/")
    assert page.css_first(".eyebrow a").attributes["href"] == "/en/makes/vulcain/"


def test_the_table_of_makes_names_them_and_explains_their_points(client: Client) -> None:
    season()
    page = see(client, f"{SEASON}by-entity/")
    assert [words(row) for row in page.css("tbody .name")] == ["Vulcain-Éole#1", "Vulcain#2"]
    sheet = see(client, f"{SEASON}by-entity/vulcain-eole/")
    assert "position 1" in words(sheet.css_first(".reasons"))


def test_each_line_of_a_race_leads_to_the_archive_that_tells_it(client: Client) -> None:
    page = see(client, season())
    assert [words(row) for row in page.css(".plate")[:2]] == ["number 17", "number 2"]
    rows = page.css("#ranking-1-1 tbody tr") or page.css("table.ranking tbody tr")
    first = rows[0].css_first(".words a")
    assert (words(first), first.attributes["href"]) == ("Annales, CC BY 4.0", "/en/archives/annales/")


def test_the_fastest_lap_of_a_shared_car_is_of_who_drove_it(client: Client) -> None:
    page = see(client, season())
    table = next(row for row in page.css("table.ranking") if words(row.css_first("caption")).startswith("Fastest lap"))
    assert [words(row.css_first(".name a")) for row in table.css("tbody tr")] == ["Relais", "Pilote 2"]


def test_an_archive_tells_its_licence_and_what_rests_on_it(client: Client) -> None:
    season()
    page = see(client, "/en/archives/annales/")
    assert words(page.css_first(".lead")) == "Data of the Annales."
    assert "CC BY 4.0" in words(page.css_first("dl"))
    assert [link.attributes["href"] for link in page.css("section a")] == ["/en/series/coupe-d-essai/", SEASON]


def test_of_a_long_career_one_year_is_shown_at_a_time(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    season()
    monkeypatch.setattr(people, "LONG", 0)
    for address in ("/en/drivers/pilote-1/", "/en/makes/vulcain/"):
        page = see(client, address)
        years = [(words(one), one.attributes["href"]) for one in page.css(".years a")]
        assert years == [("2024", "?year=2024#of-a-year")]
        assert words(page.css_first("#races caption")).endswith("in 2024, the latest first")
        assert see(client, f"{address}?year=1999").css_first(".years [aria-current]").text() == "2024"


def test_a_short_career_is_shown_whole(client: Client) -> None:
    season()
    page = see(client, "/en/drivers/pilote-1/?year=2024")
    assert page.css_first(".years") is None
    assert words(page.css_first("#races caption")) == "Races of Pilote 1, the latest first"


def test_only_years_of_the_career_make_pages_of_their_own(client: Client) -> None:
    season()
    tags = {client.get(f"/en/drivers/pilote-1/?year={year}")["ETag"] for year in ("1999", "2031", "x", "")}
    assert len(tags) == 1
    assert client.get("/en/drivers/pilote-1/?year=2024")["ETag"] not in tags


def test_of_seasons_long_ago_it_is_told_who_came_first(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    season()
    monkeypatch.setattr(calendar, "RECENT", 0)
    page = see(client, "/en/series/coupe-d-essai/")
    assert words(page.css_first(".titles li")).startswith("2024")
    told = [words(row) for row in page.css(".titles .name")]
    assert [row for row in told if "Vulcain" in row] == ["makeVulcain 15 pts", "entityVulcain-Éole 9 pts"]


def test_a_class_in_which_all_cars_ran_is_not_told_beside_the_whole(client: Client) -> None:
    page = see(client, season())
    assert not any("F1" in words(row) for row in page.css("table.ranking caption, table.ranking .tag"))


def test_forty_cars_ask_no_more_than_three(client: Client) -> None:
    counts = []
    for cars in (3, 40):
        with transaction.atomic():
            pages = [season(cars), "/en/makes/vulcain/", "/en/archives/annales/", f"{SEASON}by-make/", SEASON]
            counts.append([])
            for address in pages:
                cache.clear()
                with CaptureQueriesContext(connection) as asked:
                    assert client.get(address).status_code == 200
                counts[-1].append(len(asked))
            transaction.set_rollback(True)
    assert counts[0] == counts[1]
    assert max(counts[0]) <= 17


def test_races_without_classes_have_no_column_of_them(client: Client) -> None:
    season()
    Place.objects.exclude(ranking__in=[OVERALL, TRACK]).delete()
    heads = [words(one) for one in see(client, "/en/makes/vulcain/").css("table.career th[scope=col]")]
    assert heads == ["Race", "Car", "overall"]
