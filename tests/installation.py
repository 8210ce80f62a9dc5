"""The product as a stranger runs it: `run.py` in a process of its own, with its own data, database and queue."""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import psycopg
from psycopg import sql

from scripts.launch.processes import ROOT, Child

RUN = [sys.executable, str(ROOT / "run.py")]
#: Seconds that a start may take on a slow machine, the sample season included, nothing to install.
PATIENCE = 180
#: The file of an installation's database, where DATABASE_URL names none.
SQLITE = "parc-ferme.sqlite3"


@dataclass
class Installation:
    """One running installation. `address` ends in a slash; `environment` is what its processes were started with."""

    child: Child
    address: str
    password: str
    environment: dict[str, str]
    output: Path

    def manage(self, *arguments: str) -> str:
        """Run a command of manage.py in this installation and give what it printed; a failing command fails the test."""
        command = [*RUN, "manage", *arguments]
        environment = {**os.environ, **self.environment}
        return subprocess.run(command, env=environment, check=True, capture_output=True, text=True, timeout=120).stdout

    @property
    def process(self) -> int:
        """The id of run.py's process."""
        return self.child.process.pid

    def is_alive(self) -> bool:
        """Tell whether run.py still runs."""
        return self.child.process.poll() is None

    def wait_for(self, words: str) -> None:
        """Wait until run.py has printed some words."""
        deadline = time.monotonic() + PATIENCE
        while words not in self.output.read_text():
            waits = self.is_alive() and time.monotonic() < deadline
            assert waits, f"no {words!r} in:\n{self.output.read_text()}"
            time.sleep(0.1)


@contextmanager
def install(folder: Path, *options: str) -> Iterator[Installation]:
    """Start `run.py <options>` with all its data in a folder and a database of its own, and end it by SIGTERM afterwards."""
    with fresh_environment(folder) as environment, running(folder, environment, *options) as installation:
        yield installation


@dataclass(frozen=True)
class Migrated:
    """A database with all tables and nothing in them, to be copied: to migrate takes longer than most tests.

    Nobody may be connected to it. `folder` holds it where it is a file, `environment` names it where a server keeps it.
    """

    folder: Path
    environment: dict[str, str]

    @contextmanager
    def copy(self, folder: Path) -> Iterator[dict[str, str]]:
        """Make a copy for the installation in a folder and give the environment's part that names it, as `fresh_database`."""
        template = urlsplit(self.environment.get("DATABASE_URL", "")).path.lstrip("/")
        if not template:
            shutil.copy(self.folder / "var" / SQLITE, folder / SQLITE)
        with fresh_database(template) as database:
            yield database


@contextmanager
def migrate(folder: Path) -> Iterator[Migrated]:
    """Make a database to be copied, and drop it afterwards."""
    with fresh_environment(folder) as environment:
        command = [sys.executable, str(ROOT / "manage.py"), "migrate", "--verbosity=0"]
        subprocess.run(command, env={**os.environ, **environment}, check=True, timeout=120)
        yield Migrated(folder, environment)


@contextmanager
def fresh_environment(folder: Path) -> Iterator[dict[str, str]]:
    """Give what an installation's environment differs in from the tests' own; its database is dropped afterwards."""
    with fresh_database() as database:
        yield {
            "DJANGO_SETTINGS_MODULE": "racing.settings",
            "PLAIN_STATIC": "",
            "PARC_FERME_VAR": str(folder / "var"),
            # Collected once for all tests: nothing else in a start takes as long.
            "STATIC_ROOT": str(Path(os.environ.get("PARC_FERME_VAR", folder)) / "collected"),
            "CELERY_QUEUE": f"parc-ferme-{uuid4().hex[:8]}",
            **database,
        }


@contextmanager
def running(folder: Path, environment: dict[str, str], *options: str) -> Iterator[Installation]:
    """Start `run.py --port <a free one> <options>`, wait until it is up, and end it afterwards."""
    port = free_port()
    output = folder / f"{port}.txt"
    with output.open("wb") as file:
        child = Child("run.py", [*RUN, "--port", str(port), *options], file, environment)
    try:
        installation = Installation(child, f"http://127.0.0.1:{port}/", "", environment, output)
        installation.wait_for("Ctrl-C ends it.")
        if told := re.search(r"as admin with the password (\S+)", output.read_text()):
            installation.password = told.group(1)
        yield installation
    finally:
        child.end(grace=20)


@contextmanager
def fresh_database(template: str = "template1") -> Iterator[dict[str, str]]:
    """Make a database beside the one that DATABASE_URL names, if it is a PostgreSQL, and drop it afterwards.

    It is a copy of `template`, which is empty unless told otherwise.

    Gives the environment's part that names it: nothing for SQLite, whose file lies in the data folder.
    """
    url = os.environ.get("DATABASE_URL", "")
    if not url.startswith("postgres"):
        yield {}
        return
    name = f"parc_ferme_{uuid4().hex[:8]}"
    with psycopg.connect(url, autocommit=True) as connection:
        made = sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template))
        connection.execute(made)
        try:
            yield {"DATABASE_URL": urlunsplit(urlsplit(url)._replace(path=f"/{name}"))}
        finally:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def free_port() -> int:
    """Give a port of 127.0.0.1 that nobody uses just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
