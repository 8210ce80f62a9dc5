"""A season's entries as values for matching, kept true to the rows while entries are proposed."""

from collections.abc import Iterable, Sequence

from django.db.models import QuerySet

from racing.matching import Entrant, Matched, Named, match_people
from racing.models import CrewMember, Driver, Entry, Season


def named(driver: Driver) -> Named:
    """Give the driver as matching knows them."""
    return Named(driver.pk, driver.first_name, driver.last_name, tuple(alias.text for alias in driver.aliases.all()))


def entrant(entry: Entry, crew: Iterable[CrewMember], round_number: int | None = None) -> Entrant:
    """Give the entry as matching knows it, in a round; without a number, with all who drive it in any round."""
    return Entrant(
        key=entry.pk,
        crew=tuple(named(row.driver) for row in crew if round_number is None or row.holds_in(round_number)),
        number=entry.number,
        team=entry.team.name if entry.team else "",
        car=entry.car,
        classes=frozenset(row.racing_class.name for row in entry.classes.all()),
        guest=entry.guest,
    )


class EntryList:
    """The entries of one season, to match names with. `reload` after entries have changed.

    `elsewhere` collects, by their ids, the other seasons of drivers who have changed: names there match anew.
    """

    def __init__(self, season: Season) -> None:
        self.season = season
        self.elsewhere: set[int] = set()
        self.reload()

    def reload(self) -> None:
        """Read the rows anew."""
        self.entries = {row.pk: row for row in self._rows()}
        self._forget()

    def refresh(self, entry: Entry) -> None:
        """Read one new or changed entry."""
        self.entries |= {row.pk: row for row in self._rows().filter(pk=entry.pk)}
        self._forget()

    def _rows(self) -> QuerySet[Entry]:
        rows = Entry.objects.filter(season=self.season).select_related("team").order_by("pk")
        return rows.prefetch_related("crew__driver__aliases", "classes__racing_class")

    def _forget(self) -> None:
        self._entrants: dict[int | None, list[Entrant]] = {}
        self._found: dict[tuple[object, ...], Matched] = {}

    def drivers(self) -> dict[int, Driver]:
        """Give all drivers of the season by id."""
        return {row.driver_id: row.driver for entry in self.entries.values() for row in entry.crew.all()}

    def note_elsewhere(self, driver: Driver) -> None:
        """Remember the other seasons of a driver who changes."""
        seasons = Season.objects.filter(entries__crew__driver=driver).exclude(pk=self.season.pk)
        self.elsewhere.update(seasons.values_list("pk", flat=True))

    def of(self, round_number: int | None) -> Sequence[Entrant]:
        """Give the entrants of a round."""
        if round_number not in self._entrants:
            self._entrants[round_number] = [
                entrant(entry, entry.crew.all(), round_number) for entry in self.entries.values()
            ]
        return self._entrants[round_number]

    def match(
        self,
        drivers: Sequence[str],
        number: str = "",
        team: str = "",
        ranking: str = "",
        round_number: int | None = None,
    ) -> Matched:
        """Find whom a fact means (`racing.matching.match_people`); asked again, the answer is remembered."""
        key = (tuple(drivers), number, team, ranking, round_number)
        if key not in self._found:
            self._found[key] = match_people(drivers, self.of(round_number), number=number, team=team, ranking=ranking)
        return self._found[key]
