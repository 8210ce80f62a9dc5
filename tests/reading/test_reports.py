"""Whole short reports, from heading to next meeting. All names are invented."""

import pytest

from racing.reading.facts import Problem
from racing.reading.reader import read, read_by_rule
from racing.terms import FactKind
from tests.reading.telling import FRENCH

COMMUNIQUE = """Porsche Carrera Cup France 2019
Magny-Cours : Arvois ouvre le bal

Le circuit de Magny-Cours accueillait le deuxième meeting de la saison. Vingt-six autos, soit 26 voitures,
étaient sur la grille.

Course 1
Luc Arvois (Team Nord) signait la pole position devant Paul Brion (Écurie Sud). À l'extinction des feux, Paul Brion
prenait la tête devant Jean Caradec. Sous le drapeau à damier, Luc Arvois s'imposait devant Paul Brion et Jean Caradec,
premier Rookie. Marc Dupuis et Éric Estève complétaient le top 5. En Pro-Am, Yves Fabre s'imposait devant Gil Garnier.

Course 2
Paul Brion s'imposait devant Luc Arvois. Il était aussi l'auteur du meilleur tour en course en 1:39.077.
Jean Caradec était contraint à l'abandon.

Luc Arvois : « Je visais la victoire, je finis deuxième, mais je suis content d'avoir gagné la première course. »

Luc Arvois reste leader du championnat. Le prochain rendez-vous est fixé à Nogaro les 3 et 4 octobre.
"""


def rows(text: str, kind: FactKind) -> list[tuple[int | None, str, int | None, str]]:
    return [
        (fact.race, fact.ranking, fact.position, " / ".join(fact.drivers))
        for fact in read(text).facts
        if fact.kind is kind
    ]


def test_a_communique_of_two_races_gives_its_results() -> None:
    assert sorted(rows(COMMUNIQUE, FactKind.FINISH)) == [
        (1, "Pro-Am", 1, "Yves Fabre"),
        (1, "Pro-Am", 2, "Gil Garnier"),
        (1, "Rookie", 1, "Jean Caradec"),
        (1, "overall", 1, "Luc Arvois"),
        (1, "overall", 2, "Paul Brion"),
        (1, "overall", 3, "Jean Caradec"),
        (1, "overall", 4, "Marc Dupuis"),
        (1, "overall", 5, "Éric Estève"),
        (2, "overall", 1, "Paul Brion"),
        (2, "overall", 2, "Luc Arvois"),
    ]


def test_a_communique_gives_the_rest_too() -> None:
    assert rows(COMMUNIQUE, FactKind.QUALIFYING) == [(1, "overall", 1, "Luc Arvois"), (1, "overall", 2, "Paul Brion")]
    assert rows(COMMUNIQUE, FactKind.FASTEST_LAP) == [(2, "overall", None, "Paul Brion")]
    assert rows(COMMUNIQUE, FactKind.RETIREMENT) == [(2, "", None, "Jean Caradec")]
    assert rows(COMMUNIQUE, FactKind.CLAIM) == [(None, "overall", 1, "Luc Arvois")]
    meetings = [
        (fact.circuit, fact.start, fact.end) for fact in read(COMMUNIQUE).facts if fact.kind is FactKind.MEETING
    ]
    assert meetings == [("Nogaro", "10-03", "10-04")]


def test_the_heading_is_what_the_text_says() -> None:
    heading = read(COMMUNIQUE).heading
    stated = (heading.series, heading.season, heading.circuit, heading.starters)
    assert [value and value.value for value in stated] == ["Porsche Carrera Cup France", "2019", "Magny-Cours", "26"]


def test_people_have_their_team_and_classes() -> None:
    people = {person.name: (person.team, person.classes) for person in read(COMMUNIQUE).people}
    assert people["Luc Arvois"] == ("Team Nord", ())
    assert people["Yves Fabre"] == ("", ("Pro-Am",))
    assert people["Jean Caradec"] == ("", ("Rookie",))


def test_the_first_evidence_is_the_sentence_and_the_rest_lies_in_it() -> None:
    fact = next(fact for fact in read(COMMUNIQUE).facts if fact.drivers == ("Éric Estève",))
    words = [" ".join(COMMUNIQUE[span.start : span.end].split()) for span in fact.evidence]
    assert words == ["Marc Dupuis et Éric Estève complétaient le top 5.", "Éric Estève", "top 5"]


def test_a_repeated_paragraph_gives_its_facts_once() -> None:
    heading, body = COMMUNIQUE.split("Course 2", 1)
    assert rows(heading + heading.split("Course 1")[1] + "Course 2" + body, FactKind.FINISH) == rows(
        COMMUNIQUE, FactKind.FINISH
    )


def test_a_driver_outside_the_classification_holds_his_place_on_the_road() -> None:
    text = FRENCH + (
        "Luc Arvois s'imposait devant Paul Brion et Jean Caradec. "
        "Hors classement de la Porsche Carrera Cup France, Max Vermeer était suivi par Marc Dupuis et Éric Estève."
    )
    found = [
        (f.ranking, f.position, f.drivers[0], f.guest) for f in read_by_rule(text).facts if f.kind is FactKind.FINISH
    ]
    assert sorted(found) == [
        ("overall", 1, "Luc Arvois", False),
        ("overall", 2, "Paul Brion", False),
        ("overall", 3, "Jean Caradec", False),
        ("overall", 4, "Marc Dupuis", False),
        ("overall", 5, "Éric Estève", False),
        ("track", 4, "Max Vermeer", True),
    ]


def test_he_who_moves_up_in_the_series_had_a_guest_ahead_of_him() -> None:
    text = FRENCH + (
        "Course 1\nLuc Arvois signe la pole position. Luc Arvois remporte la course. Max Vermeer conserve sa deuxième place "
        "et Paul Brion complète le podium. Pour le classement français, Paul Brion gagne un rang "
        "et c'est Jean Caradec qui est 3e."
    )
    found = [
        (f.ranking, f.position, f.drivers[0], f.guest) for f in read_by_rule(text).facts if f.kind is FactKind.FINISH
    ]
    assert sorted(found) == [
        ("overall", 1, "Luc Arvois", False),
        ("overall", 2, "Paul Brion", False),
        ("overall", 3, "Jean Caradec", False),
        ("track", 1, "Luc Arvois", False),
        ("track", 2, "Max Vermeer", True),
        ("track", 3, "Paul Brion", False),
    ]


def test_a_crew_is_one_fact_and_its_car_speaks_for_it() -> None:
    text = FRENCH + (
        "Après deux relais et un changement de pilote, la Toyota n° 8 de Luc Arvois et Paul Brion a remporté la course. "
        "Jean Caradec / Marc Dupuis terminent deuxièmes. L'Aston Martin n° 27 d'Yves Fabre et Gil Garnier "
        "était dans les relais en tête. "
        "L'Aston Martin n° 27 termine à la troisième place."
    )
    assert sorted(rows(text, FactKind.FINISH)) == [
        (1, "overall", 1, "Luc Arvois / Paul Brion"),
        (1, "overall", 2, "Jean Caradec / Marc Dupuis"),
        (1, "overall", 3, "Yves Fabre / Gil Garnier"),
    ]


def test_nationalities_are_taken_from_the_text() -> None:
    text = FRENCH + "Luc Arvois devance deux Britanniques : Dan Carson et Tim Dexter."
    people = {person.name: person.nationality for person in read(text).people}
    assert people == {"Luc Arvois": "", "Dan Carson": "GB", "Tim Dexter": "GB"}


def test_surnames_and_lost_accents_mean_the_same_person() -> None:
    text = (
        FRENCH
        + "Théo Nérac part en tête. Theo Nerac résiste, puis Nérac s'impose devant de Narbonne. Joffrey de Narbonne sourit."
    )
    assert [person.name for person in read(text).people] == ["Théo Nérac", "Joffrey de Narbonne"]
    assert rows(text, FactKind.FINISH) == [(1, "overall", 1, "Théo Nérac"), (1, "overall", 2, "Joffrey de Narbonne")]


def test_a_race_that_cannot_be_told_is_unknown() -> None:
    text = FRENCH + "Luc Arvois s'imposait devant Paul Brion. Les deux courses étaient belles et hier aussi."
    assert {fact.race for fact in read_by_rule(text).facts} == {None}


def test_english_reads_too() -> None:
    text = (
        "It was a sunny day at the track and all of the teams were ready for the race of the season.\n"
        "Luke Arden won the race ahead of Paul Brion and John Carson. Mark Dexter finished fourth. "
        "Eric Stone retired with a puncture."
    )
    assert read(text).language == "en"
    assert rows(text, FactKind.FINISH) == [
        (1, "overall", 1, "Luke Arden"),
        (1, "overall", 2, "Paul Brion"),
        (1, "overall", 3, "John Carson"),
        (1, "overall", 4, "Mark Dexter"),
    ]
    assert rows(text, FactKind.RETIREMENT) == [(1, "", None, "Eric Stone")]


@pytest.mark.parametrize(
    ("text", "language", "codes"),
    [
        ("", "", ["no_text"]),
        (" \n\t ", "", ["no_text"]),
        ("阿尔沃瓦在马尼库尔赢得了比赛，领先于布里翁和卡拉德克。", "", ["unknown_language"]),
        (
            "Het was een mooie dag voor het publiek en de overwinning werd niet door Luc Arvois behaald maar dat kan ook.",
            "nl",
            ["unknown_language"],
        ),
        (
            "Le public était dans les tribunes et la journée était belle pour les enfants de la ville.",
            "fr",
            ["no_results"],
        ),
    ],
)
def test_what_cannot_be_read_is_a_problem(text: str, language: str, codes: list[str]) -> None:
    reading = read(text)
    assert (reading.language, [problem.code for problem in reading.problems], reading.facts) == (language, codes, ())


def test_a_sentence_with_a_driver_and_a_place_that_gave_nothing_is_listed() -> None:
    text = FRENCH + "Luc Arvois s'imposait. Paul Brion, lui, ne rêve pas de la troisième place."
    problems = read(text).problems
    start = text.index("Paul")
    assert [(problem.code, problem.span and problem.span.start) for problem in problems] == [("not_understood", start)]
    assert isinstance(problems[0], Problem)
