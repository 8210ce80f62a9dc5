"""Whether the process lives, and whether it can serve: for load balancers and for people at night."""

from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone

from racing.models import ReadingJob
from racing.terms import JobState


def alive(request: HttpRequest) -> HttpResponse:
    """Answer as long as the process does."""
    return HttpResponse("ok", content_type="text/plain")


def ready(request: HttpRequest) -> JsonResponse:
    """Tell whether the database answers with every migration applied, and how long the oldest report has waited (seconds)."""
    try:
        executor = MigrationExecutor(connection)
        missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
        oldest = ReadingJob.objects.filter(state=JobState.WAITING).order_by("asked_at").first()
    except Exception as error:  # whatever the database raises, the answer is that we are not ready
        return JsonResponse({"ready": False, "problem": type(error).__name__}, status=503)
    waited = (timezone.now() - oldest.asked_at).total_seconds() if oldest else 0
    return JsonResponse({"ready": not missing, "oldest_waiting_s": round(waited, 1)}, status=503 if missing else 200)
