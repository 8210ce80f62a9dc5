"""Whoever changes a source in the admin changes results: settled, put in order and scored in the same transaction."""

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib import admin
from django.db import transaction
from django.db.models import Model, QuerySet
from django.forms import ModelForm
from django.http import HttpRequest

from racing import pipeline
from racing.classifications import forget_classifications
from racing.identifying import propose_calendar
from racing.models import Race, Season
from racing.signals import results_changed


def lock_with_neighbours(seasons: Iterable[int]) -> list[Season]:
    """Lock seasons, and those that share a grid with them, at once: locks are taken in one order only."""
    own = set(seasons)
    neighbours = Season.objects.filter(rounds__event__rounds__season__in=own).values_list("pk", flat=True)
    return pipeline.lock_seasons(own | set(neighbours))


@transaction.atomic
def settle_seasons(seasons: Iterable[int]) -> None:
    """Settle and score all races of the seasons, and forget results of races that are no longer theirs."""
    own = set(seasons)
    locked = lock_with_neighbours(own)
    concerned = [season for season in locked if season.pk in own]
    for season in concerned:
        propose_calendar(season)
        forget_classifications(season)
        pipeline.touch(season)
    pipeline.settle_races(Race.objects.filter(event__rounds__season__in=own).distinct())
    # A season that has lost its last race is scored too.
    results_changed.send(sender=settle_seasons, seasons=concerned)


class SettlingAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Settles every season that a change, an addition or a deletion concerns."""

    #: Names the seasons, by their ids, whose results may depend on a row as the database has it. Each admin has its own.
    seasons_of: Callable[[Any], set[int]]

    def save_model(self, request: HttpRequest, obj: Model, form: ModelForm[Any], change: bool) -> None:
        """Lock the seasons before anything is written, as the workers do, and remember which they were."""
        before = self.seasons_of(obj) if change else set()
        lock_with_neighbours(before)
        request.seasons_before = before  # type: ignore[attr-defined]
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: ModelForm[Any], formsets: Any, change: bool) -> None:
        """Save what hangs on the row, then settle."""
        super().save_related(request, form, formsets, change)
        settle_seasons(request.seasons_before | self.seasons_of(form.instance))  # type: ignore[attr-defined]

    def delete_model(self, request: HttpRequest, obj: Model) -> None:
        """Delete, then settle what is left."""
        with transaction.atomic():
            seasons = self.seasons_of(obj)
            lock_with_neighbours(seasons)
            super().delete_model(request, obj)
            settle_seasons(self._left(seasons))

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        """Delete several, then settle what is left."""
        with transaction.atomic():
            seasons = {season for row in queryset for season in self.seasons_of(row)}
            lock_with_neighbours(seasons)
            super().delete_queryset(request, queryset)
            settle_seasons(self._left(seasons))

    @staticmethod
    def _left(seasons: set[int]) -> set[int]:
        return set(Season.objects.filter(pk__in=seasons).values_list("pk", flat=True))
