"""The files of words: what a phrase means, and that every file is whole."""

import pytest

from racing.reading.lexicon import Lexicon, languages, lexicon, places, words_of
from racing.reading.mentions import SIGNS
from racing.reading.reader import tell


def found(phrase: str, text: str) -> int:
    """Give how many words of a text a phrase takes, 0 where it does not stand at its beginning."""
    data = {
        "language": "xx",
        "stop": [],
        "months": {},
        "ordinals": {},
        "ordinal_endings": [],
        "nationalities": {},
        "numbers": {"2": ["deux"]},
    }
    lists = ("not_names", "beside_names", "before_places", "genitive", "joining", "date_links")
    data |= {**{name: [] for name in lists}, "phrases": {"win": [phrase]}}
    common = {name: [] for name in ("particles", "not_names", "team_words", "makes", "first_names")}
    words = [word for word, _, _ in words_of(text)]
    match = Lexicon(data, {**common, "phrases": {}}).phrases_at(words, 0)
    return match.last if match else 0


@pytest.mark.parametrize(
    ("phrase", "text", "taken"),
    [
        ("gagne", "gagner", 0),
        ("gagn*", "gagnait", 1),
        ("s'impos*", "s'imposa", 2),
        ("la|sa victoire", "une victoire", 0),
        ("la|sa victoire", "sa victoire", 2),
        ("ligne [d'arrivée] franchie", "ligne franchie", 2),
        ("ligne [d'arrivée] franchie", "ligne d'arrivee franchie", 4),
        ("top #", "top 5", 2),
        ("top #", "top deux", 2),
        ("top #", "top model", 0),
        ("week-end", "week-end", 2),
        ("chiude > il|la podio", "chiude terzo", 0),
        ("chiude > il|la podio", "chiude il podio", 1),
        ("n'a|n'ont pas fini", "n'a pas fini", 4),
        ("n'a|n'ont pas fini", "n'ont pas fini", 4),
        ("n'a|n'ont pas fini", "n'ont pas gagne", 0),
    ],
)
def test_a_phrase_takes_its_words(phrase: str, text: str, taken: int) -> None:
    assert found(phrase, text) == taken


def test_an_open_bracket_is_refused() -> None:
    with pytest.raises(ValueError, match="open bracket"):
        found("la [belle", "la belle")


@pytest.mark.parametrize("language", languages())
def test_every_kind_of_phrase_has_a_sign(language: str) -> None:
    kinds = {phrase.kind for phrases in lexicon(language).phrases.values() for phrase in phrases}
    assert kinds - set(SIGNS) == set()


def test_a_form_of_a_circuit_belongs_to_one_circuit() -> None:
    forms = [form for names in places().values() for form in set(names)]
    assert sorted(form for form in set(forms) if forms.count(form) > 1) == []


def said(language: str, text: str) -> list[tuple[str, str]]:
    """Give the kinds and values of a sentence's mentions."""
    return [(one.kind, one.value) for scene in tell(text, lexicon(language)).scenes for one in scene.mentions]


@pytest.mark.parametrize(
    ("language", "text", "kind", "value"),
    [
        ("fr", "Elle compte dix-neuf points d'avance.", "gap", "19"),
        ("fr", "Elle totalise quatre-vingt-dix-sept points.", "number", "97"),
        ("fr", "Elle totalise vingt et un points.", "number", "21"),
        ("fr", "Elle totalise nonante-six points.", "number", "96"),
        ("fr", "Elle finit à la vingt-deuxième place.", "rank", "22"),
        ("en", "She leads by twenty-three points.", "gap", "23"),
        ("en", "She has ninety points.", "number", "90"),
        ("de", "Sie hat zweiundvierzig Punkte.", "number", "42"),
        ("it", "Adesso ha trentotto punti.", "number", "38"),
        ("es", "Ahora suma treinta y dos puntos.", "number", "32"),
    ],
)
def test_a_number_in_words_is_read_whole(language: str, text: str, kind: str, value: str) -> None:
    assert (kind, value) in said(language, text)


@pytest.mark.parametrize(
    ("language", "text", "kind"),
    [
        ("fr", "Arvois n'a pas vu l'arrivée.", "retirement"),
        ("fr", "Le moteur d'Arvois rendait l'âme.", "retirement"),
        ("fr", "Arvois finissait sa course dans le rail.", "retirement"),
        ("fr", "Arvois se voyait infliger dix secondes.", "penalty"),
        ("fr", "Une exclusion prive Arvois de sa coupe.", "penalty"),
        ("en", "Arlow's engine let go on the last lap.", "retirement"),
        ("en", "Arlow was out with a puncture.", "retirement"),
        ("en", "Arlow was docked three places.", "penalty"),
        ("en", "Arlow was removed from the results.", "penalty"),
        ("de", "Arnwald landete in den Reifenstapeln, Motorschaden bei Brinkmeier.", "retirement"),
        ("de", "Die Sanktion traf Arnwald.", "penalty"),
        ("it", "Fermo per un guasto Arvelli.", "retirement"),
        ("it", "Ad Arvelli sono stati inflitti cinque secondi.", "penalty"),
        ("es", "Arvela, fuera de la carrera en la segunda vuelta.", "retirement"),
        ("es", "Los comisarios añadieron diez segundos a Arvela.", "penalty"),
        ("fr", "Arvois et Brion sont sacrés en Am.", "leader"),
        ("fr", "Arvois et Brion, champions des Rookies.", "leader"),
        ("fr", "Arvois reprend la première place du championnat.", "leader"),
        ("en", "Arlow and Brinton are tied for the points lead.", "leader"),
        ("en", "Arlow and Brinton, champions in Pro-Am.", "leader"),
    ],
)
def test_usual_wordings_of_what_is_told_beside_results_are_known(language: str, text: str, kind: str) -> None:
    assert kind in {found for found, _ in said(language, text)}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Luc Arvois remporte les deux courses."),
        ("fr", "Luc Arvois gagne à deux reprises."),
        ("en", "Luc Arvois won both races."),
        ("de", "Luc Arvois gewann beide Rennen."),
        ("it", "Luc Arvois vince entrambe le gare."),
        ("es", "Luc Arvois gana ambas carreras."),
    ],
)
def test_what_is_told_of_both_races_is_known_in_every_language(language: str, text: str) -> None:
    [scene] = tell(text, lexicon(language)).scenes
    assert ("several_races", "both") in {(one.kind, one.value) for one in scene.mentions}
