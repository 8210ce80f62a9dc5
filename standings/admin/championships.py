"""Championships in the admin: their rules as a form that shows, before anything is saved, what would change and for whom."""

from collections.abc import Mapping
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from racing import pipeline
from racing.admin.settling import SettlingAdmin
from standings.admin import rules_form
from standings.admin.asking import compute_again
from standings.admin.championship_form import ChampionshipForm
from standings.admin.rules_form import LOOK, LOOKING
from standings.championships import plans_for
from standings.models import Championship
from standings.previewing import Preview, preview
from standings.rulebook import Planned
from standings.scoring import RulesError, parse_rules
from standings.sheets.subjects import SeasonNames
from standings.unmet import unmet_names

#: So much of a value stands in the history.
SHORT = 60


@admin.register(Championship)
class ChampionshipAdmin(SettlingAdmin):
    """Titles with their rules."""

    form = ChampionshipForm
    change_form_template = "admin/standings/championship/change_form.html"
    list_display = ["__str__", "season", "order", "rulebook", "verified", "edited", "computed_at"]
    list_filter = ["verified", "edited", "rulebook", "season"]
    search_fields = ["name", "name_en", "slug", "season__series__name", "season__year"]
    list_select_related = ["season__series"]
    autocomplete_fields = ["season"]
    fieldsets = [
        (None, {"fields": [("name", "name_en"), ("season", "slug", "order")]}),
        (
            gettext_lazy("Where the rules come from"),
            {"fields": [("source", "source_en"), ("verified", "rulebook", "edited"), ("version", "computed_at")]},
        ),
    ]
    readonly_fields = ["rulebook", "edited", "version", "computed_at"]
    actions = [compute_again("championships")]

    class Media:
        css = {"all": ["css/admin.css", "css/rules.css"]}

    def get_readonly_fields(self, request: HttpRequest, obj: Championship | None = None) -> list[str]:
        """A championship stays in its season: its rules name drivers and races of it."""
        return [*self.readonly_fields, "season"] if obj else self.readonly_fields

    def seasons_of(self, row: Championship) -> set[int]:
        """Its own."""
        return {row.season_id}

    # --- saving ------------------------------------------------------------------------------------------------------

    def _changeform_view(self, request: HttpRequest, *args: Any) -> Any:
        """Lock before the row is read: of two people who save at once, the second sees what the first has saved."""
        if request.method == "POST" and not any(name in request.POST for name in LOOKING):
            pipeline.lock_all()
        return super()._changeform_view(request, *args)  # type: ignore[misc]

    def save_model(self, request: HttpRequest, obj: Championship, form: Any, change: bool) -> None:
        """Whatever a person changed is no longer replaced by the rulebook's file, nor verified by its source."""
        obj.edited = obj.edited or not change or bool(form.changed_data) or form.edited
        if obj.verified and form.edited and not {"verified", "source", "source_en"} & set(form.changed_data):
            obj.verified = False
            messages.warning(
                request,
                _(
                    "The rules are no longer marked as verified: say where the new figures come from, and mark them again."
                ),
            )
        super().save_model(request, obj, form, change)
        if form.rules_form.parsed is not None and form.rules_changed:
            for name in unmet_names(form.rules_form.parsed, obj.season):
                messages.warning(request, name.words)

    def construct_change_message(self, request: HttpRequest, form: Any, formsets: Any, add: bool = False) -> Any:
        """Write into the history which rules were changed, from what to what."""
        message = super().construct_change_message(request, form, formsets, add)
        if add or not form.rules_changed:
            return message
        told = {
            "name": _("rules"),
            "object": form.instance.label,
            "fields": history_of(form.stored, form.rules_form.rules),
        }
        return [*message, {"changed": told}]

    # --- looking -----------------------------------------------------------------------------------------------------

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        """Add the form for the rules, and what they would change where somebody asked for that."""
        form, row = context["adminform"].form, kwargs.get("obj")
        context["rules_form"] = form.rules_form
        if row is not None:
            context |= looked_at(form) if LOOK in request.POST or form.conflict else {}
            context["preview_url"] = reverse("admin:standings_championship_preview", args=[row.pk])
            plan = plan_of(row)
            context["rulebook_differs"] = plan is not None and (row.edited or plan.rules != row.rules)
            context["words"] = words_of(row, form.names)
        return super().render_change_form(request, context, *args, **kwargs)

    def get_urls(self) -> list[URLPattern]:
        """Add the address that says what rules would change, and the one that gives the rulebook's back."""
        own = [
            path(
                "<int:championship>/preview/",
                self.admin_site.admin_view(self.preview),
                name="standings_championship_preview",
            ),
            path(
                "<int:championship>/rulebook/",
                self.admin_site.admin_view(self.rulebook),
                name="standings_championship_rulebook",
            ),
        ]
        return own + super().get_urls()

    def preview(self, request: HttpRequest, championship: int) -> HttpResponse:
        """Answer with what the rules of a form that is being filled in would change; nothing is written."""
        row = self._editable(request, championship)
        if request.method != "POST":
            return redirect("admin:standings_championship_change", championship)
        form = ChampionshipForm(request.POST, instance=row)
        # What is wrong with the name or the order is told when saving.
        form.rules_form.is_valid()
        return render(request, "admin/standings/championship/_preview.html", looked_at(form))

    def rulebook(self, request: HttpRequest, championship: int) -> HttpResponse:
        """Show what would change if the rulebook's rules held again; let them hold when that is confirmed."""
        row = self._editable(request, championship)
        plan = plan_of(row)
        if plan is None:
            messages.error(request, _("No rulebook speaks of this championship."))
            return redirect("admin:standings_championship_change", championship)
        if request.method == "POST":
            self._give_back(request, championship, row.rules, plan)
            messages.success(request, _("The rules of the rulebook hold again."))
            return redirect("admin:standings_championship_change", championship)
        look = preview(row, parse_rules(Championship(rules=plan.rules, decisions=row.decisions).all_rules))
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": row,
            "title": _("Back to the rulebook"),
            "subtitle": str(row),
            "plan": plan,
            "keys": history_of(row.rules, plan.rules),
            "look": look,
            "moved": moved(look),
        }
        return render(request, "admin/standings/championship/rulebook.html", context)

    def _editable(self, request: HttpRequest, championship: int) -> Championship:
        row: Championship = get_object_or_404(Championship.objects.select_related("season__series"), pk=championship)
        if not self.has_change_permission(request, row):
            raise PermissionDenied
        return row

    @transaction.atomic
    def _give_back(self, request: HttpRequest, championship: int, rules: Mapping[str, Any], plan: Planned) -> None:
        """Let the championship follow its rulebook, and score."""
        pipeline.lock_all()
        Championship.objects.filter(pk=championship).update(edited=False, rulebook=plan.rulebook)
        row = Championship.objects.get(pk=championship)
        pipeline.rebuild_seasons({row.season_id})
        told = {"name": _("rules"), "object": row.label, "fields": history_of(rules, plan.rules)}
        self.log_change(request, row, [{"changed": told}] if told["fields"] else [])


def looked_at(form: ChampionshipForm) -> dict[str, Any]:
    """Give what the preview shows: what would change, or what is wrong."""
    own = form.rules_form
    look = form.look()
    return {
        "look": look,
        "rules_form": own,
        "moved": moved(look) if look else "",
        "unchanged": own.rules == form.stored,
    }


def moved(look: Preview) -> str:
    """Say in a sentence how many would gain and lose places."""
    up = ngettext("%(count)d would gain places", "%(count)d would gain places", look.up) % {"count": look.up}
    down = ngettext("%(count)d would lose some", "%(count)d would lose some", look.down) % {"count": look.down}
    return f"{up}, {down}" if look.up or look.down else ""


def plan_of(row: Championship) -> Planned | None:
    """Give what the season's rulebook says of a championship, if it speaks of it."""
    return plans_for(row.season).get(row.slug)


def words_of(row: Championship, names: SeasonNames) -> Any:
    """Give the rules that hold in words; nothing where they cannot be followed."""
    try:
        rules = parse_rules(row.all_rules)
    except RulesError:
        return ()
    return rules_form.in_sections(rules, names)


def history_of(before: Mapping[str, Any], after: Mapping[str, Any] | None) -> list[str]:
    """Give each key of the rules that differs, with what it was and what it is."""
    found = []
    for key in rules_form.changed_keys(before, after or {}):
        old, new = (rules_form.short(rules.get(key), SHORT) for rules in (before, after or {}))
        found.append(f"{rules_form.name_of(key)} ({old} → {new})")
    return found
