"""Changes in mid-season in the form for rules: rows with the fields of each rule that a change alters, and buttons for more."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.http import QueryDict

from standings.admin.rules_fields import CHANGES, FORMSETS, SHEET, ChangeForm
from standings.admin.rules_part import Place, RulePart, Season, offer_ids
from standings.admin.rules_words import KEYS
from standings.editing.rows import CHANGE, is_empty
from standings.editing.sections import SECTIONS
from standings.scoring import Subject

KEY = "changes"
PREFIX = f"{SHEET}-{KEY}"
#: The button that asks for the fields of a rule that a change alters; its value is the number of the row.
ADD_RULE = "_add_rule"
PLACE = re.compile(r"changes\[(\d+)\](\.rules)?(?:\.?(.*))")
_SECTIONS = {section.key: section for section in SECTIONS}


class ChangeRow:
    """One change: `form` says since when and why, `part` what is otherwise."""

    def __init__(
        self, season: Season, data: QueryDict | None, form: ChangeForm, initial: Mapping[str, Any], subject: Subject
    ) -> None:
        self.form = form
        self.keys = list(dict.fromkeys(form["keys"].value() or ()))
        self.part = RulePart(season, data, str(form.prefix), initial, self.keys)
        self.subject = subject
        offer_ids(form["race"], season.races)

    def offer(self, usual: Sequence[str]) -> None:
        """Let the scales be chosen that hold from then on: its own where it has any, else the usual ones."""
        self.part.offer(self.subject, self.part.scales() or usual)

    @property
    def gone(self) -> bool:
        """Whether it was taken out."""
        return bool(self.form.cleaned_data.get("DELETE"))

    def sent(self) -> dict[str, Any]:
        """Give what came back as the fields of a row."""
        given = CHANGE | {name: value for name, value in self.form.cleaned_data.items() if name in CHANGE}
        without = self.form.cleaned_data.get("without", ())
        return (
            self.part.sent()
            | given
            | {
                "keys": [key for key in given["keys"] if key not in without],
                "rest": self.part.fields.cleaned_data.get("rest", ""),
            }
        )

    @property
    def shown(self) -> list[dict[str, Any]]:
        """Give for the template each rule that it alters, in the order in which they were asked for."""
        lists = self.part.lists
        boxes = {str(box.data["value"]): box for box in self.form["without"]}
        sections = {section.key: section for section in self.part.sections}
        found = [
            {
                "name": KEYS[key],
                "fields": [self.part.fields[name] for name in sections[key].blank if name in self.part.fields.fields],
                "lists": [lists[name] for name in sections[key].blank if name in lists],
                "without": boxes[key],
            }
            for key in self.keys
            if key in sections
        ]
        return [one | {"last": one is found[-1]} for one in found]

    @property
    def rest(self) -> forms.BoundField:
        """The text of what no field can say."""
        return self.part.fields["rest"]


class ChangesForm:
    """All changes in mid-season, each in a row."""

    def __init__(
        self, season: Season, data: QueryDict | None, initial: Sequence[Mapping[str, Any]], subject: Subject
    ) -> None:
        """Show the rows of `initial`, or take up what was sent in `data`."""
        self.formset = CHANGES(data, prefix=PREFIX, initial=list(initial))
        known = [*initial, *({} for _row in self.formset.forms)]
        self.rows = [
            ChangeRow(season, data, form, one, subject) for form, one in zip(self.formset.forms, known, strict=False)
        ]

    def offer(self, scales: Sequence[str]) -> None:
        """Let the season's names and the scales be chosen, `scales` where a change has none of its own."""
        for row in self.rows:
            row.offer(scales)

    def all_forms(self) -> Iterator[Any]:
        """Give each form and formset; those of what was taken out say nothing any more."""
        yield self.formset
        for row in self.rows:
            if row.form.is_valid() and not row.gone:
                yield from row.part.all_forms()

    def sent(self) -> list[dict[str, Any]]:
        """Give what came back, row by row."""
        return [row.sent() for row in self.rows if not row.gone]

    def place(self, key: str) -> Place | None:
        """Find the field that a mistake is told at; None where it is about none of the rows."""
        match = PLACE.match(key)
        said = [row for row in self.rows if row.form.is_valid() and not row.gone and not is_empty(KEY, row.sent())]
        if match is None or not said:
            return None
        row = said[min(max(int(match[1]), 1), len(said)) - 1]
        if not match[2]:
            name = match[3] if match[3] in row.form.fields else "race"
            return row.form, name, name == match[3]
        root = re.split(r"[.\[]", match[3])[0]
        if root in row.keys or root in row.part.in_text() or root in ("", "rest"):
            return row.part.place(match[3])
        # What the rules say otherwise does not go with what the change says: another rule has to change as well.
        return row.form, "add", False

    def row_of(self, form: forms.Form) -> tuple[int, ChangeRow] | None:
        """Give the row that a form belongs to, with its number."""
        for number, row in enumerate(self.rows, 1):
            if form in (row.form, row.part.fields) or any(form in rows.forms for rows in row.part.rows.values()):
                return number, row
        return None


# --- buttons ---------------------------------------------------------------------------------------------------------------


def with_another_change(data: QueryDict) -> QueryDict:
    """Give what was sent with one more change, which begins with the rules that the one before it alters."""
    total = _total(data, PREFIX)
    if total is None:
        return data
    more = data.copy()
    more[f"{PREFIX}-TOTAL_FORMS"] = str(total + 1)
    own = f"{PREFIX}-{total}-"
    if total:
        _copy(more, f"{PREFIX}-{total - 1}-", own)
        for name in ("race", "reason", "add", "DELETE", "without"):
            more.pop(f"{own}{name}", None)
    return more


def with_rule(data: QueryDict, number: str) -> QueryDict:
    """Give what was sent with the fields of the rule that was chosen in a change: they say what holds until then."""
    own = f"{PREFIX}-{number}-"
    key = data.get(f"{own}add", "")
    if key not in _SECTIONS or not number.isdecimal() or key in data.getlist(f"{own}keys"):
        return data
    more = data.copy()
    more[f"{own}add"] = ""
    earlier = [f"{PREFIX}-{index}-" for index in reversed(range(int(number)))]
    from_prefix = next((one for one in earlier if key in data.getlist(f"{one}keys")), f"{SHEET}-")
    for name in _SECTIONS[key].blank:
        if name in FORMSETS:
            _copy(more, f"{from_prefix}{name}-", f"{own}{name}-")
        elif f"{from_prefix}{name}" in data:
            more.setlist(f"{own}{name}", data.getlist(f"{from_prefix}{name}"))
    more.appendlist(f"{own}keys", key)
    return more


def _total(data: QueryDict, prefix: str) -> int | None:
    total = data.get(f"{prefix}-TOTAL_FORMS", "")
    return int(total) if total.isdecimal() and len(total) < 4 else None


def _copy(data: QueryDict, from_prefix: str, to_prefix: str) -> None:
    """Copy each field of one prefix under another."""
    for name in [name for name in data if name.startswith(from_prefix)]:
        data.setlist(f"{to_prefix}{name.removeprefix(from_prefix)}", data.getlist(name))
