from racing.terms import FactKind
from tests.reading.telling import order


def test_numbers_in_prose_are_no_list() -> None:
    assert order("Luc Arvois avait le numéro 1. Paul Brion roulait avec le 2, Jean Caradec aussi.") == {}


def test_points_of_a_championship_are_no_race() -> None:
    assert order("Championnat\n1. Luc Arvois 45 points\n2. Paul Brion 40 points\n") == {}


def test_a_list_under_a_race_is_its_order() -> None:
    text = "Classement de la course\n1. Luc Arvois (Team Nord) 16 tours\n2. Paul Brion à 3.4\n3. #12 Jean Caradec à 1 tour\n"
    assert order(text) == {1: "Luc Arvois", 2: "Paul Brion", 3: "Jean Caradec"}


def test_a_list_on_one_line_belongs_to_its_class() -> None:
    text = "Classement Pro-Am : 1. Luc Arvois ; 2. Paul Brion / Jean Caradec ; 3. Marc Dupuis"
    assert order(text, "Pro-Am") == {1: "Luc Arvois", 2: "Paul Brion / Jean Caradec", 3: "Marc Dupuis"}


def test_a_list_under_qualifying_is_the_grid() -> None:
    text = "Qualifications\n1. Luc Arvois\n2. Paul Brion\n"
    assert (order(text), order(text, kind=FactKind.QUALIFYING)) == ({}, {1: "Luc Arvois", 2: "Paul Brion"})
