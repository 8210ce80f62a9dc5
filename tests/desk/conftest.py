"""The season and the language of `tests.corrections`, for the desk's tests."""

from tests.corrections.conftest import english, paddock

__all__ = ["english", "paddock"]
