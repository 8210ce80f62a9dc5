"""How names are compared: without accents, case, hyphens and curly quotes. Plain."""

import re
import tomllib
from pathlib import Path

from anyascii import anyascii

#: Words like "de" and "van", folded, that belong to the surname behind them.
PARTICLES = frozenset(tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))["particles"])

_NOT_A_LETTER = re.compile(r"[^a-z0-9]+")


def fold(name: str) -> str:
    """Give the form of a name that is compared: ASCII, lower case, words set apart by one space.

    >>> fold("Jean-Baptiste  D’HAUTEVILLE")
    'jean baptiste d hauteville'
    """
    return _NOT_A_LETTER.sub(" ", anyascii(name).casefold()).strip()
