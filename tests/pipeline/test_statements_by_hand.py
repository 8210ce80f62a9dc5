"""Statements written by hand give and store what models would, on either database."""

import pytest
from django.contrib.auth.models import User
from django.db import DataError, IntegrityError, connection, transaction

from racing import quick_json
from racing.models import Circuit, Correction, Driver, Place, Race, Result
from racing.statements import MOST, Added, Asked, among, ask, blanks, tell, without_waiting, write, write_texts
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


def drivers(*names: str) -> None:
    for name in names:
        Driver.objects.create(last_name=name, slug=name.lower())


_NAMES = "SELECT last_name FROM racing_driver ORDER BY last_name"
_RENAME = "UPDATE racing_driver SET last_name = %s WHERE last_name = %s"


def test_an_answer_is_of_the_moment_when_it_was_asked_for() -> None:
    drivers("Ames", "Brac")
    with without_waiting():
        before = Asked(_NAMES)
        tell(_RENAME, "Caux", "Ames")
        after = Asked(_NAMES)
        assert before.rows() == [("Ames",), ("Brac",)]
    assert after.rows() == [("Brac",), ("Caux",)]
    assert after.rows() == [("Brac",), ("Caux",)]


def test_what_nobody_waited_for_is_raised_at_the_end_as_ever() -> None:
    drivers("Ames", "Brac")

    def break_a_rule() -> None:
        with transaction.atomic(), without_waiting():
            tell("UPDATE racing_driver SET slug = %s", "same")
            Asked(_NAMES)

    with pytest.raises(IntegrityError):
        break_a_rule()
    assert ask(_NAMES) == [("Ames",), ("Brac",)]
    with without_waiting():
        assert ask(_NAMES) == [("Ames",), ("Brac",)]


def test_what_is_asked_in_vain_is_raised_where_it_is_wanted() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite takes any number for a smallint")
    result = a_result()

    def ask_in_vain() -> None:
        with transaction.atomic(), without_waiting():
            asked = Asked("UPDATE racing_place SET position = %s WHERE result_id = %s RETURNING id", 10**6, result)
            asked.rows()

    with pytest.raises(DataError):
        ask_in_vain()
    assert Place.objects.get().position == 1


def test_some_of_many_are_asked_for() -> None:
    drivers("Ames", "Brac", "Caux")
    keys = list(Driver.objects.exclude(last_name="Brac").values_list("pk", flat=True))
    these, values = among("id", keys)
    assert ask(f"SELECT last_name FROM racing_driver WHERE {these} ORDER BY last_name", *values) == [
        ("Ames",),
        ("Caux",),
    ]


def test_an_empty_text_leaves_what_is_kept() -> None:
    columns = ("name", "slug", "country", "confirmed")
    Circuit.objects.create(name="Dijon", slug="dijon", country="FR")
    rows = [("Dijon-Prenois", "dijon", "", True), ("Spa", "spa", "", True)]
    write_texts(Circuit, columns, rows, ["slug"], ["name", "country"], kept=["country"])
    found = Circuit.objects.order_by("slug").values_list("name", "slug", "country")
    assert list(found) == [("Dijon-Prenois", "dijon", "FR"), ("Spa", "spa", "")]


def test_a_new_row_is_stored_as_its_model_would_store_it(staff: User) -> None:
    result = a_result()
    held = Result.objects.select_related("race", "entry").get(pk=result)
    told = {
        "race": held.race,
        "entry": held.entry,
        "value": {"l’écart": [1, None]},
        "reason": "“seen”",
        "author": staff,
    }
    saved = Correction.objects.create(field="laps", **told)
    with transaction.atomic(), without_waiting():
        added = Added(Correction(field="status", **told))
        without = Added(Correction(field="penalty", **(told | {"value": None, "span": [3, 9]})))
        made = added.given()
        assert (made.pk, without.given().pk) == (saved.pk + 1, saved.pk + 2)
    unlike = {"id", "field", "made_at"}
    rows = {row["field"]: row for row in Correction.objects.values()}
    kept = {field: {name: value for name, value in row.items() if name not in unlike} for field, row in rows.items()}
    assert kept["status"] == kept["laps"]
    assert kept["penalty"] == kept["laps"] | {"value": None, "span": [3, 9]}
    assert made == Correction.objects.get(field="status")
    assert abs(made.made_at - saved.made_at).total_seconds() < 60
    assert made.made_at == rows["status"]["made_at"]
    made.reason = "seen again"
    made.save()
    assert Correction.objects.get(pk=made.pk).reason == "seen again"


def test_a_new_row_that_breaks_a_rule_is_refused_as_ever(staff: User) -> None:
    held = Result.objects.get(pk=a_result())

    def add_twice() -> None:
        with transaction.atomic(), without_waiting():
            rows = [Correction(race=held.race, entry=held.entry, field="laps", reason="so", author=staff) for _ in "12"]
            for added in [Added(row) for row in rows]:
                added.given()

    with pytest.raises(IntegrityError):
        add_twice()
    assert not Correction.objects.exists()


def test_postgresql_keeps_the_plan_of_what_is_asked_by_hand_and_of_nothing_else() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has its own")
    statement = f"SELECT id, last_name FROM racing_driver WHERE last_name IN ({blanks(3)})"
    ask(statement, "Ames", "Brac", "Caux")
    for _ in range(8):
        list(Driver.objects.filter(last_name="Ames", first_name="Zoé"))
    kept = [row[0] for row in ask("SELECT statement FROM pg_prepared_statements")]
    assert any("racing_driver WHERE last_name IN" in one for one in kept)
    assert not any("Zo" in one or "first_name" in one for one in kept)


def test_json_is_written_short_and_read_back_the_same() -> None:
    value = {"l’écart": [1, None, "12.5"], 7: (True, {})}
    assert quick_json.dumps(value) == '{"l’écart":[1,null,"12.5"],"7":[true,{}]}'
    assert quick_json.dumps({"b": 1, "a": 2}, sort_keys=True) == '{"a":2,"b":1}'
    assert quick_json.loads(quick_json.dumps(value)) == {"l’écart": [1, None, "12.5"], "7": [True, {}]}
