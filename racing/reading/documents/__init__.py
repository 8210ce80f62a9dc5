"""A document to text: what it is (by content), what it says (in reading order), or a code that says why not."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

from racing.reading.documents.cleaning import clean
from racing.reading.documents.errors import DocumentError
from racing.reading.documents.places import Stop, cleaned
from racing.reading.documents.sniffing import sniff

__all__ = ["FORMATS", "MAX_CHARACTERS", "Document", "DocumentError", "clean", "extract", "sniff"]

#: Formats, each read by the function `extract_<format>` of the module of that name: bytes in, text out, with its places
#: (`racing.reading.documents.places`) where the format has any.
FORMATS = ("txt", "csv", "html", "pdf", "docx", "xlsx", "odt", "ods", "eml")
MAX_CHARACTERS = 1_000_000


@dataclass(frozen=True, slots=True)
class Document:
    """What a document says. `text` is in NFC with "\\n" between lines; `format` is one of FORMATS; `stops` say where in the
    document the text stands."""

    text: str
    format: str
    stops: tuple[Stop, ...] = ()


def extract(data: bytes, max_characters: int = MAX_CHARACTERS) -> Document:
    """Take the text out of a document.

    Paragraphs, headings, items of a list and rows of a table are a line each, the cells of a row parted by tabs.
    Raises DocumentError where there is nothing to read or more than `max_characters`. Libraries for documents are not
    safe from hostile ones: the product calls this in a process of its own (`racing.sandbox`).
    """
    kind = sniff(data)
    text, stops = cleaned(_extractor(kind)(data))
    if not text.strip():
        raise DocumentError("empty" if kind == "txt" else "no_text")
    if len(text) > max_characters:
        raise DocumentError("too_long", str(len(text)))
    return Document(text, kind, stops)


def _extractor(kind: str) -> Callable[[bytes], str]:
    # Imported when needed: a library for one format costs more time than reading a report in another.
    module = import_module(f"racing.reading.documents.{kind}")
    extractor: Callable[[bytes], str] = getattr(module, f"extract_{kind}")
    return extractor
