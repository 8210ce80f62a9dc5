import pytest

from racing.terms import FactKind
from tests.reading.telling import facts, order


@pytest.mark.parametrize(
    "text",
    [
        "Luc Arvois voulait s'imposer devant Paul Brion.",
        "Luc Arvois n'a pas remporté la course.",
        "Luc Arvois gagnerait volontiers devant Paul Brion.",
        "L'an dernier, Luc Arvois s'était imposé devant Paul Brion.",
        "Luc Arvois gagne un rang.",
        "Luc Arvois compte déjà deux victoires.",
        "Luc Arvois remporte le titre en Am devant Paul Brion.",
        "Luc Arvois et Paul Brion ont remporté les deux courses.",
        "La victoire échappait à Luc Arvois devant Paul Brion.",
        "Luc Arvois rêvait de la victoire devant Paul Brion.",
        "Paul Brion reste à dix secondes du vainqueur.",
        "À mi-course, Luc Arvois menait devant Paul Brion.",
        "« Je voulais que Luc Arvois gagne devant Paul Brion », disait son père.",
    ],
)
def test_no_winner_is_read(text: str) -> None:
    assert order(text) == {}


@pytest.mark.parametrize(
    "text",
    [
        "Luc Arvois s'imposait devant Paul Brion et Jean Caradec.",
        "Luc Arvois (Team Nord) l'emporte devant Paul Brion (Écurie Sud) et Jean Caradec.",
        "Luc Arvois a remporté la course en devançant Paul Brion et Jean Caradec.",
        "Victoire de Luc Arvois devant Paul Brion et Jean Caradec.",
        "Luc Arvois remportait la course avec deux secondes d'avance sur Paul Brion et Jean Caradec.",
        "Vainqueur de la journée, Luc Arvois était heureux. Il gagnait devant Paul Brion et Jean Caradec.",
        "Luc Arvois s'est imposé devant Paul Brion et Jean Caradec.",
        "Parti de la pole, Luc Arvois s'est imposé devant Paul Brion et Jean Caradec.",
        "La victoire revenait à Luc Arvois devant Paul Brion et Jean Caradec.",
        "La victoire de la course est revenue à Luc Arvois (Team Nord), devant Paul Brion et Jean Caradec.",
        'Luc Arvois gagne, Paul Brion à 2"4, Jean Caradec à 5"1.',
    ],
)
def test_the_winner_and_those_behind_him_take_the_first_places(text: str) -> None:
    assert order(text) == {1: "Luc Arvois", 2: "Paul Brion", 3: "Jean Caradec"}


def test_a_class_beside_the_win_is_its_ranking() -> None:
    text = "En Pro-Am, Luc Arvois s'imposait devant Paul Brion."
    assert (order(text, "Pro-Am"), order(text)) == ({1: "Luc Arvois", 2: "Paul Brion"}, {})


def test_a_class_win_may_fall_to_somebody() -> None:
    text = "En Am, la victoire revenait à Luc Arvois (Team Nord) devant Paul Brion. Jean Caradec finissait dixième."
    assert (order(text, "Am"), order(text)) == ({1: "Luc Arvois", 2: "Paul Brion"}, {10: "Jean Caradec"})


def test_he_who_is_ahead_of_the_second_is_second_only_where_a_place_is_told() -> None:
    assert order("Luc Arvois devançait Paul Brion. Jean Caradec terminait cinquième.") == {5: "Jean Caradec"}
    assert order("Luc Arvois terminait quatrième. Luc Arvois devançait Paul Brion.") == {
        4: "Luc Arvois",
        5: "Paul Brion",
    }


def test_the_margins_of_those_behind_the_winner_are_kept() -> None:
    found = facts('Luc Arvois gagne, Paul Brion à 2"4, Jean Caradec à 5"1.', FactKind.FINISH)
    assert [(f.position, f.gap) for f in found] == [(1, ""), (2, '2"4'), (3, '5"1')]


def test_the_order_of_a_class_begins_with_him_who_is_first_named_where_nothing_else_is_told() -> None:
    assert order("En Am, Luc Arvois devançait Paul Brion.", "Am") == {1: "Luc Arvois", 2: "Paul Brion"}
    text = "En Am, Luc Arvois devançait Paul Brion. Jean Caradec s'imposait en Am."
    assert order(text, "Am") == {1: "Jean Caradec"}


def test_who_is_ahead_in_a_struggle_of_a_class_has_no_place() -> None:
    assert order("En Am, Luc Arvois devançait Paul Brion au premier virage.", "Am") == {}
