"""The spine: rows to values, the plain functions, values to rows, a transaction each.

A report is read outside of any transaction; then one transaction writes where it belongs, and one writes who took part, what
the report says of whom, what holds by it and what that is worth: facts, results and tables are never seen apart. Both run
under one lock for all that is proposed, since drivers and teams are shared by all seasons, and under the seasons' locks.
Each may run twice or be killed in the middle.
"""

import hashlib
import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from racing import jobs, questions
from racing.acquainting import digest_of, known_for
from racing.classifications import AskedClassifications, forget_classifications
from racing.clearing import clear_classes, clear_entries, clear_events, clear_people, clear_races, clear_season
from racing.describing import describe_entries
from racing.factual import assign_races, match_facts, replace_facts
from racing.identifying import identify, propose_calendar
from racing.jobs import Claim, ClaimLostError
from racing.joining import join_grids
from racing.listing import AskedList, SeasonList
from racing.model_reader.reader import ReadBy
from racing.models import Event, Race, ReadingRecord, Report, Season, Series
from racing.outcomes import AskedOutcomes
from racing.proposing import mentions_in, propose_entries
from racing.readers import difference_rows, read_as_set, version_of
from racing.reading.documents.places import to_json as to_json_places
from racing.reading.facts import Reading, to_json
from racing.reading.known import Known
from racing.rereading import ask_where_more_is_known
from racing.sandbox import Outcome, SandboxError, read_in_sandbox
from racing.signals import results_changed
from racing.statements import Asked, Columns, tell, without_waiting
from racing.terms import JobState

logger = logging.getLogger(__name__)

#: Any number that nothing else in this database locks by.
_PROPOSALS_LOCK = 0x5061726366


def process(report_id: int, claim: Claim) -> None:
    """Read a report, find where it belongs and whom it means, settle and score: to the end, or until something is asked.

    What goes wrong ends in the job's row. A claim that is lost ends the work without a word, a database that is away leaves
    the job to the sweep.
    """
    try:
        read_by, known, version = _read(Report.objects.get(pk=report_id), claim)
        jobs.advance(claim, JobState.MATCHING)
        _place(report_id, claim, read_by, len(known), version)
        jobs.advance(claim, JobState.SETTLING)
        _settle(report_id, claim, read_by.reading)
    except ClaimLostError:
        logger.info("Report %s was taken over", report_id)
    except SandboxError as error:
        _give_up(claim, error)
    except (DatabaseError, Report.DoesNotExist):
        logger.exception("Report %s is left to the sweep", report_id)
    # Our own bugs: the person who waits must learn of them.
    except Exception as error:
        logger.exception("Report %s could not be processed", report_id)
        _fail(claim, "internal", f"{type(error).__name__}: {error}"[:300])


def _give_up(claim: Claim, error: SandboxError) -> None:
    """End the job, or let it be taken up once more where that may go better."""
    if error.may_pass and jobs.release(claim):
        return
    _fail(claim, error.code, error.detail)


def _fail(claim: Claim, code: str, detail: str) -> None:
    try:
        jobs.fail(claim, code, detail)
    except ClaimLostError:
        logger.info("Report %s was taken over", claim.key)


# --- reading ------------------------------------------------------------------------------------------------------------


def _read(report: Report, claim: Claim) -> tuple[ReadBy, Known, str]:
    """Read the report's text, which is taken out of the original once and kept for ever. Raises SandboxError.

    What its series wants of the model reader is asked here, by the worker: the process that reads documents has no network.
    Gives the reading, the entries of the season that were known, and the version of what has read: with other entries at hand,
    another one.
    """
    known = known_for(report)
    outcome = _read_document(report, claim, known) if report.places is None else None
    if outcome is None:
        outcome = read_in_sandbox(text=report.text, known=known)
    # Which season it is of, often the report itself tells first.
    told = known_for(report, outcome.reading.heading)
    if told != known:
        outcome = replace(outcome, reading=read_in_sandbox(text=outcome.text, known=told).reading)
    read_by = read_as_set(report, outcome.text, outcome.reading)
    return read_by, told, version_of(read_by, reader_version() + digest_of(told))


def _read_document(report: Report, claim: Claim, known: Known) -> Outcome | None:
    """Take the text, and where in the document it stands, out of the original, and read it. Raises SandboxError.

    A text that was taken out before there were places stays as it is: its places are added if the original still gives this
    very text, and None says that the kept one must be read by itself.
    """
    try:
        with report.original.open("rb") as file:
            outcome = read_in_sandbox(file.read(), known=known)
    except (OSError, ValueError, SandboxError):
        if not report.text:
            raise
        return None
    if report.text and outcome.text != report.text:
        Report.objects.filter(pk=report.pk).update(places=[])
        return None
    _keep_text(report, claim, outcome)
    return outcome


def _keep_text(report: Report, claim: Claim, outcome: Outcome) -> None:
    places = to_json_places(outcome.stops)
    with transaction.atomic():
        Report.objects.filter(pk=report.pk, text="").update(text=outcome.text, format=outcome.format[:12])
        Report.objects.filter(pk=report.pk, text=outcome.text, places__isnull=True).update(places=places)
        jobs.confirm(claim)


# --- where it belongs ---------------------------------------------------------------------------------------------------


def lock_all() -> list[Season]:
    """Lock all that reports propose, and every season, until the transaction ends. SQLite has locked all already."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_PROPOSALS_LOCK])
    return lock_seasons(Season.objects.values_list("pk", flat=True))


def _place(report_id: int, claim: Claim, read_by: ReadBy, known: int, version: str) -> None:
    """Write where the report belongs, and what its reading gave beside the facts. `known` entries were at hand."""
    reading = read_by.reading
    with transaction.atomic():
        lock_all()
        report = Report.objects.select_related("given_series", "given_season__series", "given_event").get(pk=report_id)
        place = identify(report, reading.heading)
        written = to_json(reading)
        values = {
            "reader_version": version,
            "reader": read_by.reader,
            "differences": difference_rows(read_by.differences),
            "language": reading.language[:2],
            "heading": written["heading"],
            "people": written["people"],
            "problems": written["problems"],
            "known": known,
            "season": place.season,
            "event": place.event,
        }
        record, _made = ReadingRecord.objects.update_or_create(report=report, defaults=values)
        if record.tried < known:
            record.tried = known
            record.save(update_fields=["tried"])
        if place.event:
            join_grids(report, place.event)
        jobs.confirm(claim)


# --- what holds ---------------------------------------------------------------------------------------------------------


def _settle(report_id: int, claim: Claim, reading: Reading) -> None:
    """Write facts, entries, results and tables, all at once, and bring the job to its end."""
    with transaction.atomic():
        lock_all()
        report = Report.objects.get(pk=report_id)
        seasons = _seasons_of(report)
        retold = replace_facts(report, reading)
        seasons |= _seasons_of(report)
        changed = _rebuild(seasons, retold)
        jobs.confirm(claim)
        _end(report, claim, reading)
        ask_where_more_is_known(changed)


def _seasons_of(report: Report) -> set[int]:
    """Give the seasons that the report speaks of by its event, or spoke of by the facts that are there."""
    told = Season.objects.filter(rounds__event__races__facts__report=report) | Season.objects.filter(
        rounds__event__readings__report=report
    )
    own = Season.objects.filter(readings__report=report)
    meant = report.facts.filter(matches__isnull=False).values_list("matches__season", flat=True)
    return {*told.values_list("pk", flat=True), *own.values_list("pk", flat=True), *meant}


def _rebuild(keys: Iterable[int], retold: bool = False) -> list[int]:
    """Rebuild the seasons, then those that share an event or a driver who has changed. `retold`: facts have changed.

    Gives the ids of all that were rebuilt.
    """
    seasons = _with_their_neighbours(keys)
    changed = {season.pk: retold for season in seasons}
    for season in seasons:
        for event in Event.objects.filter(seasons=season).order_by("pk"):
            changed[season.pk] |= assign_races(event) | clear_races(event)
    for season in seasons:
        changed[season.pk] |= clear_events(season) | propose_calendar(season)
    elsewhere: set[int] = set()
    for season in seasons:
        changed[season.pk] |= _enter(season, elsewhere)
    for season in _by_key(elsewhere):
        changed[season.pk] = _enter(season, elsewhere) | changed.get(season.pk, False)
    clear_people()
    settle_races(Race.objects.filter(event__seasons__in=changed), [pk for pk, differs in changed.items() if differs])
    rebuilt = list(changed)
    for season in _by_key(changed):
        clear_season(season)
    return rebuilt


def _enter(season: Season, elsewhere: set[int]) -> bool:
    """Bring the season's entries, and whom facts mean, up to what reports say. Tells whether anything changed."""
    told = mentions_in(season)
    entries = propose_entries(season, told)
    changed = describe_entries(season, entries, told) | match_facts(season, entries, told)
    changed |= forget_classifications(season) | clear_entries(season)
    clear_classes(season)
    elsewhere |= entries.elsewhere
    return changed


def _by_key(keys: Iterable[int]) -> list[Season]:
    return list(Season.objects.filter(pk__in=set(keys)).select_related("series").order_by("pk"))


def _with_their_neighbours(keys: Iterable[int]) -> list[Season]:
    wanted = set(keys)
    neighbours = Season.objects.filter(rounds__event__rounds__season__in=wanted).values_list("pk", flat=True)
    return _by_key(wanted | set(neighbours))


def _end(report: Report, claim: Claim, reading: Reading) -> None:
    """Bring the job to its end: failed where nothing was read, else waiting for an answer, or done."""
    if not reading.facts:
        known = any(problem.code == "unknown_language" for problem in reading.problems)
        jobs.fail(claim, "unknown_language" if known else "no_results")
    elif questions.open_questions(report):
        jobs.wait_for_answer(claim)
    else:
        jobs.finish(claim)
    questions.refresh(report)


@cache
def reader_version() -> str:
    """Give the version of the reader: a hash of its code and words, so that what an older one read can be found."""
    folder = Path(__file__).parent / "reading"
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.suffix in (".py", ".toml"):
            digest.update(path.relative_to(folder).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()[:12]


# --- locks and settling, for everybody who changes results -----------------------------------------------------------------


def lock_seasons(seasons: Iterable[int]) -> list[Season]:
    """Lock the rows of the seasons, by their ids, until the transaction ends; always in the same order. Gives them fresh."""
    rows = Season.objects.select_for_update(of=("self",)).filter(pk__in=set(seasons))
    return list(rows.select_related("series").order_by("pk"))


# When the tables last changed nobody asks who locks them.
_OF_SEASON, _OF_SERIES = Columns(Season, without=["changed_at"]), Columns(Series)
_LOCK = f"""
SELECT {_OF_SEASON.of("season")}, {_OF_SERIES.of("series")}
FROM racing_season season JOIN racing_series series ON series.id = season.series_id
WHERE season.id IN (SELECT listed.season_id FROM racing_round listed WHERE listed.event_id = %s) ORDER BY season.id
"""  # noqa: S608  names of our own columns


class LockedSeasons:
    """The rows of the seasons that an event is a round of, locked as `lock_seasons` does; for each correction."""

    def __init__(self, event: int) -> None:
        """Ask for the locks; the event by its id. What is asked for later is answered when they are had."""
        waiting = " FOR UPDATE OF season" if connection.features.has_select_for_update else ""
        self._asked = Asked(_LOCK + waiting, event)

    def given(self) -> list[Season]:
        """Give the seasons, fresh."""
        found = []
        for row in self._asked.rows():
            season = _OF_SEASON.row(row[: len(_OF_SEASON)])
            season.series = _OF_SERIES.row(row[len(_OF_SEASON) :])
            found.append(season)
        return found


def rebuild_seasons(seasons: Iterable[int]) -> None:
    """Bring everything under the seasons, by their ids, up to their sources, after a person has changed some of these.

    Must run inside `transaction.atomic()`, with `lock_all` called before anything was written.
    """
    lock_all()
    ask_where_more_is_known(_rebuild(seasons, retold=True))


@dataclass(frozen=True, slots=True)
class Settled:
    """A season of which some races, by their ids, were settled: its list, and the results of its other races, asked for."""

    listed: SeasonList
    races: Sequence[int]
    others: AskedOutcomes


def settle_races(
    races: Iterable[Race], changed: Iterable[int] = (), locked: Sequence[Season] | None = None
) -> list[Season]:
    """Settle the races for each season that they count in, and have those seasons scored, before the transaction commits.

    Must run inside `transaction.atomic()`. Locks the seasons, replaces results, places and disagreements where they differ,
    lets the seasons' version grow where they did, and sends `results_changed`. `changed` are the ids of
    seasons in which more than results has changed; they are scored in any case. `locked` are all these seasons, where the
    caller has locked them (`lock_seasons`) already. Gives the seasons.
    """
    settled = settle_unscored(races, changed, locked)
    if settled:
        results_changed.send(sender=settle_races, seasons=list(settled), settled=settled)
    return list(settled)


def settle_unscored(
    races: Iterable[Race], changed: Iterable[int] = (), locked: Sequence[Season] | None = None
) -> dict[Season, Settled]:
    """Do what `settle_races` does but for the scoring, which is left to the caller, in the same transaction.

    Gives the seasons, locked and fresh.
    """
    races = sorted(set(races), key=lambda race: race.pk)
    events = {race.event_id for race in races}
    touched = set(changed)
    if locked is None:
        concerned = set(Season.objects.filter(rounds__event__in=events).values_list("pk", flat=True))
        locked = lock_seasons(concerned | touched)
    settled: dict[Season, Settled] = {}
    keys = [race.pk for race in races]
    with without_waiting():
        lists = [AskedList(season) for season in locked]
        asked = [AskedClassifications(keys, season) for season in locked]
        given = [one.given() for one in lists]
        # Wanted only where the seasons are scored: sent now, they are looked for while these races are settled.
        others = [AskedOutcomes(season, but=keys) for season in locked]
        for season, listed, classifications, outcomes in zip(locked, given, asked, others, strict=True):
            own = [race.pk for race in races if race.event_id in listed.meetings]
            if classifications.replace(own, listed) or season.pk in touched:
                touch(season)
            settled[season] = Settled(listed, keys, outcomes)
    return settled


def touch(season: Season) -> None:
    """Let the season's version grow: something that its pages show has changed. The season's row must be locked, and fresh."""
    season.version, season.changed_at = season.version + 1, timezone.now()
    told = season.version, connection.ops.adapt_datetimefield_value(season.changed_at), season.pk
    tell("UPDATE racing_season SET version = %s, changed_at = %s WHERE id = %s", *told)
