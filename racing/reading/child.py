"""The process that reads one document: `racing.sandbox` starts it, hands it bytes and takes JSON.

It limits itself before it looks at the document. The first line of the input is JSON (`max_characters`, `text`: whether the
rest is text that was taken out before, `limits`, `known`: the season's entries), the rest is the document or the text. The
output is one JSON object: `{"text", "format", "places", "reading"}` or `{"error", "detail"}`.
"""

import json
import signal
import sys
from typing import Any

from racing.reading.documents import DocumentError, extract
from racing.reading.documents.places import Stop
from racing.reading.documents.places import to_json as places_to_json
from racing.reading.facts import to_json
from racing.reading.known import from_json
from racing.reading.reader import read

try:
    import resource
except ImportError:  # not on Windows: the wall clock in `racing.sandbox` alone limits the process there
    resource = None  # type: ignore[assignment]


def main() -> None:
    """Read one document from standard input, write what was found to standard output."""
    head, _, body = sys.stdin.buffer.read().partition(b"\n")
    request = json.loads(head)
    limit(request["limits"])
    try:
        answer = work(request, body)
    except MemoryError:
        answer = {"error": "memory", "detail": ""}
    json.dump(answer, sys.stdout)


def work(request: dict[str, Any], body: bytes) -> dict[str, Any]:
    """Give the answer to a request."""
    kind = ""
    stops: tuple[Stop, ...] = ()
    try:
        if request["text"]:
            text = body.decode()
        else:
            document = extract(body, request["max_characters"])
            text, kind, stops = document.text, document.format, document.stops
    except DocumentError as error:
        return {"error": error.code, "detail": error.detail}
    reading = to_json(read(text, from_json(request["known"])))
    return {"text": text, "format": kind, "places": places_to_json(stops), "reading": reading}


def limit(limits: dict[str, int]) -> None:
    """Limit this process: `memory` and `output` in bytes, `seconds` of work, 32 open files, no core dumps."""
    if resource is None:
        return
    seconds, output = limits["seconds"], limits["output"]
    for what, soft, hard in (
        (resource.RLIMIT_AS, limits["memory"], limits["memory"]),
        (resource.RLIMIT_CPU, seconds, seconds + 1),
        (resource.RLIMIT_FSIZE, output, output),
        (resource.RLIMIT_NOFILE, 32, 32),
        (resource.RLIMIT_CORE, 0, 0),
    ):
        # A system may have set a lower limit, and some (macOS) refuse one of memory: then that one is not ours to set.
        try:
            resource.setrlimit(what, (soft, hard))
        except (ValueError, OSError):
            continue
    # Should the worker die, nobody is left to end this process: it ends itself, even when it only waits.
    signal.alarm(2 * seconds)


if __name__ == "__main__":
    main()
