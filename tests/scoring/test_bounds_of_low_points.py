"""What unknown places could add where few points are good: against every way in which they may have been taken, and by hand."""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import assume, given

from racing.terms import OVERALL, Contest, Status
from standings.scoring import Bounds, Entrants, Line, RaceResults, Rules, bound, parse_rules, score
from tests.scoring import against, completing, partly_known

CARS = tuple(Line(key, (100 + key,), team=max(key - 1, 1)) for key in range(1, 5))
#: Whoever took part and has no place is paid five points; who did not, ten.
STATUS = {**dict.fromkeys(["DNF", "NC", "DNS", "DNQ", "DSQ", "EX", "WD"], 5), "absent": "entries+1"}
RULES: dict[str, Any] = {
    "direction": "low",
    "scales": {"race": {"formula": "position", "status": STATUS}},
    "entries": 9,
    "listed": "entered",
}


def _told(car: int, place: int | None) -> Line:
    """Tell of a car, by its number, that it came in; and where, if asked."""
    return replace(
        CARS[car - 1], status=Status.FINISHED, places={} if place is None else {(Contest.RACE, OVERALL): place}
    )


def _bounds(*races: Sequence[Line], others: bool = False, **more: Any) -> Bounds:
    """Bound a season after the last race, of which these lines are told."""
    rules = parse_rules({**RULES, **more})
    told = [RaceResults(key, key, key, lines=tuple(lines)) for key, lines in enumerate(races, 1)]
    return bound(rules, told, score(rules, told), {race.key: Entrants(CARS, others=others) for race in told})[-1]


def test_who_is_not_told_of_was_behind_those_who_are_or_missed_the_race() -> None:
    bounds = _bounds([_told(key, key) for key in range(1, 5)], [_told(1, 1), _told(2, 3)])
    # One of the two was second; of the other nothing is known.
    assert bounds.points == {key: (Fraction(key - 100 + 2), Fraction(key - 100 + 10)) for key in (103, 104)}
    assert bounds.exact


def test_a_team_has_missed_a_race_once_however_many_cars_it_has() -> None:
    bounds = _bounds([_told(key, key) for key in range(1, 5)], [_told(3, 1)], subject="team")
    # Beside the three points that it has: one car came in second, and the other was not there; or neither was.
    assert bounds.points[1] == (Fraction(3 + 2), Fraction(3 + 10))
    assert bounds.exact


def test_it_costs_as_much_as_there_were_cars_which_goes_with_who_took_part() -> None:
    ends = dict.fromkeys(STATUS, "entries+1")
    races = [_told(key, key) for key in range(1, 5)], [_told(1, 1), _told(2, 3)]
    bounds = _bounds(*races, scales={"race": {"formula": "position", "status": ends}}, entries=0)
    # If the third was not there, the fourth was second of three; else it was out in a race of four at worst.
    assert bounds.points == {key: (Fraction(key - 100 + 2), Fraction(key - 100 + 5)) for key in (103, 104)}
    assert bounds.exact
    ends = {"absent": "entries+1"}
    bounds = _bounds(*races, scales={"race": {"places": [], "status": ends}}, entries=0)
    assert bounds.points == {key: (Fraction(0), Fraction(4)) for key in (103, 104)}
    assert bounds.exact


def test_a_place_that_may_be_as_bad_as_any_is_dropped() -> None:
    races = [_told(1, 2), _told(2, 3)], [_told(1, None), _told(2, 1)]
    assert _bounds(*races, others=True).points[101] == (Fraction(2 + 2), None)
    bounds = _bounds(*races, others=True, segments=[{"drop": 1}])
    assert bounds.points[101] == (Fraction(2), Fraction(2))
    assert bounds.exact


def test_where_it_costs_nothing_to_have_missed_a_race_no_bound_is_exact_once_scores_are_dropped() -> None:
    scale = {"formula": "position", "status": {"DNF": 5}}
    races = [_told(1, 2), _told(2, 1)], [_told(1, 1), _told(3, 2)], [_told(3, 1)]
    bounds = _bounds(*races, scales={"race": scale}, segments=[{"drop": 1}])
    # If it missed the last race too, that is the one that does not count, as would be any place but the first.
    least, most = bounds.points[101]
    assert most is not None
    assert least <= 3 <= most
    assert not bounds.exact


def test_a_meeting_that_is_dropped_takes_all_its_races_along() -> None:
    rules = parse_rules(
        {
            "direction": "low",
            "scales": {"race": {"formula": "position", "status": {"DNF": 3}}},
            "unit": "round",
            "segments": [{"drop": 1}],
            "listed": "entered",
        }
    )
    stopped, lapped = replace(CARS[0], status=Status.DNF), replace(CARS[1], places={(Contest.FASTEST_LAP, OVERALL): 1})
    races = [
        RaceResults(key, number, number, starters=len(lines), lines=lines)
        for key, number, lines in ((1, 1, (stopped, lapped)), (2, 1, (_told(1, 1),)), (3, 2, (stopped,)))
    ]
    entrants = {race.key: Entrants(CARS[:2], others=False) for race in races}
    bounds = bound(rules, races, score(rules, races), entrants)[-1]
    # Of three points for a stop and one for the win, and three of another meeting, the three count.
    least = bounds.points.get(101, (Fraction(3), None))[0]
    assert least <= 3


def are_those_of_all_or_without_end(rules: Rules, season: against.Season) -> None:
    """Assert that the bounds are the least and the most of all completions, and that there is none where it has no end."""
    races, entrants = season
    table, bounds, totals = against.completed(rules, season)
    if not any(entrants[race.key].others and race.starters is None for race in races):
        against.are_those_of_all(table, bounds, totals)
        return
    against.none_lies_beyond(table, bounds, totals)
    if bounds is None or not bounds.exact or rules.segments or rules.best_of_round:
        # How bad a place may have been that has no end decides what is dropped: not all of those can be looked at.
        return
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(completing, "FURTHER", 1)
        further = against.completed(rules, season)[2]
    for subject, (least, most) in bounds.points.items():
        possible = [[total.get(subject, Fraction(0)) for total in known] for known in (totals, further)]
        assert least == min(possible[0])
        if most is None:
            assert max(possible[0]) < max(possible[1])
        else:
            assert most == max(possible[0])


def nobody_is_better_than_who_leads_for_certain(rules: Rules, season: against.Season) -> None:
    """Assert that nobody has fewer points than who is told to lead for certain."""
    _, bounds, totals = against.completed(rules, season)
    assume(bounds is not None and bounds.lead is not None)
    assert bounds is not None
    assert bounds.lead is not None
    leader = bounds.lead.leader
    if bounds.lead.certain:
        assert all(total[leader] <= min(total.values()) for total in totals)


@against.EVERY_WAY
@given(partly_known.low_rules(), partly_known.seasons(3))
def test_a_lead_is_certain_if_nobody_has_fewer_points_in_any_completion(rules: Rules, season: against.Season) -> None:
    nobody_is_better_than_who_leads_for_certain(rules, season)


@against.EVERY_WAY
@given(partly_known.low_rules(), partly_known.seasons(3))
def test_the_least_and_the_most_are_those_of_all_completions(rules: Rules, season: against.Season) -> None:
    are_those_of_all_or_without_end(rules, season)
