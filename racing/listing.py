"""A season's list as values: its meetings with their races, its cars with their crews, classes and marks by round.

Settling and scoring go by the same list; it is loaded once for both, in three statements.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, NamedTuple

from racing import quick_json
from racing.models import Season
from racing.models.calendar import figures_of, words_of
from racing.models.entries import holds
from racing.statements import Asked, Values

#: From which round to which, None for the season's end, and what holds then.
Span = tuple[Any, ...]

_CALENDAR = """
SELECT listed.event_id, listed.number, meeting.name,
    race.id, race.number, race.name, race.status, race.starters,
    race.laps, race.laps_planned, CAST(race.hours AS text), race.attributes, race.tags
FROM racing_round listed JOIN racing_event meeting ON meeting.id = listed.event_id
LEFT JOIN racing_race race ON race.event_id = listed.event_id
WHERE listed.season_id = %s
ORDER BY listed."order", meeting.start IS NULL, meeting.start, listed.event_id, race.number
"""
_CARS = """
SELECT entry.id, entry.team_id, entry.guest, entry.make_id, make.builder_id
FROM racing_entry entry LEFT JOIN racing_make make ON make.id = entry.make_id
WHERE entry.season_id = %s ORDER BY entry.id
"""
# What holds of cars by round: its kind, in the order of the crew or of the rounds, an id or a number, two words and an entry.
_BY_ROUND = """
SELECT 1, held."order", held.id, held.entry_id, held.from_round, held.to_round,
    held.driver_id, held.flags, driver.nationality, 0
FROM racing_crewmember held JOIN racing_entry entry ON entry.id = held.entry_id
JOIN racing_driver driver ON driver.id = held.driver_id WHERE entry.season_id = %s
UNION ALL
SELECT 2, 0, held.id, held.entry_id, held.from_round, held.to_round,
    CASE WHEN named.overlay THEN 1 ELSE 0 END, named.name, '', 0
FROM racing_entryclass held JOIN racing_entry entry ON entry.id = held.entry_id
JOIN racing_racingclass named ON named.id = held.racing_class_id WHERE entry.season_id = %s
UNION ALL
SELECT 3, held.from_round, held.id, held.entry_id, held.from_round, held.to_round,
    held.nth, held.kind, held.tag, held.other_id
FROM racing_entrymark held JOIN racing_entry entry ON entry.id = held.entry_id WHERE entry.season_id = %s
ORDER BY 1, 2, 3
"""
_CREW, _CLASS = 1, 2


class Meeting(NamedTuple):
    """An event as a round of the season; its number is None while unknown."""

    number: int | None
    name: str


class ListedRace(NamedTuple):
    """A race of the season, with no more than what its points depend on; `figures` and `words` as those of `models.Race`."""

    key: int
    event: int
    number: int
    name: str
    status: str
    starters: int | None
    figures: dict[str, Fraction]
    words: frozenset[str]


class Car(NamedTuple):
    """An entry of the season; `builder` is whose car it is where the make is a chassis with the engine of another."""

    key: int
    team: int | None
    guest: bool
    make: int | None
    builder: int | None


@dataclass(frozen=True, slots=True)
class SeasonList:
    """The season's list. Meetings (by the event's id) and races are in their order, crews in theirs, marks as they begin.

    `crews` gives drivers with their flags and nationality, `classes` names with whether they are overlays, `marks` kinds with
    their word, number and other entry, each by the entry's id and after the rounds from and to which it holds. `rows` is all of
    it as it was loaded.
    """

    meetings: Mapping[int, Meeting]
    races: tuple[ListedRace, ...]
    cars: tuple[Car, ...]
    crews: Mapping[int, list[Span]]
    classes: Mapping[int, list[Span]]
    marks: Mapping[int, list[Span]]
    rows: tuple[list[Values], ...]


class AskedList:
    """A season's list that was asked for."""

    def __init__(self, season: Season) -> None:
        """Ask for it, in three statements."""
        self._calendar, self._cars = Asked(_CALENDAR, season.pk), Asked(_CARS, season.pk)
        self._by_round = Asked(_BY_ROUND, season.pk, season.pk, season.pk)

    def given(self) -> SeasonList:
        """Give the list."""
        return _season_list(self._calendar.rows(), self._cars.rows(), self._by_round.rows())


def season_list(season: Season) -> SeasonList:
    """Load a season's list."""
    return AskedList(season).given()


def _season_list(calendar: list[Values], cars: list[Values], by_round: list[Values]) -> SeasonList:
    crews: dict[int, list[Span]] = defaultdict(list)
    classes: dict[int, list[Span]] = defaultdict(list)
    marks: dict[int, list[Span]] = defaultdict(list)
    for kind, _order, _key, entry, first, last, number, word, more, other in by_round:
        if kind == _CREW:
            crews[entry].append((first, last, number, word, more))
        elif kind == _CLASS:
            classes[entry].append((first, last, word, number == 1))
        else:
            marks[entry].append((first, last, word, more, number, other))
    return SeasonList(
        {row[0]: Meeting(row[1], row[2]) for row in calendar},
        tuple([_race(row) for row in calendar if row[3] is not None]),
        tuple(Car(key, team, bool(guest), make, builder) for key, team, guest, make, builder in cars),
        crews,
        classes,
        marks,
        (calendar, cars, by_round),
    )


def _race(row: Values) -> ListedRace:
    event, _, _, key, number, name, status, starters, laps, planned, hours, attributes, tags = row
    figures = figures_of(quick_json.loads(attributes), None if hours is None else Fraction(hours), laps, planned)
    return ListedRace(key, event, number, name, status, starters, figures, words_of(tags))


def in_round(spans: Iterable[Span], number: int | None) -> list[Values]:
    """Give what of some spans holds in a round."""
    return [span[2:] for span in spans if holds(span[0], span[1], number)]
