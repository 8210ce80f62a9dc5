"""A document is read in a process of its own, with limits: bytes in, text and a `Reading` out.

Libraries for documents crash, loop and eat memory on hostile files. The child knows no Django, no database and no
environment; it reads one document and ends. Files stand in for pipes, so that neither side can fill the other's memory.
"""

import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from django.conf import settings

from racing.reading.documents.places import Stop
from racing.reading.documents.places import from_json as places_from_json
from racing.reading.facts import Reading, from_json
from racing.reading.known import Known, to_json

_ROOT = Path(__file__).resolve().parent.parent
#: Isolated from the environment (-I), so the project's place is told; nothing of it is taken from the current folder.
_START = "import sys; sys.path.insert(0, sys.argv[1]); from racing.reading.child import main; main()"
_COMMAND = (sys.executable, "-I", "-X", "utf8", "-c", _START, str(_ROOT))
#: Signals that others send: somebody who ends processes, or the system when its memory is at an end.
_FROM_OUTSIDE = ("SIGKILL", "SIGTERM", "SIGINT", "SIGHUP")
#: What a child may write. A text of a million characters and its facts take a tenth.
_OUTPUT_MAX_BYTES = 64 << 20
#: The system of which these are needed to start at all. numpy would take threads and memory for every core of the machine.
_ENVIRONMENT = {name: os.environ[name] for name in ("SYSTEMROOT", "LD_LIBRARY_PATH") if name in os.environ} | {
    "OPENBLAS_NUM_THREADS": "1"
}


class SandboxError(Exception):
    """A document that could not be read: `code` names the sentence of `racing.problems`, `detail` fills it.

    Codes: those of `racing.reading.documents.DocumentError`, and timeout, memory, crashed, internal (our own bug).
    """

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code, detail)
        self.code = code
        self.detail = detail

    @property
    def may_pass(self) -> bool:
        """Whether reading once more may go better: the child was ended from outside. What it does by itself, it does again."""
        return self.code == "crashed" and self.detail in _FROM_OUTSIDE


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a document says: its text, its format ("" where a text was given), the facts in it, and where the text stands."""

    text: str
    format: str
    reading: Reading
    stops: tuple[Stop, ...] = ()


def read_in_sandbox(
    data: bytes | None = None,
    text: str | None = None,
    *,
    known: Known = (),
    command: Sequence[str] = _COMMAND,
) -> Outcome:
    """Read a document (`data`), or once more a text that was taken out of one before (`text`).

    `known` are the entries of its season; `command` is the child's command line (tests give hostile ones). Raises SandboxError.
    """
    if (data is None) == (text is None):
        raise ValueError("either data or text")
    body = text.encode() if data is None and text is not None else data or b""
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as told, tempfile.TemporaryFile() as logged:
        given.write(json.dumps(_request(text is not None, known)).encode() + b"\n" + body)
        given.seek(0)
        code = _run(command, given, told, logged)
        return _outcome(code, _content(told, _OUTPUT_MAX_BYTES), _content(logged, 4096))


def _request(is_text: bool, known: Known) -> dict[str, Any]:
    return {
        "text": is_text,
        "known": to_json(known),
        "max_characters": settings.DOCUMENT_MAX_CHARACTERS,
        "limits": {
            "memory": settings.DOCUMENT_MEMORY_BYTES,
            "seconds": settings.DOCUMENT_SECONDS,
            "output": _OUTPUT_MAX_BYTES,
        },
    }


def _run(command: Sequence[str], given: IO[bytes], told: IO[bytes], logged: IO[bytes]) -> int:
    """Run the child to its end and give its return code. Raises SandboxError timeout."""
    child = subprocess.Popen(  # noqa: S603 (the command is ours)
        command, stdin=given, stdout=told, stderr=logged, env=_ENVIRONMENT, cwd=_ROOT, start_new_session=True
    )
    try:
        return child.wait(settings.DOCUMENT_SECONDS)
    except subprocess.TimeoutExpired as error:
        raise SandboxError("timeout") from error
    finally:
        _end(child)


def _end(child: "subprocess.Popen[bytes]") -> None:
    """End the child and whatever it has started."""
    if hasattr(os, "killpg"):
        # The group is the child's own (start_new_session); it is gone where the child has ended and left nobody.
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(child.pid, signal.SIGKILL)
    elif child.poll() is None:
        child.kill()
    child.wait()


def _content(file: IO[bytes], most: int) -> bytes:
    file.seek(0)
    return file.read(most + 1)


def _outcome(code: int, told: bytes, logged: bytes) -> Outcome:
    """Make the outcome of what the child wrote. Raises SandboxError where it reports an error or did not come to an end."""
    if code != 0:
        raise SandboxError(*_end_of(code, logged))
    if len(told) > _OUTPUT_MAX_BYTES:
        raise SandboxError("too_long")
    # A child that a document has taken over may write anything.
    try:
        answer = json.loads(told)
        if "error" in answer:
            raise SandboxError(str(answer["error"]), str(answer["detail"]))
        stops = places_from_json(answer["places"])
        outcome = Outcome(answer["text"], answer["format"], from_json(answer["reading"]), stops)
    except (ValueError, KeyError, TypeError) as error:
        raise SandboxError("crashed", type(error).__name__) from error
    return outcome


def _end_of(code: int, logged: bytes) -> tuple[str, str]:
    """Say why a child ended with this return code: a code of ours and a detail."""
    last_line = logged.decode("utf-8", "replace").strip().rpartition("\n")[2][:300]
    if code == -getattr(signal, "SIGXCPU", 0) or code == -getattr(signal, "SIGALRM", 0):
        return "timeout", ""
    if last_line.startswith("MemoryError"):
        return "memory", ""
    if code < 0:
        return "crashed", signal.Signals(-code).name
    return "internal", last_line
