"""What unknown places could add, against every way in which they may have been taken."""

import pytest
from hypothesis import given

from standings.scoring import Rules, many_cars, together
from tests.scoring import against, partly_known


@against.EVERY_WAY
@given(partly_known.rules(), partly_known.seasons(3))
def test_the_least_and_the_most_are_those_of_all_completions(rules: Rules, season: against.Season) -> None:
    against.are_those_of_all(*against.completed(rules, season))


@against.EVERY_WAY
@given(partly_known.rules_by_starters(), partly_known.seasons(3))
def test_where_it_depends_on_the_starters_what_is_paid_they_are_so_too(rules: Rules, season: against.Season) -> None:
    against.are_those_of_all(*against.completed(rules, season))


@against.EVERY_WAY
@given(partly_known.rules_with_qualifying(), partly_known.seasons(2))
def test_where_places_in_qualifying_are_paid_they_are_so_too(rules: Rules, season: against.Season) -> None:
    against.are_those_of_all(*against.completed(rules, season))


@against.EVERY_WAY
@given(partly_known.rules_with_laps(), partly_known.seasons(3))
def test_where_it_takes_so_many_laps_to_be_paid_they_are_so_too(rules: Rules, season: against.Season) -> None:
    against.are_those_of_all(*against.completed(rules, season))


@against.EVERY_WAY
@given(partly_known.rules() | partly_known.rules_by_starters(), partly_known.seasons(3))
def test_a_lead_is_certain_if_nobody_is_level_or_ahead_in_any_completion(rules: Rules, season: against.Season) -> None:
    against.is_certain_where_it_is_told(*against.completed(rules, season))


@against.EVERY_WAY
@given(partly_known.rules() | partly_known.rules_by_starters() | partly_known.rarer_rules(), partly_known.seasons(3))
def test_nobody_is_ever_ahead_of_the_best_or_behind_the_worst_position(rules: Rules, season: against.Season) -> None:
    against.are_within_their_reach(rules, season)


@against.EVERY_WAY
@given(partly_known.rarer_rules(), partly_known.seasons(3))
def test_under_the_rarer_rules_no_completion_lies_beyond_the_bounds(rules: Rules, season: against.Season) -> None:
    against.none_lies_beyond(*against.completed(rules, season))


@against.EVERY_WAY
@given(partly_known.rules(), partly_known.seasons(3))
def test_where_the_ways_of_several_cars_are_too_many_to_look_at_no_completion_lies_beyond_the_bounds(
    rules: Rules, season: against.Season
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(together, "WAYS", 0)
        patch.setattr(together, "MANY_WAYS", 0)
        patch.setattr(many_cars, "BEGINNINGS", 0)
        found = against.completed(rules, season)
    against.none_lies_beyond(*found)
