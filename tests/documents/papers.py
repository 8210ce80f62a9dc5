"""Documents made for tests, good and bad."""

import io
import zipfile
from collections.abc import Sequence

import docx
from fpdf import FPDF
from pypdf import PdfReader, PdfWriter

from racing.reading.documents import DocumentError, extract

WIN = "Camille Ferrand gagne la course 1 devant Otto Brandl et Saoirse Keane."


def pdf(
    *paragraphs: str, width: float = 0, align: str = "L", head: str = "", foot: str = "", height: float = 297
) -> bytes:
    """Give a PDF of paragraphs in 11 points; `width` is the column's in mm, `head` and `foot` stand on every page."""

    class Paper(FPDF):
        def header(self) -> None:
            if head:
                self.set_font("Helvetica", size=8)
                self.cell(0, 8, head.replace("#", str(self.page_no())), new_x="LMARGIN", new_y="NEXT")

        def footer(self) -> None:
            if foot:
                self.set_y(-12)
                self.set_font("Helvetica", size=8)
                self.cell(0, 8, foot.replace("#", str(self.page_no())))

    paper = Paper(format=(210, height))
    paper.add_page()
    for paragraph in paragraphs:
        paper.set_font("Helvetica", size=11)
        paper.multi_cell(width, 5, paragraph, align=align, new_x="LMARGIN", new_y="NEXT")
        paper.ln(4)
    return bytes(paper.output())


def pdf_table(rows: Sequence[Sequence[str]], widths: Sequence[float]) -> bytes:
    """Give a PDF with one ruled table; widths in mm."""
    paper = FPDF()
    paper.add_page()
    paper.set_font("Helvetica", size=10)
    for row in rows:
        for cell, width in zip(row, widths, strict=True):
            paper.cell(width, 6, cell, border=1)
        paper.ln()
    return bytes(paper.output())


def pdf_columns(left: Sequence[str], right: Sequence[str]) -> bytes:
    """Give a page of two columns, each given line by line."""
    paper = FPDF()
    paper.add_page()
    paper.set_font("Helvetica", size=11)
    for x, lines in ((15, left), (110, right)):
        for number, line in enumerate(lines):
            paper.text(x, 30 + 5 * number, line)
    return bytes(paper.output())


def pdf_drawing(stream: bytes, packed: bytes = b"") -> bytes:
    """Give a PDF of one page that is drawn by a stream, or by one that was packed before (Flate)."""
    content, extra = (packed, b"/Filter/FlateDecode") if packed else (stream, b"")
    font = b"<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>"
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources" + font + b">>",
        b"<</Length %d%s>>\nstream\n%s\nendstream" % (len(content), extra, content),
    )
    data, places = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer\n<</Size 5/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % len(data)
    return data + b"xref\n0 5\n" + table + end


def scanned_pdf() -> bytes:
    """Give a PDF whose pages show a picture and no letter."""
    picture = io.BytesIO()
    # Pillow comes with fpdf2.
    from PIL import Image  # noqa: PLC0415

    Image.effect_noise((200, 280), 60).save(picture, "PNG")
    paper = FPDF()
    paper.add_page()
    paper.image(picture, 0, 0, 210, 297)
    return bytes(paper.output())


def encrypted_pdf() -> bytes:
    """Give a PDF that opens with a password only."""
    writer = PdfWriter(PdfReader(io.BytesIO(pdf(WIN))))
    writer.encrypt("secret", algorithm="RC4-128")
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def word(*paragraphs: str) -> bytes:
    """Give a DOCX of paragraphs."""
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    return saved(document)


def saved(document: docx.document.Document) -> bytes:
    """Give a document's file."""
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def word_with(members: dict[str, bytes]) -> bytes:
    """Give a DOCX with more members, or other ones of the same name, in its zip."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(word(WIN))) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            if info.filename not in members:
                new.writestr(info, old.read(info))
        for name, content in members.items():
            new.writestr(name, content)
    return file.getvalue()


def bomb(size: int = 100 << 20) -> bytes:
    """Give a DOCX that would unpack to so many bytes."""
    return word_with({"word/document.xml": b" " * size})


def packed(**members: bytes) -> bytes:
    """Give a zip that is no document."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as new:
        for name, content in members.items():
            new.writestr(name, content)
    return file.getvalue()


def with_members(data: bytes, members: dict[str, bytes]) -> bytes:
    """Give a zip with more members, or other ones of the same name."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            if info.filename not in members:
                new.writestr(info, old.read(info))
        for name, content in members.items():
            new.writestr(name, content)
    return file.getvalue()


def open_document(kind: str, content: str, *, doctype: str = "", body: bool = True, styles: str = "") -> bytes:
    """Give an OpenDocument file of a kind ("text", "spreadsheet") with this in its body."""
    names = "urn:oasis:names:tc:opendocument:xmlns:"
    spaces = " ".join(f'xmlns:{short}="{names}{short}:1.0"' for short in ("office", "text", "table", "style"))
    inner = f"<office:body><office:{kind}>{content}</office:{kind}></office:body>" if body else ""
    inner = f"<office:automatic-styles>{styles}</office:automatic-styles>{inner}"
    xml = f'<?xml version="1.0" encoding="UTF-8"?>{doctype}<office:document-content {spaces}>{inner}</office:document-content>'
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as new:
        new.writestr("mimetype", f"application/vnd.oasis.opendocument.{kind}")
        new.writestr("content.xml", xml, zipfile.ZIP_DEFLATED)
    return file.getvalue()


def mail(*parts: tuple[str, bytes]) -> bytes:
    """Give a mail of parts, each with its type; what is no text is attached."""
    data = (
        b"From: a@b.example\r\nSubject: Course 1\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=%d\r\n"
    )
    mark = sum(len(content) for _, content in parts)
    data %= mark
    for kind, content in parts:
        head = "" if kind.startswith("text/") else "\r\nContent-Disposition: attachment; filename=part"
        data += b"\r\n--%d\r\nContent-Type: " % mark + f"{kind}{head}\r\n\r\n".encode() + content
    return data + b"\r\n--%d--\r\n" % mark


def extracted_or_refused(data: bytes) -> str:
    """Give the text of a document, or the code for which it cannot be read; anything else is raised."""
    try:
        return extract(data).text
    except DocumentError as error:
        return error.code


def turned(data: bytes, angle: int) -> bytes:
    """Give a PDF whose pages are shown turned by so many degrees."""
    writer = PdfWriter(clone_from=io.BytesIO(data))
    for page in writer.pages:
        page.rotate(angle)
        page.transfer_rotation_to_content()
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def pdf_placed(*pages: Sequence[tuple[float, float, str]], size: float = 8) -> bytes:
    """Give a PDF in landscape with words at places: (from the left, from the top, words), in mm."""
    paper = FPDF(orientation="L")
    for words in pages:
        paper.add_page()
        paper.set_font("Helvetica", size=size)
        for x, y, text in words:
            paper.text(x, y, text)
    return bytes(paper.output())
