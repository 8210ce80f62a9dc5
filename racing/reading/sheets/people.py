"""Names as sheets write them: surname first or last, in capitals, with marks and countries behind, several in a cell."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from racing.reading.facts import Span
from racing.reading.folding import fold
from racing.reading.lexicon import lexicon
from racing.reading.sheets.grid import Cell
from racing.reading.sheets.words import country_of

#: Between the drivers of one cell, the surest sign first; a comma may also part a surname from a first name.
_BETWEEN = (r"\s*[/\n|;•·]\s*", r"\s+[-–—]\s+", r"\s+[&+]\s+|\s+(?:et|and|und|y|e)\s+(?=[^\W\d_])", r"\s*,\s*")
_MARK = re.compile(r"\s*[(\[]([^()\[\]]{1,12})[)\]]|\s*([*†‡°]+)")
_LAST_CODE = re.compile(r"\s+([A-Z]{3})$")
_NUMBERED = re.compile(r"^(?:[A-D1-6][.)]\s+|\d{1,3}\s*[-–.:]\s+)")
_INITIALS = re.compile(r"(?:[A-ZÀ-Þ][a-zß-ÿ]{0,2}|[^\W\d_])\.(?:-?[^\W\d_]\.)*")
_WORD = re.compile(r"[^\W\d_]+")
#: A name is so long at most.
_LONGEST = 80
#: And a cell with a crew.
_CREW_LONGEST = 400


@dataclass(frozen=True, slots=True)
class Named:
    """A driver as a cell names him: `name` in its usual order and writing, where, his country, and marks behind the name."""

    name: str
    span: Span
    country: str = ""
    marks: tuple[str, ...] = ()


@cache
def _first_names() -> frozenset[str]:
    return lexicon("en").first_names


@cache
def _particles() -> frozenset[str]:
    return lexicon("en").particles


def people_of(cell: Cell, *, surname_first: bool = False) -> list[Named]:
    """Give the drivers whom a cell names. `surname_first` says that its column writes the surname before the first name."""
    found: list[Named] = []
    for text, start in _parts(cell) if len(cell.text) <= _CREW_LONGEST else ():
        person = _person(text, start, surname_first=surname_first)
        if person:
            found.append(person)
        elif found and (country := country_of(text.strip("() "))):
            # A country that stands behind a comma of its own.
            found[-1] = replace(found[-1], country=country)
    return found


def person_of(first: Cell, last: Cell) -> Named | None:
    """Give the driver whose first name and surname stand in two cells."""
    if len(first.text) + len(last.text) > _CREW_LONGEST:
        return None
    surname, marks, country = _bare(last.text)
    given, more, _ = _bare(first.text)
    name = " ".join(part for part in (_usual(given), _usual(surname)) if part)
    if not _WORD.search(surname or given):
        return None
    cells = [cell for cell in (first, last) if cell.text]
    return Named(name, Span(min(c.start for c in cells), max(c.end for c in cells)), country, (*marks, *more))


def is_team(name: str) -> bool:
    """Say whether what stands among drivers is a team's name."""
    return bool(lexicon("en").team_words & set(fold(name).replace("-", " ").split()))


def looks_like_people(text: str) -> bool:
    """Say whether a cell may name drivers: words in letters, two at least, each begun by a capital or a particle."""
    if len(text) > _CREW_LONGEST:
        return False
    parts = [part for part in re.split(_BETWEEN[0], text) if part]
    return bool(parts) and all(_looks_like_one(_bare(part)[0]) for part in parts)


def _looks_like_one(text: str) -> bool:
    parts = text.split()
    if not 2 <= len(parts) <= 8 or any(character.isdigit() for character in text) or len(text) > _LONGEST:
        return False
    return all(part[:1].isupper() or fold(part.strip(".")) in _particles() or "'" in part[:3] for part in parts)


def _parts(cell: Cell) -> Iterator[tuple[str, int]]:
    """Cut a cell into the drivers that it names."""
    pieces = [(cell.text, cell.start)]
    for sign in _BETWEEN:
        cut = [piece for text, start in pieces for piece in _split(text, start, sign)]
        if len(cut) > len(pieces) and (sign != _BETWEEN[3] or _is_list(cut)):
            pieces = cut
    return ((text.strip(), start + len(text) - len(text.lstrip())) for text, start in pieces if text.strip())


def _is_list(pieces: list[tuple[str, int]]) -> bool:
    """Say whether commas part drivers, not a surname from a first name: each piece is a whole name, or there are three."""
    whole = [len(text.split()) >= 2 for text, _ in pieces]
    return all(whole) or (len(pieces) > 2 and not any(whole))


def _split(text: str, start: int, sign: str) -> Iterator[tuple[str, int]]:
    at = 0
    for match in re.finditer(sign, text):
        yield text[at : match.start()], start + at
        at = match.end()
    yield text[at:], start + at


def _bare(text: str) -> tuple[str, tuple[str, ...], str]:
    """Give a name without what stands around it, the marks behind it, and the country."""
    marks: list[str] = []
    country = ""
    for match in _MARK.finditer(text):
        inner = (match[1] or match[2]).strip()
        if len(inner) >= 2 and (code := country_of(inner)) and inner.isupper():
            country = country or code
        else:
            marks.append(inner)
    text = _NUMBERED.sub("", _MARK.sub(" ", text).strip())
    code_behind = _LAST_CODE.search(text)
    if code_behind and country_of(code_behind[1]) and len(text.split()) > 2:
        country = country or country_of(code_behind[1])
        text = text[: code_behind.start()]
    return " ".join(text.split()), tuple(marks), country


def _person(text: str, start: int, *, surname_first: bool) -> Named | None:
    bare, marks, country = _bare(text)
    if not _WORD.search(bare) or any(character.isdigit() for character in bare) or len(bare) > _LONGEST:
        return None
    if country_of(bare) and bare.isupper() and len(bare) <= 3:
        return None
    end = start + len(text)
    return Named(_in_order(bare, surname_first=surname_first), Span(start, end), country, marks)


def _in_order(name: str, *, surname_first: bool) -> str:
    """Give a name with the first name first, capitals made usual."""
    if "," in name:
        last, _, first = name.partition(",")
        return f"{_usual(first.strip())} {_usual(last.strip())}".strip()
    parts = name.split()
    capital = [_is_capital(part) for part in parts]
    if len(parts) > 1 and any(capital) and not all(capital):
        first_capital = capital.index(True)
        last_capital = len(capital) - 1 - capital[::-1].index(True)
        if first_capital == 0 and last_capital < len(parts) - 1:
            # What follows the surname in capitals is the first name; particles in small letters belong to the surname.
            given = parts[last_capital + 1 :]
            return " ".join([*map(_usual, given), _usual(" ".join(parts[: last_capital + 1]))])
        return " ".join([*parts[:first_capital], _usual(" ".join(parts[first_capital:]))])
    if len(parts) > 1 and _INITIALS.fullmatch(parts[-1]):
        return " ".join([parts[-1], _usual(" ".join(parts[:-1]))])
    if len(parts) > 1 and not _INITIALS.fullmatch(parts[0]):
        known_first, known_last = fold(parts[0]) in _first_names(), fold(parts[-1]) in _first_names()
        if (known_last and not known_first) or (surname_first and known_last >= known_first):
            return f"{_usual(parts[-1])} {_usual(' '.join(parts[:-1]))}"
    return _usual(name)


def _is_capital(part: str) -> bool:
    """Say whether a part of a name is a surname in capitals; an initial is none."""
    return part.isupper() and not _INITIALS.fullmatch(part) and (len(_letters(part)) > 1 or "'" in part)


def _letters(part: str) -> str:
    return "".join(_WORD.findall(part))


def _usual(name: str) -> str:
    """Give words in capitals as they are usually written."""
    parts = name.split()
    made = [
        _usual_word(part, first=number == 0, last=number == len(parts) - 1) if _is_capital(part) else part
        for number, part in enumerate(parts)
    ]
    return " ".join(made)


def _usual_word(word: str, *, first: bool, last: bool) -> str:
    if fold(word) in _particles() and not last:
        return word.lower() if not first or fold(word) not in ("le", "la") else word.capitalize()
    small = _WORD.sub(lambda match: match[0][:1] + match[0][1:].lower(), word)
    # "D'ARCY", "O'NEIL" and "MCRAE" have a second capital; "VAN 'T HOFF" has none.
    small = re.sub(r"^(['’])(\w)", lambda match: match[0].lower(), small)
    return re.sub(r"\bMc(\w)", lambda match: f"Mc{match[1].upper()}", small)
