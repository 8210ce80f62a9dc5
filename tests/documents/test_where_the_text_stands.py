"""A text leads back to its place in the document: the page, the sheet, the table, the row."""

import io

import openpyxl
from fpdf import FPDF
from hypothesis import given, settings
from hypothesis import strategies as st

from racing.reading.documents import Document, extract
from racing.reading.documents.places import (
    NOWHERE,
    STOPS_MAX,
    Place,
    Placed,
    Places,
    Stop,
    cleaned,
    from_json,
    joined,
    lines_of,
    placed,
    stops_of,
    to_json,
    within,
)
from tests.documents import papers


def place(document: Document, words: str) -> Place:
    """Give where in the document these words stand, the first time that they do."""
    return Places(document.text, document.stops).at(document.text.index(words))


def sheet_of(book: openpyxl.Workbook) -> Document:
    file = io.BytesIO()
    book.save(file)
    return extract(file.getvalue())


# --- what has no places -------------------------------------------------------------------------------------------------


def test_plain_text_has_characters_alone() -> None:
    document = extract(b"Course 1.\nFerrand gagne.\n")
    assert document.stops == ()
    assert place(document, "Ferrand") == NOWHERE


def test_a_web_page_without_a_table_has_characters_alone() -> None:
    assert extract(b"<html><body><h1>Race 1</h1><p>Ferrand wins.</p></body></html>").stops == ()


# --- CSV ----------------------------------------------------------------------------------------------------------------


def test_a_csv_counts_its_rows_empty_ones_and_those_of_several_lines_too() -> None:
    data = b'Pos;No;Driver\n\n1;4;"Ferrand\nBrandl"\n2;7;Keane\n3;9;Delmas\n'
    document = extract(data)
    assert document.format == "csv"
    assert [place(document, name).row for name in ("Pos", "Ferrand", "Keane", "Delmas")] == [1, 3, 4, 5]
    assert place(document, "Keane") == Place(row=4)


def test_a_table_between_bars_counts_its_lines() -> None:
    document = extract(b"| Pos | No | Driver |\n| 1 | 4 | Ferrand |\n| 2 | 7 | Keane |\n")
    assert place(document, "Keane") == Place(row=3)


# --- workbooks ----------------------------------------------------------------------------------------------------------


def test_a_workbook_tells_the_sheet_and_its_own_number_of_the_row() -> None:
    book = openpyxl.Workbook()
    book.active.title = "Race  1"
    for row in (["Race 1"], [], ["Pos", "Driver"], [1, "Ferrand"], [2, "Brandl"], [3, "Keane"]):
        book.active.append(row)
    book.active.row_dimensions[5].hidden = True
    other = book.create_sheet("Race 2")
    other.append(["Pos", "Driver"])
    other.append([1, "Delmas"])
    document = sheet_of(book)
    assert "Brandl" not in document.text
    assert place(document, "Ferrand") == Place(row=4, sheet="Race 1")
    assert place(document, "Keane") == Place(row=6, sheet="Race 1")
    assert place(document, "Delmas") == Place(row=2, sheet="Race 2")
    assert place(document, "Race 2") == Place(sheet="Race 2")


def test_an_open_document_sheet_counts_rows_that_are_repeated_or_hidden() -> None:
    def row(words: str, more: str = "") -> str:
        return (
            f"<table:table-row {more}><table:table-cell><text:p>{words}</text:p></table:table-cell></table:table-row>"
        )

    rows = row("Pos") + row("", 'table:number-rows-repeated="300"') + row("Ferrand", 'table:number-rows-repeated="2"')
    rows += row("Brandl", 'table:visibility="collapse"') + row("Keane")
    document = extract(papers.open_document("spreadsheet", f'<table:table table:name="Race 1">{rows}</table:table>'))
    assert [line for line in document.text.split("\n") if line] == ["Pos", "Ferrand", "Ferrand", "Keane"]
    assert place(document, "Ferrand") == Place(row=302, sheet="Race 1")
    assert place(document, "Keane") == Place(row=305, sheet="Race 1")


# --- web pages ----------------------------------------------------------------------------------------------------------


def web_table(*names: str, caption: str = "") -> str:
    rows = "".join(f"<tr><td>{n}</td><td>{name}</td><td></td></tr>" for n, name in enumerate(names, 1))
    head = "<tr><th>Pos</th><th>Driver</th><th>Gap</th></tr>"
    return f"<table><caption>{caption}</caption>{head}{rows}</table>"


def test_the_only_table_of_a_web_page_tells_the_row() -> None:
    page = f"<html><body><p>Ferrand wins.</p>{web_table('Ferrand', 'Keane', caption='Race 1')}<p>So it was.</p></body></html>"
    document = extract(page.encode())
    assert document.text.split("\n") == [
        "Ferrand wins.",
        "Race 1",
        "Pos\tDriver\tGap",
        "1\tFerrand",
        "2\tKeane",
        "So it was.",
    ]
    assert place(document, "Keane") == Place(row=3)
    assert place(document, "Race 1") == place(document, "So it was") == place(document, "Ferrand wins") == NOWHERE


def test_of_several_tables_of_a_web_page_it_is_told_which() -> None:
    document = extract(
        f"<html><body>{web_table('Ferrand')}<p>Race 2</p>{web_table('Brandl', 'Keane')}</body></html>".encode()
    )
    assert place(document, "Ferrand") == Place(row=2, table=1)
    assert place(document, "Keane") == Place(row=3, table=2)


def test_a_table_in_a_cell_is_part_of_its_row_and_signs_in_a_page_are_nothing() -> None:
    inner = "<table><tr><td>a</td><td>b</td></tr></table>"
    rows = (
        f"<tr><td>1</td><td>Fer\x01rand</td><td>{inner}</td></tr><tr><td>\x019 9\x012</td><td>Keane</td><td>x</td></tr>"
    )
    document = extract(f"<html><body><table>{rows}</table></body></html>".encode())
    assert document.text.split("\n") == ["1\tFerrand\ta b", "9 92\tKeane\tx"]
    assert place(document, "Keane") == Place(row=2)


# --- PDF ----------------------------------------------------------------------------------------------------------------


def timing_sheet(cars: int) -> bytes:
    """Give a PDF with the places of so many cars, as a table that goes on over the pages, its heads once."""
    paper = FPDF()
    paper.add_page()
    paper.set_font("Helvetica", size=10)
    paper.cell(0, 10, "Race 1, classification", new_x="LMARGIN", new_y="NEXT")
    for number in range(cars + 1):
        cells = [str(number), str(100 + number), f"Driver Number{number}", "30:12.123"]
        for cell, width in zip(cells if number else ["Pos", "No", "Driver", "Time"], (15, 15, 70, 30), strict=True):
            paper.cell(width, 6, cell, border=1)
        paper.ln()
    return bytes(paper.output())


def test_a_sheet_in_pdf_tells_the_page_and_the_row_of_the_tables_on_it() -> None:
    document = extract(timing_sheet(60))
    assert place(document, "Race 1") == Place(page=1)
    assert place(document, "Number1\t") == Place(row=2, page=1)
    last = max(n for n in range(1, 61) if place(document, f"Number{n}\t").page == 1)
    assert 30 < last < 60
    assert place(document, f"Number{last}\t") == Place(row=last + 1, page=1)
    assert place(document, f"Number{last + 1}\t") == Place(row=1, page=2)
    assert place(document, "Number60\t") == Place(row=60 - last, page=2)


def test_an_article_in_pdf_tells_the_page_also_within_a_paragraph_that_goes_over_it() -> None:
    sentence = "Ferrand prend le meilleur sur Brandl au premier virage et garde la main tout au long de la course. "
    document = extract(papers.pdf("Course 1 à Dijon", sentence * 70 + "Keane finit loin.", "Delmas abandonne."))
    assert document.text.count("\n") == 2
    assert place(document, "Course 1") == Place(page=1)
    assert place(document, "Keane") == place(document, "Delmas") == Place(page=2)
    over = document.stops[1].start
    assert document.text[over - 1] == " "
    assert document.text.index("\n") < over < document.text.index("Keane")


# --- mails --------------------------------------------------------------------------------------------------------------


def test_what_a_mail_brings_tells_the_file_and_the_row() -> None:
    table = b"Pos;No;Driver\n1;4;Ferrand\n2;7;Keane\n"
    document = extract(papers.mail(("text/plain", b"Here are the results.\r\n"), ("application/csv", table)))
    assert place(document, "Here are") == NOWHERE
    assert place(document, "Keane") == Place(row=3, file="part")


# --- the map itself -----------------------------------------------------------------------------------------------------

NAMES = st.text("ab\u0301é \t", max_size=6)
PLACES = st.builds(Place, st.integers(0, 3), st.integers(0, 2), st.integers(0, 2), st.sampled_from(["", "S"]))
LINES = st.lists(st.tuples(NAMES, st.none() | PLACES), max_size=12)


@given(LINES)
def test_lines_put_together_keep_their_places(rows: list[tuple[str, Place | None]]) -> None:
    text = joined(line if where is None else placed(line, where) for line, where in rows)
    places, offset = Places(text, stops_of(text)), 0
    for line, where in rows:
        assert places.at(offset) == (where or NOWHERE)
        offset += len(line) + 1
    assert str(joined(lines_of(text))) == text
    assert stops_of(joined(lines_of(text))) == stops_of(text)


@given(LINES)
def test_what_is_taken_out_of_a_text_moves_its_stops_along(rows: list[tuple[str, Place | None]]) -> None:
    soft = joined(placed(f"\u200b{line}\xad", where or NOWHERE) for line, where in rows)
    text, stops = cleaned(soft)
    places, offset = Places(text, stops), 0
    for line, (_line, where) in zip(text.split("\n"), rows, strict=False):
        assert places.at(offset) == (where or NOWHERE)
        offset += len(line) + 1
    assert text == cleaned(str(soft))[0]


@given(LINES)
def test_stops_survive_json(rows: list[tuple[str, Place | None]]) -> None:
    stops = stops_of(joined(placed(line, where or NOWHERE) for line, where in rows))
    assert from_json(to_json(stops)) == stops


def test_a_table_of_any_length_is_one_stop() -> None:
    text = joined(placed(f"{n}\tFerrand", Place(row=n)) for n in range(1, 5000))
    assert to_json(stops_of(text)) == [[0, 1]]


def test_a_document_of_stops_without_end_is_cut_and_what_follows_stands_nowhere() -> None:
    text, stops = cleaned(joined(placed("x", Place(row=2 * n)) for n in range(1, STOPS_MAX + 50)))
    assert len(stops) == STOPS_MAX
    assert Places(text, stops).at(0) == Place(row=2)
    assert Places(text, stops).at(len(text) - 1) == NOWHERE


def test_a_stop_that_cleaning_would_join_to_what_stands_before_makes_the_map_untrue_and_is_left() -> None:
    assert cleaned(Placed("e\u0301", Stop(0, Place(page=1)), Stop(1, Place(page=2)))) == ("é", ())


def test_a_file_in_a_file_keeps_the_inner_name() -> None:
    text = within(within("x", "inner.csv"), "mail.eml")
    assert stops_of(text) == (Stop(0, Place(file="inner.csv")),)


@settings(max_examples=100, deadline=None)
@given(st.recursive(st.none() | st.integers() | st.text(max_size=3), lambda inner: st.lists(inner, max_size=7)))
def test_whatever_a_process_writes_for_a_map_is_a_map_or_refused(rows: object) -> None:
    try:
        stops = from_json(rows)
    except ValueError:
        return
    assert from_json(to_json(stops)) == stops
