"""The original as it came, to be kept by the browser as a file: never shown as a page of ours."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from racing.models import Report
from racing.views.access import desk


@require_safe
@desk("racing.view_report")
def download(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Send a report's original. Whatever it holds, the browser runs none of it."""
    report = get_object_or_404(Report, pk=pk)
    try:
        file = report.original.open("rb")
    except FileNotFoundError as error:
        raise Http404(_("The original is no longer in the archive.")) from error
    response = FileResponse(file, as_attachment=True, filename=report.name, content_type="application/octet-stream")
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
