"""The keys of the rules that are lists, as rows of fields: bonuses, segments, phases, tie-breaks, adjustments.

`show_...` gives a row of fields for each item, `tell_...` the items for the rows; those of scales are in `scales.py`, those of
changes in mid-season in `changes.py`. A row in which nothing stands is not there. Errors count the rows that are: the second
row that says something is "bonuses[2]", as in the data.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from racing.terms import Status
from standings.editing import texts
from standings.scoring import Gathered
from standings.scoring.cars import ABSENT

Fields = dict[str, Any]

#: The most subjects that a tie's order by decision names in the form.
ORDERED = 4
#: How a race may end without a place, each with a field for its points and one for a point for each car besides.
UNPLACED = (*(str(status) for status in Status if status is not Status.FINISHED), ABSENT)


def of_entries(end: str) -> str:
    """Name the field that tells whether an end of a race pays a point for each car besides."""
    return f"{end}_entries"


SCALE: Fields = {
    "session": "",
    "places": "",
    "tail": "",
    "formula": False,
    **dict.fromkeys(UNPLACED, ""),
    **dict.fromkeys(map(of_entries, UNPLACED), False),
}
STEP: Fields = {"from": "", "scale": ""}
BONUS: Fields = {
    "on": "",
    "points": "",
    "scale": "",
    "scope": "overall",
    "if_ineligible": "nobody",
    "classified": False,
    "top": "",
    "min_share_run": "",
    "ties": "all",
    "pays": [],
    "session": "",
    "multiplied": False,
    "carry": False,
}
SEGMENT: Fields = {"from": "", "to": "", "best": "", "drop": ""}
PHASE: Fields = {
    "after_round": "",
    "keep": "",
    "by": "points",
    "set_points": "",
    "carry_scale": "",
    "nothing_carried": False,
}
TIE_STEP: Fields = {"by": "", "results": "all", "depth": "all", "sessions": "", "cars": "scoring"}
ADJUSTMENT: Fields = {
    "kind": "",
    "subject": "",
    "race": "",
    "points": "",
    "reason": "",
    "position": "",
    "entry": "",
    "visible_from": "",
    "scale": "",
    "zero": False,
    "text": "",
    **{f"order{number}": "" for number in range(1, ORDERED + 1)},
}
#: `keys` are the rules that a change alters, whose fields stand in the row beside these; `rest` says what they cannot, as text.
CHANGE: Fields = {"race": "", "reason": "", "keys": [], "rest": ""}
#: The fields of a row of each key, as they stand in an empty one.
ROWS: Mapping[str, Fields] = {
    "scales": SCALE,
    "steps": STEP,
    "bonuses": BONUS,
    "segments": SEGMENT,
    "phases": PHASE,
    "tiebreak": TIE_STEP,
    "adjustments": ADJUSTMENT,
    "changes": CHANGE,
}


def is_empty(key: str, row: Fields) -> bool:
    """Tell whether nothing stands in a row beyond what stands in an empty one."""
    return all((_bare(row.get(name)) or value) == value for name, value in ROWS[key].items())


def _bare(value: Any) -> Any:
    return value.strip() if isinstance(value, str) else value


def said_in(key: str, rows: list[Fields]) -> Iterator[tuple[Fields, str]]:
    """Give the rows that say something, and where each is."""
    said = [row for row in rows if not is_empty(key, row)]
    for number, row in enumerate(said, 1):
        yield row, f"{key}[{number}]"


def _numbers(gathered: Gathered, row: Fields, names: tuple[str, ...], where: str) -> Fields:
    told = [name for name in names if row[name].strip()]
    return {name: gathered.read(0, texts.number_of, row[name], f"{where}.{name}") for name in told}


def show_bonuses(value: list[Fields]) -> list[Fields]:
    """Show each bonus as a row."""
    rows = []
    for bonus in value:
        condition = bonus.get("if", {})
        own: Fields = {
            name: bonus[name] for name in ("on", "scope", "if_ineligible", "ties", "session") if name in bonus
        }
        own |= {name: bonus[name] is True for name in ("multiplied", "carry") if name in bonus}
        own |= {name: texts.points_text(bonus[name]) for name in ("points", "scale") if name in bonus}
        own |= {name: str(condition[name]) for name in ("top", "min_share_run") if name in condition}
        classified = condition.get("classified", False) is True
        rows.append(BONUS | own | {"pays": list(bonus.get("pays", [])), "classified": classified})
    return rows


def tell_bonuses(rows: list[Fields]) -> list[Fields]:
    """Tell the bonuses."""
    gathered = Gathered()
    found = []
    for row, where in said_in("bonuses", rows):
        bonus: Fields = {"on": row["on"]}
        if row["points"].strip():
            bonus["points"] = gathered.read(0, texts.points_of, row["points"], f"{where}.points")
        if row["scale"].strip():
            bonus["scale"] = gathered.read([], texts.points_list, row["scale"], f"{where}.scale")
        condition: Fields = {"classified": True} if row["classified"] else {}
        condition |= _numbers(gathered, row, ("top",), f"{where}.if")
        if row["min_share_run"].strip():
            told = gathered.read(0, texts.points_of, row["min_share_run"], f"{where}.if.min_share_run")
            condition["min_share_run"] = told
        for name in ("scope", "if_ineligible", "ties", "session", "pays", "multiplied", "carry"):
            if row[name] and row[name] != BONUS[name]:
                bonus[name] = row[name]
        found.append(bonus | ({"if": condition} if condition else {}))
    gathered.end()
    return found


def show_segments(value: list[Fields]) -> list[Fields]:
    """Show each segment as a row."""
    return [SEGMENT | {name: str(number) for name, number in segment.items()} for segment in value]


def tell_segments(rows: list[Fields]) -> list[Fields]:
    """Tell the segments."""
    gathered = Gathered()
    found = [_numbers(gathered, row, tuple(SEGMENT), where) for row, where in said_in("segments", rows)]
    gathered.end()
    return found


def show_phases(value: list[Fields]) -> list[Fields]:
    """Show each phase as a row."""
    rows = []
    for phase in value:
        own: Fields = {name: str(phase[name]) for name in ("after_round", "keep", "by") if name in phase}
        own |= {name: texts.points_text(phase[name]) for name in ("set_points", "carry_scale") if name in phase}
        rows.append(PHASE | own | {"nothing_carried": phase.get("carry") is False})
    return rows


def tell_phases(rows: list[Fields]) -> list[Fields]:
    """Tell the phases; into one that gives no points to begin with nothing is carried anyway."""
    gathered = Gathered()
    found = []
    for row, where in said_in("phases", rows):
        phase: Fields = {
            name: gathered.read(0, texts.needed, texts.number_of, row[name], f"{where}.{name}")
            for name in ("after_round", "keep")
        }
        if row["by"] and row["by"] != PHASE["by"]:
            phase["by"] = row["by"]
        if row["set_points"].strip():
            phase["set_points"] = gathered.read(0, texts.points_of, row["set_points"], f"{where}.set_points")
            phase |= {"carry": False} if row["nothing_carried"] else {}
        if row["carry_scale"].strip():
            phase["carry_scale"] = gathered.read([], texts.points_list, row["carry_scale"], f"{where}.carry_scale")
        found.append(phase)
    gathered.end()
    return found


def show_tiebreak(value: list[Any]) -> list[Fields]:
    """Show each step of the chain as a row."""
    rows = []
    for step in value:
        by, options = next(iter(step.items())) if isinstance(step, Mapping) else (step, {})
        own = {name: str(options[name]) for name in ("results", "depth", "cars") if name in options}
        rows.append(TIE_STEP | {"by": str(by)} | own | {"sessions": ", ".join(options.get("sessions", []))})
    return rows


def tell_tiebreak(rows: list[Fields]) -> list[Any]:
    """Tell the chain."""
    found: list[Any] = []
    for row, _where in said_in("tiebreak", rows):
        options: Fields = {
            name: row[name] for name in ("results", "depth") if row[name] and row[name] != TIE_STEP[name]
        }
        if row["cars"] and row["cars"] != TIE_STEP["cars"]:
            options["cars"] = 1 if row["cars"] == "1" else row["cars"]
        if sessions := texts.words_of(row["sessions"]):
            options["sessions"] = sessions
        found.append({row["by"]: options} if options else row["by"])
    return found


_NUMBERS = ("subject", "race", "position", "entry", "visible_from")


def show_adjustments(value: list[Fields]) -> list[Fields]:
    """Show each decision as a row."""
    rows = []
    for decision in value:
        own = {name: str(decision[name]) for name in _NUMBERS if name in decision}
        own |= {name: decision[name] for name in ("kind", "reason", "text", "scale") if name in decision}
        own |= {"points": texts.points_text(decision["points"])} if "points" in decision else {}
        own |= {f"order{place}": str(one) for place, one in enumerate(decision.get("order", [])[:ORDERED], 1)}
        rows.append(ADJUSTMENT | own | {"zero": decision.get("keep") is False})
    return rows


def tell_adjustments(rows: list[Fields]) -> list[Fields]:
    """Tell the decisions."""
    gathered = Gathered()
    found = []
    for row, where in said_in("adjustments", rows):
        decision: Fields = {"kind": row["kind"]} | _numbers(gathered, row, _NUMBERS, where)
        if row["points"].strip():
            decision["points"] = gathered.read(0, texts.points_of, row["points"], f"{where}.points")
        decision |= {name: row[name] for name in ("reason", "text", "scale") if row[name]}
        ordered = _numbers(gathered, row, tuple(f"order{place}" for place in range(1, ORDERED + 1)), where)
        if ordered:
            decision["order"] = list(ordered.values())
        found.append(decision | ({"keep": False} if row["zero"] else {}))
    gathered.end()
    return found
