"""What is computed of championships, in the admin: it can only be looked at."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from racing.admin.derived import DerivedAdmin
from standings.models import ClaimCheck, Recomputation, ScoringJob, Standing, TableAfter


@admin.register(TableAfter)
class TableAfterAdmin(DerivedAdmin):
    """What each race paid and the table after it, as they are kept."""

    list_display = ["championship", "race"]
    list_filter = ["championship__season"]
    list_select_related = ["championship__season__series", "race__event__circuit"]

    def get_queryset(self, request: HttpRequest) -> Any:
        """Leave the long texts out of the list."""
        rows = super().get_queryset(request)
        return rows if request.resolver_match and request.resolver_match.kwargs else rows.defer("awards", "rows")


@admin.register(Standing)
class StandingAdmin(DerivedAdmin):
    """Rows of the latest tables."""

    list_display = ["championship", "race", "position", "subject", "points"]
    list_filter = ["championship__season"]
    list_select_related = ["championship__season__series", "race__event__circuit", "driver", "team", "make"]

    def get_queryset(self, request: HttpRequest) -> Any:
        """Load the crews with the list."""
        return super().get_queryset(request).prefetch_related("entry__crew__driver")


@admin.register(ClaimCheck)
class ClaimCheckAdmin(DerivedAdmin):
    """What our tables say to what reports claim."""

    list_display = ["fact", "championship", "race", "verdict"]
    list_filter = ["verdict", "championship__season"]
    list_select_related = ["fact", "championship__season__series", "race__event__circuit"]


@admin.register(ScoringJob)
class ScoringJobAdmin(DerivedAdmin):
    """Seasons that were asked to be computed again."""

    list_display = ["season", "state", "attempts", "asked_at", "finished_at", "error"]
    list_filter = ["state"]
    list_select_related = ["season__series"]


@admin.register(Recomputation)
class RecomputationAdmin(DerivedAdmin):
    """Seasons that were asked for together; each leads to the page that tells how far they are."""

    list_display = ["__str__", "asked_at", "asked_by", "how_far"]
    list_select_related = ["asked_by"]
    exclude = ["seasons"]

    @admin.display(description=_("how far"))
    def how_far(self, row: Recomputation) -> str:
        """Lead to the page."""
        address = reverse("standings:recomputation", args=[row.pk])
        return format_html('<a href="{}">{}</a>', address, _("how far it is"))
