"""What holds for every text."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from racing.reading.facts import from_json, to_json
from racing.reading.outline import outline
from racing.reading.reader import read
from tests.reading.spans import spans_of
from tests.reading.telling import FRENCH

#: What reports are made of, and what upsets programs that read.
PIECE_LIST = [
    "Luc Arvois", "Paul Brion", "d'Aubarède", "Jean-Luc Le Goff", "ARVOIS", "s'imposait", "remporte", "la", "de", "et",
    ",", "devant", "derrière", "complétait", "le podium", "le top 5", "Course 1", "Course 2", "\n", ". ", "« ", " »",
    "(Team Nord)", "(n° 7)", "#27", "n ° 8", "troisième", "3e", "place", "En Pro-Am", "chez les Rookies", "premier",
    "des", "la pole position", "meilleur tour", "en 1:38.412", "pénalité", "abandonne", "hors classement",
    "pour le classement français", "gagne un rang", "leader du championnat", "avec 12 points", "5 points d'avance",
    "prochain rendez-vous", "à Spa", "du 3 au 4 mai", "32 mai", "il", "le Belge", "qui", "mais", "ne", "n'", ":", ";",
    "1.", "2.", " - ", "/", "&", "Samedi", "Dimanche", "respectivement", "İ", "ß", "ﬁ", "\u0300", "🏁", "—", "\t", "¨",
    "[", "]", "(", ")", '"', "''",
]  # fmt: skip
PIECES = st.sampled_from(PIECE_LIST)
TEXTS = st.one_of(st.text(max_size=400), st.lists(PIECES, max_size=60).map(lambda pieces: FRENCH + " ".join(pieces)))


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_every_span_is_inside_the_text_and_not_empty(text: str) -> None:
    assert [span for span in spans_of(read(text)) if not 0 <= span.start < span.end <= len(text)] == []


@settings(max_examples=100, deadline=None)
@given(TEXTS)
def test_every_fact_has_evidence_and_somebody_or_a_place(text: str) -> None:
    assert [fact for fact in read(text).facts if not fact.evidence or not (fact.drivers or fact.circuit)] == []


@settings(max_examples=100, deadline=None)
@given(TEXTS)
def test_nobody_has_two_places_of_one_ranking_and_no_place_has_two_owners(text: str) -> None:
    taken = [
        (fact.kind, fact.race, fact.ranking, what)
        for fact in read(text).facts
        if fact.position is not None and fact.kind in ("finish", "qualifying")
        for what in (fact.position, *fact.drivers)
    ]
    assert len(taken) == len(set(taken))


@settings(max_examples=100, deadline=None)
@given(TEXTS)
def test_reading_twice_gives_the_same(text: str) -> None:
    assert read(text) == read(text)


@settings(max_examples=100, deadline=None)
@given(TEXTS)
def test_a_reading_survives_being_written_as_json(text: str) -> None:
    reading = read(text)
    assert from_json(to_json(reading)) == reading
    assert isinstance(outline(reading), dict)


@pytest.mark.parametrize("piece", [" ", "a-", "' ", "( ", "« ", "1/"])
def test_a_hundred_thousand_characters_of_one_kind_behind_a_report_are_read_to_their_end(piece: str) -> None:
    told = FRENCH + "Luc Arvois remporte la course devant Paul Brion.\n\n"
    long = read(told + piece * (100_000 // len(piece)) + "\n\nAnna Ledoux a gagné chez les Rookies.")
    assert [(fact.position, fact.ranking, fact.drivers) for fact in long.facts] == [
        (1, "overall", ("Luc Arvois",)),
        (2, "overall", ("Paul Brion",)),
        (1, "Rookie", ("Anna Ledoux",)),
    ]
