"""PDFs: paragraphs in the order of reading, however the page breaks them."""

import io

import pytest
from fpdf import FPDF
from pypdf import PdfReader, PdfWriter

from racing.reading.documents import Document, DocumentError, extract
from racing.reading.documents.pdf import is_nameless
from racing.reading.documents.places import Place, Stop
from tests.documents import papers

LONG = (
    "Partie de la pole position, Camille Ferrand prend le meilleur départ et ne sera plus rejointe. Derrière elle, Otto Brandl "
    "résiste pendant dix tours à Saoirse Keane, qui finit par abandonner sur un problème de transmission. La troisième place "
    "revient donc à Jean-Loup Delmas-Rey, auteur du meilleur tour en course."
)


#: A sentence as a narrow page breaks it.
LINES = [
    "Camille Ferrand gagne la première course",
    "de Dijon devant Otto Brandl et Saoirse",
    "Keane, qui passe sur la ligne en tête.",
]


def code_of(data: bytes) -> str:
    with pytest.raises(DocumentError) as caught:
        extract(data)
    return caught.value.code


@pytest.mark.parametrize("width", [60, 85, 120, 0])
@pytest.mark.parametrize("align", ["L", "J"])
def test_paragraphs_are_put_together_across_lines(width: float, align: str) -> None:
    told = extract(papers.pdf("Course 1 à Dijon", LONG, "La course 2 part à 15 heures.", width=width, align=align))
    told_once = f"Course 1 à Dijon\n{LONG}\nLa course 2 part à 15 heures."
    assert told == Document(told_once, "pdf", (Stop(0, Place(page=1)),))


def test_paragraphs_go_on_over_pages_between_running_heads_and_feet() -> None:
    data = papers.pdf(
        LONG, LONG, LONG, head="Coupe de Dijon - communiqué no 3", foot="Page # / 3 - contact@example.org", height=70
    )
    assert extract(data).text == f"Coupe de Dijon - communiqué no 3\n{LONG}\n{LONG}\n{LONG}"


def test_running_heads_that_count_the_pages_are_known_too() -> None:
    told = extract(papers.pdf(LONG, LONG, head="Coupe de Dijon - #", foot="#", height=70)).text
    assert told == f"Coupe de Dijon - 1\n{LONG}\n{LONG}"


def test_columns_are_read_one_after_the_other() -> None:
    left = [
        "Camille Ferrand gagne la première course",
        "de Dijon devant Otto Brandl et Saoirse",
        "Keane. La pilote de Nevers avait pris",
    ]
    right = [
        "la pole position le matin même. Elle est",
        "aussi en tête du championnat avec vingt",
        "points de plus que son voisin de stand.",
    ]
    assert extract(papers.pdf_columns(left, right)).text == " ".join(left + right)


def test_rows_of_a_table_stay_lines_and_cells_are_parted_by_tabs() -> None:
    rows = [
        ("Pos", "Pilote", "Equipe", "Temps"),
        ("1", "Camille Ferrand", "Nevers", "30:01.2"),
        ("2", "Otto Brandl", "Graz", "+1.2"),
    ]
    assert extract(papers.pdf_table(rows, (15, 60, 50, 30))).text == "\n".join("\t".join(row) for row in rows)


def test_a_list_of_places_is_not_taken_for_a_sentence() -> None:
    places = [
        "1. Camille Ferrand, Ecurie de la Nièvre",
        "2. Otto Brandl, Team Mur",
        "3. Saoirse Keane, Cork Racing Team Ltd",
    ]
    assert extract(papers.pdf("\n".join(places))).text == "\n".join(places)


def test_words_broken_at_the_end_of_a_line_are_made_whole_and_names_keep_their_hyphen() -> None:
    data = papers.pdf(
        "La course est rempor-\ntée par Jean-Loup Delmas-\nRey devant les concur-\nrents de la Pro-\nAm, qui finissent groupés."
    )
    told = (
        "La course est remportée par Jean-Loup Delmas-Rey devant les concurrents de la Pro-Am, qui finissent groupés."
    )
    assert extract(data).text == told


def test_a_scanned_pdf_has_no_text() -> None:
    assert code_of(papers.scanned_pdf()) == "no_text"


def test_an_encrypted_pdf_is_told_from_a_damaged_one() -> None:
    assert code_of(papers.encrypted_pdf()) == "encrypted"


def test_a_pdf_that_only_forbids_printing_is_read() -> None:
    writer = PdfWriter(PdfReader(io.BytesIO(papers.pdf(papers.WIN))))
    writer.encrypt("", owner_password="secret", algorithm="RC4-128")
    file = io.BytesIO()
    writer.write(file)
    assert extract(file.getvalue()).text == papers.WIN


@pytest.mark.parametrize("share", [0.05, 0.3])
def test_a_pdf_that_came_in_part_is_broken(share: float) -> None:
    data = papers.pdf(LONG)
    assert code_of(data[: int(len(data) * share)]) == "broken"


def test_html_that_is_called_a_pdf_by_its_first_bytes_is_broken() -> None:
    assert code_of(b"%PDF-1.7\n<html><body><p>Ferrand wins</p></body></html>") == "broken"


def test_pages_without_end_are_too_long() -> None:
    writer = PdfWriter()
    page = PdfReader(io.BytesIO(papers.pdf("1"))).pages[0]
    for _ in range(2_001):
        writer.add_page(page)
    file = io.BytesIO()
    writer.write(file)
    assert code_of(file.getvalue()) == "too_long"


def test_raised_letters_stay_with_their_figure() -> None:
    paper = FPDF()
    paper.add_page()
    paper.set_font("Helvetica", size=11)
    paper.write(5, "Brandl est le 1")
    paper.char_vpos = "SUP"
    paper.write(5, "er")
    paper.char_vpos = "LINE"
    paper.write(5, " des Pro-Am.")
    assert extract(bytes(paper.output())).text == "Brandl est le 1er des Pro-Am."


@pytest.mark.parametrize("angle", [90, 180, 270])
def test_a_page_that_lies_on_its_side_is_read_in_lines(angle: int) -> None:
    paper = FPDF()
    paper.add_page()
    paper.set_font("Helvetica", size=11)
    with paper.rotation(angle, 105, 148):
        for number, line in enumerate(LINES):
            paper.text(70, 130 + 5 * number, line)
    assert extract(bytes(paper.output())).text == " ".join(LINES)


def test_letters_whose_meaning_the_pdf_does_not_tell_are_no_text() -> None:
    assert [is_nameless("\ue001\ue002 \ue003"), is_nameless("Ferrand \ue000"), is_nameless("")] == [True, False, False]


def test_headings_at_the_top_of_their_pages_are_not_running_heads() -> None:
    paper = FPDF()
    for race, winner in (("1", "Ferrand"), ("2", "Brandl")):
        paper.add_page()
        paper.set_font("Helvetica", size=11)
        paper.multi_cell(0, 6, f"Course {race}\n{winner} gagne.")
    assert extract(bytes(paper.output())).text == "Course 1\nFerrand gagne.\nCourse 2\nBrandl gagne."


def test_an_entry_of_a_list_goes_on_in_the_next_line() -> None:
    entry = "- Otto Brandl résiste pendant dix tours à Saoirse Keane, qui finit par abandonner sur un problème de transmission."
    last = "- Le meilleur tour revient à Ferrand."
    assert (
        extract(papers.pdf(LONG, f"Faits de course\n{entry}\n{last}")).text
        == f"{LONG}\nFaits de course\n{entry}\n{last}"
    )
