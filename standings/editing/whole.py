"""The rules of a championship as a form's fields and back, with nothing lost and nothing changed that nobody changed."""

from collections.abc import Mapping
from typing import Any

from standings.editing.changes import CHANGES, keep_writing_of
from standings.editing.sections import NOTHING, SECTIONS
from standings.editing.sheet import MISSHAPEN, Sheet, in_fields, told_in
from standings.scoring import Gathered, Mistake, RulesError

#: Every key of the rules, in the order of the form.
EVERY = (*SECTIONS, CHANGES)
_BY_KEY = {section.key: section for section in EVERY}


def sheet_of(rules: Mapping[str, Any]) -> Sheet:
    """Show rules in fields; a key whose value the fields would not tell again as it is meant goes to the text."""
    return in_fields(rules, EVERY)


def rules_of(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Give the rules that fields and text tell, in the order of the form; defaults are not named.

    Raises RulesError, whose key says where, with all other mistakes. Whether the rules can be followed, `parse_rules` tells.
    """
    gathered = Gathered()
    found = told_by(gathered, fields)
    gathered.end()
    return found


def told_by(gathered: Gathered, fields: Mapping[str, Any]) -> dict[str, Any]:
    """Give what fields and text tell that can be read, and gather what is wrong with the rest."""
    return told_in(gathered, fields, EVERY)


def keep_writing(before: Mapping[str, Any], told: Mapping[str, Any]) -> dict[str, Any]:
    """Give the rules that were told, with every key that means what it meant before written as it was."""
    as_told = rules_of(sheet_of(before).fields)

    def same(key: str) -> bool:
        if key not in as_told or key not in told:
            return key not in as_told and key not in told
        return as_told[key] == told[key] or _mean_the_same(key, as_told[key], told[key])

    kept = {key: value for key, value in before.items() if same(key)}
    kept |= {key: value for key, value in told.items() if not same(key)}
    if CHANGES.key in told and not same(CHANGES.key):
        kept[CHANGES.key] = keep_writing_of(before.get(CHANGES.key), told[CHANGES.key])
    return kept


def _mean_the_same(key: str, one: Any, other: Any) -> bool:
    try:
        meaning = _BY_KEY[key].meaning
        return bool(meaning(one) == meaning(other))
    except MISSHAPEN:
        return False


def held_from(before: Mapping[str, Any], rules: Mapping[str, Any], race: int, reason: str) -> dict[str, Any]:
    """Give rules that are those of `before` until a race, and `rules` from it on; what other changes say goes on holding.

    Raises RulesError where the vocabulary has no word for what is taken away.
    """
    changes = list(rules.get("changes", []))
    differs: dict[str, Any] = dict(changes[-1]["rules"]) if changes else {}
    for key in dict.fromkeys([*before, *rules]):
        if key == CHANGES.key or before.get(key, NOTHING) == rules.get(key, NOTHING):
            continue
        value = rules.get(key, _BY_KEY[key].neutral if key in _BY_KEY else NOTHING)
        if value is NOTHING:
            raise RulesError(Mistake.NOT_UNDONE, key)
        differs[key] = value
    return {**before, "changes": [*changes, {"race": race, "reason": reason, "rules": differs}]}
