"""Where the desk answers what a report's text does not tell."""

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
    given = {key: request.POST.get(key, "") for key in ("kind", "subject", "value")}
    try:
        questions.answer(report, given["kind"], given["subject"], given["value"], request.user)
    except ValidationError as error:
        for sentence in error.messages:
            messages.error(request, sentence)
    else:
        messages.success(request, _("Thank you. The report goes on with your answer."))
    return redirect("racing:report", pk=pk)
