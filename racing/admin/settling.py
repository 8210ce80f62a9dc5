"""Whoever changes a source in the admin changes results: settled, put in order and scored in the same transaction."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Model, QuerySet
from django.http import HttpRequest

from racing import pipeline
from racing.models import Season
from racing.models.calendar import Confirmable


def author_of(request: HttpRequest) -> User:
    """Give the person who works in the admin, which lets nobody in without a name."""
    assert isinstance(request.user, User)
    return request.user


class SettlingAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Settles every season that a change, an addition or a deletion concerns."""

    #: Names the seasons, by their ids, whose results may depend on a row as the database has it. Each admin has its own.
    seasons_of: Callable[[Any], set[int]]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Lock the seasons before anything is written, as the workers do, and remember which they were."""
        pipeline.lock_all()
        before = self.seasons_of(obj) if change else set()
        request.seasons_before = before  # type: ignore[attr-defined]
        if "confirmed" not in form.changed_data and isinstance(obj, Confirmable):
            # Whoever saves a proposal has looked at it; unconfirmed, the next reading would write over their change.
            obj.confirmed = True
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Save what hangs on the row, then settle."""
        super().save_related(request, form, formsets, change)
        pipeline.rebuild_seasons(request.seasons_before | self.seasons_of(form.instance))  # type: ignore[attr-defined]

    def delete_model(self, request: HttpRequest, obj: Model) -> None:
        """Delete, then settle what is left."""
        with transaction.atomic():
            seasons = self.seasons_of(obj)
            pipeline.lock_all()
            super().delete_model(request, obj)
            pipeline.rebuild_seasons(self._left(seasons))

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        """Delete several, then settle what is left."""
        with transaction.atomic():
            seasons = {season for row in queryset for season in self.seasons_of(row)}
            pipeline.lock_all()
            super().delete_queryset(request, queryset)
            pipeline.rebuild_seasons(self._left(seasons))

    @staticmethod
    def _left(seasons: set[int]) -> set[int]:
        return set(Season.objects.filter(pk__in=seasons).values_list("pk", flat=True))
