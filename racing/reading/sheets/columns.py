"""Which column of a table holds what: by the words of its head, by one head above another, or by what stands below."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from racing.reading.sheets.grid import Row
from racing.reading.sheets.people import looks_like_people
from racing.reading.sheets.words import country_of, normal, role_of, status_of

#: So many heads must be known, and so great a share of all.
_KNOWN_MIN, _KNOWN_SHARE = 3, 0.5
#: No table is wider.
_WIDEST = 200
#: Where the first cells of a column hold no places, the others need not be looked at.
_LOOKED_AT = 40
_PLAIN_NUMBER = re.compile(r"\d{1,4}")
_CAR_NUMBER = re.compile(r"(?:#|n[°ºor]?\.?)?\s*\d{1,4}", re.I)
_VALUE = re.compile(r"\+?\s*\d+(?:[:'’.,h\"]\d+)*[\"”]?")
POSITION = re.compile(
    r"(?:=|T)?\s*P?(\d{1,3})\s*(?:[.°ºª)]|e|er|ere|ère|eme|ème|st|nd|rd|th|ex(?:[\s-]*aequo)?)?\s*=?\s*[*†]?", re.I
)
_TIME = re.compile(r"\+?(?:\d{1,2}[:h'’.])?\d{1,2}[:'’.]\d{1,2}[.,:\"]\d{1,3}\"?|\+?\d{1,2}[:'’]\d{2}")
_GAP = re.compile(r"\+\s*\d.*|\d{1,3}\s*(?:laps?|tours?|rund\w*|gir[oi]|vueltas?|t|l|lap\(s\))\.?|-+", re.I)
#: "Nom" beside "Prénom" is the surname, "nome" beside "cognome" the first name.
_FIRST_BESIDE_LAST = ("nome", "nombre")


@dataclass(frozen=True, slots=True)
class Column:
    """What a column holds; `which` tells several drivers apart, 0 where there is one column for all."""

    role: str
    which: int = 0
    head: str = ""


#: A whole table's columns, in order.
Columns = tuple[Column, ...]


def columns_of_head(row: Row, above: Row | None = None) -> Columns | None:
    """Give the columns that a row is the head of; None for a row that is no head. `above` is a first row of a double head."""
    if len(row.cells) > _WIDEST:
        return None
    heads = [cell.text for cell in row.cells]
    if above is not None:
        heads += [""] * (len(above.cells) - len(heads))
        heads = [_both(head, number, above) for number, head in enumerate(heads)]
    found = [role_of(head) for head in heads]
    filled = [number for number, head in enumerate(heads) if head.strip()]
    known = [number for number in filled if found[number][0]]
    if any(_VALUE.fullmatch(heads[number]) for number in known) or len(filled) < 2:
        return None
    roles = {found[number][0] for number in known}
    if not roles & {"driver", "last", "number", "team"}:
        return None
    enough = len(known) >= _KNOWN_MIN or (len(known) == len(filled) and "driver" in roles)
    if not enough or (len(known) < _KNOWN_SHARE * len(filled) and found[filled[0]][0] != "position"):
        return None
    return tuple(_settled([Column(role, which, head) for (role, which), head in zip(found, heads, strict=True)]))


def is_upper_head(row: Row, below: Row) -> bool:
    """Say whether a row is the upper of two rows of heads: a few words, none a value, the lower one fills what it leaves."""
    texts = [cell.text for cell in row.cells if cell.text]
    lower = [cell.text for cell in below.cells if cell.text]
    return (
        len(texts) >= 2
        and len(lower) >= 2
        and not any(any(c.isdigit() for c in text) for text in (*texts, *lower))
        and any(role_of(text)[0] for text in texts)
        and all(len(text) <= 30 for text in lower)
    )


def _both(head: str, number: int, above: Row) -> str:
    """Give a head with the one above it, which may span several columns."""
    upper = above.text(number)
    at = number
    while not upper and head and at > 0:
        at -= 1
        upper = above.text(at)
    for choice in (f"{upper} {head}".strip(), head, upper):
        if role_of(choice)[0]:
            return choice
    return head or upper


def _settled(columns: list[Column]) -> Iterator[Column]:
    """Give the columns with what only their neighbours tell settled."""
    roles = [column.role for column in columns]
    has_first, has_last = "first" in roles, "last" in roles
    seen: set[str] = set()
    for column in columns:
        role = column.role
        if role == "driver" and has_first and not has_last:
            role = "last"
        elif role == "driver" and has_last and not has_first and normal(column.head) in _FIRST_BESIDE_LAST:
            role = "first"
        elif role == "driver" and (has_first and has_last) and not column.which:
            role = "ignored"
        elif role == "position" and "position" in seen:
            role = "class_position" if "class_position" not in roles else "ignored"
        elif role == "grid" and "position" not in roles:
            role = "position"
        elif role == "time" and "time" in seen and "best" not in roles:
            role = "best"
        elif role in seen and role not in ("driver", "first", "last", "country", "points"):
            role = "ignored"
        seen.add(role)
        yield Column(role, column.which, column.head)


def is_position(text: str) -> bool:
    """Say whether a cell holds a place."""
    return bool(POSITION.fullmatch(text))


def checked(columns: Columns, rows: Sequence[Row]) -> Columns:
    """Give the columns once more with what their cells say against their heads."""
    found = _timed(list(columns), rows)
    roles = {column.role for column in columns}
    for number, column in enumerate(columns):
        texts = [row.text(number) for row in rows if row.text(number)]
        if column.role in ("class", "rookie") and "position" not in roles and _runs(texts):
            found[number] = Column("position", 0, column.head)
        elif not column.head and "position" not in roles and _runs(texts):
            found[number] = Column("position")
        elif not column.head and "number" not in roles and "position" in roles and _numbers(texts):
            found[number] = Column("number")
        else:
            continue
        roles.add(found[number].role)
    return tuple(found)


def _timed(columns: list[Column], rows: Sequence[Row]) -> list[Column]:
    """Give the columns with the best lap where times stand: a head "Best Lap" may stand above the lap's number."""
    best = next((number for number, column in enumerate(columns) if column.role == "best"), None)
    if best is None or not _plain([row.text(best) for row in rows]):
        return columns
    for number, column in enumerate(columns):
        if (
            column.role == "ignored"
            and role_of(column.head)[0] == "best"
            and not _plain([row.text(number) for row in rows])
        ):
            columns[number] = Column("best", 0, column.head)
    columns[best] = Column("ignored", 0, columns[best].head)
    return columns


def _plain(texts: Sequence[str]) -> bool:
    return all(text.isdigit() for text in texts if text)


def _runs(texts: Sequence[str]) -> bool:
    """Say whether cells count from 1 on."""
    places = [int(match[1]) for text in texts if (match := POSITION.fullmatch(text))]
    return len(places) >= 2 and places[0] == 1 and all(0 <= b - a <= 1 for a, b in pairwise(places))


def _numbers(texts: Sequence[str]) -> bool:
    plain = [text for text in texts if _CAR_NUMBER.fullmatch(text)]
    return len(plain) >= 2 and len(plain) >= 0.8 * len(texts) and len(set(plain)) >= 0.9 * len(plain)


def columns_by_content(rows: Sequence[Row]) -> Columns | None:
    """Give the columns of a table without a head by what its cells hold; None where it does not look like a classification."""
    width = max((len(row.cells) for row in rows), default=0)
    if width > _WIDEST:
        return None
    cells = [[row.text(number) for row in rows if row.text(number)] for number in range(width)]
    roles = [""] * width
    placed = next(
        (number for number, texts in enumerate(cells) if _placed(texts[:_LOOKED_AT]) and _placed(texts)), None
    )
    if placed is None:
        return None
    roles[placed] = "position"
    people = [number for number in range(width) if _share(cells[number], looks_like_people) >= 0.8]
    if not people:
        return None
    # Drivers differ from row to row; cars and classes do not, teams less so.
    most = max(people, key=lambda number: (len(set(cells[number])) / len(cells[number]) > 0.9, -number))
    roles[most] = "driver"
    for number in range(width):
        if not roles[number]:
            roles[number] = _by_content(cells[number], roles, len(rows))
    return tuple(Column(role) for role in roles)


def _placed(texts: Sequence[str]) -> bool:
    places = [text for text in texts if is_position(text) or status_of(text)]
    return len(places) >= 0.9 * len(texts) and _runs([text for text in texts if is_position(text)])


def _share(texts: Sequence[str], holds: object) -> float:
    assert callable(holds)
    return sum(bool(holds(text)) for text in texts) / len(texts) if texts else 0.0


def _by_content(texts: Sequence[str], roles: Sequence[str], rows: int) -> str:
    if not texts:
        return ""
    if "number" not in roles and _numbers(texts) and len(texts) >= 0.9 * rows:
        return "number"
    if "country" not in roles and _share(texts, lambda text: len(text) <= 3 and country_of(text)) >= 0.9:
        return "country"
    if "gap" not in roles and _share(texts, _GAP.fullmatch) >= 0.6:
        return "gap"
    if _share(texts, _TIME.fullmatch) >= 0.6:
        return "time" if "time" not in roles else "best" if "best" not in roles else ""
    if "laps" not in roles and _share(texts, _PLAIN_NUMBER.fullmatch) >= 0.9:
        return "laps"
    words = [text for text in texts if any(c.isalpha() for c in text)]
    if len(words) < 0.8 * len(texts) or len(texts) < 0.5 * rows:
        return ""
    short = max(map(len, words)) <= 9 and len(set(words)) <= max(2, len(words) // 3)
    if "class" not in roles and short:
        return "class"
    return "team" if "team" not in roles else "car" if "car" not in roles else ""
