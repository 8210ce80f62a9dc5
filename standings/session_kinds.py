"""Which kind of session a race is, by its name and number: the scales of the rules are called after kinds.

A kind of one word ("sprint") is that of a race whose own name says it. A kind of several ("race 2", "24 hours",
"indianapolis 500") is that of a race of which they are all said: by its name, by "race" and its number at the meeting, or by
the meeting's name. What other languages call a kind is in `session_kinds.toml`. Plain.
"""

import tomllib
from collections.abc import Collection, Mapping
from pathlib import Path

from racing.names import fold

RACE = "race"

_WORDS: Mapping[str, list[str]] = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
_SAME = {word: own for own, words in _WORDS.items() for word in words}


def kind_of(name: str, number: int, event: str, kinds: Collection[str]) -> str:
    """Give the kind of a race: the one of `kinds` with the most words that are said of it, "race" where none is.

    `name` is the race's own, `number` its number at the meeting, `event` the meeting's name; names may be empty.
    """
    wanted = sorted(set(kinds) - {RACE})
    if not wanted:
        return RACE
    own = _words(name)
    around = own | {RACE, str(number)} | _words(event)
    told = []
    for kind in wanted:
        words = _words(kind)
        if words and (around if len(words) > 1 else own) >= words:
            told.append((len(words), kind))
    # Of kinds with as many words the first in the order of letters, so that the answer is always the same.
    return max(told, key=lambda one: one[0])[1] if told else RACE


def _words(text: str) -> set[str]:
    return {_SAME.get(word, word) for word in fold(text).split()}
