"""Random seasons of which a part is told: a true outcome, of which most is forgotten."""

from dataclasses import replace
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

from racing.terms import OVERALL, TRACK, Contest, Status
from standings.scoring import Entrants, Line, RaceResults, Rules, parse_rules
from standings.scoring.rules import Bonus, Classified, Decision, DecisionKind, Phase, Ranking, Scale, ScaleBy, Subject

Told = dict[int, dict[tuple[Contest, str], int]]


@st.composite
def seasons(
    draw: st.DrawFn, cars: int = 4, most: int = 3, *, forgetful: bool = False, across: bool = False
) -> tuple[list[RaceResults], dict[int, Entrants]]:
    """Draw a season of up to so many races and who may have taken part in each.

    If asked some cars' classes are forgotten, and a further class runs across the others.
    """
    classes = [frozenset({"Pro"}), frozenset({"Am"})]
    if across:
        classes += [frozenset({"Pro", "Rookie"}), frozenset({"Am", "Rookie"})]
    listed = [
        Line(
            entry=key,
            drivers=draw(st.sampled_from([(100 + key,), (100 + key,), (100 + key, 200 + key), (100 + key, 101)])),
            team=draw(st.sampled_from([301, 302, None])),
            guest=draw(st.integers(0, 5)) == 0,
            classes=draw(st.sampled_from(classes)),
            registered=draw(st.integers(0, 5)) > 0,
        )
        for key in range(1, draw(st.integers(2, cars)) + 1)
    ]
    races, entrants = [], {}
    pairs = draw(st.booleans())
    for key in range(1, draw(st.integers(1, most)) + 1):
        race, able = _race(draw, key, listed)
        if forgetful:
            race, able = _forgetting(draw, race, able)
        if pairs:
            race = replace(race, round=(key + 1) // 2, number=(key + 1) // 2)
        races.append(race)
        entrants[key] = able
    return races, entrants


def _race(draw: st.DrawFn, key: int, listed: list[Line]) -> tuple[RaceResults, Entrants]:
    here = [line for line in listed if draw(st.integers(0, 9))]
    others = draw(st.integers(0, 2)) == 0
    order = draw(st.permutations(here))
    finished = draw(st.integers(0, len(order)))
    ran = list(order[:finished])
    if others and draw(st.booleans()):
        ran.insert(draw(st.integers(0, len(ran))), Line(99, classes=frozenset({"Am"})))
    places: Told = {line.entry: {} for line in here}
    _tell(draw, places, ran, Contest.RACE)
    for contest in (Contest.QUALIFYING, Contest.FASTEST_LAP):
        if draw(st.booleans()):
            _tell(draw, places, list(draw(st.permutations(here))), contest)
    lines = []
    for line in here:
        status = None
        if line in ran:
            status = draw(st.sampled_from([None, Status.FINISHED]))
            status = Status.FINISHED if any(of is Contest.RACE for of, _ in places[line.entry]) else status
        elif draw(st.booleans()):
            status = draw(st.sampled_from([Status.DNF, Status.DSQ, Status.DNS]))
        if places[line.entry] or status is not None or draw(st.booleans()):
            lines.append(replace(line, places=places[line.entry], status=status))
    if draw(st.integers(0, 9)) == 0:
        lines = []
    own = {line.entry for line in here if not line.guest}
    stopped = [line.entry for line in lines if line.status in (Status.DNF, Status.DSQ) and line.entry in own]
    fewest = sum(1 for line in ran if line.entry in {*own, 99}) + len(stopped)
    started = draw(st.sampled_from([fewest, len(own) + (len(ran) > finished)]))
    race = RaceResults(
        key=key,
        round=key,
        number=key,
        cancelled=draw(st.integers(0, 19)) == 0,
        starters=started if started and draw(st.integers(0, 2)) == 0 else None,
        lines=tuple(lines),
        attributes={} if draw(st.booleans()) else {"share_run": Fraction(1)},
    )
    unsure = frozenset(["share_run"] if draw(st.booleans()) else [])
    return race, Entrants(tuple(here), others, unsure)


def _forgetting(draw: st.DrawFn, race: RaceResults, able: Entrants) -> tuple[RaceResults, Entrants]:
    """Forget of some cars in which class they ran, or that it need not have been the only one."""
    kept = {line.entry: draw(st.sampled_from([True, False, False])) for line in able.listed if draw(st.booleans())}

    def forgotten(line: Line) -> Line:
        if line.entry not in kept:
            return line
        return replace(line, classes=line.classes if kept[line.entry] else frozenset(), more_classes=True)

    return (
        replace(race, lines=tuple(map(forgotten, race.lines))),
        replace(able, listed=tuple(map(forgotten, able.listed))),
    )


def _tell(draw: st.DrawFn, places: Told, order: list[Line], contest: Contest) -> None:
    """Tell some places of an order: the first ones, any of them, or none, in each of the rankings."""
    counts: dict[str, int] = {}
    names = sorted({"Pro", "Am"}.union(*(line.classes for line in order)))
    told = {ranking: draw(st.sampled_from(["first", "first", "any", "none"])) for ranking in (*names, TRACK)}
    told[OVERALL] = draw(st.sampled_from(["first", "first", "any"]))
    first = {ranking: draw(st.integers(0, 3)) for ranking in told}
    for line in order:
        for ranking in (TRACK, *(() if line.guest else (OVERALL, *sorted(line.classes)))):
            counts[ranking] = place = counts.get(ranking, 0) + 1
            if line.entry not in places:
                continue
            known = told[ranking] == "first" and place <= first[ranking]
            if known or (told[ranking] == "any" and draw(st.booleans())):
                places[line.entry][contest, ranking] = place


@st.composite
def rules(draw: st.DrawFn) -> Rules:
    """Draw rules of which every bound is exact where it is told that it is."""
    bonuses = [
        {
            "on": draw(st.sampled_from(["pole", "fastest_lap"])),
            "points": draw(st.sampled_from([1, "1/2"])),
            "scope": draw(st.sampled_from(["overall", "class"])),
            "if_ineligible": draw(st.sampled_from(["nobody", "next"])),
            "if": draw(st.sampled_from([{}, {"top": 1}, {"classified": True}])),
        },
        {"on": draw(st.sampled_from(["win", "participation"])), "points": 2},
    ]
    data: dict[str, Any] = {
        "subject": draw(st.sampled_from(["driver", "driver", "crew", "team"])),
        "ineligible": draw(st.sampled_from(["rerank", "rerank", "void"])),
        "eligible": draw(st.sampled_from([{}, {}, {"registered": True}])),
        "rank_within": draw(st.sampled_from(["overall", "overall", "class", "championship"])),
        "filter": draw(st.sampled_from([{}, {"class": "Am"}])),
        "scales": {"race": draw(st.sampled_from([[3, 2, 1], [5, 2], {"places": [4, 2], "tail": 1, "start": "1/2"}]))},
        "round_multiplier": draw(st.sampled_from([{}, {2: 2}])),
        "bonuses": draw(st.sampled_from([[], [], bonuses[:1], bonuses])),
        "cars": draw(st.sampled_from(["all", 1, 2])),
        "bonus_for_cars": draw(st.sampled_from(["all", "scoring"])),
        "shared": draw(st.sampled_from(["each", "each", "split", "none"])),
        "segments": draw(st.sampled_from([[], [], [{"best": 1}], [{"drop": 1}], [{"from": 1, "to": 3, "drop": 1}]])),
        "drop_bonus": draw(st.booleans()),
        "not_droppable": draw(st.sampled_from([[], [], ["DSQ"]])),
        "listed": "entered",
    }
    if draw(st.integers(0, 3)) == 0:
        data["scales"]["half"] = [1]
        data["scale_by"] = {"attribute": "share_run", "steps": [[0, "half"], [0.5, "race"]]}
    data |= draw(st.sampled_from([{}, {"unit": "round"}, {"unit": "round", "best_of_round": 1}]))
    return parse_rules(data)


@st.composite
def rules_by_starters(draw: st.DrawFn) -> Rules:
    """Draw such rules by which it depends on the number of starters what a race pays."""
    steps = [
        [(0, None), (1, "half"), (2, "race")],
        [(0, "half"), (3, "race")],
        [(0, "half"), (2, "race"), (4, "half")],
        [(2, "half")],
        [(3, None)],
    ]
    half = draw(st.sampled_from([Scale((Fraction(1),)), Scale((Fraction(7), Fraction(6)), tail=Fraction(2))]))
    scale_by = ScaleBy("starters", tuple((Fraction(start), name) for start, name in draw(st.sampled_from(steps))))
    drawn = draw(rules())
    return replace(drawn, scales={**drawn.scales, "half": half}, scale_by=scale_by)


@st.composite
def rules_with_qualifying(draw: st.DrawFn) -> Rules:
    """Draw such rules by which places in qualifying are paid."""
    drawn = draw(rules())
    bonus = Bonus(
        "qualifying_position",
        Contest.QUALIFYING,
        Fraction(1),
        draw(st.sampled_from([Ranking.OVERALL, Ranking.OVERALL, Ranking.CLASS])),
        scale=draw(st.sampled_from([(Fraction(2), Fraction(1)), (Fraction(3),), (Fraction(1), Fraction(2)), ()])),
        classified=draw(st.booleans()),
        top=draw(st.sampled_from([None, None, 1])),
    )
    return replace(drawn, bonuses=(bonus, *(drawn.bonuses if draw(st.booleans()) else ())))


@st.composite
def rules_with_laps(draw: st.DrawFn) -> Rules:
    """Draw such rules by which a car is paid only that ran far enough."""
    share = draw(st.sampled_from([Fraction(1, 2), Fraction(3, 4)]))
    return replace(draw(rules()), classified=Classified(share, of_class=draw(st.booleans()), flag=draw(st.booleans())))


@st.composite
def seasons_with_laps(draw: st.DrawFn, cars: int = 4) -> tuple[list[RaceResults], dict[int, Entrants]]:
    """Draw a season as `seasons` does, with the laps of some."""
    races, entrants = draw(seasons(cars))
    laps = st.sampled_from([None, None, 10, 6])
    told = [replace(race, lines=tuple(replace(line, laps=draw(laps)) for line in race.lines)) for race in races]
    return told, entrants


@st.composite
def rules_with_laps_led(draw: st.DrawFn) -> Rules:
    """Draw such rules by which it is paid to lead the most laps."""
    drawn = draw(rules())
    most = Bonus(
        "most_laps_led",
        Contest.RACE,
        Fraction(2),
        draw(st.sampled_from([Ranking.OVERALL, Ranking.OVERALL, Ranking.CLASS])),
        next_if_ineligible=draw(st.booleans()),
        classified=draw(st.booleans()),
        top=draw(st.sampled_from([None, None, 1])),
    )
    led = Bonus("lap_led", Contest.RACE, Fraction(1), Ranking.OVERALL)
    return replace(drawn, bonuses=(most, led) if draw(st.booleans()) else (most,))


@st.composite
def seasons_with_laps_led(draw: st.DrawFn, cars: int = 4) -> tuple[list[RaceResults], dict[int, Entrants]]:
    """Draw a season as `seasons` does, of one race, with the laps that some led."""
    races, entrants = draw(seasons(cars, 1))
    led = st.sampled_from([None, None, 0, 1, 2])
    told = [
        replace(
            race,
            lines=tuple(
                line if line.status is Status.DNS else replace(line, laps_led=draw(led)) for line in race.lines
            ),
        )
        for race in races
    ]
    return told, entrants


@st.composite
def rules_with_phases(draw: st.DrawFn) -> Rules:
    """Draw such rules by which the first of the table begin anew after some rounds."""
    phases = [
        Phase(after, keep, draw(st.sampled_from([Fraction(10), Fraction(2), None])))
        for after, keep in draw(st.sampled_from([[(1, 1)], [(1, 2)], [(2, 1)], [(2, 2)], [(1, 2), (2, 1)]]))
    ]
    drawn = draw(rules())
    return replace(drawn, phases=tuple(phases), segments=drawn.segments if draw(st.integers(0, 4)) == 0 else ())


@st.composite
def low_rules(draw: st.DrawFn) -> Rules:
    """Draw rules by which few points are good, and it costs some to have missed a race."""
    out = draw(st.sampled_from(["entries+1", 7]))
    ends = {"DNF": out, "DNS": out, "DSQ": draw(st.sampled_from([out, 12]))}
    ends = draw(st.sampled_from([ends, ends, {"DNF": 3}, {}]))
    absent = draw(st.sampled_from([{"absent": "entries+1"}, {"absent": "entries+1"}, {"absent": 5}, {}]))
    scales = [{"formula": "position"}, {"formula": "position"}, {"places": [1, 3], "tail": 6}, {"places": [2, 1]}]
    win = {"on": "win", "points": 3}
    data: dict[str, Any] = {
        "subject": draw(st.sampled_from(["driver", "driver", "crew", "team"])),
        "direction": "low",
        "eligible": draw(st.sampled_from([{}, {}, {"registered": True}])),
        "ineligible": draw(st.sampled_from(["rerank", "void"])),
        "rank_within": draw(st.sampled_from(["overall", "overall", "championship", "class"])),
        "filter": draw(st.sampled_from([{}, {"class": "Am"}])),
        "scales": {"race": {**draw(st.sampled_from(scales)), "status": {**ends, **absent}}},
        "entries": draw(st.sampled_from([9, 9, 0])),
        "round_multiplier": draw(st.sampled_from([{}, {2: 2}])),
        "bonuses": draw(st.sampled_from([[], [], [win], [win, {"on": "fastest_lap", "points": 1}]])),
        "cars": draw(st.sampled_from(["all", "all", 1])),
        "segments": draw(st.sampled_from([[], [], [{"drop": 1}], [{"best": 1}]])),
        "drop_bonus": draw(st.booleans()),
        "not_droppable": draw(st.sampled_from([[], [], ["DSQ"]])),
        "listed": "entered",
    }
    data |= draw(st.sampled_from([{}, {"unit": "round"}, {"unit": "round", "best_of_round": 1}]))
    return parse_rules(data)


@st.composite
def rules_with_decisions(draw: st.DrawFn) -> Rules:
    """Draw such rules with decisions on what somebody earned in the first race or the second."""
    drawn = draw(rules())
    kinds = [DecisionKind.NO_POINTS, DecisionKind.NO_BONUS, DecisionKind.SET_POINTS]
    subjects = {Subject.DRIVER: [101, 102, 103], Subject.CREW: [1, 2, 3]}.get(drawn.subject, [301, 302])
    if drawn.subject is Subject.DRIVER:
        kinds += [DecisionKind.NO_FASTEST_LAP, DecisionKind.NOT_A_SHARER]
    decisions = [_decision(draw, draw(st.sampled_from(kinds)), subjects) for _ in range(draw(st.integers(1, 2)))]
    return replace(drawn, decisions=tuple(decisions))


def _decision(draw: st.DrawFn, kind: DecisionKind, subjects: list[int]) -> Decision:
    one = Decision(kind, "", draw(st.sampled_from(subjects)), draw(st.sampled_from([1, 1, 1, 2])))
    if kind is DecisionKind.SET_POINTS:
        return replace(one, points=draw(st.sampled_from([Fraction(0), Fraction(1), Fraction(-2), Fraction(9)])))
    if kind in (DecisionKind.NO_POINTS, DecisionKind.NOT_A_SHARER):
        return replace(
            one, entry=draw(st.sampled_from([None, None, 1, 2])), position=draw(st.sampled_from([None, None, 1, 2]))
        )
    return one


@st.composite
def rarer_rules(draw: st.DrawFn) -> Rules:
    """Draw rules of which bounds need only hold, be they too wide."""
    low = draw(st.integers(0, 3)) == 0
    low_scale = {"formula": "position", "status": dict.fromkeys(["DNF", "DNS", "DSQ", "absent"], "entries+1")}
    data: dict[str, Any] = {
        "subject": draw(st.sampled_from(["driver", "crew", "team"])),
        "direction": "low" if low else "high",
        "eligible": draw(st.sampled_from([{}, {"registered": True}])),
        "ineligible": draw(st.sampled_from(["rerank", "void"])),
        "rank_within": draw(st.sampled_from(["overall", "championship", "class"])),
        "filter": draw(st.sampled_from([{}, {"classes": ["Am", "Pro"]}])),
        "scales": {"race": low_scale if low else draw(st.sampled_from([[3, 2, 1], [1, 3], {"places": [4], "dns": 2}]))},
        "entries": draw(st.sampled_from([0, 9])),
        "bonuses": [] if low else draw(st.sampled_from([[], [{"on": "qualifying_position", "scale": [2, 1]}]])),
        "cars": draw(st.sampled_from(["all", 1])),
        "others_move_up": draw(st.booleans()),
        "segments": draw(st.sampled_from([[], [{"drop": 1}], [{"best": 1}]])),
        "absent": draw(st.booleans()),
        "not_droppable": draw(st.sampled_from([[], ["DSQ"]])),
        "listed": "entered",
    }
    if draw(st.integers(0, 3)) == 0 and not low:
        data["scales"]["half"] = [1]
        data["scale_by"] = {"attribute": "starters", "steps": [[0, "half"], [3, "race"]]}
    if draw(st.integers(0, 3)) == 0:
        data["segments"] = []
        data["phases"] = [{"after_round": draw(st.sampled_from([1, 2])), "keep": 1, "set_points": 10}]
    if draw(st.integers(0, 3)) == 0:
        data["min_scores"] = 2
    data |= draw(st.sampled_from([{}, {"unit": "round"}, {"unit": "round", "best_of_round": 1}]))
    return parse_rules(data)
