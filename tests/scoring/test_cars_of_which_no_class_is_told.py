"""Cars of which it is not told in which classes they ran: each may have run in any, as settling has it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

from hypothesis import given

from racing.settling import Starter, settle
from racing.settling import Testimony as Told
from racing.terms import OVERALL, TRACK, Contest, FactKind, Status
from standings.scoring import Bounds, Entrants, Line, RaceResults, Ranking, Rules, Subject, bound, parse_rules, score
from tests.scoring import against, partly_known

ROOKIE = frozenset({"Rookie"})
ROOKIES: Mapping[str, Any] = {
    "filter": {"class": "Rookie"},
    "rank_within": "class",
    "ineligible": "rerank",
    "scales": {"race": [20, 18, 16]},
}
AMES = Line(1, (101,), more_classes=True)
BRAC = Line(2, (102,), classes=ROOKIE, more_classes=True)
CAUX = Line(3, (103,), classes=ROOKIE, more_classes=True)


def _line(car: Line, status: Status | None = Status.FINISHED, **places: int) -> Line:
    told = {(Contest.RACE, OVERALL if name == "overall" else name): place for name, place in places.items()}
    return replace(car, status=status, places=told)


def _bounds(
    races: Sequence[Sequence[Line]],
    listed: Sequence[Line] = (AMES, BRAC, CAUX),
    /,
    *,
    others: bool = False,
    **more: Any,
) -> tuple[Bounds, ...]:
    """Bound a season of races of which these lines are told; nobody ran beside those who are listed."""
    rules = parse_rules({**ROOKIES, **more})
    told = [
        RaceResults(key, key, key, starters=None if others else 3, lines=tuple(own)) for key, own in enumerate(races, 1)
    ]
    return bound(rules, told, score(rules, told), {race.key: Entrants(tuple(listed), others=others) for race in told})


def test_who_came_in_behind_a_car_of_unknown_class_may_have_been_second_of_the_class() -> None:
    first = [_line(CAUX, Rookie=1), _line(BRAC, Rookie=2)]
    (bounds,) = _bounds([first, [_line(AMES, overall=1), _line(BRAC, overall=2)]])
    # In the first race Ames had no better place than the third of the rookies, if he was one.
    assert bounds.points[102] == (Fraction(36), Fraction(38))
    assert bounds.points[103] == (Fraction(20), Fraction(38))
    assert bounds.exact


def test_the_winner_of_whom_no_class_is_told_may_have_won_the_class() -> None:
    (bounds,) = _bounds([[_line(CAUX, Rookie=1)], [_line(AMES, overall=1), _line(BRAC, overall=2)]])
    assert bounds.lead is not None
    assert not bounds.lead.certain


def test_a_place_in_a_class_tells_that_a_car_ran_in_it() -> None:
    second = [_line(AMES, overall=1, Rookie=1), _line(BRAC, overall=2)]
    (bounds,) = _bounds([[_line(CAUX, Rookie=1), _line(BRAC, Rookie=2), _line(AMES, Rookie=3)], second])
    assert bounds.points[102] == (Fraction(36), Fraction(36))


def test_who_ran_in_a_class_that_shuts_out_others_takes_no_place_of_them() -> None:
    ames = replace(AMES, classes=frozenset({"Pro"}), more_classes=False)
    first = [_line(CAUX, Rookie=1), _line(BRAC, Rookie=2), _line(ames, overall=3)]
    second = [_line(ames, overall=1), _line(BRAC, overall=2, Rookie=1), _line(CAUX, overall=3, Rookie=2)]
    assert _bounds([first, second], [ames, BRAC, CAUX]) == ()


def test_a_season_of_which_all_paid_places_of_the_class_are_told_is_whole() -> None:
    dorn = Line(4, (104,), more_classes=True)
    told = [_line(BRAC, Rookie=1), _line(CAUX, Rookie=2), _line(dorn, Rookie=3, overall=5), _line(AMES, overall=1)]
    told[2] = replace(told[2], classes=ROOKIE)
    assert _bounds([told, told], [AMES, BRAC, CAUX, dorn], others=True) == ()


def test_a_place_that_settling_finds_in_a_class_is_never_bounded_otherwise() -> None:
    classes = {1: frozenset[str](), 2: ROOKIE, 3: ROOKIE, 4: frozenset({"Pro"}), 5: frozenset({"Pro", "Rookie"})}
    starters = [Starter(key, classes=own, overlays=own & ROOKIE) for key, own in classes.items()]
    order = [2, 4, 3, 1, 5]
    told = [
        Told(fact=key, entry=key, kind=FactKind.FINISH, ranking=OVERALL, position=place)
        for place, key in enumerate(order, 1)
    ]
    settled = settle(starters, told, [])
    found = {
        result.entry: place.position
        for result in settled.results
        for place in result.places
        if place.ranking == "Rookie"
    }
    assert found == {2: 1, 3: 2}
    cars = {key: Line(key, (100 + key,), classes=own, more_classes=own <= ROOKIE) for key, own in classes.items()}
    lines = [
        _line(cars[key], overall=place, **({"Rookie": found[key]} if key in found else {}))
        for place, key in enumerate(order, 1)
    ]
    entered: dict[str, Any] = {"scales": {"race": [20, 18, 16, 14]}, "listed": "entered"}
    rules = parse_rules({**ROOKIES, **entered})
    races = [RaceResults(1, 1, 1, lines=tuple(lines))]
    (bounds,) = bound(rules, races, score(rules, races), {1: Entrants(tuple(cars.values()))})
    # The last came in behind a car that may be a rookie or not.
    assert bounds.points == {105: (Fraction(14), Fraction(16))}


def test_the_pole_of_a_class_and_a_place_in_it_are_looked_at_together() -> None:
    pro = Line(4, (104,), classes=frozenset({"Pro"}))
    told = [_line(pro, overall=1, Pro=1), _line(AMES, overall=2)]
    # Of the professionals nobody was ahead of Dorn in qualifying: Ames, who was, is none.
    told[1] = replace(told[1], places={**told[1].places, (Contest.QUALIFYING, OVERALL): 1})
    told[0] = replace(
        told[0], places={**told[0].places, (Contest.QUALIFYING, "Pro"): 1, (Contest.QUALIFYING, OVERALL): 2}
    )
    pole = [{"on": "pole", "points": 1, "scope": "class"}]
    (bounds,) = _bounds([told], [AMES, pro], filter={}, bonuses=pole, listed="entered")
    # In whichever class he ran, if in any, he was first of it in both.
    assert bounds.points == {101: (Fraction(0), Fraction(21))}
    assert bounds.exact


def test_who_was_ahead_of_the_first_of_a_class_is_not_paid_by_its_championship_for_a_place_of_all() -> None:
    pro = Line(4, (104,), classes=frozenset({"Pro"}))
    told = [_line(AMES, overall=1), _line(pro, overall=2, Pro=1), _line(BRAC, overall=3)]
    # Ames cannot be a professional; Brac may be one, and has less.
    assert _bounds([told], [AMES, pro, BRAC], filter={"class": "Pro"}, rank_within="overall") == ()


def test_who_was_ahead_of_the_first_of_a_class_in_qualifying_is_none_of_it_though_that_pays_nothing() -> None:
    pro = Line(4, (104,), classes=frozenset({"Pro"}))
    won, second = _line(AMES, overall=1), _line(pro, overall=2)
    grid = {(Contest.QUALIFYING, OVERALL): 1}, {(Contest.QUALIFYING, OVERALL): 2, (Contest.QUALIFYING, "Pro"): 1}
    told = [replace(line, places={**line.places, **own}) for line, own in zip((won, second), grid, strict=True)]
    assert _bounds([told], [AMES, pro], filter={"class": "Pro"}, rank_within="overall") == ()


def _after_cars_of_no_class(count: int, *behind: Line) -> Bounds:
    """Bound a race of which the first few, all of no class, are known, in qualifying too, and what is told of those behind."""
    cars = [Line(key, (100 + key,), more_classes=True) for key in range(11, 11 + count)]
    told = [
        replace(_line(car, overall=place), places={(of, OVERALL): place for of in (Contest.RACE, Contest.QUALIFYING)})
        for place, car in enumerate(cars, 1)
    ]
    pole = [{"on": "pole", "points": 1, "scope": "class"}]
    (bounds,) = _bounds([[*told, *behind]], [*cars, BRAC, CAUX], others=True, bonuses=pole, listed="entered")
    return bounds


def test_cars_ahead_of_the_first_of_a_class_are_none_of_it_however_many_they_are() -> None:
    guest = Line(18, (118,), guest=True, more_classes=True, places={(Contest.QUALIFYING, TRACK): 1})
    bounds = _after_cars_of_no_class(6, _line(BRAC, Rookie=1), _line(CAUX, Rookie=2), guest)
    assert bounds.exact
    # In the race they were ahead of all rookies, so in qualifying the first of these came behind them.
    assert bounds.points == {102: (Fraction(20), Fraction(21)), 103: (Fraction(18), Fraction(19))}


def test_in_which_other_classes_cars_ran_is_left_to_the_order_that_tells_of_them() -> None:
    pro, am = Line(16, (116,), classes=frozenset({"Pro"})), Line(17, (117,), classes=frozenset({"Am"}))
    second = [_line(pro, Pro=1), _line(am, Am=1)]
    bounds = _after_cars_of_no_class(4, _line(BRAC, overall=7), *second)
    assert bounds.exact
    # Any of the four may have been rookies, or none.
    assert bounds.points[102] == (Fraction(0), Fraction(21))


def test_of_two_who_were_each_first_of_a_class_one_did_not_run_in_that_of_the_other() -> None:
    brac = Line(2, (102,), classes=frozenset({"Am", "Rookie"}))
    caux = Line(3, (103,), classes=frozenset({"Am"}), more_classes=True)
    laps = {(Contest.FASTEST_LAP, OVERALL): 1, (Contest.FASTEST_LAP, "Rookie"): 1}, {(Contest.FASTEST_LAP, OVERALL): 2}
    told = [_line(brac, Rookie=1), _line(caux, Am=1)]
    told = [replace(line, places={**line.places, **own}) for line, own in zip(told, laps, strict=True)]
    (bounds,) = _bounds([told], [brac, caux], filter={"class": "Am"}, rank_within="overall", listed="entered")
    # Brac came in behind Caux, for both are of the one class; so Caux is not of the other.
    assert bounds.points == {102: (Fraction(18), Fraction(18)), 103: (Fraction(20), Fraction(20))}
    assert bounds.exact


def test_who_came_in_is_paid_for_having_taken_part_in_whichever_classes_if_in_any() -> None:
    pro = Line(4, (104,), classes=frozenset({"Pro"}))
    told = [_line(AMES, overall=1), _line(pro, overall=2)]
    grid = {(Contest.QUALIFYING, OVERALL): 1}, {(Contest.QUALIFYING, "Pro"): 1}
    told = [replace(line, places={**line.places, **own}) for line, own in zip(told, grid, strict=True)]
    part = [{"on": "participation", "points": 2}]
    (bounds,) = _bounds([told], [AMES, pro], filter={}, bonuses=part, listed="entered")
    assert bounds.points == {101: (Fraction(2), Fraction(22)), 104: (Fraction(22), Fraction(22))}
    assert bounds.exact


def test_who_stopped_may_have_started_in_the_class_whose_starters_decide_how_much_is_paid() -> None:
    pro = Line(4, (104,), classes=frozenset({"Pro"}), more_classes=True)
    steps = [[0, "few"], [3, "race"]]
    scales = {"race": [20, 18], "few": [10, 9]}
    paid = {"scales": scales, "scale_by": {"attribute": "starters", "steps": steps}}
    (bounds,) = _bounds(
        [[_line(BRAC, Rookie=1), _line(CAUX, Status.DNF), _line(pro, Status.DNF)]], [BRAC, CAUX, pro], **paid
    )
    assert bounds.points[102] == (Fraction(10), Fraction(20))
    assert bounds.exact


def test_two_cars_of_a_team_may_each_have_run_in_a_class_of_its_own() -> None:
    cars = [Line(key, (100 + key,), team=1, more_classes=True) for key in (1, 2)]
    told = [replace(car, places={(Contest.QUALIFYING, OVERALL): place}) for place, car in enumerate(cars, 1)]
    pole = [{"on": "pole", "points": 2, "scope": "class"}]
    (bounds,) = _bounds([told], cars, filter={}, rank_within="overall", subject="team", bonuses=pole, listed="entered")
    # A first and a second place, and twice the pole.
    assert bounds.points == {1: (Fraction(0), Fraction(20 + 18 + 2 + 2))}


def test_the_laps_of_a_guest_count_in_whichever_class_it_ran() -> None:
    # Where only who ran half of the laps of the first of a class is classified in it, those of a guest are such.
    rookie = replace(_line(BRAC, Rookie=1), laps=8, classes=ROOKIE, more_classes=False)
    guest = Line(9, (109,), guest=True, more_classes=True, status=Status.FINISHED, laps=20)
    far = {"min_share": "1/2", "of": "class_winner"}
    (bounds,) = _bounds([[rookie, guest]], [replace(BRAC, more_classes=False), guest], classified=far, listed="entered")
    assert bounds.points == {102: (Fraction(0), Fraction(20))}


#: Where nothing is paid beside the race; else there are far too many completions to look at.
BY_PLACE = partly_known.rules().map(lambda one: replace(one, bonuses=()))


@against.EVERY_WAY
@given(BY_PLACE, partly_known.seasons(3, 2, forgetful=True))
def test_the_least_and_the_most_are_those_of_all_classes_that_cars_may_have_run_in(
    rules: Rules, season: against.Season
) -> None:
    against.are_those_of_all(*against.completed(rules, season))


@against.EVERY_WAY
@given(partly_known.rules(), partly_known.seasons(2, 1, forgetful=True))
def test_so_they_are_where_more_than_places_is_paid(rules: Rules, season: against.Season) -> None:
    against.are_those_of_all(*against.completed(rules, season))


@against.EVERY_WAY
@given(partly_known.rules(), partly_known.seasons(3, 1, forgetful=True))
def test_they_are_exact_for_one_car_each_but_for_the_first_of_several_classes(
    rules: Rules, season: against.Season
) -> None:
    bonuses = tuple([one for one in rules.bonuses if rules.filter.classes or one.scope is not Ranking.CLASS])
    alone = replace(rules, subject=Subject.CREW, best_of_round=None, not_droppable=frozenset(), bonuses=bonuses)
    against.are_exactly_those_of_all(*against.completed(alone, season))


@against.EVERY_WAY
@given(partly_known.rules(), partly_known.seasons(3, 1, forgetful=True, across=True))
def test_so_they_are_where_a_class_runs_across_the_others(rules: Rules, season: against.Season) -> None:
    against.are_those_of_all(*against.completed(rules, season))


@against.EVERY_WAY
@given(
    partly_known.rules_by_starters() | partly_known.rules_with_qualifying(), partly_known.seasons(2, 1, forgetful=True)
)
def test_they_hold_for_places_in_qualifying_and_scales_by_starters_too(rules: Rules, season: against.Season) -> None:
    against.are_those_of_all(*against.completed(rules, season))


@against.EVERY_WAY
@given(partly_known.rules(), partly_known.seasons(3, 1, forgetful=True))
def test_a_lead_is_certain_only_if_it_is_whatever_is_paid(rules: Rules, season: against.Season) -> None:
    against.is_certain_where_it_is_told(*against.completed(rules, season))


@against.EVERY_WAY
@given(BY_PLACE, partly_known.seasons(3, 2, forgetful=True))
def test_a_lead_is_certain_only_if_it_is_in_whichever_classes_cars_ran(rules: Rules, season: against.Season) -> None:
    against.is_certain_where_it_is_told(*against.completed(rules, season))


@against.EVERY_WAY
@given(BY_PLACE, partly_known.seasons(3, 2, forgetful=True))
def test_nobody_is_beyond_his_positions_in_whichever_classes_cars_ran(rules: Rules, season: against.Season) -> None:
    against.are_within_their_reach(rules, season)


@against.EVERY_WAY
@given(partly_known.rarer_rules(), partly_known.seasons(2, 2, forgetful=True))
def test_under_the_rarer_rules_too_no_completion_lies_beyond_the_bounds(rules: Rules, season: against.Season) -> None:
    against.none_lies_beyond(*against.completed(replace(rules, bonuses=()), season))
