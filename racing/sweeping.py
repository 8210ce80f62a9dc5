"""Finds the jobs that nobody holds: their message was lost, or their worker died. Each worker keeps a sweeper beside it.

A process of its own (`python -m racing.sweeping`): a worker's main process forks whenever a child has died, and a fork of a
process in which another thread has SQLite open leaves the child with a broken database, or with a lock that nobody opens.
"""

import logging
import os
import time
from collections.abc import Hashable, Iterable
from contextlib import suppress
from typing import Any, TypeVar

import django
from django.conf import settings
from django.db import Error, connection

#: Whose child this is, told before the slow imports: the worker may be gone after them.
PARENT = os.getppid()
if __name__ == "__main__":
    django.setup()

from racing import jobs  # noqa: E402  models may be imported only when the apps are ready

logger = logging.getLogger(__name__)


Key = TypeVar("Key", bound=Hashable)

#: A job that stays behind is woken for less and less often, down to once in so many seconds.
SELDOM = 60.0


class Sweep:
    """Wakes workers for jobs left behind, less and less often for those that stay so: the workers may be busy."""

    def __init__(self) -> None:
        #: For each job when a worker may be woken for it again, and how long that had to wait.
        self._not_before: dict[Any, tuple[float, float]] = {}

    def due(self, left_behind: Iterable[Key], now: float) -> list[Key]:
        """Give those of the jobs left behind that a worker shall be woken for; `now` is in seconds."""
        left = list(dict.fromkeys(left_behind))
        self._not_before = {pk: times for pk, times in self._not_before.items() if pk in left}
        due = [pk for pk in left if now >= self._not_before.get(pk, (now, 0))[0]]
        for pk in due:
            _, waited = self._not_before.get(pk, (now, 0.0))
            wait = min(2 * waited or settings.JOB_STALE_AFTER, SELDOM)
            self._not_before[pk] = (now + wait, wait)
        return due

    def tick(self) -> list[str]:
        """Look once. Names what a worker was woken for, as "report 7"; logs what the database or the broker says."""
        try:
            left = [
                (place, key)
                for place, queue in enumerate(jobs.QUEUES)
                for key in jobs.left_behind(queue).values_list(queue.key, flat=True)[:100]
            ]
        except Error as error:
            logger.warning("The jobs could not be looked through (%s)", error)
            return []
        woken = [(jobs.QUEUES[place], key) for place, key in self.due(left, time.monotonic())]
        return [f"{queue.field} {key}" for queue, key in woken if jobs.wake(key, queue)]


def sweep_beside(worker: int) -> None:
    """Sweep at once, and then every JOB_HEARTBEAT seconds, for as long as the worker (the parent, by its id) lives."""
    sweep = Sweep()
    while os.getppid() == worker:
        try:
            if woken := sweep.tick():
                logger.info("Left behind and taken up again: %s", ", ".join(woken))
        # The sweep must outlive whatever goes wrong once: without it, nothing left behind is ever found.
        except Exception:
            logger.exception("The sweep failed once")
        finally:
            # Nothing is held while it sleeps; after the database was away, the next look connects anew.
            connection.close()
        time.sleep(settings.JOB_HEARTBEAT)


if __name__ == "__main__":
    # Ctrl-C ends the worker, and this with it.
    with suppress(KeyboardInterrupt):
        sweep_beside(PARENT)
