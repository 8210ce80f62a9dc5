"""How names are compared: without accents, case, hyphens and curly quotes. Plain."""

import re

from anyascii import anyascii

_NOT_A_LETTER = re.compile(r"[^a-z0-9]+")


def fold(name: str) -> str:
    """Give the form of a name that is compared: ASCII, lower case, words set apart by one space.

    >>> fold("Jean-Baptiste  D’HAUTEVILLE")
    'jean baptiste d hauteville'
    """
    return _NOT_A_LETTER.sub(" ", anyascii(name).casefold()).strip()
