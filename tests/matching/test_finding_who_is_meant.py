"""Names of reports against the entries of a season."""

import pytest

from racing.matching import CLOSE, EXACT, NOT_AT_ALL, PART, SURNAME, Entrant, Matched, Named, match_people, name_fit
from racing.terms import Match

KESTELOOT = Named(1, "Noémie", "Kesteloot")
BRASSAC = Named(2, "Jean-Luc", "de Brassac")
VIDAL_ROUX = Named(3, "Théo", "Vidal-Roux")
HUGO_MERLE = Named(4, "Hugo", "Merle")
OSCAR_MERLE = Named(5, "Oscar", "Merle")
ONLY_SURNAME = Named(6, "", "Okonjo")

ENTRANTS = [
    Entrant(11, (KESTELOOT,), number="7", team="Auvergne Sport", classes=frozenset({"Pro"})),
    Entrant(12, (BRASSAC, VIDAL_ROUX), number="27", team="Écurie du Lac"),
    Entrant(13, (HUGO_MERLE,), number="4", team="Écurie du Lac", classes=frozenset({"Am"})),
    Entrant(14, (OSCAR_MERLE,), number="5", team="Team Volcan by Roussel", classes=frozenset({"Pro-Am"})),
    Entrant(15, (ONLY_SURNAME,)),
]


@pytest.mark.parametrize(
    ("written", "driver"),
    [
        ("Marc Kesteloot", KESTELOOT),
        ("M. Kesteloot", KESTELOOT),
        ("Kester", KESTELOOT),
        ("", KESTELOOT),
        ("Noémie", KESTELOOT),
        ("Luc Brassac", BRASSAC),
        ("Roux", HUGO_MERLE),
        ("Théo", VIDAL_ROUX),
        ("Merla", HUGO_MERLE),
        ("Mario Rossi", Named(9, "Maria", "Rossi")),
        ("Martin", Named(9, "Paul", "Marvin")),
    ],
)
def test_another_person_is_not_taken_for_the_driver(written: str, driver: Named) -> None:
    assert name_fit(written, driver) == NOT_AT_ALL


@pytest.mark.parametrize(
    ("written", "driver", "fit"),
    [
        ("Noémie Kesteloot", KESTELOOT, EXACT),
        ("KESTELOOT Noemie", KESTELOOT, EXACT),
        ("noemie  kesteloot", KESTELOOT, EXACT),
        ("Théo Vidal Roux", VIDAL_ROUX, EXACT),
        ("Tornade Noémie", Named(1, "Noémie", "Kesteloot", aliases=("Tornade Noémie",)), EXACT),
        ("Kesteloot", KESTELOOT, SURNAME),
        ("N. Kesteloot", KESTELOOT, SURNAME),
        ("De Brassac", BRASSAC, SURNAME),
        ("Brassac", BRASSAC, SURNAME),
        ("JL de Brassac", BRASSAC, SURNAME),
        ("J-L. de Brassac", BRASSAC, SURNAME),
        ("Amara Okonjo", ONLY_SURNAME, SURNAME),
        ("Vidal", VIDAL_ROUX, PART),
        ("Okonjo-Lund", ONLY_SURNAME, PART),
        ("Alex Okonjo", Named(6, "Alexandre", "Okonjo"), PART),
        ("Noémie Kestelot", KESTELOOT, CLOSE),
        ("Kestelloot", KESTELOOT, CLOSE),
    ],
)
def test_the_ways_of_writing_a_name_fit_so_well(written: str, driver: Named, fit: int) -> None:
    assert name_fit(written, driver) == fit


def test_a_full_name_finds_its_entry() -> None:
    assert match_people(["Noémie Kesteloot"], ENTRANTS) == Matched(Match.MATCHED, 11, (1,), why="full name")


def test_one_driver_of_a_crew_finds_the_car() -> None:
    assert match_people(["Vidal-Roux"], ENTRANTS) == Matched(Match.MATCHED, 12, (3,), why="surname")


def test_a_crew_finds_its_car_whatever_the_order() -> None:
    assert match_people(["Vidal-Roux", "Jean-Luc de Brassac"], ENTRANTS) == Matched(
        Match.MATCHED, 12, (3, 2), why="surname"
    )


def test_two_drivers_of_two_cars_are_no_crew() -> None:
    assert match_people(["Kesteloot", "Vidal-Roux"], ENTRANTS).match == Match.UNKNOWN


def test_brothers_are_ambiguous_by_their_surname_alone() -> None:
    assert match_people(["Merle"], ENTRANTS) == Matched(Match.AMBIGUOUS, candidates=(13, 14), why="surname")


@pytest.mark.parametrize(
    ("hint", "entry", "why"),
    [
        ({"number": "5"}, 14, "surname and number"),
        ({"team": "Team Volcan"}, 14, "surname and team"),
        ({"ranking": "Am"}, 13, "surname and class"),
    ],
)
def test_number_team_or_class_tells_brothers_apart(hint: dict[str, str], entry: int, why: str) -> None:
    found = match_people(["Merle"], ENTRANTS, **hint)
    assert (found.match, found.entry, found.why) == (Match.MATCHED, entry, why)


def test_a_number_never_decides_against_a_name() -> None:
    assert match_people(["Noémie Kesteloot"], ENTRANTS, number="27").entry == 11


def test_a_misspelt_name_with_another_cars_number_is_nobody() -> None:
    assert match_people(["Noémie Kestelot"], ENTRANTS, number="27").match == Match.UNKNOWN


def test_a_number_alone_finds_its_car_and_an_unknown_one_nobody() -> None:
    assert match_people([], ENTRANTS, number="27") == Matched(Match.MATCHED, 12, (), why="number")
    assert match_people([], ENTRANTS, number="99").match == Match.UNKNOWN
    assert match_people([], ENTRANTS).match == Match.UNKNOWN


def test_a_stranger_is_unknown() -> None:
    assert match_people(["Ingrid Solberg"], ENTRANTS) == Matched(Match.UNKNOWN, why="nobody of that name")
