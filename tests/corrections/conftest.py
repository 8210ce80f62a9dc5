"""The small season that the desk's tests work on."""

import pytest

from tests.corrections.paddock import Paddock, build
from tests.pages.grandstand import Grandstand
from tests.pages.grandstand import build as build_grandstand


@pytest.fixture
def paddock(db: None) -> Paddock:
    """Give the season of `tests.corrections.paddock`, settled and scored."""
    return build()


@pytest.fixture
def grandstand(db: None) -> Grandstand:
    """Give the season of `tests.pages.grandstand`, with tables and a joint grid."""
    return build_grandstand()
