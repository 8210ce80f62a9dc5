"""What the reader makes of a season's entries: names, crews, numbers, teams, nationalities and classes that it knows."""

import json

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from racing.reading.facts import Reading
from racing.reading.known import (
    MOST_CHARACTERS,
    MOST_ENTRIES,
    Known,
    KnownDriver,
    KnownEntry,
    Roster,
    from_json,
    parts_of,
    to_json,
)
from racing.reading.reader import read
from racing.terms import FactKind
from tests.reading.telling import FRENCH
from tests.reading.test_laws import PIECES, spans_of

SOLO: Known = (
    KnownEntry((KnownDriver("Raphaël Lessennes", "BE"),), "33", "Arden Sport"),
    KnownEntry((KnownDriver("Hugo Grand", "FR"),), "12"),
    KnownEntry((KnownDriver("Noé Valence", "FR"),), "8"),
    KnownEntry((KnownDriver("Luc Peltier", "CH"),), "7"),
)
PAIRS: Known = (
    KnownEntry((KnownDriver("Raphaël Lessennes"), KnownDriver("Tim Vorbach")), "33", "Arden Sport", "", ("Pro-Am",)),
    KnownEntry((KnownDriver("Hugo Grand"), KnownDriver("Noé Valence")), "12", "Orme Racing", "", ("Silver",)),
    KnownEntry((KnownDriver("Luc Peltier"), KnownDriver("Ana Ruiz")), "07", "Sud Racing", "", ("Silver",)),
)


def named(text: str, known: Known = ()) -> set[str]:
    """Give the names of the people whom the reader finds."""
    return {person.name for person in read(FRENCH + text, known).people}


def finishes(reading: Reading) -> dict[int | None, set[str]]:
    """Give the overall order."""
    rows = [fact for fact in reading.facts if fact.kind is FactKind.FINISH and fact.ranking == "overall"]
    return {fact.position: set(fact.drivers) for fact in rows}


# --- names --------------------------------------------------------------------------------------------------------------


def test_a_surname_that_is_a_word_and_one_that_is_a_place_are_drivers_beside_each_other() -> None:
    text = "Derrière Peltier, Grand et Valence terminent deuxième et troisième de la course."
    assert {"Grand", "Valence"} <= named(text, SOLO)


def test_a_word_that_is_a_surname_elsewhere_is_no_driver_at_the_head_of_a_sentence() -> None:
    text = "Grand soleil sur le circuit ! Luc Peltier s'impose devant Noé Valence."
    assert named(text, SOLO) == {"Luc Peltier", "Noé Valence"}


def test_a_known_surname_is_a_driver_at_the_head_of_a_sentence_and_in_a_headline() -> None:
    assert "Lessennes" in named("Lessennes avait pourtant dominé toute la journée de samedi.", SOLO)
    assert "Peltier" in named("PELTIER TRIOMPHE SOUS LA PLUIE\n\nLe public a vu une belle course.", SOLO)


def test_capitals_initials_and_lost_accents_are_the_same_driver() -> None:
    text = "R. Lessennes gagne la course 1. RAPHAEL LESSENNES gagne aussi la course 2 devant Luc Peltier."
    people = [person for person in read(FRENCH + text, SOLO).people if "essennes" in person.name]
    assert [(person.name, len(person.mentions)) for person in people] == [("Raphael Lessennes", 2)]


def test_a_name_with_a_slip_of_the_pen_is_the_driver_whom_the_text_writes_rightly_elsewhere() -> None:
    text = "Raphaël Lessennes remporte la course 1. Lessenes gagne aussi la course 2 devant Luc Peltier."
    reading = read(FRENCH + text, SOLO)
    assert "Raphaël Lessennes" in {person.name for person in reading.people}
    assert not {"Lessenes"} & {person.name for person in reading.people}
    won = {fact.race for fact in reading.facts if fact.position == 1 and fact.drivers == ("Raphaël Lessennes",)}
    assert won == {1, 2}


def test_a_fact_keeps_the_name_that_the_text_gives() -> None:
    reading = read(FRENCH + "Lessennes s'impose dans la course 1 devant Peltier.", SOLO)
    assert finishes(reading) == {1: {"Lessennes"}, 2: {"Peltier"}}


def test_a_first_name_that_is_not_the_known_one_makes_another_driver() -> None:
    names = named("Marc Peltier gagne la course devant Luc Peltier et Noé Valence.", SOLO)
    assert {"Marc Peltier", "Luc Peltier"} <= names


# --- crews, numbers, teams ----------------------------------------------------------------------------------------------


def test_known_mates_side_by_side_are_one_crew_and_others_are_two_cars() -> None:
    text = "Lessennes et Vorbach s'imposent devant Grand et Valence."
    assert finishes(read(FRENCH + text, PAIRS)) == {1: {"Lessennes", "Vorbach"}, 2: {"Grand", "Valence"}}
    alone = read(FRENCH + "Luc Peltier et Noé Valence terminent premier et deuxième de la course.", SOLO)
    assert {len(fact.drivers) for fact in alone.facts} <= {1}


def test_a_number_stands_for_its_crew_though_the_text_names_nobody() -> None:
    reading = read(FRENCH + "La n°33 remporte la course 1 devant la n°7.", PAIRS)
    assert finishes(reading) == {1: {"Raphaël Lessennes", "Tim Vorbach"}, 2: {"Luc Peltier", "Ana Ruiz"}}


def test_a_crew_that_only_the_entries_name_is_not_among_the_people_of_the_text() -> None:
    assert named("La n°33 remporte la course 1 devant la n°7.", PAIRS) == set()


def test_a_number_that_two_cars_have_stands_for_nobody() -> None:
    twice = (*PAIRS, KnownEntry((KnownDriver("Ida Holm"),), "33"))
    reading = read(FRENCH + "La n°33 remporte la course 1 devant la n°7.", twice)
    assert "Raphaël Lessennes" not in {name for fact in reading.facts for name in fact.drivers}


def test_one_driver_stands_for_the_crew_whom_the_text_names_elsewhere() -> None:
    text = "Hugo Grand et Noé Valence partaient de la pole position. Tim Vorbach est deuxième. Grand gagne la course 1."
    winners = {frozenset(fact.drivers) for fact in read(FRENCH + text, PAIRS).facts if fact.kind is FactKind.FINISH}
    assert not {frozenset({"Hugo Grand"}), frozenset({"Noé Valence"})} & winners


# --- nationalities and classes ------------------------------------------------------------------------------------------


def test_a_nationality_finds_the_only_driver_of_the_text_who_has_it() -> None:
    text = "Hugo Grand et Lessennes étaient au départ. Le Belge remporte la course devant Luc Peltier."
    assert finishes(read(FRENCH + text, SOLO))[1] == {"Lessennes"}


def test_a_nationality_that_the_entries_lent_is_not_said_to_be_the_texts() -> None:
    text = "Hugo Grand et Lessennes étaient au départ. Le Belge remporte la course devant Luc Peltier."
    assert {person.nationality for person in read(FRENCH + text, SOLO).people} == {""}


def test_a_class_finds_the_only_driver_of_the_text_who_runs_in_it() -> None:
    drivers = ("Luc Peltier", "Am"), ("Noé Valence", "Pro"), ("Raphaël Lessennes", "Pro")
    known = tuple(KnownEntry((KnownDriver(name),), classes=(group,)) for name, group in drivers)
    text = "Noé Valence gagne devant Raphaël Lessennes et Luc Peltier. Le pilote Am abandonne dans la course 2."
    retired = [fact.drivers for fact in read(FRENCH + text, known).facts if fact.kind is FactKind.RETIREMENT]
    assert retired == [("Luc Peltier",)]


# --- what holds always --------------------------------------------------------------------------------------------------

NAMES = st.sampled_from(
    [
        "",
        "Luc Arvois",
        "Paul Brion",
        "Arvois",
        "Jean-Luc Le Goff",
        "d'Aubarède",
        "(.*)+",
        "\\",
        "a" * 300,
        "de",
        "İ",
        "ß",
    ]
)
ENTRIES = st.builds(
    KnownEntry,
    st.lists(st.builds(KnownDriver, NAMES, st.sampled_from(["", "FR", "BE"])), max_size=4).map(tuple),
    st.sampled_from(["", "7", "27", "027", "["]),
    NAMES,
    st.just(""),
    st.lists(st.sampled_from(["Pro-Am", "Rookie", "GT9", "("]), max_size=2).map(tuple),
)


@settings(max_examples=100, deadline=None)
@given(st.lists(PIECES, max_size=40).map(" ".join), st.lists(ENTRIES, max_size=5).map(tuple))
def test_any_entries_and_any_text_give_a_reading_whose_spans_are_true(text: str, known: Known) -> None:
    reading = read(FRENCH + text, known)
    assert [span for span in spans_of(reading) if not 0 <= span.start < span.end <= len(FRENCH + text)] == []
    assert reading == read(FRENCH + text, known)


@given(st.lists(ENTRIES, max_size=5).map(tuple))
def test_entries_come_back_from_json_cut_to_their_bounds(known: Known) -> None:
    once = from_json(json.loads(json.dumps(to_json(known))))
    assert once == from_json(json.loads(json.dumps(to_json(once))))
    assert all(len(driver.name) <= MOST_CHARACTERS for entry in once for driver in entry.drivers)
    assert [entry.classes for entry in once] == [entry.classes for entry in known]


def test_more_entries_than_a_season_has_are_cut_off() -> None:
    rows = [{"drivers": [f"Pilote Numero{at}"]} for at in range(2 * MOST_ENTRIES)]
    assert len(from_json(rows)) == MOST_ENTRIES


@pytest.mark.parametrize("wrong", [{}, [1], [{"drivers": "A"}], [{"drivers": [], "team": ["A"]}], [{"number": True}]])
def test_what_is_no_list_of_entries_is_refused(wrong: object) -> None:
    with pytest.raises(ValueError, match="are"):
        from_json(wrong)


@given(st.integers(0, 8), st.sampled_from("abcxyz"), st.sampled_from(["drop", "add", "change", "swap"]))
@example(2, "x", "swap")
def test_any_one_slip_behind_the_first_letter_is_the_driver(at: int, letter: str, how: str) -> None:
    right = "lessennes"
    at = max(1, at)
    if how == "drop":
        wrong = right[:at] + right[at + 1 :]
    elif how == "add":
        wrong = right[:at] + letter + right[at:]
    elif how == "change":
        wrong = right[:at] + letter + right[at + 1 :]
    else:
        wrong = right[:at] + right[at : at + 2][::-1] + right[at + 2 :]
    assert Roster(SOLO).drivers((wrong,)) == frozenset((0,))


@pytest.mark.parametrize("other", ["lesenes", "lessonnas", "essennes", "mart", "vallance"])
def test_two_slips_another_first_letter_and_short_words_are_nobody(other: str) -> None:
    assert Roster(SOLO).drivers(parts_of(other)) == frozenset()
