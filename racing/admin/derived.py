"""Rows in the admin to be looked at, never to be edited: archives, and what is derived, which a worker may replace."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from racing.models import Archive, Disagreement, Fact, FactEntry, Place, ReadingJob, ReadingRecord, Record, Result


class ReadOnly:
    """No adding, no changing, no deleting: not even for a superuser."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never."""
        return False


class DerivedAdmin(ReadOnly, admin.ModelAdmin):  # type: ignore[type-arg]
    """Derived rows as a list with filters."""

    show_full_result_count = False
    actions = None


class InWords:
    """Shows the ranking in words."""

    @admin.display(description=_("ranking"), ordering="ranking")
    def in_words(self, row: Fact | Place) -> str:
        """The ranking."""
        return row.ranking_words


class FactEntryInline(ReadOnly, admin.TabularInline):  # type: ignore[type-arg]
    """Whom a fact means."""

    model = FactEntry
    extra = 0
    fields = ["season", "entry", "match", "reason"]
    readonly_fields = ["reason"]

    @admin.display(description=_("why"))
    def reason(self, row: FactEntry) -> str:
        """Why, in words."""
        return row.why_words


class PlaceInline(InWords, ReadOnly, admin.TabularInline):  # type: ignore[type-arg]
    """The places of a result."""

    model = Place
    extra = 0
    fields = ["contest", "in_words", "position", "origin", "fact", "correction", "detail"]
    readonly_fields = ["in_words"]


@admin.register(Fact)
class FactAdmin(InWords, DerivedAdmin):
    """What reports say."""

    list_display = ["__str__", "report", "kind", "race", "in_words", "position", "sure"]
    list_filter = ["kind", "ranking"]
    search_fields = ["drivers", "report__name"]
    list_select_related = ["report", "race__event__circuit"]
    exclude = ["ranking"]
    readonly_fields = ["in_words"]
    inlines = [FactEntryInline]


@admin.register(Result)
class ResultAdmin(DerivedAdmin):
    """What holds."""

    list_display = ["__str__", "race", "entry", "status", "penalty"]
    list_filter = ["status", "entry__season"]
    search_fields = ["entry__crew__driver__last_name", "entry__number"]
    list_select_related = ["race__event__circuit", "entry"]
    inlines = [PlaceInline]

    def get_queryset(self, request: HttpRequest) -> Any:
        """Load the crews with the list."""
        return super().get_queryset(request).prefetch_related("entry__crew__driver")


@admin.register(Disagreement)
class DisagreementAdmin(DerivedAdmin):
    """Sources that cannot both hold."""

    list_display = ["race", "season", "code", "contest", "ranking", "kept_fact", "other_fact"]
    list_filter = ["code", "season"]
    list_select_related = ["race__event__circuit", "season__series", "kept_fact", "other_fact"]


@admin.register(ReadingRecord)
class ReadingRecordAdmin(DerivedAdmin):
    """What readings gave besides facts."""

    list_display = ["report", "season", "event", "language", "reader_version"]
    list_filter = ["language", "season"]
    list_select_related = ["report", "season__series", "event__circuit"]


@admin.register(ReadingJob)
class ReadingJobAdmin(DerivedAdmin):
    """Where reports are on their way."""

    list_display = ["report", "state", "attempts", "asked_at", "finished_at", "error"]
    list_filter = ["state"]
    list_select_related = ["report"]


@admin.register(Archive)
class ArchiveAdmin(DerivedAdmin):
    """Archives with their licence: what they say is corrected beside it, never in it."""

    list_display = ["name", "version", "licence"]


@admin.register(Record)
class RecordAdmin(DerivedAdmin):
    """What archives say of cars in races."""

    list_display = ["race", "entry", "archive", "position", "status", "laps"]
    list_filter = ["archive", "status"]
    search_fields = ["entry__crew__driver__last_name", "race__event__name"]
    list_select_related = ["archive", "race__event__circuit", "entry"]

    def get_queryset(self, request: HttpRequest) -> Any:
        """Load the crews with the list."""
        return super().get_queryset(request).prefetch_related("entry__crew__driver")
