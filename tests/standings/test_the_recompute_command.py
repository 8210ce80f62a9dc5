"""`manage.py recompute` rebuilds what is derived; on sound data it changes nothing."""

from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

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
    said = ["[1/1] Coupe d’Essai 2024: nothing changed", "0 of 1 seasons changed."]
    assert [recompute(), recompute()] == [said, said]
    assert everything() == before


def test_what_was_lost_is_rebuilt_and_told(season: Season) -> None:
    tables = list(Standing.objects.values_list("driver__last_name", "points"))
    Standing.objects.all().delete()
    Place.objects.all().delete()
    said = recompute()
    assert list(Standing.objects.values_list("driver__last_name", "points")) == tables
    told = "places: 2 new, 0 gone; Classement général, table rows: 2 new, 0 gone"
    assert said == [f"[1/1] Coupe d’Essai 2024: {told}", "1 of 1 seasons changed."]
    assert recompute()[-1] == "0 of 1 seasons changed."


def test_what_changes_in_a_season_on_the_same_grid_is_told_too(season: Season) -> None:
    other = make_season("Autre coupe")
    Round.objects.create(season=other, event=season.events.get())
    Place.objects.filter(result__entry__season=season).delete()
    told = recompute(season=other.pk)
    assert told[1].startswith("      Coupe d’Essai 2024, on the same grid: places: 2 new, 0 gone")
    assert recompute()[-1] == "0 of 2 seasons changed."


def test_one_season_alone_can_be_recomputed(season: Season) -> None:
    other = make_season("Autre coupe")
    assert recompute(season=other.pk)[0].startswith("[1/1] Autre coupe 2024: ")
    assert Championship.objects.filter(season=other).exists()


def test_a_season_that_does_not_exist_is_told(season: Season) -> None:
    with pytest.raises(CommandError, match="There is no season with the id 999"):
        recompute(season=999)
