"""Who may have started, and who set a lap: what that leaves of the unknown places."""

from dataclasses import replace
from fractions import Fraction

from racing.terms import OVERALL, TRACK, Contest, Status
from standings.scoring import Entrants, Lead, Line, RaceResults, bound, parse_rules, score
from tests.scoring.press_release import LIST, SCALE, bounded, line


def test_who_set_the_fastest_lap_has_started() -> None:
    lapped = replace(LIST[6], places={(Contest.FASTEST_LAP, OVERALL): 1})
    first = [line(key, overall=key) for key in range(1, 6)]
    second = [line(7 - key, overall=key) for key in range(1, 6)]
    taking_part = [{"on": "participation", "points": 3}]
    bounds = bounded([[*first, lapped], [*second, lapped]], bonuses=taking_part, listed="entered")[-1]
    # It came in sixth at best, and nowhere at worst, but took part in both races.
    assert bounds.points[107] == (Fraction(6), Fraction(20 + 6))
    assert bounds.points[101] == (Fraction(20 + 3), Fraction(20 + 3 + 10 + 3))
    assert bounds.exact


def test_who_set_a_lap_is_one_of_the_starters_that_are_told() -> None:
    lapped = replace(LIST[2], places={(Contest.FASTEST_LAP, OVERALL): 1})
    told = [[line(1, overall=1), lapped], [line(1, overall=1), line(2, overall=2)]]
    bounds = bounded(told, starters=2, listed="entered")[-1]
    # Of two starters both are known in each race: no other car was in the first of them.
    assert bounds.points == {103: (Fraction(0), Fraction(18))}
    assert bounds.exact


def test_only_who_started_can_have_set_the_fastest_lap() -> None:
    cars = (Line(1, drivers=(101,)), Line(2, drivers=(102,)))
    told = (replace(cars[0], status=Status.FINISHED, places={(Contest.RACE, OVERALL): 1}), cars[1])
    races = [RaceResults(1, 1, 1, lines=told)]
    scales = {"race": {"places": [5], "dns": 3}}
    lap = [{"on": "fastest_lap", "points": 2}]
    rules = parse_rules({"scales": scales, "bonuses": lap, "ineligible": "rerank", "listed": "entered"})
    (bounds,) = bound(rules, races, score(rules, races), {1: Entrants(cars, others=False)})
    # Either it did not start and is paid for that, or it set the lap.
    assert bounds.points[102] == (Fraction(0), Fraction(3))
    assert bounds.exact


def test_a_team_whose_cars_cannot_all_have_started_is_not_paid_for_all_taking_part() -> None:
    cars = tuple(Line(key, team=1 if key > 1 else 2) for key in (1, 2, 3))
    told = (replace(cars[0], status=Status.FINISHED, places={(Contest.RACE, OVERALL): 1}), *cars[1:])
    races = [RaceResults(1, 1, 1, starters=2, lines=told)]
    taking_part = [{"on": "participation", "points": 2}]
    rules = parse_rules({"subject": "team", "scales": {"race": [5]}, "bonuses": taking_part, "listed": "entered"})
    (bounds,) = bound(rules, races, score(rules, races), {1: Entrants(cars, others=False)})
    assert bounds.points[1] == (Fraction(0), Fraction(2))


def test_two_cars_of_a_team_that_could_each_have_stopped_cannot_both_have_where_the_places_ask_for_one() -> None:
    cars = tuple(Line(key, team=1 if key < 3 else 2) for key in (1, 2, 3, 4))
    told = tuple(
        replace(car, status=Status.FINISHED, places={(Contest.RACE, OVERALL): place})
        for car, place in zip(cars[2:], (1, 4), strict=True)
    )
    scale = {"places": [5, 3, 2], "start": 4}
    rules = parse_rules({"subject": "team", "scales": {"race": scale}, "ineligible": "rerank", "listed": "entered"})
    for others in (True, False):
        races = [RaceResults(1, 1, 1, starters=5, lines=(*told, *cars[:2]))]
        (bounds,) = bound(rules, races, score(rules, races), {1: Entrants(cars, others=others)})
        # Of the three starters that are not told of two came in between the winner and the fourth.
        assert bounds.points[1] == (Fraction(0 if others else 5), Fraction(7 if others else 5))
        assert bounds.exact


def test_a_team_whose_cars_came_in_cannot_have_had_places_that_too_few_starters_leave() -> None:
    am, pro = frozenset(["Am"]), frozenset(["Pro"])
    cars = (Line(1, team=1, classes=am), Line(2, team=1, classes=pro), Line(3, team=2, classes=pro))
    told = [replace(car, status=Status.FINISHED) for car in cars]
    told[2] = replace(told[2], places={(Contest.RACE, OVERALL): 1})
    by_class = {"rank_within": "class", "scales": {"race": [5, 3, 2]}, "ineligible": "rerank", "listed": "entered"}
    rules = parse_rules({"subject": "team", **by_class})
    races = [RaceResults(1, 1, 1, starters=5, lines=tuple(told))]
    (bounds,) = bound(rules, races, score(rules, races), {1: Entrants(cars)})
    # Two others started: each of them was of one class, and ahead of one car of the team at most.
    assert bounds.points[1] == (Fraction(5), Fraction(5 + 3))
    assert bounds.exact


def test_half_the_points_may_be_paid_where_few_may_have_started() -> None:
    cars = tuple(Line(key, drivers=(100 + key,)) for key in range(1, 5))
    told = tuple(
        replace(car, status=Status.FINISHED, places={(Contest.RACE, OVERALL): place})
        for place, car in enumerate(cars[:2], 1)
    )
    scale_by = {"attribute": "starters", "steps": [[0, "half"], [3, "race"]]}
    rules = parse_rules(
        {
            "scales": {"race": [20, 10, 6], "half": [10, 5, 3]},
            "scale_by": scale_by,
            "ineligible": "rerank",
            "listed": "entered",
        }
    )
    races = [RaceResults(1, 1, 1, lines=(*told, cars[2]))]
    (bounds,) = bound(rules, races, score(rules, races), {1: Entrants(cars, others=False)})
    # Two are known to have started; if either of the others did, all the points are paid.
    assert bounds.points == {
        101: (Fraction(10), Fraction(20)),
        102: (Fraction(5), Fraction(10)),
        103: (Fraction(0), Fraction(6)),
    }
    assert bounds.exact
    # The one who was second has half of what the first has, whichever is paid.
    assert bounds.lead == Lead(101, certain=True)
    races = [replace(races[0], starters=2, lines=told)]
    assert bound(rules, races, score(rules, races), {1: Entrants(cars, others=False)}) == ()


def test_who_set_a_lap_came_in_where_nobody_else_can_have() -> None:
    lapped = replace(LIST[0], places={(Contest.FASTEST_LAP, OVERALL): 1})
    (bounds,) = bounded([[line(2, overall=3), lapped]], starters=3, listed="entered")
    # Of three starters the one that is not told of was one of the first two, so this one was the other.
    assert bounds.points == {101: (Fraction(18), Fraction(20))}
    assert bounds.exact


def test_who_did_not_come_in_cannot_have_started_where_those_ahead_were_all_others() -> None:
    told = [line(1, overall=3), line(2, overall=2), replace(LIST[2], places={})]
    told[0] = replace(told[0], places={**told[0].places, (Contest.RACE, "Pro"): 3})
    told[2] = replace(told[2], classes=frozenset(["Am"]))
    told[1] = replace(told[1], places={**told[1].places, (Contest.RACE, "Pro"): 2})
    bounds = bounded([told], starters=3, scales={"race": {"places": SCALE, "start": "1/2"}}, listed="entered")
    # The winner was of the class of the other two: so 3, which is not, was none of the three starters.
    assert all(103 not in one.points for one in bounds)


def test_a_guest_that_stopped_was_not_ahead_of_the_last_starter() -> None:
    cars = Line(1, drivers=(101,), status=Status.FINISHED), Line(2, drivers=(102,), guest=True, status=Status.DNF)
    races = [RaceResults(1, 1, 1, starters=2, lines=cars)]
    rules = parse_rules({"scales": {"race": [5, 3, 2]}, "ineligible": "void", "listed": "entered"})
    (bounds,) = bound(rules, races, score(rules, races), {})
    # Beside the guest two cars started: of them it was first or second, on the road too.
    assert bounds.points[101] == (Fraction(3), Fraction(5))
    assert bounds.exact


def test_who_is_behind_a_car_that_is_not_eligible_moves_up_though_only_its_place_on_the_road_is_told() -> None:
    cars = (Line(1, drivers=(101,), registered=False), Line(2, drivers=(102,)))
    told = (
        replace(cars[0], status=Status.FINISHED, places={(Contest.RACE, TRACK): 1}),
        replace(cars[1], status=Status.FINISHED, places={(Contest.RACE, OVERALL): 2}),
    )
    races = [RaceResults(1, 1, 1, starters=2, lines=told)]
    rules = parse_rules({"scales": {"race": [5, 2]}, "ineligible": "rerank", "eligible": {"registered": True}})
    scored = score(rules, races)
    assert not scored.basis[0].complete
    (bounds,) = bound(rules, races, scored, {1: Entrants(cars, others=False)})
    assert bounds.points == {102: (Fraction(5), Fraction(5))}
    assert bounds.exact


def test_who_has_points_for_qualifying_need_not_have_started_as_often_as_it_takes_to_be_classified() -> None:
    quickest = Line(1, drivers=(101,), places={(Contest.QUALIFYING, OVERALL): 1})
    races = [RaceResults(1, 1, 1, lines=(quickest, Line(2, drivers=(102,))))]
    paid = [{"on": "qualifying_position", "scale": [2]}]
    rules = parse_rules({"scales": {"race": [1]}, "bonuses": paid, "min_scores": 1, "listed": "entered"})
    (bounds,) = bound(rules, races, score(rules, races), {1: Entrants(others=False)})
    assert bounds.lead == Lead(101, certain=False, proven=False)
    # Who is known to have come in has started.
    came_in = replace(quickest, status=Status.FINISHED)
    races = [RaceResults(1, 1, 1, lines=(came_in, Line(2, drivers=(102,))))]
    (bounds,) = bound(rules, races, score(rules, races), {1: Entrants(others=False)})
    assert bounds.lead == Lead(101, certain=True)
