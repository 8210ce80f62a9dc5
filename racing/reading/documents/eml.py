"""A mail: its subject and date, its body, and what is attached to it (RFC 5322, RFC 2045 to 2049)."""

import email
import email.policy
import re
from collections.abc import Iterator
from email.message import EmailMessage

from racing.reading.documents.errors import DocumentError
from racing.reading.documents.html import extract_html
from racing.reading.documents.places import Placed, joined, lines_of, within
from racing.reading.documents.txt import decode

#: Mails in mails go so deep at most, and a mail has so many parts.
_DEPTH_MAX, _PARTS_MAX = 4, 100
#: What all attachments together may say; the exact limit is the caller's.
_CHARACTERS_MAX = 1_500_000


def extract_eml(data: bytes, depth: int = 0) -> str:
    """Give what a mail says: the subject, the date, the body, and each attachment that can be read, under its name.

    What cannot be read is named in brackets. `depth` counts the mails that this one was attached to. Raises DocumentError
    broken for a mail whose form cannot be understood, encrypted for one that is, too_long.
    """
    text = joined(_Mail(depth).lines(_parsed(data), depth))
    if len(text) > _CHARACTERS_MAX:
        raise DocumentError("too_long", str(len(text)))
    return text


def _extract(data: bytes, depth: int) -> str:
    """Give what an attachment says. Raises DocumentError."""
    # Imported when needed: this module is one of those that the package reads with.
    from racing.reading.documents import extract, sniff  # noqa: PLC0415

    if sniff(data) != "eml":
        document = extract(data, _CHARACTERS_MAX)
        return Placed(document.text, *document.stops)
    if depth >= _DEPTH_MAX:
        raise DocumentError("too_long")
    return extract_eml(data, depth + 1)


def _parsed(data: bytes) -> EmailMessage:
    try:
        message = email.message_from_bytes(data.lstrip(b"\xef\xbb\xbf\r\n"), policy=email.policy.default)
    # The parser is meant to raise nothing, and has raised all of these on hostile mails.
    except (ValueError, LookupError, IndexError, AttributeError, TypeError, RecursionError) as error:
        raise DocumentError("broken", type(error).__name__) from error
    return message


class _Mail:
    """Reads a mail's parts, so many at most."""

    def __init__(self, depth: int) -> None:
        self.depth = depth
        self.parts = 0
        self.characters = 0

    def lines(self, message: EmailMessage, depth: int) -> Iterator[str]:
        """Give the lines of a mail; one in it comes in its place."""
        subject = re.sub(r"^(?:(?:re|fwd?|tr|aw|wg|rif|i|rv|enc)\s*:\s*)+", "", _head(message, "subject"), flags=re.I)
        if subject:
            yield subject
        if date := _date(message):
            yield date
        yield from self.part(message, depth)

    def part(self, part: EmailMessage, depth: int) -> Iterator[str]:
        """Give the lines of a part and of those in it; of alternatives the one that keeps tables."""
        self.parts += 1
        if self.parts > _PARTS_MAX or depth > 10 * _DEPTH_MAX:
            return
        kind = part.get_content_type()
        if kind == "multipart/encrypted":
            raise DocumentError("encrypted")
        children = (
            [child for child in part.get_payload() if isinstance(child, EmailMessage)] if part.is_multipart() else []
        )
        if kind == "message/rfc822":
            for child in children if depth < _DEPTH_MAX else []:
                yield from ["", *self.lines(child, depth + 1)]
        elif kind == "multipart/alternative":
            yield from self.alternative(children, depth)
        elif children:
            for child in children:
                yield from self.part(child, depth + 1)
        elif not part.is_multipart():
            yield from self.leaf(part)

    def alternative(self, children: list[EmailMessage], depth: int) -> Iterator[str]:
        """Give the HTML of a mail, unless it says much less than its plain text."""
        told = [list(self.part(child, depth + 1)) for child in children]
        kinds = [child.get_content_type() for child in children]
        plain = next((lines for kind, lines in zip(kinds, told, strict=True) if kind == "text/plain"), [])
        rich = [lines for kind, lines in zip(kinds, told, strict=True) if kind != "text/plain" and lines]
        best = rich[-1] if rich else plain
        yield from plain if 2 * _length(best) < _length(plain) else best

    def leaf(self, part: EmailMessage) -> Iterator[str]:
        """Give a body's lines, or an attachment's under its name; pictures in a body are passed over."""
        kind, name = part.get_content_type(), _name(part)
        attached = bool(name) or part.get_content_disposition() == "attachment"
        content = _content(part)
        if kind in ("text/plain", "text/html") and not attached:
            text = extract_html(content) if kind == "text/html" else _plain(part, content)
            yield from lines_of(text)
            return
        if not attached or (kind.startswith("image/") and part.get("content-id")):
            return
        try:
            text = _extract(content, self.depth) if self.characters <= _CHARACTERS_MAX else ""
        except DocumentError:
            text = ""
        self.characters += len(text)
        yield from ["", name, *lines_of(within(text, name))] if text else ["", f"[{name}]" if name else ""]


def _length(lines: list[str]) -> int:
    return sum(map(len, lines))


def _head(message: EmailMessage, name: str) -> str:
    """Give a head's words; a head that cannot be parsed says nothing."""
    try:
        raw = next((value for head, value in message.raw_items() if head.lower() == name), "")
        if any("\udc80" <= character <= "\udcff" for character in raw):
            # Written as it is, without the encoding that heads need.
            return " ".join(decode(raw.encode("utf-8", "surrogateescape")).split())
        return " ".join(str(message.get(name, "")).split())
    except DocumentError:
        return ""
    except (ValueError, LookupError, IndexError, AttributeError, TypeError):
        return ""


def _date(message: EmailMessage) -> str:
    try:
        written = message.get("date")
        when = getattr(written, "datetime", None)
    except (ValueError, LookupError, IndexError, AttributeError, TypeError):
        return ""
    return f"{when:%d/%m/%Y}" if when else ""


def _name(part: EmailMessage) -> str:
    try:
        return " ".join((part.get_filename() or "").split())[:200]
    except (ValueError, LookupError, IndexError, AttributeError, TypeError):
        return ""


def _content(part: EmailMessage) -> bytes:
    """Give a part's bytes, decoded; what claims to be encoded and is not stays as it is."""
    try:
        payload = part.get_payload(decode=True)
    except (ValueError, LookupError, AttributeError, TypeError, AssertionError):
        return b""
    return payload if isinstance(payload, bytes) else b""


def _plain(part: EmailMessage, content: bytes) -> str:
    try:
        declared = part.get_content_charset() or ""
    except (ValueError, LookupError, AttributeError, TypeError):
        declared = ""
    try:
        return decode(content, declared)
    except DocumentError:
        return ""
