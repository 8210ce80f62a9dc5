"""What a race paid in each championship of the seasons on its grid, with the reason of every point."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from racing.models import Driver, Entry, Make, Race, Team
from standings.models import Championship, Standing
from standings.sheets.matrix import kind_of
from standings.sheets.race import SeasonSheet
from standings.sheets.rulebook import rules_of
from standings.sheets.ruling import Ruling, kinds_of
from standings.sheets.score_sheet import Reason, reason_of
from standings.sheets.winners import drivers_of
from standings.stored import Award, awards_by_championship

#: A subject by the column of its kind and its id.
Who = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Paid:
    """What one subject got; `address` names it within its championship, `dropped` tells that it does not count at the end."""

    name: str
    address: str
    points: Fraction
    reasons: list[Reason]
    dropped: bool


@dataclass(frozen=True, slots=True)
class PaidIn:
    """What a race paid in one championship, most points first; `notes` name each scale that is not the one of its kind."""

    championship: Championship
    rows: list[Paid]
    notes: list[str]


def load_points(race: Race, sheets: Sequence[SeasonSheet]) -> dict[int, list[PaidIn]]:
    """Give what a race paid by season, in the order of the championships; three queries, however many there are.

    `race` needs its event, `sheets` are those of `load_race`. Who was not there is paid only where missing a race costs
    points; their names take a query more for each kind.
    """
    championships = list(
        Championship.objects.filter(season__in=[sheet.round.season_id for sheet in sheets])
        .select_related("season__series")
        .order_by("order", "name")
    )
    awards = awards_by_championship(race)
    paying = [one for one in championships if one.pk in awards]
    kinds = {one.pk: kind_of(one) for one in paying}
    names = {who: name for sheet in sheets for entry in sheet.entries for who, name in _names_in(entry)}
    names |= _names({(kinds[key], award.subject) for key in kinds for award in awards[key]} - names.keys())
    dropped = _dropped(race, kinds)
    found: dict[int, list[PaidIn]] = {}
    for championship in paying:
        of_season = [one for one in championships if one.season_id == championship.season_id]
        ruling = Ruling(rules_of(championship), kinds_of(of_season), {})
        rows = [
            Paid(
                *names[kinds[championship.pk], award.subject],
                award.points,
                [reason_of(part, "") for part in award.parts],
                (championship.pk, award.subject) in dropped,
            )
            for award in sorted(awards[championship.pk], key=_most_first)
            if (kinds[championship.pk], award.subject) in names
        ]
        notes = ruling.scales(race, (part for award in awards[championship.pk] for part in award.parts))
        found.setdefault(championship.season_id, []).append(PaidIn(championship, rows, notes))
    return found


def _most_first(award: Award) -> tuple[Fraction, int, int]:
    places = [part["position"] for part in award.parts if part["kind"] == "position" and part["position"]]
    return -award.points, min(places, default=10**9), award.subject


def _dropped(race: Race, kinds: Mapping[int, str]) -> set[tuple[int, int]]:
    """Give whose score of the race does not count in the latest table, as (championship, subject); one query."""
    rows = Standing.objects.filter(championship__in=kinds).order_by()
    return {
        (row.championship_id, getattr(row, f"{kinds[row.championship_id]}_id"))
        for row in rows
        if race.pk in row.dropped
    }


def _names(subjects: Iterable[Who]) -> dict[Who, tuple[str, str]]:
    """Give the names of subjects and what names them in an address; a query for each kind, one more for crews."""
    wanted: dict[str, set[int]] = {}
    for kind, key in subjects:
        wanted.setdefault(kind, set()).add(key)
    found = {}
    for kind, model in (("driver", Driver), ("team", Team), ("make", Make)):
        for row in model._default_manager.filter(pk__in=wanted[kind]) if kind in wanted else ():
            found[kind, row.pk] = str(row), row.slug
    crews = Entry.objects.filter(pk__in=wanted.get("entry", ())).prefetch_related("crew__driver")
    for entry in crews if "entry" in wanted else ():
        found["entry", entry.pk] = _crew(entry), f"car-{entry.pk}"
    return found


def _names_in(entry: Entry) -> Iterator[tuple[Who, tuple[str, str]]]:
    """Give whom a car may earn points for, with their names."""
    yield ("entry", entry.pk), (_crew(entry), f"car-{entry.pk}")
    for driver in drivers_of(entry):
        yield ("driver", driver.pk), (str(driver), driver.slug)
    if entry.team:
        yield ("team", entry.team.pk), (str(entry.team), entry.team.slug)
    for make in filter(None, (entry.make, entry.make.builder if entry.make else None)):
        yield ("make", make.pk), (str(make), make.slug)


def _crew(entry: Entry) -> str:
    return " / ".join(driver.last_name for driver in drivers_of(entry)) or str(entry)
