"""Real workers in processes of their own, on a real broker and a database of their own, to be watched and killed."""

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import dj_database_url
from django.db.utils import ConnectionHandler
from kombu import Connection

from tests.installation import SQLITE, Migrated
from tests.lacking import leave_out
from tests.processes import eventually

ROOT = Path(__file__).resolve().parents[2]

BROKERS = {
    "filesystem": "filesystem://",
    "redis": os.environ.get("TEST_REDIS_URL", "redis://127.0.0.1:6379/13"),
    "rabbitmq": os.environ.get("TEST_RABBITMQ_URL", "amqp://guest:guest@127.0.0.1:5672//"),
}


def need(broker: str) -> str:
    """Give the broker's address; without an answer from there the test is left out, and says why."""
    url = BROKERS[broker]
    place = urlsplit(url)
    if place.hostname:
        try:
            socket.create_connection((place.hostname, place.port or 0), timeout=2).close()
        except OSError as error:
            leave_out(f"no {broker} at {place.hostname}:{place.port} ({error})")
    return url


@dataclass
class Works:
    """A data folder, a database, a broker's queue, and the workers started on them."""

    folder: Path
    environment: dict[str, str]
    workers: list["subprocess.Popen[bytes]"] = field(default_factory=list)
    stopped: set[int] = field(default_factory=set)

    def start_worker(self, concurrency: int = 1, app: str = "racing.celery") -> "subprocess.Popen[bytes]":
        """Start a worker that does so many jobs at a time, in a session of its own."""
        options = [
            f"--concurrency={concurrency}",
            "--without-gossip",
            "--without-mingle",
            f"--hostname=w{uuid4().hex[:6]}@%h",
        ]
        command = [sys.executable, "-m", "celery", "-A", app, "worker", "--loglevel=INFO", *options]
        with (self.folder / "worker.log").open("ab") as log:
            worker = subprocess.Popen(
                command, cwd=ROOT, env=self.environment, stdout=log, stderr=log, start_new_session=True
            )
        self.workers.append(worker)
        return worker

    def take_in(self, reports: int) -> None:
        """Make so many reports that wait in the database, each of a race of its own."""
        command = [sys.executable, "-m", "tests.jobs.some_reports", str(reports)]
        subprocess.run(command, cwd=ROOT, env=self.environment, check=True, timeout=90, stdout=subprocess.DEVNULL)

    def run(self, module: str, *arguments: str) -> Any:
        """Run a module of the tests in a process of its own, and give what it prints as JSON."""
        command = [sys.executable, "-m", module, *arguments]
        answer = subprocess.run(command, cwd=ROOT, env=self.environment, check=True, timeout=90, capture_output=True)
        return json.loads(answer.stdout.splitlines()[-1])

    def ask(self, query: str) -> list[tuple[Any, ...]]:
        """Ask the works' own database."""
        url = self.environment.get("DATABASE_URL") or f"sqlite:///{self.folder / SQLITE}"
        connection = ConnectionHandler({"default": dj_database_url.parse(url)})["default"]
        try:
            with connection.cursor() as cursor:
                cursor.execute(query)
                return list(cursor.fetchall())
        finally:
            connection.close()

    def state(self) -> tuple[str, int]:
        """Give the job's state and how often it was taken up."""
        ((state, attempts),) = self.ask("SELECT state, attempts FROM racing_readingjob")
        return state, attempts

    def log(self) -> str:
        """Give what the workers have logged."""
        return (self.folder / "worker.log").read_text(errors="replace")

    def sweeper_of(self, worker: int) -> int:
        """Give the process that sweeps beside a worker."""
        found = []
        for path in Path("/proc").glob("[0-9]*/cmdline"):
            with suppress(OSError):
                if b"racing.sweeping" in path.read_bytes() and parent_of(int(path.parent.name)) == worker:
                    found.append(int(path.parent.name))
        (sweeper,) = found
        return sweeper

    def stop_reader(self) -> int:
        """Wait for a process that reads the document, stop it in its tracks, and give the id of the child that waits for it."""
        found: list[int] = []
        leaders = {worker.pid for worker in self.workers}

        def stop() -> bool:
            for path in Path("/proc").glob("[0-9]*/cmdline"):
                with suppress(OSError):
                    if b"racing.reading.child" in path.read_bytes():
                        reader = int(path.parent.name)
                        parent = parent_of(reader)
                        if reader not in self.stopped and leaders & {parent, parent_of(parent)}:
                            os.kill(reader, signal.SIGSTOP)
                            self.stopped.add(reader)
                            found.append(parent)
                            return True
            return False

        assert eventually(stop, 40, every=0.005), self.log()
        return found[0]


def parent_of(process: int) -> int:
    """Give the parent of a process."""
    return int(Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[1])


def kill(process: int) -> None:
    """Kill a process as nothing can prevent; one that is gone is gone."""
    with suppress(ProcessLookupError):
        os.kill(process, signal.SIGKILL)


@contextmanager
def works(folder: Path, broker: str, migrated: Migrated) -> Iterator[Works]:
    """Give the works on a broker, their tables made, and leave none of their processes behind."""
    url = need(broker)
    with migrated.copy(folder) as database:
        environment = {
            **{name: value for name, value in os.environ.items() if name != "DATABASE_URL"},
            "DJANGO_SETTINGS_MODULE": "racing.settings",
            "PARC_FERME_VAR": str(folder),
            "CELERY_BROKER_URL": url,
            "CELERY_QUEUE": f"parc-ferme-test-{uuid4().hex[:8]}",
            "JOB_STALE_AFTER": "3",
            "JOB_HEARTBEAT": "0.5",
            **database,
        }
        made = Works(folder, environment)
        try:
            yield made
        finally:
            for reader in made.stopped:
                kill(reader)
            for worker in made.workers:
                with suppress(ProcessLookupError):
                    os.killpg(worker.pid, signal.SIGKILL)
                worker.wait()
            if urlsplit(url).hostname:
                with Connection(url) as connection:
                    connection.default_channel.queue_delete(environment["CELERY_QUEUE"])
