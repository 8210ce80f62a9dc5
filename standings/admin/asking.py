"""In the admin: chosen series, seasons or championships computed again, by workers."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from racing.admin.calendar import SeasonAdmin, SeriesAdmin
from racing.admin.settling import author_of
from racing.models import Season
from standings import asking


def compute_again(path: str) -> Callable[..., HttpResponse | None]:
    """Make the action for rows that seasons are found from by a path, as "series"."""

    @admin.action(description=gettext_lazy("Compute the tables again"), permissions=["change"])
    def compute_chosen_again(model_admin: Any, request: HttpRequest, chosen: QuerySet[Any]) -> HttpResponse | None:
        seasons = Season.objects.filter(**{f"{path}__in": list(chosen.values_list("pk", flat=True))}).distinct()
        if not seasons:
            messages.warning(request, _("There is no season among these."))
            return None
        asked = asking.ask(seasons, author_of(request))
        return redirect("standings:recomputation", asked.pk)

    return compute_chosen_again


#: Series and seasons belong to what happened, which knows nothing of tables: what can be done with them is added from here.
SeriesAdmin.actions = [*SeriesAdmin.actions, compute_again("series")]
SeasonAdmin.actions = [*SeasonAdmin.actions, compute_again("pk")]
