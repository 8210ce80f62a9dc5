"""The data folder: who may use it, what is prepared in it, how it is emptied."""

import contextlib
import fcntl
import hashlib
import json
import os
import secrets
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from scripts.launch.environment import PYTHON
from scripts.launch.processes import ROOT, Trouble, step

VAR = Path(os.environ.get("PARC_FERME_VAR", ROOT / "var")).resolve()
LOGS = VAR / "log"
#: Disk that the product wants to see free before it starts, in megabytes.
ROOM_FOR_DATA = 100
#: What the product and its tools make in a data folder.
OURS = ("parc-ferme.sqlite3", "originals", "broker", "static", "log", "secret-key", "sample-season")


@dataclass(frozen=True)
class Prepared:
    """What was found when the data was brought up to date. `password` is there only if the account was made just now."""

    reports: int
    password: str | None


@contextlib.contextmanager
def only_one(address: str) -> Iterator[None]:
    """Hold var/run.lock while serving: one data folder has one run.py. The system frees it however the process ends."""
    VAR.mkdir(parents=True, exist_ok=True)
    with (VAR / "run.lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            lock.seek(0)
            raise Trouble(f"Parc fermé already runs with the data in {VAR}: {lock.read().strip()}") from None
        lock.truncate(0)
        lock.write(f"{address} (process {os.getpid()})\n")
        lock.flush()
        yield


def reset() -> None:
    """Delete what is in the data folder when the person types yes; of a folder named by PARC_FERME_VAR, only what is ours."""
    print(f"This deletes the data in {VAR}: database, reports, accounts, logs.")
    if os.environ.get("DATABASE_URL"):
        print("The database that DATABASE_URL names is not in there and stays as it is.")
    print("Type yes to delete it: ", end="", flush=True)
    if sys.stdin.readline().strip().lower() != "yes":
        raise Trouble("Nothing was deleted.")
    for path in VAR.iterdir():
        ours = VAR == ROOT / "var" or path.name.startswith(OURS)
        if not ours or path.name == "run.lock":  # the lock is held while we run
            continue
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()


def prepare() -> Prepared:
    """Bring static files and database up to date and make the first account."""
    stamp = Path(os.environ.get("STATIC_ROOT", VAR / "static")) / "collected.txt"
    state = static_state()
    if not stamp.exists() or stamp.read_text() != state:
        log = LOGS / "static.log"
        if not step("Collecting static files", manage("collectstatic", "--noinput", "--clear", "-v0"), log):
            raise Trouble("The static files could not be collected.", log)
        stamp.write_text(state)
    password = secrets.token_urlsafe(12)
    log = LOGS / "prepare.log"
    if not step("Preparing the database", manage("prepare"), log, {"PARC_FERME_ADMIN_PASSWORD": password}):
        raise Trouble("The database could not be prepared.", log)
    told = json.loads([line for line in log.read_text().splitlines() if line.startswith("{")][-1])
    return Prepared(told["reports"], password if told["account_made"] else None)


def static_state() -> str:
    """Name the state of all static files: ours by path, size and time, the packages' by their lock."""
    digest = hashlib.sha256((ROOT / "requirements" / "base.txt").read_bytes())
    for folder in ("static", "racing/static", "standings/static"):
        for path in sorted((ROOT / folder).rglob("*")):
            digest.update(f"{path} {path.stat().st_size} {path.stat().st_mtime_ns}".encode())
    return digest.hexdigest()


def manage(*arguments: str) -> list[str]:
    """Give the command line of a command of manage.py."""
    return [str(PYTHON), str(ROOT / "manage.py"), *arguments]
