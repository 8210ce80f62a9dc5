"""Seasons of the archive, loaded into the database, make the tables that were published."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.utils.translation import override

from racing.corrections import correct
from racing.models import Archive, ArchiveKey, Driver, Entry, Make, Place, Race, Record, Result, Season, Series
from racing.pipeline import settle_races
from racing.terms import OVERALL, Contest
from standings.history.f1db import DATA, Table, published_tables
from standings.loading.checking import stored_tables
from standings.loading.history import History, load_history
from standings.models import Championship, Standing, TableAfter
from standings.recompute import recompute_season
from tests.history.part import write_part
from tests.pages.seeing import see, words
from tests.standings.building import stored

pytestmark = pytest.mark.django_db

YEARS = (1954, 1957, 1964, 1984, 1988, 2008, 2018, 2021)
TABLES = {key: table for key, table in published_tables(DATA).items() if key[0] in YEARS}
EVERYTHING = (Series, Season, Race, Entry, Record, Result, Place, Championship, Standing, TableAfter, ArchiveKey)


@pytest.fixture(scope="module")
def loaded(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[History, Any]]:
    """Load the seasons beside a driver who bears the name of one of them; taken back after the module's tests."""
    folder = write_part(tmp_path_factory.mktemp("archive"), YEARS)
    with django_db_blocker.unblock(), transaction.atomic():
        Driver.objects.create(first_name="Alain", last_name="Prost", slug="alain-prost")
        yield load_history(lambda line: None, folder), folder
        transaction.set_rollback(True)


@pytest.mark.parametrize("key", TABLES, ids=lambda key: f"{key[0]}-{key[1]}")
def test_the_table_is_the_one_that_was_published(loaded: Any, key: tuple[int, str]) -> None:
    tables: dict[tuple[int, str], Table] = stored_tables(Archive.objects.get())
    assert tables[key] == TABLES[key]


def test_loading_tells_what_it_loaded_and_that_every_table_is_right(loaded: Any) -> None:
    assert loaded[0] == History(len(YEARS), 0, len(TABLES), ())


def test_loading_again_changes_no_row(loaded: Any) -> None:
    before = stored(*EVERYTHING)
    assert load_history(lambda line: None, loaded[1]) == History(0, len(YEARS), len(TABLES), ())
    assert stored(*EVERYTHING) == before


def test_settling_and_scoring_again_changes_no_row(loaded: Any) -> None:
    before = stored(*EVERYTHING)
    with transaction.atomic():
        settle_races(Race.objects.all())
    assert not any(recompute_season(season) for season in Season.objects.all())
    assert stored(*EVERYTHING) == before


def test_the_seventh_of_1954_is_kept_exactly(loaded: Any) -> None:
    row = Standing.objects.get(championship__season__year=1954, driver__slug="jean-behra")
    assert row.points == Fraction(14, 100)


def test_a_meeting_is_called_in_the_reader_s_language(loaded: Any) -> None:
    season = Season.objects.get(year=1984)
    with override("fr"):
        french = [event.title for event in season.events.order_by("start")]
    with override("en"):
        english = [event.title for event in season.events.order_by("start")]
    assert list(zip(french, english, strict=True))[:6] == [
        ("Brésil", "Brazil"),
        ("Afrique du Sud", "South Africa"),
        ("Belgique", "Belgium"),
        ("Saint-Marin", "San Marino"),
        ("France", "France"),
        ("Monaco", "Monaco"),
    ]
    address = f"series/{season.series.slug}/1984/"
    for page, name in ((f"/{address}", "Brésil"), (f"/en/{address}", "Brazil")):
        assert name in Client().get(page).content.decode()


def test_a_driver_of_the_same_name_stays_somebody_else(loaded: Any) -> None:
    two = Driver.objects.filter(last_name="Prost").order_by("pk")
    assert [(row.slug, row.drives.exists()) for row in two] == [("alain-prost", False), ("alain-prost-2", True)]


def test_names_are_split_into_first_name_and_surname(loaded: Any) -> None:
    names = {row.slug: (row.first_name, row.last_name, row.nationality) for row in Driver.objects.all()}
    assert names["juan-manuel-fangio"] == ("Juan Manuel", "Fangio", "AR")
    assert names["adolfo-schwelm-cruz"] == ("Adolfo", "Schwelm Cruz", "AR")
    assert names["carlos-sainz-jr"] == ("Carlos", "Sainz Jr.", "ES")
    assert names["giedo-van-der-garde"] == ("Giedo", "van der Garde", "NL")


def test_a_chassis_is_of_its_make_with_whatever_engine(loaded: Any) -> None:
    pairs = Make.objects.filter(builder__slug="mclaren").order_by("slug").values_list("slug", "name")
    assert ("mclaren-honda", "McLaren-Honda") in set(pairs)
    assert Make.objects.get(slug="ferrari").builder is None


def test_who_takes_over_a_car_sits_in_it_for_that_round(loaded: Any) -> None:
    crews = {
        tuple((member.driver.slug, member.from_round, member.to_round) for member in result.entry.crew.all())
        for result in Result.objects.filter(
            race__event__year=1957, race__event__slug__contains="great-britain", places__position=1
        )
    }
    assert (("tony-brooks", 1, None), ("stirling-moss", 5, 5)) in crews


def test_cars_of_the_other_formula_hold_their_place_and_are_not_paid(loaded: Any) -> None:
    places = Place.objects.filter(
        result__race__event__slug="f1db-1957-germany", contest=Contest.RACE, ranking="F2"
    ).order_by("position")
    assert [place.position for place in places][:3] == [1, 2, 3]
    assert Place.objects.get(result=places[0].result, contest=Contest.RACE, ranking=OVERALL).position > 1


def test_a_decision_stands_beside_the_rules_with_its_reason(loaded: Any) -> None:
    row = Championship.objects.get(season__year=1984, slug="constructors")
    assert (row.rulebook, row.edited) == ("formula-one-1981-1990", False)
    tyrrell = next(one for one in row.decisions if one["kind"] == "exclude")
    assert tyrrell["subject"] == Make.objects.get(slug="tyrrell-ford").pk
    assert "Tyrrell" in tyrrell["reason"]


def test_every_line_of_a_race_leads_to_the_archive(loaded: Any, client: Client) -> None:
    page = see(client, "/en/events/f1db-2008-brazil/race-1/")
    sources = page.css("table.ranking tbody tr .words a")
    assert {(words(one), one.attributes["href"]) for one in sources} == {("F1DB, CC BY 4.0", "/en/archives/f1db/")}
    assert len(page.css("table.ranking")[0].css("tbody tr")) == len(sources) - 2


def test_a_correction_outranks_the_archive_and_holds_when_all_is_loaded_again(loaded: Any, staff: Any) -> None:
    race = Race.objects.get(event__slug="f1db-2008-brazil")
    winner = Result.objects.get(race=race, places__contest=Contest.RACE, places__position=1)
    correct(race, winner.entry, "status", "DSQ", "underweight", staff)
    load_history(lambda line: None, loaded[1])
    settle_races([race])
    assert Result.objects.get(pk=winner.pk).status == "DSQ"
    massa = Standing.objects.get(championship__season__year=2008, driver__slug="felipe-massa")
    assert (massa.position, massa.points) == (2, 87)


def test_a_race_that_is_told_in_full_is_known_in_full(loaded: Any) -> None:
    """A sprint has no point for the fastest lap, nor has a race of less than half of its distance, as in Belgium 2021."""
    open_races = [
        str(Race.objects.get(pk=race["race"]))
        for row in Championship.objects.filter(season__year__in=(1988, 2021), slug="drivers")
        for race in row.basis
        if not race["complete"]
    ]
    assert open_races == []
