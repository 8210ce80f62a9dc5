"""How far seasons are that somebody asked to be computed again: which are done, what changed, what failed and why."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from racing.models import Season
from racing.terms import AT_WORK, JobState
from racing.views.access import desk
from standings.models import Recomputation, ScoringJob
from standings.telling import sentences

#: So many seasons are listed; the failed ones first, then those of which something changed.
SHOWN = 200
#: So many of those that are being computed are named: no more workers than that are looked at.
NAMED = 8


@dataclass(frozen=True, slots=True)
class Line:
    """A season of the list: what changed in it, and why it failed, where it did."""

    season: Season
    changes: list[str]
    failure: str


@never_cache
@require_safe
@desk("standings.view_recomputation")
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the whole page; it follows the progress by itself."""
    asked = get_object_or_404(Recomputation.objects.select_related("asked_by"), pk=pk)
    return render(request, "standings/recomputation.html", context_of(asked))


@never_cache
@require_safe
@desk("standings.view_recomputation")
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the piece of the page that tells how far it is."""
    return render(request, "standings/_recomputation.html", context_of(get_object_or_404(Recomputation, pk=pk)))


def context_of(asked: Recomputation) -> dict[str, Any]:
    """Give what the page needs; three queries, however many seasons."""
    found = ScoringJob.objects.filter(season__in=asked.seasons.values("pk"))
    states = Counter(found.order_by().values_list("state", flat=True))
    total = sum(states.values())
    done, failed = states[JobState.DONE], states[JobState.FAILED]
    telling = found.filter(Q(state=JobState.FAILED) | (Q(state=JobState.DONE) & ~Q(told=[])))
    jobs = telling.select_related("season__series").order_by("-state", "-season__year", "season__series__name")
    lines = [Line(job.season, list(sentences(job.told)), failure_of(job)) for job in jobs[:SHOWN]]
    changed = telling.filter(state=JobState.DONE).count()
    return {
        "asked": asked,
        "total": total,
        "done": done,
        "failed": failed,
        "at_work": [job.season for job in found.filter(state__in=AT_WORK).select_related("season__series")[:NAMED]],
        "final": done + failed == total,
        "changed": changed,
        "lines": lines,
        "more": changed + failed - len(lines),
    }


def failure_of(job: ScoringJob) -> str:
    """Say why a season could not be computed, and what to do about it; empty where nothing failed."""
    if job.state != JobState.FAILED:
        return ""
    if job.error == "rules":
        return _("Some rules cannot be followed; correct them, the other tables are computed.")
    if job.error == "gave_up":
        return _(
            "This season was taken up several times and never came to its end. Ask again; tell your administrator."
        )
    return _("A mistake of this program; the tables are as they were. Tell your administrator: %(detail)s") % {
        "detail": job.error_detail
    }
