"""How far a report is on its way, drawn anew each second by the report's page; and the way to have it read again."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from racing import jobs
from racing.models import ReadingJob, ReadingRecord, Report
from racing.problems import sentence
from racing.rereading import now_known
from racing.terms import JobState
from racing.views.access import desk, may

#: Each step of the way under the state in which the report is in it. Results and tables are written in one transaction, so that
#: nobody ever sees the one without the other: they are one step.
STEPS = [
    (JobState.WAITING, gettext_lazy("waiting")),
    (JobState.READING, gettext_lazy("reading")),
    (JobState.MATCHING, gettext_lazy("matching")),
    (JobState.SETTLING, gettext_lazy("settling and scoring")),
    (JobState.DONE, gettext_lazy("done")),
]
#: Nothing more happens by itself.
FINAL = (JobState.DONE, JobState.ASKING, JobState.FAILED)


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the way: "past", "now", "to come", or "stopped" where it went wrong."""

    label: Any
    stage: str


def context_of(report: Report, user: Any) -> dict[str, Any]:
    """Give what the progress template needs; without a job the report has never been asked for, which reads as waiting."""
    job = ReadingJob.objects.filter(report=report).first()
    state = JobState(job.state) if job else JobState.WAITING
    may_read_again = may(user, "racing.change_report")
    record = ReadingRecord.objects.filter(report=report).first() if state in FINAL and may_read_again else None
    return {
        "report": report,
        "state": state,
        "final": state in FINAL,
        "steps": _steps(state),
        "failure": sentence(job.error, job.error_detail) if job and state == JobState.FAILED else "",
        "may_read_again": may_read_again,
        "known_then": record.known if record else 0,
        "known_now": now_known(report, record),
    }


def _steps(state: JobState) -> list[Step]:
    if state in (JobState.ASKING, JobState.FAILED):
        return []  # where it stopped is told in words
    order = list(JobState)
    now = max(index for index, (step, _label) in enumerate(STEPS) if order.index(step) <= order.index(state))
    stages = ["past" if index < now or state == JobState.DONE else "to come" for index in range(len(STEPS))]
    if state != JobState.DONE:
        stages[now] = "now"
    return [Step(label, stage) for (_state, label), stage in zip(STEPS, stages, strict=True)]


@never_cache
@require_safe
@desk("racing.view_report")
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the piece of the page that tells how far the report is."""
    report = get_object_or_404(Report.objects.defer("text"), pk=pk)
    return render(request, "racing/_progress.html", context_of(report, request.user))


@require_POST
@desk("racing.change_report")
def read_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for the report to be read again, and go back to where the button was."""
    report = get_object_or_404(Report.objects.defer("text"), pk=pk)
    jobs.ask(report)
    messages.success(request, _("%(report)s is being read again.") % {"report": report})
    back = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}, require_https=request.is_secure()):
        return redirect(back)
    return redirect("racing:report", pk=pk)
