"""What seems right where a report's text does not tell: a proposal for a person to accept or change, with its reason."""

from collections import Counter, defaultdict
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from racing.classifications import TESTIFYING
from racing.entrants import named
from racing.matching import SURNAME, name_fit
from racing.models import CrewMember, Driver, Event, Fact, FactEntry, ReadingRecord, Report, Season
from racing.names import fold
from racing.naming import countries_of


@dataclass(frozen=True, slots=True)
class Guest:
    """A driver of a joint grid who may be a guest in the other season; `proposed`, and why it seems so."""

    name: str
    proposed: bool
    why: str = ""


def names_in(record: ReadingRecord) -> set[str]:
    """Give the drivers whom a report names."""
    told = Fact.objects.filter(report=record.report_id, kind__in=TESTIFYING).values_list("drivers", flat=True)
    return {person["name"] for person in record.people} | {name for names in told for name in names}


def likely_season(record: ReadingRecord) -> tuple[Season, int] | None:
    """Give the season in which most of the report's drivers drive, and how many.

    None if they are fewer than three or than a third: the same people drive on in other years and series.
    """
    names = names_in(record)
    by_surname: dict[str, set[str]] = defaultdict(set)
    for name in names:
        by_surname[fold(name).rpartition(" ")[2]].add(name)
    shared: Counter[int] = Counter()
    rows = CrewMember.objects.select_related("driver", "entry").prefetch_related("driver__aliases")
    for season_id, driver in {(row.entry.season_id, row.driver) for row in rows}:
        written = by_surname.get(fold(driver.last_name).rpartition(" ")[2], ())
        shared[season_id] += any(name_fit(name, named(driver)) >= SURNAME for name in written)
    seasons = Season.objects.select_related("series").in_bulk(shared)
    best = max(seasons.values(), key=lambda season: (shared[season.pk], season.year, -season.pk), default=None)
    return (best, shared[best.pk]) if best and shared[best.pk] >= max(3, len(names) / 3) else None


def likely_race(report: Report, event: Event) -> tuple[int, int] | None:
    """Give the race in which other reports tell the same results as this one, and how many are the same."""

    def said(fact: Fact) -> tuple[object, ...]:
        surnames = sorted(fold(name).rpartition(" ")[2] for name in fact.drivers)
        return fact.kind, fact.ranking, fact.position, *surnames

    facts = Fact.objects.filter(report__reading__event=event, kind__in=TESTIFYING)
    mine = {said(fact) for fact in facts.filter(report=report, race_number=None)}
    same: Counter[int] = Counter()
    for fact in facts.exclude(report=report).exclude(race=None).select_related("race"):
        if fact.race and said(fact) in mine:
            same[fact.race.number] += 1
    return max(same.items(), key=lambda row: (row[1], -row[0]), default=None)


def drivers_at(report: Report, season: Season) -> QuerySet[Driver]:
    """Give the drivers of the season whose race a report tells."""
    entries = FactEntry.objects.filter(fact__report=report, fact__kind__in=TESTIFYING, season=season)
    return Driver.objects.filter(drives__entry__in=entries.values("entry")).distinct()


def regulars(season: Season) -> QuerySet[Driver]:
    """Give the drivers of the season who are no guests there."""
    return Driver.objects.filter(drives__entry__season=season, drives__entry__guest=False).distinct()


def guests_at(report: Report, own: Season, other: Season) -> tuple[Guest, ...]:
    """Give the report's drivers who are not entered in the other season, and for each whether a guest's place seems right."""
    outside = {
        fold(name)
        for fact in Fact.objects.filter(report=report, data__guest=True).only("drivers")
        for name in fact.drivers
    }
    home = countries_of(other.series.name)
    strangers = drivers_at(report, own).exclude(pk__in=regulars(other))
    return tuple(_guest(driver, outside, home, other) for driver in strangers.order_by("last_name", "first_name"))


def _guest(driver: Driver, outside: set[str], home: frozenset[str], other: Season) -> Guest:
    name = str(driver)
    if fold(name) in outside:
        return Guest(name, True, _("The text sets this car outside the classification."))
    if home and driver.nationality and driver.nationality not in home:
        why = _("By the text from another country than %(series)s (%(country)s).")
        return Guest(name, True, why % {"series": other.series, "country": driver.nationality})
    return Guest(name, False)
