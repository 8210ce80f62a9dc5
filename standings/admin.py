"""Championships with their rules in the admin; what is computed of them can only be looked at."""

import json
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from racing.admin.derived import DerivedAdmin
from racing.admin.settling import SettlingAdmin
from standings.models import Championship, ClaimCheck, Standing, TableAfter
from standings.rule_mistakes import in_words
from standings.scoring import RulesError, parse_rules


class IndentedJSON(json.JSONEncoder):
    """Writes rules so that a person can read them."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "indent": 2, "ensure_ascii": False})


class ChampionshipForm(forms.ModelForm):  # type: ignore[type-arg]
    """A championship whose rules can be followed."""

    rules = forms.JSONField(
        label=_("Rules"),
        encoder=IndentedJSON,
        widget=forms.Textarea(attrs={"rows": 30, "class": "vLargeTextField", "spellcheck": "false"}),
        help_text=_("As in the rulebooks' files. Rules edited here are no longer replaced by the file."),
    )

    class Meta:
        model = Championship
        fields = "__all__"  # noqa: DJ007  the admin says which

    def clean_rules(self) -> Any:
        """Refuse rules that the scoring cannot follow, with its own sentence."""
        rules = self.cleaned_data["rules"]
        try:
            parse_rules(rules)
        except RulesError as error:
            raise ValidationError(in_words(error)) from error
        return rules

    def clean(self) -> dict[str, Any] | None:
        """Refuse decisions that the scoring cannot follow, with its own sentence."""
        given = super().clean()
        if self.cleaned_data.get("decisions") and "rules" in self.cleaned_data:
            try:
                parse_rules({**self.cleaned_data["rules"], "adjustments": self.cleaned_data["decisions"]})
            except RulesError as error:
                self.add_error("decisions", in_words(error))
        return given


@admin.register(Championship)
class ChampionshipAdmin(SettlingAdmin):
    """Titles with their rules."""

    form = ChampionshipForm
    list_display = ["__str__", "season", "order", "rulebook", "verified", "edited", "computed_at"]
    list_filter = ["verified", "edited", "rulebook", "season"]
    search_fields = ["name", "season__series__name", "season__year"]
    list_select_related = ["season__series"]
    autocomplete_fields = ["season"]
    readonly_fields = ["rulebook", "edited", "version", "computed_at"]

    def seasons_of(self, row: Championship) -> set[int]:
        """Its own."""
        return {row.season_id}

    def save_model(self, request: HttpRequest, obj: Championship, form: Any, change: bool) -> None:
        """Whatever a person changed is no longer replaced by the rulebook's file."""
        obj.edited = obj.edited or not change or bool({*form.changed_data} - {"decisions"})
        super().save_model(request, obj, form, change)


@admin.register(TableAfter)
class TableAfterAdmin(DerivedAdmin):
    """What each race paid and the table after it, as they are kept."""

    list_display = ["championship", "race"]
    list_filter = ["championship__season"]
    list_select_related = ["championship__season__series", "race__event__circuit"]

    def get_queryset(self, request: HttpRequest) -> Any:
        """Leave the long texts out of the list."""
        rows = super().get_queryset(request)
        return rows if request.resolver_match and request.resolver_match.kwargs else rows.defer("awards", "rows")


@admin.register(Standing)
class StandingAdmin(DerivedAdmin):
    """Rows of the latest tables."""

    list_display = ["championship", "race", "position", "subject", "points"]
    list_filter = ["championship__season"]
    list_select_related = ["championship__season__series", "race__event__circuit", "driver", "team", "make"]

    def get_queryset(self, request: HttpRequest) -> Any:
        """Load the crews with the list."""
        return super().get_queryset(request).prefetch_related("entry__crew__driver")


@admin.register(ClaimCheck)
class ClaimCheckAdmin(DerivedAdmin):
    """What our tables say to what reports claim."""

    list_display = ["fact", "championship", "race", "verdict"]
    list_filter = ["verdict", "championship__season"]
    list_select_related = ["fact", "championship__season__series", "race__event__circuit"]
