"""Brings the sample reports in by the way that every report goes: intake, a job, a worker, an editor's answers."""

import time
import tomllib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db.models import QuerySet

from racing import jobs, questions, tasks
from racing.intake import take_in
from racing.models import ReadingJob, Report
from racing.terms import AT_WORK, JobState

HERE = Path(__file__).resolve().parent
#: The real meetings first, then the invented series in the order of its season: the latest reports are the sample's.
FOLDERS = ("real", "reports")
ANSWERS = HERE / "answers.toml"
#: How often the jobs are looked at while a worker reads, in seconds.
GLANCE = 0.2
_UNDER_WAY = (JobState.WAITING, *AT_WORK)

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Loaded:
    """What became of the sample reports: how many were new, and those that did not come to their end."""

    taken: int
    known: int
    unfinished: tuple[ReadingJob, ...]


def documents() -> Iterator[Path]:
    """Give the sample reports in the order of their taking in."""
    for folder in FOLDERS:
        yield from sorted((HERE / folder).iterdir())


def load(say: Say, patience: float) -> Loaded:
    """Take the sample reports in, have them read, and answer what they leave open. What is there already stays as it is.

    `say` is given each line of progress. `patience` is how many seconds a worker may take to begin; then the reports are
    read in this process, by the same task.
    """
    taken = [take_in(path.read_bytes(), path.name) for path in documents()]
    reports = [row.report for row in taken]
    known = sum(row.known for row in taken)
    say(f"{len(taken) - known} reports taken in, {known} known already.")
    settle_down(reports, say, patience)
    while answer_open(reports, say):
        # An answer may bring entries with which other reports are read again too.
        settle_down(reports, say, patience)
    jobs_of = ReadingJob.objects.filter(report__in=reports).exclude(state=JobState.DONE).select_related("report")
    return Loaded(len(taken) - known, known, tuple(jobs_of.order_by("report")))


def settle_down(reports: Iterable[Report], say: Say, patience: float) -> None:
    """Wait until no report is under way. If for `patience` seconds nothing moves and nobody is at work, read them here."""
    mine = ReadingJob.objects.filter(report__in=[report.pk for report in reports])
    held = mine.filter(state__in=AT_WORK).exclude(pk__in=jobs.left_behind().values("pk"))
    under_way = mine.filter(state__in=_UNDER_WAY).order_by("asked_at", "pk")
    news = News(say)
    while left := list(under_way.all()):
        news.tell(mine)
        if news.silence() < patience or held.exists():
            time.sleep(GLANCE)
            continue
        say("No worker answers: the reports are read here.")
        for job in left:
            tasks.read_report(job.report_id)
            news.tell(mine)
    news.tell(mine)


class News:
    """What has become of jobs since the last look."""

    def __init__(self, say: Say) -> None:
        self._say = say
        self._states: dict[int, str] = {}
        self._moved = time.monotonic()

    def silence(self) -> float:
        """Give for how many seconds no job has moved."""
        return time.monotonic() - self._moved

    def tell(self, jobs_now: QuerySet[ReadingJob]) -> None:
        """Say which jobs have come to their end since the last look."""
        for job in jobs_now.select_related("report").order_by("finished_at", "pk"):
            before = self._states.get(job.pk)
            self._states[job.pk] = job.state
            if job.state == before:
                continue
            self._moved = time.monotonic()
            if before is not None and job.state not in _UNDER_WAY:
                ended = sum(state not in _UNDER_WAY for state in self._states.values())
                self._say(f"{ended:>3} of {len(self._states)}  {job.report.name}: {job.state}")


def answer_open(reports: Iterable[Report], say: Say) -> list[Report]:
    """Answer, as an editor would, those open questions that `answers.toml` has an answer to. Gives the reports concerned."""
    answers = tomllib.loads(ANSWERS.read_text(encoding="utf-8"))
    answered = []
    for report in reports:
        for question in questions.open_questions(report):
            value = answers.get(report.name, {}).get(question.kind)
            if value is None:
                continue
            say(f"{report.name}: {question.title} {_in_words(value)}")
            questions.answer(report, question.kind, question.subject, value)
            answered.append(report)
    return answered


def _in_words(value: Any) -> str:
    """Write an answer for a person to read."""
    if not isinstance(value, dict):
        return str(value)
    return "Yes; guests: " + ", ".join(value["guests"]) if value["round"] else "No"
