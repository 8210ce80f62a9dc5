"""What reports proposed becomes a person's word."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext


@admin.action(description=_("Confirm what reports proposed"), permissions=["change"])
def confirm(model_admin: Any, request: HttpRequest, chosen: QuerySet[Any]) -> None:
    """Mark the chosen rows as confirmed by a person."""
    rows = list(chosen.filter(confirmed=False))
    for row in rows:
        row.confirmed = True
        row.save(update_fields=["confirmed"])
        model_admin.log_change(request, row, [{"changed": {"fields": [str(_("confirmed"))]}}])
    words = ngettext("%(count)d is confirmed now.", "%(count)d are confirmed now.", len(rows))
    messages.success(request, words % {"count": len(rows)})
