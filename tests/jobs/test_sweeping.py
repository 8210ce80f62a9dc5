"""What is left behind wakes a worker soon, and not at every look."""

from datetime import timedelta

import pytest
from django.db import OperationalError
from django.utils import timezone

from racing import jobs
from racing.models import ReadingJob, Report
from racing.sweeping import Sweep


@pytest.fixture(autouse=True)
def _patience(settings: object) -> None:
    settings.JOB_STALE_AFTER = 8  # type: ignore[attr-defined]


def test_a_job_is_woken_for_at_once_and_then_less_and_less_often() -> None:
    sweep = Sweep()
    woken = [now for now in range(0, 200, 2) if sweep.due([1], float(now))]
    assert woken == [0, 8, 24, 56, 116, 176]


def test_each_job_has_its_own_time() -> None:
    sweep = Sweep()
    assert sweep.due([1], 0.0) == [1]
    assert sweep.due([1, 2], 2.0) == [2]
    assert sweep.due([1, 2], 8.0) == [1]


def test_a_job_that_was_taken_and_left_behind_again_is_woken_for_at_once() -> None:
    sweep = Sweep()
    assert sweep.due([1], 0.0) == [1]
    assert sweep.due([], 2.0) == []
    assert sweep.due([1], 4.0) == [1]


def test_a_look_wakes_workers_for_what_is_left_behind(report: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    woken: list[int] = []
    monkeypatch.setattr(jobs, "wake", lambda pk, queue: woken.append(pk) or True)
    jobs.ask(report)
    ReadingJob.objects.update(asked_at=timezone.now() - timedelta(hours=1))
    assert Sweep().tick() == [f"report {report.pk}"]
    assert woken == [report.pk]


def test_a_database_that_is_away_is_looked_at_again_later(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(queue: jobs.Queue) -> None:
        raise OperationalError("away")

    monkeypatch.setattr(jobs, "left_behind", refuse)
    assert Sweep().tick() == []
