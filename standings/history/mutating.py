"""Rules switched off one by one: a proof that also passes without a rule proves nothing of it.

The names are those of the table in the archive's own `RULES.md`, which says what must fail then.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from standings.history.f1db import CHAMPIONSHIPS, TIEBREAKS, Season, rules_of
from standings.history.proving import final_difference

Rules = dict[str, Any]
Change = Callable[[Season, str, Rules], Rules]
#: Drivers' and constructors' seasons of which the table fails.
Broken = tuple[tuple[int, ...], tuple[int, ...]]

_ROW = re.compile(r"^\|([^|]+)\|\s*\d+ \(([-\d, ]*)\)\s*\|\s*\d+ \(([-\d, ]*)\)\s*\|\s*$")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a change broke, and what it should have."""

    change: str
    broken: Broken
    told: Broken | None


def _without(*keys: str) -> Change:
    return lambda _season, _championship, rules: {key: value for key, value in rules.items() if key not in keys}


def _with(**values: Any) -> Change:
    return lambda _season, _championship, rules: {**rules, **values}


def _where(test: Callable[[Season, str, Rules], bool], change: Change) -> Change:
    return lambda season, championship, rules: (
        change(season, championship, rules) if test(season, championship, rules) else rules
    )


def _merged(_season: Season, _championship: str, rules: Rules) -> Rules:
    halves = rules.get("segments", [])
    if len(halves) < 2:
        return rules
    whole = {"from": halves[0]["from"], "to": halves[-1]["to"], "best": sum(half["best"] for half in halves)}
    return {**rules, "segments": [whole]}


def _any_place(_season: Season, _championship: str, rules: Rules) -> Rules:
    return {**rules, "bonuses": [{**bonus, "if": {}} for bonus in rules.get("bonuses", [])]}


def _no_sprints(_season: Season, _championship: str, rules: Rules) -> Rules:
    return {**rules, "scales": {"race": rules["scales"]["race"]}}


def _swapped(_season: Season, _championship: str, rules: Rules) -> Rules:
    other = {"void": "rerank", "rerank": "void"}
    return {**rules, "ineligible": other[rules["ineligible"]]} if "ineligible" in rules else rules


def _counting(**options: Any) -> Change:
    """Change the options of each countback; None takes one away."""

    def change(_season: Season, _championship: str, rules: Rules) -> Rules:
        steps = []
        for step in rules["tiebreak"]:
            if "countback" in step:
                counted = {**step["countback"], **options}
                step = {"countback": {key: value for key, value in counted.items() if value is not None}}
            steps.append(step)
        return {**rules, "tiebreak": steps}

    return change


def _no_first_achieved(_season: Season, _championship: str, rules: Rules) -> Rules:
    return {**rules, "tiebreak": [step for step in rules["tiebreak"] if "first_achieved" not in step]}


def _without_kind(kind: str) -> Change:
    return lambda _season, _championship, rules: {
        **rules,
        "adjustments": [one for one in rules["adjustments"] if one["kind"] != kind],
    }


def _shared(value: str) -> Callable[[Season, str, Rules], bool]:
    return lambda _season, _championship, rules: rules.get("shared") == value


def _of_makes(_season: Season, championship: str, _rules: Rules) -> bool:
    return championship == "constructors"


ALL_PLACES = [TIEBREAKS["countback_all"]]
PAYING_PLACES = [TIEBREAKS["countback_scoring"]]

CHANGES: Mapping[str, Change] = {
    "nothing removed": lambda _season, _championship, rules: rules,
    "no best-N drops": _without("segments"),
    "split halves merged into one best-N": _merged,
    "no fastest-lap point": _without("bonuses"),
    "fastest lap without the top-10 condition": _any_place,
    "shared cars pay nobody (1950-57)": _where(_shared("split"), _with(shared="none")),
    "shared cars split also from 1958": _where(_shared("none"), _with(shared="split")),
    "constructors: shared cars 1958-60 pay": _where(
        lambda season, championship, rules: championship == "constructors" and rules.get("shared") == "none",
        _with(shared="full"),
    ),
    "no round multipliers (half/double points)": _without("round_multiplier"),
    "no sprint points": _no_sprints,
    "F2 cars not excluded": _without("eligible", "ineligible"),
    "F2 policy swapped (void <-> rerank)": _swapped,
    "constructors: all cars score (1958-78)": _where(_of_makes, _with(cars="all")),
    "constructors: best car only, always": _where(_of_makes, _with(cars=1)),
    "Indianapolis counted for constructors": _where(_of_makes, _without("exclude_rounds")),
    "no tie-break": _with(tiebreak=[]),
    "countback over all positions everywhere": _with(tiebreak=ALL_PLACES),
    "countback over scoring positions everywhere": _with(tiebreak=PAYING_PLACES),
    "no first-achieved step": _no_first_achieved,
    "countback all from 1995 (but 1997)": _where(
        lambda season, _championship, _rules: season.year >= 1995 and season.year != 1997, _with(tiebreak=ALL_PLACES)
    ),
    "countback counts every car of a constructor also before 1979": _where(_of_makes, _counting(cars="all")),
    "countback counts sprints too": _counting(sessions=None),
    "countback over the counted (not dropped) results only": _counting(results="kept"),
    "only scorers listed": _with(listed="scorers"),
    "no adjustments": _with(adjustments=[]),
    "no adjustment of kind no_points": _without_kind("no_points"),
    "no adjustment of kind no_fastest_lap": _without_kind("no_fastest_lap"),
    "no adjustment of kind not_a_sharer": _without_kind("not_a_sharer"),
    "no adjustment of kind points_delta": _without_kind("points_delta"),
    "no adjustment of kind exclude": _without_kind("exclude"),
}


def mutate(seasons: Sequence[Season], told: Mapping[str, Broken]) -> Iterator[Outcome]:
    """Switch each rule off in all seasons and give what that broke, beside what it was told to."""
    held = [(season, kind, rules_of(season, kind)) for season in seasons for kind in season.official]
    plain = {(season.year, kind): final_difference(season, kind, rules) for season, kind, rules in held}
    for name, change in CHANGES.items():
        broken: dict[str, list[int]] = {kind: [] for kind in CHAMPIONSHIPS}
        for season, kind, rules in held:
            changed = change(season, kind, rules)
            same = changed == rules
            if plain[season.year, kind] if same else final_difference(season, kind, changed):
                broken[kind].append(season.year)
        found = tuple(broken["drivers"]), tuple(broken["constructors"])
        yield Outcome(name, found, told.get(name))


def told_in(path: Path, years: Sequence[int]) -> dict[str, Broken]:
    """Read from a `RULES.md` what each change must break, as far as it concerns these years; empty without the file."""
    if not path.exists():
        return {}
    found: dict[str, Broken] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        row = _ROW.match(line)
        if row:
            drivers, constructors = (_years(text, years) for text in row.group(2, 3))
            found[row[1].strip()] = drivers, constructors
    return found


def _years(text: str, among: Sequence[int]) -> tuple[int, ...]:
    found: set[int] = set()
    for piece in filter(None, text.replace(" ", "").split(",")):
        first, _, last = piece.partition("-")
        found.update(range(int(first), int(last or first) + 1))
    return tuple(sorted(found.intersection(among)))


def spans(years: Sequence[int]) -> str:
    """Write years as spans: "1950-1957, 1967"."""
    pieces: list[list[int]] = []
    for year in years:
        if pieces and pieces[-1][-1] == year - 1:
            pieces[-1].append(year)
        else:
            pieces.append([year])
    return ", ".join(str(piece[0]) if len(piece) == 1 else f"{piece[0]}-{piece[-1]}" for piece in pieces)
