"""One part asked about: request, answer, and what of it can be used."""

from dataclasses import dataclass
from typing import Any

from racing.model_reader.client import Pace, post
from racing.model_reader.endpoint import Endpoint
from racing.model_reader.parts import Part
from racing.model_reader.prompt import messages
from racing.model_reader.protocol import NotWritten, Reply, reply_of, request
from racing.model_reader.salvage import facts_json


@dataclass(frozen=True, slots=True)
class Asked:
    """What came back: the facts as JSON, whether they are whole, and the words and tokens they came in."""

    facts: dict[str, Any]
    whole: bool
    reply: Reply


def size_of(part: Part) -> int:
    """Give how many characters are sent for a part."""
    return sum(len(message["content"]) for message in messages(part))


def ask(endpoint: Endpoint, part: Part, deadline: float, pace: Pace | None = None) -> Asked:
    """Ask about a part. Raises Unanswered; NotWritten where the answer is there, and to be paid, but of no use."""
    return understood(reply_of(post(endpoint, request(endpoint, messages(part)), deadline, pace)))


def understood(reply: Reply) -> Asked:
    """Give what can be used of a reply, now or when it was kept. Raises NotWritten ("model_broken")."""
    facts, whole = facts_json(reply.content)
    if facts is None:
        raise NotWritten("model_broken", reply)
    return Asked(facts, whole and not reply.cut, reply)
