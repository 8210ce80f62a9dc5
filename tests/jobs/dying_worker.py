"""The application of a worker whose processes are killed while they write a season's tables, as often as DEATHS says.

DEATHS is JSON, season -> how many times. `celery -A tests.jobs.dying_worker worker`
"""

import json
import os
import signal
from typing import Any

from celery.signals import task_prerun
from django.db import connection

from racing.celery import app

__all__ = ["app"]


@task_prerun.connect
def die_in_the_middle(task: Any = None, args: Any = (), **_told: object) -> None:
    """Let this process be killed right after it has written tables, before anything is committed."""
    from standings.models import ScoringJob  # noqa: PLC0415  the apps are ready only when the worker is

    if task.name != "standings.tasks.compute_again":
        return
    deaths = json.loads(os.environ["DEATHS"]).get(str(args[0]), 0)
    taken = ScoringJob.objects.filter(season=args[0]).values_list("attempts", flat=True).first() or 0

    def write(execute: Any, sql: str, *told: Any) -> Any:
        done = execute(sql, *told)
        if taken < deaths and sql.startswith('INSERT INTO "standings_tableafter"'):
            os.kill(os.getpid(), signal.SIGKILL)
        return done

    connection.execute_wrappers[:] = [write]
