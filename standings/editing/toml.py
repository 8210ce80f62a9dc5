"""Rules as text that people read and write: TOML (toml.io/en/v1.0.0), or JSON where it begins with a brace."""

import json
import re
import tomllib
from collections.abc import Mapping, Sequence
from typing import Any

from standings.scoring import Mistake, RulesError

WIDTH = 100
BARE = re.compile(r"[A-Za-z0-9_-]+")
WHERE = re.compile(r"\(at line (\d+), column (\d+)\)")


def read_text(text: str, key: str = "rules") -> dict[str, Any]:
    """Read a table of keys and values out of TOML or JSON. Raises RulesError, which names the line, where that cannot be."""
    try:
        data = json.loads(text) if text.lstrip().startswith("{") else tomllib.loads(text.replace("\r\n", "\n"))
        # Days and times are values of TOML and of no rule: as text they meet the sentence for what should stand there.
        found: dict[str, Any] = json.loads(json.dumps(data, default=str, allow_nan=False))
    except tomllib.TOMLDecodeError as error:
        where = WHERE.search(str(error))
        line, column = (where[1], where[2]) if where else _end(text)
        raise RulesError(Mistake.NOT_TOML, key, line=line, column=column) from None
    except json.JSONDecodeError as error:
        raise RulesError(Mistake.NOT_TOML, key, line=str(error.lineno), column=str(error.colno)) from None
    except (ValueError, RecursionError):
        raise RulesError(Mistake.NOT_TOML, key, line="1", column="1") from None
    return found


def _end(text: str) -> tuple[str, str]:
    lines = text.split("\n")
    return str(len(lines)), str(len(lines[-1]) + 1)


def write_text(data: Mapping[str, Any]) -> str:
    """Write a table as TOML that `read_text` reads back unchanged; as JSON where it holds what TOML has no words for."""
    if _holds_null(data):
        return json.dumps(data, indent=2, ensure_ascii=False)
    tables = [name for name, value in data.items() if isinstance(value, Mapping) and value]
    lines = [f"{_name(name)} = {write_value(value)}" for name, value in data.items() if name not in tables]
    for name in tables:
        lines += ["", f"[{_name(name)}]"] if lines else [f"[{_name(name)}]"]
        lines += [f"{_name(own)} = {write_value(value)}" for own, value in data[name].items()]
    return "".join(f"{line}\n" for line in lines)


def _holds_null(value: Any) -> bool:
    if isinstance(value, Mapping):
        return any(_holds_null(one) for one in value.values())
    if isinstance(value, list | tuple):
        return any(_holds_null(one) for one in value)
    return value is None


def _name(name: str) -> str:
    return name if BARE.fullmatch(name) else _text(name)


def _text(value: str) -> str:
    # JSON escapes all that TOML wants escaped, but for DEL.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def write_value(value: Any) -> str:
    """Write a value of a table, which holds no null."""
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, Mapping):
        inner = ", ".join(f"{_name(str(name))} = {write_value(one)}" for name, one in value.items())
        return f"{{ {inner} }}" if inner else "{}"
    if isinstance(value, Sequence):
        items = [write_value(one) for one in value]
        line = f"[{', '.join(items)}]"
        if len(line) <= WIDTH and not (len(value) > 1 and isinstance(value[0], Mapping)):
            return line
        return "[\n" + "".join(f"  {item},\n" for item in items) + "]"
    return json.dumps(value)
