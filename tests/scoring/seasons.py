"""Random seasons and rules for the laws: every kind of field, places known in part, ties in plenty."""

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
        "round_multiplier": draw(st.sampled_from([{}, {2: 2, 3: 0.5}])),
        "bonuses": [bonus] if draw(st.booleans()) else [],
        "cars": draw(st.sampled_from(["all", 1, 2])),
        "segments": draw(st.sampled_from(SEGMENTS)),
        "drop_bonus": draw(st.booleans()),
        "listed": draw(st.sampled_from(["started", "classified"])),
    }
    return parse_rules(data)
