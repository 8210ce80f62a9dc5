"""Races in the admin: the race itself, and its classification as one table for each season that it counts in."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from racing import corrections
from racing.admin.changes import changes_of
from racing.admin.classification import ClassificationTable
from racing.admin.settling import SettlingAdmin, author_of
from racing.models import Correction, Race, Season


class RaceForm(forms.ModelForm):  # type: ignore[type-arg]
    """The race, and under it its tables. Changed tables want a reason."""

    reason = forms.CharField(
        label=gettext_lazy("Why"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("Needed when the classification is changed: it stands beside every correction."),
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )
    #: Set by the admin for each request.
    may_correct = False

    class Meta:
        model = Race
        fields = [
            *("event", "number", "name", "status", "date", "starters"),
            *("laps", "laps_planned", "hours", "tags", "attributes"),
        ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.changes: list[corrections.Change] = []
        self.tables: list[ClassificationTable] = []
        if self.instance.pk:
            seasons = Season.objects.filter(rounds__event=self.instance.event_id).order_by("series__name")
            data = self.data if self.is_bound and self.may_correct else None
            self.tables = [ClassificationTable(self.instance, season, data) for season in seasons]

    def clean(self) -> dict[str, Any] | None:
        """Gather what was changed in the tables, and ask whether it can hold."""
        given = super().clean()
        if not self.may_correct:
            return given
        readable = [table.is_valid() for table in self.tables]
        if not all(readable):
            raise ValidationError(_("Something in the classification below cannot be read."))
        # How long it lasted may be told on the same page.
        self.instance.hours = (given or {}).get("hours", self.instance.hours)
        self.changes = [change for table in self.tables for change in changes_of(table)]
        if self.changes:
            try:
                corrections.check(self.instance, self.changes, self.cleaned_data.get("reason", ""))
            except ValidationError as error:
                wrong = "reason" if not self.cleaned_data.get("reason", "").strip() else None
                self.add_error(wrong, error)
        return given


@admin.register(Race)
class RaceAdmin(SettlingAdmin):
    """Races, with their classification to correct."""

    form = RaceForm
    change_form_template = "admin/racing/race/change_form.html"
    list_display = ["__str__", "event", "number", "status", "date", "starters"]
    list_filter = ["status", "event__seasons", "event__year"]
    search_fields = ["name", "event__name", "event__name_en", "event__circuit__name", "event__year"]
    list_select_related = ["event__circuit"]
    autocomplete_fields = ["event"]
    date_hierarchy = "date"
    fieldsets = [
        (None, {"fields": [("event", "number"), ("name", "status"), ("date", "starters")]}),
        (
            gettext_lazy("Distance and what else the rules ask for"),
            {"classes": ["collapse"], "fields": [("laps", "laps_planned", "hours"), "tags", "attributes"]},
        ),
    ]

    class Media:
        css = {"all": ["css/admin.css"]}

    def get_readonly_fields(self, request: HttpRequest, obj: Race | None = None) -> list[str]:
        """A race stays in its event: its results and corrections belong to the event's seasons."""
        return ["event"] if obj else []

    def get_form(self, request: HttpRequest, obj: Race | None = None, change: bool = False, **kwargs: Any) -> Any:
        """Tell the form who asks: only who may correct finds the tables open."""
        form = super().get_form(request, obj, change, **kwargs)
        form.may_correct = request.user.has_perm("racing.add_correction")  # type: ignore[attr-defined]
        return form

    def seasons_of(self, row: Race) -> set[int]:
        """Those whose round its event is."""
        return set(row.event.rounds.values_list("season_id", flat=True))

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Make corrections of what was changed, then settle."""
        if form.changes:
            made = corrections.correct_many(
                form.instance, form.changes, form.cleaned_data["reason"], author_of(request)
            )
            words = ngettext("%(count)d field is corrected.", "%(count)d fields are corrected.", len(made))
            messages.info(request, words % {"count": len(made)})
        super().save_related(request, form, formsets, change)

    def construct_change_message(self, request: HttpRequest, form: Any, formsets: Any, add: bool = False) -> Any:
        """Write the corrections into the admin's own log too."""
        message = super().construct_change_message(request, form, formsets, add)
        fields = sorted({change.field for change in form.changes})
        return (
            [*message, {"changed": {"name": _("classification"), "object": "", "fields": fields}}]
            if fields
            else message
        )

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        """Add what stands around the tables: corrections and disagreements."""
        race = kwargs.get("obj")
        if race is not None:
            context |= {
                "tables": context["adminform"].form.tables,
                "may_correct": request.user.has_perm("racing.add_correction")
                and self.has_change_permission(request, race),
                "may_withdraw": request.user.has_perm("racing.change_correction"),
                "race_corrections": _corrections_of(race),
                "disagreements": race.disagreements.select_related(
                    "season__series", "kept_fact__report", "other_fact__report", "kept_correction__entry"
                ),
            }
        return super().render_change_form(request, context, *args, **kwargs)

    def get_urls(self) -> list[URLPattern]:
        """Add the address that takes a correction back."""
        withdraw = self.admin_site.admin_view(self.withdraw)
        own = [path("<int:race>/withdraw/<int:correction>/", withdraw, name="racing_race_withdraw")]
        return own + super().get_urls()

    def withdraw(self, request: HttpRequest, race: int, correction: int) -> HttpResponse:
        """Take a correction back."""
        if request.method != "POST" or not request.user.has_perm("racing.change_correction"):
            raise PermissionDenied
        row = get_object_or_404(Correction, pk=correction, race=race)
        corrections.withdraw(row, by=author_of(request))
        what = _("Withdrawn: %(entry)s, %(field)s") % {
            "entry": row.entry,
            "field": corrections.field_words(row.field),
        }
        self.log_change(request, row.race, what)
        messages.success(request, what)
        return redirect("admin:racing_race_change", race)


def _corrections_of(race: Race) -> list[dict[str, Any]]:
    rows = race.corrections.select_related("entry__season__series", "author", "withdrawn_by", "race__event__circuit")
    return [
        {
            "row": row,
            "field": corrections.field_words(row.field),
            "value": corrections.value_words(row.field, row.value),
        }
        for row in rows.prefetch_related("entry__crew__driver")
    ]
