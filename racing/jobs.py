"""The truth about the work to be done: one row a report to be read, or whatever else a queue is of. Messages only wake
workers and may be lost.

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
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.db.models import F, Model, Q, QuerySet
from django.db.models.functions import Now

from racing.celery import app
from racing.models import ReadingJob
from racing.models.reports import Job
from racing.terms import AT_WORK, JobState

logger = logging.getLogger(__name__)


class ClaimLostError(Exception):
    """Another worker has the job, or somebody has asked for it anew: nothing more may be written for this claim."""


@dataclass(frozen=True, slots=True)
class Queue:
    """Jobs of one kind: the model of their rows, the field that names what each is of, the state of whoever takes one.

    `task` is the name of the task that is sent, which is called with the key of what the job is of: who sends it need not
    know the work.
    """

    model: type[Job]
    field: str
    taken: JobState
    task: str

    @property
    def key(self) -> str:
        """The column that names what a job is of."""
        return f"{self.field}_id"

    @property
    def rows(self) -> QuerySet[Any]:
        """All its jobs."""
        return self.model._default_manager.all()


READING = Queue(ReadingJob, "report", JobState.READING, "racing.tasks.read_report")
#: All that is swept. Other apps add theirs when they are ready.
QUEUES = [READING]


@dataclass(frozen=True, slots=True)
class Claim:
    """A worker's right to a job, for as long as the row holds the same token; `key` is the report's, or whatever it is of."""

    key: int
    token: str
    queue: Queue = READING


def ask(subject: Model, queue: Queue = READING) -> None:
    """Ask for a report to be read, for the first time or again; a worker wakes as soon as the transaction commits.

    Whoever works on it at this moment loses the claim: the newer ask wins. A broker that is down does not matter here,
    the sweep finds the job.
    """
    ask_for([subject.pk], queue)


def ask_for(keys: Iterable[int], queue: Queue) -> None:
    """Ask for all of them at once; of many that are asked for again and again, each is done once."""
    wanted = sorted(set(keys))
    anew: dict[str, Any] = {
        "state": JobState.WAITING,
        "attempts": 0,
        "claim": "",
        "heartbeat_at": None,
        "finished_at": None,
        "error": "",
        "error_detail": "",
    }
    rows = [queue.model(**{queue.key: key}, **anew, asked_at=Now()) for key in wanted]
    with transaction.atomic():
        queue.model._default_manager.bulk_create(
            rows, update_conflicts=True, unique_fields=[queue.field], update_fields=[*anew, "asked_at"], batch_size=500
        )
        transaction.on_commit(lambda: wake_all(wanted, queue))


def wake_all(keys: Iterable[int], queue: Queue) -> None:
    """Wake workers for several jobs; where the broker cannot be reached for one, the rest is left to the sweep."""
    for key in keys:
        if not wake(key, queue):
            return


def wake(key: int, queue: Queue = READING) -> bool:
    """Send a message that wakes a worker. Gives false, and logs, if the broker cannot be reached."""
    try:
        app.signature(queue.task).apply_async((key,), retry=False)
    # Every broker's client raises exceptions of its own; none may break what the person was doing.
    except Exception as error:
        logger.warning("%s %s waits: no worker could be woken (%s)", queue.field.capitalize(), key, error)
        return False
    return True


def _stale() -> Q:
    since = Now() - timedelta(seconds=settings.JOB_STALE_AFTER)
    return Q(state__in=AT_WORK) & (Q(heartbeat_at__isnull=True) | Q(heartbeat_at__lt=since))


def left_behind(queue: Queue = READING) -> QuerySet[Any]:
    """Give the jobs that nobody holds: at work under a heart that has stopped, or waiting for longer than a message takes."""
    since = Now() - timedelta(seconds=settings.JOB_HEARTBEAT)
    return queue.rows.filter(Q(state=JobState.WAITING, asked_at__lt=since) | _stale()).order_by("asked_at")


def claim(key: int, queue: Queue = READING) -> Claim | None:
    """Take a job that nobody holds. Gives None if there is none, or if it has been taken up too often and is given up."""
    token = str(uuid.uuid4())
    with transaction.atomic():
        own = queue.rows.filter(**{queue.key: key})
        taken = own.filter(Q(state=JobState.WAITING) | _stale()).update(
            state=queue.taken,
            claim=token,
            attempts=F("attempts") + 1,
            heartbeat_at=Now(),
            finished_at=None,
            error="",
            error_detail="",
        )
        if not taken:
            return None
        mine = Claim(key, token, queue)
        if own.get().attempts > settings.JOB_ATTEMPTS:
            fail(mine, "gave_up")
            return None
    return mine


def _held(claim: Claim) -> QuerySet[Any]:
    return claim.queue.rows.filter(**{claim.queue.key: claim.key}, claim=claim.token, state__in=AT_WORK)


def confirm(claim: Claim) -> None:
    """Lock the job's row until the transaction ends. Raises ClaimLostError if the job is no longer this worker's."""
    if not _held(claim).select_for_update().exists():
        raise ClaimLostError(claim.key)


def beat(claim: Claim) -> bool:
    """Say that the worker lives. Gives false if the claim is lost."""
    return bool(_held(claim).update(heartbeat_at=Now()))


def advance(claim: Claim, state: JobState) -> None:
    """Tell, to everybody at once, how far the job is. Raises ClaimLostError."""
    if not _held(claim).update(state=state, heartbeat_at=Now()):
        raise ClaimLostError(claim.key)


def _end(claim: Claim, state: JobState, error: str = "", detail: str = "", **told: Any) -> None:
    ended = _held(claim).update(
        state=state, claim="", heartbeat_at=None, finished_at=Now(), error=error, error_detail=detail, **told
    )
    if not ended:
        raise ClaimLostError(claim.key)


def finish(claim: Claim, **told: Any) -> None:
    """All is done; `told` are columns that jobs of the kind have besides. Raises ClaimLostError."""
    _end(claim, JobState.DONE, **told)


def wait_for_answer(claim: Claim) -> None:
    """A person must say something first (`racing.questions`). Raises ClaimLostError."""
    _end(claim, JobState.ASKING)


def fail(claim: Claim, code: str, detail: str = "", **told: Any) -> None:
    """It cannot be done; `code` is one of `racing.problems`, `told` as of `finish`. Raises ClaimLostError."""
    _end(claim, JobState.FAILED, code, detail, **told)


def release(claim: Claim) -> bool:
    """Put a job back that may go better another time, and wake a worker. Gives false if it was tried often enough."""
    again = _held(claim).filter(attempts__lt=settings.JOB_ATTEMPTS)
    if not again.update(state=JobState.WAITING, claim="", heartbeat_at=None):
        return False
    transaction.on_commit(lambda: wake(claim.key, claim.queue))
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
                    logger.warning(
                        "%s %s: a heartbeat was missed (%s)", claim.queue.field.capitalize(), claim.key, error
                    )
                    connection.close()
        finally:
            connection.close()

    thread = threading.Thread(target=keep_beating, name=f"heart of {claim.queue.field} {claim.key}", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(timeout=settings.JOB_HEARTBEAT + 1)
