"""Who is meant: the names, numbers and teams of a report to a season's entries. Plain."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from rapidfuzz.distance import DamerauLevenshtein

from racing.names import PARTICLES, fold
from racing.terms import OVERALL, TRACK, Match


@dataclass(frozen=True, slots=True)
class Named:
    """A driver as the season knows them; `key` is the driver's id, `aliases` are other ways of writing the whole name."""

    key: int
    first_name: str
    last_name: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Entrant:
    """A car on the season's list in the round in question; `key` is the entry's id."""

    key: int
    crew: tuple[Named, ...]
    number: str = ""
    team: str = ""
    car: str = ""
    classes: frozenset[str] = field(default_factory=frozenset)
    guest: bool = False


@dataclass(frozen=True, slots=True)
class Matched:
    """The outcome: `entry` is the entry's id where `match` is MATCHED, `drivers` are the ids of those meant in it.

    `candidates` are the entries between which an ambiguous name does not decide. `why` is one of REASONS.
    """

    match: Match
    entry: int | None = None
    drivers: tuple[int, ...] = ()
    candidates: tuple[int, ...] = ()
    why: str = ""


#: How well a written name fits a driver, the best first.
EXACT, SURNAME, PART, CLOSE, NOT_AT_ALL = 4, 3, 2, 1, 0

#: Why somebody was found: by the best of the names' fits, with what decided between several.
REASONS = {
    EXACT: "full name",
    SURNAME: "surname",
    PART: "part of the name",
    CLOSE: "close spelling",
}


def match_people(
    drivers: Sequence[str],
    entrants: Sequence[Entrant],
    *,
    number: str = "",
    team: str = "",
    ranking: str = "",
) -> Matched:
    """Find the one entrant whom a fact means.

    `drivers` are names as a report gives them ("Andlauer", "J. Andlauer", "ANDLAUER Julien"); all of them must belong to
    the same car. `number`, `team` and a class as `ranking` decide between entrants of the same name, never against a name.
    Without a name, a number alone is enough if one car has it.
    """
    if not drivers:
        same = [entrant for entrant in entrants if number and entrant.number == number]
        return _decide([(entrant, ()) for entrant in same], "number")
    fits = [(entrant, *_crew_fit(drivers, entrant.crew)) for entrant in entrants]
    best = max((fit for _, fit, _ in fits), default=NOT_AT_ALL)
    if best == NOT_AT_ALL:
        return Matched(Match.UNKNOWN, why="nobody of that name")
    found = [(entrant, keys) for entrant, fit, keys in fits if fit == best]
    if best == CLOSE and number:
        # A misspelt name and another car's number: rather nobody than the wrong one.
        found = [(entrant, keys) for entrant, keys in found if entrant.number in ("", number)]
    why = REASONS[best]
    for reason, agrees in _deciders(number, team, ranking):
        if len(found) > 1 and (agreeing := [row for row in found if agrees(row[0])]) and len(agreeing) < len(found):
            found, why = agreeing, f"{why} and {reason}"
    return _decide(found, why)


def _decide(found: list[tuple[Entrant, tuple[int, ...]]], why: str) -> Matched:
    if not found:
        return Matched(Match.UNKNOWN, why=f"nobody of that {why}")
    if len(found) > 1:
        return Matched(Match.AMBIGUOUS, candidates=tuple(sorted(entrant.key for entrant, _ in found)), why=why)
    entrant, keys = found[0]
    return Matched(Match.MATCHED, entrant.key, keys, why=why)


def _deciders(number: str, team: str, ranking: str) -> list[tuple[str, Callable[[Entrant], bool]]]:
    """Give what may decide between entrants of the same name, the strongest first."""
    deciders: list[tuple[str, Callable[[Entrant], bool]]] = []
    if number:
        deciders.append(("number", lambda entrant: entrant.number == number))
    if team:
        deciders.append(("team", lambda entrant: same_team(entrant.team, team)))
    if ranking and ranking not in (TRACK, OVERALL):
        deciders.append(("class", lambda entrant: ranking in entrant.classes))
    return deciders


def same_team(one: str, other: str) -> bool:
    """Tell whether two ways of writing a team's name are the same: equal, or all words of one occur in the other."""
    words, others = set(fold(one).split()), set(fold(other).split())
    return bool(words and others) and (words <= others or others <= words)


def _crew_fit(drivers: Sequence[str], crew: Sequence[Named]) -> tuple[int, tuple[int, ...]]:
    """Give the weakest of the names' fits, each with a driver of its own, and the drivers' ids."""
    rest, keys, weakest = list(crew), [], EXACT
    for name in drivers:
        fit, member = max(
            ((name_fit(name, member), member) for member in rest), key=lambda row: row[0], default=(0, None)
        )
        if not fit or member is None:
            return NOT_AT_ALL, ()
        rest.remove(member)
        keys.append(member.key)
        weakest = min(weakest, fit)
    return weakest, tuple(keys)


def name_fit(written: str, driver: Named) -> int:
    """Tell how well a written name fits a driver: EXACT, SURNAME, PART, CLOSE or NOT_AT_ALL.

    >>> name_fit("ANDLAUER Julien", Named(1, "Julien", "Andlauer"))
    4
    >>> name_fit("Marc Andlauer", Named(1, "Julien", "Andlauer"))
    0
    """
    words = fold(written).split()
    first, last = fold(driver.first_name).split(), fold(driver.last_name).split()
    if not words:
        return NOT_AT_ALL
    if words in (first + last, last + first) or any(words == fold(alias).split() for alias in driver.aliases):
        return EXACT
    one_word = len(written.split()) == 1
    return max(_fit_split(words[:cut], words[cut:], first, last, one_word) for cut in range(len(words)))


def _fit_split(given: list[str], surname: list[str], first: list[str], last: list[str], one_word: bool) -> int:
    """Fit a written name that is split into first name (perhaps none) and surname.

    `one_word` tells that the whole name is one word: then it is a bare surname, perhaps double, that may be misspelt.
    """
    forename = _forename_fit(given, first)
    if forename == NOT_AT_ALL:
        return NOT_AT_ALL
    if _without_particles(surname) == _without_particles(last):
        return min(forename, SURNAME)
    if _is_part(surname, last) or (one_word and _is_part(last, surname)):
        return min(forename, PART)
    if given and first and forename >= SURNAME and _close(" ".join(surname), " ".join(last)):
        return CLOSE
    if one_word and min(len("".join(surname)), len("".join(last))) >= 8 and _close(" ".join(surname), " ".join(last)):
        # Without a first name only a long surname bears a slip: Martin is not Marvin.
        return CLOSE
    return NOT_AT_ALL


def _forename_fit(given: list[str], first: list[str]) -> int:
    """Fit first names: equal or one of them missing, an initial or a short form, a slip of the pen."""
    if not given or not first or given == first:
        return SURNAME
    initials = "".join(word[0] for word in first)
    if "".join(given) == initials or (len(given) == 1 and len(given[0]) == 1 and given[0] == first[0][0]):
        return SURNAME
    if len(first) == 1 and len(first[0]) == 1 and given[0][0] == first[0]:
        return SURNAME
    one, other = "".join(given), "".join(first)
    if min(len(one), len(other)) >= 3 and (one.startswith(other) or other.startswith(one)):
        return PART
    return CLOSE if min(len(one), len(other)) >= 6 and _close(one, other) else NOT_AT_ALL


def _without_particles(surname: list[str]) -> list[str]:
    return [word for word in surname if word not in PARTICLES] or surname


def _is_part(part: list[str], whole: list[str]) -> bool:
    """Tell whether one half of a double surname stands for the whole: "Hasse" for "Hasse-Clot"."""
    return len(part) == 1 and len(part[0]) >= 4 and len(whole) > 1 and part[0] in (whole[0], whole[-1])


def _close(one: str, other: str) -> bool:
    """Tell whether two words may be one with a slip of the pen: one edit from five letters on, two from nine on."""
    length = min(len(one), len(other))
    allowed = 0 if length < 5 else 1 if length < 9 else 2
    return one != other and 0 < DamerauLevenshtein.distance(one, other, score_cutoff=allowed) <= allowed
