"""The worker and the web server, kept alive until they are ended together."""

import contextlib
import socket
import time
import urllib.error
import urllib.request
from pathlib import Path

from scripts.launch.environment import PYTHON
from scripts.launch.processes import Child, Trouble

#: A child that dies this often within this many seconds is not started again.
DEATHS, WITHIN = 5, 60
#: Seconds that the web server gets to answer for the first time.
PATIENCE = 60


def worker_command(name: str, python: Path = PYTHON) -> list[str]:
    """Give the command line of a Celery worker that reads two reports at a time. `name` tells workers on one broker apart."""
    options = ["--loglevel=INFO", "--concurrency=2", "--without-gossip", "--without-mingle", f"--hostname={name}@%h"]
    return [str(python), "-m", "celery", "-A", "racing.celery", "worker", *options]


def web_command(port: int, python: Path = PYTHON) -> list[str]:
    """Give the command line of the web server on 127.0.0.1."""
    options = ["--interface=wsgi", "--host=127.0.0.1", f"--port={port}", "--workers=1", "--blocking-threads=8"]
    return [str(python), "-m", "granian", *options, "--respawn-failed-workers", "--no-ws", "racing.wsgi:application"]


def check_port(port: int) -> None:
    """Refuse a port that somebody listens on, and name one that is free."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except (PermissionError, OverflowError):
            raise Trouble(f"Port {port} cannot be used: give one from 1024 to 65535 with --port.") from None
        except OSError:
            free = next((other for other in range(port + 1, 65536) if is_free(other)), 8000)
            raise Trouble(f"Port {port} is in use by another program; try: python3 run.py --port {free}") from None


def is_free(port: int) -> bool:
    """Tell whether nobody listens on a port of 127.0.0.1."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0


class Crew:
    """The processes that run until the end: each is started again when it dies, all are ended together."""

    def __init__(self, logs: Path, environment: dict[str, str] | None = None) -> None:
        self.logs = logs
        self.environment = environment
        self.commands: dict[str, list[str]] = {}
        self.children: dict[str, Child] = {}
        self.deaths: dict[str, list[float]] = {}

    def start(self, name: str, command: list[str]) -> None:
        """Start one; its output is added to <name>.log."""
        self.commands[name] = command
        with self.log(name).open("ab") as output:
            self.children[name] = Child(name, command, output, self.environment)

    def log(self, name: str) -> Path:
        """Name the log of one process."""
        return self.logs / f"{name}.log"

    def look_after(self) -> None:
        """Start again who has died; give up on one that dies again and again."""
        for name, child in list(self.children.items()):
            if (code := child.process.poll()) is None:
                continue
            child.kill()
            now = time.monotonic()
            self.deaths[name] = [*(at for at in self.deaths.get(name, []) if at > now - WITHIN), now]
            if len(self.deaths[name]) >= DEATHS:
                raise Trouble(f"The {name} ended {DEATHS} times within {WITHIN} seconds.", self.log(name))
            how = f"was killed by signal {-code}" if code < 0 else f"ended with code {code}"
            print(f"  The {name} {how}; it is started again.", flush=True)
            self.start(name, self.commands[name])

    def wait_for(self, address: str) -> None:
        """Wait until the web server says that it is ready."""
        started = time.monotonic()
        while time.monotonic() - started < PATIENCE:
            self.look_after()
            # A refused connection: not up yet. An HTTP error: up, and not ready yet.
            with contextlib.suppress(OSError), urllib.request.urlopen(f"{address}readyz", timeout=5):
                return
            time.sleep(0.05)
        raise Trouble(f"The web server did not answer on {address} within {PATIENCE} seconds.", self.log("web"))

    def end(self) -> None:
        """End all of them, at once rather than one after the other."""
        for child in self.children.values():
            child.ask_to_end()
        for child in self.children.values():
            child.end()
