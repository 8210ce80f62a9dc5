"""All corrections in the admin: who said what, when and why. They are made on the races' pages and can be withdrawn here."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from racing.admin.derived import ReadOnly
from racing.admin.settling import author_of
from racing.corrections import field_words, value_words, withdraw
from racing.models import Correction


class StillHolds(admin.SimpleListFilter):
    """Whether a correction still holds."""

    title = _("still holds")
    parameter_name = "holds"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Yes or no."""
        return [("yes", _("holds")), ("no", _("withdrawn"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Keep those asked for."""
        if self.value() in ("yes", "no"):
            return queryset.filter(withdrawn_at__isnull=self.value() == "yes")
        return queryset


@admin.action(description=_("Withdraw the chosen corrections"), permissions=["withdraw"])
def withdraw_chosen(model_admin: Any, request: HttpRequest, chosen: QuerySet[Correction]) -> None:
    """Take the chosen corrections back, one after the other."""
    rows = list(chosen.filter(withdrawn_at=None).select_related("race__event"))
    for row in rows:
        withdraw(row, by=author_of(request))
        model_admin.log_change(request, row, [{"changed": {"fields": ["withdrawn_at"]}}])
    words = ngettext("%(count)d correction withdrawn.", "%(count)d corrections withdrawn.", len(rows))
    messages.success(request, words % {"count": len(rows)})


@admin.register(Correction)
class CorrectionAdmin(ReadOnly, admin.ModelAdmin):  # type: ignore[type-arg]
    """What people said."""

    list_display = ["race", "entry", "what", "to", "reason", "author", "made_at", "withdrawn_at"]
    list_filter = [StillHolds, "race__event__seasons", "author"]
    search_fields = ["reason", "entry__number", "entry__crew__driver__last_name", "race__event__circuit__name"]
    list_select_related = ["race__event__circuit", "entry__season__series", "author"]
    date_hierarchy = "made_at"
    actions = [withdraw_chosen]

    def get_queryset(self, request: HttpRequest) -> Any:
        """Load the crews with the list."""
        return super().get_queryset(request).prefetch_related("entry__crew__driver")

    @admin.display(description=_("field"), ordering="field")
    def what(self, row: Correction) -> str:
        """The field in words."""
        return field_words(row.field)

    @admin.display(description=_("value"))
    def to(self, row: Correction) -> str:
        """The value in words."""
        return value_words(row.field, row.value)

    def has_withdraw_permission(self, request: HttpRequest) -> bool:
        """Whoever may change corrections may withdraw them; nobody rewrites one."""
        return request.user.has_perm("racing.change_correction")
