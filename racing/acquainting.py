"""What is known of a season when a report of it is read: its entries, as people confirmed them or other reports tell them.

What only the report itself told is left out: reading it again must not lean on its own reading.
"""

import hashlib
import json

from django.db.models import Exists, OuterRef, Q

from racing.identifying import answers_of, find_named, find_year, value_of
from racing.models import Entry, FactEntry, ReadingRecord, Report, Season, Series
from racing.naming import same_series
from racing.reading.facts import Heading
from racing.reading.known import MOST_ENTRIES, Known, KnownDriver, KnownEntry, to_json

#: Facts that are less sure tell nobody who takes part.
SURE = 0.5


def season_of(report: Report, heading: Heading | None = None) -> Season | None:
    """Find the season that a report belongs to, and make none: given, answered or in its heading, else as it was last read."""
    if report.given_season:
        return report.given_season
    if heading is None:
        record = ReadingRecord.objects.filter(report=report).select_related("season__series").first()
        if record is not None:
            return record.season
    answers, stated = answers_of(report), heading or Heading()
    name = str(answers.get(("series", "")) or value_of(stated.series))
    series = report.given_series or (find_named(Series, name, same_series) if name else None)
    if series is None and report.given_event:
        seasons = list(report.given_event.seasons.all()[:2])
        return seasons[0] if len(seasons) == 1 else None
    year = find_year(report, value_of(stated.season), answers)
    return Season.objects.filter(series=series, year=year).first() if series and year else None


def known_for(report: Report, heading: Heading | None = None) -> Known:
    """Give the entries of a report's season that people confirmed or other reports tell, in an order that nothing changes.

    `heading` is the report's, once it has been read; before, what people gave and where it belonged the last time decide.
    """
    season = season_of(report, heading)
    if season is None:
        return ()
    told = FactEntry.objects.filter(entry=OuterRef("pk"), fact__sure__gte=SURE).exclude(fact__report=report)
    rows = (
        Entry.objects.filter(Q(confirmed=True) | Exists(told), season=season)
        .select_related("team")
        .prefetch_related("crew__driver", "classes__racing_class")
        .order_by("pk")
    )
    return tuple(sorted((_known(entry) for entry in rows[:MOST_ENTRIES]), key=repr))


def _known(entry: Entry) -> KnownEntry:
    drivers = {str(row.driver): row.driver.nationality for row in entry.crew.all()}
    return KnownEntry(
        tuple(KnownDriver(name, nationality) for name, nationality in sorted(drivers.items())),
        entry.number,
        entry.team.name if entry.team else "",
        entry.car,
        tuple(sorted({row.racing_class.name for row in entry.classes.all()})),
    )


def digest_of(known: Known) -> str:
    """Give a mark of the entries that a report was read with, "" for none: the same entries, the same mark."""
    if not known:
        return ""
    return "+" + hashlib.sha256(json.dumps(to_json(known)).encode()).hexdigest()[:6]


def mark_of(version: str) -> str:
    """Give the mark of the entries that a reading was made with, by its version; "" where nobody was known."""
    _own, plus, mark = version.split(" ")[0].partition("+")
    return plus + mark
