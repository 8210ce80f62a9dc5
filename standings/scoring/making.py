"""Many small tuples, quickly: a season makes thousands of them."""

from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar, cast

Made = TypeVar("Made", bound=tuple[Any, ...])


def maker(kind: type[Made]) -> Callable[[tuple[Any, ...]], Made]:
    """Give what makes a named tuple of a kind out of a tuple of all its fields, at half the price of calling the kind."""
    return cast(Callable[[tuple[Any, ...]], Made], partial(tuple.__new__, kind))
