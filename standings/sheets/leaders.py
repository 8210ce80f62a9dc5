"""Who leads each championship of some seasons: the first rows of its latest table."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from racing.models import Driver, Make, Season, Team
from standings.models import Championship, Standing
from standings.sheets.calendar import race_name

#: How many rows of a table stand on a card.
ROWS = 3


@dataclass(frozen=True, slots=True)
class Leader:
    """A row of a card."""

    standing: Standing
    name: str

    @property
    def address(self) -> str:
        """The part of an address that names the row's subject within its championship."""
        return subject_address(self.standing)


@dataclass(slots=True)
class Card:
    """A championship with the first rows of its latest table, and the race after which that stands."""

    championship: Championship
    leaders: list[Leader] = field(default_factory=list)
    after: str = ""


def cards_of(seasons: Iterable[Season]) -> dict[int, list[Card]]:
    """Give the cards of each season, by its id, in the championships' order; four queries, however many seasons."""
    wanted = {season.pk: season for season in seasons}
    championships = Championship.objects.filter(season__in=wanted).select_related("season__series")
    cards = {row.pk: Card(row) for row in championships.order_by("order", "name")}
    rows = Standing.objects.filter(championship__in=cards, order__lte=ROWS).order_by("order")
    latest: dict[int, list[Standing]] = defaultdict(list)
    for row in rows.select_related("driver", "entry", "team", "make", "race__event__circuit").prefetch_related(
        "entry__crew__driver"
    ):
        latest[row.championship_id].append(row)
    found: dict[int, list[Card]] = {season: [] for season in wanted}
    for card in cards.values():
        held = latest[card.championship.pk]
        card.leaders = [Leader(row, subject_name(row)) for row in held]
        card.after = race_name(held[0].race) if held else ""
        found[card.championship.season_id].append(card)
    return found


def subject_address(row: Standing) -> str:
    """Give the part of an address that names a row's subject within its championship."""
    subject = row.subject
    return subject.slug if isinstance(subject, Driver | Team | Make) else f"car-{subject.pk}"


def subject_name(row: Standing) -> str:
    """Name a row's subject: a crew by its drivers' surnames."""
    if row.entry is None:
        return str(row.subject)
    drivers = dict.fromkeys(member.driver for member in row.entry.crew.all())
    return " / ".join(driver.last_name for driver in drivers) or str(row.entry)
