"""JSON as text, for what is written and read with each correction: in a fifth of the time of Python's own."""

from collections.abc import Callable
from typing import Any

import orjson

loads: Callable[[str], Any] = orjson.loads


def dumps(value: Any, *, sort_keys: bool = False) -> str:
    """Write a value in the fewest characters; keys that are no text as what they are in words, named tuples not at all."""
    option = orjson.OPT_NON_STR_KEYS | (orjson.OPT_SORT_KEYS if sort_keys else 0)
    return orjson.dumps(value, option=option).decode()
