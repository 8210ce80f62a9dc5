"""Sentences whose verb stands before its subject, as in Italian and Spanish."""

import pytest

from racing.reading.reader import read_by_rule as read
from racing.terms import FactKind

#: Enough small words for the language to be known, and nothing to be read in them.
OPENINGS = {
    "it": "Il sole non è mancato nella giornata di oggi e il pubblico era nelle tribune per le prove del mattino.\n",
    "es": "El sol no faltó en la jornada de hoy y el público estaba en las tribunas para los ensayos de la mañana.\n",
    "fr": "Le soleil était au rendez-vous de la journée et le public était dans les tribunes pour les essais.\n",
}


def order(language: str, text: str, kind: FactKind = FactKind.FINISH) -> dict[int | None, str]:
    """Give the overall order that a text states: place to drivers."""
    reading = read(OPENINGS[language] + text)
    assert reading.language == language
    found = [fact for fact in reading.facts if fact.kind is kind and fact.ranking in ("", "overall")]
    return {fact.position: " / ".join(fact.drivers) for fact in found}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("it", "Marco Tassinari non vince davanti a Luca Berardi."),
        ("it", "Marco Tassinari sperava di vincere davanti a Luca Berardi."),
        ("it", "Al primo giro Marco Tassinari guidava davanti a Luca Berardi."),
        ("it", "L'anno scorso aveva vinto Marco Tassinari davanti a Luca Berardi."),
        ("es", "Pablo Urrutia no ganó por delante de Sergio Lanza."),
        ("es", "Pablo Urrutia buscaba ganar por delante de Sergio Lanza."),
        ("es", "En la primera vuelta lideraba Pablo Urrutia por delante de Sergio Lanza."),
        ("es", "Pablo Urrutia quedó fuera del podio tras la salida."),
        ("fr", "Luc Arvois, qui visait la victoire, ne gagne pas."),
    ],
)
def test_nothing_is_read_in_what_was_not_so_at_the_flag(language: str, text: str) -> None:
    assert order(language, text) == {}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("it", "Vince Marco Tassinari davanti a Luca Berardi e Dario Ghezzi."),
        ("it", "In gara 1 vince Marco Tassinari davanti a Luca Berardi e a Dario Ghezzi."),
        ("it", "A imporsi è stato Marco Tassinari, seguito da Luca Berardi e Dario Ghezzi."),
        ("it", "La vittoria è andata a Marco Tassinari su Luca Berardi; completa il podio Dario Ghezzi."),
        ("it", "Vince Marco Tassinari. Secondo posto per Luca Berardi, terzo Dario Ghezzi."),
        ("it", "Vince Marco Tassinari davanti a Luca Berardi. Terzo ha chiuso Dario Ghezzi."),
        ("it", "Marco Tassinari ha vinto davanti a Luca Berardi, chiude terzo Dario Ghezzi."),
        ("it", "Marco Tassinari ha vinto davanti a Luca Berardi e completa il podio Dario Ghezzi."),
        ("es", "Ganó Pablo Urrutia por delante de Sergio Lanza y Marcos Vidal."),
        ("es", "La carrera 1 fue para Pablo Urrutia. Segundo fue Sergio Lanza y tercero Marcos Vidal."),
        ("es", "Se impuso Pablo Urrutia, escoltado por Sergio Lanza y Marcos Vidal."),
        ("es", "La victoria fue para Pablo Urrutia ante Sergio Lanza; cerró el podio Marcos Vidal."),
        ("es", "El triunfo quedó en manos de Pablo Urrutia, tercero terminó Marcos Vidal y segundo Sergio Lanza."),
    ],
)
def test_the_subject_behind_the_verb_has_the_place(language: str, text: str) -> None:
    names = {"it": ("Marco Tassinari", "Luca Berardi", "Dario Ghezzi")}
    names["es"] = ("Pablo Urrutia", "Sergio Lanza", "Marcos Vidal")
    found = order(language, text)
    assert {position: found.get(position) for position in (1, 2, 3)} == dict(enumerate(names[language], 1))


def test_a_place_with_its_own_name_is_not_that_of_the_name_before_the_comma() -> None:
    assert order("it", "Bella gara di Marco Tassinari, quarto Luca Berardi.") == {4: "Luca Berardi"}
    assert order("it", "Bella gara di Marco Tassinari, quarto con la Porsche.") == {4: "Marco Tassinari"}


@pytest.mark.parametrize(
    ("language", "text", "kind", "who"),
    [
        ("it", "Ritirato Marco Tassinari, mentre Luca Berardi chiude quinto.", FactKind.RETIREMENT, "Marco Tassinari"),
        ("es", "Abandonó Pablo Urrutia por un toque con Sergio Lanza.", FactKind.RETIREMENT, "Pablo Urrutia"),
        ("it", "Quinto Luca Berardi, penalizzato di 5 secondi Marco Tassinari.", FactKind.PENALTY, "Marco Tassinari"),
        (
            "it",
            "Marco Tassinari è stato penalizzato per aver toccato Luca Berardi.",
            FactKind.PENALTY,
            "Marco Tassinari",
        ),
        ("es", "Pablo Urrutia fue sancionado por adelantar a Sergio Lanza.", FactKind.PENALTY, "Pablo Urrutia"),
    ],
)
def test_a_verb_in_front_is_that_of_the_name_behind_it(language: str, text: str, kind: FactKind, who: str) -> None:
    assert order(language, text, kind) == {None: who}


@pytest.mark.parametrize(
    ("language", "text", "who"),
    [
        ("es", "Los abandonos de Pablo Urrutia y Sergio Lanza marcaron la carrera.", {"Pablo Urrutia", "Sergio Lanza"}),
        ("fr", "Les abandons de Luc Arvois et Paul Brion ont marqué la course.", {"Luc Arvois", "Paul Brion"}),
        ("es", "Se retiró Pablo Urrutia y Sergio Lanza quedó fuera de carrera.", {"Pablo Urrutia", "Sergio Lanza"}),
        ("es", "El abandono de Pablo Urrutia y Sergio Lanza en la carrera.", {"Pablo Urrutia"}),
    ],
)
def test_retirements_in_the_plural_are_those_of_all_who_follow(language: str, text: str, who: set[str]) -> None:
    found = [fact for fact in read(OPENINGS[language] + text).facts if fact.kind is FactKind.RETIREMENT]
    assert {name for fact in found for name in fact.drivers} == who


def test_places_go_on_with_the_grid_behind_a_pole() -> None:
    text = "La pole fue para Pablo Urrutia, con Sergio Lanza segundo y Marcos Vidal tercero."
    grid = {1: "Pablo Urrutia", 2: "Sergio Lanza", 3: "Marcos Vidal"}
    assert (order("es", text, FactKind.QUALIFYING), order("es", text)) == (grid, {})
    assert order("es", "Saliendo desde la pole, Pablo Urrutia fue tercero.") == {3: "Pablo Urrutia"}


def test_is_and_and_are_told_apart() -> None:
    assert order("it", "Luca Berardi è quarto e Dario Ghezzi è quinto.") == {4: "Luca Berardi", 5: "Dario Ghezzi"}


@pytest.mark.parametrize(
    ("language", "text", "place"),
    [
        ("it", "Luca Berardi 3° al traguardo.", 3),
        ("es", "Sergio Lanza terminó 4.º en la meta.", 4),
        ("es", "Sergio Lanza fue 2do.", 2),
    ],
)
def test_a_place_in_figures_has_the_endings_of_its_language(language: str, text: str, place: int) -> None:
    assert list(order(language, text)) == [place]
