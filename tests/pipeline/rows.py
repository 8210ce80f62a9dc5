"""All rows that the pipeline writes, as values without primary keys, to compare."""

from typing import Any

from racing.models import (
    Circuit,
    Disagreement,
    Driver,
    Entry,
    Fact,
    FactEntry,
    Place,
    Race,
    ReadingRecord,
    Report,
    Result,
    Round,
    Season,
    Series,
    Team,
)
from standings.models import Championship, TableAfter
from standings.stored import awards_of, rows_after


def who(entry: Entry | None) -> tuple[str, ...]:
    """Name an entry by its season and crew."""
    if entry is None:
        return ()
    return (str(entry.season), *sorted(str(member.driver) for member in entry.crew.all()))


def told_by(fact: Fact | None) -> tuple[object, ...] | None:
    """Name a fact by its report."""
    return fact and (fact.report.name, fact.order)


def all_rows() -> dict[str, list[Any]]:
    """Give the rows of each kind, sorted. Addresses of events are left out: they are named after who came first."""
    return {
        "names": sorted(
            (model.__name__, str(row)) for model in (Series, Circuit, Driver, Team) for row in model.objects.all()
        ),
        "seasons": sorted(map(str, Season.objects.all())),
        "rounds": sorted(
            (str(row.season), str(row.event), row.order, str(row.event.start), str(row.event.end))
            for row in Round.objects.all()
        ),
        "races": sorted((str(row), row.starters or 0) for row in Race.objects.all()),
        "entries": sorted(
            (*who(row), row.number, str(row.team), row.car, row.guest, *sorted(map(str, row.classes.all())))
            for row in Entry.objects.all()
        ),
        "readings": sorted((str(row.report), str(row.season), str(row.event)) for row in ReadingRecord.objects.all()),
        "facts": sorted(
            (row.report.name, row.order, row.kind, str(row.race), row.ranking, row.position or 0)
            for row in Fact.objects.all()
        ),
        "matches": sorted(
            (*told_by(row.fact), str(row.season), row.match, row.why, *who(row.entry))
            for row in FactEntry.objects.all()
        ),
        "results": sorted((str(row.race), *who(row.entry), row.status, row.penalty) for row in Result.objects.all()),
        "places": sorted(
            (
                str(row.result.race),
                *who(row.result.entry),
                row.contest,
                row.ranking,
                row.position,
                row.origin,
                told_by(row.fact),
            )
            for row in Place.objects.all()
        ),
        "disagreements": sorted(
            (str(row.race), str(row.season), row.code, row.ranking, str(told_by(row.other_fact)))
            for row in Disagreement.objects.all()
        ),
        "awards": sorted(
            (str(championship), str(Race.objects.get(pk=row.race_id)), [part["why"] for part in row.parts], row.points)
            for championship in Championship.objects.all()
            for row in awards_of(championship)
        ),
        "standings": sorted(
            (str(table.championship), str(table.race), row.position or 0, str(row.subject), row.points)
            for table in TableAfter.objects.select_related("championship", "race")
            for row in rows_after(table.championship, table.race)
        ),
        "jobs": sorted((report.name, report.job.state, report.job.error) for report in Report.objects.all()),
    }
