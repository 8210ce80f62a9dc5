"""Rules as a form's fields, beside them as text what no field can say; and back, with nothing lost and nothing changed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from standings.editing.sections import NOTHING, SECTIONS, Section
from standings.editing.toml import read_text, write_text
from standings.scoring import Gathered, Mistake, RulesError
from standings.scoring.parsing import KEYS

#: The field that holds as text what no other field can say.
REST = "rest"
#: What reading fields of a value that has not the shape they are made for may raise.
MISSHAPEN = (RulesError, AttributeError, KeyError, TypeError, ValueError, IndexError)


@dataclass(frozen=True, slots=True)
class Sheet:
    """Rules as fields by their names; `rest` are the keys among them that only the text says."""

    fields: dict[str, Any]
    rest: tuple[str, ...]


def sheet_of(rules: Mapping[str, Any]) -> Sheet:
    """Show rules in fields; a key whose value the fields would not tell again as it is meant goes to the text."""
    fields: dict[str, Any] = {}
    rest = [key for key in rules if key not in {section.key for section in SECTIONS}]
    for section in SECTIONS:
        shown = _shown(section, rules[section.key]) if section.key in rules else dict(section.blank)
        if shown is None:
            rest.append(section.key)
        fields |= dict(section.blank) if shown is None else shown
    fields[REST] = write_text({key: rules[key] for key in rest}) if rest else ""
    return Sheet(fields, tuple(rest))


def _shown(section: Section, value: Any) -> dict[str, Any] | None:
    """Give the fields of a value; None where they would tell another."""
    try:
        fields = section.show(value)
        told = section.tell(fields)
        if told is NOTHING:
            told = section.neutral
        read = KEYS[section.key][1]
        same = told is not NOTHING and read(told, section.key) == read(value, section.key)
        return fields if same and not _holds_control(fields, section.key) else None
    except MISSHAPEN:
        return None


def _holds_control(fields: Any, name: str) -> bool:
    """Tell whether a text has characters that a field of one line loses, such as the end of one."""
    if isinstance(fields, dict):
        return any(_holds_control(value, key) for key, value in fields.items())
    if isinstance(fields, list):
        return any(_holds_control(value, name) for value in fields)
    # The rules of a change are a text of several lines.
    return (
        isinstance(fields, str) and name != "rules" and any(ord(letter) < 32 or ord(letter) == 127 for letter in fields)
    )


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
    rest = gathered.read({}, read_text, fields[REST], REST) if fields[REST].strip() else {}
    found: dict[str, Any] = {}
    for section in SECTIONS:
        told = gathered.read(NOTHING, section.tell, {name: fields[name] for name in section.blank})
        if told is not NOTHING:
            if section.key in rest:
                gathered.found.append(RulesError(Mistake.SAID_TWICE, section.key))
            found[section.key] = told
    return found | rest


def keep_writing(before: Mapping[str, Any], told: Mapping[str, Any]) -> dict[str, Any]:
    """Give the rules that were told, with every key that means what it meant before written as it was."""
    as_told = rules_of(sheet_of(before).fields)

    def same(key: str) -> bool:
        if key not in as_told or key not in told:
            return key not in as_told and key not in told
        return as_told[key] == told[key] or _mean_the_same(key, as_told[key], told[key])

    kept = {key: value for key, value in before.items() if same(key)}
    return kept | {key: value for key, value in told.items() if not same(key)}


def _mean_the_same(key: str, one: Any, other: Any) -> bool:
    try:
        read = KEYS[key][1]
        return bool(read(one, key) == read(other, key))
    except MISSHAPEN:
        return False


def held_from(before: Mapping[str, Any], rules: Mapping[str, Any], race: int, reason: str) -> dict[str, Any]:
    """Give rules that are those of `before` until a race, and `rules` from it on; what other changes say goes on holding.

    Raises RulesError where the vocabulary has no word for what is taken away.
    """
    changes = list(rules.get("changes", []))
    differs: dict[str, Any] = dict(changes[-1]["rules"]) if changes else {}
    neutral = {section.key: section.neutral for section in SECTIONS}
    for key in dict.fromkeys([*before, *rules]):
        if key == "changes" or before.get(key, NOTHING) == rules.get(key, NOTHING):
            continue
        value = rules.get(key, neutral.get(key, NOTHING))
        if value is NOTHING:
            raise RulesError(Mistake.NOT_UNDONE, key)
        differs[key] = value
    return {**before, "changes": [*changes, {"race": race, "reason": reason, "rules": differs}]}
