"""The truth about the work to be done: one row a report. Messages only wake workers and may be lost.

A worker takes a job by compare-and-set and gets a claim, a token that only it knows. While it works, its heart beats under
that token; a job whose heart has stopped is taken up by another under a new token, and whoever holds the old one can write
nothing more: `confirm` says so inside the transaction that would write. Times are the database's, so that the clocks of
several machines need not agree.

Locks are taken in this order everywhere: the entrance list, seasons by primary key, then the job's row.
"""

import logging
import threading
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Now

from racing.models import ReadingJob, Report
from racing.terms import AT_WORK, JobState

logger = logging.getLogger(__name__)


class ClaimLostError(Exception):
    """Another worker has the job, or somebody has asked for it anew: nothing more may be written for this claim."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A worker's right to a job, for as long as the row holds the same token."""

    report_id: int
    token: str


def ask(report: Report) -> None:
    """Ask for a report to be read, for the first time or again; a worker wakes as soon as the transaction commits.

    Whoever works on it at this moment loses the claim: the newer ask wins. A broker that is down does not matter here,
    the sweep finds the job.
    """
    with transaction.atomic():
        ReadingJob.objects.update_or_create(
            report=report,
            defaults={
                "state": JobState.WAITING,
                "attempts": 0,
                "claim": "",
                "asked_at": Now(),
                "heartbeat_at": None,
                "finished_at": None,
                "error": "",
                "error_detail": "",
            },
        )
        transaction.on_commit(lambda: wake(report.pk))


def wake(report_id: int) -> bool:
    """Send a message that wakes a worker. Gives false, and logs, if the broker cannot be reached."""
    # The task imports the pipeline, which imports this module.
    from racing.tasks import read_report  # noqa: PLC0415

    try:
        read_report.apply_async((report_id,), retry=False)
    # Every broker's client raises exceptions of its own; none may break what the person was doing.
    except Exception as error:
        logger.warning("Report %s waits: no worker could be woken (%s)", report_id, error)
        return False
    return True


def _stale() -> Q:
    since = Now() - timedelta(seconds=settings.JOB_STALE_AFTER)
    return Q(state__in=AT_WORK) & (Q(heartbeat_at__isnull=True) | Q(heartbeat_at__lt=since))


def left_behind() -> QuerySet[ReadingJob]:
    """Give the jobs that nobody holds: at work under a heart that has stopped, or waiting for longer than a message takes."""
    since = Now() - timedelta(seconds=settings.JOB_HEARTBEAT)
    return ReadingJob.objects.filter(Q(state=JobState.WAITING, asked_at__lt=since) | _stale()).order_by("asked_at")


def claim(report_id: int) -> Claim | None:
    """Take a job that nobody holds. Gives None if there is none, or if it has been taken up too often and is given up."""
    token = str(uuid.uuid4())
    with transaction.atomic():
        free = ReadingJob.objects.filter(Q(state=JobState.WAITING) | _stale(), report_id=report_id)
        taken = free.update(
            state=JobState.READING,
            claim=token,
            attempts=F("attempts") + 1,
            heartbeat_at=Now(),
            finished_at=None,
            error="",
            error_detail="",
        )
        if not taken:
            return None
        mine = Claim(report_id, token)
        if ReadingJob.objects.get(report_id=report_id).attempts > settings.JOB_ATTEMPTS:
            fail(mine, "gave_up")
            return None
    return mine


def _held(claim: Claim) -> QuerySet[ReadingJob]:
    return ReadingJob.objects.filter(report_id=claim.report_id, claim=claim.token, state__in=AT_WORK)


def confirm(claim: Claim) -> None:
    """Lock the job's row until the transaction ends. Raises ClaimLostError if the job is no longer this worker's."""
    if not _held(claim).select_for_update().exists():
        raise ClaimLostError(claim.report_id)


def beat(claim: Claim) -> bool:
    """Say that the worker lives. Gives false if the claim is lost."""
    return bool(_held(claim).update(heartbeat_at=Now()))


def advance(claim: Claim, state: JobState) -> None:
    """Tell, to everybody at once, how far the report is. Raises ClaimLostError."""
    if not _held(claim).update(state=state, heartbeat_at=Now()):
        raise ClaimLostError(claim.report_id)


def _end(claim: Claim, state: JobState, error: str = "", detail: str = "") -> None:
    ended = _held(claim).update(
        state=state, claim="", heartbeat_at=None, finished_at=Now(), error=error, error_detail=detail
    )
    if not ended:
        raise ClaimLostError(claim.report_id)


def finish(claim: Claim) -> None:
    """All is done. Raises ClaimLostError."""
    _end(claim, JobState.DONE)


def wait_for_answer(claim: Claim) -> None:
    """A person must say something first (`racing.questions`). Raises ClaimLostError."""
    _end(claim, JobState.ASKING)


def fail(claim: Claim, code: str, detail: str = "") -> None:
    """It cannot be done; `code` is one of `racing.problems`. Raises ClaimLostError."""
    _end(claim, JobState.FAILED, code, detail)


def release(claim: Claim) -> bool:
    """Put a job back that may go better another time, and wake a worker. Gives false if it was tried often enough."""
    again = _held(claim).filter(attempts__lt=settings.JOB_ATTEMPTS)
    if not again.update(state=JobState.WAITING, claim="", heartbeat_at=None):
        return False
    transaction.on_commit(lambda: wake(claim.report_id))
    return True


def show_asking(report_ids: Iterable[int], asking: bool) -> None:
    """Keep finished jobs true to whether their reports ask something, which other reports may change."""
    before, after = (JobState.DONE, JobState.ASKING) if asking else (JobState.ASKING, JobState.DONE)
    ReadingJob.objects.filter(report__in=list(report_ids), state=before).update(state=after)


@contextmanager
def heart(claim: Claim) -> Iterator[None]:
    """Keep a heart beating under the claim, in a thread with a database connection of its own."""
    stop = threading.Event()

    def keep_beating() -> None:
        try:
            while not stop.wait(settings.JOB_HEARTBEAT):
                try:
                    if not beat(claim):
                        return
                except DatabaseError as error:
                    logger.warning("Report %s: a heartbeat was missed (%s)", claim.report_id, error)
                    connection.close()
        finally:
            connection.close()

    thread = threading.Thread(target=keep_beating, name=f"heart of report {claim.report_id}", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(timeout=settings.JOB_HEARTBEAT + 1)
