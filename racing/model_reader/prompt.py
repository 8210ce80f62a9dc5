"""What the model is told (`prompt.md`), the shape in which it must answer (`schema.json`), and the fence around the text."""

import hashlib
import json
from pathlib import Path
from typing import Any

from racing.model_reader.parts import Part

_FOLDER = Path(__file__).parent
_INSTRUCTIONS = (_FOLDER / "prompt.md").read_text("utf-8")
SCHEMA: dict[str, Any] = json.loads((_FOLDER / "schema.json").read_text("utf-8"))
_OPENING = "OPENING OF THE REPORT, only to know what it is about; state no facts from it"
_BEFORE = "WHAT STANDS JUST BEFORE, only to understand; state no facts from it"
#: Changes by itself: whoever changes the instructions or the shape has asked another question.
VERSION = hashlib.sha256((_INSTRUCTIONS + json.dumps(SCHEMA, sort_keys=True)).encode()).hexdigest()[:12]


def messages(part: Part) -> list[dict[str, str]]:
    """Give the conversation that asks for a part's facts.

    The fence's mark is a digest of all that stands inside it, so that no text can hold its own fence and step outside.
    """
    mark = hashlib.sha256("\0".join((part.text, part.opening, part.before)).encode()).hexdigest()[:16]
    pieces = []
    if part.count > 1:
        pieces.append(f"The report is long. This is part {part.number} of {part.count}.")
    if part.opening:
        pieces.append(_fenced(_OPENING, part.opening, mark))
    if part.before:
        pieces.append(_fenced(_BEFORE, part.before, mark))
    pieces.append(_fenced("REPORT", part.text, mark))
    pieces.append("State the facts of the REPORT above in the JSON of the schema.")
    return [
        {"role": "system", "content": _INSTRUCTIONS.replace("{mark}", mark)},
        {"role": "user", "content": "\n\n".join(pieces)},
    ]


def _fenced(title: str, text: str, mark: str) -> str:
    return f"<<<{mark} {title}\n{text}\n{mark}>>>"


def reported(user_message: str) -> str:
    """Give the report's text out of a user message, as a server that replays answers needs it; empty where there is none."""
    # The first fence is ours, whatever stands inside.
    mark = user_message.partition("<<<")[2].partition(" ")[0]
    _head, found, rest = user_message.partition(f"<<<{mark} REPORT\n")
    text, ended, _tail = rest.rpartition(f"\n{mark}>>>")
    return text if mark and found and ended else ""


def key_of(model: str, part: Part) -> str:
    """Give the digest by which an answer is kept: of the text, the model and the version of the question."""
    said = json.dumps([VERSION, model, messages(part)], ensure_ascii=False)
    return hashlib.sha256(said.encode()).hexdigest()
