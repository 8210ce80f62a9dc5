"""Spans that overlap are cut into pieces that do not; nothing of the text is lost or made into a page."""

from hypothesis import given
from hypothesis import strategies as st

from racing.evidence import Mark, Piece, cut, marks_of
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
