"""Typed mentions: a sentence as a row of drivers, places, classes, verbs by their sense and marks, each with its span.

Every kind has a sign, one letter, so that a sentence is also a short string over which recognisers match: "PWAP&P" is a driver,
a word of winning, "ahead of", a driver, "and", a driver. Languages differ in their words, hardly in these strings.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from racing.reading.facts import Span
from racing.reading.layout import Sentence
from racing.reading.lexicon import Found, Lexicon
from racing.reading.people import Cast

#: The sign of each kind of mention. `_` is any other word, and punctuation stands for itself.
SIGNS = {
    "person": "P", "pronoun": "H", "car": "V", "rank": "N", "class_place": "Z", "class": "C", "general": "G",
    "win": "W", "finish": "F", "copula": "e", "complete": "K", "top": "T", "foot": "N",
    "ahead": "A", "behind": "B", "beside": "b", "followed": "A",
    "lead": "I", "interim": "t", "flag": "f", "start_place": "U", "until": "u", "negation": "!", "wish": "w", "conditional": "w",
    "other_year": "y", "already": "y", "pole": "O", "poleman": "o", "qualifying": "Q", "front_row": "q", "other_row": "_",
    "fastest_lap": "L", "race": "R", "several_races": "_", "day": "d", "penalty": "X", "no_penalty": "x", "retirement": "Y", "take_from": "k", "other_win": "_",
    "championship": "M", "leader": "m", "leader_past": "I", "points": "p", "gap": "a", "next_meeting": "E",
    "hors_classement": "g", "series_order": "s", "moves_up": "^", "each_moves_up": "^", "break": "|", "time": "D",
    "nationality": "n", "number": "#", "preposition": "v", "crew_word": "c", "starters": "_", "on_the_grid": "_",
    "driver_word": "_", "race_noun": "_", "rank_noun": "_", "rank_adjective": "_", "best": "_", "epithet": "_", "small": "_", "join_crew": "j", "article": "l", "who": "i", "word": "_",
    "ordinal": "_", "comma": ",", "and": "&", "colon": ":", "semicolon": ";", "dash": "–", "mark": "_", "hash": "_",
}  # fmt: skip

_TIME = re.compile(
    r"\d{1,2}\s?[:'h]\s?\d{2}(?:[.,:'\"]{1,2}\d{1,3})?|\d{1,3}(?:\"|''|[.,])\d{1,3}\s?(?:s\b|sec)?|\d{1,3}\s?/\s?1000\w*"
)
_NUMBERED = re.compile(r"(?:#|n\s?°\s?|n°|no\.?\s)\s?(\d{1,3})\b")
_PLACE = re.compile(r"\bp(\d{1,2})\b|\b(\d{1,2})(er|ere|re|e|eme|ieme|nd|nde|st|rd|th)\b")


@dataclass(frozen=True, slots=True)
class Mention:
    """A typed piece of a sentence. `value` is a class, a number as text, a time; `who` the people a person's name may mean.

    `aside` holds what stands in brackets behind it. A crew's mention has its drivers in `crew` and their names' places in `parts`.
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


def signs(mentions: list[Mention] | tuple[Mention, ...]) -> str:
    """Give the row of signs, one a mention."""
    return "".join(SIGNS[mention.kind] for mention in mentions)


def mentions_of(text: str, folded: str, sentence: Sentence, lexicon: Lexicon, cast: Cast) -> tuple[Mention, ...]:
    """Give the typed mentions of a sentence, what is in brackets put aside."""
    row = list(_scan(text, folded, sentence.span, lexicon, cast))
    row = _join_epithets(_join_ranks(row), text)
    return tuple(_put_aside(row, text))


def _tokens(folded: str, span: Span) -> Iterator[tuple[str, int, int]]:
    for match in re.finditer(r"[^\W\d_]+'?|\d+|[^\w\s-]|(?<=\s)-(?=\s)", folded[span.start : span.end]):
        yield match[0], span.start + match.start(), span.start + match.end()


def _scan(text: str, folded: str, span: Span, lexicon: Lexicon, cast: Cast) -> Iterator[Mention]:
    """Go through the words once, the longest thing at each of them."""
    tokens = list(_tokens(folded, span))
    words = [token[0] for token in tokens]
    at = 0
    while at < len(tokens):
        mention = _name(tokens[at], cast) or _phrase(text, tokens, words, at, lexicon)
        mention = mention or _figure(folded, tokens[at], span.end, lexicon)
        mention = mention or _plain(words[at], tokens[at], lexicon)
        yield mention
        at += 1
        while at < len(tokens) and tokens[at][1] < mention.end:
            at += 1


_MARKS = {
    ",": "comma",
    "et": "and",
    "and": "and",
    "&": "and",
    "/": "and",
    ":": "colon",
    ";": "semicolon",
    "–": "dash",
    "-": "dash",
}
_PREPOSITIONS = frozenset("de d' a pour au of by to for with avec".split())


#: "sa deuxième course" counts somebody's races, not those of the meeting.
_POSSESSIVE = frozenset(("sa", "son", "ses", "leur", "ma", "mon", "his", "her", "their", "my"))
_ARTICLES = frozenset(
    (
        "le",
        "la",
        "l'",
        "les",
        "the",
        "ce",
        "cet",
        "cette",
        "this",
        "un",
        "une",
        "son",
        "sa",
        "his",
        "her",
        "du",
        "des",
        "au",
        "aux",
    )
)
_RELATIVES = frozenset(("qui", "who", "which", "dont", "whose"))


def _plain(word: str, token: tuple[str, int, int], lexicon: Lexicon) -> Mention:
    """Make the mention of a word that is nothing in particular."""
    kind = _mark_kind(word, lexicon)
    return Mention(kind, token[1], token[2], lexicon.figure(word) if kind == "number" else word)


def _mark_kind(word: str, lexicon: Lexicon) -> str:
    if word in _MARKS:
        return _MARKS[word]
    if word in _PREPOSITIONS:
        return "preposition"
    if word in _ARTICLES:
        return "article"
    if word in _RELATIVES:
        return "who"
    if lexicon.is_number(word) and word not in _ARTICLES:
        return "number"
    if lexicon.knows(word):
        return "small"
    return "word" if word[0].isalpha() else "mark"


def _name(token: tuple[str, int, int], cast: Cast) -> Mention | None:
    """Find a person or a team at a word."""
    _, start, _ = token
    if start in cast.at:
        last, who = cast.at[start]
        return Mention("person", start, last, who=who)
    if start in cast.teams:
        return Mention("word", start, cast.teams[start], "team")
    return None


def _figure(folded: str, token: tuple[str, int, int], end: int, lexicon: Lexicon) -> Mention | None:
    """Find a car's number, a time, a place in figures or as a word."""
    word, start, stop = token
    if word in ("#", "n", "no"):
        numbered = _NUMBERED.match(folded, start, end)
        if numbered:
            return Mention("car", start, numbered.end(), numbered[1])
    if word[0].isdigit() or word == "p":
        place = _PLACE.match(folded, start, end)
        if place and (place[1] or place[3] in lexicon.ordinal_endings):
            return Mention("ordinal", start, place.end(), place[1] or place[2])
        time = _TIME.match(folded, start, end)
        if time:
            return Mention("time", start, time.end(), time[0])
    if word in lexicon.ordinals:
        return Mention("ordinal", start, stop, str(lexicon.ordinals[word]))
    return None


def _phrase(
    text: str, tokens: list[tuple[str, int, int]], words: list[str], at: int, lexicon: Lexicon
) -> Mention | None:
    found: Found | None = lexicon.phrases_at(words, at)
    if found is None or (found.last == at + 1 and words[at] in lexicon.ordinals):
        return None
    start, end = tokens[at][1], tokens[found.last - 1][2]
    value = found.value
    if found.kind == "class" and len(value) <= 3 and not text[start:end].strip(' "«»').istitle():
        if not text[start].isupper() and text[start] not in '«“"':
            return None
    if (found.kind == "top" and value == "n") or found.kind in ("gap", "starters"):
        value = next((lexicon.figure(word) for word in words[at : found.last] if lexicon.is_number(word)), "")
    if found.kind == "foot":
        value = "4"
    return Mention(found.kind, start, end, value or " ".join(words[at : found.last]))


def _join_ranks(row: list[Mention]) -> list[Mention]:
    """Make ranks of ordinals and their nouns, races of "deuxième course", class places of "premier Rookie"."""
    joined: list[Mention] = []
    at = 0
    while at < len(row):
        mention, used = _rank_at(row, at)
        joined.append(mention)
        at += used
    return _source_ranks(joined)


_DEFINITE = frozenset(("le", "la", "l'", "the", "ce", "cet", "cette", "this"))


def _join_epithets(row: list[Mention], text: str) -> list[Mention]:
    """Make pronouns of "le Néerlandais", "le jeune pilote belge", "le pilote X Racing", where no name follows."""
    joined: list[Mention] = []
    at = 0
    while at < len(row):
        end = _epithet_end(row, at)
        if end:
            last = row[end - 1]
            value = f"nation:{last.value}" if last.kind == "nationality" else f"team:{text[last.start : last.end]}"
            joined.append(Mention("pronoun", row[at].start, last.end, value))
            at = end
        else:
            joined.append(row[at])
            at += 1
    return joined


def _epithet_end(row: list[Mention], at: int) -> int:
    """Give where an epithet that begins at `at` ends, 0 where none does."""
    if row[at].kind != "article" or row[at].value not in _DEFINITE or (at and row[at - 1].kind in ("copula", "best")):
        return 0
    driver = False
    for n in range(at + 1, min(len(row), at + 4)):
        if row[n].kind == "driver_word":
            driver = True
        elif row[n].kind == "nationality" or (driver and row[n].value == "team"):
            follows = row[n + 1].kind if n + 1 < len(row) else ""
            return n + 1 if follows not in ("person", "class", "nationality", "race", "driver_word") else 0
        elif row[n].kind != "word" or row[n].value == "team":
            return 0
    return 0


#: What may follow an ordinal that stands for a place without the noun.
_BEHIND_RANK = frozenset(
    ("comma", "and", "semicolon", "colon", "ahead", "behind", "general", "person", "break", "mark", "preposition",
     "championship", "followed", "class", "race", "flag", "day", "dash", "interim", "small", "who", "series_order")
)  # fmt: skip
_LINKS = frozenset(
    (
        "de",
        "du",
        "des",
        "d'",
        "la",
        "le",
        "les",
        "en",
        "chez",
        "parmi",
        "au",
        "dans",
        "in",
        "of",
        "the",
        "cote",
        "l'",
        "classe",
        "categorie",
        "classement",
        "pilotes",
        "podium",
        "class",
        "category",
        "cup",
        "trophee",
    )
)


def _rank_at(row: list[Mention], at: int) -> tuple[Mention, int]:
    """Give the mention that stands at `at` and how many of the row it takes up."""
    head = row[at]
    if head.kind == "best":
        return _class_place(row, at, at + 1, "1") or (replace(head, kind="word"), 1)
    if head.kind == "number" or head.kind == "race_noun":
        return _race_at(row, at) or (head, 1)
    if head.kind == "rank":
        return _class_place(row, at, at + 1, head.value) or (head, 1)
    if head.kind != "ordinal":
        return head, 1
    after = at + 1
    while after < len(row) and row[after].kind == "rank_adjective":
        after += 1
    if after < len(row) and row[after].kind == "race_noun" and at and row[at - 1].value in _POSSESSIVE:
        return replace(head, kind="word", value="ordinal"), 1
    if after < len(row) and row[after].kind == "race_noun":
        return Mention("race", head.start, row[after].end, head.value), after + 1 - at
    if after < len(row) and row[after].kind == "rank_noun":
        after += 1
        return _class_place(row, at, after, head.value) or (
            Mention("rank", head.start, row[after - 1].end, head.value),
            after - at,
        )
    place = _class_place(row, at, after, head.value)
    if place:
        return place
    if (
        after >= len(row)
        or row[after].kind in _BEHIND_RANK
        or row[after].value in ("(", ")", ".", "!", "?", "du", "des", "au", "aux")
    ):
        return Mention("rank", head.start, row[after - 1].end, head.value), after - at
    return replace(head, kind="word", value="ordinal"), 1


def _class_place(row: list[Mention], at: int, after: int, position: str) -> tuple[Mention, int] | None:
    """Give "premier des Rookies", "3e Am", "meilleur débutant" as one mention, None where no class stands there."""
    last = after
    while last < len(row) and last < after + 3 and row[last].value in _LINKS and row[last].kind != "class":
        last += 1
    if last < len(row) and row[last].kind == "class":
        found = Mention("class_place", row[at].start, row[last].end, f"{position}:{row[last].value}")
        return found, last + 1 - at
    return None


def _race_at(row: list[Mention], at: int) -> tuple[Mention, int] | None:
    """Give "course 2" as one mention."""
    if row[at].kind == "race_noun" and at + 1 < len(row):
        after = row[at + 1]
        if after.kind == "number" and 1 <= int(after.value) <= 9:
            return Mention("race", row[at].start, after.end, after.value), 2
    return None


def _source_ranks(row: list[Mention]) -> list[Mention]:
    """Take places from which somebody came for no places at the flag: "parti 8e", "passé de la 22e à la 5e place"."""
    result = list(row)
    for at, mention in enumerate(row):
        if mention.kind != "rank":
            continue
        before = row[max(0, at - 4) : at]
        if _goes_on_to(row, at):
            result[at] = replace(mention, kind="word", value="start:" + mention.value)
            continue
        near = [other.kind for other in before[-3:]]
        if "start_place" in near and "until" not in near and not _second_rank(row, at):
            result[at] = replace(mention, kind="word", value="start:" + mention.value)
    return result


def _goes_on_to(row: list[Mention], at: int) -> bool:
    """Tell whether a place is the first of "de la 22e à la 5e place"."""
    behind = row[at + 1 : at + 4]
    to = bool(behind) and (behind[0].value in ("a", "au", "to") or behind[0].kind == "until")
    return to and at > 0 and row[at - 1].value in _FROM and any(other.kind == "rank" for other in behind)


_FROM = frozenset(("la", "du", "de", "from", "le"))


def _second_rank(row: list[Mention], at: int) -> bool:
    """Tell whether a place is the second of "de la 22e à la 5e place"."""
    return any(other.kind == "rank" or other.value == "ordinal" for other in row[max(0, at - 4) : at])


def _put_aside(row: list[Mention], text: str) -> Iterator[Mention]:
    """Hang what stands in brackets on the mention before them."""
    at = 0
    while at < len(row):
        mention = row[at]
        at += 1
        if at < len(row) and row[at].value == "(" and mention.value != "(":
            close = next((n for n in range(at + 1, min(len(row), at + 24)) if row[n].value == ")"), None)
            if close:
                inside = tuple(row[at + 1 : close])
                if inside:
                    mention = replace(mention, aside=inside, aside_text=text[row[at].end : row[close].start].strip())
                at = close + 1
        yield mention
