"""Random seasons and rules for the laws: every kind of field, places known in part, ties in plenty."""

from dataclasses import replace
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

from racing.terms import OVERALL, TRACK, Contest, Status
from standings.scoring import Line, RaceResults, Rules, parse_rules

CLASSES = ("Pro", "Am")


@st.composite
def races(draw: st.DrawFn, most: int = 6) -> list[RaceResults]:
    """Draw a season of up to so many races: one to eight entries, some of them guests, crews of one or two, three teams."""
    size = draw(st.integers(1, 8))
    entries = [
        Line(
            entry=key,
            drivers=draw(st.sampled_from([(100 + key,), (100 + key, 200 + key), (100 + key, 101)])),
            team=draw(st.sampled_from([None, 301, 302, 303])),
            guest=draw(st.booleans()) and draw(st.booleans()),
            classes=frozenset({draw(st.sampled_from(CLASSES))} | ({"Rookie"} if draw(st.booleans()) else set())),
        )
        for key in range(1, size + 1)
    ]
    return [_race(draw, key, entries) for key in range(1, draw(st.integers(1, most)) + 1)]


def _race(draw: st.DrawFn, key: int, entries: list[Line]) -> RaceResults:
    order = draw(st.permutations(entries))
    told = draw(st.integers(0, len(order)))
    places: dict[int, dict[tuple[Contest, str], int]] = {line.entry: {} for line in order}
    for contest, known in ((Contest.RACE, told), (Contest.QUALIFYING, draw(st.integers(0, 1)) * len(order))):
        counted: dict[str, int] = {}
        for line in order[:known]:
            for ranking in (TRACK, *(() if line.guest else (OVERALL, *sorted(line.classes)))):
                counted[ranking] = counted.get(ranking, 0) + 1
                places[line.entry][contest, ranking] = counted[ranking]
    lines = tuple(
        Line(
            line.entry,
            line.drivers,
            line.team,
            line.guest,
            line.classes,
            draw(st.sampled_from([None, *[Status.FINISHED] * 4, Status.DNF, Status.DSQ, Status.DNS])),
            places[line.entry],
        )
        for line in order
        if draw(st.integers(0, 5))
    )
    return RaceResults(key=key, round=key, number=key, cancelled=draw(st.integers(0, 7)) == 7, lines=lines)


SEGMENTS: list[list[dict[str, int]]] = [
    [],
    [{"best": 2}],
    [{"drop": 1}],
    [{"from": 1, "to": 4, "drop": 1}],
    [{"from": 2, "to": 5, "best": 2}],
]


@st.composite
def rules(draw: st.DrawFn) -> Rules:
    """Draw rules of the core: subject, class, guests, scale, factor, bonuses, cars, drops."""
    bonus = {
        "on": "pole",
        "points": draw(st.sampled_from([1, 0.5])),
        "scope": draw(st.sampled_from(["overall", "class"])),
        "if_ineligible": draw(st.sampled_from(["nobody", "next"])),
    }
    data: dict[str, Any] = {
        "subject": draw(st.sampled_from(["driver", "crew", "team"])),
        "ineligible": draw(st.sampled_from(["rerank", "void"])),
        "rank_within": draw(st.sampled_from(["overall", "class"])),
        "filter": draw(st.sampled_from([{}, {"class": "Am"}, {"classes": ["Am", "Rookie"]}])),
        "scales": {"race": draw(st.sampled_from([[3, 2, 1], [2, 2, 2], {"places": [5, "5/2"], "tail": "1/3"}]))},
        "round_multiplier": draw(st.sampled_from([{}, {2: 2, 3: 0.5}, {2: "1/3"}])),
        "bonuses": [bonus] if draw(st.booleans()) else [],
        "cars": draw(st.sampled_from(["all", 1, 2])),
        "segments": draw(st.sampled_from(SEGMENTS)),
        "drop_bonus": draw(st.booleans()),
        "listed": draw(st.sampled_from(["started", "classified"])),
    }
    return parse_rules(data)


@st.composite
def rare_races(draw: st.DrawFn, most: int = 5) -> list[RaceResults]:
    """Draw a season with sprints, distances, times at the wheel, laps led, and places known in part."""
    return [_rarer(draw, race) for race in draw(races(most))]


def _rarer(draw: st.DrawFn, race: RaceResults) -> RaceResults:
    share = draw(st.sampled_from([None, "0.2", "0.5", "1"]))
    return replace(
        race,
        round=(race.key + 1) // 2,
        number=(race.key + 1) // 2,
        session=draw(st.sampled_from(["race", "race", "sprint"])),
        attributes={} if share is None else {"share_run": Fraction(share)},
        tags=frozenset(["finale"] if draw(st.integers(0, 4)) == 0 else []),
        lines=tuple(_rarer_line(draw, line) for line in race.lines),
    )


def _rarer_line(draw: st.DrawFn, line: Line) -> Line:
    return replace(
        line,
        make=draw(st.sampled_from([None, 501, 502])),
        registered=draw(st.integers(0, 3)) > 0,
        nominated=draw(st.booleans()),
        laps=draw(st.sampled_from([None, 40, 35, 20])),
        laps_led=draw(st.sampled_from([None, 0, 5])),
        drive={driver: Fraction(draw(st.sampled_from([10, 25, 40]))) for driver in line.drivers},
    )


@st.composite
def rare_rules(draw: st.DrawFn) -> Rules:
    """Draw rules of the rarer kinds, high points or low."""
    low = draw(st.integers(0, 3)) == 0
    high_scales = [[3, 2, 1], {"places": [9, 5], "tail": 2, "start": 1, "dns": "1/2"}]
    low_scale = {"formula": "position", "status": dict.fromkeys(["DNF", "DNS", "DSQ", "absent"], "entries+1")}
    bonuses = [
        {"on": "pole", "points": 1, "ties": draw(st.sampled_from(["all", "split"]))},
        {"on": draw(st.sampled_from(["lap_led", "win", "participation"])), "points": 2, "if": {"classified": True}},
    ]
    data: dict[str, Any] = {
        "subject": draw(st.sampled_from(["driver", "driver", "crew", "make"])),
        "direction": "low" if low else "high",
        "eligible": draw(st.sampled_from([{}, {"registered": True}])),
        "ineligible": draw(st.sampled_from(["rerank", "void"])),
        "rank_within": draw(st.sampled_from(["overall", "championship"])),
        "classified": draw(st.sampled_from(["given", {"min_share": 0.75}, {"min_share": 0.5, "flag": True}])),
        "scales": {"race": low_scale if low else draw(st.sampled_from(high_scales)), "sprint": [2, 1], "half": [1]},
        "sessions": draw(st.sampled_from([["race"], ["race", "sprint"]])),
        "entries": 9,
        "round_multiplier": draw(st.sampled_from([{}, {2: 1.5}, {1: "2/7"}])),
        "shared": draw(st.sampled_from(["each", "split", "none"])),
        "bonuses": [] if low else draw(st.sampled_from([[], bonuses[:1], bonuses])),
        "cars": draw(st.sampled_from(["all", 1, 2])),
        "unit": draw(st.sampled_from(["round", "session"])),
        **draw(st.sampled_from([{}, {}, {"unit": "round", "best_of_round": 1}])),
        "not_droppable": draw(st.sampled_from([[], [{"tag": "finale"}]])),
        "tiebreak": draw(
            st.sampled_from([["countback"], ["best_scores", "last_race"], ["last_race", "countback"], []])
        ),
        "listed": draw(st.sampled_from(["started", "classified", "entered"])),
    }
    if draw(st.booleans()):
        data["min_drive"] = draw(st.sampled_from(["25 min", 0.3]))
    if draw(st.booleans()) and not low:
        data["scale_by"] = {
            "attribute": "share_run",
            "steps": [[0, "none"], [0.25, "half"], [0.75, "race"]],
            "full": [1],
        }
    if draw(st.booleans()):
        data["drop_schedule"] = [[2, 1], [4, 2]]
    else:
        data["segments"] = draw(st.sampled_from([*SEGMENTS, [{"to": 2, "best": 1}, {"from": 3, "to": 4, "best": 1}]]))
    if draw(st.booleans()):
        data["round_points_to"] = draw(st.sampled_from([0, {"decimals": 0, "half": "down"}, "exact"]))
    return parse_rules(data)
