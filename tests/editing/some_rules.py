"""Rules as people write them, in many ways: those of the rulebooks, of the made-up seasons, and drawn."""

import tomllib
from fractions import Fraction
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from standings import rulebook
from standings.scoring import RulesError, parse_rules

CASES = Path(__file__).parent.parent / "scoring" / "cases"


def of_rulebooks() -> list[dict[str, Any]]:
    """Give the rules of every championship of every rulebook, each once."""
    found: list[dict[str, Any]] = []
    for book in (*rulebook.rulebooks(), rulebook.default()):
        for template in book.templates:
            held = [template.usual, *template.years.values()]
            found += [dict(year.rules) for year in held if year.rules not in found]
    return found


def of_cases() -> list[dict[str, Any]]:
    """Give the rules of the made-up seasons with each of their variants."""
    found = []
    for path in sorted(CASES.glob("*.toml")):
        case = tomllib.loads(path.read_text(encoding="utf-8"))
        for variant in ({}, *case.get("variants", {}).values()):
            rules = {**case.get("rules", {}), **variant}
            try:
                parse_rules(rules)
            except RulesError:
                continue  # cases name races by their position, or differ further in ways that only they read
            found.append(rules)
    return found


POINTS = st.sampled_from([0, 1, 25, 12.5, "1/3", "2.5", 0.14])
WORD = st.sampled_from(["race", "sprint", "Pro-Am", "a, b", "été", 'the "B"'])
NUMBER = st.integers(0, 30)
WITHOUT_A_PLACE = st.one_of(
    POINTS, st.sampled_from(["entries", "entries+1", "entries+1/3", "entries+2.5", "entries-1"])
)
ENDS = st.sampled_from(["DNF", "NC", "DNS", "DNQ", "DSQ", "EX", "WD", "absent", "finished"])
BY = st.sampled_from(["points", "wins"])
SCALE = st.one_of(
    st.lists(POINTS, max_size=4),
    st.fixed_dictionaries(
        {},
        optional={
            "places": st.lists(POINTS, max_size=3),
            "tail": POINTS,
            "start": WITHOUT_A_PLACE,
            "dns": WITHOUT_A_PLACE,
            "formula": st.just("position"),
            "status": st.dictionaries(ENDS, WITHOUT_A_PLACE, max_size=4),
        },
    ),
)
SCALE_BY = st.fixed_dictionaries(
    {
        "attribute": st.sampled_from(["share_run", "hours", "round", "starters", "coefficient", "other"]),
        "steps": st.dictionaries(
            st.sampled_from([0, 0.25, "1/3", "0.5", 0.75, 6, 24]), st.sampled_from(["race", "none"]), min_size=1
        ).map(lambda steps: [list(step) for step in sorted(steps.items(), key=lambda step: Fraction(str(step[0])))]),
    },
    optional={"full": st.lists(NUMBER, max_size=2), "session": WORD},
)
PHASE = st.one_of(
    st.fixed_dictionaries({"after_round": NUMBER, "keep": NUMBER}, optional={"by": BY}),
    st.fixed_dictionaries(
        {"after_round": NUMBER, "keep": NUMBER, "set_points": POINTS},
        optional={"by": BY, "carry": st.booleans(), "carry_scale": st.lists(POINTS, max_size=3)},
    ),
)
FILTER = st.fixed_dictionaries(
    {},
    optional={
        "class": WORD,
        "classes": st.lists(WORD, max_size=2),
        "guest": st.sampled_from([True, False, "either"]),
        "registered": st.sampled_from([True, False, "either"]),
        "tags": st.lists(WORD, max_size=2),
        "drivers": st.lists(WORD, max_size=2),
        "team_cars": NUMBER,
    },
)
BONUS = st.fixed_dictionaries(
    {"on": st.sampled_from(["pole", "fastest_lap", "win"]), "points": POINTS},
    optional={
        "scope": st.sampled_from(["overall", "class"]),
        "if_ineligible": st.sampled_from(["nobody", "next"]),
        "if": st.fixed_dictionaries({}, optional={"top": NUMBER, "classified": st.booleans(), "min_share_run": POINTS}),
        "ties": st.sampled_from(["all", "split", "first"]),
        "pays": st.lists(st.sampled_from(["driver", "team"]), max_size=2),
        "session": WORD,
        "multiplied": st.booleans(),
        "carry": st.booleans(),
    },
)
STEP = st.one_of(
    st.sampled_from(["countback", "last_achieved", "decision"]),
    st.fixed_dictionaries(
        {
            "countback": st.fixed_dictionaries(
                {},
                optional={
                    "results": st.sampled_from(["all", "kept"]),
                    "depth": st.sampled_from(["all", "scoring"]),
                    "sessions": st.lists(WORD, max_size=2),
                    "cars": st.sampled_from([1, "all", "scoring"]),
                },
            )
        }
    ),
)
DECISION = st.one_of(
    st.fixed_dictionaries(
        {
            "kind": st.just("points_delta"),
            "subject": NUMBER,
            "points": st.sampled_from([-3, 2.5, "-1/2"]),
            "reason": WORD,
        },
        optional={"race": NUMBER, "visible_from": NUMBER},
    ),
    st.fixed_dictionaries(
        {"kind": st.just("no_points"), "subject": NUMBER, "race": NUMBER, "reason": WORD},
        optional={"position": NUMBER, "entry": NUMBER},
    ),
    st.fixed_dictionaries(
        {"kind": st.just("exclude"), "subject": NUMBER, "reason": WORD},
        optional={"keep": st.booleans(), "text": WORD, "race": NUMBER},
    ),
    st.fixed_dictionaries(
        {"kind": st.just("tie_order"), "reason": WORD, "order": st.lists(NUMBER, min_size=1, max_size=6)}
    ),
)
FURTHER: dict[str, st.SearchStrategy[Any]] = {
    "subject": st.sampled_from(["driver", "crew", "team"]),
    "title": st.booleans(),
    "filter": FILTER,
    "eligible": FILTER,
    "ineligible": st.sampled_from(["rerank", "void"]),
    "rank_within": st.sampled_from(["overall", "class", "championship"]),
    "classified": st.sampled_from(["given", {"min_share": 0.75}, {"min_share": "3/4", "of": "class_winner"}, {}]),
    "sessions": st.sampled_from([[], ["race"]]),
    "scale_by": SCALE_BY,
    "phases": st.lists(PHASE, max_size=3),
    "entries": NUMBER,
    "round_multiplier": st.dictionaries(st.sampled_from(["2", "14"]), POINTS),
    "round_points_to": st.sampled_from([0, 2, {}, {"decimals": 1, "half": "down"}, "exact"]),
    "only_rounds": st.lists(NUMBER, max_size=3),
    "exclude_rounds": st.lists(NUMBER, max_size=3),
    "shared": st.sampled_from(["split", "none", "full", "each"]),
    "min_drive": st.sampled_from(["25 min", "1/3", 0.25, 0, "25min"]),
    "bonuses": st.lists(BONUS, max_size=3),
    "cars": st.sampled_from(["all", 0, 1, 2, "3"]),
    "cars_by": st.sampled_from(["position", "nominated"]),
    "others_move_up": st.booleans(),
    "bonus_for_cars": st.sampled_from(["all", "scoring"]),
    "direction": st.sampled_from(["high", "low"]),
    "unit": st.sampled_from(["session", "round"]),
    "best_of_round": st.sampled_from(["all", 1, 2]),
    "segments": st.lists(st.sampled_from([{"best": 4}, {"from": 2, "to": 8, "drop": 1}, {"drop": 0}]), max_size=2),
    "drop_bonus": st.booleans(),
    "absent": st.booleans(),
    "equal_worst": st.sampled_from(["latest", "earliest"]),
    "not_droppable": st.lists(st.sampled_from(["DSQ", {"tag": "finale"}, {"tag": "DSQ"}]), max_size=2, unique_by=str),
    "min_scores": st.sampled_from([0, 3, {"starts": 2}, {"finishes": 4}, {}]),
    "tiebreak": st.lists(STEP, max_size=3),
    "listed": st.sampled_from(["scorers", "classified", "started", {"classified": ["race"]}, {"classified": []}]),
    "adjustments": st.lists(DECISION, max_size=2),
}
SCALES = st.fixed_dictionaries({"race": SCALE}, optional={"sprint": SCALE})
_SCHEDULE = st.sampled_from([[], [[4, 1]], [["4", 1], [8, 2]]])
#: What a change in mid-season may alter: every key but changes.
_ALTERED = FURTHER | {"scales": SCALES, "drop_schedule": _SCHEDULE}
_SOME_RULES = st.lists(st.sampled_from(sorted(_ALTERED)), max_size=4, unique=True).flatmap(
    lambda keys: st.fixed_dictionaries({key: _ALTERED[key] for key in keys})
)
CHANGE = st.fixed_dictionaries({"race": NUMBER, "reason": WORD, "rules": _SOME_RULES})
_DRAWN = st.fixed_dictionaries(
    {"scales": SCALES},
    optional=FURTHER | {"drop_schedule": _SCHEDULE, "changes": st.lists(CHANGE, max_size=2)},
)


def _can_be_followed(rules: dict[str, Any]) -> bool:
    held = [rules, *({**rules, **change["rules"]} for change in rules.get("changes", []))]
    return not any(one.get("segments") and one.get("drop_schedule") for one in held) and all(
        one.get("best_of_round", "all") == "all" or one.get("unit") == "round" for one in held
    )


#: Rules that can be followed, written in many ways.
drawn = _DRAWN.filter(_can_be_followed)
