"""Rules from data (TOML or JSON values) to values, with every mistake told by name.

The keys, with their defaults in brackets; all but `scales` may be missing:

    subject           "driver", "crew" or "team" ["driver"]
    filter            {class, classes, guest}: whose results belong to this championship [all]
    eligible          the same: who of them is paid [{guest: false}]
    ineligible        "rerank": those behind move up; "void": that place pays nobody ["void"]
    rank_within       "overall" or "class": whose places are paid ["overall"]
    scales            session kind -> [points of the 1st, of the 2nd, ...] or {places: [...], tail: points beyond the list}
    round_multiplier  round number -> factor [1]
    only_rounds, exclude_rounds   numbers of rounds [all, none]
    bonuses           list of {on: "pole" or "fastest_lap", points, scope: "overall" or "class" [overall],
                      if_ineligible: "nobody" or "next" [nobody], if: {classified, top}, multiplied [false]}
    cars              how many cars of a subject score in a race, "all" or a number ["all"]
    bonus_for_cars    "all" or "scoring": of which cars the bonuses count ["all"]
    unit              what one score is, "session" or "round" ["session"]
    segments          list of {from [1], to [end], best: N or drop: N}; from and to count the races of the season, or the
                      meetings where the unit is the round. With `to`, dropping N means that all but N of the whole segment
                      count, so that nothing is dropped before its end is near; without, N are dropped from the beginning
    drop_bonus        whether a dropped score takes its bonus points along [true]
    absent            whether a missed race is a zero that can be dropped [true]
    equal_worst       which of equal scores is dropped, "earliest" or "latest" ["latest"]
    not_droppable     statuses whose score always counts, such as ["DSQ"] [none]
    min_scores        number of starts needed to be classified in the championship [0]
    tiebreak          chain of "countback", "first_achieved", "last_achieved", "decision"; a countback with options is
                      {countback: {results: "all" or "kept" [all], depth: "all" or "scoring" [all]}} ["countback"]
    listed            "scorers", "classified", "started" or "entered"; of a race known in part it is not known who was
                      classified besides, and a zero would say too much ["classified"]
    adjustments       list of {kind: "points_delta", "no_points", "no_bonus", "exclude" or "tie_order", reason, subject: id,
                      race: id, points, order: [ids]}; `race` is the race concerned, or from which on the decision holds
    title             false: a table for information, that awards no title [true]
"""

from collections.abc import Callable, Mapping, Sequence
from difflib import SequenceMatcher
from enum import StrEnum
from fractions import Fraction
from typing import Any, TypeVar

from racing.terms import Contest, Status
from standings.scoring.points import parse_points
from standings.scoring.rules import (
    Bonus,
    Decision,
    DecisionKind,
    Filter,
    Ineligible,
    Listed,
    Ranking,
    Rules,
    RulesError,
    Scale,
    Segment,
    Subject,
    TieBreak,
    TieStep,
)

Value = TypeVar("Value")
Choice = TypeVar("Choice", bound=StrEnum)

CONTESTS = {"pole": Contest.QUALIFYING, "fastest_lap": Contest.FASTEST_LAP}


def parse_rules(data: Any) -> Rules:
    """Read the rules of a championship. Raises RulesError with a sentence that names what is wrong."""
    given = _known(_mapping(data, "rules"), RULES, "the rules")
    if "scales" not in given:
        raise RulesError('The rules say nothing of points: "scales" is missing.')
    return Rules(**{field: read(given[key], key) for key, (field, read) in RULES.items() if key in given})


# --- the parts ---------------------------------------------------------------------------------------------------------


def _filter(value: Any, key: str) -> Filter:
    given = _known(_mapping(value, key), ("class", "classes", "guest"), key)
    classes = [*([given["class"]] if "class" in given else []), *_list(given.get("classes", []), f"{key}.classes")]
    guest = _flag(given["guest"], f"{key}.guest") if "guest" in given else None
    return Filter(frozenset(_text(name, f"{key}.class") for name in classes), guest)


def _eligible(value: Any, key: str) -> Filter:
    return _filter({"guest": False, **_mapping(value, key)}, key)


def _scales(value: Any, key: str) -> dict[str, Scale]:
    return {_text(kind, key): _scale(scale, f"{key}.{kind}") for kind, scale in _mapping(value, key).items()}


def _scale(value: Any, key: str) -> Scale:
    if isinstance(value, list | tuple):
        value = {"places": value}
    given = _known(_mapping(value, key), ("places", "tail"), key)
    places = [_points(points, key) for points in _list(given.get("places", []), key)]
    return Scale(tuple(places), _points(given.get("tail", 0), f"{key}.tail"))


def _multipliers(value: Any, key: str) -> dict[int, Fraction]:
    return {_number(number, key): _points(factor, key) for number, factor in _mapping(value, key).items()}


def _bonuses(value: Any, key: str) -> tuple[Bonus, ...]:
    return tuple(_bonus(bonus, f"{key}[{index}]") for index, bonus in enumerate(_list(value, key), 1))


def _bonus(value: Any, key: str) -> Bonus:
    known = ("on", "points", "scope", "if_ineligible", "if", "multiplied")
    given = _known(_mapping(value, key), known, key)
    on = _one_of(given.get("on"), tuple(CONTESTS), f"{key}.on")
    condition = _known(_mapping(given.get("if", {}), f"{key}.if"), ("classified", "top"), f"{key}.if")
    return Bonus(
        on,
        CONTESTS[on],
        _points(given.get("points"), f"{key}.points"),
        Ranking(_one_of(given.get("scope", "overall"), tuple(Ranking), f"{key}.scope")),
        _one_of(given.get("if_ineligible", "nobody"), ("nobody", "next"), f"{key}.if_ineligible") == "next",
        _flag(condition.get("classified", False), f"{key}.if.classified"),
        _number(condition["top"], f"{key}.if.top") if "top" in condition else None,
        _flag(given.get("multiplied", False), f"{key}.multiplied"),
    )


def _segments(value: Any, key: str) -> tuple[Segment, ...]:
    return tuple(_segment(segment, f"{key}[{index}]") for index, segment in enumerate(_list(value, key), 1))


def _segment(value: Any, key: str) -> Segment:
    given = _known(_mapping(value, key), ("from", "to", "best", "drop"), key)
    if ("best" in given) == ("drop" in given):
        raise RulesError(f'"{key}" needs either "best" or "drop".')
    numbers = {name: _number(number, f"{key}.{name}") for name, number in given.items()}
    segment = Segment(numbers.get("from", 1), numbers.get("to"), numbers.get("best"), numbers.get("drop"))
    if segment.last is not None and segment.last < segment.first:
        raise RulesError(f'"{key}" ends before it begins.')
    return segment


def _statuses(value: Any, key: str) -> frozenset[Status]:
    return frozenset(Status(_one_of(status, tuple(Status), key)) for status in _list(value, key))


def _tiebreak(value: Any, key: str) -> tuple[TieStep, ...]:
    return tuple(_tie_step(step, key) for step in _list(value, key))


def _tie_step(value: Any, key: str) -> TieStep:
    if not isinstance(value, Mapping):
        return TieStep(TieBreak(_one_of(value, tuple(TieBreak), key)))
    options = _known(_mapping(value.get("countback", {}), f"{key}.countback"), ("results", "depth"), f"{key}.countback")
    _known(value, ("countback",), key)
    return TieStep(
        TieBreak.COUNTBACK,
        kept=_one_of(options.get("results", "all"), ("all", "kept"), f"{key}.countback.results") == "kept",
        scoring=_one_of(options.get("depth", "all"), ("all", "scoring"), f"{key}.countback.depth") == "scoring",
    )


def _decisions(value: Any, key: str) -> tuple[Decision, ...]:
    return tuple(_decision(decision, f"{key}[{index}]") for index, decision in enumerate(_list(value, key), 1))


def _decision(value: Any, key: str) -> Decision:
    given = _known(_mapping(value, key), ("kind", "reason", "subject", "race", "points", "order"), key)
    kind = DecisionKind(_one_of(given.get("kind"), tuple(DecisionKind), f"{key}.kind"))
    if not given.get("reason"):
        raise RulesError(f'"{key}" needs a "reason".')
    needed = "order" if kind is DecisionKind.TIE_ORDER else "subject"
    if needed not in given:
        raise RulesError(f'"{key}" needs "{needed}".')
    return Decision(
        kind,
        _text(given["reason"], f"{key}.reason"),
        _number(given["subject"], f"{key}.subject") if "subject" in given else None,
        _number(given["race"], f"{key}.race") if "race" in given else None,
        _any_points(given.get("points", 0), f"{key}.points"),
        tuple(_number(subject, f"{key}.order") for subject in _list(given.get("order", []), f"{key}.order")),
    )


# --- single values -----------------------------------------------------------------------------------------------------


def nearest(word: str, known: Sequence[str]) -> str:
    """Give the known word that is most like the given one."""
    return max(known, key=lambda other: SequenceMatcher(None, word.casefold(), other.casefold()).ratio())


def _known(data: Mapping[str, Any], known: Sequence[str] | Mapping[str, Any], where: str) -> Mapping[str, Any]:
    for key in data:
        if key not in known:
            raise RulesError(f'Unknown key "{key}" in {where}; did you mean "{nearest(str(key), list(known))}"?')
    return data


def _one_of(value: Any, known: Sequence[str], key: str) -> str:
    if not isinstance(value, str) or value not in known:
        near = f'; did you mean "{nearest(value, known)}"?' if isinstance(value, str) else "."
        raise RulesError(f'"{key}" must be one of {", ".join(known)}, not {value!r}{near}')
    return value


def _mapping(value: Any, key: str) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise RulesError(f'"{key}" must be a table of keys and values, not {value!r}.')
    return value


def _list(value: Any, key: str) -> Sequence[Any]:
    if not isinstance(value, list | tuple):
        raise RulesError(f'"{key}" must be a list, not {value!r}.')
    return value


def _text(value: Any, key: str) -> str:
    if not isinstance(value, str):
        raise RulesError(f'"{key}" must be text, not {value!r}.')
    return value


def _flag(value: Any, key: str) -> bool:
    if not isinstance(value, bool):
        raise RulesError(f'"{key}" must be true or false, not {value!r}.')
    return value


def _number(value: Any, key: str) -> int:
    # Keys of TOML and JSON tables are text.
    if isinstance(value, str) and value.isdecimal():
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise RulesError(f'"{key}" must be a whole number, not {value!r}.')
    return value


def _numbers(value: Any, key: str) -> frozenset[int]:
    return frozenset(_number(number, key) for number in _list(value, key))


def _any_points(value: Any, key: str) -> Fraction:
    """Read points; 12.5 of a TOML or JSON file is the decimal that is written there, not its neighbour in binary."""
    if isinstance(value, bool) or not isinstance(value, int | float | str | Fraction):
        raise RulesError(f'"{key}" must be a number of points, not {value!r}.')
    try:
        return value if isinstance(value, Fraction) else parse_points(str(value))
    except (ValueError, ZeroDivisionError):
        raise RulesError(f'"{key}" must be a number of points such as 12, 12.5 or "1/3", not {value!r}.') from None


def _points(value: Any, key: str) -> Fraction:
    points = _any_points(value, key)
    if points < 0:
        raise RulesError(f'"{key}" must not be less than zero: points are taken away by "adjustments".')
    return points


def _cars(value: Any, key: str) -> int | None:
    return None if value == "all" else _number(value, key)


def _choice(kind: type[Choice]) -> Callable[[Any, str], Choice]:
    return lambda value, key: kind(_one_of(value, tuple(kind), key))


def _is(yes: str, no: str) -> Callable[[Any, str], bool]:
    return lambda value, key: _one_of(value, (yes, no), key) == yes


#: Key of the data -> the field of Rules, and how its value is read.
RULES: Mapping[str, tuple[str, Callable[[Any, str], Any]]] = {
    "subject": ("subject", _choice(Subject)),
    "filter": ("filter", _filter),
    "eligible": ("eligible", _eligible),
    "ineligible": ("ineligible", _choice(Ineligible)),
    "rank_within": ("rank_within", _choice(Ranking)),
    "scales": ("scales", _scales),
    "round_multiplier": ("round_multiplier", _multipliers),
    "only_rounds": ("only_rounds", _numbers),
    "exclude_rounds": ("exclude_rounds", _numbers),
    "bonuses": ("bonuses", _bonuses),
    "cars": ("cars", _cars),
    "bonus_for_cars": ("bonus_for_all_cars", _is("all", "scoring")),
    "unit": ("by_round", _is("round", "session")),
    "segments": ("segments", _segments),
    "drop_bonus": ("drop_bonus", _flag),
    "absent": ("absent", _flag),
    "equal_worst": ("drop_latest", _is("latest", "earliest")),
    "not_droppable": ("not_droppable", _statuses),
    "min_scores": ("min_scores", _number),
    "tiebreak": ("tiebreak", _tiebreak),
    "listed": ("listed", _choice(Listed)),
    "adjustments": ("decisions", _decisions),
    "title": ("title", _flag),
}
