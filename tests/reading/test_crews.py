"""Who shares a car, and who does not."""

from tests.reading.telling import order


def test_a_pair_that_stands_with_a_stroke_is_one_wherever_it_is_joined() -> None:
    text = (
        "Luc Arvois / Paul Brion signaient la pole position. Luc Arvois et Paul Brion s'imposaient devant Jean Caradec."
    )
    assert order(text) == {1: "Luc Arvois / Paul Brion", 2: "Jean Caradec"}


def test_two_who_are_joined_by_and_only_are_two_beside_a_pair_with_a_stroke() -> None:
    text = "Luc Arvois / Paul Brion s'imposaient devant Jean Caradec (Team Nord) et Marc Dupuis (Team Sud)."
    assert order(text) == {1: "Luc Arvois / Paul Brion", 2: "Jean Caradec", 3: "Marc Dupuis"}
