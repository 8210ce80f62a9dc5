"""One worker at a time has a job, a dead one's is taken up, and whoever lost a job writes nothing more."""

import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from racing import jobs
from racing.celery import app
from racing.models import ReadingJob, Report
from racing.terms import JobState

StopHeart = Callable[[Report], None]


def job_of(report: Report) -> tuple[str, int, str]:
    job = ReadingJob.objects.get(report=report)
    return job.state, job.attempts, job.error


def taken(report: Report) -> jobs.Claim:
    claim = jobs.claim(report.pk)
    assert claim is not None
    return claim


def test_a_job_is_taken_once(report: Report) -> None:
    jobs.ask(report)
    assert job_of(report) == ("waiting", 0, "")
    taken(report)
    assert jobs.claim(report.pk) is None
    assert job_of(report) == ("reading", 1, "")


def test_a_report_that_nobody_asked_to_read_is_not_taken(report: Report) -> None:
    assert jobs.claim(report.pk) is None


@pytest.mark.parametrize("end", [jobs.finish, jobs.wait_for_answer, lambda claim: jobs.fail(claim, "timeout")])
def test_a_job_that_has_ended_is_not_taken(report: Report, end: Callable[[jobs.Claim], None]) -> None:
    jobs.ask(report)
    end(taken(report))
    assert jobs.claim(report.pk) is None


def test_a_job_whose_worker_has_died_is_taken_up_by_another(report: Report, stop_heart: StopHeart) -> None:
    jobs.ask(report)
    first = taken(report)
    stop_heart(report)
    second = taken(report)
    assert second.token != first.token
    assert job_of(report) == ("reading", 2, "")


def test_a_worker_that_lost_its_job_can_do_nothing_to_it(report: Report, stop_heart: StopHeart) -> None:
    jobs.ask(report)
    first = taken(report)
    stop_heart(report)
    taken(report)
    acts: list[Callable[[], object]] = [
        lambda: jobs.advance(first, JobState.MATCHING),
        lambda: jobs.finish(first),
        lambda: jobs.wait_for_answer(first),
        lambda: jobs.fail(first, "internal"),
    ]
    for act in acts:
        with pytest.raises(jobs.ClaimLostError):
            act()
    with pytest.raises(jobs.ClaimLostError), transaction.atomic():
        jobs.confirm(first)
    assert jobs.beat(first) is False
    assert jobs.release(first) is False
    assert job_of(report) == ("reading", 2, "")


def test_the_newer_ask_wins_over_work_in_progress(report: Report) -> None:
    jobs.ask(report)
    claim = taken(report)
    jobs.ask(report)
    with pytest.raises(jobs.ClaimLostError):
        jobs.finish(claim)
    assert job_of(report) == ("waiting", 0, "")


def test_a_job_taken_up_too_often_is_given_up(report: Report, stop_heart: StopHeart, settings: object) -> None:
    settings.JOB_ATTEMPTS = 2  # type: ignore[attr-defined]
    jobs.ask(report)
    for _ in range(2):
        taken(report)
        stop_heart(report)
    assert jobs.claim(report.pk) is None
    assert job_of(report) == ("failed", 3, "gave_up")


def test_asking_again_gives_a_job_that_was_given_up_all_its_attempts_again(report: Report) -> None:
    jobs.ask(report)
    jobs.fail(taken(report), "gave_up", "words")
    jobs.ask(report)
    assert job_of(report) == ("waiting", 0, "")
    assert ReadingJob.objects.get(report=report).error_detail == ""


def test_a_job_is_put_back_as_long_as_it_has_attempts_left(report: Report, settings: object) -> None:
    settings.JOB_ATTEMPTS = 2  # type: ignore[attr-defined]
    jobs.ask(report)
    assert jobs.release(taken(report)) is True
    assert job_of(report) == ("waiting", 1, "")
    assert jobs.release(taken(report)) is False
    assert job_of(report) == ("reading", 2, "")


def test_a_heart_keeps_a_job_from_others(report: Report, stop_heart: StopHeart) -> None:
    jobs.ask(report)
    claim = taken(report)
    stop_heart(report)
    assert jobs.beat(claim) is True
    assert jobs.claim(report.pk) is None


def test_a_broker_that_is_down_breaks_no_request(
    report: Report, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Callable[..., object]
) -> None:
    def refuse(*args: object, **options: object) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr("racing.tasks.read_report.apply_async", refuse)  # the very task that the queue names
    with django_capture_on_commit_callbacks(execute=True) as callbacks:  # type: ignore[attr-defined]
        jobs.ask(report)
    assert len(callbacks) == 1
    assert job_of(report) == ("waiting", 0, "")


def test_who_asks_knows_the_task_by_its_name_alone() -> None:
    assert {queue.task for queue in jobs.QUEUES} == {"racing.tasks.read_report", "standings.tasks.compute_again"}
    assert {queue.task for queue in jobs.QUEUES} <= app.tasks.keys()
    program = (
        "import django, sys; django.setup(); from racing import jobs; from standings import asking\n"
        "sent = []; jobs.app.send_task = lambda name, args, *others, **options: sent.append((name, args))\n"
        "assert all(jobs.wake(7, queue) for queue in jobs.QUEUES), 'nobody was woken'\n"
        "assert not {'racing.tasks', 'standings.tasks'} & sys.modules.keys(), 'the work was loaded'\n"
        "print(sent)"
    )
    answer = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert answer.stdout.strip() == "[('racing.tasks.read_report', (7,)), ('standings.tasks.compute_again', (7,))]", (
        answer
    )


def test_left_behind_are_jobs_that_wait_for_long_and_those_whose_heart_has_stopped(
    report: Report, stop_heart: StopHeart
) -> None:
    def left() -> list[int]:
        return [job.report_id for job in jobs.left_behind()]

    jobs.ask(report)
    assert left() == []  # its message may be on the way
    ReadingJob.objects.update(asked_at=timezone.now() - timedelta(hours=1))
    assert left() == [report.pk]
    claim = taken(report)
    assert left() == []
    stop_heart(report)
    assert left() == [report.pk]
    assert jobs.beat(claim)
    jobs.finish(claim)
    assert left() == []
