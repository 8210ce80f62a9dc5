"""A report's page: its text with the evidence marked, what it tells beside it, and for the staff the way it takes."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from racing.evidence import breaks_of, cut
from racing.models import ReadingRecord, Report
from racing.place_words import place_words
from racing.questions import open_questions
from racing.views import differing, progress, told
from racing.views.access import may
from racing.views.marking import marked


@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a report. Anybody may see one that tells something, also while it is read again; before that only the staff."""
    report = get_object_or_404(Report.objects.select_related("job", "uploaded_by"), pk=pk)
    staff = may(request.user, "racing.view_report")
    if not staff and not report.facts.exists():
        raise Http404
    return render(request, "racing/report.html", {**_read(report, staff), **(_desk(request, report) if staff else {})})


def _read(report: Report, staff: bool) -> dict[str, Any]:
    """Give what anybody sees; where two readers differ only the staff does."""
    reading = ReadingRecord.objects.select_related("season__series", "event__circuit").filter(report=report).first()
    facts = told.facts_of(report)
    chapters = told.chapters(facts)
    entered = told.by_hand(report)
    troubles = told.troubles_of(report, reading, entered)
    differences = differing.rows_of(reading) if staff else []
    in_doubt = [row for chapter in chapters for row in chapter.rows if row.in_doubt]
    breaks = list(breaks_of(report.page_map, place_words, report.text))
    marks = told.marks(facts, troubles, entered) + differing.marks(differences)
    return {
        "report": report,
        "reading": reading,
        "heading": reading.heading if reading else {},
        "facts": facts,
        "in_doubt": in_doubt,
        "sure": len(facts) - len(in_doubt),
        "sure_from": round(told.SURE * 100),
        "chapters": chapters,
        "troubles": troubles,
        "by_hand": entered,
        "text": marked(cut(report.text, marks, breaks), {row.anchor for row in in_doubt}),
        "has_rows": any(each.row for each in breaks),
        "differences": differences,
        "seasons": list(reading.event.seasons.select_related("series")) if reading and reading.event else [],
    }


def _desk(request: HttpRequest, report: Report) -> dict[str, Any]:
    """Give what only the staff sees."""
    return {
        "staff": True,
        "spent": differing.spent_on(report),
        "questions": open_questions(report),
        "may_answer": may(request.user, "racing.add_answer"),
        "may_enter": may(request.user, "racing.add_correction"),
        **progress.context_of(report, request.user),
    }
