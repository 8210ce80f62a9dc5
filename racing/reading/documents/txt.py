"""Plain text: the encoding is found from the bytes."""

import codecs
import re

from racing.reading.documents.errors import DocumentError

# UTF-32 before UTF-16, whose mark begins like its own.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
#: Characters that no writer types. Bytes that are no text hold about one in eight of them.
_UNTYPED = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f-\x84\x86-\x9f\ufffd]")
_UNTYPED_SHARE = 0.05
#: How much of a document is looked at to tell text from bytes that are none.
_LOOKED_AT = 1 << 16


def extract_txt(data: bytes) -> str:
    """Give the text of a plain text file. Raises DocumentError unknown_format for bytes that are no text."""
    return decode(data)


def decode(data: bytes, declared: str = "") -> str:
    """Give the text of bytes: by their mark, else as strict UTF-8, else as `declared`, else as Windows' Latin-1.

    UTF-16 without a mark is known by its zeros. Raises DocumentError unknown_format where the result is no text.
    """
    text = _by_mark(data) or _by_zeros(data)
    if text is None:
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError:
            # Bytes that are no text are known by their beginning, before all of them are gone through.
            _check(_single_bytes(data[:_LOOKED_AT], declared))
            text = _single_bytes(data, declared)
    _check(text[:_LOOKED_AT])
    return text


def _check(sample: str) -> None:
    if len(_UNTYPED.findall(sample)) > _UNTYPED_SHARE * len(sample):
        raise DocumentError("unknown_format")


def _by_mark(data: bytes) -> str | None:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    return None


def _by_zeros(data: bytes) -> str | None:
    """Western text in UTF-16 has a zero in nearly every second byte."""
    sample = data[:4096]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if odd > len(sample) * 0.3 and even < len(sample) * 0.05:
        return data.decode("utf-16-le", "replace")
    if even > len(sample) * 0.3 and odd < len(sample) * 0.05:
        return data.decode("utf-16-be", "replace")
    return None


def _single_bytes(data: bytes, declared: str) -> str:
    """Every byte means a character here; the five that Windows leaves open become controls, as in Latin-1."""
    if declared:
        try:
            return data.decode(declared)
        # A page may declare anything: LookupError for a name that is none, ValueError for codecs that are not of text.
        except (LookupError, ValueError):
            pass
    text = data.decode("cp1252", "surrogateescape")
    return re.sub("[\udc80-\udcff]", lambda match: chr(ord(match[0]) - 0xDC00), text)
