"""A table inside an article is read as a table, the article as prose, and both make one reading."""

import io

import docx

from racing.reading.reader import read
from racing.terms import FactKind
from tests.documents import papers
from tests.sheets.telling import facts, named, of_file, order

LEAD = (
    "Dimanche à Dijon, Camille Ferrand a remporté la course 2 de la Coupe des Vignes devant Brandl et Keane, "
    "après un départ parfait. "
    "Parti de la pole position, Delmas a longtemps tenu tête à ses rivaux avant de devoir abandonner au dixième tour. "
    "La prochaine manche se tiendra à Magny-Cours, où tous les pilotes ont déjà annoncé leur présence malgré la chaleur."
)
ROWS = [
    ("Pos", "N°", "Pilote", "Équipe", "Écart"),
    ("1", "4", "Camille Ferrand", "Team Ouche", ""),
    ("2", "12", "Otto Brandl", "Écurie Suzon", "+1.204"),
    ("3", "7", "Saoirse Keane", "Team Ouche", "+3.911"),
    ("4", "31", "Rosalind Achterberg", "Écurie Suzon", "+9.400"),
]
PLACES = [(1, "Camille Ferrand"), (2, "Otto Brandl"), (3, "Saoirse Keane"), (4, "Rosalind Achterberg")]


def test_a_table_in_a_page_and_its_article_are_one_reading() -> None:
    rows = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in ROWS)
    text, reading = of_file(
        f"<html><body><main><h1>Course 2</h1><p>{LEAD}</p><table>{rows}</table></main></body></html>".encode()
    )
    assert order(reading) == PLACES
    assert {fact.race for fact in facts(reading)} == {2}
    first = facts(reading)[0]
    assert text[first.evidence[0].start : first.evidence[0].end].split("\t")[:3] == ["1", "4", "Camille Ferrand"]
    assert reading.language == "fr"


def test_a_table_in_a_word_document_is_read_too() -> None:
    document = docx.Document()
    document.add_paragraph(LEAD)
    table = document.add_table(rows=0, cols=5)
    for row in ROWS:
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.text = words
    file = io.BytesIO()
    document.save(file)
    assert order(of_file(file.getvalue())[1]) == PLACES


def test_a_table_in_a_pdf_is_read_too() -> None:
    _, reading = of_file(papers.pdf_table(ROWS, (15, 15, 60, 50, 25)))
    assert order(reading) == PLACES
    assert [fact.gap for fact in facts(reading)] == ["", "1.204", "3.911", "9.400"]


def test_lines_aligned_in_a_text_are_a_table_beside_its_sentences() -> None:
    lines = "\n".join(
        "".join(cell.ljust(width) for cell, width in zip(row, (5, 5, 24, 16, 8), strict=True)) for row in ROWS
    )
    assert order(read(f"Course 2\n\n{LEAD}\n\n{lines}\n")) == PLACES


def test_a_surname_in_the_prose_is_the_person_whom_the_table_names_in_full() -> None:
    table = "\n".join("\t".join(row) for row in ROWS)
    reading = read(f"Course 2\n\n{LEAD}\n\n{table}\n")
    everybody = {name for fact in reading.facts for name in fact.drivers}
    assert not everybody & {"Brandl", "Keane"}
    assert named(reading, FactKind.FINISH) == [name for _, name in PLACES]


def test_a_sentence_about_qualifying_above_a_table_of_the_race_does_not_make_it_one_of_qualifying() -> None:
    table = "\n".join("\t".join(row) for row in ROWS)
    last = "Delmas avait dominé les qualifications du samedi matin, avant la pluie."
    reading = read(f"{LEAD}\n\n{last}\n{table}\n")
    assert order(reading) == PLACES


def test_a_table_that_is_no_classification_is_left_to_the_prose() -> None:
    table = "Jour\tHeure\tSéance\nSamedi\t10:00\tEssais\nDimanche\t14:30\tCourse 2\n"
    assert [fact for fact in read(f"{LEAD}\n\n{table}").facts if fact.recogniser == "sheet"] == []
