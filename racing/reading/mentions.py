"""Typed mentions: a sentence as a row of drivers, places, classes, verbs by their sense and marks, each with its span.

Every kind has a sign, one letter, so that a sentence is also a short string over which recognisers match: "PWAP&P" is a driver,
a word of winning, "ahead of", a driver, "and", a driver. Languages differ in their words, hardly in these strings.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from racing.reading.facts import Span

#: The sign of each kind of mention. `_` is any other word, and punctuation stands for itself.
SIGNS = {
    # who and what
    "person": "P", "pronoun": "H", "car": "V", "nationality": "n", "class": "C", "general": "G", "crew_word": "c",
    "join_crew": "j", "hors_classement": "g", "series_order": "s",
    # places and how they are told
    "rank": "N", "foot": "N", "class_place": "Z", "win": "W", "finish": "F", "copula": "e", "complete": "K", "top": "T",
    "ahead": "A", "followed": "A", "behind": "B", "beside": "b", "take_from": "k", "moves_up": "^", "each_moves_up": "^",
    # not at the flag, not at all, not now
    "lead": "I", "leader_past": "I", "interim": "t", "flag": "f", "start_place": "U", "until": "u",
    "negation": "!", "wish": "w", "conditional": "w", "other_year": "y", "already": "y",
    # sessions, races, what else happens
    "pole": "O", "poleman": "o", "qualifying": "Q", "front_row": "q", "fastest_lap": "L", "race": "R", "day": "d", "time": "D",
    "penalty": "X", "no_penalty": "x", "retirement": "Y", "next_meeting": "E",
    "championship": "M", "leader": "m", "points": "p", "gap": "a",
    # small words and marks
    "preposition": "v", "article": "l", "who": "i", "and": "&", "number": "#", "break": "|",
    "comma": ",", "colon": ":", "semicolon": ";", "dash": "–",
    # words that only the making of mentions looks at
    "rank_plural": "_", "rank_range": "_",
    "starters": "_", "on_the_grid": "_", "driver_word": "_", "race_noun": "_", "rank_noun": "_", "rank_adjective": "_",
    "best": "_", "several_races": "_", "other_row": "_", "other_win": "_", "class_link": "_", "that": "_", "each": "_",
    "first_person": "_", "single": "_", "took_place": "_", "small": "_", "ordinal": "_", "mark": "_", "word": "_",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mention:
    """A typed piece of a sentence. `value` is a class, a number as text, a time; `who` the people a person's name may mean.

    `aside` holds what stands in brackets behind it. A crew's mention has its drivers in `crew`, in `parts` where each is named.
    """

    kind: str
    start: int
    end: int
    value: str = ""
    who: tuple[int, ...] = ()
    aside: tuple["Mention", ...] = ()
    aside_text: str = ""
    crew: tuple[int, ...] = ()
    parts: tuple[Span, ...] = ()

    @property
    def names(self) -> tuple[Span, ...]:
        """Give where each of a crew is named, or the mention itself."""
        return self.parts or (self.span,)

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)

    @property
    def position(self) -> int:
        """The place that a rank stands for; 0 for anything else."""
        return int(self.value) if self.kind in ("rank", "foot") and self.value.isdigit() else 0


def signs(mentions: Sequence[Mention]) -> str:
    """Give the row of signs, one a mention."""
    return "".join(SIGNS[mention.kind] for mention in mentions)
