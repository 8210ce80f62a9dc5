"""The small season that the desk's tests work on."""

import pytest

from tests.corrections.paddock import Paddock, build


@pytest.fixture
def paddock(db: None) -> Paddock:
    """Give the season of `tests.corrections.paddock`, settled and scored."""
    return build()
