"""One question over HTTP: within a time, with a few attempts, never past a redirect, never more than an answer's size.

The standard library's client does it: it follows nothing, decodes nothing and takes no proxy from the environment.
"""

import http.client
import logging
import random
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit

from racing.model_reader.endpoint import Endpoint, Unanswered, checked

logger = logging.getLogger(__name__)

#: The server is busy or out of order for the moment: asking once more may help.
_MAY_PASS = frozenset({408, 409, 425, 429, 500, 502, 503, 504, 520, 522, 524, 529})
_DENIED = frozenset({401, 403})
#: The first wait between two attempts, in seconds; each further one is twice as long. The longest that a server may ask for.
_FIRST_WAIT = 0.5
_LONGEST_WAIT = 30.0
_PIECE = 1 << 16


@dataclass(frozen=True, slots=True)
class Pace:
    """The clock, the waiting and the dice; tests give their own."""

    now: Callable[[], float] = time.monotonic
    wait: Callable[[float], None] = time.sleep
    dice: Callable[[], float] = random.random


class _Failed(Exception):  # noqa: N818
    """An attempt that did not succeed. `again` tells whether another may; `after` is how long the server asks to wait."""

    def __init__(self, reason: Unanswered, *, again: bool = False, after: float | None = None) -> None:
        super().__init__(reason.code)
        self.reason = reason
        self.again = again
        self.after = after


def post(endpoint: Endpoint, body: bytes, deadline: float, pace: Pace | None = None) -> bytes:
    """Send a request and give the body of the answer. `deadline` is a time of `pace.now`. Raises Unanswered.

    What was tried and how it ended is logged by its code; neither the text, the answer nor the key ever are.
    """
    checked(endpoint)
    pace = pace or Pace()
    attempt = 1
    may_cost = False
    while True:
        try:
            return _once(endpoint, body, deadline, pace)
        except _Failed as failure:
            reason = failure.reason
            may_cost |= reason.may_cost
            logger.warning("The model was asked in vain, attempt %d: %s %s", attempt, reason.code, reason.detail)
            pause = _pause(attempt, failure.after, pace)
            if not failure.again or attempt >= endpoint.attempts or pace.now() + pause >= deadline:
                # Without the chain: what the libraries raise may hold what was sent.
                raise Unanswered(reason.code, reason.detail, may_cost=may_cost) from None
        pace.wait(pause)
        attempt += 1


def _pause(attempt: int, asked: float | None, pace: Pace) -> float:
    """Give how long to wait: what the server asks for, else twice as long each time, not all clients at once."""
    own = _FIRST_WAIT * 2.0 ** (attempt - 1) * (0.5 + pace.dice())
    return max(own, asked or 0.0)


def _once(endpoint: Endpoint, body: bytes, deadline: float, pace: Pace) -> bytes:
    left = deadline - pace.now()
    if left <= 0:
        raise _Failed(Unanswered("model_timeout"))
    connection = _connection(endpoint, left)
    sent = False
    try:
        connection.connect()
        with _ended_after(connection, deadline - pace.now()) as over:
            try:
                connection.request("POST", _path(endpoint), body, _headers(endpoint))
                sent = True
                return _answer(connection.getresponse(), endpoint)
            finally:
                if over.is_set():
                    raise _Failed(Unanswered("model_timeout", may_cost=sent))
    except TimeoutError:
        raise _Failed(Unanswered("model_timeout", may_cost=sent)) from None
    except ssl.SSLCertVerificationError:
        raise _Failed(Unanswered("model_unreachable", "certificate")) from None
    except http.client.HTTPException as error:
        raise _Failed(Unanswered("model_unreachable", type(error).__name__, may_cost=sent), again=True) from None
    except (OSError, ValueError) as error:
        raise _Failed(Unanswered("model_unreachable", type(error).__name__, may_cost=sent), again=True) from None
    finally:
        connection.close()


def _connection(endpoint: Endpoint, seconds: float) -> http.client.HTTPConnection:
    address = urlsplit(endpoint.url)
    host, port = address.hostname or "", address.port
    if address.scheme == "https":
        return http.client.HTTPSConnection(host, port, timeout=seconds, context=ssl.create_default_context())
    return http.client.HTTPConnection(host, port, timeout=seconds)


def _path(endpoint: Endpoint) -> str:
    return urlsplit(endpoint.url).path.rstrip("/") + "/chat/completions"


def _headers(endpoint: Endpoint) -> dict[str, str]:
    headers = {"Content-Type": "application/json", "Accept": "application/json", "Connection": "close"}
    return headers | ({"Authorization": f"Bearer {endpoint.key}"} if endpoint.key else {})


@contextmanager
def _ended_after(connection: http.client.HTTPConnection, seconds: float) -> Iterator[threading.Event]:
    """End the connection at the deadline, however slowly it drips: a socket's own time-out counts from each byte anew."""
    over = threading.Event()
    sock = connection.sock

    def end() -> None:
        over.set()
        try:
            # The plain socket's method: that of TLS would let the reader go on without TLS.
            socket.socket.shutdown(sock, socket.SHUT_RDWR)
        except OSError:
            logger.debug("The connection had ended by itself")

    timer = threading.Timer(max(0.0, seconds), end)
    timer.daemon = True
    timer.start()
    try:
        yield over
    finally:
        timer.cancel()


def _answer(response: http.client.HTTPResponse, endpoint: Endpoint) -> bytes:
    """Give the body of a good answer. What a bad one says is not looked at: it may repeat the key."""
    status = response.status
    if status == 200:
        return _body(response, endpoint.answer_bytes)
    if 300 <= status < 400:
        raise _Failed(Unanswered("model_redirected", str(status)))
    if status in _DENIED:
        raise _Failed(Unanswered("model_denied", str(status)))
    if status in _MAY_PASS:
        raise _Failed(Unanswered("model_busy", str(status)), again=True, after=_retry_after(response))
    raise _Failed(Unanswered("model_rejected", str(status)))


def _retry_after(response: http.client.HTTPResponse) -> float | None:
    asked = (response.getheader("Retry-After") or "").strip()
    return min(float(asked), _LONGEST_WAIT) if asked.isascii() and asked.isdigit() else None


def _body(response: http.client.HTTPResponse, most: int) -> bytes:
    pieces: list[bytes] = []
    size = 0
    while piece := response.read(_PIECE):
        size += len(piece)
        if size > most:
            raise _Failed(Unanswered("model_too_large", may_cost=True))
        pieces.append(piece)
    # A server that ends early and had said how much there is to come.
    if response.length:
        raise http.client.IncompleteRead(b"")
    return b"".join(pieces)
