import pytest

from tests.reading.telling import order, places


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
