import pytest

from racing.terms import FactKind
from tests.reading.telling import facts, order


def test_numbers_in_prose_are_no_list() -> None:
    assert order("Luc Arvois avait le numéro 1. Paul Brion roulait avec le 2, Jean Caradec aussi.") == {}


def test_points_of_a_championship_are_no_race() -> None:
    assert order("Championnat\n1. Luc Arvois 45 points\n2. Paul Brion 40 points\n") == {}


def test_a_list_under_a_race_is_its_order() -> None:
    text = "Classement de la course\n1. Luc Arvois (Team Nord) 16 tours\n2. Paul Brion à 3.4\n3. #12 Jean Caradec à 1 tour\n"
    assert order(text) == {1: "Luc Arvois", 2: "Paul Brion", 3: "Jean Caradec"}


def test_a_list_on_one_line_belongs_to_its_class() -> None:
    text = "Classement Pro-Am : 1. Luc Arvois ; 2. Paul Brion / Jean Caradec ; 3. Marc Dupuis"
    assert order(text, "Pro-Am") == {1: "Luc Arvois", 2: "Paul Brion / Jean Caradec", 3: "Marc Dupuis"}


def test_a_list_under_qualifying_is_the_grid() -> None:
    text = "Qualifications\n1. Luc Arvois\n2. Paul Brion\n"
    assert (order(text), order(text, kind=FactKind.QUALIFYING)) == ({}, {1: "Luc Arvois", 2: "Paul Brion"})


@pytest.mark.parametrize(
    "text",
    [
        "Classement Pro : 1. Luc Arvois ; 2. Paul Brion",
        "Pro : 1. Luc Arvois ; 2. Paul Brion",
        "Classement Pro\n1. Luc Arvois\n2. Paul Brion\n",
        "Pro\n1. Luc Arvois\n2. Paul Brion\n",
        "En Pro, Luc Arvois s'imposait devant Paul Brion.",
        "En catégorie Pro, Luc Arvois s'imposait devant Paul Brion.",
        "Luc Arvois remportait la catégorie Pro devant Paul Brion.",
    ],
)
def test_pro_alone_is_a_class_where_it_is_used_as_one(text: str) -> None:
    assert (order(text, "Pro"), order(text)) == ({1: "Luc Arvois", 2: "Paul Brion"}, {})


@pytest.mark.parametrize(
    ("text", "ranking"),
    [
        ("Luc Arvois (Pro Racing) s'imposait devant Paul Brion (Équipe Pro).", "overall"),
        ("Luc Arvois, du Pro Racing, s'imposait devant Paul Brion.", "overall"),
        ("En Pro-Am, Luc Arvois s'imposait devant Paul Brion.", "Pro-Am"),
        ("Classement Pro/Am : 1. Luc Arvois ; 2. Paul Brion", "Pro-Am"),
    ],
)
def test_pro_within_another_name_is_no_class(text: str, ranking: str) -> None:
    assert {fact.ranking: order(text, fact.ranking) for fact in facts(text, FactKind.FINISH)} == {
        ranking: {1: "Luc Arvois", 2: "Paul Brion"}
    }


@pytest.mark.parametrize(
    "text",
    ["Classement Espoirs : 1. Luc Arvois ; 2. Paul Brion", "Classement Espoirs\n1. Luc Arvois\n2. Paul Brion\n"],
)
def test_a_list_of_a_class_that_nobody_knows_gives_no_overall_places(text: str) -> None:
    assert facts(text, FactKind.FINISH) == []


@pytest.mark.parametrize(
    "text",
    [
        "Classement final : 1. Luc Arvois 211 pts ; 2. Paul Brion 209 ; 3. Jean Caradec 186,5.",
        "Classement final\n1. Luc Arvois 211 pts\n2. Paul Brion 209 pts\n3. Jean Caradec 186,5 pts\n",
        "Classement provisoire : 1. Luc Arvois, 211 points ; 2. Paul Brion, 209 points ; 3. Jean Caradec, 186,5 points",
        "Championnat\n1. Luc Arvois (Team Nord) 211\n2. Paul Brion 209\n3. Jean Caradec 186,5\n",
        "Classement général après Spa : 1. Luc Arvois (211) ; 2. Paul Brion (209) ; 3. Jean Caradec (186,5)",
        "Classement après Spa : 1. Luc Arvois (211 pts) ; 2. Paul Brion (209) ; 3. Jean Caradec (186,5)",
    ],
)
def test_a_list_with_points_is_the_championship(text: str) -> None:
    claims = [(f.ranking, f.position, *f.drivers, f.points) for f in facts(text, FactKind.CLAIM)]
    assert claims == [
        ("overall", 1, "Luc Arvois", "211"),
        ("overall", 2, "Paul Brion", "209"),
        ("overall", 3, "Jean Caradec", "186.5"),
    ]
    assert facts(text, FactKind.FINISH) == []


def test_the_championship_of_a_class_keeps_its_class() -> None:
    text = "Classement final Pro-Am : 1. Luc Arvois 211 pts ; 2. Paul Brion 209 pts"
    assert [(f.ranking, f.position) for f in facts(text, FactKind.CLAIM)] == [("Pro-Am", 1), ("Pro-Am", 2)]


def test_points_beside_the_places_of_a_race_leave_it_a_race() -> None:
    text = "Course 1\n1. Luc Arvois 25 pts\n2. Paul Brion 20 pts\n"
    assert (order(text), facts(text, FactKind.CLAIM)) == ({1: "Luc Arvois", 2: "Paul Brion"}, [])


def test_one_order_of_a_class_may_stand_under_two_races() -> None:
    line = "Classement Rookies : 1. Luc Arvois (Team Nord) ; 2. Paul Brion (Team Sud) ; 3. Jean Caradec (Team Est)"
    text = f"Course 1\n{line}\nCourse 2\n{line}\n"
    assert sorted((f.race, f.position) for f in facts(text, FactKind.FINISH)) == [
        (1, 1), (1, 2), (1, 3), (2, 1), (2, 2), (2, 3)
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "1. Luc Arvois (Team Nord) 16 tours\n2. Paul Brion à 4.353\n3. Jean Caradec (Team Sud) à 13.480s\n",
        "1. Luc Arvois 25:00.000\n2. Paul Brion +4.353\n3. Jean Caradec, + 13.480s\n",
        "Classement : 1. Luc Arvois, les 12 tours en 25:00.000 ; 2. Paul Brion à 4.353 ; 3. Jean Caradec (à 13.480s)",
    ],
)
def test_the_margin_behind_a_name_is_the_gap_to_the_winner(text: str) -> None:
    gaps = [(f.position, f.gap) for f in facts(text, FactKind.FINISH)]
    assert gaps == [(1, ""), (2, "4.353"), (3, "13.480")]
