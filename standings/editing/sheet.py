"""Some of the rules as a form's fields, beside them as text what no field can say; and back, with nothing lost or changed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from standings.editing.sections import NOTHING, Section
from standings.editing.toml import read_text, write_text
from standings.scoring import Gathered, Mistake, RulesError

#: The field that holds as text what no other field can say.
REST = "rest"
#: What reading fields of a value that has not the shape they are made for may raise.
MISSHAPEN = (RulesError, AttributeError, KeyError, TypeError, ValueError, IndexError)


@dataclass(frozen=True, slots=True)
class Sheet:
    """Rules as fields by their names; `rest` are the keys among them that only the text says."""

    fields: dict[str, Any]
    rest: tuple[str, ...]


def in_fields(rules: Mapping[str, Any], sections: Iterable[Section]) -> Sheet:
    """Show rules in the fields of sections; a key whose value the fields would not tell as it is meant goes to the text."""
    known = {section.key: section for section in sections}
    fields: dict[str, Any] = {}
    rest = [key for key in rules if key not in known]
    for section in known.values():
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
        same = told is not NOTHING and section.meaning(told) == section.meaning(value)
        return fields if same and not _holds_control(fields, section.key) else None
    except MISSHAPEN:
        return None


def _holds_control(fields: Any, name: str) -> bool:
    """Tell whether a text has characters that a field of one line loses, such as the end of one."""
    if isinstance(fields, dict):
        return any(_holds_control(value, key) for key, value in fields.items())
    if isinstance(fields, list):
        return any(_holds_control(value, name) for value in fields)
    # Further rules are a text of several lines.
    return isinstance(fields, str) and name != REST and any(ord(letter) < 32 or ord(letter) == 127 for letter in fields)


def told_in(
    gathered: Gathered, fields: Mapping[str, Any], sections: Iterable[Section], *, each: bool = False
) -> dict[str, Any]:
    """Give what fields and text tell that can be read, and gather what is wrong with the rest.

    Defaults are not named, but where `each` section has to be: rules that take the place of others say them too.
    """
    rest = gathered.read({}, read_text, fields[REST], REST) if fields[REST].strip() else {}
    found: dict[str, Any] = {}
    for section in sections:
        told = gathered.read(NOTHING, _told, section, fields, each)
        if told is not NOTHING:
            if section.key in rest:
                gathered.found.append(RulesError(Mistake.SAID_TWICE, section.key))
            found[section.key] = told
    return found | rest


def _told(section: Section, fields: Mapping[str, Any], needed: bool) -> Any:
    told = section.tell({name: fields[name] for name in section.blank})
    if told is NOTHING and needed:
        if section.neutral is NOTHING:
            raise RulesError(Mistake.LEFT_EMPTY, section.key)
        return section.neutral
    return told
