"""What the model reader was asked and what that cost, in the admin: to look at only, it is the account."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from racing import ledger
from racing.admin.derived import ReadOnly
from racing.models import ModelAnswer
from racing.problems import sentence


@admin.register(ModelAnswer)
class ModelAnswerAdmin(ReadOnly, admin.ModelAdmin):  # type: ignore[type-arg]
    """Questions to the model, with tokens and cost; the month's sums stand above them."""

    list_display = ["asked_at", "report", "part", "model", "state", "tokens_in", "tokens_out", "cost", "estimated"]
    list_filter = ["state", "model", "asked_at", "estimated"]
    search_fields = ["report__name", "model", "key"]
    date_hierarchy = "asked_at"
    list_select_related = ["report"]
    exclude = ["error"]
    readonly_fields = ["went_wrong"]

    @admin.display(description=gettext_lazy("what went wrong"))
    def went_wrong(self, row: ModelAnswer) -> SafeString | str:
        """What went wrong, in words."""
        return format_html("{}", sentence(row.error)) if row.error else ""

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Show the month's sums in the list's title."""
        cost, tokens = ledger.spent_this_month()
        words = _("Questions to the model: %(cost)s and %(tokens)d tokens this month") % {
            "cost": ledger.in_currency(cost),
            "tokens": tokens,
        }
        return super().changelist_view(request, {**(extra_context or {}), "title": words})
