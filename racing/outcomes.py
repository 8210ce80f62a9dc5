"""What holds of the races of a season, as values: each result with its places."""

from collections import defaultdict
from collections.abc import Collection
from operator import itemgetter

from django.db import connection

from racing.models import Season
from racing.statements import Asked, among

#: Between the places of a result.
_BETWEEN = "\x1f"
# A season has thousands of places: those of a result come as one text, "12 0 race overall" each (position, driver, contest,
# ranking), which is a quarter of the work here and no more in the database.
_RESULTS = f"""
SELECT result.race_id, result.entry_id, result.status, result.laps, result.laps_led, result.drive, (
    SELECT {{gathered}}(
        place.position || ' ' || coalesce(place.driver_id, 0) || ' ' || place.contest || ' '
            || replace(place.ranking, '{_BETWEEN}', ' '), '{_BETWEEN}'
    ) FROM racing_place place WHERE place.result_id = result.id
)
FROM racing_result result JOIN racing_entry entry ON entry.id = result.entry_id WHERE entry.season_id = %s
"""  # noqa: S608  no words of anybody

#: A result as it is stored: entry, status, laps, laps led, minutes at the wheel, and its places, each a text, in their order.
Outcome = tuple[int, str, int | None, int | None, str, list[str]]


class AskedOutcomes:
    """The results of a season's entries that were asked for: those of all races, of some, or of all but some."""

    def __init__(
        self, season: Season, *, of: Collection[int] | None = None, but: Collection[int] | None = None
    ) -> None:
        """Ask for them; `of` and `but` are races by their ids."""
        statement, values = _RESULTS.format(gathered=_GATHERED[connection.vendor == "postgresql"]), [season.pk]
        for races, word in ((of, ""), (but, "NOT ")):
            if races is not None:
                these, keys = among("result.race_id", races)
                statement += f" AND {word}{these}"
                values += keys
        self._asked = Asked(statement, *values)

    def given(self) -> dict[int, list[Outcome]]:
        """Give them by the race's id, in the order of the entries; of who is told to have been in no race there is nothing."""
        found: dict[int, list[Outcome]] = defaultdict(list)
        for race, entry, status, laps, laps_led, drive, places in self._asked.rows():
            told = sorted(places.split(_BETWEEN)) if places else []
            found[race].append((entry, status, laps, laps_led, drive, told))
        for own in found.values():
            own.sort(key=itemgetter(0))
        return found


#: What puts texts together, on SQLite and on PostgreSQL.
_GATHERED = ("group_concat", "string_agg")
