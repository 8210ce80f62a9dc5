"""Whoever changes a source in the admin changes results: settled, put in order and scored in the same transaction."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from racing import pipeline
from racing.admin.derived import DerivedAdmin
from racing.models import Season
from racing.models.calendar import Confirmable


def author_of(request: HttpRequest) -> User:
    """Give the person who works in the admin, which lets nobody in without a name."""
    assert isinstance(request.user, User)
    return request.user


class SettlingDeletion(admin.ModelAdmin):  # type: ignore[type-arg]
    """Settles every season that a deletion concerns. What is derived goes with its sources, whoever may delete these."""

    #: Names the seasons, by their ids, whose results may depend on a row as the database has it. Each admin has its own.
    seasons_of: Callable[[Any], set[int]]

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Ask for no permission to delete derived rows: nobody has it."""
        found, counts, needed, protected = super().get_deleted_objects(objs, request)
        derived = {
            str(model._meta.verbose_name)
            for model, its_admin in self.admin_site._registry.items()
            if isinstance(its_admin, DerivedAdmin)
        }
        return found, counts, {name for name in needed if str(name) not in derived}, protected

    def delete_model(self, request: HttpRequest, obj: Model) -> None:
        """Delete, then settle what is left."""
        with transaction.atomic():
            pipeline.lock_all()
            seasons = self.seasons_of(obj)
            super().delete_model(request, obj)
            pipeline.rebuild_seasons(_left(seasons))

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        """Delete several, then settle what is left."""
        with transaction.atomic():
            pipeline.lock_all()
            seasons = {season for row in queryset for season in self.seasons_of(row)}
            super().delete_queryset(request, queryset)
            pipeline.rebuild_seasons(_left(seasons))


def _left(seasons: set[int]) -> set[int]:
    return set(Season.objects.filter(pk__in=seasons).values_list("pk", flat=True))


class SettlingAdmin(SettlingDeletion):
    """Settles every season that a change, an addition or a deletion concerns."""

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Say it in a sentence where only the database sees that two rows of one form cannot both be."""
        try:
            return super().changeform_view(request, *args, **kwargs)
        except IntegrityError:
            words = _("Nothing was kept: something in it must be the only one of its kind, and is there already.")
            messages.error(request, words)
            return redirect(request.get_full_path())

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
