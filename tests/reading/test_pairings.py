"""Surnames that stand alone: pairs joined by hyphens or strokes, lines with numbers, classes known by their letters."""

import pytest

from racing.reading.lexicon import lexicon
from racing.reading.reader import read_by_rule as read
from racing.reading.reader import tell_by_rule as tell
from tests.reading.test_inverted import OPENINGS, order


def named(language: str, text: str) -> set[str]:
    """Give the names of all whom a text names."""
    return {person.name for person in tell(OPENINGS[language] + text, lexicon(language)).cast.people}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("it", "Quinto posto per Pier-Paolo Tassinari."),
        ("it", "Marco Hale-Tassin ha vinto la gara. Ottima prova di Hale-Tassin nella corsa."),
        ("it", "La gara di Spa-Francorchamps si corre a luglio."),
        ("fr", "Luc Hale-Tassin gagne devant Jean Brion-Caradec."),
        ("it", "Le Porsche/Ferrari e le Pro/Am sono nella gara."),
    ],
)
def test_no_pair_is_made_of_one_name_of_a_place_or_of_cars(language: str, text: str) -> None:
    assert named(language, text) <= {
        "Pier-Paolo Tassinari",
        "Marco Hale-Tassin",
        "Luc Hale-Tassin",
        "Jean Brion-Caradec",
    }


def test_surnames_joined_by_hyphens_share_a_car_where_the_press_writes_so() -> None:
    text = "Vittoria di Berardi-Ghezzi davanti a Solinas-Corsetti nella gara 1. Quarto posto per Tarsi-Vinci."
    assert named("it", text) == {"Berardi", "Ghezzi", "Solinas", "Corsetti", "Tarsi", "Vinci"}
    assert order("it", text) == {1: "Berardi / Ghezzi", 2: "Solinas / Corsetti", 4: "Tarsi / Vinci"}


def test_surnames_joined_by_a_stroke_share_a_car() -> None:
    assert order("es", "Ganó la carrera 1 Urrutia/Lanza por delante de Solana/Vidal.") == {
        1: "Urrutia / Lanza",
        2: "Solana / Vidal",
    }


def test_surnames_behind_numbers_that_follow_one_another_are_drivers() -> None:
    assert named("it", "Michelin Cup: 1. Fantini, 2. Di Perra, 3. Mazzolari.") == {"Fantini", "Perra", "Mazzolari"}
    assert named("it", "La gara dura 25 giri. Nella stagione 7. Fantini") == set()


@pytest.mark.parametrize(
    ("text", "ranking"),
    [
        ("In DSG vittoria per Marco Tassinari.", "DSG"),
        ("Nella classe D2 vittoria per Marco Tassinari.", "D2"),
        ("In BMW vittoria per Marco Tassinari.", "overall"),
        ("Con la VSC in FCY vittoria per Marco Tassinari.", "overall"),
    ],
)
def test_letters_behind_in_or_class_name_a_class(text: str, ranking: str) -> None:
    assert [fact.ranking for fact in read(OPENINGS["it"] + text).facts] == [ranking]


def test_a_place_of_all_says_nothing_of_those_behind_in_the_class() -> None:
    text = "In DSG vince Marco Tassinari, nono assoluto, davanti a Luca Berardi."
    assert order("it", text) == {9: "Marco Tassinari"}
