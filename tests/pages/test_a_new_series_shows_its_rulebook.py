"""The page of a series that nobody set up: the rulebook that it follows, whether that is verified, and its source."""

import pytest
from django.test import Client

from standings.models import Championship
from standings.recompute import recompute_season
from tests.pages.seeing import see, words
from tests.standings.building import make_entry, make_event, make_race, make_season

pytestmark = pytest.mark.django_db


def make(series: str, year: int, *classes: str) -> None:
    season = make_season(series, year)
    cars = [make_entry(season, name, classes=classes) for name in ("Ames", "Brac", "Caux")]
    event = make_event(season, "Sebring", 1)
    make_race(event, 1, dict.fromkeys(("overall", *classes), cars))
    recompute_season(season)


@pytest.mark.parametrize(
    ("language", "verdict", "beginning"),
    [
        ("en", "not verified", "Six hours 25-18-15-12-10-8-6-4-2-1; eight and ten hours"),
        ("fr", "non vérifié", "Six heures 25-18-15-12-10-8-6-4-2-1 ; huit et dix heures"),
    ],
)
def test_a_series_of_which_nothing_was_set_up_names_its_rulebook(
    client: Client, language: str, verdict: str, beginning: str
) -> None:
    make("FIA World Endurance Championship", 2022, "LMP2")
    prefix = "" if language == "fr" else f"/{language}"
    rules = see(client, f"{prefix}/series/fia-world-endurance-championship/2022/lmp2/").css_first(".rulebook")
    assert words(rules.css_first(".tag")) == verdict
    assert words(rules.css_first("code")) == "wec-2019-2023"
    assert words(rules.css_first(".soft")).startswith(beginning)


def test_a_proven_rulebook_is_verified_and_has_the_note_of_its_year(client: Client) -> None:
    make("Formula One World Championship", 2014)
    rules = see(client, "/en/series/formula-one-world-championship/2014/drivers/").css_first(".rulebook")
    assert [words(tag) for tag in rules.css(".tag")] == ["verified"]
    assert words(rules.css_first(".soft")).endswith("In 2014 the last race (Abu Dhabi) counts double.")


def test_a_table_of_makes_that_nobody_told_of_says_so_instead_of_no_race(client: Client) -> None:
    make("Formula One World Championship", 2014)
    assert Championship.objects.get(slug="constructors").standings.count() == 0
    notice = see(client, "/en/series/formula-one-world-championship/2014/constructors/").css_first("main .notice")
    assert words(notice) == (
        "Races have been told of, but not for whom: nobody who could stand in this table is known yet. "
        "An editor can give the entries their makes and teams in the administration."
    )


def test_a_season_of_which_no_race_was_told_says_that(client: Client) -> None:
    recompute_season(make_season("Formula One World Championship", 2014))
    notice = see(client, "/en/series/formula-one-world-championship/2014/constructors/").css_first("main .notice")
    assert words(notice).startswith("No race of this season has been told of yet.")
