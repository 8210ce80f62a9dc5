"""The list of reports: what each one tells; for the staff also where it is, what is wrong, and what it asks."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from racing.models import Fact, ReadingJob, Report
from racing.questions import reports_with_questions
from racing.terms import FactKind, JobState
from racing.views.access import may

PAGE = 30


@require_safe
def report_list(request: HttpRequest) -> HttpResponse:
    """Show the reports, newest first. Anybody sees those that tell something."""
    staff = may(request.user, "racing.view_report")
    found = _with_what_they_tell(Report.objects.all())
    state = request.GET.get("state", "") if staff else ""
    if not staff:
        found = found.filter(Exists(Fact.objects.filter(report=OuterRef("pk"))))
    elif state in list(JobState):
        found = found.filter(job__state=state)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "page": page,
        "staff": staff,
        "state": state,
        "states": [one for one in ReadingJob.STATES if one[0] != JobState.SCORING] if staff else [],
        "asking": {report.pk for report in reports_with_questions()} if staff else set(),
        "may_read_again": may(request.user, "racing.change_report"),
    }
    return render(request, "racing/reports.html", context)


def _with_what_they_tell(reports: QuerySet[Report]) -> QuerySet[Report]:
    """Add how many results and claims each report states, and load what the list shows."""
    return (
        reports.defer("text")
        .select_related("job", "reading__season__series", "reading__event__circuit")
        .annotate(
            results=Count("facts", filter=~Q(facts__kind__in=[FactKind.CLAIM, FactKind.MEETING])),
            claims=Count("facts", filter=Q(facts__kind=FactKind.CLAIM)),
        )
        .order_by("-uploaded_at", "-pk")
    )
