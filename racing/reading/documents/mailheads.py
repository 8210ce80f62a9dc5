"""How a mail is known by its first lines (RFC 5322, 2.2)."""

import re

_HEADER = re.compile(rb"([A-Za-z][A-Za-z0-9-]{1,60}):[ \t]?[^\r\n]*", re.M)
#: Heads of which a mail has two at least.
_OF_MAILS = frozenset(
    b"from to subject date mime-version received return-path content-type message-id delivered-to reply-to dkim-signature "
    b"content-transfer-encoding x-mailer cc sender".split()
)


def is_mail(data: bytes) -> bool:
    """Say whether bytes begin as a mail: heads of mails, nothing else, up to the first empty line."""
    start = data[:65_536].lstrip(b"\xef\xbb\xbf\r\n")
    if start.startswith(b"From ") and b"\n" in start[:300]:
        start = start.partition(b"\n")[2]
    head = re.split(rb"\r?\n\r?\n|\r\r", start, maxsplit=1)[0]
    lines = [line for line in re.split(rb"\r\n|\r|\n", head) if line and line[:1] not in b" \t"]
    names = [match[1].lower() for line in lines if (match := _HEADER.match(line))]
    if not lines or len(names) < len(lines):
        return False
    known = [name for name in names if name in _OF_MAILS]
    # "From:" and "Date:" may begin a report as well.
    technical = {b"mime-version", b"received", b"return-path", b"message-id", b"content-type", b"delivered-to"}
    return len(set(known)) >= 2 and (bool(technical & set(known)) or {b"from", b"subject"} <= set(known))
