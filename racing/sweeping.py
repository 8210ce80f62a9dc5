"""Finds the jobs that nobody holds: their message was lost, or their worker died. Each worker's main process sweeps."""

import logging
import threading
import time
from collections.abc import Iterable

from django.conf import settings
from django.db import Error, connection

from racing import jobs

logger = logging.getLogger(__name__)


class Sweep:
    """Wakes workers for jobs left behind, each of them not more often than a worker may need to take it up."""

    def __init__(self) -> None:
        self._woken: dict[int, float] = {}

    def due(self, report_ids: Iterable[int], now: float) -> list[int]:
        """Give those of the reports that were not woken within the last JOB_STALE_AFTER seconds; `now` is in seconds."""
        left = set(report_ids)
        self._woken = {pk: at for pk, at in self._woken.items() if pk in left and now - at < settings.JOB_STALE_AFTER}
        due = sorted(left - self._woken.keys())
        self._woken |= dict.fromkeys(due, now)
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
