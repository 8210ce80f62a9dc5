"""Looks at processes from outside, as Linux shows them in /proc."""

import time
from collections.abc import Callable
from pathlib import Path


def session_of(leader: int) -> list[int]:
    """Give the processes of the sessions that `leader` or a child of it leads."""
    found = []
    children = {leader}
    for stat in sorted(Path("/proc").glob("[0-9]*/stat"), key=lambda path: int(path.parent.name)):
        try:
            state, parent, _, session = stat.read_text().rsplit(")", 1)[1].split()[:4]
        except OSError:
            continue
        if int(parent) in children or int(session) in children:
            children.add(int(stat.parent.name))
            if state != "Z":
                found.append(int(stat.parent.name))
    return found


def eventually(condition: Callable[[], object], seconds: float = 30, every: float = 0.1) -> bool:
    """Wait until something holds, looking every so many seconds; tell whether it did in time."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(every)
    return True


def alive(process: int) -> bool:
    """Tell whether a process runs (one that is dead and not yet collected does not)."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def workers(processes: list[int]) -> list[int]:
    """Of some processes, give those of the Celery worker."""
    return [one for one in processes if "racing.celery" in Path(f"/proc/{one}/cmdline").read_text()]
