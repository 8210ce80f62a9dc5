"""A PDF: its text as lines with their places on the page, in the order in which it was written.

PDFium gives reading order and finds blanks between letters; it may be used by one thread at a time.
"""

import ctypes
import math
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import mode

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from racing.reading.documents.errors import DocumentError
from racing.reading.documents.lines import Line
from racing.reading.documents.paragraphs import flow

PAGES_MAX = 2_000
#: More characters than any report; the exact limit is the caller's.
_CHARACTERS_MAX = 2_000_000
#: A gap between two letters wider than this, in sizes of the type, parts two cells of a table.
_CELL_GAP = 1.5
#: Letters raised or lowered by less than this, in sizes of the type, stand on the same line ("1er").
_RAISED = 0.5
#: A gap narrower than any blank.
_TOUCHING = 0.1
#: PDFium's sign for a hyphen that ends a line inside a word.
_HYPHEN = "\x02"
#: More than this share of letters without a meaning: the PDF does not tell what its shapes stand for.
_NAMELESS_SHARE = 0.3


def extract_pdf(data: bytes) -> str:
    """Give the text of a PDF, a line for each paragraph and row of a table, without running heads and page numbers.

    A PDF that holds only pictures, or letters without a meaning, gives "". Raises DocumentError encrypted, broken or
    too_long.
    """
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        code = "encrypted" if error.err_code in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY) else "broken"
        raise DocumentError(code) from error
    with document:
        if len(document) > PAGES_MAX:
            raise DocumentError("too_long", str(len(document)))
        text = flow(list(_all_lines(document)))
    return "" if is_nameless(text) else text


def is_nameless(text: str) -> bool:
    """Fonts may come without the names of their letters; then areas for private use, or nothing, stand in their place."""
    nameless = sum("\ue000" <= letter <= "\uf8ff" or letter == "\ufffd" or letter < "\t" for letter in text)
    return nameless > _NAMELESS_SHARE * len(text)


def _all_lines(document: pdfium.PdfDocument) -> Iterator[Line]:
    characters = 0
    for number in range(len(document)):
        try:
            page = document[number]
            text = page.get_textpage()
        except pdfium.PdfiumError as error:
            # Reading the other pages as if they were all would lose results in silence.
            raise DocumentError("broken", str(number + 1)) from error
        characters += text.count_chars()
        if characters > _CHARACTERS_MAX:
            raise DocumentError("too_long", str(characters))
        yield from _page_lines(text, number)
        text.close()
        page.close()


@dataclass(frozen=True, slots=True)
class _Letter:
    """A letter's edges and base line in points, seen so that it stands upright; `turn` counts quarters of a turn."""

    sign: str
    left: float
    right: float
    base: float
    size: float
    turn: int


def _page_lines(text: pdfium.PdfTextPage, page: int) -> Iterator[Line]:
    """Give the lines of a page. The end of a line shows by the place of the next letter; cells are parted by tabs."""
    letters: list[_Letter] = []
    written = ""
    for index in range(text.count_chars()):
        sign = chr(raw.FPDFText_GetUnicode(text, index))
        if sign.isspace() or sign == "\0":
            written += " "
            continue
        letter = _letter(text, index, sign)
        if letters and _is_elsewhere(letters, letter):
            yield _line(letters, written, page)
            letters, written = [], ""
        if letters:
            written = written.rstrip() + _between(letters[-1], letter, written)
        written += "-" if sign == _HYPHEN else sign
        letters.append(letter)
    if letters:
        yield _line(letters, written, page)


def _between(last: _Letter, letter: _Letter, written: str) -> str:
    """Give what stands between two letters of a line: a tab, a blank or nothing."""
    gap = (letter.left - last.right) / (letter.size or 1)
    if gap > _CELL_GAP:
        return "\t"
    # PDFium sets a blank before letters that are raised.
    raised = abs(letter.base - last.base) > 0.1 * letter.size
    return " " if written.endswith(" ") and not (raised and gap < _TOUCHING) else ""


def _is_elsewhere(line: list[_Letter], letter: _Letter) -> bool:
    first, last = line[0], line[-1]
    off = abs(letter.base - first.base) > _RAISED * max(letter.size, last.size)
    return off or letter.turn != last.turn or letter.left < last.right - 2 * letter.size


def _line(letters: list[_Letter], written: str, page: int) -> Line:
    text = "\t".join(" ".join(cell.split()) for cell in written.strip().split("\t"))
    first_word = letters[: len(text.split(maxsplit=1)[0])]
    return Line(
        text=text,
        page=page,
        left=letters[0].left,
        right=max(letter.right for letter in letters),
        base=mode(round(letter.base, 1) for letter in letters),
        size=mode(round(letter.size, 1) for letter in letters),
        first_word=first_word[-1].right - first_word[0].left,
    )


def _letter(text: pdfium.PdfTextPage, index: int, sign: str) -> _Letter:
    x, y = ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetCharOrigin(text, index, x, y)
    box = raw.FS_RECTF()
    raw.FPDFText_GetLooseCharBox(text, index, box)
    turn = round(raw.FPDFText_GetCharAngle(text, index) / (math.pi / 2)) % 4
    low, high = sorted((box.bottom, box.top))
    if turn == 1:
        return _Letter(sign, -high, -low, x.value, box.right - box.left, turn)
    if turn == 2:
        return _Letter(sign, -box.right, -box.left, -y.value, high - low, turn)
    if turn == 3:
        return _Letter(sign, low, high, -x.value, box.right - box.left, turn)
    return _Letter(sign, box.left, box.right, y.value, high - low, turn)
