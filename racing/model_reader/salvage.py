"""The model's words as JSON: whole, or as much of them as is whole."""

import json
from typing import Any

_FENCE = "```"


def facts_json(content: str) -> tuple[dict[str, Any] | None, bool]:
    """Give the object that the content holds, and whether it is whole; None where nothing of it can be read.

    Of an answer that was cut off, or that breaks in the middle, all that is complete before the break is kept: whole facts,
    never a half.
    """
    start = content.find("{")
    if start < 0:
        return None, False
    body = content[start:]
    decoder = json.JSONDecoder(parse_constant=_no_constant)
    try:
        found, end = decoder.raw_decode(body)
    except json.JSONDecodeError as error:
        return _salvaged(body[: error.pos], decoder), False
    except (ValueError, RecursionError):
        return None, False
    rest = body[end:].strip().removeprefix(_FENCE).strip()
    return (found, not rest) if isinstance(found, dict) else (None, False)


def _no_constant(name: str) -> Any:
    raise ValueError(name)


def _salvaged(body: str, decoder: json.JSONDecoder) -> dict[str, Any] | None:
    """Close what is open behind the last object of a list that is complete."""
    cut, closers = _last_whole(body)
    if not cut:
        return None
    try:
        found = decoder.decode(body[:cut] + closers)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _last_whole(body: str) -> tuple[int, str]:
    """Give where the last complete object of a list ends, and the brackets that are open there, closed."""
    open_brackets: list[str] = []
    in_string = escaped = False
    cut, closers = 0, ""
    for at, character in enumerate(body):
        if in_string:
            if escaped:
                escaped = False
            elif character == "\\":
                escaped = True
            elif character == '"':
                in_string = False
        elif character == '"':
            in_string = True
        elif character in "{[":
            open_brackets.append("}" if character == "{" else "]")
        elif character in "}]":
            if not open_brackets or open_brackets.pop() != character:
                break
            if character == "}" and open_brackets and open_brackets[-1] == "]":
                cut, closers = at + 1, "".join(reversed(open_brackets))
    return cut, closers
