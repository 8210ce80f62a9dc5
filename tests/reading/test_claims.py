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


def test_those_behind_the_leader_have_the_next_places_with_their_points() -> None:
    text = "Luc Arvois mène le championnat avec 211 points devant Paul Brion (209) et Jean Caradec (186)."
    assert claims(text) == [
        ("overall", 1, "Luc Arvois", "211", ""),
        ("overall", 2, "Paul Brion", "209", ""),
        ("overall", 3, "Jean Caradec", "186", ""),
    ]


def test_the_title_of_a_class_is_a_claim() -> None:
    text = "Luc Arvois remporte le titre en Am devant Paul Brion."
    assert claims(text) == [("Am", 1, "Luc Arvois", "", ""), ("Am", 2, "Paul Brion", "", "")]


def test_a_margin_between_two_is_no_total() -> None:
    assert claims("Au classement final, Luc Arvois devance Paul Brion de deux points.") == []
    text = "Luc Arvois est sacré champion avec huit points d'avance sur Paul Brion."
    assert claims(text) == [("overall", 1, "Luc Arvois", "", "8")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Trois points séparent Luc Arvois, toujours leader, de Paul Brion.", [("overall", 1, "Luc Arvois", "", "3")]),
        (
            "Paul Brion revient à 21 points de Luc Arvois en tête du championnat.",
            [("overall", 1, "Luc Arvois", "", "")],
        ),
        ("Paul Brion revient à 9 points de Luc Arvois, toujours premier.", []),
        (
            "Luc Arvois est champion avec 211 points, deux de plus que Paul Brion.",
            [("overall", 1, "Luc Arvois", "211", "2")],
        ),
    ],
)
def test_points_that_lie_between_two_are_nobodys_total(
    text: str, expected: list[tuple[str, int, str, str, str]]
) -> None:
    assert claims(text) == expected
