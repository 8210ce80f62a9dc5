"""Minutes at the wheel and who set the fastest lap are told in the classification, and refused where they cannot be meant."""

from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import translation

from racing.corrections import correct
from racing.models import Correction, Driver, Entry, Place, Race, Result
from racing.terms import Contest
from standings.models import Championship
from standings.recompute import recompute_season
from tests.admin.forms import send
from tests.admin.test_changing_a_source import form_of
from tests.desk.people import client_of
from tests.standings.archived import build
from tests.standings.building import table


@pytest.fixture
def editor(db: None) -> Client:
    return client_of("editor")


@pytest.fixture
def shared(db: None) -> tuple[Race, Entry, Driver, Driver]:
    """Give a race of ninety minutes, a car in it, who started in it and who took it over."""
    _season, race, (first, *_), second = build()
    return race, first, first.crew.order_by("order")[0].driver, second


def told(race: Race, entry: Entry, **fields: Any) -> dict[str, str]:
    """Give the fields of a car as the page names them."""
    return {f"{entry.season_id}-{entry.pk}-{name}": str(value) for name, value in fields.items()} | {"reason": "Sheet."}


def test_minutes_are_told_in_the_table_and_decide_who_is_paid(
    shared: tuple[Race, Entry, Driver, Driver], editor: Client
) -> None:
    race, entry, starter, second = shared
    row = Championship.objects.create(
        season=entry.season,
        slug="drove",
        name="Drove",
        edited=True,
        rules={"scales": {"sprint": [9, 6]}, "min_drive": "20 min", "filter": {"class": "F1"}},
    )
    recompute_season(entry.season)
    assert [name for _, name, points in table(row) if points == 9] == [str(starter)]
    sent = send(editor, form_of(race), **told(race, entry, **{f"drive:{second.pk}": "40,5"}))
    assert sent.status_code == 302
    assert Result.objects.get(race=race, entry=entry).drive == {str(second.pk): "40.5"}
    assert sorted(name for _, name, points in table(row) if points == 9) == sorted([str(starter), str(second)])
    assert Correction.objects.count() == 1


def test_who_set_the_fastest_lap_is_chosen_among_the_crew(
    shared: tuple[Race, Entry, Driver, Driver], editor: Client
) -> None:
    race, entry, starter, _second = shared
    send(editor, form_of(race), **told(race, entry, **{"holder:fastest_lap": starter.pk}))
    places = Place.objects.filter(result__race=race, result__entry=entry, contest=Contest.FASTEST_LAP)
    assert {place.driver for place in places} == {starter}


def test_an_emptied_field_says_that_it_is_not_known(shared: tuple[Race, Entry, Driver, Driver], editor: Client) -> None:
    race, entry, _starter, second = shared
    send(editor, form_of(race), **told(race, entry, **{f"drive:{second.pk}": ""}))
    assert Result.objects.get(race=race, entry=entry).drive == {}


def test_cars_of_one_driver_have_no_such_field(shared: tuple[Race, Entry, Driver, Driver], editor: Client) -> None:
    race, entry, *_ = shared
    words = editor.get(form_of(race)).content.decode()
    assert words.count("Minutes at the wheel</th>") == 1
    assert words.count(f"{entry.season_id}-{entry.pk}-drive:") > 0
    other = Result.objects.filter(race=race).exclude(entry=entry).get().entry
    assert f"{other.season_id}-{other.pk}-drive:" not in words


@pytest.mark.parametrize(
    ("minutes", "english", "french"),
    [
        (
            "-5",
            "Relais cannot have been at the wheel for less than no time (-5 minutes).",
            "Relais ne peut pas avoir passé moins de zéro minute au volant (-5 minutes).",
        ),
        (
            "long",
            "“long” is no number of minutes at the wheel of Relais; write 42 or 37.5.",
            "« long » n’est pas un nombre de minutes au volant de Relais ; écrivez 42 ou 37,5.",
        ),
        (
            "106",
            "106 minutes at the wheel, all drivers together, are more than the race lasted (90 minutes).",
            "106 minutes au volant, tous les pilotes ensemble, c’est plus que la durée de la course (90 minutes).",
        ),
    ],
)
def test_minutes_that_cannot_be_meant_are_refused_in_both_languages(
    shared: tuple[Race, Entry, Driver, Driver], editor: Client, minutes: str, english: str, french: str
) -> None:
    race, entry, _starter, second = shared
    for language, words in (("en", english), ("fr", french)):
        with translation.override(language):
            address = form_of(race)
            page = send(editor, address, **told(race, entry, **{f"drive:{second.pk}": minutes}))
        assert page.status_code == 200
        assert words in page.content.decode().replace("\u00a0", " ").replace("&#x27;", "'")
    assert not Correction.objects.exists()


def test_the_drivers_of_a_car_drive_no_longer_together_than_the_race(
    shared: tuple[Race, Entry, Driver, Driver], staff: Any
) -> None:
    race, entry, starter, second = shared
    correct(race, entry, f"drive:{second.pk}", "60", "the sheet", staff)
    with pytest.raises(ValidationError, match="110 minutes at the wheel, all drivers together"):
        correct(race, entry, f"drive:{starter.pk}", "50", "the sheet", staff)
    correct(race, entry, f"drive:{starter.pk}", "33", "the sheet: the last lap was begun in time", staff)
    Race.objects.update(hours=None)
    race.refresh_from_db()
    correct(race, entry, f"drive:{starter.pk}", "500", "nobody knows how long it was", staff)


def test_the_length_told_on_the_same_page_holds(shared: tuple[Race, Entry, Driver, Driver], editor: Client) -> None:
    race, entry, _starter, second = shared
    page = send(editor, form_of(race), hours="0.5", **told(race, entry, **{f"drive:{second.pk}": "80"}))
    assert "more than the race lasted (30 minutes)" in page.content.decode()
    assert (
        send(editor, form_of(race), hours="3", **told(race, entry, **{f"drive:{second.pk}": "170"})).status_code == 302
    )
    race.refresh_from_db()
    assert race.hours == Decimal(3)


def test_who_did_not_drive_in_that_round_holds_nothing(shared: tuple[Race, Entry, Driver, Driver], staff: Any) -> None:
    race, entry, starter, second = shared
    entry.crew.filter(driver=second).update(from_round=2, to_round=None)
    with pytest.raises(ValidationError) as refused:
        correct(race, entry, "holder:fastest_lap", second.pk, "the sheet", staff)
    with translation.override("en"):
        assert refused.value.messages == [
            f"Relais did not drive {entry} in this race: the lap can only be of {starter}."
        ]
    with pytest.raises(ValidationError, match="minutes at the wheel can only be of"):
        correct(race, entry, f"drive:{second.pk}", "20", "the sheet", staff)
