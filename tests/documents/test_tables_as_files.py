"""Tables that come as files: CSV, workbooks, OpenDocument."""

import datetime
import io

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from racing.reading.documents import DocumentError, extract, sniff
from tests.documents import papers
from tests.documents.papers import extracted_or_refused


def lines(data: bytes) -> list[str]:
    return extract(data).text.split("\n")


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_table_is_known_whatever_parts_its_cells(sign: str, encoding: str) -> None:
    rows = [["Pos", "Pilote", "Équipe"], ["1", "Zoé Ferrand", "Ouche"], ["2", "Otto Brandl", "Écurie Suzon"]]
    document = extract("\r\n".join(sign.join(row) for row in rows).encode(encoding))
    assert document.format == "csv"
    assert document.text.split("\n") == ["\t".join(row) for row in rows]


def test_signs_and_lines_within_quotes_stay_in_their_cell() -> None:
    data = b'Pos,Team,Drivers\n1,"Hart, Bell & Co.","Otto Brandl\nZoe Ferrand"\n2,"The ""Reds""",Ida Keane\n'
    assert lines(data) == [
        "Pos\tTeam\tDrivers",
        "1\tHart, Bell & Co.\tOtto Brandl / Zoe Ferrand",
        '2\tThe "Reds"\tIda Keane',
    ]


def test_prose_with_commas_is_no_table() -> None:
    prose = "Ferrand wins, Brandl follows, Keane retires.\n" * 5
    assert sniff(prose.encode()) == "txt"
    assert sniff(b"1. Ferrand; 2. Brandl; 3. Keane\nThe race was long.\n") == "txt"


def workbook(*rows: list[object], formats: dict[str, str] | None = None) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for place, form in (formats or {}).items():
        book.active[place].number_format = form
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


@pytest.mark.parametrize(
    ("value", "form", "shown"),
    [
        (98.657 / 86400, "m:ss.000", "1:38.657"),
        (0.07567, "[h]:mm:ss.000", "1:48:57.888"),
        (datetime.time(0, 1, 49, 77000), "m:ss.000", "1:49.077"),
        (datetime.timedelta(hours=25, seconds=1), "[h]:mm:ss", "25:00:01"),
        (2.874, "+0.000", "+2.874"),
        (12.0, "General", "12"),
        (7, "000", "007"),
        (0.5, "0%", "50%"),
        (33.5, "0.0", "33.5"),
        (datetime.datetime(2024, 5, 3), "dd/mm/yyyy", "03/05/2024"),
        (datetime.datetime(2024, 5, 3, 14, 30), "dd/mm/yyyy hh:mm", "03/05/2024 14:30"),
        (True, "General", "TRUE"),
        ("a\nb", "General", "a / b"),
    ],
)
def test_a_value_is_given_as_the_workbook_shows_it(value: object, form: str, shown: str) -> None:
    assert lines(workbook(["x"], [value], formats={"A2": form})) == ["x", shown]


def test_sheets_stand_under_their_names_and_hidden_ones_are_left_out() -> None:
    book = openpyxl.Workbook()
    book.active.title = "Race 1"
    book.active.append([1, None, "Ferrand"])
    book.create_sheet("Race 2").append([2, "Brandl"])
    hidden = book.create_sheet("Secret")
    hidden.append(["Keane"])
    hidden.sheet_state = "hidden"
    book.create_sheet("Empty")
    file = io.BytesIO()
    book.save(file)
    assert lines(file.getvalue()) == ["Race 1", "1\t\tFerrand", "", "Race 2", "2\tBrandl", ""]


def test_a_workbook_with_macros_is_refused_and_a_damaged_one_is_broken() -> None:
    data = workbook(["Pos"], [1])
    for members, code in (
        ({"xl/vbaProject.bin": b"macro"}, "executable"),
        ({"xl/worksheets/sheet1.xml": b"<worksheet"}, "broken"),
        ({"xl/workbook.xml": b"\0\1"}, "broken"),
        ({"xl/worksheets/sheet1.xml": b" " * (100 << 20)}, "zip_bomb"),
    ):
        with pytest.raises(DocumentError) as caught:
            extract(papers.with_members(data, members))
        assert caught.value.code == code


def test_a_sheet_of_a_million_empty_rows_is_not_walked_through() -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "Pos"
    book.active["A1000000"] = "end"
    file = io.BytesIO()
    book.save(file)
    assert lines(file.getvalue()) == ["Pos"]


def test_an_open_document_text_is_read_in_its_order() -> None:
    body = (
        "<text:h>Course 1</text:h><text:p>Ferrand<text:s text:c='2'/>gagne<text:tab/>ici<text:line-break/>et là.</text:p>"
        "<text:tracked-changes><text:p>effacé</text:p></text:tracked-changes>"
        "<text:list><text:list-item><text:p>Brandl</text:p></text:list-item></text:list>"
        "<table:table><table:table-row><table:table-cell><text:p>1</text:p></table:table-cell>"
        "<table:table-cell table:number-columns-repeated='2'/><table:table-cell><text:p>Otto Brandl</text:p>"
        "<text:p>Ida Keane</text:p></table:table-cell></table:table-row></table:table>"
    )
    document = extract(papers.open_document("text", body))
    assert document.format == "odt"
    assert document.text.split("\n") == [
        "Course 1",
        "Ferrand  gagne\tici",
        "et là.",
        "Brandl",
        "1\t\t\tOtto Brandl / Ida Keane",
    ]


def test_numbered_lists_of_an_open_document_show_their_numbers() -> None:
    styles = (
        "<text:list-style style:name='L1'>"
        "<text:list-level-style-number text:level='1' style:num-format='1' text:start-value='4'/>"
        "<text:list-level-style-bullet text:level='2'/></text:list-style>"
    )
    body = (
        "<text:list text:style-name='L1'><text:list-item><text:p>Ferrand</text:p><text:list>"
        "<text:list-item><text:p>Ouche</text:p>"
        "</text:list-item></text:list></text:list-item><text:list-item><text:p>Brandl</text:p></text:list-item></text:list>"
        "<text:list text:style-name='L2'><text:list-item><text:p>Keane</text:p></text:list-item></text:list>"
    )
    document = extract(papers.open_document("text", body, styles=styles))
    assert document.text.split("\n") == ["4. Ferrand", "Ouche", "5. Brandl", "Keane"]


def test_an_open_document_spreadsheet_is_read_by_rows() -> None:
    body = (
        "<table:table table:name='R1'><table:table-row><table:table-cell><text:p>Pos</text:p></table:table-cell>"
        "<table:table-cell><text:p>Best</text:p></table:table-cell></table:table-row>"
        "<table:table-row><table:table-cell office:value='1'/><table:table-cell office:time-value='PT00H01M38.657S'/>"
        "</table:table-row><table:table-row table:number-rows-repeated='1048000'>"
        "<table:table-cell/></table:table-row></table:table>"
    )
    document = extract(papers.open_document("spreadsheet", body))
    assert document.format == "ods"
    assert document.text.split("\n") == ["Pos\tBest", "1\t1:38.657"]


def test_an_open_document_without_a_body_is_broken() -> None:
    with pytest.raises(DocumentError) as caught:
        extract(papers.open_document("spreadsheet", "", body=False))
    assert caught.value.code == "broken"


def test_an_open_document_under_a_password_is_told_so() -> None:
    data = papers.with_members(
        papers.open_document("text", "<text:p>x</text:p>"),
        {"META-INF/manifest.xml": b"<m><manifest:encryption-data/></m>"},
    )
    with pytest.raises(DocumentError) as caught:
        extract(data)
    assert caught.value.code == "encrypted"


def test_entities_of_an_open_document_are_not_followed() -> None:
    body = "<text:p>&secret;</text:p><text:p>Ferrand</text:p>"
    data = papers.open_document("text", body, doctype='<!DOCTYPE x [<!ENTITY secret SYSTEM "secret.txt">]>')
    assert extract(data).text.strip() == "Ferrand"


#: Made once: a workbook tells the second in which it was written.
WHOLE = (
    workbook(["Pos", "Driver"], [1, "Otto Brandl"]),
    papers.open_document("text", "<text:p>Ferrand</text:p>"),
    papers.mail(("text/plain", b"Ferrand wins.")),
    b"Pos,No,Driver\n1,2,Ida Keane\n2,3,Otto Brandl\n",
)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_whatever_is_damaged_in_a_file_there_is_a_text_or_a_document_error(data: st.DataObject) -> None:
    whole = data.draw(st.sampled_from(WHOLE))
    damaged = bytearray(whole)
    for _ in range(data.draw(st.integers(1, 6))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    assert extracted_or_refused(bytes(damaged))
