"""A championship as a form: its names and, with them, its rules, which are looked at before they are saved."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib.admin.models import LogEntry
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from racing.models import Season as RacingSeason
from standings.admin.rules_changes import ADD_RULE, with_another_change, with_rule
from standings.admin.rules_changes import KEY as CHANGES
from standings.admin.rules_fields import SHEET
from standings.admin.rules_form import AS_FIELDS, AS_TEXT, FIELDS, LOOK, LOOKING, MORE_ROWS, TEXT, RulesForm
from standings.admin.rules_part import Season
from standings.models import Championship
from standings.previewing import Preview, preview
from standings.rulebook import default
from standings.sheets.calendar import race_name, races_of
from standings.sheets.subjects import SeasonNames, names_of


class ChampionshipForm(forms.ModelForm):  # type: ignore[type-arg]
    """A championship with its rules; valid only where these can be followed and nobody has changed them meanwhile."""

    class Meta:
        model = Championship
        fields = ["season", "slug", "name", "name_en", "order", "verified", "source", "source_en"]
        widgets = {
            name: forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}) for name in ("source", "source_en")
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.stored: dict[str, Any] = self.instance.all_rules if self.instance.pk else first_rules()
        self.rules_before = self.instance.rules
        self.names = names_of(self.instance.season) if self.instance.pk else SeasonNames({}, {}, {}, {}, {})
        classes = tuple(self.instance.season.classes.values_list("name", flat=True)) if self.instance.pk else ()
        calendar = calendar_of(self.instance.season) if self.instance.pk else {}
        self.season = Season(self.names, classes, calendar)
        view = FIELDS if self.instance.pk else TEXT
        self.rules_form = RulesForm(
            self.season, self.stored, with_more_rows(self.data) if self.is_bound else None, view=view
        )
        self.conflict = False

    @property
    def only_looks(self) -> bool:
        """Whether a button was pressed that only looks: nothing is to be saved."""
        return any(name in self.data for name in LOOKING)

    @property
    def rules_changed(self) -> bool:
        """Whether other rules came back than those that are stored."""
        return self.rules_form.rules is not None and self.rules_form.rules != self.stored

    @property
    def edited(self) -> bool:
        """Whether rules were changed, and not decisions alone, which leave the rulebook as it is."""
        return bool(self.instance.rules != self.rules_before)

    def is_valid(self) -> bool:
        """A look is never saved."""
        return super().is_valid() and not self.only_looks

    def clean(self) -> dict[str, Any] | None:
        """Take up the rules; where somebody has changed them meanwhile, show theirs and these together."""
        given = super().clean()
        own = self.rules_form
        if MORE_ROWS in self.data or ADD_RULE in self.data:
            return given
        if AS_TEXT in self.data or AS_FIELDS in self.data:
            self.rules_form = own.again(TEXT if AS_TEXT in self.data else FIELDS)
        elif own.seen != self.stored and LOOK not in self.data:
            self.rules_form, theirs, both = own.merged(self.stored)
            self.conflict = True
            self.add_error(None, told_of_conflict(self.instance, theirs, both))
        elif own.is_valid() and own.rules is not None:
            self.instance.rules, self.instance.decisions = rules_and_decisions(own.rules, self.instance.rules or {})
        else:
            self.add_error(None, _("These rules cannot be followed: what is wrong stands with the rules below."))
        return given

    def look(self) -> Preview | None:
        """Give what the rules that came back would change; None where they cannot be followed, or nothing came back."""
        parsed = self.rules_form.parsed
        return preview(self.instance, parsed, self.names) if parsed is not None and self.instance.pk else None


def rules_and_decisions(told: Mapping[str, Any], before: Mapping[str, Any]) -> tuple[dict[str, Any], list[Any]]:
    """Part what a form tells into the rules and the decisions of the season, which leave the rules to the rulebook.

    Decisions that stand among the rules stay there; once one of them is changed, all are the season's.
    """
    given, own = list(told.get("adjustments", [])), list(before.get("adjustments", []))
    rules = {key: value for key, value in told.items() if key != "adjustments"}
    if given[: len(own)] != own:
        return rules, given
    return rules | ({"adjustments": own} if "adjustments" in before else {}), given[len(own) :]


def calendar_of(season: RacingSeason) -> dict[int, str]:
    """Name each race of a season with its round and its day, as far as they are known."""
    found = {}
    for one in races_of(season):
        date = one.race.date or one.event.start
        told = [_("round %(number)s") % {"number": one.round}] if one.round is not None else []
        told += [date_format(date, "j F")] if date else []
        found[one.race.pk] = f"{race_name(one.race)} ({', '.join(told)})" if told else race_name(one.race)
    return found


def first_rules() -> dict[str, Any]:
    """Give the rules that a new championship begins with: those of the plain default."""
    return dict(default().templates[0].usual.rules)


def with_more_rows(data: Any) -> Any:
    """Give what was sent with one more row in the list that a button asks it for, or with the fields of one more rule."""
    key = data.get(MORE_ROWS, "")
    if key == CHANGES:
        return with_another_change(data)
    if ADD_RULE in data:
        return with_rule(data, data[ADD_RULE])
    total = f"{SHEET}-{key}-TOTAL_FORMS"
    if not key or not data.get(total, "").isdecimal():
        return data
    more = data.copy()
    more[total] = str(int(data[total]) + 1)
    return more


def told_of_conflict(row: Championship, theirs: list[str], both: list[str]) -> str:
    """Say who has changed what since the form was opened, and what becomes of it."""
    last = LogEntry.objects.filter(
        content_type__app_label="standings", content_type__model="championship", object_id=row.pk
    )
    entry = last.select_related("user").order_by("-action_time").first()
    values = {
        "name": entry.user.get_username() if entry else _("Somebody"),
        "time": date_format(localtime(entry.action_time), "SHORT_DATETIME_FORMAT") if entry else "–",
        "keys": ", ".join(theirs),
        "both": ", ".join(both),
    }
    words = _(
        "%(name)s has changed these rules since you opened them (%(time)s): %(keys)s. Nothing was saved, and nothing of yours "
        "is lost: the form below has their changes and yours."
    )
    if both:
        words = f"{words} {_('Changed by both of you, and shown as you wrote it: %(both)s.')}"
    return f"{words % values} {_('Look at it once more, and save.')}"
