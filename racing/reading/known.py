"""What is known of a season before a report of it is read: who drives which car, with whom, for which team, in which class.

These are other people's words: they are compared folded, bounded in number and length, and never made into a pattern.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeVar

from racing.reading.folding import fold

#: So many entries of a season are looked at, so many drivers of each, and so many characters of a name.
MOST_ENTRIES = 400
MOST_DRIVERS = 12
MOST_CHARACTERS = 80
#: A word with fewer letters is too short to tell a slip of the pen from another name.
_SLIP = 6

_Name = TypeVar("_Name", str, tuple[str, ...])


@dataclass(frozen=True, slots=True)
class KnownDriver:
    """A driver's full name (or surname, where no more is known), and the nationality as an ISO code or ""."""

    name: str
    nationality: str = ""


@dataclass(frozen=True, slots=True)
class KnownEntry:
    """A car: its drivers of the whole season, number, team, make and classes; "" and () where unknown."""

    drivers: tuple[KnownDriver, ...]
    number: str = ""
    team: str = ""
    car: str = ""
    classes: tuple[str, ...] = ()


Known = tuple[KnownEntry, ...]


def to_json(known: Known) -> list[dict[str, Any]]:
    """Give the entries as JSON values; `from_json` gives them back."""
    return [
        {
            "drivers": [{"name": one.name, "nationality": one.nationality} for one in entry.drivers],
            "number": entry.number,
            "team": entry.team,
            "car": entry.car,
            "classes": list(entry.classes),
        }
        for entry in known
    ]


def from_json(rows: Any) -> Known:
    """Give the entries of a JSON list, cut to the bounds; a driver may also be a mere name. Raises ValueError otherwise."""
    if not isinstance(rows, list) or not all(isinstance(row, Mapping) for row in rows):
        raise ValueError("entries are a list of objects")
    return tuple(_entry(row) for row in rows[:MOST_ENTRIES])


def _entry(row: Mapping[str, Any]) -> KnownEntry:
    drivers, classes = row.get("drivers", []), row.get("classes", [])
    if not isinstance(drivers, list) or not isinstance(classes, list):
        raise ValueError("drivers and classes are lists")
    people = (_driver(one) for one in drivers[:MOST_DRIVERS])
    return KnownEntry(
        tuple(one for one in people if one.name),
        _text(row.get("number")),
        _text(row.get("team")),
        _text(row.get("car")),
        tuple(_text(name) for name in classes[:MOST_DRIVERS]),
    )


def _driver(value: Any) -> KnownDriver:
    if isinstance(value, Mapping):
        return KnownDriver(_text(value.get("name")), _text(value.get("nationality"))[:2].upper())
    return KnownDriver(_text(value))


def _text(value: Any) -> str:
    if value is None:
        return ""
    if not isinstance(value, str | int) or isinstance(value, bool):
        raise ValueError("names and numbers are text")
    return " ".join(str(value).split())[:MOST_CHARACTERS]


Parts = tuple[str, ...]


@lru_cache(4096)
def parts_of(name: str) -> Parts:
    """Give the parts of a name as it is compared: folded, without hyphens and stops."""
    return tuple(fold(name).replace("-", " ").replace(".", " ").replace("’", "'").replace("'", "' ").split())


def number_of(written: str) -> str:
    """Give a car's number as numbers are compared: "07" is "7"."""
    return written.strip().lstrip("0") or written.strip()


class Roster:
    """The known entries, laid out to be found in a text.

    Drivers and entries have numbers. `whole` has every way of writing a driver that nobody else has by chance: full names in
    both orders, initials with the surname; `lone` the surnames, and what they end with.
    """

    def __init__(self, known: Sequence[KnownEntry]) -> None:
        self.names: list[str] = []
        self.nationalities: list[str] = []
        self.entries: list[tuple[frozenset[int], KnownEntry]] = []
        self.of: dict[int, set[int]] = {}
        self.whole: dict[Parts, set[int]] = {}
        self.lone: dict[Parts, set[int]] = {}
        keys: dict[Parts, int] = {}
        for entry in known[:MOST_ENTRIES]:
            crew = frozenset(self._driver(one, keys) for one in entry.drivers[:MOST_DRIVERS] if parts_of(one.name))
            for one in crew:
                self.of.setdefault(one, set()).add(len(self.entries))
            self.entries.append((crew, entry))
        self._slips = _slips_of([*self.whole, *self.lone])
        self.numbers = _alone((number_of(entry.number), at) for at, (_, entry) in enumerate(self.entries))
        self.teams = _alone((parts_of(entry.team), at) for at, (_, entry) in enumerate(self.entries))
        self.classes = [frozenset(fold(name) for name in entry.classes) for _, entry in self.entries]
        self.longest = max((len(form) for form in (*self.whole, *self.lone, *self.teams)), default=0)

    def _driver(self, one: KnownDriver, keys: dict[Parts, int]) -> int:
        parts = parts_of(one.name)
        if parts not in keys:
            keys[parts] = len(self.names)
            self.names.append(one.name)
            self.nationalities.append("")
            self._forms(one.name, parts, keys[parts])
        self.nationalities[keys[parts]] = self.nationalities[keys[parts]] or one.nationality
        return keys[parts]

    def _forms(self, name: str, parts: Parts, number: int) -> None:
        """Keep every way in which a driver may be written."""
        words = name.split()
        first = len(parts_of(words[0])) if len(words) > 1 else 0
        for start in range(first, len(parts)):
            if len(parts[start]) > 2:
                self.lone.setdefault(parts[start:], set()).add(number)
        if first:
            initials = tuple(part[0] for part in parts[:first])
            for form in (
                parts,
                (*parts[first:], *parts[:first]),
                (*initials, *parts[first:]),
                (*parts[first:], *initials),
            ):
                self.whole.setdefault(form, set()).add(number)
            self.whole.setdefault((parts[0][0], *parts[first:]), set()).add(number)

    def drivers(self, parts: Parts) -> frozenset[int]:
        """Give who may be meant by a name: by the whole of it, by a surname, or with one slip of the pen."""
        exact = self.whole.get(parts) or self.lone.get(parts)
        return frozenset(exact if exact else self.slips(parts))

    def slips(self, parts: Parts) -> frozenset[int]:
        """Give who may be meant by a name with one letter missing, too many, wrong, or two exchanged."""
        written = " ".join(parts)
        if len(written) < _SLIP or len(parts[-1]) < _SLIP - 1:
            return frozenset()
        found: set[int] = set()
        for key in (written, *_shortened(written)):
            for form in self._slips.get(key, ()):
                if len(form) == len(parts) and form[-1][:1] == parts[-1][:1] and _is_slip(" ".join(form), written):
                    found |= self.whole.get(form) or self.lone.get(form) or set()
        return frozenset(found)

    def mates(self, ours: Iterable[int], theirs: Iterable[int]) -> bool:
        """Tell whether any of ours and any of theirs share a car."""
        cars = {car for one in ours for car in self.of.get(one, ())}
        return any(cars & self.of.get(one, set()) for one in theirs)


def _alone(rows: Iterable[tuple[_Name, int]]) -> dict[_Name, int]:
    """Give what only one entry has, with that entry."""
    found: dict[_Name, int | None] = {}
    for name, at in rows:
        found[name] = None if name in found else at
    return {name: at for name, at in found.items() if name and at is not None}


def _shortened(word: str) -> Iterable[str]:
    return {word[:at] + word[at + 1 :] for at in range(len(word))}


def _slips_of(forms: Iterable[Parts]) -> dict[str, list[Parts]]:
    found: dict[str, list[Parts]] = {}
    for form in forms:
        written = " ".join(form)
        if len(written) >= _SLIP and len(form[-1]) >= _SLIP - 1:
            for key in (written, *_shortened(written)):
                found.setdefault(key, []).append(form)
    return found


def _is_slip(one: str, other: str) -> bool:
    """Tell whether two words differ by one letter, or by two neighbours exchanged."""
    at = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    rests = (one[at:], other[at:])
    return (
        rests[0][1:] == rests[1][1:]
        or rests[0][1:] == rests[1]
        or rests[0] == rests[1][1:]
        or (rests[0][1::-1] == rests[1][:2] and rests[0][2:] == rests[1][2:])
    )
