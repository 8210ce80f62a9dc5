"""How names are written: first name and surname told apart, the fuller of two ways of writing, whole names compared. Plain."""

import tomllib
from collections.abc import Collection
from functools import cache
from pathlib import Path

from racing.names import PARTICLES, fold
from racing.reading.lexicon import competitions, kept_places

_WORDS = tomllib.loads(Path(__file__).with_name("proposals.toml").read_text("utf-8"))
OVERLAY_CLASSES = frozenset(fold(word) for word in _WORDS["overlay_classes"])
CLASS_ORDER = tuple(fold(word) for word in _WORDS["class_order"])
CIRCUIT_WORDS = frozenset(part for word in _WORDS["circuit_words"] for part in fold(word).split())
TEAM_WORDS = frozenset(fold(word) for word in _WORDS["team_words"])
SERIES_COUNTRIES: dict[str, list[str]] = _WORDS["series_countries"]


def split_name(name: str) -> tuple[str, str]:
    """Give first name and surname; a particle begins the surname, and so do capitals. A single word is a surname.

    >>> split_name("Joffrey de Narda")
    ('Joffrey', 'de Narda')
    >>> split_name("ANDLAUER Julien")
    ('Julien', 'Andlauer')
    """
    words = name.split()
    shouted = [word for word in words if _is_shouted(word)]
    if shouted and len(shouted) < len(words) and _is_shouted(words[0]):
        rest = [word for word in words if word not in shouted]
        return " ".join(rest), " ".join(_calmed(word) for word in shouted)
    words = [_calmed(word) for word in words]
    if len(words) < 2 or fold(words[0]) in PARTICLES:
        return "", " ".join(words)
    cut = next((at for at, word in enumerate(words) if at and fold(word) in PARTICLES), len(words) - 1)
    return " ".join(words[:cut]), " ".join(words[cut:])


def _is_shouted(word: str) -> bool:
    letters = [letter for letter in word if letter.isalpha()]
    return len(letters) > 2 and all(letter.isupper() for letter in letters)


def _calmed(word: str) -> str:
    return word.title() if _is_shouted(word) else word


def fuller(names: Collection[tuple[str, str]]) -> tuple[str, str]:
    """Give, of several ways of writing one person's (first name, surname), the fullest; the order never matters.

    A first name is more than an initial, an initial more than nothing, a double surname more than half of it, an accent
    more than none.
    """

    def fullness(name: tuple[str, str]) -> tuple[int, int, int, int, tuple[str, str]]:
        first, last = name
        spelt = fold(first).replace(" ", "")
        accents = sum(1 for letter in first + last if not letter.isascii())
        return min(len(spelt), 2), len(fold(last).split()), len(fold(first).split()), accents, name

    return max(names, key=fullness)


def same_series(one: str, other: str) -> bool:
    """Tell whether two ways of writing a series are the same: the shorter lacks words, but neither the last nor all but one.

    >>> same_series("Carrera Cup France", "Porsche Carrera Cup France")
    True
    >>> same_series("Porsche Carrera Cup", "Porsche Carrera Cup France")
    False
    """
    known, same = _series_names().get(fold(one)), _series_names().get(fold(other))
    if known and same:
        return known == same
    words, others = fold(one).split(), fold(other).split()
    if not words or not others or words[-1] != others[-1]:
        return words == others
    shorter, longer = sorted((set(words), set(others)), key=len)
    return shorter <= longer and (len(shorter) > 1 or shorter == longer)


@cache
def _series_names() -> dict[str, str]:
    """Give the names of a series in their own right, "British GT Championship", to its usual one: they are one series."""
    rows = [row for row in competitions()["known"] if not row.get("generic")]
    return {fold(name): row["name"] for row in rows for name in (row["name"], *row.get("kept", ()))}


def same_circuit(one: str, other: str) -> bool:
    """Tell whether two ways of writing a circuit are the same, "Circuit de" and the like aside; "Spa" is Spa-Francorchamps."""
    one, other = kept_places().get(fold(one), one), kept_places().get(fold(other), other)
    words, others = _without(one, CIRCUIT_WORDS), _without(other, CIRCUIT_WORDS)
    shorter, longer = sorted((words, others), key=len)
    return words == others or (len(shorter) == 1 and len(longer) > 1 and shorter[0] == longer[0])


def same_team_name(one: str, other: str) -> bool:
    """Tell whether two ways of writing a team are the same, "Team" and the like aside."""
    return sorted(_without(one, TEAM_WORDS)) == sorted(_without(other, TEAM_WORDS))


def _without(name: str, noise: Collection[str]) -> list[str]:
    words = fold(name).split()
    return [word for word in words if word not in noise] or words


def is_overlay(name: str) -> bool:
    """Tell whether a class of this name lies across the others, as Rookie does."""
    return fold(name) in OVERLAY_CLASSES


def class_order(name: str) -> int:
    """Give the place of a class among a season's: the quickest first, those without a known place behind, overlays last.

    >>> [class_order(name) < class_order("Am") for name in ("Pro-Am", "Porsche Sprint", "Rookie")]
    [True, False, False]
    """
    if is_overlay(name):
        return 2 * len(CLASS_ORDER)
    folded = fold(name)
    return CLASS_ORDER.index(folded) if folded in CLASS_ORDER else len(CLASS_ORDER)


def countries_of(series: str) -> frozenset[str]:
    """Give the countries that a series' name calls its own, empty where it names none.

    >>> sorted(countries_of("GT3 Cup Challenge Benelux"))
    ['BE', 'LU', 'NL']
    """
    name = f" {fold(series)} "
    return frozenset(code for word, codes in SERIES_COUNTRIES.items() if f" {word} " in name for code in codes)
