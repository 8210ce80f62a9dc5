import pytest

from tests.reading.telling import order


@pytest.mark.parametrize(
    "text",
    [
        "Luc Arvois rêvait de compléter le podium.",
        "Luc Arvois et Paul Brion luttaient pour le top 5.",
        "Luc Arvois aimait le podium.",
    ],
)
def test_no_step_of_the_podium_is_read(text: str) -> None:
    assert order(text) == {}


def test_the_last_places_go_to_those_who_complete() -> None:
    assert order("Luc Arvois complétait le podium.") == {3: "Luc Arvois"}
    assert order("Luc Arvois et Paul Brion complètent le top 5.") == {4: "Luc Arvois", 5: "Paul Brion"}
    assert order("Le podium est complété par Luc Arvois.") == {3: "Luc Arvois"}


def test_those_behind_him_who_completes_follow() -> None:
    text = "Luc Arvois complétait le top 5 devant Paul Brion et Jean Caradec."
    assert order(text) == {5: "Luc Arvois", 6: "Paul Brion", 7: "Jean Caradec"}


def test_a_podium_without_a_number_is_the_step_that_is_left() -> None:
    text = "Luc Arvois s'imposait devant Paul Brion. Jean Caradec signait un nouveau podium devant Marc Dupuis."
    assert order(text) == {1: "Luc Arvois", 2: "Paul Brion", 3: "Jean Caradec", 4: "Marc Dupuis"}
