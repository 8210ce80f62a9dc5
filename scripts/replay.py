"""Score the model reader on recorded answers: `.venv/bin/python -m scripts.replay ANSWERS [score.py's options]`.

ANSWERS is a folder with a JSON file a report, named as the report's text is; the texts lie in `../text` beside it
(`--texts`), the scorer is `../score.py` (`--score`). Starts a server on this machine that speaks the OpenAI chat-completions
protocol and answers from these files, has the scorer run `readreport --json --reader model` against it, and ends with the
scorer's code. Nothing leaves this machine.
"""

import json
import os
import subprocess
import sys
import threading
from argparse import ArgumentParser
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from racing.model_reader.prompt import reported
from racing.reading.documents import extract

ROOT = Path(__file__).resolve().parent.parent


class _Handler(BaseHTTPRequestHandler):
    """Answers a question about a known report with what was recorded about it, and any other with 404."""

    server: "Replay"

    def do_POST(self) -> None:
        """Answer one question."""
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        text = reported(asked["messages"][-1]["content"])
        self.server.asked += 1
        content = self.server.answers.get(text) if self.path.endswith("/chat/completions") else None
        if content is None:
            self._send(404, {"error": {"message": "no recorded answer for this text"}})
            return
        message = {"role": "assistant", "content": content}
        tokens = {"prompt_tokens": len(text) // 4, "completion_tokens": len(content) // 4}
        self._send(200, {"choices": [{"index": 0, "message": message, "finish_reason": "stop"}], "usage": tokens})

    def _send(self, status: int, data: dict[str, Any]) -> None:
        body = json.dumps(data).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


class Replay(ThreadingHTTPServer):
    """A server on a free port of this machine; `answers` maps a report's text to what is answered, word for word."""

    daemon_threads = True

    def __init__(self, answers: Mapping[str, str]) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.answers = answers
        self.asked = 0

    @property
    def url(self) -> str:
        """The base address for MODEL_READER_URL."""
        return f"http://127.0.0.1:{self.server_address[1]}/v1"


@contextmanager
def replaying(answers: Mapping[str, str]) -> Iterator[Replay]:
    """Run a server that replays these answers until the block ends."""
    with Replay(answers) as server:
        thread = threading.Thread(target=server.serve_forever, name="replay", daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


def recorded(answers: Path, texts: Path) -> dict[str, str]:
    """Give the recorded answers by the texts of the reports, as the reader takes these out of their files."""
    found = {}
    for path in sorted(texts.iterdir()):
        answer = answers / f"{path.stem}.json"
        if answer.exists():
            found[extract(path.read_bytes()).text] = answer.read_text("utf-8")
    return found


def main(arguments: list[str]) -> int:
    """Replay and score; gives the scorer's exit code."""
    parser = ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("answers", type=Path)
    parser.add_argument("--texts", type=Path)
    parser.add_argument("--score", type=Path)
    parser.add_argument("--reader", choices=("model", "both"), default="model")
    options, rest = parser.parse_known_args(arguments)
    texts = options.texts or options.answers.parent / "text"
    score = options.score or options.answers.parent / "score.py"
    with replaying(recorded(options.answers, texts)) as server:
        command = f"{sys.executable} manage.py readreport --json --reader {options.reader}"
        environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "racing.settings"}
        environment |= {"MODEL_READER_URL": server.url, "MODEL_READER_MODEL": "recorded"}
        environment.pop("MODEL_READER_KEY", None)
        asked = [sys.executable, str(score.resolve()), "--texts", str(texts.resolve()), "--command", command, *rest]
        code = subprocess.run(asked, cwd=ROOT, env=environment, check=False).returncode
        print(f"{server.asked} questions, {len(server.answers)} recorded answers")
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
