"""The virtual environment in .venv and what is installed in it."""

import contextlib
import fcntl
import hashlib
import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from scripts.launch.processes import ROOT, Trouble, step

VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
LOCKS = ROOT / "requirements"
#: Disk that an installation needs before it begins, in megabytes.
ROOM = {"base": 500, "test": 900, "dev": 1200}
#: What pip says when it reaches nobody.
NO_NETWORK = (
    "Failed to establish",
    "NewConnection",
    "NameResolution",
    "ProxyError",
    "ConnectTimeout",
    "Name or service",
)


def ensure_environment(name: str, logs: Path) -> None:
    """Make .venv and install requirements/<name>.txt into it, unless that very lock is installed already.

    `name` is base, test or dev; each holds the packages of those before it at the same versions.
    """
    stamps = VENV / "installed.json"
    with alone(Path(__file__)):
        installed = json.loads(stamps.read_text()) if stamps.exists() and PYTHON.exists() else {}
        if installed.get(name) == lock_hash(name):
            return
        check_disk(ROOT, ROOM[name])
        log = logs / "install.log"
        if not fits():
            make_environment(log)
            installed = {}
        install(name, log)
        for part in ROOM:
            installed[part] = lock_hash(part)
            if part == name:
                break
        stamps.write_text(json.dumps(installed))


@contextlib.contextmanager
def alone(file: Path) -> Iterator[None]:
    """Hold an exclusive lock on a file, waiting for it: two terminals may set up the same folder at once."""
    with file.open() as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def lock_hash(name: str) -> str:
    """Hash what an installation depends on: the lock file and the Python that it is installed for."""
    lock = (LOCKS / f"{name}.txt").read_bytes()
    return hashlib.sha256(lock + repr(sys.version_info[:2]).encode()).hexdigest()


def fits() -> bool:
    """Tell whether .venv has a Python that starts and is of the version that runs this; its base may have been upgraded."""
    if not PYTHON.exists():
        return False
    command = [str(PYTHON), "-c", "import sys, pip; print(sys.version_info[:2])"]
    answer = subprocess.run(command, capture_output=True, text=True, check=False)
    return answer.stdout.strip() == str(sys.version_info[:2])


def make_environment(log: Path) -> None:
    """Make .venv anew with the Python that runs this."""
    title = f"Making an environment for Python {sys.version.split()[0]} in .venv"
    if step(title, [sys.executable, "-m", "venv", "--clear", str(VENV)], log):
        return
    if "ensurepip" in log.read_text(errors="replace"):
        raise Trouble("This Python has no venv: on Debian and Ubuntu, `apt install python3-venv` (as root) brings it.")
    raise Trouble("The environment in .venv could not be made.", log)


def install(name: str, log: Path) -> None:
    """Install a lock, each file checked against its hash; by uv where it is at hand, else, or if that fails, by pip."""
    lock = LOCKS / f"{name}.txt"
    count = sum("==" in line for line in lock.read_text().splitlines())
    by_uv = ["pip", "install", "--quiet", "--python", str(PYTHON), "--require-hashes", "-r", str(lock)]
    if (uv := shutil.which("uv")) and step(f"Installing {count} packages with uv", [uv, *by_uv], log):
        return
    by_pip = ["-m", "pip", "install", "--disable-pip-version-check", "--no-input", "--retries", "2"]
    if step(f"Installing {count} packages", [str(PYTHON), *by_pip, "--require-hashes", "-r", str(lock)], log):
        return
    said = log.read_text(errors="replace")
    if "DO NOT MATCH THE HASHES" in said:
        raise Trouble("A downloaded package is not the one that was locked; nothing was installed.", log)
    if "No space left" in said:
        raise Trouble(f"The disk is full: the packages did not fit into {VENV}.")
    if any(sign in said for sign in NO_NETWORK):
        raise Trouble(
            f"The package index cannot be reached; the first start needs the network. What pip said is in {log}."
        )
    raise Trouble("The packages could not be installed.", log)


def check_disk(folder: Path, megabytes: int) -> None:
    """Refuse to begin what would fail half way for want of disk."""
    while not folder.exists():
        folder = folder.parent
    free = shutil.disk_usage(folder).free // 2**20
    if free < megabytes:
        raise Trouble(f"The disk at {folder} has {free} MB left, {megabytes} MB are needed: make room and start again.")
