"""The upload page: files or pasted text in, one line a file about what became of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from racing.forms import UploadForm, files_kept
from racing.intake import Refused, Taken, take_in, take_in_text
from racing.models import Report
from racing.views.access import desk


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file: a new report, one that was known before, or the sentence that refuses it."""

    name: str
    report: Report | None = None
    known: bool = False
    sentence: str = ""


# The guard stands before the check of the form's token, which reads the whole body: nobody's files are read
# before we know that they may send some.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@desk("racing.add_report")
def upload(request: HttpRequest) -> HttpResponse:
    """Show the form; take in what was sent."""
    try:
        return _answer(request)
    except SuspiciousOperation:  # Django's own limits: more than its settings let a request hold
        form = UploadForm()
        too_much = _("This is more than can be sent at once. Send fewer files, or put a long text into a file.")
        return _page(request, form, too_much=too_much, status=413)


@csrf_protect
def _answer(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return _page(request, UploadForm(initial=request.GET.dict()))
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, form, status=422)
    outcomes = list(_take_in_all(request, form.cleaned_data))
    new = [outcome.report for outcome in outcomes if outcome.report and not outcome.known]
    if len(outcomes) == 1 and new:
        return redirect("racing:report", pk=new[0].pk)
    # Pasted text comes last; refused, it stays in the form for its writer to mend.
    refused = bool(form.cleaned_data["text"].strip()) and outcomes[-1].report is None
    return _page(request, form if refused else _emptied(form), outcomes=outcomes)


def _take_in_all(request: HttpRequest, given: dict[str, Any]) -> Iterator[Outcome]:
    where = {"user": request.user, **{key: given[key] for key in ("series", "season", "event")}}
    kept, dropped = files_kept(given["files"])
    for file in kept:
        name = file.name or ""
        try:
            yield _outcome(name, take_in(file.read(), name, **where))
        except Refused as refusal:
            yield Outcome(name, sentence=str(refusal))
    for file in dropped:
        yield Outcome(file.name or "", sentence=file.sentence)
    if given["text"].strip():
        try:
            yield _outcome(_("pasted text"), take_in_text(given["text"], **where))
        except Refused as refusal:
            yield Outcome(_("pasted text"), sentence=str(refusal))


def _outcome(name: str, taken: Taken) -> Outcome:
    return Outcome(name, taken.report, taken.known)


def _emptied(form: UploadForm) -> UploadForm:
    """Give a form for the next upload, with the same choices."""
    return UploadForm(initial={key: form.data.get(key) for key in ("series", "season", "event")})


def _page(request: HttpRequest, form: UploadForm, status: int = 200, **more: Any) -> HttpResponse:
    limits = {"most_files": settings.UPLOAD_MAX_FILES, "most_bytes": settings.UPLOAD_MAX_BYTES}
    return render(request, "racing/upload.html", {"form": form, **limits, **more}, status=status)
