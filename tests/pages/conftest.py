"""The season that the tests of the pages look at."""

import pytest

from tests.pages.grandstand import Grandstand, build


@pytest.fixture
def grandstand(db: None) -> Grandstand:
    """Give the season of `tests.pages.grandstand`, scored."""
    return build()
