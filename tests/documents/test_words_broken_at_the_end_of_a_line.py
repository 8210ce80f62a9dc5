"""A hyphen at the end of a line belongs to the word or only breaks it."""

import pytest

from racing.reading.documents.hyphens import join, words_of


@pytest.mark.parametrize(
    ("before", "after", "whole"),
    [
        # Only broken.
        ("la course est rempor-", "tée par", "la course est remportée par"),
        ("le cham-", "pionnat", "le championnat"),
        ("the qualify-", "ing session", "the qualifying session"),
        ("die Meister-", "schaft", "die Meisterschaft"),
        ("trois mi-", "nutes", "trois minutes"),
        ("un ex-", "ploit", "un exploit"),
        ("le pro-", "gramme", "le programme"),
        # Part of a name.
        ("Valentin Hasse-", "Clot gagne", "Valentin Hasse-Clot gagne"),
        ("à Spa-", "Francorchamps", "à Spa-Francorchamps"),
        ("en Pro-", "Am", "en Pro-Am"),
        ("HASSE-", "CLOT", "HASSE-CLOT"),
        ("saison 2017-", "2018", "saison 2017-2018"),
        ("la Guel-", "lec-Diouf", "la Guellec-Diouf"),
        # A compound.
        ("le vice-", "champion", "le vice-champion"),
        ("l'avant-", "dernier", "l'avant-dernier"),
        ("lui-", "même", "lui-même"),
        ("a-t-", "il gagné", "a-t-il gagné"),
        ("quatre-", "vingts points", "quatre-vingts points"),
        ("ce week-", "end", "ce week-end"),
    ],
)
def test_words_are_made_whole(before: str, after: str, whole: str) -> None:
    assert join(before, after, frozenset()) == whole


def test_the_document_s_own_writing_decides() -> None:
    known = words_of("La mi-temps. Le tête-à-queue de Jean-Luc. Le Vicechampion.")
    assert join("à la mi-", "temps", known) == "à la mi-temps"
    assert join("un tête-à-", "queue", known) == "un tête-à-queue"
    assert join("der Vice-", "champion", known) == "der Vicechampion"


def test_what_is_no_word_keeps_its_hyphen() -> None:
    assert join("(-", "1", frozenset()) == "(-1"
