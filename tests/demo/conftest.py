"""The sample season, loaded once for all tests of a module and taken back afterwards."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from racing.demo.loading import Loaded, load


@pytest.fixture(scope="module")
def said() -> list[str]:
    """Give the lines that loading says."""
    return []


@pytest.fixture(scope="module")
def sample(django_db_setup: None, django_db_blocker: Any, said: list[str]) -> Iterator[Loaded]:
    """Give the loaded sample season. Each test runs inside of its transaction and is marked `django_db`."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield load(said.append, patience=0)
        transaction.set_rollback(True)
