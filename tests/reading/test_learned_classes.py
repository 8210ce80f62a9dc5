"""Classes that the text's own words tell, and what no class and no name is."""

import numpy as np
import pytest

from racing.reading.folding import fold
from racing.reading.layout import sentences
from racing.reading.learned.cast import cast_from
from racing.reading.learned.classes import Classes, chosen
from racing.reading.learned.names import Names
from racing.reading.lexicon import lexicon
from racing.reading.mentions import Mention
from racing.reading.people import Cast
from racing.reading.scanning import mentions_of


def _classes(text: str, language: str = "fr") -> Classes:
    return Classes(text, fold(text), lexicon(language), Cast())


def _found(text: str, language: str = "fr", **scores: float) -> list[str]:
    """Give the classes that are chosen where spans have these scores (blanks as underscores), all others none."""
    classes = _classes(text, language)
    likely = [scores.get(classes.key(span).replace(" ", "_"), 0.0) for span in classes.spans]
    return [name for _, name in chosen(classes, likely).values()]


def _mentions(text: str, language: str = "fr") -> list[Mention]:
    words = lexicon(language)
    return [
        m for one in sentences(text, words.ordinal_nouns) for m in mentions_of(text, fold(text), one, words, Cast())
    ]


def test_a_class_of_several_words_is_in_nobody_s_name() -> None:
    for text in (
        "Victoire Pro-Am pour Ferrand.",
        "La Coppa Shell Delmas est à Ferrand.",
        "Pro-Am Delmas-Ferrand vainqueurs.",
    ):
        names = Names(text, lexicon("fr"))
        pieces = list(names.pieces())
        cast = cast_from(names, pieces, np.array([[0.0, 1.0, 0.0, 0.0] for _ in pieces]))
        assert cast.people
        assert not [
            one.name for one in cast.people if "Pro-Am" in one.name or "Coppa" in one.name or "Shell" in one.name
        ]


def test_an_initial_is_no_class() -> None:
    for text in ("6. B. Ferrand", "A. Delmas, B. Ferrand", "le n°9 (B. Ferrand, B.-L. Delmas)"):
        assert not {"class", "class_place"} & {m.kind for m in _mentions(text)}


def test_the_letter_alone_is_a_class_still() -> None:
    for text in ("Ferrand gagne en B. Delmas est battu.", "En B, Ferrand gagne.", "Ferrand est premier en « B »."):
        assert [m.value.removeprefix("1:") for m in _mentions(text) if m.kind in ("class", "class_place")] == ["B"]


def test_the_word_class_alone_names_none() -> None:
    assert _found("In der Klasse der Cup-Wagen gewann Ferrand.", "de", klasse=0.9) == []
    assert _found("Die Klasse 4 gewann Ferrand.", "de", klasse_4=0.9) == ["Klasse 4"]


def test_a_class_goes_on_with_one_of_the_vocabulary() -> None:
    assert _found("Premiers des équipages GT3 Pro-Am, ils sont ravis.", gt3=0.6, gt3_pro_am=0.4, pro_am=0.5) == [
        "GT3 Pro-Am"
    ]
    assert _found("Sieg in der GT3 am Sonntag.", "de", gt3=0.6) == ["GT3"]
    assert _found("La GT3 de Ferrand gagne en Pro-Am.", gt3=0.6, pro_am=0.5) == ["GT3", "Pro-Am"]


def test_a_stroke_between_pro_and_am_is_a_hyphen() -> None:
    assert _found("Premiers en LMP2 Pro/Am, ils sont ravis.", lmp2_pro_am=0.6) == ["LMP2 Pro-Am"]
    assert _found("La division GT3-PRO/AM leur revient.", gt3_pro_am=0.6) == ["GT3 Pro-Am"]


def test_what_the_text_calls_a_class_is_one() -> None:
    assert _found("Ferrand remporte la classe Berline.") == ["Berline"]
    assert _found("Ferrand è primo nella categoria Gran Sport.", "it") == ["Gran Sport"]
    for text in (
        "Ferrand se classe Premier.",
        "Dans cette catégorie, Ferrand gagne.",
        "La classe. Berline en vue.",
        "la classe ouvrière",
    ):
        assert _found(text) == []


def test_labels_brothers_and_places_speak_for_a_class() -> None:
    text = "GTX1 : Ferrand devant Delmas\nGTX2 : Soubise\nPremier GTX1, Ferrand est ravi."
    classes = _classes(text)
    known = {classes.key(span): classes.features(span) for span in classes.spans}
    assert (known["gtx1"]["labels"], known["gtx1"]["brothers"], known["gtx1"]["count"]) == (1, 1, 2)
    assert (known["soubise"]["labels"], known["soubise"]["brothers"]) == (0, -1)


@pytest.mark.parametrize(
    ("text", "language"), [("Delmas se classe 9e.", "fr"), ("was 3rd in class", "en"), ("nella classe 2a", "it")]
)
def test_a_place_is_no_class(text: str, language: str) -> None:
    classes = _classes(text, language)
    assert not [span for span in classes.spans if any(letter.isdigit() for letter in classes.key(span))]


def test_letters_with_a_figure_may_be_a_class() -> None:
    classes = _classes("En GT3, Delmas gagne.")
    assert "gt3" in {classes.key(span) for span in classes.spans}
