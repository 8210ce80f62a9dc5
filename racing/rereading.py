"""Reports that would be read better by now: more of their season's entries are known than when they were read.

A person may always have such a report read again. It happens by itself where something was left unread or is asked, and only
while no person has decided anything about the report.

It comes to an end, whatever a new reading tells: `ReadingRecord.tried` is the most entries for which a report was read or asked
to be, it is written in the transaction that asks, and a report is asked for again only where more are known than that. So each
is read at most once for a state of the entries, and what changes nothing asks for nothing.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable

from django.db.models import Q, QuerySet

from racing import jobs
from racing.acquainting import SURE, digest_of, known_for, mark_of
from racing.models import Answer, Correction, Entry, Fact, FactEntry, ReadingRecord, Report
from racing.reading.facts import UNREAD
from racing.reading.known import MOST_ENTRIES
from racing.terms import JobState

#: A job that failed with these was read to its end.
_READ = ("no_results", "unknown_language")


def now_known(report: Report, record: ReadingRecord | None) -> int:
    """Give how many entries a new reading would know, 0 where it would know the same as the last one did, or nobody."""
    if record is None or record.season_id is None:
        return 0
    known = known_for(report)
    return len(known) if digest_of(known) != mark_of(record.reader_version) else 0


def decided_by_a_person(report: int) -> bool:
    """Tell whether anybody has answered what the report, by its id, asks, ever corrected a race that it tells of, or
    entered something out of it."""
    told = Fact.objects.filter(report=report, race__isnull=False).values("race")
    return (
        Answer.objects.filter(report=report).exists()
        or Correction.objects.filter(Q(race__in=told) | Q(report=report)).exists()
    )


def ask_where_more_is_known(seasons: Iterable[int]) -> list[int]:
    """Ask for the reports of the seasons, by their ids, to be read again where that may help. Gives the reports' ids.

    Must run inside the transaction that changed the entries. Asking twice asks once.
    """
    asked: list[int] = []
    for season in sorted(set(seasons)):
        records = [record for record in _read_to_the_end(season) if _left_open(record)]
        count_for = _counting(season) if records else None
        for record in records:
            assert count_for is not None
            count = count_for(record.report_id)
            if count > record.tried and not decided_by_a_person(record.report_id):
                record.tried = count
                record.save(update_fields=["tried"])
                asked.append(record.report_id)
    if asked:
        jobs.ask_for(asked, jobs.READING)
    return asked


def _read_to_the_end(season: int) -> QuerySet[ReadingRecord]:
    """Give the records of a season's reports on which nobody works and nobody will."""
    failed = Q(report__job__state=JobState.FAILED, report__job__error__in=_READ)
    ended = failed | Q(report__job__state__in=[JobState.DONE, JobState.ASKING])
    return ReadingRecord.objects.filter(ended, season=season).select_related("report__job").order_by("pk")


def _left_open(record: ReadingRecord) -> bool:
    unread = any(problem.get("code") in UNREAD for problem in record.problems)
    return unread or record.report.job.state == JobState.ASKING


def _counting(season: int) -> Callable[[int], int]:
    """Give how many entries each report, by its id, would be read with: what `known_for` gives, counted for all at once."""
    told: dict[int, set[int]] = defaultdict(set)
    rows = FactEntry.objects.filter(entry__season=season, fact__sure__gte=SURE)
    for entry, report in rows.values_list("entry", "fact__report").distinct():
        told[entry].add(report)
    confirmed = set(Entry.objects.filter(season=season, confirmed=True).values_list("pk", flat=True))
    everything = len(confirmed | set(told))
    own = Counter(next(iter(who)) for entry, who in told.items() if len(who) == 1 and entry not in confirmed)
    return lambda report: min(everything - own[report], MOST_ENTRIES)
