import pytest

from racing.terms import FactKind
from tests.reading.telling import order, who


@pytest.mark.parametrize(
    "text", ["Luc Arvois n'est pas pénalisé.", "Luc Arvois recevait une réprimande sans conséquence."]
)
def test_no_penalty_is_read(text: str) -> None:
    assert who(text, FactKind.PENALTY) == []


@pytest.mark.parametrize(
    "text",
    [
        "Luc Arvois écopait d'une pénalité de 5 secondes.",
        "Pénalisé de dix secondes, Luc Arvois restait calme.",
        "Luc Arvois dépasse sa place. La direction de course lui inflige une pénalité.",
        "Si Luc Arvois avait bien roulé, il se voyait infliger une pénalité.",
    ],
)
def test_a_penalty_goes_to_its_driver(text: str) -> None:
    assert who(text, FactKind.PENALTY) == ["Luc Arvois"]


def test_a_place_told_before_a_disqualification_is_gone() -> None:
    text = "Luc Arvois s'imposait devant Paul Brion. Luc Arvois était ensuite disqualifié. Paul Brion héritait de la victoire."
    assert order(text) == {1: "Paul Brion"}


def test_a_place_told_after_a_penalty_stays() -> None:
    assert order("Pénalisé de 5 secondes, Luc Arvois restait calme. Luc Arvois termine quatrième.") == {4: "Luc Arvois"}


def test_a_penalty_in_apposition_belongs_to_the_nearest_name() -> None:
    text = "Luc Arvois s'imposait devant Paul Brion (Team Nord), pénalisé de cinq secondes, et Jean Caradec."
    assert who(text, FactKind.PENALTY) == ["Paul Brion"]
    assert order(text) == {1: "Luc Arvois", 3: "Jean Caradec"}
