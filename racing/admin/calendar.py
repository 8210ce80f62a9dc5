"""Series, seasons, circuits and events in the admin."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from racing.admin.confirming import confirm
from racing.admin.merging import merge_action
from racing.admin.settling import SettlingAdmin
from racing.merging import merge_circuits, merge_events, merge_series
from racing.models import Circuit, Event, Race, RacingClass, Round, Season, Series


class RoundInline(admin.TabularInline):  # type: ignore[type-arg]
    """The rounds of a season, or of an event."""

    model = Round
    extra = 0
    autocomplete_fields = ["event", "season"]


class RacingClassInline(admin.TabularInline):  # type: ignore[type-arg]
    """The classes of a season."""

    model = RacingClass
    extra = 0


class RaceInline(admin.TabularInline):  # type: ignore[type-arg]
    """The races of an event."""

    model = Race
    extra = 0
    show_change_link = True
    fields = ["number", "name", "status", "date", "starters"]


@admin.register(Series)
class SeriesAdmin(SettlingAdmin):
    """Competitions."""

    list_display = ["name", "short_name", "confirmed"]
    list_filter = ["confirmed"]
    search_fields = ["name", "short_name", "aliases__text"]
    prepopulated_fields = {"slug": ["name"]}
    actions = [confirm, merge_action(merge_series, _("Merge the chosen series into one"))]

    def seasons_of(self, row: Series) -> set[int]:
        """All of its own."""
        return set(row.seasons.values_list("pk", flat=True))


@admin.register(Season)
class SeasonAdmin(SettlingAdmin):
    """Years of a series, with their rounds and classes."""

    list_display = ["__str__", "year", "series", "confirmed", "changed_at"]
    list_filter = ["confirmed", "series", "year"]
    search_fields = ["series__name", "year"]
    list_select_related = ["series"]
    autocomplete_fields = ["series"]
    inlines = [RoundInline, RacingClassInline]
    actions = [confirm]

    def seasons_of(self, row: Season) -> set[int]:
        """Itself."""
        return {row.pk}


@admin.register(Circuit)
class CircuitAdmin(SettlingAdmin):
    """Places."""

    list_display = ["name", "country", "confirmed"]
    list_filter = ["confirmed", "country"]
    search_fields = ["name", "aliases__text"]
    prepopulated_fields = {"slug": ["name"]}
    actions = [confirm, merge_action(merge_circuits, _("Merge the chosen circuits into one"))]

    def seasons_of(self, row: Circuit) -> set[int]:
        """Those with a round there."""
        return set(Round.objects.filter(event__circuit=row).values_list("season_id", flat=True))


@admin.register(Event)
class EventAdmin(SettlingAdmin):
    """Meetings, with the seasons that they are a round of, and their races."""

    list_display = ["__str__", "year", "circuit", "start", "end", "a_round_of", "confirmed"]
    list_filter = ["confirmed", "year", "circuit", "seasons"]
    search_fields = ["name", "name_en", "circuit__name", "year"]
    list_select_related = ["circuit"]
    autocomplete_fields = ["circuit"]
    date_hierarchy = "start"
    inlines = [RoundInline, RaceInline]
    actions = [confirm, merge_action(merge_events, _("Merge the chosen events into one"))]

    def get_queryset(self, request: HttpRequest) -> Any:
        """Load the seasons with the list."""
        return super().get_queryset(request).prefetch_related("seasons__series")

    @admin.display(description=_("a round of"))
    def a_round_of(self, event: Event) -> str:
        """The seasons whose round it is."""
        return ", ".join(str(season) for season in event.seasons.all())

    def seasons_of(self, row: Event) -> set[int]:
        """Those whose round it is."""
        return set(row.rounds.values_list("season_id", flat=True))
