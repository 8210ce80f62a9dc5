"""Who may have led the most laps where it is not told of all, against every way in which cars may have led."""

from dataclasses import replace
from fractions import Fraction
from typing import Any

from hypothesis import given

from racing.terms import OVERALL, Contest, Status
from standings.scoring import Bounds, Entrants, Line, RaceResults, Rules, Subject, bound, parse_rules, score
from tests.scoring import against, partly_known

CARS = tuple(Line(key, (100 + key,), team=201) for key in (1, 2, 3))
PAID: dict[str, Any] = {"scales": {"race": [5]}, "bonuses": [{"on": "most_laps_led", "points": 2}], "listed": "entered"}
#: More than elsewhere, since each may have led any number of laps.
WAYS = 400


def _bounds(*led: int | None, others: bool = False, **more: Any) -> Bounds:
    """Bound a race of which is told who came in where, and of some how many laps they led."""
    lines = [
        replace(car, status=Status.FINISHED, laps_led=laps, places={(Contest.RACE, OVERALL): place})
        for place, (car, laps) in enumerate(zip(CARS, led, strict=True), 1)
    ]
    races = [RaceResults(1, 1, 1, lines=tuple(lines))]
    rules = parse_rules({**PAID, **more})
    (bounds,) = bound(rules, races, score(rules, races), {1: Entrants(CARS, others=others)})
    return bounds


def test_who_led_no_lap_never_led_most_of_them() -> None:
    bounds = _bounds(0, None, 3)
    assert 101 not in bounds.points
    assert bounds.points[102] == (Fraction(0), Fraction(2))
    assert bounds.points[103] == (Fraction(0), Fraction(2))
    assert bounds.exact


def test_who_led_fewer_laps_than_another_is_known_to_have_never_led_most_of_them() -> None:
    bounds = _bounds(2, None, 3)
    assert 101 not in bounds.points
    assert bounds.exact


def test_somebody_whom_nobody_has_listed_may_have_led_more() -> None:
    bounds = _bounds(0, 0, 3, others=True)
    assert bounds.points == {103: (Fraction(0), Fraction(2))}
    assert bounds.exact


def test_of_two_of_one_team_who_alone_led_one_led_most_but_no_range_is_called_exact_that_does_not_know_it() -> None:
    bounds = _bounds(0, None, 3, subject="team")
    least, most = bounds.points[201]
    assert least is not None
    assert least <= 7
    assert most == 9
    assert not bounds.exact


def test_of_two_who_led_as_many_laps_one_is_not_told_to_have_caught_the_other_by_leading_most() -> None:
    lead = _bounds(1, None, 1, scales={"race": [5, 1, 4]}, subject="crew").lead
    # Both have the bonus, or neither.
    assert lead is not None
    assert lead.leader == 1
    assert lead.certain or not lead.proven


def test_who_leads_by_having_led_most_laps_is_caught_if_another_led_more() -> None:
    lead = _bounds(1, None, 2, scales={"race": [5, 1, 4]}, subject="crew").lead
    assert lead is not None
    assert (lead.leader, lead.certain, lead.rival, lead.proven) == (3, False, 1, True)


@against.EVERY_WAY
@given(partly_known.rules_with_laps_led(), partly_known.seasons_with_laps_led(3))
def test_the_least_and_the_most_are_those_of_all_who_may_have_led(rules: Rules, season: against.Season) -> None:
    against.are_those_of_all(*against.completed(rules, season, WAYS))


@against.EVERY_WAY
@given(partly_known.rules_with_laps_led(), partly_known.seasons_with_laps_led(3))
def test_they_are_exact_for_one_car_each_where_it_is_not_told_how_many_started(
    rules: Rules, season: against.Season
) -> None:
    races, entrants = season
    alone = replace(rules, subject=Subject.CREW, best_of_round=None, not_droppable=frozenset())
    against.are_exactly_those_of_all(
        *against.completed(alone, ([replace(race, starters=None) for race in races], entrants), WAYS)
    )


@against.EVERY_WAY
@given(partly_known.rules_with_laps_led(), partly_known.seasons_with_laps_led(3))
def test_a_lead_is_certain_only_if_it_is_whoever_led(rules: Rules, season: against.Season) -> None:
    against.is_certain_where_it_is_told(*against.completed(rules, season, WAYS))


@against.EVERY_WAY
@given(partly_known.rules_with_laps_led(), partly_known.seasons_with_laps_led(3))
def test_nobody_is_beyond_his_positions_whoever_led(rules: Rules, season: against.Season) -> None:
    against.are_within_their_reach(rules, season)
