"""Whom a text names, once its capitals are scored: relatives, surnames first, crews with strokes, nicknames, cut words."""

from collections.abc import Mapping

import numpy as np
import pytest

from racing.reading.learned.cast import cast_from
from racing.reading.learned.names import Names
from racing.reading.lexicon import lexicon
from racing.reading.people import Cast

#: The figures of a piece that is nothing, a name, a part of one, several surnames.
NAME, PART, CREW, UNSURE = (0.1, 0.9, 0, 0), (0.1, 0, 0.9, 0), (0.1, 0, 0, 0.9), (0.8, 0.1, 0, 0.1)
DOUBTFUL = (0.75, 0.2, 0.05, 0)


def _cast(text: str, language: str = "fr", **scores: tuple[float, ...]) -> Cast:
    return _scored(text, language, {name.replace("_", " "): score for name, score in scores.items()})


def _scored(text: str, language: str, told: Mapping[str, tuple[float, ...]]) -> Cast:
    names = Names(text, lexicon(language))
    pieces = list(names.pieces())
    scores = np.zeros((len(pieces), 4))
    scores[:, 0] = 1
    for piece, score in zip(pieces, scores, strict=True):
        words = " ".join(names.words[n].text for n in names.runs[piece.run][piece.first : piece.last])
        score[:] = told.get(words, score)
    return cast_from(names, pieces, scores)


def _names(cast: Cast) -> list[str]:
    return sorted(person.name for person in cast.people)


def _meant(text: str, cast: Cast, words: str) -> list[str]:
    """Give whom the words mean."""
    return sorted(cast.people[number].name for number in cast.at[text.index(words)][1])


def test_a_part_of_a_name_whose_whole_is_nowhere_is_all_that_is_told_of_a_driver() -> None:
    assert _names(_cast("Victoire d'Arvois.", Arvois=PART)) == ["Arvois"]


@pytest.mark.parametrize("text", ["Luc Arvois gagne. Arvois mène.", "Luc Arvois gagne. Et Brion-Arvois suit."])
def test_a_part_of_a_name_that_is_told_is_nobody_new(text: str) -> None:
    told = {"Luc Arvois": NAME, "Arvois": PART, "Brion-Arvois": PART}
    assert _names(_scored(text, "fr", told)) == ["Luc Arvois"]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Devant Brion et Luc Arvois.", "fr"),
        ("Top 5 : Luc Arvois, Brion.", "fr"),
        ("Luc Arvois and Brion won.", "en"),
        ("Dritter wurde Brion / Luc Arvois.", "de"),
        ("Vince la coppia Luc Arvois e Brion.", "it"),
        ("Ganan Luc Arvois y Brion.", "es"),
    ],
)
def test_a_doubtful_name_beside_a_driver_in_a_list_is_a_driver(text: str, language: str) -> None:
    told = {"Luc Arvois": NAME, "Brion": DOUBTFUL}
    assert _names(_scored(text, language, told)) == ["Brion", "Luc Arvois"]


def test_a_doubtful_name_behind_a_nationality_is_a_driver() -> None:
    told = {"Zorin Brion": DOUBTFUL}
    assert _names(_scored("Le Belge Zorin Brion gagne.", "fr", told)) == ["Zorin Brion"]


@pytest.mark.parametrize("text", ["Luc Arvois gagne. Brion suit.", "Luc Arvois devant Brion.", "Zorin Brion gagne."])
def test_a_doubtful_name_beside_nobody_is_none(text: str) -> None:
    told = {"Luc Arvois": NAME, "Brion": DOUBTFUL, "Zorin Brion": DOUBTFUL}
    assert not {"Brion", "Zorin Brion"} & set(_names(_scored(text, "fr", told)))


def test_a_first_name_alone_is_nobody_new() -> None:
    assert _names(_cast("Merci à Luc.", Luc=PART)) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1. LE BRION Paul\n2. ARVOIS Luc", ["Luc Arvois", "Paul Le Brion"]),
        ("ARVOIS Luc / DE LA MOTTE Jean devant Brion Paul", ["Jean De La Motte", "Luc Arvois", "Paul Brion"]),
    ],
)
def test_a_report_that_writes_surnames_first_in_capitals_names_people_as_usual(text: str, expected: list[str]) -> None:
    cast = _cast(text, Brion_Paul=NAME)
    assert _names(cast) == expected
    assert _meant(text, cast, "ARVOIS Luc") == ["Luc Arvois"]
    assert cast.at[text.index("ARVOIS")][0] == text.index("ARVOIS") + len("ARVOIS Luc")


@pytest.mark.parametrize("text", ["Luc ARVOIS devant Paul BRION", "BMW Paul, GT4 Luc", "ARVOIS Luc, puis Paul BRION"])
def test_capitals_are_no_surname_first_where_the_report_does_not_write_so(text: str) -> None:
    assert _names(_cast(text)) == []


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Victoire du duo Arvois-Brion.", "fr"),
        ("La Ligier n°20 (Arvois-Brion) suit.", "fr"),
        ("Davanti alla BMW di Arvois-Brion.", "it"),
        ("Segunda la pareja Arvois-Brion.", "es"),
        ("The pairing of Arvois–Brion won.", "en"),
    ],
)
def test_a_hyphen_joins_a_crew_where_its_car_or_a_word_for_crews_stands_before_it(text: str, language: str) -> None:
    told = {"Arvois-Brion": UNSURE}
    assert _names(_scored(text, language, told)) == ["Arvois", "Brion"]


@pytest.mark.parametrize(
    "text",
    [
        "Victoire du duo Luc Arvois-Brion.",
        "Victoire de Luc Arvois-Brion. Le duo Arvois-Brion suit.",
        "Le duo Jean-Luc.",
    ],
)
def test_a_hyphen_behind_a_first_name_or_in_one_joins_no_crew(text: str) -> None:
    told = {"Arvois-Brion": CREW, "Luc Arvois-Brion": NAME, "Jean-Luc": UNSURE}
    assert not {"Arvois", "Brion", "Jean"} & set(_names(_scored(text, "fr", told)))


def test_three_surnames_with_hyphens_are_three_drivers_unless_two_stand_together_elsewhere() -> None:
    told = {"Arvois-Brion-Caradec": (0.8, 0, 0, 0.2), "Luc Arvois-Brion": NAME}
    assert _names(_scored("Arvois-Brion-Caradec gagnent.", "fr", told)) == ["Arvois", "Brion", "Caradec"]
    text = "Luc Arvois-Brion mène. Arvois-Brion-Caradec gagnent."
    assert _names(_scored(text, "fr", told)) == ["Caradec", "Luc Arvois-Brion"]


def test_a_hyphen_between_two_whole_names_joins_two_drivers() -> None:
    told = {"Luc Arvois": NAME, "Paul Brion": NAME}
    assert _names(_scored("La pareja Luc Arvois-Paul Brion gana.", "es", told)) == ["Luc Arvois", "Paul Brion"]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Zorin et Paul Arvois gagnent, comme souvent les frères Arvois.", "fr"),
        ("Les frères Arvois, Zorin et Paul, gagnent avec Paul Arvois.", "fr"),
        ("Arvois père et fils (Zorin et Paul) gagnent. Paul Arvois rit.", "fr"),
        ("Paul Arvois devance son frère Zorin.", "fr"),
        ("Victory for brothers Zorin and Paul Arvois.", "en"),
        ("Zorin and Paul Arvois led; the Arvois brothers won.", "en"),
        ("Paul Arvois gewann mit Bruder Zorin.", "de"),
        ("Die Brüder Zorin und Paul Arvois siegten.", "de"),
        ("Vittoria dei fratelli Arvois (Zorin e Paul), con Paul Arvois al via.", "it"),
        ("Paul Arvois con su hijo Zorin.", "es"),
        ("Zorin y Paul Arvois ganan: los Arvois celebran.", "es"),
    ],
)
def test_relatives_share_a_surname(text: str, language: str) -> None:
    told = {"Paul Arvois": NAME, "Zorin": NAME}
    assert _names(_scored(text, language, told)) == ["Paul Arvois", "Zorin Arvois"]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Zorin et Paul Arvois gagnent.", "fr"),
        ("Paul Arvois, fils du garagiste Zorin Brion.", "fr"),
        ("Paul Arvois gagne.\n\nSon père a couru. Zorin suit.", "fr"),
        ("Jean Brion et Paul Arvois, les frères ennemis.", "fr"),
    ],
)
def test_who_is_no_relative_shares_no_surname(text: str, language: str) -> None:
    told = {"Paul Arvois": NAME, "Jean Brion": NAME, "Zorin Brion": NAME}
    assert not {"Zorin Arvois", "Brion Arvois", "Jean Arvois"} & set(_names(_scored(text, language, told)))


def test_the_surname_of_two_relatives_means_both() -> None:
    text = "Luc et Paul Arvois mènent. Les frères Arvois gagnent."
    cast = _cast(text, Paul_Arvois=NAME)
    assert _meant(text, cast, "Arvois gagnent") == ["Luc Arvois", "Paul Arvois"]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ('Bob "Bobby" Arvois won.', "en"),
        ("Bob “the Builder” Arvois won.", "en"),
        ("Victoire de Bob « le Chat » Arvois.", "fr"),
        ("Bob „Bobby“ Arvois siegte.", "de"),
    ],
)
def test_a_nickname_in_quotes_is_no_part_of_a_name(text: str, language: str) -> None:
    cast = _scored(text, language, {"Bob Arvois": NAME})
    assert _names(cast) == ["Bob Arvois"]
    assert cast.at[text.index("Bob")][0] == text.index("Arvois") + len("Arvois")


@pytest.mark.parametrize("text", ['Bob said "Great" and Arvois won.', 'Bob, "Bobby" Arvois won.'])
def test_quotes_that_are_no_nickname_join_no_name(text: str) -> None:
    assert _names(_cast(text, "en", Bob_Arvois=NAME)) == []


def test_a_word_parted_at_the_end_of_a_line_is_one() -> None:
    told = {"Paul Brionnard": NAME, "Luc Arvois-Caradec": NAME}
    text = "Paul Brion-\nnard devant Luc Arvois-\nCaradec."
    assert _names(_scored(text, "fr", told)) == ["Luc Arvois-Caradec", "Paul Brionnard"]


@pytest.mark.parametrize("text", ["Luc Arvois's car won.", "Luc Arvois’s car won. Arvois’s smile."])
def test_an_english_genitive_is_no_part_of_a_name(text: str) -> None:
    cast = _cast(text, "en", Luc_Arvois=NAME)
    assert _names(cast) == ["Luc Arvois"]
    assert len(cast.people[0].mentions) == text.count("Arvois")


@pytest.mark.parametrize("name", ["Joost van 't Hek", "Dafydd ap Arvois", "Nuno Arvois do Vale", "Mario Sta Ana"])
def test_particles_stand_within_a_name(name: str) -> None:
    text = f"Victoire de {name.replace('Sta ', 'Sta. ')} dimanche."
    assert _names(_scored(text, "fr", {name: NAME})) == [name]
