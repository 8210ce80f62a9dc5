"""The protocol's two messages: what is asked, and what comes back around the model's own words."""

import json
from dataclasses import dataclass
from typing import Any

from racing.model_reader.endpoint import Endpoint, Unanswered
from racing.model_reader.prompt import SCHEMA


@dataclass(frozen=True, slots=True)
class Reply:
    """What the model wrote. `cut` tells that it was stopped before its end; tokens are None where the server counts none."""

    content: str
    cut: bool = False
    tokens_in: int | None = None
    tokens_out: int | None = None


def request(endpoint: Endpoint, messages: list[dict[str, str]]) -> bytes:
    """Give the body of a request for facts."""
    body: dict[str, Any] = {
        "model": endpoint.model,
        "messages": messages,
        "response_format": {
            "type": "json_schema",
            "json_schema": {"name": "report_facts", "strict": True, "schema": SCHEMA},
        },
        "temperature": 0,
        "max_tokens": endpoint.output_tokens,
        "stream": False,
        **endpoint.extra,
    }
    return json.dumps({name: value for name, value in body.items() if value is not None}, ensure_ascii=False).encode()


class NotWritten(Unanswered):
    """The endpoint answered, and charges, but the model wrote nothing that can be used; `reply` has the tokens."""

    def __init__(self, code: str, reply: Reply) -> None:
        super().__init__(code, may_cost=True)
        self.reply = reply


def reply_of(body: bytes) -> Reply:
    """Give what the model wrote. Raises Unanswered: model_garbled, or NotWritten: model_refusal, model_empty."""
    try:
        envelope = json.loads(body)
    except (ValueError, RecursionError):
        raise Unanswered("model_garbled", may_cost=True) from None
    choices = envelope.get("choices") if isinstance(envelope, dict) else None
    if not isinstance(choices, list):
        raise Unanswered("model_garbled", may_cost=True)
    tokens_in, tokens_out = _tokens(envelope.get("usage"))
    choice = choices[0] if choices and isinstance(choices[0], dict) else {}
    message = choice.get("message")
    message = message if isinstance(message, dict) else {}
    reason = choice.get("finish_reason")
    reply = Reply(_written(message.get("content")), reason == "length", tokens_in, tokens_out)
    if message.get("refusal") or reason == "content_filter":
        raise NotWritten("model_refusal", reply)
    if not reply.content.strip():
        raise NotWritten("model_empty", reply)
    return reply


def _written(content: Any) -> str:
    """Give the words, which some servers send in pieces; without what no database keeps (NUL, halves of characters)."""
    pieces = content if isinstance(content, list) else [{"text": content}]
    texts = [piece.get("text") for piece in pieces if isinstance(piece, dict)]
    words = "".join(text for text in texts if isinstance(text, str))
    return words.replace("\x00", "").encode("utf-8", "replace").decode()


def _tokens(usage: Any) -> tuple[int | None, int | None]:
    counts = usage if isinstance(usage, dict) else {}
    tokens_in, tokens_out = (_count(counts.get(name)) for name in ("prompt_tokens", "completion_tokens"))
    return tokens_in, tokens_out


def _count(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 1 << 31 else None
