"""What was decided of a subject's points in a race that is partly known, against every way in which the race may have ended."""

from dataclasses import replace
from fractions import Fraction
from typing import Any

from hypothesis import given

from racing.terms import OVERALL, Contest, Status
from standings.scoring import Bounds, Entrants, Line, RaceResults, Rules, bound, parse_rules, score
from standings.scoring.decided import OF_ALL
from standings.scoring.rules import Decision, DecisionKind
from tests.scoring import against, partly_known

CARS = (Line(1, (101,)), Line(2, (102, 103)), Line(3, (104,)))
PAID: dict[str, Any] = {
    "scales": {"race": [6, 4, 2]},
    "bonuses": [{"on": "fastest_lap", "points": 1}],
    "ineligible": "rerank",
    "listed": "entered",
}


def _bounds(decision: Decision, **more: Any) -> tuple[Bounds, ...]:
    """Bound a race of three cars of which the first is known, with what was decided."""
    won = replace(CARS[0], status=Status.FINISHED, places={(Contest.RACE, OVERALL): 1})
    told = [replace(car, status=Status.FINISHED) for car in CARS[1:]]
    races = [RaceResults(1, 1, 1, starters=3, lines=(won, *told))]
    rules = replace(parse_rules({**PAID, **more}), decisions=(decision,))
    return bound(rules, races, score(rules, races), {1: Entrants(CARS, others=False)})


def _points(*points: int) -> tuple[Fraction, ...]:
    return tuple(map(Fraction, points))


def test_whose_points_are_taken_has_none_wherever_he_came_in() -> None:
    (bounds,) = _bounds(Decision(DecisionKind.NO_POINTS, "", 104, 1))
    assert bounds.points == {101: _points(6, 7), 102: _points(2, 5), 103: _points(2, 5)}
    assert bounds.exact


def test_whose_points_are_set_has_those_wherever_he_came_in() -> None:
    (bounds,) = _bounds(Decision(DecisionKind.SET_POINTS, "", 104, 1, Fraction(3)))
    assert 104 not in bounds.points
    assert bounds.exact


def test_whose_bonuses_are_taken_has_the_points_for_his_place() -> None:
    (bounds,) = _bounds(Decision(DecisionKind.NO_BONUS, "", 104, 1))
    assert bounds.points[104] == _points(2, 4)
    assert bounds.exact


def test_of_two_who_shared_a_car_one_may_have_the_fastest_lap_and_the_other_not() -> None:
    (bounds,) = _bounds(Decision(DecisionKind.NO_FASTEST_LAP, "", 102, 1))
    assert bounds.points[102] == _points(2, 4)
    assert bounds.points[103] == _points(2, 5)
    assert bounds.exact


def test_who_did_not_share_a_car_leaves_his_share_to_the_other() -> None:
    (bounds,) = _bounds(Decision(DecisionKind.NOT_A_SHARER, "", 102, 1), shared="split", bonuses=[])
    assert bounds.points == {103: _points(2, 4), 104: _points(2, 4)}
    assert bounds.exact


def test_points_that_are_set_hold_no_bonus_that_would_stay_where_they_are_dropped() -> None:
    lines = [
        replace(car, status=Status.FINISHED, places={(Contest.RACE, OVERALL): place})
        for place, car in enumerate(CARS, 1)
    ]
    races = [RaceResults(key, key, key, starters=3, lines=tuple(lines)) for key in (1, 2)]
    taking_part = [{"on": on, "points": 2} for on in ("participation", "fastest_lap")]
    rules = parse_rules({**PAID, "bonuses": taking_part, "segments": [{"best": 1}], "drop_bonus": False})
    rules = replace(rules, decisions=(Decision(DecisionKind.SET_POINTS, "", 101, 2),))
    bounds = bound(rules, races, score(rules, races), dict.fromkeys((1, 2), Entrants(CARS, others=False)))[-1]
    # Of the first race he has six points, two for taking part, and two for the fastest lap if he set it.
    assert bounds.points[101] == _points(8, 10)
    assert bounds.points[104] == _points(2 + 2 + 2, 2 + 2 + 2 + 2 + 2)
    assert bounds.exact


def test_points_of_a_place_that_he_need_not_have_had_make_no_exact_bounds() -> None:
    (bounds,) = _bounds(Decision(DecisionKind.NO_POINTS, "", 104, 1, position=2))
    # He had two points or, second, none.
    least, most = bounds.points[104]
    assert least == 0
    assert most is not None
    assert most >= 3
    assert not bounds.exact


@against.EVERY_WAY
@given(partly_known.rules_with_decisions(), partly_known.seasons(3, 2))
def test_the_least_and_the_most_are_those_of_all_whatever_was_decided(rules: Rules, season: against.Season) -> None:
    against.are_those_of_all(*against.completed(rules, season))


@against.EVERY_WAY
@given(partly_known.rules_with_decisions(), partly_known.seasons(3, 1))
def test_they_are_exact_where_all_of_a_score_was_taken_or_set(rules: Rules, season: against.Season) -> None:
    taken = [replace(one, position=None, entry=None) for one in rules.decisions if one.kind in OF_ALL]
    plain = replace(rules, best_of_round=None, not_droppable=frozenset(), drop_bonus=True, decisions=tuple(taken))
    against.are_exactly_those_of_all(*against.completed(plain, season))


@against.EVERY_WAY
@given(partly_known.rules_with_decisions(), partly_known.seasons(3, 2))
def test_a_lead_is_certain_only_if_it_is_whatever_was_decided(rules: Rules, season: against.Season) -> None:
    against.is_certain_where_it_is_told(*against.completed(rules, season))


@against.EVERY_WAY
@given(partly_known.rules_with_decisions(), partly_known.seasons(3, 2))
def test_nobody_is_beyond_his_positions_whatever_was_decided(rules: Rules, season: against.Season) -> None:
    against.are_within_their_reach(rules, season)
