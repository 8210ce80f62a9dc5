"""A race is of the kind that its name, its number or the meeting's name says, as far as the rules have a scale for it."""

import pytest

from standings.models import Championship
from standings.recompute import recompute_season
from standings.session_kinds import kind_of
from tests.standings.building import make_entry, make_event, make_race, make_season, table


@pytest.mark.parametrize(
    ("name", "number", "event", "kinds"),
    [
        ("", 1, "", []),
        ("", 2, "", ["race", "sprint"]),
        ("Course 1", 1, "24 Heures du Mans", ["race", "sprint", "race 2", "8 hours"]),
        # One word of the meeting's name says nothing of its races.
        ("Grand Prix", 2, "Sprint de Spa", ["race", "sprint"]),
        ("", 1, "4 Heures de 24 Ardennes", ["race", "hours 8"]),
        ("Sprinter", 1, "", ["sprint"]),
        ("Course 1", 1, "", ["", "★"]),
    ],
)
def test_a_race_of_which_nothing_else_is_said_is_a_race(name: str, number: int, event: str, kinds: list[str]) -> None:
    assert kind_of(name, number, event, kinds) == "race"


@pytest.mark.parametrize(
    ("name", "number", "event", "kinds", "kind"),
    [
        ("Course sprint", 1, "", ["race", "sprint"], "sprint"),
        ("", 2, "", ["race", "race 2"], "race 2"),
        ("Course 2", 2, "Misano", ["race", "race 2"], "race 2"),
        ("", 1, "24 Heures du Mans", ["race", "24 hours", "8 hours"], "24 hours"),
        ("", 1, "24-Stunden-Rennen", ["24 hours"], "24 hours"),
        ("Course de qualification", 1, "", ["race", "qualifying"], "qualifying"),
        ("Indianapolis 500", 1, "", ["race", "indianapolis 500", "500"], "indianapolis 500"),
        ("Pocono 500", 1, "Pocono", ["race", "indianapolis 500", "500"], "500"),
        ("Super sprint", 2, "", ["sprint", "race 2", "super sprint"], "race 2"),
    ],
)
def test_the_kind_with_the_most_words_holds(name: str, number: int, event: str, kinds: list[str], kind: str) -> None:
    assert kind_of(name, number, event, kinds) == kind


@pytest.mark.django_db
def test_the_second_race_of_a_meeting_is_paid_by_a_scale_of_its_own() -> None:
    season = make_season()
    ames, brac = make_entry(season, "Ames"), make_entry(season, "Brac")
    event = make_event(season, "Misano", 1)
    make_race(event, 1, {"overall": [ames, brac]})
    make_race(event, 2, {"overall": [ames, brac]})
    recompute_season(season)
    drivers = Championship.objects.get(season=season)
    drivers.rules = {**drivers.rules, "scales": {"race": [30, 24], "race 2": [26, 21]}}
    drivers.edited = True
    drivers.save()
    recompute_season(season)
    assert table(drivers) == [(1, "Ames", 56), (2, "Brac", 45)]
