"""The Celery application. Tasks live in each app's `tasks.py`."""

import os
import subprocess
import sys
from pathlib import Path

from celery import Celery
from celery.signals import worker_ready, worker_shutdown
from django.conf import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "racing.settings")

app = Celery("parc_ferme")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

#: The sweeper of this process, if it is a worker's main one.
sweepers: list["subprocess.Popen[bytes]"] = []


@app.on_after_configure.connect
def make_broker_folders(sender: Celery, **kwargs: object) -> None:
    """The filesystem broker expects its folders to exist."""
    for name, folder in (sender.conf.broker_transport_options or {}).items():
        if name.endswith(("_folder", "_folder_in", "_folder_out")):
            Path(folder).mkdir(parents=True, exist_ok=True)


@worker_ready.connect
def start_sweeper(**kwargs: object) -> None:
    """Start the process that looks for jobs that nobody holds (`racing.sweeping`). It ends when this worker does."""
    sweepers.append(subprocess.Popen([sys.executable, "-m", "racing.sweeping"], cwd=settings.BASE_DIR))


@worker_shutdown.connect
def end_sweeper(**kwargs: object) -> None:
    """End that process at once where the worker ends in peace."""
    for sweeper in sweepers:
        sweeper.terminate()
        sweeper.wait()
