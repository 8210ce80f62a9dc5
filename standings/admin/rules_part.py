"""Some keys of the rules in the form: single fields and lists of rows, what can be chosen in them, and what came back."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

from standings.admin.rules_fields import FORMSETS, SheetForm
from standings.admin.rules_rows import shown_list
from standings.editing import read_text
from standings.editing.rows import ORDERED, ROWS, is_empty
from standings.editing.scales import steps_in_order
from standings.editing.sections import SECTIONS
from standings.editing.sheet import REST
from standings.scoring import RulesError, Subject
from standings.sheets.subjects import SeasonNames

PLACE = re.compile(r"(\w+)(?:\[(\d+)\])?(?:\.(.*))?")
STEPS = re.compile(r"scale_by\.(steps)(?:\[(\d+)\])?(?:\.(.*))?")
#: The field of a row that a mistake is told at which names none, where that is not the first.
FIRST = {"scales": "places", "phases": "set_points"}
#: What a scale says of several ends of a race, or of one by another name, is told at the field of one.
ENDED = {"start": "DNF", "dns": "DNS"}

#: A form, the name of its field, and whether what is looked for is that field, and not the row or a key beside it.
Place = tuple[forms.Form, str, bool]


@dataclass(frozen=True, slots=True)
class Season:
    """What the form offers to choose from; `calendar` tells more of a race than its name, such as its round and day."""

    names: SeasonNames
    classes: tuple[str, ...]
    calendar: Mapping[int, str] = field(default_factory=dict)

    @property
    def races(self) -> list[tuple[str, str]]:
        """The races as choices."""
        return [(str(key), self.calendar.get(key, name)) for key, name in self.names.races.items()]


class RulePart:
    """Some keys of the rules as fields, by the names that `standings.editing` gives them."""

    def __init__(
        self, season: Season, data: QueryDict | None, prefix: str, initial: Mapping[str, Any], keys: Collection[str]
    ) -> None:
        """Show what stands in `initial`, or take up what was sent in `data`."""
        self.season, self.initial = season, initial
        self.sections = tuple(section for section in SECTIONS if section.key in keys)
        names = {name for section in self.sections for name in section.blank}
        self.fields = SheetForm(data, prefix=prefix, initial=dict(initial))
        for name in self.fields.fields.keys() - names - {REST}:
            del self.fields.fields[name]
        self.rows = {
            name: formset(data, prefix=f"{prefix}-{name}", initial=initial.get(name, []))
            for name, formset in FORMSETS.items()
            if name in names
        }
        for name, rows in self.rows.items():
            # An empty row invites to write one; where rows are, a button asks for another.
            rows.extra = 0 if initial.get(name) else 1
        # A formset makes its empty form anew each time; this one has what can be chosen, and is copied for another row.
        self.empty = {name: rows.empty_form for name, rows in self.rows.items()}

    def offer(self, subject: Subject, scales: Collection[str]) -> None:
        """Let the scales be chosen, and of the season its classes, drivers, teams, cars and races; and what stands there."""
        for name in {"filter_classes", "eligible_classes"} & self.fields.fields.keys():
            own = [*(self.fields[name].value() or ()), *self.season.classes]
            offer_choices(self.fields.fields[name], [(one, one) for one in dict.fromkeys(own)])
        races = self.season.races
        subjects = [(str(key), name) for key, name in self.season.names.subjects(subject).items()]
        offered = {
            **dict.fromkeys(("race", "visible_from"), races),
            "entry": [(str(key), name) for key, name in self.season.names.cars.items()],
            **dict.fromkeys(("subject", *(f"order{place}" for place in range(1, ORDERED + 1))), subjects),
        }
        for form in self._all_rows("adjustments"):
            for name, choices in offered.items():
                offer_ids(form[name], choices)
        chosen = [(form["scale"], {"": "–", "none": _("no points")}) for form in self._all_rows("steps")]
        chosen += [(form["scale"], {"": "–"}) for form in self._all_rows("adjustments")]
        if "scale_by_session" in self.fields.fields:
            chosen.append((self.fields["scale_by_session"], {"": _("of all kinds")}))
        for one, besides in chosen:
            known = {name: name for name in (*scales, one.value() or "") if name not in besides}
            offer_choices(one.field, list({**besides, **known}.items()))

    def scales(self) -> list[str]:
        """Name the scales that stand in the fields and in the text."""
        if "scales" not in self.rows:
            return self._scales_in_text()
        rows = [{name: form[name].value() for name in ROWS["scales"]} for form in self.rows["scales"].forms]
        names = [row["session"].strip() or "race" for row in rows if not is_empty("scales", row)]
        return names + self._scales_in_text()

    def _scales_in_text(self) -> list[str]:
        try:
            scales = read_text(self.fields[REST].value() or "").get("scales")
        except RulesError:
            return []
        return list(scales) if isinstance(scales, Mapping) else []

    def _all_rows(self, key: str) -> list[forms.Form]:
        return [*self.rows[key].forms, self.empty[key]] if key in self.rows else []

    # --- what came back ------------------------------------------------------------------------------------------------

    def all_forms(self) -> Iterator[Any]:
        """Give each form and formset."""
        yield self.fields
        yield from self.rows.values()

    def sent(self) -> dict[str, Any]:
        """Give what came back by the names of the fields; fields of other keys say nothing."""
        blank = {name: value for section in SECTIONS for name, value in section.blank.items()}
        rows = {key: [ROWS[key] | row for row in sent_rows(formset)] for key, formset in self.rows.items()}
        return blank | self.fields.cleaned_data | rows

    def place(self, key: str) -> Place:
        """Find the field that a mistake is told at."""
        match = STEPS.match(key) or PLACE.match(key)
        listed, number, inner = match.groups() if match else ("", None, None)
        last = (inner or "").rpartition(".")[2]
        root = "scale_by" if listed == "steps" else listed
        if listed in self.rows and root not in self.in_text():
            form = self._row(listed, int(number) if number else 0, inner or "")
            if form is not None:
                first = FIRST.get(listed, next(iter(form.fields)))
                name = next(name for name in (last, ENDED.get(last, ""), first) if name in form.fields)
                return form, name, name in (last, ENDED.get(last))
        section = next((one for one in self.sections if one.key == root), None)
        if section is None or root in self.in_text() or root in self.rows:
            return self.fields, REST, False
        own = [f"{root}_{last}", f"{root}_{last}es", f"min_{last}", last, *section.blank]
        name = next(name for name in own if name in section.blank)
        return self.fields, name, name in own[:4] or len(section.blank) == 1

    def in_text(self) -> set[str]:
        """Give the keys that the text says."""
        try:
            return set(read_text(self.fields.cleaned_data.get(REST, "")))
        except RulesError:
            return set()

    def _row(self, key: str, number: int, within: str) -> forms.Form | None:
        said = [
            form
            for form in self.rows[key].forms
            if form.is_valid() and not form.cleaned_data.get("DELETE") and not is_empty(key, form.cleaned_data)
        ]
        if key == "scales":
            named = [(form, form.cleaned_data["session"].strip() or "race") for form in said]
            said = [form for form, name in named if f"{within}.".startswith(f"{name}.")] or said
        if key == "steps":
            said = steps_in_order(said, lambda form: form.cleaned_data)
        if not said:
            return self.rows[key].forms[0] if self.rows[key].forms else None
        return said[min(max(number, 1), len(said)) - 1]

    def row_number(self, form: forms.Form) -> int:
        """Give which row of several a form is; 0 where it is none."""
        lists = [formset.forms for formset in self.rows.values() if form in formset.forms]
        return lists[0].index(form) + 1 if lists and len(lists[0]) > 1 else 0

    # --- what is shown -------------------------------------------------------------------------------------------------

    @property
    def lists(self) -> dict[str, dict[str, Any]]:
        """Give each list of rows for the template."""
        return {key: shown_list(key, formset, self.empty[key]) for key, formset in self.rows.items()}


def offer_choices(chosen: forms.Field, choices: list[tuple[Any, Any]]) -> None:
    """Let one of the choices be chosen."""
    assert isinstance(chosen, forms.ChoiceField)
    chosen.choices = choices


def offer_ids(chosen: forms.BoundField, choices: list[tuple[str, str]]) -> None:
    """Let one of the choices be chosen; an id that stands there already may stay even where it is none of them."""
    kept = str(chosen.value() or "")
    known = not kept.isdecimal() or kept in dict(choices)
    unknown = [] if known else [(kept, _("no. %(number)s") % {"number": kept})]
    offer_choices(chosen.field, [("", "–"), *choices, *unknown])


def sent_rows(formset: Any) -> list[dict[str, Any]]:
    """Give the rows of a list that came back and were not taken out."""
    return [
        {name: value for name, value in form.cleaned_data.items() if name != "DELETE"}
        for form in formset.forms
        if not form.cleaned_data.get("DELETE")
    ]
