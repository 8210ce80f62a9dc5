"""Merging in the admin: choose the rows that are one, say which name is kept, and see what follows before it is done."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from racing import pipeline
from racing.models import Season

Merge = Callable[[Any, Any], None]


def merge_action(merge: Merge, description: Any) -> Callable[..., HttpResponse | None]:
    """Give an admin action that merges the chosen rows by `merge(keep, gone)` and settles every season concerned."""

    @admin.action(description=description, permissions=["change"])
    def merge_chosen(model_admin: Any, request: HttpRequest, chosen: QuerySet[Any]) -> HttpResponse | None:
        """Ask which one is kept; then merge."""
        rows = list(chosen)
        if len(rows) < 2:
            messages.warning(request, _("Choose at least two that are one and the same."))
            return None
        keep = next((row for row in rows if str(row.pk) == request.POST.get("keep")), None)
        if keep is None:
            return _ask(model_admin, request, rows)
        gone = [row for row in rows if row != keep]
        names = ", ".join(str(row) for row in gone)
        try:
            _merge_all(merge, model_admin, request, keep, gone)
        except ValueError as error:
            messages.error(request, _("They were not merged: %(why)s.") % {"why": _(str(error))})
            return None
        messages.success(request, _("%(gone)s: merged into %(kept)s.") % {"gone": names, "kept": keep})
        return None

    # Django knows actions by their names, and a model may have one of each kind.
    merge_chosen.__name__ = merge.__name__
    return merge_chosen


@transaction.atomic
def _merge_all(merge: Merge, model_admin: Any, request: HttpRequest, keep: Any, gone: list[Any]) -> None:
    pipeline.lock_all()
    seasons = {season for row in (keep, *gone) for season in model_admin.seasons_of(row)}
    for row in gone:
        name = str(row)
        merge(keep, row)
        model_admin.log_change(request, keep, f"{name} → {keep}")
    keep.refresh_from_db()
    left = Season.objects.filter(pk__in=seasons | model_admin.seasons_of(keep)).values_list("pk", flat=True)
    pipeline.rebuild_seasons(left)


def _ask(model_admin: Any, request: HttpRequest, rows: list[Any]) -> HttpResponse:
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("Which one is kept?"),
        "opts": model_admin.model._meta,
        "rows": rows,
        "action": request.POST.get("action", ""),
        "checkbox": ACTION_CHECKBOX_NAME,
    }
    return TemplateResponse(request, "admin/racing/merge.html", context)
