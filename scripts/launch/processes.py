"""Processes that a person waits for, and how they end."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import IO

ROOT = Path(__file__).resolve().parent.parent.parent
#: Seconds a process gets to end by itself: a report is read in less, while an idle Celery worker takes up to seven to look
#: up from an empty queue. A report that is left half read is taken up again at the next start.
GRACE = 3
#: Linux's prctl option that sends a signal to a process when the one that started it is gone.
PR_SET_PDEATHSIG = 1
#: Loaded here and not between fork and exec, where as little as possible may happen.
LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None


class Trouble(Exception):
    """Something that the person at the terminal can act on: one sentence, and lines of a log where they help."""

    def __init__(self, sentence: str, log: Path | None = None) -> None:
        super().__init__(sentence)
        self.log = log

    def __str__(self) -> str:
        sentence = super().__str__()
        if self.log is None or not self.log.exists():
            return sentence
        lines = self.log.read_text(errors="replace").splitlines()[-12:]
        return "\n".join([sentence, *(f"    | {line}" for line in lines), f"The whole log is in {self.log}."])


class Stopped(Exception):
    """Somebody pressed Ctrl-C or asked the process to end."""


def end_with_parent() -> None:
    """Ask Linux to end this process when its parent is gone, even by kill -9. Elsewhere only the usual ends are covered."""
    if LIBC is not None:
        LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


class Child:
    """A process that leads a process group of its own, so that ending it ends all that it started."""

    def __init__(
        self, name: str, command: list[str], output: IO[bytes] | None, environment: dict[str, str] | None = None
    ) -> None:
        self.name = name
        self.process = subprocess.Popen(
            command,
            cwd=ROOT,
            env={**os.environ, "PYTHONUNBUFFERED": "1", **(environment or {})},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=None if output is None else subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=end_with_parent,
        )

    def ask_to_end(self) -> None:
        """Send SIGTERM to the leader, which tells its own."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """Take away the whole group, also what a dead leader left of it."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def end(self, grace: float = GRACE) -> None:
        """Ask the process to end, wait for `grace` seconds, then take away whatever of its group is left."""
        self.ask_to_end()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(grace)
        self.kill()


def step(title: str, command: list[str], log: Path, environment: dict[str, str] | None = None) -> bool:
    """Run one command of the set-up, showing its title and its seconds; its output goes to the log.

    Tells whether it worked. Ctrl-C ends the command before it goes on its way.
    """
    log.parent.mkdir(parents=True, exist_ok=True)
    started = time.monotonic()
    print(f"  {title} ... ", end="", flush=True)
    with log.open("wb") as output:
        child = Child(title, command, output, environment)
    try:
        while child.process.poll() is None:
            time.sleep(0.05)
            if sys.stdout.isatty():
                print(f"\r  {title} ... {time.monotonic() - started:.0f} s ", end="", flush=True)
    finally:
        child.end(grace=2)
    worked = child.process.returncode == 0
    ending = f"{time.monotonic() - started:.1f} s" if worked else "failed"
    print(f"\r  {title} ... {ending} " if sys.stdout.isatty() else ending, flush=True)
    return worked
