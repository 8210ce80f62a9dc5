import pytest

from racing.terms import FactKind
from tests.reading.telling import facts


def claims(text: str) -> list[tuple[str, int | None, str, str, str]]:
    found = facts(text, FactKind.CLAIM)
    return [(fact.ranking, fact.position, " / ".join(fact.drivers), fact.points, fact.gap_points) for fact in found]


@pytest.mark.parametrize(
    "text",
    [
        "Luc Arvois rêvait du titre.",
        "Luc Arvois était leader de la course.",
        "Luc Arvois n'est plus leader du championnat.",
    ],
)
def test_no_claim_is_read(text: str) -> None:
    assert claims(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Luc Arvois reste leader du championnat.", ("overall", 1, "Luc Arvois", "", "")),
        ("Leader de la catégorie Am, Luc Arvois souriait.", ("Am", 1, "Luc Arvois", "", "")),
        ("Luc Arvois est leader du championnat avec 75 points.", ("overall", 1, "Luc Arvois", "75", "")),
        ("Luc Arvois dispose d'une avance de 34 points.", ("overall", 1, "Luc Arvois", "", "34")),
        ("Luc Arvois : « Je suis content d'être en tête du championnat. »", ("overall", 1, "Luc Arvois", "", "")),
    ],
)
def test_a_claim_about_the_championship_is_read(text: str, expected: tuple[str, int, str, str, str]) -> None:
    assert claims(text) == [expected]


def test_a_place_with_points_is_a_claim_and_no_finish() -> None:
    text = "Avec 35 points, Luc Arvois occupe la troisième place du championnat."
    assert (claims(text), facts(text, FactKind.FINISH)) == ([("overall", 3, "Luc Arvois", "35", "")], [])
