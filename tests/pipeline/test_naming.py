"""How names are written: what must not be the same name stands first."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from racing.naming import (
    class_order,
    countries_of,
    fuller,
    is_overlay,
    same_circuit,
    same_series,
    same_team_name,
    split_name,
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Porsche Carrera Cup", "Porsche Carrera Cup France"),
        ("Porsche Carrera Cup Le Mans", "Porsche Carrera Cup France"),
        ("GT4 France", "Clio Cup France"),
        ("Lotus Cup UK", "Lotus Cup Europe"),
        ("France", "Clio Cup France"),
        ("", "Clio Cup France"),
    ],
)
def test_these_are_two_series(one: str, other: str) -> None:
    assert not same_series(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Carrera Cup France", "Porsche Carrera Cup France"),
        ("Championnat de France GT4", "Championnat de France FFSA GT4"),
        ("porsche carrera cup FRANCE", "Porsche Carrera Cup France"),
        ("TTE", "Trophée Tourisme Endurance"),
        ("British GT", "British GT Championship"),
    ],
)
def test_these_are_one_series(one: str, other: str) -> None:
    assert same_series(one, other)
    assert same_series(other, one)


@pytest.mark.parametrize(("one", "other"), [("Le Mans", "Le Mans Bugatti"), ("Dijon", "Nogaro"), ("Monza", "Misano")])
def test_these_are_two_circuits(one: str, other: str) -> None:
    assert not same_circuit(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Spa", "Circuit de Spa-Francorchamps"),
        ("Autodromo Nazionale di Monza", "Monza"),
        ("Dijon", "Dijon-Prenois"),
        ("Nürburgring", "Nurburgring"),
        ("Spielberg", "Red Bull Ring"),
    ],
)
def test_these_are_one_circuit(one: str, other: str) -> None:
    assert same_circuit(one, other)
    assert same_circuit(other, one)


def test_a_team_within_another_teams_name_is_another_team() -> None:
    assert not same_team_name("CLRT", "MRT by CLRT")
    assert not same_team_name("Racing Team", "Sorlin")
    assert same_team_name("Team Speedlover", "Speedlover")


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("Andlauer", "", "Andlauer"),
        ("de Narda", "", "de Narda"),
        ("Julien Andlauer", "Julien", "Andlauer"),
        ("Joffrey de Narda", "Joffrey", "de Narda"),
        ("Jean-Baptiste Simmenauer", "Jean-Baptiste", "Simmenauer"),
        ("Juan Pablo Montoya", "Juan Pablo", "Montoya"),
        ("ANDLAUER Julien", "Julien", "Andlauer"),
        ("Julien ANDLAUER", "Julien", "Andlauer"),
        ("HASSE-CLOT Valentin", "Valentin", "Hasse-Clot"),
        ("J. Andlauer", "J.", "Andlauer"),
        ("Tom van der Berg", "Tom", "van der Berg"),
    ],
)
def test_a_name_is_parted_into_first_name_and_surname(name: str, first: str, last: str) -> None:
    assert split_name(name) == (first, last)


def test_the_fuller_name_holds() -> None:
    assert fuller({("", "Ferrand"), ("L.", "Ferrand"), ("Loic", "Ferrand"), ("Loïc", "Ferrand")}) == ("Loïc", "Ferrand")
    assert fuller({("Valentin", "Hasse"), ("V", "Hasse-Clot"), ("Valentin", "Hasse-Clot")}) == (
        "Valentin",
        "Hasse-Clot",
    )


@given(st.lists(st.tuples(st.text("aé. ", max_size=3), st.text("bö-", min_size=1, max_size=3)), min_size=2, max_size=4))
def test_the_fullest_of_several_is_found_in_any_steps(names: list[tuple[str, str]]) -> None:
    at_once = fuller(names)
    step_by_step = names[0]
    for name in names[1:]:
        step_by_step = fuller([step_by_step, name])
    assert step_by_step == at_once


def test_classes_that_lie_across_the_others_are_known_by_their_words() -> None:
    assert [name for name in ("Rookie", "Féminine", "B", "Pro-Am", "Silver", "Junior") if is_overlay(name)] == [
        "Rookie",
        "Féminine",
        "Junior",
    ]


def test_a_series_tells_its_countries() -> None:
    assert sorted(countries_of("GT3 Cup Challenge Benelux")) == ["BE", "LU", "NL"]
    assert countries_of("Porsche Carrera Cup Great Britain") == {"GB"}
    assert countries_of("GT4 European Series") == frozenset()


def test_classes_are_shown_the_quickest_first_and_overlays_last() -> None:
    names = ["Rookie", "Am", "Porsche Sprint", "Pro-Am", "Silver", "Pro"]
    assert sorted(names, key=class_order) == ["Pro", "Silver", "Pro-Am", "Am", "Porsche Sprint", "Rookie"]
