"""French words for what the archive says in English: why a car has no place, and why something was decided. Plain."""

import tomllib
from collections.abc import Mapping

from standings.history.f1db import DATA

_WORDS: Mapping[str, Mapping[str, str]] = tomllib.loads((DATA / "reasons.toml").read_text("utf-8"))
ENDS, BEGINNINGS, DECISIONS = _WORDS["ends"], _WORDS["beginnings"], _WORDS["decisions"]


def in_french(reason: str) -> str | None:
    """Give the French words of a reason of the archive; None for what it does not say."""
    whole = ENDS.get(reason) or DECISIONS.get(reason)
    begun = (french + reason.removeprefix(own) for own, french in BEGINNINGS.items() if reason.startswith(own))
    return whole or next(begun, None)
