"""The lists of the form for rules as the template shows them: of each row the main fields, and folded away the rarer ones."""

from typing import Any

from django import forms

from standings.admin import rules_words as words
from standings.admin.rules_fields import MORE, SHEET
from standings.editing.rows import ROWS, UNPLACED, of_entries


def shown_list(key: str, formset: Any, empty: forms.Form) -> dict[str, Any]:
    """Give a list: its rows, one to copy for another row, and whether anything is said in it."""
    title, add = words.ROWS[key]
    return {
        "key": formset.prefix.removeprefix(f"{SHEET}-"),
        "title": title,
        "add": add,
        "formset": formset,
        "rows": [_split(key, form) for form in formset.forms],
        "empty": _split(key, empty),
        "said": any(_says(key, form) for form in formset.forms),
    }


def _split(key: str, form: forms.Form) -> dict[str, Any]:
    more = MORE[key]
    fields = [form[name] for name in form.fields if name != "DELETE"]
    ends = [(form[end], form[of_entries(end)]) for end in UNPLACED] if key == "scales" else []
    apart = {field.name for pair in ends for field in pair}
    rarer = [field for field in fields if field.name in more]
    return {
        "form": form,
        "main": [field for field in fields if field.name not in more and field.name not in apart],
        "more": rarer,
        "ends": ends,
        "open": any(_filled(key, field) for field in (*rarer, *(field for pair in ends for field in pair))),
    }


def _filled(key: str, field: forms.BoundField) -> bool:
    """Tell whether something stands in the field of a row that does not stand in an empty one, or is wrong with it."""
    usual = ROWS[key][field.name]
    return (field.value() or usual) != usual or bool(field.errors)


def _says(key: str, form: forms.Form) -> bool:
    """Tell whether something stands in a row, or is wrong with it."""
    return bool(form.errors) or any(_filled(key, form[name]) for name in form.fields if name != "DELETE")
