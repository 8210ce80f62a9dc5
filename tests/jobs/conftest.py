"""A report whose job can be taken, asked for and lost."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from racing.models import ReadingJob, Report


@pytest.fixture
def report(db: None) -> Report:
    """Give a report."""
    return Report.objects.create(name="a report", sha256="0" * 64, size=1, format="txt", text="words")


@pytest.fixture
def stop_heart() -> Callable[[Report], None]:
    """Give a function that makes it long ago that the worker of a report was heard of."""

    def stop(report: Report) -> None:
        ReadingJob.objects.filter(report=report).update(heartbeat_at=timezone.now() - timedelta(hours=1))

    return stop
