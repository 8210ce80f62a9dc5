"""Drivers, teams, entries and other ways of writing a name in the admin."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from racing.admin.confirming import confirm
from racing.admin.merging import merge_action
from racing.admin.settling import SettlingAdmin
from racing.merging import merge_drivers, merge_entries, merge_makes, merge_teams
from racing.models import Alias, CrewMember, Driver, Entry, EntryClass, EntryMark, Make, RacingClass, Season, Team
from racing.names import fold

#: A line of text in a row of several: the admin's own is as wide as a sentence.
SHORT = forms.TextInput(attrs={"size": 14})


class AliasForm(forms.ModelForm):  # type: ignore[type-arg]
    """A way of writing that does not mean something else already."""

    class Meta:
        model = Alias
        fields = ["text", "driver", "team", "series", "circuit"]

    def clean(self) -> dict[str, Any]:
        """Compare as names are compared: the field that the database compares is not in the form."""
        given = super().clean() or {}
        folded = fold(given.get("text", ""))
        for kind in ("driver", "team", "series", "circuit"):
            owner = given.get(kind) if kind in self.fields else getattr(self.instance, kind)
            # Two people may share a way of writing; one team, series or circuit has it for itself.
            same: dict[str, Any] = {kind: owner} if kind == "driver" else {f"{kind}__isnull": False}
            if owner and owner.pk and Alias.objects.filter(folded=folded, **same).exclude(pk=self.instance.pk).exists():
                raise ValidationError(_("This way of writing is known already."))
        return given


class AliasInline(admin.TabularInline):  # type: ignore[type-arg]
    """Other ways of writing the name."""

    model = Alias
    form = AliasForm
    extra = 0
    fields = ["text"]


class CrewInline(admin.TabularInline):  # type: ignore[type-arg]
    """The drivers of a car."""

    model = CrewMember
    extra = 0
    autocomplete_fields = ["driver"]
    formfield_overrides = {models.CharField: {"widget": SHORT}}


class EntryMarkInline(admin.TabularInline):  # type: ignore[type-arg]
    """What the rules may ask of a car beside its classes."""

    model = EntryMark
    fk_name = "entry"
    extra = 0
    fields = ["kind", "tag", "nth", "other", "from_round", "to_round"]
    classes = ["collapse"]
    formfield_overrides = {models.CharField: {"widget": SHORT}}

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        """Offer no way to change the other entry from here: there is no room for it."""
        formset = super().get_formset(request, obj, **kwargs)
        widget = formset.form.base_fields["other"].widget
        widget.can_add_related = widget.can_change_related = widget.can_view_related = False
        return formset

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Offer the other entries of the entry's own season."""
        if db_field.name == "other":
            number = request.resolver_match.kwargs.get("object_id") if request.resolver_match else None
            own = Entry.objects.filter(season__entries=number).exclude(pk=number) if number else Entry.objects.none()
            kwargs["queryset"] = own.prefetch_related("crew__driver")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class EntryClassInline(admin.TabularInline):  # type: ignore[type-arg]
    """The classes of a car."""

    model = EntryClass
    extra = 0

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Offer the classes of the entry's own season."""
        number = request.resolver_match.kwargs.get("object_id") if request.resolver_match else None
        if db_field.name == "racing_class" and number:
            kwargs["queryset"] = RacingClass.objects.filter(season__entries=number)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


@admin.register(Driver)
class DriverAdmin(SettlingAdmin):
    """People who drive."""

    list_display = ["__str__", "last_name", "first_name", "nationality", "confirmed"]
    list_filter = ["confirmed", "nationality"]
    search_fields = ["last_name", "first_name", "aliases__text"]
    prepopulated_fields = {"slug": ["first_name", "last_name"]}
    inlines = [AliasInline]
    actions = [confirm, merge_action(merge_drivers, _("Merge the chosen drivers into one"))]

    def seasons_of(self, row: Driver) -> set[int]:
        """Those in which they drive."""
        return set(row.drives.values_list("entry__season_id", flat=True))


@admin.register(Team)
class TeamAdmin(SettlingAdmin):
    """Who enters cars."""

    list_display = ["name", "confirmed"]
    list_filter = ["confirmed"]
    search_fields = ["name", "aliases__text"]
    prepopulated_fields = {"slug": ["name"]}
    inlines = [AliasInline]
    actions = [confirm, merge_action(merge_teams, _("Merge the chosen teams into one"))]

    def seasons_of(self, row: Team) -> set[int]:
        """Those in which it enters cars."""
        return set(row.entries.values_list("season_id", flat=True))


@admin.register(Make)
class MakeAdmin(SettlingAdmin):
    """Whose cars they are."""

    list_display = ["name", "slug", "builder", "confirmed"]
    list_filter = ["confirmed"]
    list_select_related = ["builder"]
    search_fields = ["name", "slug"]
    prepopulated_fields = {"slug": ["name"]}
    autocomplete_fields = ["builder"]
    actions = [confirm, merge_action(merge_makes, _("Merge the chosen makes into one"))]

    def seasons_of(self, row: Make) -> set[int]:
        """Those in which its cars run, with whatever engine."""
        own = Q(make=row) | Q(make__builder=row)
        return set(Entry.objects.filter(own).values_list("season_id", flat=True))


@admin.register(Entry)
class EntryAdmin(SettlingAdmin):
    """Cars on a season's list, with crew and classes."""

    class Media:
        css = {"all": ["css/admin.css"]}

    list_display = ["__str__", "season", "number", "team", "make", "car", "guest", "confirmed"]
    list_filter = ["confirmed", "guest", "season", "classes__racing_class__name"]
    search_fields = ["number", "crew__driver__last_name", "crew__driver__first_name", "team__name", "make__name"]
    list_select_related = ["season__series", "team", "make"]
    autocomplete_fields = ["season", "team", "make"]
    inlines = [CrewInline, EntryClassInline, EntryMarkInline]
    actions = [confirm, merge_action(merge_entries, _("Merge the chosen entries into one"))]

    def get_queryset(self, request: HttpRequest) -> Any:
        """Load the crews with the list."""
        return super().get_queryset(request).prefetch_related("crew__driver")

    def get_readonly_fields(self, request: HttpRequest, obj: Entry | None = None) -> list[str]:
        """An entry stays in its season: its results and corrections are there."""
        return ["season"] if obj else []

    def seasons_of(self, row: Entry) -> set[int]:
        """Its own."""
        return {row.season_id}


@admin.register(Alias)
class AliasAdmin(SettlingAdmin):
    """Other ways of writing a name: of a driver, a team, a series or a circuit."""

    form = AliasForm
    list_display = ["text", "driver", "team", "series", "circuit"]
    search_fields = ["text", "driver__last_name", "team__name", "series__name", "circuit__name"]
    list_select_related = ["driver", "team", "series", "circuit"]
    autocomplete_fields = ["driver", "team", "series", "circuit"]

    def seasons_of(self, row: Alias) -> set[int]:
        """Those in which the name's owner is: who is meant there may change."""
        owners = Q(entries__crew__driver=row.driver_id) if row.driver_id else Q()
        owners |= Q(entries__team=row.team_id) if row.team_id else Q()
        owners |= Q(series=row.series_id) if row.series_id else Q()
        owners |= Q(events__circuit=row.circuit_id) if row.circuit_id else Q()
        return set(Season.objects.filter(owners).values_list("pk", flat=True)) if owners else set()
