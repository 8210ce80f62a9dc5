"""The keys of the rules as fields of a form: each section shows one key's value in fields, and tells it from them.

Fields are text, flags (a box that is ticked), lists of words (several that are chosen) and lists of rows, whose fields are the
same. What a section cannot show whole is left to the text: `sheet.py` sees to that by asking what the fields would tell. The
section of changes in mid-season, whose rows hold sections of their own, is in `changes.py`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from racing.terms import Status
from standings.editing import texts
from standings.editing.rows import (
    show_adjustments,
    show_bonuses,
    show_phases,
    show_segments,
    show_tiebreak,
    tell_adjustments,
    tell_bonuses,
    tell_phases,
    tell_segments,
    tell_tiebreak,
)
from standings.editing.scales import show_scale_by, show_scales, tell_scale_by, tell_scales
from standings.scoring import Mistake, RulesError, Subject
from standings.scoring.parsing import KEYS
from standings.scoring.parts import EXACT
from standings.scoring.rules import Ineligible, Listed, Ranking, Shared

Fields = dict[str, Any]

#: What a section tells where its fields say nothing beyond the default.
NOTHING: Any = object()


@dataclass(frozen=True, slots=True)
class Section:
    """One key of the rules: its fields as they stand where the rules do not name it, and how to show and tell its value.

    `neutral` is a value that says what the absence of the key says; NOTHING where there is none. `read` gives what a value
    means, where the rules' own reader does not tell.
    """

    key: str
    blank: Mapping[str, Any]
    show: Callable[[Any], Fields]
    tell: Callable[[Fields], Any]
    neutral: Any
    read: Callable[[Any], Any] | None = None

    def meaning(self, value: Any) -> Any:
        """Give what a value means, however it is written."""
        return KEYS[self.key][1](value, self.key) if self.read is None else self.read(value)


def _word(key: str, default: str) -> Section:
    return Section(
        key,
        {key: default},
        lambda value: {key: str(value)},
        lambda fields: fields[key] if fields[key] not in ("", default) else NOTHING,
        default,
    )


def _flag(key: str, default: bool) -> Section:
    return Section(
        key,
        {key: default},
        lambda value: {key: value is True},
        lambda fields: fields[key] if fields[key] is not default else NOTHING,
        default,
    )


def _text(
    key: str, show: Callable[[Any], str], tell: Callable[[str, str], Any], neutral: Any, name: str = ""
) -> Section:
    """Give a section of one field of text; an empty one says nothing."""
    field = name or key
    return Section(
        key,
        {field: ""},
        lambda value: {field: show(value)},
        lambda fields: tell(fields[field], key) if fields[field].strip() else NOTHING,
        neutral,
    )


def _filter(key: str, guest: str, neutral: Any) -> Section:
    """Give the section of a filter; `guest` is what it says of guests where it says nothing."""
    said = {True: "only", False: "no", "either": "either"}
    values = {word: value for value, word in said.items()}
    names = {name: f"{key}_{name}" for name in ("classes", "guest", "registered", "tags", "drivers", "team_cars")}
    blank = {names["classes"]: [], names["guest"]: guest, names["registered"]: "either"}
    blank |= {names[name]: "" for name in ("tags", "drivers", "team_cars")}

    def show(value: Any) -> Fields:
        return {
            names["classes"]: [*([value["class"]] if "class" in value else []), *value.get("classes", [])],
            names["guest"]: said[value["guest"]] if "guest" in value else guest,
            names["registered"]: said[value.get("registered", "either")],
            names["tags"]: ", ".join(value.get("tags", [])),
            names["drivers"]: ", ".join(value.get("drivers", [])),
            names["team_cars"]: str(value.get("team_cars", "")),
        }

    def tell(fields: Fields) -> Any:
        found: Fields = {}
        classes = fields[names["classes"]]
        if classes:
            found |= {"class": classes[0]} if len(classes) == 1 else {"classes": list(classes)}
        if fields[names["guest"]] not in ("", guest):
            found["guest"] = values[fields[names["guest"]]]
        if fields[names["registered"]] not in ("", "either"):
            found["registered"] = values[fields[names["registered"]]]
        for name in ("tags", "drivers"):
            if words := texts.words_of(fields[names[name]]):
                found[name] = words
        if fields[names["team_cars"]].strip():
            found["team_cars"] = texts.number_of(fields[names["team_cars"]], f"{key}.team_cars")
        return found or NOTHING

    return Section(key, blank, show, tell, neutral)


def _show_cars(value: Any) -> str:
    return "" if value == "all" else str(value)


def _show_rounding(value: Any) -> Fields:
    if value == EXACT:
        return {"decimals": "", "half": EXACT}
    given = value if isinstance(value, Mapping) else {"decimals": value}
    return {"decimals": str(given.get("decimals", 2)), "half": given.get("half", "up")}


def _tell_rounding(fields: Fields) -> Any:
    if fields["half"] == EXACT:
        if fields["decimals"].strip():
            raise RulesError(Mistake.NOTHING_ROUNDED, "round_points_to.decimals")
        return EXACT
    told = {"decimals": texts.number_of(fields["decimals"], "round_points_to")} if fields["decimals"].strip() else {}
    if fields["half"] == "down":
        return told | {"half": "down"}
    return told.get("decimals", NOTHING)


def _show_classified(value: Any) -> Fields:
    if value == "given":
        return {"min_share": "", "class_winner": False, "flag": False}
    return {
        "min_share": texts.points_text(value.get("min_share", 0)),
        "class_winner": value.get("of") == "class_winner",
        "flag": value.get("flag", False),
    }


def _tell_classified(fields: Fields) -> Any:
    if not fields["min_share"].strip() and not fields["flag"]:
        if fields["class_winner"]:
            raise RulesError(Mistake.LEFT_EMPTY, "classified.min_share")
        return NOTHING
    found: Fields = {"min_share": texts.points_of(fields["min_share"] or "0", "classified.min_share")}
    if fields["class_winner"]:
        found["of"] = "class_winner"
    return found | ({"flag": True} if fields["flag"] else {})


def _show_min_scores(value: Any) -> Fields:
    given = value if isinstance(value, Mapping) else {"starts": value}
    return {"min_starts": str(given.get("starts") or ""), "min_finishes": str(given.get("finishes") or "")}


def _tell_min_scores(fields: Fields) -> Any:
    starts, finishes = (
        texts.number_of(fields[name] or "0", f"min_scores.{name.removeprefix('min_')}")
        for name in ("min_starts", "min_finishes")
    )
    return {"starts": starts, "finishes": finishes} if finishes else starts or NOTHING


def _show_listed(value: Any) -> Fields:
    if isinstance(value, Mapping):
        return {"listed": "classified", "listed_in": ", ".join(value["classified"])}
    return {"listed": str(value), "listed_in": ""}


def _tell_listed(fields: Fields) -> Any:
    if sessions := texts.words_of(fields["listed_in"]):
        if fields["listed"] not in ("", Listed.CLASSIFIED):
            raise RulesError(Mistake.NOT_BY_SESSIONS, "listed.listed_in")
        return {"classified": sessions}
    return fields["listed"] if fields["listed"] not in ("", Listed.CLASSIFIED) else NOTHING


def _show_not_droppable(value: Any) -> Fields:
    return {
        "kept_statuses": [one for one in value if one in tuple(Status)],
        "kept_tags": ", ".join(one["tag"] for one in value if isinstance(one, Mapping)),
    }


def _tell_not_droppable(fields: Fields) -> Any:
    tags = [{"tag": tag} for tag in texts.words_of(fields["kept_tags"])]
    return [*fields["kept_statuses"], *tags] or NOTHING


def _rows(key: str, show: Callable[[Any], list[Fields]], tell: Callable[[list[Fields]], Any], neutral: Any) -> Section:
    """Give a section of rows; without any it says nothing."""
    return Section(
        key,
        {key: []},
        lambda value: {key: show(value)},
        lambda fields: tell(fields[key]) or NOTHING,
        neutral,
    )


def _tell_chain(fields: Fields) -> Any:
    """The chain that holds where the rules name none is told by naming none; without any step the rules say so."""
    steps = tell_tiebreak(fields["tiebreak"])
    return NOTHING if steps == ["countback"] else steps


#: In the order in which a person thinks of them.
SECTIONS = (
    _word("subject", Subject.DRIVER),
    _flag("title", True),
    _filter("filter", "either", {}),
    _filter("eligible", "no", {}),
    _word("ineligible", Ineligible.VOID),
    _word("rank_within", Ranking.OVERALL),
    Section(
        "classified",
        {"min_share": "", "class_winner": False, "flag": False},
        _show_classified,
        _tell_classified,
        "given",
    ),
    _rows("scales", show_scales, tell_scales, NOTHING),
    _text("entries", str, texts.number_of, NOTHING),
    Section(
        "scale_by",
        {"scale_by_attribute": "", "scale_by_name": "", "scale_by_session": "", "scale_by_full": "", "steps": []},
        show_scale_by,
        lambda fields: tell_scale_by(fields) or NOTHING,
        NOTHING,
    ),
    _text("sessions", ", ".join, lambda text, key: texts.words_of(text), []),
    _text("only_rounds", texts.numbers_text, texts.numbers_of, []),
    _text("exclude_rounds", texts.numbers_text, texts.numbers_of, []),
    _text(
        "round_multiplier",
        texts.pairs_text,
        lambda text, key: {str(number): factor for number, factor in texts.pairs_of(text, key)},
        {},
    ),
    Section("round_points_to", {"decimals": "", "half": "up"}, _show_rounding, _tell_rounding, 2),
    _word("shared", Shared.EACH),
    _text("min_drive", texts.points_text, lambda text, key: _tell_min_drive(text, key), "0 min"),
    _rows("bonuses", show_bonuses, tell_bonuses, []),
    _text("cars", _show_cars, texts.number_of, "all"),
    _word("cars_by", "position"),
    _flag("others_move_up", False),
    _word("bonus_for_cars", "all"),
    _word("direction", "high"),
    _word("unit", "session"),
    _text("best_of_round", _show_cars, texts.number_of, "all"),
    _rows("segments", show_segments, tell_segments, []),
    _text(
        "drop_schedule",
        texts.pairs_text,
        lambda text, key: [list(pair) for pair in texts.pairs_of(text, key)],
        [],
    ),
    _flag("drop_bonus", True),
    _flag("absent", True),
    _word("equal_worst", "latest"),
    Section("not_droppable", {"kept_statuses": [], "kept_tags": ""}, _show_not_droppable, _tell_not_droppable, []),
    _rows("phases", show_phases, tell_phases, []),
    Section("min_scores", {"min_starts": "", "min_finishes": ""}, _show_min_scores, _tell_min_scores, 0),
    Section(
        "tiebreak",
        {"tiebreak": show_tiebreak(["countback"])},
        lambda value: {"tiebreak": show_tiebreak(value)},
        _tell_chain,
        ["countback"],
    ),
    Section("listed", {"listed": "classified", "listed_in": ""}, _show_listed, _tell_listed, "classified"),
    _rows("adjustments", show_adjustments, tell_adjustments, []),
)


def _tell_min_drive(text: str, key: str) -> Any:
    text = text.strip()
    # What is no number is told to be no time by whoever reads the rules.
    return texts.points_of(text, key) if texts.POINTS.fullmatch(text) else text
