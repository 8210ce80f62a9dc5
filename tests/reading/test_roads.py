"""Guests: who is set outside the series' classification, and who is not."""

from racing.terms import FactKind
from tests.reading.telling import facts, order


def guests(text: str) -> set[str]:
    found = facts(text, FactKind.FINISH) + facts(text, FactKind.QUALIFYING)
    return {driver for fact in found if fact.guest for driver in fact.drivers}


def test_he_beside_whom_it_stands_is_the_guest_and_not_those_named_after_him() -> None:
    text = (
        "Luc Arvois, hors classement de la Carrera Cup, signait la pole position devant Paul Brion et Jean Caradec.\n"
        "Paul Brion s'imposait devant Jean Caradec."
    )
    assert (guests(text), order(text)) == ({"Luc Arvois"}, {1: "Paul Brion", 2: "Jean Caradec"})


def test_a_guest_at_the_end_of_an_order_is_the_nearest_name() -> None:
    assert guests("Luc Arvois s'imposait devant Paul Brion, hors classement.") == {"Paul Brion"}


def test_a_guest_named_behind_the_word_is_found() -> None:
    text = "Paul Brion s'imposait. Hors classement, Luc Arvois terminait deuxième."
    assert (guests(text), order(text)) == ({"Luc Arvois"}, {1: "Paul Brion"})
