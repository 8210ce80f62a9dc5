"""Changes in mid-season as rows of fields: since when, why, and each rule that is otherwise in the fields that it has anyway.

A row's `keys` are the rules that the change alters. Their fields stand in the row under their own names, those of all other
rules are there and say nothing.
"""

from collections.abc import Mapping
from typing import Any

from standings.editing import texts
from standings.editing.rows import CHANGE, Fields, said_in
from standings.editing.sections import NOTHING, SECTIONS, Section
from standings.editing.sheet import MISSHAPEN, in_fields, told_in
from standings.scoring import Gathered

KEY = "changes"
_OWN = {section.key: section for section in SECTIONS}


def show_changes(value: list[Fields]) -> list[Fields]:
    """Show each change as a row."""
    rows = []
    for change in value:
        sheet = in_fields(change["rules"], SECTIONS)
        keys = [key for key in _OWN if key in change["rules"] and key not in sheet.rest]
        rows.append(CHANGE | {"race": str(change["race"]), "reason": change["reason"], "keys": keys} | sheet.fields)
    return rows


def tell_changes(rows: list[Fields]) -> list[Fields]:
    """Tell the changes; a rule that a change alters is told even where it becomes what rules say that do not name it."""
    gathered = Gathered()
    found = []
    for row, where in said_in(KEY, rows):
        change: Fields = {}
        if row["race"].strip():
            change["race"] = gathered.read(0, texts.number_of, row["race"], f"{where}.race")
        change["reason"] = gathered.read("", texts.needed, _as_written, row["reason"], f"{where}.reason")
        inner = Gathered()
        sections = [section for section in SECTIONS if section.key in row["keys"]]
        change["rules"] = told_in(inner, row, sections, each=True)
        gathered.take_over(inner.found, f"{where}.rules")
        found.append(change)
    gathered.end()
    return found


def _as_written(text: str, _key: str) -> str:
    return text


def meaning_of(value: Any) -> Any:
    """Give what changes mean, however their rules are written."""
    return [{**change, "rules": {key: _meaning(key, own) for key, own in change["rules"].items()}} for change in value]


def _meaning(key: str, value: Any) -> Any:
    try:
        return _OWN[key].meaning(value)
    except MISSHAPEN:
        return value


def keep_writing_of(before: Any, told: Any) -> Any:
    """Give the changes that were told, with what means in a change of the same race what it meant before as it was written."""
    try:
        known = {change["race"]: change["rules"] for change in before}
        return [_kept(known.get(change["race"], {}), change) for change in told]
    except MISSHAPEN:
        return told


def _kept(before: Mapping[str, Any], change: Mapping[str, Any]) -> Mapping[str, Any]:
    rules = {
        key: before[key] if key in before and _meaning(key, before[key]) == _meaning(key, value) else value
        for key, value in change["rules"].items()
    }
    return {**change, "rules": rules}


#: The key of changes, with fields for each.
CHANGES = Section(
    KEY,
    {KEY: []},
    lambda value: {KEY: show_changes(value)},
    lambda fields: tell_changes(fields[KEY]) or NOTHING,
    [],
    meaning_of,
)
