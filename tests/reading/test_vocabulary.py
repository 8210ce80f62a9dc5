"""The files of words: what a phrase means, and that every file is whole."""

import pytest

from racing.reading.lexicon import Lexicon, languages, lexicon, places, words_of
from racing.reading.mentions import SIGNS


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
