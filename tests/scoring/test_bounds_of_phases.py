"""What unknown places could add where some begin anew: against every way in which they may have been taken, and by hand."""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

from hypothesis import given

from racing.terms import OVERALL, Contest, Status
from standings.scoring import Bounds, Entrants, Line, RaceResults, Rules, bound, parse_rules, score
from tests.scoring import against, partly_known

CARS = tuple(Line(key, (100 + key,)) for key in range(1, 5))
#: After the second round the first two begin anew.
RULES: dict[str, Any] = {
    "scales": {"race": [10, 6, 3, 1]},
    "ineligible": "rerank",
    "phases": [{"after_round": 2, "keep": 2, "set_points": 100}],
    "listed": "entered",
}


def _bounds(*orders: Sequence[int | None], **more: Any) -> Bounds:
    """Bound a season after the last race, of which these cars are told in their order, None for one that is not told."""
    rules = parse_rules({**RULES, **more})
    races = [
        RaceResults(
            number,
            number,
            number,
            lines=tuple(
                replace(CARS[car - 1], status=Status.FINISHED, places={(Contest.RACE, OVERALL): place})
                for place, car in enumerate(order, 1)
                if car is not None
            ),
        )
        for number, order in enumerate(orders, 1)
    ]
    return bound(rules, races, score(rules, races), dict.fromkeys((1, 2, 3, 4), Entrants(CARS, others=False)))[-1]


def _ranges(**points: tuple[int, int]) -> dict[int, tuple[Fraction, Fraction]]:
    return {int(key[1:]): (Fraction(least), Fraction(most)) for key, (least, most) in points.items()}


def test_after_races_that_are_known_it_is_known_who_began_anew() -> None:
    bounds = _bounds([1, 2, 3, 4], [1, 2, 3, 4], [4, 3])
    assert bounds.points == _ranges(d101=(100, 103), d102=(100, 103))
    assert bounds.exact


def test_whoever_is_too_far_ahead_to_be_caught_begins_anew_for_certain() -> None:
    bounds = _bounds([1, 2, 3, 4], [1, 2], [3, 4, 1, 2])
    # The third was third again or did not come in: that counts on for those who did not begin anew.
    assert bounds.points == _ranges(d103=(3 + 0 + 10, 3 + 3 + 10), d104=(1 + 0 + 6, 1 + 3 + 6))
    assert bounds.exact


def test_who_began_anew_leads_for_certain_if_nobody_else_who_did_is_level() -> None:
    won, second = [1, 2, 3, 4], [1, 2]
    leader = _bounds(won, second, [1, 2]).lead
    assert leader is not None
    assert (leader.leader, leader.certain) == (101, True)
    leader = _bounds(won, second, [3, 4]).lead
    # Whoever of those who did was third has three points more.
    assert leader is not None
    assert not leader.certain


def test_where_another_may_have_begun_anew_the_bounds_hold_and_are_not_called_exact() -> None:
    bounds = _bounds([1, 2, 3, 4], [1], [3, 4, 1, 2])
    # Six points are to be had: with them the third passes the second, if that has none of the others.
    for subject, (least, most) in _ranges(d102=(7, 101), d103=(13, 110)).items():
        assert bounds.points[subject][0] <= least
        assert (bounds.points[subject][1] or 1000) >= most
    assert not bounds.exact


def test_a_later_phase_is_for_those_of_the_one_before() -> None:
    again = {"phases": [*RULES["phases"], {"after_round": 3, "keep": 1, "set_points": 200}]}
    bounds = _bounds([1, 2, 3, 4], [1, 2], [2, 1, None, 4], [4, 3, 2, 1], **again)
    # Of the two who began anew the second won the third race: it alone began anew once more.
    assert 102 not in bounds.points
    assert 101 not in bounds.points
    assert bounds.exact


@against.EVERY_WAY
@given(partly_known.rules_with_phases(), partly_known.seasons(3))
def test_nobody_is_ahead_of_who_leads_for_certain(rules: Rules, season: against.Season) -> None:
    against.are_within_their_reach(rules, season)


@against.EVERY_WAY
@given(partly_known.rules_with_phases(), partly_known.seasons(3))
def test_the_least_and_the_most_are_those_of_all_completions(rules: Rules, season: against.Season) -> None:
    against.are_those_of_all(*against.completed(rules, season))
