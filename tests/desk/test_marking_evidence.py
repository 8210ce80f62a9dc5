"""Spans that overlap are cut into pieces that do not; nothing of the text is lost or made into a page."""

from hypothesis import given
from hypothesis import strategies as st

from racing.evidence import Break, Mark, Piece, breaks_of, cut, marks_of
from racing.reading.documents.places import Place, Places, Stop, joined, placed, stops_of
from racing.views.marking import marked


def test_without_marks_the_text_is_one_piece() -> None:
    assert list(cut("Andlauer gagne.", [])) == [Piece("Andlauer gagne.")]


def test_an_empty_text_has_no_pieces() -> None:
    assert list(cut("", [Mark(0, 3, "fact-1")])) == []


def test_names_within_a_clause_are_pieces_of_their_own() -> None:
    marks = marks_of("fact-1", [[0, 15], [0, 8]])
    assert list(cut("Andlauer gagne. Puis rien.", marks)) == [
        Piece("Andlauer", ("fact-1",), ("fact-1",), ("fact-1",)),
        Piece(" gagne.", ("fact-1",)),
        Piece(" Puis rien."),
    ]


def test_clauses_that_overlap_share_a_piece_and_the_narrower_comes_first() -> None:
    marks = [Mark(0, 10, "fact-1"), Mark(6, 12, "fact-2")]
    assert list(cut("0123456789ABCD", marks)) == [
        Piece("012345", ("fact-1",), begins=("fact-1",)),
        Piece("6789", ("fact-2", "fact-1"), begins=("fact-2",)),
        Piece("AB", ("fact-2",)),
        Piece("CD"),
    ]


def test_marks_beyond_the_text_are_cut_off_and_empty_ones_left_out() -> None:
    marks = [Mark(2, 99, "fact-1"), Mark(1, 1, "fact-2"), Mark(50, 60, "fact-3")]
    assert list(cut("0123", marks)) == [Piece("01"), Piece("23", ("fact-1",), begins=("fact-1",))]


spans = st.tuples(st.integers(-2, 30), st.integers(-2, 30), st.integers(1, 5), st.booleans())


@given(st.text(max_size=25), st.lists(spans, max_size=12))
def test_the_pieces_are_the_text_and_every_character_has_its_marks(
    text: str, rows: list[tuple[int, int, int, bool]]
) -> None:
    marks = [Mark(start, end, f"fact-{fact}", word) for start, end, fact, word in rows]
    pieces = list(cut(text, marks))
    assert "".join(piece.text for piece in pieces) == text
    assert all(piece.text for piece in pieces)
    at = 0
    for piece in pieces:
        for place in range(at, at + len(piece.text)):
            assert set(piece.of) == {mark.of for mark in marks if mark.start <= place < mark.end}
        at += len(piece.text)
    begun = [one for piece in pieces for one in piece.begins]
    assert len(begun) == len(set(begun))


def test_what_stands_in_the_text_is_shown_as_text() -> None:
    marks = marks_of("fact-1", [[0, 8]])
    assert marked(cut("<script>alert('x')</script> & so", marks)) == (
        '<span class="anchor" id="fact-1"><mark class="says" data-of="fact-1"><a href="#told-fact-1">&lt;script&gt;</a>'
        "</mark></span>alert(&#x27;x&#x27;)&lt;/script&gt; &amp; so"
    )


def test_a_problem_is_marked_apart_from_evidence() -> None:
    html = marked(cut("Quoi ?", [Mark(0, 4, "problem-0")]))
    assert '<mark class="unclear" data-of="problem-0">' in html


# --- pages and rows -----------------------------------------------------------------------------------------------------


def said(place: Place) -> str:
    return f"p{place.page} {place.sheet}".strip()


def test_a_row_begins_with_its_number_and_a_page_with_its_name() -> None:
    lines = [
        placed("Course 1", Place(page=1)),
        placed("1\tFerrand", Place(1, 1)),
        placed("2\tKeane", Place(1, 2)),
        "fin",
    ]
    text = joined(lines)
    breaks = list(breaks_of(Places(text, stops_of(text)), said, text))
    assert breaks == [Break(0, 0, "p1"), Break(9, 1), Break(19, 1, "p2"), Break(27, 0, "p0")]
    assert [piece.opening for piece in cut(text, [], breaks)] == breaks


def test_a_page_that_ends_in_a_sentence_is_told_there_and_one_that_the_text_tells_is_not_told_twice() -> None:
    text = "Ferrand gagne ici\n[p. 3]\n1\tKeane"
    stops = [Stop(0, Place(page=1)), Stop(8, Place(page=2)), Stop(18, Place(page=3)), Stop(25, Place(1, 3))]
    breaks = list(breaks_of(Places(text, stops), said, text))
    assert breaks == [Break(0, 0, "p1"), Break(8, 0, "p2", inside=True), Break(25, 1)]


def test_a_text_without_places_has_no_breaks() -> None:
    assert list(breaks_of(Places("a\nb", ()), said, "a\nb")) == []


@given(st.text("ab\n<", max_size=20), st.lists(st.tuples(st.integers(0, 21), st.integers(0, 4)), max_size=5))
def test_breaks_lose_nothing_of_the_text(text: str, rows: list[tuple[int, int]]) -> None:
    breaks = [Break(start, row, "<p>") for start, row in rows]
    assert "".join(piece.text for piece in cut(text, [Mark(1, 9, "fact-1")], breaks)) == text


def test_a_sheet_s_name_is_words_and_never_a_page_of_ours() -> None:
    html = str(marked(cut("x", [], [Break(0, 3, "<script>")])))
    assert html == '<span class="page-begins">&lt;script&gt;</span><span class="row-number" data-row="3"></span>x'
