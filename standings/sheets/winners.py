"""Who won: the first overall of each race, for each season that the race counts in."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import F

from racing.models import Driver, Entry, Place
from racing.terms import OVERALL, Contest


@dataclass(frozen=True, slots=True)
class Winner:
    """The car that won a race in a season's own ranking."""

    race: int
    season: int
    entry: Entry
    drivers: tuple[Driver, ...]


def winners_of(races: Iterable[int], ranking: str = OVERALL) -> dict[int, list[Winner]]:
    """Give the winners of races by the race's id; three queries."""
    rows = (
        Place.objects.filter(contest=Contest.RACE, ranking=ranking, position=1, result__race__in=list(races))
        .select_related("result__entry__team", "result__entry__make", "result__entry__season__series")
        .prefetch_related("result__entry__crew__driver")
        .filter(result__race__event__rounds__season=F("result__entry__season"))
        .annotate(round_number=F("result__race__event__rounds__number"))
        .order_by("result__entry__season__series__name", "pk")
    )
    found: dict[int, list[Winner]] = defaultdict(list)
    for row in rows:
        entry = row.result.entry
        number: int | None = vars(row)["round_number"]  # added by the query
        drivers = drivers_of(entry, number, always=False) or drivers_of(entry)
        found[row.result.race_id].append(Winner(row.result.race_id, entry.season_id, entry, drivers))
    return found


def drivers_of(entry: Entry, number: int | None = None, *, always: bool = True) -> tuple[Driver, ...]:
    """Give a car's drivers, each once: all of the season's, or those of round `number` (`always` false)."""
    crew = entry.crew.all()
    return tuple({m.driver_id: m.driver for m in crew if always or m.holds_in(number)}.values())
