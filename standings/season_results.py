"""A season's rows to the values that are scored: its races in their order, with the places that are known."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import TypeVar

from django.db.models import F, QuerySet

from racing.models import CrewMember, Entry, EntryClass, Place, Race, Result, Round, Season
from racing.terms import Contest, RaceStatus, Status
from standings.scoring import Line, RaceResults
from standings.session_kinds import kind_of

Member = TypeVar("Member", CrewMember, EntryClass)


@dataclass(frozen=True, slots=True)
class SeasonResults:
    """The races of a season in their order; `rounds` are its meetings with their numbers, in the same order."""

    races: tuple[RaceResults, ...]
    rounds: tuple[tuple[int, int | None], ...]


def season_results(season: Season, sessions: Collection[str]) -> SeasonResults:
    """Load a season with a fixed number of queries.

    `sessions` are the kinds of session that some championship has a scale for (`standings.session_kinds`). A race that is only
    scheduled has no lines.
    """
    rounds = list(
        Round.objects.filter(season=season)
        .order_by("order", F("event__start").asc(nulls_last=True), "event_id")
        .values_list("event_id", "number", "event__name")
    )
    numbers = {event: number for event, number, _ in rounds}
    names = {event: name for event, _, name in rounds}
    place = {event: index for index, event in enumerate(numbers)}
    races = sorted(Race.objects.filter(event__in=place), key=lambda race: (place[race.event_id], race.number))
    lines = _lines(season, races, numbers)
    values = tuple(
        RaceResults(
            key=race.pk,
            round=race.event_id,
            number=numbers[race.event_id],
            session=kind_of(race.name, race.number, names[race.event_id], sessions),
            cancelled=race.status == RaceStatus.CANCELLED,
            starters=race.starters,
            lines=() if race.status == RaceStatus.SCHEDULED else tuple(lines[race.pk]),
        )
        for race in races
    )
    return SeasonResults(values, tuple(numbers.items()))


def _lines(season: Season, races: Iterable[Race], numbers: dict[int, int | None]) -> dict[int, list[Line]]:
    """Give the lines of each race by its id."""
    round_of = {race.pk: numbers[race.event_id] for race in races}
    entries = {
        key: (team, guest)
        for key, team, guest in Entry.objects.filter(season=season).values_list("pk", "team_id", "guest")
    }
    crews = _by_entry(CrewMember.objects.filter(entry__season=season).order_by("order", "pk"))
    classes = _by_entry(EntryClass.objects.filter(entry__season=season).select_related("racing_class"))
    results = Result.objects.filter(entry__season=season, race__in=round_of)
    places: dict[int, dict[tuple[Contest, str], int]] = defaultdict(dict)
    contests = {contest.value: contest for contest in Contest}
    for result, contest, ranking, position in Place.objects.filter(result__in=results).values_list(
        "result_id", "contest", "ranking", "position"
    ):
        places[result][contests[contest], ranking] = position
    lines: dict[int, list[Line]] = defaultdict(list)
    for result, race, entry, status in results.values_list("pk", "race_id", "entry_id", "status"):
        number = round_of[race]
        team, guest = entries[entry]
        lines[race].append(
            Line(
                entry,
                tuple(dict.fromkeys(one.driver_id for one in crews[entry] if one.holds_in(number))),
                team,
                guest,
                frozenset(one.racing_class.name for one in classes[entry] if one.holds_in(number)),
                Status(status) if status else None,
                places.get(result, {}),
            )
        )
    return lines


def _by_entry(rows: QuerySet[Member]) -> dict[int, list[Member]]:
    found: dict[int, list[Member]] = defaultdict(list)
    for row in rows:
        found[row.entry_id].append(row)
    return found
