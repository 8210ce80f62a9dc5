"""`manage.py recompute` rebuilds what is derived; on sound data it changes nothing."""

from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from racing.corrections import correct
from racing.models import Place, Result, Round, Season
from standings.models import Championship, Standing, TableAfter
from tests.standings.building import make_entry, make_event, make_race, make_season, stored

pytestmark = pytest.mark.django_db


def recompute(**options: Any) -> list[str]:
    out = StringIO()
    call_command("recompute", stdout=out, **options)
    return out.getvalue().splitlines()


@pytest.fixture
def season(staff: Any) -> Season:
    season = make_season()
    race = make_race(make_event(season, "Dijon", number=1), 1)
    for position, name in enumerate(("Ames", "Brac"), 1):
        correct(race, make_entry(season, name), "race:overall", position, "the sheet says so", staff)
    return season


def everything() -> list[list[dict[str, Any]]]:
    return stored(Season, Championship, Result, Place, TableAfter, Standing)


def test_nothing_changes_by_recomputing(season: Season) -> None:
    before = everything()
    said = ["Coupe d’Essai 2024: nothing changed", "0 of 1 seasons changed."]
    assert [recompute(), recompute()] == [said, said]
    assert everything() == before


def test_what_was_lost_is_rebuilt_and_told(season: Season) -> None:
    tables = list(Standing.objects.values_list("driver__last_name", "points"))
    Standing.objects.all().delete()
    Place.objects.all().delete()
    said = recompute()
    assert list(Standing.objects.values_list("driver__last_name", "points")) == tables
    told = "places: 2 new, 0 gone; Overall: Ames new: 1 with 25 points; Brac new: 2 with 18 points"
    assert said == [f"Coupe d’Essai 2024: {told}", "1 of 1 seasons changed."]
    assert recompute()[-1] == "0 of 1 seasons changed."


def test_what_changes_in_a_season_on_the_same_grid_is_told_too(season: Season) -> None:
    other = make_season("Autre coupe")
    Round.objects.create(season=other, event=season.events.get())
    Place.objects.filter(result__entry__season=season).delete()
    told = recompute(season=other.pk)
    assert told[1].startswith("      Coupe d’Essai 2024, on the same grid: places: 2 new, 0 gone")
    assert told[2] == "1 of 1 seasons changed. So did on their grids: Coupe d’Essai 2024."
    assert recompute()[-1] == "0 of 2 seasons changed."


def test_one_season_alone_can_be_recomputed(season: Season) -> None:
    other = make_season("Autre coupe")
    assert recompute(season=other.pk)[0].startswith("Autre coupe 2024: ")
    assert Championship.objects.filter(season=other).exists()


def test_a_season_that_does_not_exist_is_told(season: Season) -> None:
    with pytest.raises(CommandError, match="There is no season with the id 999"):
        recompute(season=999)


@pytest.mark.parametrize("command", ["recompute", "demo"])
def test_on_the_database_of_an_older_version_it_says_what_to_do(season: Season, command: str) -> None:
    MigrationRecorder(connection).record_unapplied("standings", "0010_scores")
    with pytest.raises(CommandError, match="older version"):
        call_command(command)


def test_seasons_are_chosen_by_series_and_year(season: Season) -> None:
    other = make_season("Autre coupe")
    make_season("Autre coupe", 2025)
    assert recompute(series=other.series.slug)[-1] == "2 of 2 seasons changed."
    assert recompute(series=other.series.slug, year=2025) == [
        "Autre coupe 2025: nothing changed",
        "0 of 1 seasons changed.",
    ]
    with pytest.raises(CommandError, match="There is no season with the series autre-coupe, the year 1999"):
        recompute(series=other.series.slug, year=1999)


def test_tables_alone_leave_the_results_as_they_are(season: Season) -> None:
    Place.objects.filter(position=2).delete()
    told = "Overall: Brac gone, was 2 with 18 points"
    assert recompute(tables=True)[0] == f"Coupe d’Essai 2024: {told}"
    assert Place.objects.count() == 1
    assert recompute()[0] == "Coupe d’Essai 2024: places: 1 new, 0 gone; Overall: Brac new: 2 with 18 points"


def test_who_moved_is_told_with_places_and_points_before_and_after(season: Season) -> None:
    Place.objects.filter(position=2).update(position=3)
    assert recompute(tables=True)[0] == "Coupe d’Essai 2024: Overall: Brac still 2, 18 → 15 points"


def test_a_text_that_other_hands_have_changed_is_found(season: Season) -> None:
    kept = list(TableAfter.objects.values())
    TableAfter.objects.update(awards="[]")
    assert recompute()[0] == "Coupe d’Essai 2024: Overall: the same places and points, told or reached otherwise"
    assert list(TableAfter.objects.values()) == kept


def test_a_season_that_fails_is_told_and_keeps_no_other_from_being_computed(season: Season) -> None:
    other = make_season("Autre coupe")
    recompute()
    Championship.objects.filter(season=season).update(rules={"scales": {}, "prizes": 3}, edited=True)
    Championship.objects.filter(season=other).delete()
    out = StringIO()
    with pytest.raises(CommandError, match="1 of 2 seasons could not be computed"):
        call_command("recompute", stdout=out)
    said = out.getvalue().splitlines()
    assert said[0] == "Coupe d’Essai 2024: FAILED, rules that cannot be followed"
    assert said[1].startswith("Coupe d’Essai 2024: Overall: ")
    assert Championship.objects.filter(season=other).exists()


def test_a_bar_is_shown_to_who_watches_and_says_what_changed_alone(season: Season) -> None:
    class Terminal(StringIO):
        def isatty(self) -> bool:
            return True

    out = Terminal()
    call_command("recompute", stdout=out)
    assert out.getvalue() == f"\r\x1b[K[{'#' * 30}] 1/1 Coupe d’Essai 2024\n0 of 1 seasons changed.\n"
