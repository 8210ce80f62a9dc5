"""Sentences as series write them, read by all that was learned: who has which place, and what proves it."""

import pytest

from racing.reading import reader
from racing.reading.facts import Fact
from racing.reading.reader import read
from racing.terms import FactKind
from tests.reading.telling import FRENCH

_LEAD = "Porsche Carrera Cup France : deux hommes en forme\n\n" + FRENCH


def _facts(text: str, kind: FactKind = FactKind.FINISH) -> list[Fact]:
    return [fact for fact in read(_LEAD + text).facts if fact.kind is kind]


def _order(text: str, ranking: str = "overall", kind: FactKind = FactKind.FINISH) -> dict[int | None, str]:
    rows = [fact for fact in _facts(text, kind) if fact.ranking == ranking]
    return {fact.position: " / ".join(fact.drivers) for fact in rows}


@pytest.mark.parametrize(
    "text",
    [
        "Luc Arvois s'imposait devant Paul Brion et Jean Caradec.",
        "Luc Arvois (Team Nord) l'emporte devant Paul Brion (Écurie Sud) et Jean Caradec.",
        "Victoire de Luc Arvois devant Paul Brion et Jean Caradec.",
        "La victoire revenait à Luc Arvois devant Paul Brion et Jean Caradec.",
        "Course 1\n1. Luc Arvois\n2. Paul Brion\n3. Jean Caradec",
    ],
)
def test_the_winner_and_those_behind_him_take_the_first_places(text: str) -> None:
    assert _order(text) == {1: "Luc Arvois", 2: "Paul Brion", 3: "Jean Caradec"}


def test_a_class_beside_the_win_is_its_ranking() -> None:
    text = "En Pro-Am, Luc Arvois s'imposait devant Paul Brion."
    assert (_order(text, "Pro-Am"), _order(text)) == ({1: "Luc Arvois", 2: "Paul Brion"}, {})


def test_a_pole_is_no_win() -> None:
    text = "En qualifications, Luc Arvois signait la pole position devant Paul Brion."
    assert (_order(text), _order(text, kind=FactKind.QUALIFYING)) == ({}, {1: "Luc Arvois", 2: "Paul Brion"})


def test_a_place_is_proved_by_its_sentence_then_by_the_names_and_the_words_in_it() -> None:
    [fact] = [fact for fact in _facts("Luc Arvois terminait troisième de la course.") if fact.position == 3]
    text = _LEAD + "Luc Arvois terminait troisième de la course."
    sentence, *words = [text[span.start : span.end] for span in fact.evidence]
    assert sentence == "Luc Arvois terminait troisième de la course."
    assert "Luc Arvois" in words
    assert all(word in sentence for word in words)


def test_a_text_too_long_for_a_report_is_read_by_rules_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    text = _LEAD + "Luc Arvois s'imposait devant Paul Brion."
    monkeypatch.setattr(reader, "LONGEST_REPORT", 10)
    assert read(text).facts == reader.read_by_rule(text).facts


def test_nothing_is_read_where_nothing_is_told() -> None:
    assert [fact for fact in read(FRENCH * 3).facts if fact.kind is FactKind.FINISH] == []


def test_races_that_are_counted_through_the_season_are_the_meetings_in_turn_under_their_headings() -> None:
    text = "Course 5\n1. Luc Arvois\n2. Paul Brion\n3. Jean Caradec\n\nCourse 6\n1. Paul Brion\n2. Jean Caradec"
    assert {(fact.race, fact.position) for fact in _facts(text)} == {(1, 1), (1, 2), (1, 3), (2, 1), (2, 2)}


@pytest.mark.parametrize(("number", "race"), [(1, 1), (2, 2), (3, 3), (4, None), (8, None)])
def test_the_one_race_of_a_report_has_the_number_of_its_heading_where_that_counts_the_meetings_races(
    number: int, race: int | None
) -> None:
    text = f"Course {number}\n\nLuc Arvois s'impose devant Paul Brion et Jean Caradec à Charade."
    assert {(fact.race, fact.position) for fact in _facts(text)} == {(race, 1), (race, 2), (race, 3)}


def test_a_title_above_the_heading_of_the_only_race_is_of_no_other() -> None:
    text = (
        "Coupe Berline 2019\n\nCourse 2 : Arvois d'un souffle\n\nLuc Arvois s'imposait devant Paul Brion.\n\n"
        "En Pro-Am, Jean Caradec l'emportait devant Guy Delmas."
    )
    assert {fact.race for fact in read(FRENCH + text).facts if fact.kind is FactKind.FINISH} == {2}
