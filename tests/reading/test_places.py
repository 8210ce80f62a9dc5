import pytest

from racing.terms import FactKind
from tests.reading.telling import facts, order, places


@pytest.mark.parametrize(
    "text",
    [
        "Luc Arvois pointait au troisième rang.",
        "Parti sixième, Luc Arvois attaquait.",
        "Luc Arvois visait la deuxième place.",
        "Luc Arvois sortait dans le troisième tour.",
        "Luc Arvois signe sa quatrième pole.",
        "Luc Arvois participait à sa deuxième course.",
        "Au départ, Luc Arvois prenait la deuxième place.",
        "Luc Arvois perd la troisième place.",
    ],
)
def test_no_place_at_the_flag_is_read(text: str) -> None:
    assert order(text) == {}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Luc Arvois termine troisième.", {3: "Luc Arvois"}),
        ("Luc Arvois se classe 12e.", {12: "Luc Arvois"}),
        ("Luc Arvois conservait sa belle quatrième place.", {4: "Luc Arvois"}),
        ("Luc Arvois ne terminait que septième.", {7: "Luc Arvois"}),
        ("Luc Arvois remontait de la vingtième à la huitième place.", {8: "Luc Arvois"}),
        ("La quatrième place revient à Luc Arvois.", {4: "Luc Arvois"}),
        ("Luc Arvois terminait cinquième devant Paul Brion.", {5: "Luc Arvois", 6: "Paul Brion"}),
        (
            "Luc Arvois était sixième, derrière Paul Brion et Jean Caradec.",
            {4: "Paul Brion", 5: "Jean Caradec", 6: "Luc Arvois"},
        ),
        ("Luc Arvois délogeait Paul Brion de la deuxième place.", {2: "Luc Arvois"}),
        ("Luc Arvois et Paul Brion sont 4e et 5e.", {4: "Luc Arvois", 5: "Paul Brion"}),
        ("Arrivaient ensuite quatrième Luc Arvois, cinquième Paul Brion.", {4: "Luc Arvois", 5: "Paul Brion"}),
        ("Luc Arvois était au pied du podium.", {4: "Luc Arvois"}),
    ],
)
def test_a_place_goes_to_its_driver(text: str, expected: dict[int, str]) -> None:
    assert order(text) == expected


def test_first_of_a_class_says_nothing_of_the_other_rankings() -> None:
    assert places("Luc Arvois était le premier des Rookies. Paul Brion était le meilleur Gentleman.") == [
        (1, "Gentlemen", 1, "Paul Brion"),
        (1, "Rookie", 1, "Luc Arvois"),
    ]


def test_a_class_win_with_an_overall_place_is_two_facts() -> None:
    text = "En Am, Luc Arvois s'imposait avec une onzième place générale à la clé."
    assert places(text) == [(1, "Am", 1, "Luc Arvois"), (1, "overall", 11, "Luc Arvois")]


@pytest.mark.parametrize("verb", ["s'imposait", "gagnait"])
def test_an_overall_place_told_in_passing_leaves_the_win_to_the_class(verb: str) -> None:
    text = f"En Am, Luc Arvois (Team Nord), onzième au général, {verb} devant Paul Brion."
    assert (order(text, "Am"), order(text)) == ({1: "Luc Arvois", 2: "Paul Brion"}, {11: "Luc Arvois"})


def test_an_order_of_the_class_gives_no_overall_places_behind_one_told_in_passing() -> None:
    text = "En Am, Luc Arvois (Team Nord), onzième au général, a devancé Paul Brion et Jean Caradec."
    assert order(text) == {11: "Luc Arvois"}
    assert order(text, "Am") == {1: "Luc Arvois", 2: "Paul Brion", 3: "Jean Caradec"}


def test_a_place_of_the_category_is_one_of_the_class_that_the_paragraph_speaks_of() -> None:
    text = "En Am, Luc Arvois gagnait. Paul Brion (Team Sud) est quatrième de la catégorie."
    assert (order(text, "Am"), order(text)) == ({1: "Luc Arvois", 4: "Paul Brion"}, {})


def test_a_place_of_a_category_that_is_not_named_is_no_fact() -> None:
    assert places("Luc Arvois est quatrième de la catégorie.") == []


def test_a_bad_start_does_not_hide_the_place_at_the_flag() -> None:
    text = "Luc Arvois (Team Nord), mal parti, termine sixième devant Paul Brion."
    assert order(text) == {6: "Luc Arvois", 7: "Paul Brion"}


def test_the_margin_to_the_winner_is_kept_with_the_second_place() -> None:
    text = "Paul Brion termine deuxième à 13.480s derrière Luc Arvois."
    assert [(f.position, f.drivers, f.gap) for f in facts(text, FactKind.FINISH)] == [
        (1, ("Luc Arvois",), ""),
        (2, ("Paul Brion",), "13.480"),
    ]


def test_a_margin_to_another_than_the_winner_is_not_kept() -> None:
    text = "Luc Arvois s'imposait. Paul Brion termine sixième à 2.5s derrière Jean Caradec."
    assert [(f.position, f.gap) for f in facts(text, FactKind.FINISH)] == [(1, ""), (5, ""), (6, "")]
