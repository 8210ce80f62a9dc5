"""Make the sample season's PDF and DOCX from their typescripts: python scripts/demo_documents.py

The files lie beside the other reports and are committed; the same typescript always gives the same bytes.
"""

import io
import zipfile
from datetime import UTC, datetime
from pathlib import Path

from docx import Document
from fpdf import FPDF

DEMO = Path(__file__).resolve().parent.parent / "racing" / "demo"
WRITTEN_ON = datetime(2026, 6, 7, 18, 0, tzinfo=UTC)
PDF_FROM = ("05-spa-communique",)
DOCX_FROM = ("09-magny-cours-communique",)
#: The first lines are the letterhead, the date and the headline.
HEADINGS = ("Course 1", "Course 2", "Résultats", "Résultats du Trophée des Volcans")


def paragraphs(name: str) -> list[str]:
    """Give a typescript's paragraphs; a paragraph may have several lines."""
    return (DEMO / "typescripts" / f"{name}.txt").read_text(encoding="utf-8").strip().split("\n\n")


class Letter(FPDF):
    """A press release on A4, with the series' name on top of every page and the page's number below."""

    def header(self) -> None:
        self.set_font("helvetica", "B", 9)
        self.cell(0, 8, "Trophée des Volcans - Service de presse", align="R", new_x="LMARGIN", new_y="NEXT")
        self.ln(6)

    def footer(self) -> None:
        self.set_y(-15)
        self.set_font("helvetica", size=8)
        self.cell(0, 8, f"Page {self.page_no()}", align="C")


def write_pdf(name: str) -> Path:
    """Print a typescript as a PDF with the fonts that every reader of PDF has."""
    pdf = Letter(format="A4")
    pdf.set_creation_date(WRITTEN_ON)
    pdf.set_title(paragraphs(name)[1])
    pdf.add_page()
    for number, paragraph in enumerate(paragraphs(name)):
        first, _, rest = paragraph.partition("\n")
        heads = number == 1 or first in HEADINGS
        pdf.set_font("helvetica", "B" if heads else "", 13 if number == 1 else 10)
        pdf.multi_cell(0, 5, first, new_x="LMARGIN", new_y="NEXT", align="L")
        if rest:
            pdf.set_font("helvetica", size=10)
            pdf.multi_cell(0, 5, rest, new_x="LMARGIN", new_y="NEXT", align="L")
        pdf.ln(5)
    path = DEMO / "reports" / f"{name}.pdf"
    pdf.output(str(path))
    return path


def write_docx(name: str) -> Path:
    """Write a typescript as a Word document."""
    document = Document()
    document.core_properties.created = document.core_properties.modified = WRITTEN_ON
    document.core_properties.author = "Service de presse"
    for number, paragraph in enumerate(paragraphs(name)):
        lines = paragraph.split("\n")
        if number == 1 or lines[0] in HEADINGS:
            document.add_heading(lines.pop(0), level=1 if number == 1 else 2)
        for line in lines:
            document.add_paragraph(line)
    unstamped = io.BytesIO()
    document.save(unstamped)
    path = DEMO / "reports" / f"{name}.docx"
    with zipfile.ZipFile(unstamped) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for part in source.infolist():
            stamped = zipfile.ZipInfo(part.filename, (2026, 9, 6, 18, 0, 0))
            target.writestr(stamped, source.read(part.filename), zipfile.ZIP_DEFLATED)
    return path


if __name__ == "__main__":
    for written in (*map(write_pdf, PDF_FROM), *map(write_docx, DOCX_FROM)):
        print(written.relative_to(DEMO.parent.parent), written.stat().st_size)
