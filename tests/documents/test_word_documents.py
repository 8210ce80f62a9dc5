"""Word documents: what the page shows, in its order."""

from typing import Any

import docx
import pytest
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

from racing.reading.documents import Document, DocumentError, extract
from tests.documents import papers


def run(text: str) -> Any:
    return parse_xml(f"<w:r {nsdecls('w')}><w:t xml:space='preserve'>{text}</w:t></w:r>")


def test_paragraphs_and_tables_stand_in_their_order() -> None:
    document = docx.Document()
    document.add_heading("Dijon, race 1")
    document.add_paragraph("Ferrand wins.")
    table = document.add_table(rows=2, cols=3)
    for cell, text in zip(table._cells, ["1", "Camille Ferrand", "-", "2", "Otto\nBrandl", "+1.2"], strict=True):
        cell.text = text
    document.add_paragraph("Keane retires.")
    told = "Dijon, race 1\nFerrand wins.\n1\tCamille Ferrand\t-\n2\tOtto Brandl\t+1.2\nKeane retires."
    assert extract(papers.saved(document)) == Document(told, "docx")


def test_a_merged_cell_is_told_once() -> None:
    document = docx.Document()
    table = document.add_table(rows=2, cols=3)
    table.cell(0, 0).merge(table.cell(0, 2)).text = "Not classified"
    for column, text in enumerate(("DNF", "Keane", "12 laps")):
        table.cell(1, column).text = text
    assert extract(papers.saved(document)).text == "Not classified\nDNF\tKeane\t12 laps"


def test_a_merged_cell_covers_its_columns_and_names_below_each_other_are_several() -> None:
    document = docx.Document()
    table = document.add_table(rows=1, cols=4)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "1"
    table.cell(0, 2).text = "Otto Brandl\nIda Keane"
    table.cell(0, 3).text = "Team\nOuche"
    assert extract(papers.saved(document)).text == "1\t\tOtto Brandl / Ida Keane\tTeam Ouche"


def test_a_table_in_a_cell_stands_in_the_cell_s_line() -> None:
    document = docx.Document()
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text = "1"
    inner = table.cell(0, 1).add_table(rows=1, cols=2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "Ferrand", "Brandl"
    assert extract(papers.saved(document)).text == "1\tFerrand Brandl"


def test_numbered_paragraphs_show_their_numbers_and_bullets_none() -> None:
    document = docx.Document()
    for name in ("Ferrand", "Brandl"):
        document.add_paragraph(name, style="List Number")
    document.add_paragraph("Keane retires", style="List Bullet")
    document.add_paragraph("Roux", style="List Number")
    assert extract(papers.saved(document)).text == "1. Ferrand\n2. Brandl\nKeane retires\n3. Roux"


def numbered(document: Any, text: str, number: int, level: int = 0) -> None:
    """Add a paragraph to a list of the document."""
    place = document.add_paragraph(text)._p.get_or_add_pPr().get_or_add_numPr()
    place.get_or_add_ilvl().set(qn("w:val"), str(level))
    place.get_or_add_numId().set(qn("w:val"), str(number))


def test_lists_count_on_by_levels_and_start_again_where_they_say_so() -> None:
    document = docx.Document()
    numbering = document.part.numbering_part.element
    levels = "".join(
        f"<w:lvl w:ilvl='{level}'><w:start w:val='1'/><w:numFmt w:val='decimal'/><w:lvlText w:val='{text}'/></w:lvl>"
        for level, text in enumerate(("Race %1:", "%1.%2)"))
    )
    numbering.append(parse_xml(f"<w:abstractNum {nsdecls('w')} w:abstractNumId='90'>{levels}</w:abstractNum>"))
    restart = "<w:lvlOverride w:ilvl='0'><w:startOverride w:val='7'/></w:lvlOverride>"
    for number, override in ((91, ""), (92, ""), (93, restart)):
        numbering.append(
            parse_xml(f"<w:num {nsdecls('w')} w:numId='{number}'><w:abstractNumId w:val='90'/>{override}</w:num>")
        )
    for text, number, level in (
        ("Dijon", 91, 0),
        ("Ferrand", 91, 1),
        ("Brandl", 91, 1),
        ("Spa", 92, 0),
        ("Keane", 92, 1),
        ("Monza", 93, 0),
        ("Imola", 93, 0),
    ):
        numbered(document, text, number, level)
    assert extract(papers.saved(document)).text.split("\n") == [
        "Race 1: Dijon",
        "1.1) Ferrand",
        "1.2) Brandl",
        "Race 2: Spa",
        "2.1) Keane",
        "Race 7: Monza",
        "Race 8: Imola",
    ]


def test_notes_follow_at_the_end() -> None:
    document = docx.Document()
    document.add_paragraph("Ferrand wins.")
    xml = (
        f"<w:footnotes {nsdecls('w')}><w:footnote w:type='separator' w:id='-1'><w:p><w:r><w:t>-</w:t></w:r></w:p></w:footnote>"
        "<w:footnote w:id='1'><w:p><w:r><w:t>Keane: 5 seconds for contact.</w:t></w:r></w:p></w:footnote></w:footnotes>"
    )
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    part = Part(PackURI("/word/footnotes.xml"), kind, xml.encode(), document.part.package)
    document.part.relate_to(part, "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes")
    assert extract(papers.saved(document)).text == "Ferrand wins.\nKeane: 5 seconds for contact."


def test_links_line_breaks_and_special_characters_are_text() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("Won by ")
    link = OxmlElement("w:hyperlink")
    link.append(run("Jean"))
    paragraph._p.append(link)
    last = paragraph.add_run("")
    last._r.append(OxmlElement("w:noBreakHyphen"))
    last.add_text("Luc")
    last.add_break()
    last.add_text("at Dijon")
    assert extract(papers.saved(document)).text == "Won by Jean-Luc\nat Dijon"


def test_insertions_count_and_deletions_do_not() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("Ferrand is ")
    inserted, deleted, moved = OxmlElement("w:ins"), OxmlElement("w:del"), OxmlElement("w:moveFrom")
    inserted.append(run("first"))
    deleted.append(parse_xml(f"<w:r {nsdecls('w')}><w:delText>second</w:delText></w:r>"))
    moved.append(run("third"))
    for change in (inserted, deleted, moved):
        paragraph._p.append(change)
    assert extract(papers.saved(document)).text == "Ferrand is first"


def test_what_stands_in_a_content_control_is_told_in_its_place() -> None:
    document = docx.Document()
    title = document.add_paragraph("Dijon, race 1")._p
    document.add_paragraph("Ferrand wins.")
    control, content = OxmlElement("w:sdt"), OxmlElement("w:sdtContent")
    title.addprevious(control)
    content.append(title)
    control.append(content)
    assert extract(papers.saved(document)).text == "Dijon, race 1\nFerrand wins."


def test_a_box_of_text_is_told_once() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("Ferrand wins.")
    namespaces = (
        f"{nsdecls('w')} xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006' "
        "xmlns:v='urn:schemas-microsoft-com:vml'"
    )
    box = "<w:txbxContent><w:p><w:r><w:t>Fastest lap: Brandl</w:t></w:r></w:p></w:txbxContent>"
    paragraph._p.append(
        parse_xml(
            f"<w:r {namespaces}><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing>{box}</w:drawing></mc:Choice>"
            f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
        )
    )
    assert extract(papers.saved(document)).text == "Ferrand wins.\nFastest lap: Brandl"


def test_heads_and_feet_of_the_pages_are_left_out() -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "Press office"
    document.sections[0].footer.paragraphs[0].text = "page 1"
    document.add_paragraph("Ferrand wins.")
    assert extract(papers.saved(document)).text == "Ferrand wins."


@pytest.mark.parametrize(
    "xml", [b"", b"<w:document", b"<html/>", b"\0" * 100, b'<?xml version="1.0"?><document xmlns="x"/>']
)
def test_a_document_whose_heart_is_damaged_is_broken(xml: bytes) -> None:
    with pytest.raises(DocumentError) as caught:
        extract(papers.word_with({"word/document.xml": xml}))
    assert caught.value.code in ("broken", "no_text")


def test_a_document_without_words_has_no_text() -> None:
    with pytest.raises(DocumentError) as caught:
        extract(papers.word())
    assert caught.value.code == "no_text"


def test_a_list_that_points_nowhere_shows_no_numbers() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("Ferrand", style="List Number")
    number = paragraph._p.get_or_add_pPr().get_or_add_numPr().get_or_add_numId()
    number.set(qn("w:val"), "999")
    assert extract(papers.saved(document)).text == "Ferrand"
