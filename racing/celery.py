"""The Celery application. Tasks live in each app's `tasks.py`."""

import os
from pathlib import Path

from celery import Celery
from celery.signals import worker_ready

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "racing.settings")

app = Celery("parc_ferme")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@app.on_after_configure.connect
def make_broker_folders(sender: Celery, **kwargs: object) -> None:
    """The filesystem broker expects its folders to exist."""
    for name, folder in (sender.conf.broker_transport_options or {}).items():
        if name.endswith(("_folder", "_folder_in", "_folder_out")):
            Path(folder).mkdir(parents=True, exist_ok=True)


@worker_ready.connect
def start_sweeping(**kwargs: object) -> None:
    """Each worker's main process looks for jobs that nobody holds."""
    # Only a running worker has Django set up at this point; the web never sweeps.
    from racing import sweeping  # noqa: PLC0415

    sweeping.start()
