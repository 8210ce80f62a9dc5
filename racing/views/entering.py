"""Where the desk enters by hand what a sentence tells and the reader did not understand."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from racing import entering
from racing.forms import EnterForm
from racing.models import ReadingRecord, Report
from racing.views.access import desk


@require_http_methods(["GET", "HEAD", "POST"])
@desk("racing.add_correction")
def enter(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the form with what the sentence at `?at=` suggests; keep what a person makes of it."""
    report = get_object_or_404(Report, pk=pk)
    record = ReadingRecord.objects.select_related("season__series", "event__circuit").filter(report=report).first()
    if record is None or record.season is None or record.event is None:
        raise Http404(_("It is not known yet to which meeting this report belongs."))
    sentence = entering.sentence_at(report, request.GET.get("at", ""))
    entries = entering.entries_of(record)
    form = EnterForm(record, entries, sentence, request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            made = entering.enter(sentence, record.event, form.entered(), request.user)  # type: ignore[arg-type]
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Entered. It holds until somebody withdraws it."))
            # The first may say only that the car took part.
            anchor = f"#told-correction-{made[-1].pk}" if made else ""
            return redirect(reverse("racing:report", args=[pk]) + anchor)
    context: dict[str, Any] = {"report": report, "record": record, "sentence": sentence, "form": form, "staff": True}
    return render(request, "racing/enter.html", context, status=422 if form.errors else 200)
