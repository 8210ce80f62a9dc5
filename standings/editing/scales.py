"""Scales as rows of fields, and the steps by which a number of the race chooses another of them."""

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any, TypeVar

from racing.terms import Status
from standings.editing import texts
from standings.editing.rows import SCALE, STEP, UNPLACED, Fields, of_entries, said_in
from standings.scoring import Gathered, Mistake, RulesError
from standings.scoring.scales import ENTRIES

Row = TypeVar("Row")

#: The numbers of a race that have a name of their own in the form, and the word for any other.
ATTRIBUTES = ("round", "starters", "share_run", "hours")
OTHER = "other"
#: What a scale calls by one name: who started and is not classified.
STARTED = (str(Status.DNF), str(Status.NC))


def show_scales(value: Mapping[str, Any]) -> list[Fields]:
    """Show each scale as a row, that of races first: PostgreSQL keeps no order of keys."""
    ordered = sorted(value.items(), key=lambda named: (named[0] != "race", named[0]))
    return [SCALE | {"session": name} | _show_scale(scale) for name, scale in ordered]


def _show_scale(scale: Any) -> Fields:
    if isinstance(scale, list | tuple):
        return {"places": texts.points_text(scale)}
    ends: Fields = dict.fromkeys(STARTED, scale["start"]) if "start" in scale else {}
    ends |= {str(Status.DNS): scale["dns"]} if "dns" in scale else {}
    ends |= scale.get("status", {})
    own: Fields = {name: texts.points_text(scale[name]) for name in ("places", "tail") if name in scale}
    own["formula"] = "formula" in scale
    for end, points in ends.items():
        told = texts.points_text(points)
        own[end] = told.removeprefix(ENTRIES).removeprefix("+")
        own[of_entries(end)] = told.startswith(ENTRIES)
    return own


def tell_scales(rows: list[Fields]) -> Fields:
    """Tell the scales by their names; a row without one is the scale of races."""
    gathered = Gathered()
    found: Fields = {}
    for row, _where in said_in("scales", rows):
        name = row["session"].strip() or "race"
        if name in found:
            gathered.found.append(RulesError(Mistake.GIVEN_TWICE, f"scales.{name}"))
        found[name] = _tell_scale(gathered, row, f"scales.{name}")
    gathered.end()
    return found


def _tell_scale(gathered: Gathered, row: Fields, where: str) -> Any:
    rest: Fields = {"formula": "position"} if row["formula"] else {}
    if row["tail"].strip():
        rest["tail"] = gathered.read(0, texts.points_of, row["tail"], f"{where}.tail")
    ends = {
        end: gathered.read(0, _tell_end, row, end, f"{where}.status.{end}")
        for end in UNPLACED
        if row[end].strip() or row[of_entries(end)]
    }
    dnf, nc = STARTED
    if dnf in ends and ends[dnf] == ends.get(nc):
        rest["start"] = ends.pop(dnf)
        del ends[nc]
    if Status.DNS in ends:
        rest["dns"] = ends.pop(Status.DNS)
    if ends:
        rest["status"] = ends
    places = gathered.read([], texts.points_list, row["places"], where)
    if not rest:
        return places
    return rest if row["formula"] and not places else {"places": places, **rest}


def _tell_end(row: Fields, end: str, key: str) -> Any:
    points = texts.points_of(row[end], key) if row[end].strip() else 0
    if not row[of_entries(end)]:
        return points
    if not points:
        return ENTRIES
    return f"{ENTRIES}{points}" if str(points).startswith("-") else f"{ENTRIES}+{points}"


def show_scale_by(value: Mapping[str, Any]) -> Fields:
    """Show by which number of the race another scale is chosen, and from where on which."""
    known = value["attribute"] in ATTRIBUTES
    return {
        "scale_by_attribute": value["attribute"] if known else OTHER,
        "scale_by_name": "" if known else value["attribute"],
        "scale_by_session": value.get("session", ""),
        "scale_by_full": texts.numbers_text(value.get("full", [])),
        "steps": [STEP | {"from": texts.points_text(start), "scale": scale} for start, scale in value["steps"]],
    }


def tell_scale_by(fields: Fields) -> Fields:
    """Tell it; nothing where no field says anything."""
    if not any(fields[name].strip() for name in fields if name != "steps") and not [*said_in("steps", fields["steps"])]:
        return {}
    gathered = Gathered()
    found: Fields = {"attribute": gathered.read("", _tell_attribute, fields)}
    found["steps"] = gathered.read([], _tell_steps, fields["steps"])
    if fields["scale_by_full"].strip():
        found["full"] = gathered.read([], texts.numbers_of, fields["scale_by_full"], "scale_by.full")
    if fields["scale_by_session"]:
        found["session"] = fields["scale_by_session"]
    gathered.end()
    return found


def _tell_attribute(fields: Fields) -> str:
    chosen, name = fields["scale_by_attribute"], fields["scale_by_name"].strip()
    if chosen in ATTRIBUTES and name:
        raise RulesError(Mistake.GIVEN_TWICE, "scale_by.name")
    if not chosen and not name:
        raise RulesError(Mistake.LEFT_EMPTY, "scale_by.attribute")
    if chosen not in ATTRIBUTES and not name:
        raise RulesError(Mistake.LEFT_EMPTY, "scale_by.name")
    return str(name or chosen)


def _tell_steps(rows: list[Fields]) -> list[Any]:
    gathered = Gathered()
    found = []
    for row, own in said_in("steps", steps_in_order(rows, lambda row: row)):
        where = f"scale_by.{own}"
        start = gathered.read(0, texts.needed, texts.threshold_of, row["from"], f"{where}.from")
        if not row["scale"]:
            gathered.found.append(RulesError(Mistake.LEFT_EMPTY, f"{where}.scale"))
        found.append([start, row["scale"]])
    gathered.end()
    if not found:
        raise RulesError(Mistake.LEFT_EMPTY, "scale_by.steps")
    return found


def steps_in_order(rows: list[Row], fields: Callable[[Row], Fields]) -> list[Row]:
    """Give the steps in the order of their numbers, as they are told, in whatever order somebody wrote them."""
    return sorted(rows, key=lambda row: _start(fields(row)))


def _start(row: Fields) -> tuple[bool, Fraction]:
    try:
        return False, Fraction(texts.threshold_of(row["from"], "steps"))
    except RulesError:
        return True, Fraction(0)
