"""The sample season, loaded once for all tests of a module and taken back afterwards."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction

from racing import pipeline
from racing.demo.loading import Loaded, load
from racing.reading.documents import extract
from racing.reading.known import Known
from racing.reading.reader import read
from racing.sandbox import Outcome


@pytest.fixture(scope="module")
def said() -> list[str]:
    """Give the lines that loading says."""
    return []


@pytest.fixture(scope="module")
def sample(django_db_setup: None, django_db_blocker: Any, said: list[str]) -> Iterator[Loaded]:
    """Give the loaded sample season. Each test runs inside of its transaction and is marked `django_db`.

    Documents are read in this process, which spares eighteen starts of Python, and no heart beats, since another connection
    sees nothing of the transaction. Both have tests of their own.
    """
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock(), transaction.atomic():
        patch.setattr(pipeline, "read_in_sandbox", read_here)
        patch.setattr(settings, "JOB_HEARTBEAT", 1000)
        yield load(said.append, patience=0)
        transaction.set_rollback(True)


def read_here(data: bytes | None = None, text: str | None = None, known: Known = ()) -> Outcome:
    """Do what the sandbox does, in this process."""
    if data is None:
        return Outcome(text or "", "", read(text or "", known))
    document = extract(data)
    return Outcome(document.text, document.format, read(document.text, known))
