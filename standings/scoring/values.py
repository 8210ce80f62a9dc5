"""Single values out of data (TOML or JSON), with every mistake told by the key that it stands under."""

from collections.abc import Callable, Mapping, Sequence
from difflib import SequenceMatcher
from enum import StrEnum
from fractions import Fraction
from typing import Any, TypeVar

from standings.scoring.mistakes import WHOLE, Gathered, Mistake, RulesError
from standings.scoring.points import parse_points

Choice = TypeVar("Choice", bound=StrEnum)
Item = TypeVar("Item")
#: No points are larger, or parts of points finer.
MOST = 10**9
#: Numbers are also ids, which databases keep in eight bytes.
LARGEST = 2**63 - 1


def nearest(word: str, known: Sequence[str]) -> str:
    """Give the known word that is most like the given one."""
    return max(known, key=lambda other: SequenceMatcher(None, word.casefold(), other.casefold()).ratio())


def table(value: Any, allowed: Sequence[str] | Mapping[str, Any], key: str) -> Mapping[str, Any]:
    """Give a table that has no other keys than those that are allowed."""
    gathered = Gathered()
    found = known_of(gathered, value, allowed, key)
    gathered.end()
    return found


def known_of(gathered: Gathered, value: Any, allowed: Sequence[str] | Mapping[str, Any], key: str) -> Mapping[str, Any]:
    """Give what a table has of the keys that are allowed; each other key is a mistake of its own, which is gathered."""
    data = mapping(value, key)
    for name in data:
        if name not in allowed:
            code = Mistake.UNKNOWN_KEY if key == WHOLE else Mistake.UNKNOWN_KEY_IN
            gathered.found.append(RulesError(code, key, given=str(name), nearest=nearest(str(name), list(allowed))))
    return {name: own for name, own in data.items() if name in allowed}


def each(value: Any, key: str, how: Callable[[Any, str], Item]) -> tuple[Item, ...]:
    """Read each of a list, by its number in it; the mistakes of all of them are told."""
    gathered = Gathered()
    found = []
    for index, one in enumerate(items(value, key), 1):
        with gathered:
            found.append(how(one, f"{key}[{index}]"))
    gathered.end()
    return tuple(found)


def one_of(value: Any, known: Sequence[str], key: str) -> str:
    """Give one of the known words."""
    if not isinstance(value, str) or value not in known:
        given = {"known": ", ".join(known), "given": repr(value)}
        if isinstance(value, str):
            raise RulesError(Mistake.NEARLY_ONE_OF, key, **given, nearest=nearest(value, known))
        raise RulesError(Mistake.NOT_ONE_OF, key, **given)
    return value


def mapping(value: Any, key: str) -> Mapping[str, Any]:
    """Give a table of keys and values."""
    if not isinstance(value, Mapping):
        raise RulesError(Mistake.NOT_A_TABLE, key, given=repr(value))
    return value


def items(value: Any, key: str) -> Sequence[Any]:
    """Give a list."""
    if not isinstance(value, list | tuple):
        raise RulesError(Mistake.NOT_A_LIST, key, given=repr(value))
    return value


def text(value: Any, key: str) -> str:
    """Give text."""
    if not isinstance(value, str):
        raise RulesError(Mistake.NOT_TEXT, key, given=repr(value))
    return value


def flag(value: Any, key: str) -> bool:
    """Give true or false."""
    if not isinstance(value, bool):
        raise RulesError(Mistake.NOT_A_FLAG, key, given=repr(value))
    return value


def number(value: Any, key: str) -> int:
    """Give a whole number from 0 on."""
    # Keys of TOML and JSON tables are text.
    if isinstance(value, str) and value.isdecimal() and len(value) < 10:
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= LARGEST:
        raise RulesError(Mistake.NOT_A_NUMBER, key, given=repr(value))
    return value


def numbers(value: Any, key: str) -> frozenset[int]:
    """Give a set of whole numbers."""
    return frozenset(number(one, key) for one in items(value, key))


def any_points(value: Any, key: str) -> Fraction:
    """Read points; 12.5 of a TOML or JSON file is the decimal that is written there, not its neighbour in binary."""
    if isinstance(value, bool) or not isinstance(value, int | float | str | Fraction):
        raise RulesError(Mistake.NOT_POINTS, key, given=repr(value))
    try:
        # An exponent may stand for more digits than any machine holds.
        if isinstance(value, str) and "e" in value.casefold():
            raise ValueError(value)
        found = value if isinstance(value, Fraction) else parse_points(str(value))
    except (ValueError, ZeroDivisionError):
        raise RulesError(Mistake.UNREADABLE_POINTS, key, given=repr(value)) from None
    if abs(found) > MOST or found.denominator > MOST:
        raise RulesError(Mistake.BEYOND_REASON, key, given=repr(value))
    return found


def points(value: Any, key: str) -> Fraction:
    """Give points from 0 on."""
    found = any_points(value, key)
    if found < 0:
        raise RulesError(Mistake.BELOW_ZERO, key)
    return found


def cars(value: Any, key: str) -> int | None:
    """Give a number of cars, None for all."""
    return None if value == "all" else number(value, key)


def texts(value: Any, key: str) -> frozenset[str]:
    """Give a set of texts."""
    return frozenset(text(one, key) for one in items(value, key))


def choice(kind: type[Choice]) -> Callable[[Any, str], Choice]:
    """Give what reads one word of a kind."""
    return lambda value, key: kind(one_of(value, tuple(kind), key))


def either(yes: str, no: str) -> Callable[[Any, str], bool]:
    """Give what tells the one of two words from the other."""
    return lambda value, key: one_of(value, (yes, no), key) == yes
