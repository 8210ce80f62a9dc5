"""A fold of the same length: lower case, no accents, one kind of quote, so that an offset in it is one in the text."""

import unicodedata

_SAME = {
    "’": "'",
    "‘": "'",
    "´": "'",
    "`": "'",
    "ʼ": "'",
    "“": '"',
    "”": '"',
    "„": '"',
    "‟": '"',
    "″": '"',
    "′": "'",
    "ß": "s",
    "ø": "o",
    "đ": "d",
    "ł": "l",
    "ı": "i",
    "æ": "a",
    "œ": "o",
    "þ": "t",
    "‐": "-",
    "‑": "-",
    "—": "–",
    "−": "-",
    "º": "°",
}


def _fold_character(character: str) -> str:
    """Give the one character that stands for `character` when words are compared."""
    lower = character.lower()
    lower = lower if len(lower) == 1 else character
    if lower in _SAME:
        return _SAME[lower]
    if lower.isspace() and lower != "\n":
        return " "
    base = unicodedata.normalize("NFKD", lower)[:1]
    return base.lower() if base.isalnum() and len(base.lower()) == 1 else lower


class _Folded(dict[int, str]):
    """What stands for each character, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        self[code] = _fold_character(chr(code))
        return self[code]


_FOLDED = _Folded()


def fold(text: str) -> str:
    """Give `text` folded, every character in its place.

    >>> fold("L’Été à Güven")
    "l'ete a guven"
    """
    return text.translate(_FOLDED)
