"""Where the desk answers what a report's text does not tell."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from racing import questions
from racing.models import Report
from racing.views.access import desk


@require_POST
@desk("racing.add_answer")
def take_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep an answer; the report then goes on by itself."""
    report = get_object_or_404(Report.objects.defer("text"), pk=pk)
    kind, subject = request.POST.get("kind", ""), request.POST.get("subject", "")
    try:
        questions.answer(report, kind, subject, _value(request, kind), request.user)
    except ValidationError as error:
        for sentence in error.messages:
            messages.error(request, sentence)
    else:
        messages.success(request, _("Thank you. The report goes on with your answer."))
    return redirect("racing:report", pk=pk)


def _value(request: HttpRequest, kind: str) -> Any:
    """Give the answer as `racing.questions.answer` wants it: what was written goes before what was chosen."""
    if kind == "joint":
        counted = {"yes": True, "no": False}.get(request.POST.get("round", ""))
        return {"round": counted, "guests": request.POST.getlist("guest")}
    return request.POST.get("other", "").strip() or request.POST.get("value", "")
