"""A PDF: its text as lines with their places on the page, in the order in which it was written.

PDFium gives reading order and finds blanks between letters; it may be used by one thread at a time.
"""

import ctypes
import math
from collections.abc import Iterator
from itertools import pairwise
from statistics import mode
from typing import NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from racing.reading.documents.errors import DocumentError
from racing.reading.documents.lines import Line, Piece
from racing.reading.documents.pagetables import with_tables
from racing.reading.documents.paragraphs import flow

PAGES_MAX = 2_000
#: More characters than any report; the exact limit is the caller's.
_CHARACTERS_MAX = 1_500_000
#: A gap between two letters wider than this, in sizes of the type, parts two cells of a table.
_CELL_GAP = 1.5
#: And wider than this, two cells of what is known to be a table; words of justified text stand so far apart too.
_PIECE_GAP = 0.7
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
        text = flow(with_tables(list(_all_lines(document))))
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
        yield from _downwards(list(_page_lines(text, number)))
        text.close()
        page.close()


class _Letter(NamedTuple):
    """A letter's edges and base line in points, seen so that it stands upright; `turn` counts quarters of a turn."""

    left: float
    right: float
    base: float
    size: float
    turn: int


class _Letters:
    """Where the letters of a page are."""

    def __init__(self, text: pdfium.PdfTextPage) -> None:
        self._page = text.raw
        # One of each for all letters: a page may have a hundred thousand.
        self._x, self._y, self._box = ctypes.c_double(), ctypes.c_double(), raw.FS_RECTF()

    def turn(self, index: int) -> int:
        """Give by how many quarters of a turn a letter is turned."""
        angle: float = raw.FPDFText_GetCharAngle(self._page, index)
        return round(angle / (math.pi / 2)) % 4

    def at(self, index: int, turn: int) -> _Letter:
        """Give a letter that is turned so."""
        raw.FPDFText_GetCharOrigin(self._page, index, self._x, self._y)
        raw.FPDFText_GetLooseCharBox(self._page, index, self._box)
        box, x, y = self._box, self._x.value, self._y.value
        left, right, low, high = box.left, box.right, min(box.bottom, box.top), max(box.bottom, box.top)
        if turn == 1:
            return _Letter(-high, -low, x, right - left, turn)
        if turn == 2:
            return _Letter(-right, -left, -y, high - low, turn)
        if turn == 3:
            return _Letter(low, high, -x, right - left, turn)
        return _Letter(left, right, y, high - low, turn)


def _page_lines(text: pdfium.PdfTextPage, page: int) -> Iterator[Line]:
    """Give the lines of a page. The end of a line shows by the place of the next letter; cells are parted by tabs."""
    places = _Letters(text)
    line: list[_Letter] = []
    written: list[str] = []
    blank, new_word, turn = True, True, 0
    for index in range(text.count_chars()):
        sign = chr(raw.FPDFText_GetUnicode(text.raw, index))
        if sign.isspace() or sign == "\0":
            blank = new_word = True
            continue
        # A word goes one way; only at its beginning may another way begin.
        if new_word:
            turn = places.turn(index)
        letter = places.at(index, turn)
        if line and _is_elsewhere(line, letter):
            yield _line(line, "".join(written), page)
            line, written = [], []
        if line:
            written.append(_between(line[-1], letter, blank))
        written.append("-" if sign == _HYPHEN else sign)
        line.append(letter)
        blank, new_word = False, sign == _HYPHEN
    if line:
        yield _line(line, "".join(written), page)


def _downwards(lines: list[Line]) -> list[Line]:
    """Give a page's lines from its head to its foot: PDFium may give turned ones the other way round."""
    turned = [line for line in lines if line.turn]
    steps = [below.base - above.base for above, below in pairwise(turned) if below.turn == above.turn]
    upwards = sum(step > 0 for step in steps)
    if upwards <= len(steps) - upwards - sum(step == 0 for step in steps):
        return lines
    order = iter(reversed(turned))
    return [next(order) if line.turn else line for line in lines]


def _between(last: _Letter, letter: _Letter, blank: bool) -> str:
    """Give what stands between two letters of a line: a tab, a blank or nothing."""
    gap = (letter.left - last.right) / (letter.size or 1)
    if gap > _CELL_GAP:
        return "\t"
    # PDFium sets a blank before letters that are raised.
    raised = abs(letter.base - last.base) > 0.1 * letter.size
    return " " if blank and not (raised and gap < _TOUCHING) else ""


def _is_elsewhere(line: list[_Letter], letter: _Letter) -> bool:
    first, last = line[0], line[-1]
    off = abs(letter.base - first.base) > _RAISED * max(letter.size, last.size)
    return off or letter.turn != last.turn or letter.left < last.right - 2 * letter.size


def _line(letters: list[_Letter], text: str, page: int) -> Line:
    first_word = letters[: len(text.split(maxsplit=1)[0])]
    return Line(
        text=text,
        page=page,
        left=letters[0].left,
        right=max(letter.right for letter in letters),
        base=mode(round(letter.base, 1) for letter in letters),
        size=mode(round(letter.size, 1) for letter in letters),
        first_word=first_word[-1].right - first_word[0].left,
        pieces=tuple(_pieces(letters, text)),
        turn=letters[0].turn,
    )


def _pieces(letters: list[_Letter], text: str) -> Iterator[Piece]:
    """Give the pieces of a line between its wider blanks; every sign that is no blank is a letter."""
    words: list[str] = []
    own: list[_Letter] = []
    at = 0
    for word in text.split():
        new = letters[at : at + len(word)]
        at += len(word)
        if own and new[0].left - own[-1].right > _PIECE_GAP * (new[0].size or 1):
            yield _piece(words, own)
            words, own = [], []
        words.append(word)
        own += new
    if own:
        yield _piece(words, own)


def _piece(words: list[str], letters: list[_Letter]) -> Piece:
    return Piece(" ".join(words), min(letter.left for letter in letters), max(letter.right for letter in letters))
