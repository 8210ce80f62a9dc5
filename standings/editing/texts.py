"""Single values of a form's fields, as text and back: points, lists of them, numbers of rounds, pairs, words."""

import re
from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from typing import Any, TypeVar

from standings.scoring import Mistake, RulesError
from standings.scoring.points import format_points

#: Points as a person writes them: 12, 12.5, 12,5 or 1/3.
POINTS = re.compile(r"-?\d{1,9}(?:[.,]\d{1,9}|/0*[1-9]\d{0,8})?")
#: Between the points of a list: commas, semicolons, dashes, slashes with spaces around, spaces and ends of lines.
BETWEEN = re.compile(r"\s*[,;–—-]\s*|\s+")
NUMBERS = re.compile(r"(\d{1,3})(?:\s*[-–]\s*(\d{1,3}))?")

Points = int | float | str
Read = TypeVar("Read")


def points_of(text: str, key: str) -> Points:
    """Read one number of points as data. Raises RulesError."""
    text = text.strip().replace("−", "-")
    if not POINTS.fullmatch(text):
        raise RulesError(Mistake.UNREADABLE_POINTS, key, given=repr(text))
    return as_data(Fraction(text.replace(",", ".")))


def threshold_of(text: str, key: str) -> Points:
    """Read a number from which something holds: 6, 0.25, 1/4 or 25 %. Raises RulesError."""
    number, percent, after = text.strip().partition("%")
    if after or not POINTS.fullmatch(number.strip()) or number.startswith("-"):
        raise RulesError(Mistake.NOT_A_THRESHOLD, key, given=repr(text))
    found = Fraction(number.strip().replace(",", "."))
    return as_data(found / 100 if percent else found)


def needed(how: Callable[[str, str], Read], text: str, key: str) -> Read:
    """Read a field that must say something. Raises RulesError."""
    if not text.strip():
        raise RulesError(Mistake.LEFT_EMPTY, key)
    return how(text, key)


def as_data(points: Fraction) -> Points:
    """Give points as a rulebook writes them: 12, 12.5, "1/3"."""
    text = format_points(points)
    if points.denominator == 1:
        return int(points)
    # A decimal that a float says exactly as written stays one.
    return text if "/" in text or repr(float(text)) != text else float(text)


def points_list(text: str, key: str) -> list[Points]:
    """Read "25, 18, 15", "25-18-15" or one a line. Raises RulesError, also where a comma may be either of two things."""
    text = text.strip()
    if re.search(r"\d,\d", text) and re.search(r"\s|;", text):
        raise RulesError(Mistake.UNCLEAR_COMMAS, key)
    return [points_of(one, key) for one in BETWEEN.split(text) if one]


def points_text(value: Any) -> str:
    """Write points, or a list of them, for a field."""
    if isinstance(value, list | tuple):
        return ", ".join(points_text(one) for one in value)
    return str(value)


def number_of(text: str, key: str) -> int:
    """Read a whole number from 0 on. Raises RulesError."""
    if not re.fullmatch(r"[0-9]{1,9}", text.strip()):
        raise RulesError(Mistake.NOT_A_NUMBER, key, given=repr(text))
    return int(text)


def numbers_of(text: str, key: str) -> list[int]:
    """Read "1, 2, 5-8". Raises RulesError."""
    found: list[int] = []
    for one in _words(text):
        match = NUMBERS.fullmatch(one)
        if not match:
            raise RulesError(Mistake.NOT_A_NUMBER, key, given=repr(one))
        first, last = int(match[1]), int(match[2] or match[1])
        if last < first:
            raise RulesError(Mistake.ENDS_BEFORE_IT_BEGINS, key)
        found += range(first, last + 1)
    return found


def numbers_text(value: Iterable[Any]) -> str:
    """Write whole numbers."""
    return ", ".join(str(one) for one in value)


def words_of(text: str) -> list[str]:
    """Read words between commas."""
    return _words(text)


def pairs_of(text: str, key: str) -> list[tuple[int, Points]]:
    """Read "5: 2, 8: 1/2". Raises RulesError."""
    pairs = []
    for one in _words(text):
        left, colon, right = one.partition(":")
        if not colon:
            raise RulesError(Mistake.NOT_PAIRS, key, given=repr(one))
        pairs.append((number_of(left, key), points_of(right, key)))
    return pairs


def pairs_text(value: Mapping[Any, Any] | Iterable[Iterable[Any]]) -> str:
    """Write pairs, given as a table or as a list of two each."""
    pairs = value.items() if isinstance(value, Mapping) else value
    return ", ".join(f"{left}: {points_text(right)}" for left, right in pairs)


def _words(text: str) -> list[str]:
    return [one.strip() for one in re.split(r"[,;\n]", text) if one.strip()]
