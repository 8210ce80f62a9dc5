"""The small season that the desk's tests work on."""

from collections.abc import Iterator

import pytest
from django.utils import translation

from tests.corrections.paddock import Paddock, build


@pytest.fixture
def paddock(db: None) -> Paddock:
    """Give the season of `tests.corrections.paddock`, settled and scored."""
    return build()


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Speak English: what an earlier test's request spoke would still be in the air."""
    with translation.override("en"):
        yield
