"""Cars that are told to have run too few laps to be paid: each holds its place all the same, unless a title has its own."""

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

from hypothesis import given

from racing.terms import OVERALL, Contest, Status
from standings.scoring import Bounds, Entrants, Line, RaceResults, Rules, Subject, bound, parse_rules, score
from tests.scoring import against, partly_known

CARS = tuple(Line(key, (100 + key,)) for key in (1, 2, 3))
PAID: Mapping[str, Any] = {
    "scales": {"race": [6, 4, 2]},
    "classified": {"min_share": "3/4"},
    "ineligible": "rerank",
    "listed": "entered",
}


def _bounds(**more: Any) -> Bounds:
    """Bound a race that the first car won, of which the second ran half the laps, and all three came in."""
    finished = [replace(car, status=Status.FINISHED) for car in CARS]
    won = replace(finished[0], laps=20, places={(Contest.RACE, OVERALL): 1})
    races = [RaceResults(1, 1, 1, starters=3, lines=(won, replace(finished[1], laps=10), finished[2]))]
    rules = parse_rules({**PAID, **more})
    (bounds,) = bound(rules, races, score(rules, races), {1: Entrants(CARS, others=False)})
    return bounds


def test_who_ran_too_few_laps_may_have_held_the_place_ahead_and_is_paid_for_none() -> None:
    bounds = _bounds()
    assert bounds.points == {103: (Fraction(2), Fraction(4))}
    assert bounds.exact


def test_who_ran_too_few_laps_takes_part_all_the_same() -> None:
    bounds = _bounds(bonuses=[{"on": "participation", "points": 1}, {"on": "fastest_lap", "points": 1}])
    assert bounds.points[102] == (Fraction(1), Fraction(2))
    assert bounds.exact


def test_a_bonus_that_asks_for_a_classified_car_is_none_of_his() -> None:
    bounds = _bounds(bonuses=[{"on": "fastest_lap", "points": 1, "if": {"classified": True}}])
    assert 102 not in bounds.points
    assert bounds.points[103] == (Fraction(2), Fraction(5))
    assert bounds.exact


def test_where_a_title_numbers_its_own_those_behind_move_up() -> None:
    rules = parse_rules({**PAID, "rank_within": "championship"})
    finished = [replace(car, status=Status.FINISHED) for car in CARS]
    told = (
        replace(finished[0], laps=20, places={(Contest.RACE, OVERALL): 1}),
        replace(finished[1], laps=10),
        replace(finished[2]),
        Line(4, (104,), status=Status.FINISHED),
    )
    races = [RaceResults(1, 1, 1, starters=4, lines=told)]
    (bounds,) = bound(rules, races, score(rules, races), {1: Entrants((*CARS, told[3]), others=False)})
    # Whoever of the other two came in first is second.
    assert bounds.points == {103: (Fraction(2), Fraction(4)), 104: (Fraction(2), Fraction(4))}
    assert bounds.exact


@against.EVERY_WAY
@given(partly_known.rules_with_laps(), partly_known.seasons_with_laps(3))
def test_the_least_and_the_most_are_those_of_all_completions(rules: Rules, season: against.Season) -> None:
    against.are_those_of_all(*against.completed(rules, season))


@against.EVERY_WAY
@given(partly_known.rules_with_laps(), partly_known.seasons_with_laps(3))
def test_they_are_exact_for_one_car_each(rules: Rules, season: against.Season) -> None:
    alone = replace(rules, subject=Subject.CREW, best_of_round=None, not_droppable=frozenset(), drop_bonus=True)
    against.are_exactly_those_of_all(*against.completed(alone, season))


@against.EVERY_WAY
@given(partly_known.rules_with_laps(), partly_known.seasons_with_laps(3))
def test_a_lead_is_certain_only_if_it_is_in_all_of_them(rules: Rules, season: against.Season) -> None:
    against.is_certain_where_it_is_told(*against.completed(rules, season))


@against.EVERY_WAY
@given(partly_known.rules_with_laps(), partly_known.seasons_with_laps(3))
def test_nobody_is_beyond_his_positions_in_any_of_them(rules: Rules, season: against.Season) -> None:
    against.are_within_their_reach(rules, season)
