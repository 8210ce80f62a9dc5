"""From a sentence to its typed mentions: names, phrases of the vocabulary, figures, and then what these make together."""

import re
from collections.abc import Iterator
from dataclasses import replace

from racing.reading.bindings import bind
from racing.reading.facts import Span
from racing.reading.folding import fold
from racing.reading.layout import Sentence
from racing.reading.lexicon import AMBIGUOUS, Found, Lexicon, set_apart
from racing.reading.mentions import Mention
from racing.reading.people import Cast
from racing.reading.ranks import join_epithets, join_ranks

_TIME = re.compile(
    r"\d{1,2}\s?[:'h]\s?\d{2}(?:[.,:'\"]{1,2}\d{1,3})?|\d{1,3}(?:\"|''|[.,])\d{1,3}\s?(?:s\b|sec)?|\d{1,3}\s?/\s?1000\w*"
)
_NUMBERED = re.compile(r"(?:#|n\s?°\s?|n°|no\.?\s)\s?(\d{1,3})\b")
_PLACE = re.compile(
    r"\bp(\d{1,2})\b|\b(\d{1,2})(er|ere|re|e|eme|ieme|nd|nde|st|rd|th)\b"
    r"|\b(\d{1,2})\.?(°|\^|a|o|[er]?r[ao]|d[ao]|t[ao]|m[ao]|v[ao]|n[ao]|esim[ao])(?!\w)"  # "3°", "3ª", "1.º", "2da"
)


def mentions_of(text: str, folded: str, sentence: Sentence, lexicon: Lexicon, cast: Cast) -> tuple[Mention, ...]:
    """Give the typed mentions of a sentence, what is in brackets put aside."""
    row = list(_scan(text, folded, sentence.span, lexicon, cast))
    row = join_epithets(join_ranks(row), text)
    return tuple(bind(list(_put_aside(row, text)), text, lexicon))


def _tokens(folded: str, span: Span) -> Iterator[tuple[str, int, int]]:
    for match in re.finditer(r"[^\W\d_]+'?|\d+|[^\w\s-]|(?<=\s)-(?=\s)", folded[span.start : span.end]):
        yield match[0], span.start + match.start(), span.start + match.end()


def _with_numbers(folded: str, tokens: list[tuple[str, int, int]], lexicon: Lexicon) -> Iterator[tuple[str, int, int]]:
    """Make one word of a number that has several: "dix-neuf", "vingt et un"."""
    end = -1
    for word, start, last in tokens:
        if start < end:
            continue
        numbers = (name for name in lexicon.compound_numbers.get(word, ()) if folded.startswith(name, start))
        name = next((name for name in numbers if not folded[start + len(name) : start + len(name) + 1].isalpha()), "")
        end = start + len(name) if name else last
        yield name or word, start, end


def _scan(text: str, folded: str, span: Span, lexicon: Lexicon, cast: Cast) -> Iterator[Mention]:
    """Go through the words once, the longest thing at each of them."""
    tokens = list(_with_numbers(folded, list(_tokens(folded, span)), lexicon))
    words = [fold(set_apart(text[start:end])) if word in AMBIGUOUS else word for word, start, end in tokens]
    at = 0
    row: list[Mention] = []
    while at < len(tokens):
        mention = _name(tokens[at], cast) or _either(
            _class(tokens[at], cast), _phrase(text, tokens, words, at, lexicon)
        )
        mention = mention or _letters(text, tokens[at], row, lexicon)
        noun = at > 0 and text[tokens[at][1]].isupper()
        mention = mention or _figure(folded, tokens[at], span.end, lexicon, noun)
        mention = mention or _plain(words[at], tokens[at], lexicon)
        row.append(mention)
        yield mention
        if mention.kind == "person" and text[mention.end : mention.end + 1] == "-" and mention.end + 1 in cast.at:
            yield Mention("dash", mention.end, mention.end + 1, "-")
        at += 1
        while at < len(tokens) and tokens[at][1] < mention.end:
            at += 1


_LETTERS = re.compile(r"(?:[A-Z]{2,5}\d{0,2}|[A-Z]\d)(?![^\W_]|[-/] ?[^\W_]| [A-ZÀ-Þ])")


def _letters(text: str, token: tuple[str, int, int], row: list[Mention], lexicon: Lexicon) -> Mention | None:
    """Find a class that no vocabulary has, by its letters behind "in" or "class": "in DSG", "en la D2"."""
    article = bool(row) and row[-1].kind == "article"
    link = row[-2:-1] if article else row[-1:]
    if not link or link[0].kind != "class_link" or link[0].value.startswith("table"):
        return None
    match = _LETTERS.match(text, token[1])
    if match is None or match[0].lower() in lexicon.no_classes:
        return None
    return Mention("class", match.start(), match.end(), match[0])


_MARKS = {",": "comma", "&": "and", "/": "and", ":": "colon", ";": "semicolon", "–": "dash", "-": "dash"}


def _plain(word: str, token: tuple[str, int, int], lexicon: Lexicon) -> Mention:
    """Make the mention of a word that is nothing in particular."""
    kind = _mark_kind(word, lexicon)
    return Mention(kind, token[1], token[2], lexicon.figure(word) if kind == "number" else word)


def _mark_kind(word: str, lexicon: Lexicon) -> str:
    if word in _MARKS:
        return _MARKS[word]
    if lexicon.is_number(word):
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


def _class(token: tuple[str, int, int], cast: Cast) -> Mention | None:
    """Find a class that the text's own words tell."""
    _, start, _ = token
    if start not in cast.classes:
        return None
    end, value = cast.classes[start]
    return Mention("class", start, end, value)


def _either(own: Mention | None, known: Mention | None) -> Mention | None:
    """Give the class of the text, unless the vocabulary has a longer phrase or the same class by its usual name."""
    if own is None or known is None:
        return own or known
    return known if known.end > own.end or (known.kind == "class" and known.end == own.end) else own


def _figure(folded: str, token: tuple[str, int, int], end: int, lexicon: Lexicon, noun: bool) -> Mention | None:
    """Find a car's number, a time, a place in figures or as a word; as a `noun` ("als Zweiter") an ordinal is a place."""
    word, start, stop = token
    if word in ("#", "n", "no"):
        numbered = _NUMBERED.match(folded, start, end)
        if numbered:
            return Mention("car", start, numbered.end(), numbered[1])
    if word[0].isdigit() or word == "p":
        place = _PLACE.match(folded, start, end)
        if place and (place[1] or (place[3] or place[5]) in lexicon.ordinal_endings):
            return Mention("ordinal", start, place.end(), place[1] or place[2] or place[4])
        time = _TIME.match(folded, start, end)
        if time:
            return Mention("time", start, time.end(), time[0])
    compound = next((name for name in lexicon.compound_ordinals if folded.startswith(name, start)), "")
    if compound:
        return Mention("ordinal", start, start + len(compound), str(lexicon.ordinals[compound]))
    if word in lexicon.ordinals:
        if lexicon.determiners and noun:
            return Mention("rank", start, stop, str(lexicon.ordinals[word]))
        return Mention("ordinal", start, stop, str(lexicon.ordinals[word]))
    return None


#: "B" and "Am" are classes, "b" and "am" are not.
_SHORT_CLASS = 3


def _phrase(
    text: str, tokens: list[tuple[str, int, int]], words: list[str], at: int, lexicon: Lexicon
) -> Mention | None:
    found: Found | None = lexicon.phrases_at(words, at)
    if found is None or (found.last == at + 1 and words[at] in lexicon.ordinals):
        return None
    if found.kind == "interim" and _compares(words, at, lexicon):
        return None  # "sur la même position qu'au premier passage" compares, and tells the flag's
    if found.kind == "already" and words[found.last : found.last + 1] and words[found.last][0].isdigit():
        return None  # "deuxième à 13.480s" has a margin, "deuxième à Spa" another race
    start, end = tokens[at][1], tokens[found.last - 1][2]
    value = found.value
    if found.kind == "class" and len(value) <= _SHORT_CLASS and not (text[start].isupper() or text[start] in '«“"'):
        return None
    alone = found.kind == "class" and found.last == at + 1
    guarded = alone and (words[at] in lexicon.only_as_class or _initial(text, end))
    if guarded and not _used_as_class(text, tokens, words, at, lexicon):
        return None
    if (found.kind in ("top", "rank") and value == "n") or found.kind in ("gap", "starters"):
        value = next((lexicon.figure(word) for word in words[at : found.last] if lexicon.is_number(word)), "")
    if found.kind == "foot":
        value = "4"
    return Mention(found.kind, start, end, value or " ".join(words[at : found.last]))


def _initial(text: str, end: int) -> bool:
    """Tell whether a letter that ends here may be a first name's: "B. Arvois", "B.-L. Arvois"."""
    return bool(_INITIAL.match(text, end - 1)) and not (end > 1 and text[end - 2].isalnum())


_INITIAL = re.compile(r"[^\W\d_]\.(?: ?[^\W\d_]|-)")


def _compares(words: list[str], at: int, lexicon: Lexicon) -> bool:
    """Tell whether "than" or "as" stands before a word."""
    before = lexicon.phrases_at(words[:at], at - 1) if at else None
    return before is not None and (before.kind, before.value) == ("that", "only")


def _used_as_class(text: str, tokens: list[tuple[str, int, int]], words: list[str], at: int, lexicon: Lexicon) -> bool:
    """Tell whether a word that stands in many names is a class here: "en Pro,", "les Pro", "Pro : 1. A", "(Pro)"."""
    before, after = words[at - 1] if at else "", words[at + 1] if at + 1 < len(words) else ""
    if not before:
        return after in ("", ":")
    if before == "(":
        return after == ")"
    link = lexicon.phrases_at(words[:at], at - 1)
    if link is not None and link.kind == "class_link":
        return True
    places = before in lexicon.before_places or before in lexicon.ordinals or before in lexicon.ordinal_endings
    return places and not (after and text[tokens[at + 1][1]].isupper())


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
