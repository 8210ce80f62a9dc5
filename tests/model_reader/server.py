"""A server on this machine that answers as a test tells it to: well, badly, slowly, or not at all."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

#: What the server does with one request.
Deed = Callable[["Handler"], None]


class Handler(BaseHTTPRequestHandler):
    """Keeps the question, then does what is next; the last deed is done again and again."""

    server: "Server"

    def do_POST(self) -> None:
        """Answer a question."""
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.questions.append((self.path, dict(self.headers), json.loads(body)))
        deeds = self.server.deeds
        (deeds.pop(0) if len(deeds) > 1 else deeds[0])(self)

    def do_GET(self) -> None:
        """Note that somebody followed where the answer pointed."""
        self.server.questions.append((self.path, dict(self.headers), {}))

    def send(self, status: int, body: bytes, **headers: str) -> None:
        """Send a whole answer."""
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


class Server(ThreadingHTTPServer):
    """On a free port; `questions` are (path, headers, body) of all that came in."""

    daemon_threads = True

    def __init__(self, deeds: tuple[Deed, ...]) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.deeds = list(deeds)
        self.questions: list[tuple[str, dict[str, str], dict[str, Any]]] = []
        self.over = threading.Event()

    @property
    def url(self) -> str:
        """The address to put into MODEL_READER_URL."""
        return f"http://127.0.0.1:{self.server_address[1]}/v1"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that has gone is what half of the tests are about."""


@contextmanager
def serving(*deeds: Deed) -> Iterator[Server]:
    """Run a server that does these deeds, one a request."""
    with Server(deeds) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.over.set()
            server.shutdown()
            thread.join()


def completion(content: Any, **more: Any) -> bytes:
    """Give the protocol's answer with this content; `finish`, `usage`, `refusal` as given."""
    message = {"role": "assistant", "content": content, "refusal": more.get("refusal")}
    choice = {"index": 0, "message": message, "finish_reason": more.get("finish", "stop")}
    usage = more.get("usage", {"prompt_tokens": 1_000, "completion_tokens": 200})
    return json.dumps({"object": "chat.completion", "choices": [choice], "usage": usage}).encode()


def says(content: Any, **more: Any) -> Deed:
    """Answer with these words of the model, or with an object as JSON."""
    words = content if isinstance(content, str | None) else json.dumps(content, ensure_ascii=False)
    return lambda handler: handler.send(200, completion(words, **more))


def status(code: int, body: bytes = b"{}", **headers: str) -> Deed:
    """Answer with a status."""
    return lambda handler: handler.send(code, body, **headers)


def resets(handler: Handler) -> None:
    """End the connection without a word."""
    handler.connection.shutdown(2)
    handler.close_connection = True


def hangs(handler: Handler) -> None:
    """Say nothing until the test is over."""
    handler.server.over.wait(20)


def drips(handler: Handler) -> None:
    """Promise much and send a byte now and then, each soon enough for a socket's own time-out."""
    handler.send_response(200)
    handler.send_header("Content-Length", "1000000")
    handler.end_headers()
    while not handler.server.over.wait(0.05):
        handler.wfile.write(b" ")


def breaks_off(handler: Handler) -> None:
    """Promise more than is sent."""
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    handler.wfile.write(b'{"choices": [')
    handler.close_connection = True


def floods(handler: Handler) -> None:
    """Send without an end."""
    handler.send_response(200)
    handler.end_headers()
    while not handler.server.over.is_set():
        handler.wfile.write(b" " * 65536)
    handler.close_connection = True
