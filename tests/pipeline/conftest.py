"""Reports whose readings are made by hand, taken through the whole road in the test's own process."""

import hashlib
from collections.abc import Callable, Iterator

import pytest
from django.utils import translation

from racing import jobs, pipeline
from racing.models import ReadingJob, Report
from racing.reading.facts import Reading
from racing.sandbox import Outcome

Upload = Callable[..., Report]
Again = Callable[[Report], ReadingJob]


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Speak English: what an earlier test's request spoke would still be in the air."""
    with translation.override("en"):
        yield


@pytest.fixture
def readings(monkeypatch: pytest.MonkeyPatch) -> dict[str, Reading]:
    """Give the readings by the reports' texts; what is put in is what the reader reads."""
    told: dict[str, Reading] = {}
    monkeypatch.setattr(
        pipeline, "read_in_sandbox", lambda data=None, text=None, known=(): Outcome(text, "txt", told[text])
    )
    return told


@pytest.fixture
def read_again(db: None) -> Again:
    """Give a function that reads a report once more and gives its job."""

    def read(report: Report) -> ReadingJob:
        jobs.ask(report)
        return work_on(report)

    return read


def work_on(report: Report) -> ReadingJob:
    """Do what a worker does with a report that waits, and give the job."""
    claim = jobs.claim(report.pk)
    assert claim is not None
    pipeline.process(report.pk, claim)
    job = ReadingJob.objects.get(report=report)
    assert job.error != "internal", job.error_detail
    return job


@pytest.fixture
def upload(db: None, readings: dict[str, Reading], read_again: Again) -> Upload:
    """Give a function that uploads a report of this name and reading, and has it processed."""

    def take(name: str, reading: Reading, **given: object) -> Report:
        readings[name] = reading
        digest = hashlib.sha256(name.encode()).hexdigest()
        report = Report.objects.create(name=name, sha256=digest, size=1, format="txt", text=name, **given)
        read_again(report)
        return report

    return take
