"""Statements written by hand give and store what models would, on either database."""

import pytest

from racing.models import Circuit, Driver, Place, Race
from racing.statements import MOST, ask, blanks, write
from racing.terms import Contest, Origin
from tests.standings.building import make_entry, make_event, make_race, make_season

pytestmark = pytest.mark.django_db
COLUMNS = ("result_id", "contest", "ranking", "position", "origin", "why", "detail")


def a_result() -> int:
    season = make_season()
    car = make_entry(season, "Ames")
    race = make_race(make_event(season, "Dijon", number=1), 1, {"overall": [car]})
    return race.results.get().pk


def test_what_is_there_is_amended_in_the_fields_named_and_the_rest_is_new() -> None:
    result = a_result()
    old = Place.objects.get()
    amended = (result, Contest.RACE, "overall", 2, Origin.DERIVED, {"from": "track"}, "not written")
    new = (result, Contest.RACE, "Pro", 1, Origin.DERIVED, {"l’écart": [1, None]}, "“+0.5”")
    write(Place, COLUMNS, [amended, new], ["result_id", "contest", "ranking"], ["position", "origin", "why"], ["why"])
    there = Place.objects.order_by("pk").values_list("pk", "ranking", "position", "origin", "why", "detail")
    assert there[0] == (old.pk, "overall", 2, "derived", {"from": "track"}, "")
    assert there[1][1:] == ("Pro", 1, "derived", {"l’écart": [1, None]}, "“+0.5”")
    assert len(there) == 2


def test_more_values_than_one_statement_takes_are_all_written() -> None:
    rows = [(f"Essai {number}", f"essai-{number}", "", False) for number in range(MOST)]
    write(Circuit, ("name", "slug", "country", "confirmed"), rows)
    write(Circuit, ("name", "slug", "country", "confirmed"), [])
    assert Circuit.objects.filter(confirmed=False, country="").count() == MOST
    amended = [
        (key, *row[:2], "FR", True)
        for (key,), row in zip(ask("SELECT id FROM racing_circuit ORDER BY id"), rows, strict=True)
    ]
    write(Circuit, ("id", "name", "slug", "country", "confirmed"), amended, ["id"], ["country", "confirmed"])
    assert Circuit.objects.filter(confirmed=True, country="FR").count() == MOST


def test_the_same_question_is_asked_with_other_values() -> None:
    for name in ("Ames", "Brac", "l'Œil"):
        Driver.objects.create(last_name=name, slug=name.lower())
    statement = f"SELECT last_name FROM racing_driver WHERE last_name IN ({blanks(2)}) ORDER BY last_name"
    for _ in range(8):
        assert ask(statement, "Brac", "Ames") == [("Ames",), ("Brac",)]
        assert ask(statement, "l'Œil", "%s") == [("l'Œil",)]
    assert ask("SELECT id FROM racing_race WHERE id = %s", 2**40) == []
    assert not Race.objects.exists()
