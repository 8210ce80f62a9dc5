"""Loading waits for workers as long as there are any, and reads by itself where there is none."""

import time

import pytest

from racing import jobs, pipeline, tasks
from racing.demo import loading
from racing.intake import take_in_text
from racing.models import ReadingJob, Report
from racing.terms import JobState
from tests.demo.conftest import read_here

pytestmark = pytest.mark.django_db

TEXT = "Trophée des Volcans 2026, Nogaro\n\nCourse 1\n1. Aurèle de Montjoux (Arverne Compétition)\n2. Mathéo Vauzelle\n"


@pytest.fixture
def report(monkeypatch: pytest.MonkeyPatch) -> Report:
    """Give a report that waits to be read."""
    monkeypatch.setattr(pipeline, "read_in_sandbox", read_here)
    return take_in_text(TEXT, "essai.txt").report


def test_a_worker_that_reads_is_waited_for(report: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    # The worker of this test wakes whenever loading sleeps.
    monkeypatch.setattr(time, "sleep", lambda seconds: tasks.read_report(report.pk))
    lines: list[str] = []
    loading.settle_down([report], lines.append, patience=60)
    assert lines == ["  1 of 1  essai.txt: done"]
    assert ReadingJob.objects.get().state == JobState.DONE


def test_a_worker_at_work_is_not_overtaken_however_long_it_takes(
    report: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    naps: list[float] = []

    def nap(seconds: float) -> None:
        naps.append(seconds)
        if len(naps) == 5:
            ReadingJob.objects.update(state=JobState.DONE)

    claim = jobs.claim(report.pk)
    monkeypatch.setattr(time, "sleep", nap)
    lines: list[str] = []
    loading.settle_down([report], lines.append, patience=0)
    assert claim is not None
    assert len(naps) == 5
    assert not any("No worker" in line for line in lines)


def test_where_no_worker_is_the_report_is_read_here(report: Report) -> None:
    lines: list[str] = []
    loading.settle_down([report], lines.append, patience=0)
    assert lines[0] == "No worker answers: the reports are read here."
    assert ReadingJob.objects.get().state == JobState.DONE
