"""Words broken at the end of a line, made whole again."""

import re
import tomllib
from pathlib import Path

_LISTED = tomllib.loads(Path(__file__).with_name("hyphens.toml").read_text(encoding="utf-8"))
_FIRST, _LAST = frozenset(_LISTED["first"]), frozenset(_LISTED["last"])
_WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")
_HEAD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*$")
#: No word is longer; looked for at the end of a line without one, its beginning would be looked for everywhere.
_LONGEST = 200
_TAIL = re.compile(r"^[^\W_]+(?:['’\-][^\W_]+)*")


def words_of(text: str) -> frozenset[str]:
    """Give the words of a document, in lower case, as evidence for `join`."""
    return frozenset(word.lower() for word in _WORD.findall(text))


def join(before: str, after: str, known: frozenset[str]) -> str:
    """Join two lines, the first of which ends in a hyphen inside a word.

    The hyphen stays where the document writes the word with it elsewhere (`known`), where a capital or a digit follows
    ("Hasse-|Clot", "GT4-|2") or where the parts are a compound of the list; else it only broke the word.
    """
    before = before[:-1]
    head, tail = _HEAD.search(before[-_LONGEST:]), _TAIL.search(after)
    if not head or not tail:
        return f"{before}-{after}"
    first, last = head[0].lower(), tail[0].lower()
    if f"{first}-{last}" in known:
        return f"{before}-{after}"
    if first + last in known:
        return before + after
    capital = not tail[0][0].islower()
    compound = re.split("['’-]", first)[-1] in _FIRST or re.split("['’-]", last)[0] in _LAST
    return f"{before}-{after}" if capital or compound else before + after
