"""Why somebody was found is told in the reader's language."""

import pytest
from django.utils import translation

from racing.match_reasons import WORDS, reason_words
from racing.matching import REASONS, Entrant, Named, match_people

ANA = Entrant(1, (Named(1, "Ana", "Pires"),), number="7", team="Velay Autosport", classes=frozenset({"Am"}))
EVA = Entrant(2, (Named(2, "Eva", "Pires"),), number="8", team="Semois Racing", classes=frozenset({"Pro"}))

LIV = Entrant(3, (Named(3, "Liv", "Castellani"),), number="9")


def test_what_is_no_reason_stays_as_it_is() -> None:
    with translation.override("fr"):
        assert reason_words("told by a bird") == "told by a bird"
        assert reason_words("") == ""


@pytest.mark.parametrize("given", [{"number": "7"}, {"team": "Velay Autosport"}, {"ranking": "Am"}])
def test_every_reason_that_decides_has_words(given: dict[str, str]) -> None:
    why = match_people(["Pires"], [ANA, EVA], **given).why
    assert set(why.split(" and ")) <= set(WORDS)
    assert len(why.split(" and ")) == 2


def test_every_other_reason_has_words() -> None:
    nobody = [
        match_people(["Zoe Okafor"], [ANA]).why,
        match_people([], [ANA], number="99").why,
        match_people(["Liv Castelani"], [LIV], number="99").why,
    ]
    assert nobody == ["nobody of that name", "nobody of that number", "nobody of that close spelling"]
    assert {*REASONS.values(), *nobody} <= set(WORDS)


def test_reasons_are_told_in_french_and_in_english() -> None:
    with translation.override("fr"):
        assert reason_words("surname and number") == "nom de famille et numéro"
        assert reason_words("nobody of that name") == "personne de ce nom"
    with translation.override("en"):
        assert reason_words("surname and number") == "surname and number"
