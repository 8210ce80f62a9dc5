"""Finds the jobs that nobody holds: their message was lost, or their worker died. Each worker's main process sweeps."""

import logging
import threading
import time
from collections.abc import Iterable

from django.conf import settings
from django.db import Error, connection

from racing import jobs

logger = logging.getLogger(__name__)


#: A job that stays behind is woken for less and less often, down to once in so many seconds.
SELDOM = 60.0


class Sweep:
    """Wakes workers for jobs left behind, less and less often for those that stay so: the workers may be busy."""

    def __init__(self) -> None:
        #: For each report when a worker may be woken for it again, and how long that had to wait.
        self._not_before: dict[int, tuple[float, float]] = {}

    def due(self, report_ids: Iterable[int], now: float) -> list[int]:
        """Give those of the reports left behind that a worker shall be woken for; `now` is in seconds."""
        left = set(report_ids)
        self._not_before = {pk: times for pk, times in self._not_before.items() if pk in left}
        due = sorted(pk for pk in left if now >= self._not_before.get(pk, (now, 0))[0])
        for pk in due:
            _, waited = self._not_before.get(pk, (now, 0.0))
            wait = min(2 * waited or settings.JOB_STALE_AFTER, SELDOM)
            self._not_before[pk] = (now + wait, wait)
        return due

    def tick(self) -> list[int]:
        """Look once. Gives the reports that a worker was woken for; logs what the database or the broker says."""
        try:
            left = list(jobs.left_behind().values_list("report_id", flat=True)[:100])
        except Error as error:
            logger.warning("The jobs could not be looked through (%s)", error)
            return []
        return [pk for pk in self.due(left, time.monotonic()) if jobs.wake(pk)]


def _sweep_for_ever() -> None:
    sweep = Sweep()
    while True:
        try:
            if woken := sweep.tick():
                logger.info("Left behind and taken up again: reports %s", ", ".join(map(str, woken)))
        # The thread must outlive whatever goes wrong once: without it, nothing left behind is ever found.
        except Exception:
            logger.exception("The sweep failed once")
        finally:
            # Nothing is held while it sleeps; after the database was away, the next look connects anew.
            connection.close()
        time.sleep(settings.JOB_HEARTBEAT)


def start() -> None:
    """Sweep at once, and then every JOB_HEARTBEAT seconds, in a thread that ends with the process."""
    threading.Thread(target=_sweep_for_ever, name="sweep", daemon=True).start()
