"""What holds for every table, whatever stands in it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from racing.reading.facts import Reading, from_json, to_json
from racing.reading.folding import fold
from racing.reading.reader import read
from racing.reading.sheets.grid import rows_of
from tests.reading.spans import spans_of

HEADS = [
    "Pos",
    "No",
    "Clt",
    "Kl.-Pl.",
    "Driver",
    "Pilote 1",
    "Nom",
    "Prénom",
    "Team",
    "Class",
    "R",
    "Série",
    "Laps",
    "Gap",
    "Best",
]
CELLS = [
    "1", "2", "3", "=2", "3.", "DNF", "AB/DNF", "Non partant", "7", "#12",
    "Ottmar Quellmalz", "QUELLMALZ Ottmar", "I. Quarrington",
    "Isla QUARRINGTON (R) / Euan MOSSGIEL (SUI)", "ZSCHIESCHE, Jella", "Team Nord", "Pro-Am", "GT3 PRO", "1:30.123", "+1 Lap",
    "",
    "", "NOT CLASSIFIED", "İ", "ß", "''", '"', "-", "*", "(", "[p. 2]", "R : Rookie", "Meilleur tour : N° 7", "N° 7 : +5 s",
    "🏁",
    "Race 2", "Course 1", "2021", "Lausitzring", "\u0300", "|", ";",
]  # fmt: skip
ROWS = st.lists(st.sampled_from(CELLS), max_size=9)
TABLES = st.builds(
    lambda sign, heads, rows: "\n".join(sign.join(row) for row in (["Race 1"], heads, *rows)),
    st.sampled_from(["\t", ";", " | ", "   "]),
    st.lists(st.sampled_from(HEADS), min_size=2, max_size=9),
    st.lists(ROWS, max_size=12),
)
TEXTS = st.one_of(TABLES, st.text(alphabet="\t\n|; 12ABab.:'()", max_size=300))


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_every_span_is_inside_the_text_and_not_empty(text: str) -> None:
    assert [span for span in spans_of(read(text)) if not 0 <= span.start < span.end <= len(text)] == []


@settings(max_examples=200, deadline=None)
@given(TABLES)
def test_the_words_of_a_name_stand_where_the_evidence_says(text: str) -> None:
    for fact in read(text).facts:
        if fact.recogniser == "sheet":
            told = fold(" ".join(text[span.start : span.end] for span in fact.evidence))
            words = [word for name in fact.drivers for word in fold(name).split()]
            assert [word for word in words if word not in told] == []


@settings(max_examples=200, deadline=None)
@given(TABLES)
def test_every_fact_names_somebody_and_a_place_has_one_owner_unless_it_is_shared(text: str) -> None:
    facts = [fact for fact in read(text).facts if fact.recogniser == "sheet"]
    assert all(fact.drivers and fact.evidence for fact in facts)
    if "=" not in text:
        places = [(f.kind, f.race, f.ranking, f.position) for f in facts if f.kind in ("finish", "qualifying")]
        assert len(places) == len(set(places))


@settings(max_examples=100, deadline=None)
@given(TEXTS)
def test_reading_twice_gives_the_same_and_survives_json(text: str) -> None:
    reading = read(text)
    assert read(text) == reading
    assert from_json(to_json(reading)) == reading


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_cells_are_what_the_text_has_at_their_place(text: str) -> None:
    cells = [cell for row in rows_of(text) for cell in row.cells]
    assert [cell for cell in cells if text[cell.start : cell.end] != cell.text] == []


def test_a_row_knows_the_page_that_the_text_names() -> None:
    text = "Race 1\nPos\tNo\tDriver\n1\t4\tJella Zschiesche\n[p. 2]\nPos\tNo\tDriver\n2\t8\tJoost Hemelrijk\n"
    assert [row.page for row in rows_of(text)] == [1, 1, 1, 2, 2]


LARGE = {
    "rows": "Pos\tNo\tDriver\tTeam\tBest\n"
    + "".join(f"{n}\t{n}\tOtto Brandl{n % 97}\tTeam\t1:30.{n % 1000:03}\n" for n in range(1, 9000)),
    "heads": "Pos\tNo\tDriver\n1\t2\tOtto Brandl\n\nNotes\n" * 6000,
    "wide": "Pos\tNo\tDriver\t" + "x\t" * 60_000 + "\n" + "1\t2\tOtto Brandl\n" * 10_000,
    "notes": "Pos\tNo\tDriver\n1\t2\tOtto Brandl\n" + "Fastest lap - - - - - - -\nN° 2 : +5 s\n" * 9000,
    "blanks": "Pos\tNo\tDriver\n1\t2\tOtto" + " " * 200_000 + "Brandl\n2\t3\t" + "( " * 90_000,
    "aligned": "a   b   c   d\n" * 20_000,
    "semicolons": "a;b;c;d\n" * 40_000,
    "no head": "1;2;3;4\nfoo;bar;baz;x\n" * 20_000,
}


@pytest.mark.parametrize("name", sorted(LARGE))
@pytest.mark.timeout(60)
def test_a_large_table_is_read_to_its_end(name: str) -> None:
    assert isinstance(read(LARGE[name]), Reading)
