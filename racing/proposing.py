"""Who takes part, as reports tell it: drivers, teams and entries that a season does not know yet are made, unconfirmed.

A season is gone through whole: all that its reports (and those of joint grids) say is placed again, so that the order in
which reports were uploaded does not matter.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from racing.classifications import TESTIFYING
from racing.entrants import EntryList, named
from racing.identifying import free_slug
from racing.matching import PART, SURNAME, name_fit
from racing.merging import merge_drivers, merge_entries
from racing.models import CrewMember, Driver, Entry, Fact, Season
from racing.names import fold
from racing.naming import split_name
from racing.terms import FactKind, Match


@dataclass(frozen=True, slots=True)
class Mention:
    """What a fact says of who took part, and in which round, if that has a number."""

    drivers: tuple[str, ...]
    number: str = ""
    team: str = ""
    ranking: str = ""
    round_number: int | None = None


def telling_facts(season: Season) -> Iterator[Fact]:
    """Give the facts that name who takes part in the season: of its own reports, and of others at its events.

    Texts and whatever else of a report may be long is left out.
    """
    own = Fact.objects.filter(report__reading__season=season, kind__in=[*TESTIFYING, FactKind.CLAIM])
    other = Fact.objects.filter(report__reading__event__rounds__season=season, kind__in=TESTIFYING).exclude(
        report__reading__season=season
    )
    long = ("spans", "report__text", *(f"report__reading__{name}" for name in ("heading", "people", "problems")))
    for facts in (own, other):
        yield from facts.select_related("report__reading").defer(*long).order_by("report__sha256", "order")


def round_numbers(season: Season) -> dict[int, int | None]:
    """Give the number of each event of the season, by the event's id."""
    return dict(season.rounds.values_list("event_id", "number"))


def mention_of(fact: Fact, rounds: dict[int, int | None]) -> Mention:
    """Give what the fact says of who took part."""
    record = fact.report.reading
    return Mention(
        drivers=tuple(name for name in fact.drivers if fold(name)),
        number=str(fact.data.get("number", "")).strip(),
        team=str(fact.data.get("team", "")),
        ranking=fact.ranking,
        round_number=rounds.get(record.event_id) if record.event_id else None,
    )


def mentions_in(season: Season) -> list[tuple[Fact, Mention]]:
    """Give the facts that name who takes part in the season, each with what it says of that."""
    rounds = round_numbers(season)
    return [(fact, mention_of(fact, rounds)) for fact in telling_facts(season)]


def propose_entries(season: Season, told: Iterable[tuple[Fact, Mention]]) -> EntryList:
    """Place everybody who is named in one of the season's entries; make what is missing. Gives the season's entries.

    `told` is what `mentions_in` gives, here and in what goes on with the entries.
    """
    entries = EntryList(season)
    mentions = {mention for _, mention in told}
    placing = _Placing(entries)
    for mention in sorted((mention for mention in mentions if mention.drivers), key=_order):
        placing.place(mention)
    if join_drivers(entries) | join_entries(season):
        entries.reload()
    return entries


def _order(mention: Mention) -> tuple[object, ...]:
    """Crews before single drivers, full names before surnames, so that the little finds the much."""
    words = -sum(len(name.split()) for name in mention.drivers)
    rest = (mention.drivers, mention.number, mention.team, mention.ranking, mention.round_number or 0)
    return -len(mention.drivers), words, not mention.number, rest


class _Placing:
    """Places mentions one after another in a season's entries."""

    def __init__(self, entries: EntryList) -> None:
        self.entries = entries
        self.season = entries.season
        self._by_name: dict[str, Driver] | None = None
        self._akin: list[Driver] | None = None

    def place(self, mention: Mention) -> None:
        """Find the mention's entry, extend its crew, or make it. What fits several entries is left as it is."""
        found = self.entries.match(mention.drivers, mention.number, mention.team, mention.ranking, mention.round_number)
        if found.match != Match.UNKNOWN:
            return
        drivers = [self._driver(name) for name in mention.drivers]
        entry = self._sharing(drivers, mention.number) or Entry.objects.create(
            season=self.season, number=self._free(mention.number)
        )
        crew = [member.driver_id for member in entry.crew.all()]
        new = [driver for driver in drivers if driver.pk not in crew]
        CrewMember.objects.bulk_create(
            CrewMember(entry=entry, driver=driver, order=place) for place, driver in enumerate(new, len(crew))
        )
        self.entries.refresh(entry)

    def _free(self, number: str) -> str:
        number = number[:4]
        return "" if any(entry.number == number for entry in self.entries.entries.values()) else number

    def _sharing(self, drivers: Iterable[Driver], number: str) -> Entry | None:
        """Find the entry of the same number, or that has one of the drivers and no other number."""
        rows = list(self.entries.entries.values())
        if number and (same := [row for row in rows if row.number == number]):
            return same[0]
        keys = {driver.pk for driver in drivers}
        shared = [
            row
            for row in rows
            if keys & {member.driver_id for member in row.crew.all()} and (not number or not row.number)
        ]
        return min(shared, key=lambda row: (not row.confirmed, row.pk), default=None)

    def _driver(self, name: str) -> Driver:
        """Find the driver of that name in the season, anywhere by the whole name, or in the series; or make one."""
        first, last = split_name(name)
        driver = (
            self._only(name, self.entries.drivers().values())
            or (self._known().get(fold(name)) if first else None)
            or self._only(name, self._of_the_series(), known_by_half=bool(first))
        )
        if driver is None:
            driver = Driver.objects.create(
                first_name=first[:80], last_name=last[:80], slug=free_slug(Driver, f"{first} {last}", 180)
            )
            self._of_the_series().append(driver)
            for form in (f"{first} {last}", f"{last} {first}"):
                self._known().setdefault(fold(form), driver)
        return driver

    def _known(self) -> dict[str, Driver]:
        """Give the drivers of all series by their whole name and its aliases, folded."""
        if self._by_name is None:
            self._by_name = {}
            for driver in Driver.objects.exclude(first_name="").prefetch_related("aliases").order_by("pk"):
                forms = [f"{driver.first_name} {driver.last_name}", f"{driver.last_name} {driver.first_name}"]
                for form in [*forms, *(alias.text for alias in driver.aliases.all())]:
                    self._by_name.setdefault(fold(form), driver)
        return self._by_name

    def _of_the_series(self) -> list[Driver]:
        if self._akin is None:
            rows = Driver.objects.filter(drives__entry__season__series=self.season.series_id)
            self._akin = list(rows.prefetch_related("aliases").distinct())
        return self._akin

    @staticmethod
    def _only(name: str, drivers: Iterable[Driver], known_by_half: bool = False) -> Driver | None:
        """Give the one driver whom the name fits. With `known_by_half`, only those whose first name is not known."""
        least = SURNAME if known_by_half else PART
        rows = [driver for driver in drivers if not (known_by_half and driver.first_name)]
        fits = [driver for driver in rows if name_fit(name, named(driver)) >= least]
        return fits[0] if len(fits) == 1 else None


def join_drivers(entries: EntryList) -> bool:
    """Make drivers one of whom one is known by the surname alone, and is the only one of that surname in the series.

    Tells whether any were.
    """
    joined = False
    series = Driver.objects.filter(drives__entry__season__series=entries.season.series_id).distinct()
    whole = list(series.exclude(first_name="").prefetch_related("aliases"))
    for half in series.filter(first_name="", confirmed=False):
        fits = [driver for driver in whole if name_fit(half.last_name, named(driver)) >= SURNAME]
        if len(fits) == 1:
            entries.note_elsewhere(half)
            entries.note_elsewhere(fits[0])
            merge_drivers(fits[0], half, alias=False)
            joined = True
    return joined


def join_entries(season: Season) -> bool:
    """Make entries one that share a driver and have no two numbers. Confirmed entries are never joined to one another."""
    joined = False
    while pair := _joinable(season):
        merge_entries(*pair)
        joined = True
    return joined


def _joinable(season: Season) -> tuple[Entry, Entry] | None:
    cars: dict[int, list[Entry]] = defaultdict(list)
    rows = CrewMember.objects.filter(entry__season=season).select_related("entry")
    for member in rows.order_by("-entry__confirmed", "entry_id"):
        cars[member.driver_id].append(member.entry)
    for entries in cars.values():
        for position, keep in enumerate(entries):
            for gone in entries[position + 1 :]:
                alike = not keep.number or not gone.number or keep.number == gone.number
                if keep.pk != gone.pk and not gone.confirmed and alike:
                    return keep, gone
    return None
