"""A PDF: its text as lines with their places on the page, in the order in which it was written.

PDFium gives reading order and finds blanks between letters; it may be used by one thread at a time.
"""

import ctypes
from collections.abc import Iterator
from statistics import mode

import pypdfium2 as pdfium  # type: ignore[import-untyped]
import pypdfium2.raw as raw  # type: ignore[import-untyped]

from racing.reading.documents.errors import DocumentError
from racing.reading.documents.paragraphs import Line, flow

PAGES_MAX = 2_000
#: More characters than any report; the exact limit is the caller's.
_CHARACTERS_MAX = 4_000_000
#: A gap between two letters wider than this, in sizes of the type, parts two cells of a table.
_CELL_GAP = 1.5
#: PDFium's sign for a hyphen that ends a line inside a word.
_HYPHEN = "\x02"


def extract_pdf(data: bytes) -> str:
    """Give the text of a PDF, a line for each paragraph and row of a table, without running heads and page numbers.

    A PDF that holds only pictures gives "". Raises DocumentError encrypted, broken or too_long.
    """
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        code = "encrypted" if error.err_code in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY) else "broken"
        raise DocumentError(code) from error
    with document:
        if len(document) > PAGES_MAX:
            raise DocumentError("too_long", str(len(document)))
        return flow(list(_all_lines(document)))


def _all_lines(document: pdfium.PdfDocument) -> Iterator[Line]:
    characters = 0
    failed = 0
    for number in range(len(document)):
        try:
            page = document[number]
            text = page.get_textpage()
        except pdfium.PdfiumError:
            failed += 1
            continue
        characters += text.count_chars()
        if characters > _CHARACTERS_MAX:
            raise DocumentError("too_long", str(characters))
        yield from _page_lines(text, number)
        text.close()
        page.close()
    if failed:
        # Reading the rest as if it were all would lose results in silence.
        raise DocumentError("broken", str(failed))


class _Letters:
    """The letters of a line while it is gathered."""

    def __init__(self) -> None:
        self.text = ""
        self.lefts: list[float] = []
        self.rights: list[float] = []
        self.bases: list[float] = []
        self.sizes: list[float] = []
        self.first_word_right: float | None = None

    def add(self, letter: str, box: tuple[float, float, float, float]) -> None:
        """Add a letter with its left, right, base line and size; a wide gap before it becomes a tab."""
        left, right, base, size = box
        if self.rights and left - self.rights[-1] > _CELL_GAP * size:
            self.text = self.text.rstrip(" ") + "\t"
        if self.text and self.text[-1] in " \t" and self.first_word_right is None:
            self.first_word_right = self.rights[-1]
        self.text += letter
        self.lefts.append(left)
        self.rights.append(right)
        self.bases.append(base)
        self.sizes.append(size)

    def blank(self) -> None:
        if self.text and self.text[-1] not in " \t":
            self.text += " "

    def line(self, page: int) -> Line:
        """Give the finished line; raised letters ("1er") do not count for its base line."""
        first_right = self.first_word_right if self.first_word_right is not None else max(self.rights)
        return Line(
            text=self.text.strip(),
            page=page,
            left=self.lefts[0],
            right=max(self.rights),
            base=mode(round(base, 1) for base in self.bases),
            size=mode(round(size, 1) for size in self.sizes),
            first_word=first_right - self.lefts[0],
        )


def _page_lines(text: pdfium.PdfTextPage, page: int) -> Iterator[Line]:
    """Give the lines of a page. Cells that stand on one base line, one after the other, are one line parted by tabs."""
    waiting: Line | None = None
    for line in _raw_lines(text, page):
        if waiting and abs(waiting.base - line.base) < 1 and line.left >= waiting.right - 1:
            waiting = waiting.beside(line)
            continue
        if waiting:
            yield waiting
        waiting = line
    if waiting:
        yield waiting


def _raw_lines(text: pdfium.PdfTextPage, page: int) -> Iterator[Line]:
    """Give the lines as PDFium parts them, and part those that it has joined at a hyphen."""
    letters = _Letters()
    for index in range(text.count_chars()):
        letter = chr(raw.FPDFText_GetUnicode(text, index))
        if letter in "\r\n" or (letters.text.endswith(_HYPHEN) and letter != _HYPHEN):
            if letters.rights:
                yield _with_hyphen(letters.line(page))
            letters = _Letters()
        if letter in "\r\n":
            continue
        if letter.isspace() or letter == "\0":
            letters.blank()
        else:
            letters.add(letter, _box(text, index))
    if letters.rights:
        yield _with_hyphen(letters.line(page))


def _with_hyphen(line: Line) -> Line:
    return line.saying(line.text.replace(_HYPHEN, "-")) if _HYPHEN in line.text else line


def _box(text: pdfium.PdfTextPage, index: int) -> tuple[float, float, float, float]:
    """Give a letter's left and right edge, base line and size, all in points."""
    x, y = ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetCharOrigin(text, index, x, y)
    box = raw.FS_RECTF()
    raw.FPDFText_GetLooseCharBox(text, index, box)
    return box.left, box.right, y.value, abs(box.top - box.bottom)
