"""Partly known races, as press releases tell them."""

from dataclasses import replace
from fractions import Fraction

from racing.terms import OVERALL, TRACK, Contest, Status
from standings.scoring import Bounds, Entrants, Lead, Line, RaceResults, Reach, bound, parse_rules, score
from tests.scoring.press_release import LIST, SCALE, bounded, line


def test_five_of_thirty_eight_places_leave_the_winner_ahead_for_certain() -> None:
    first_five = [line(key, overall=key) for key in range(1, 6)]
    # Nobody else can have had more than the sixth place: those in the table have what they have.
    assert bounded([first_five]) == ()


def test_who_was_not_told_of_in_one_race_may_have_been_sixth() -> None:
    first, second = (
        [line(key, overall=key) for key in range(1, 6)],
        [line(7 - key, overall=key) for key in range(1, 6)],
    )
    (bounds,) = bounded([first, second])
    # 1 won and is not among the first five of the second race, 6 the other way round; 2 to 5 are known in both.
    assert bounds._replace(positions=None) == Bounds(
        race=2,
        points={101: (Fraction(20), Fraction(30)), 106: (Fraction(20), Fraction(30))},
        lead=Lead(102, certain=False, rival=101),
        races=(1, 2),
        exact=True,
    )


def test_a_class_winner_without_a_place_overall_came_in_behind_those_who_are_known_and_ahead_of_the_last() -> None:
    first = [*(line(key, overall=key) for key in range(1, 5)), line(31, overall=5)]
    second = [*(line(key, overall=key) for key in range(1, 6)), line(31, Am=1)]
    (bounds,) = bounded([first, second], starters=8)
    assert bounds.points[131] == (Fraction(12 + 8), Fraction(12 + 10))


def test_who_is_known_to_be_behind_the_leader_does_not_catch_up() -> None:
    before = [line(31, overall=1), line(32, overall=2), *(line(key, overall=key) for key in range(3, 16))]
    told = [line(31, Am=1), line(32, Am=2)]
    bounds = bounded([*[before] * 6, told])[-1]
    # By themselves the least of the one and the most of the other overlap.
    assert bounds.points[131] == (Fraction(120), Fraction(140))
    assert bounds.points[132] == (Fraction(108), Fraction(126))
    assert bounds.lead == Lead(131, certain=True)


def test_two_who_shared_a_car_gained_the_same() -> None:
    shared = replace(LIST[0], drivers=(101, 201), status=Status.FINISHED)
    before = replace(LIST[0], places={(Contest.RACE, OVERALL): 1}, status=Status.FINISHED)
    other = replace(LIST[1], drivers=(201,), places={(Contest.RACE, OVERALL): 2}, status=Status.FINISHED)
    behind = [line(key, overall=key) for key in range(3, 16)]
    bounds = bounded([*[[before, other, *behind]] * 6, [shared]])[-1]
    assert bounds.points[201] == (Fraction(108), Fraction(128))
    assert bounds.lead == Lead(101, certain=True)


def test_five_places_of_a_class_say_nothing_of_pole_and_fastest_lap() -> None:
    told = [line(key, Am=key - 30) for key in range(31, 36)]
    bonuses = [{"on": on, "points": 1, "scope": "class"} for on in ("pole", "fastest_lap")]
    (bounds,) = bounded([told], rank_within="class", filter={"class": "Am"}, bonuses=bonuses)
    assert bounds.points[131] == (Fraction(20), Fraction(22))
    assert bounds.points[132] == (Fraction(18), Fraction(20))
    # 132 may be level with both; but it was second where 131 won, and that is all there was.
    assert bounds.lead == Lead(131, certain=True)


def test_a_team_has_both_of_its_cars_in_different_places() -> None:
    cars = tuple(replace(line, team=1) if line.entry > 36 else line for line in LIST)
    told = [replace(line, status=Status.FINISHED, places={(Contest.RACE, OVERALL): 1}) for line in cars[36:37]]
    races = [
        RaceResults(1, 1, 1, lines=tuple(told)),
        RaceResults(2, 2, 2, lines=tuple(line(key, overall=key) for key in range(1, 6))),
    ]
    rules = parse_rules({"subject": "team", "cars": 2, "scales": {"race": SCALE}, "ineligible": "rerank"})
    (bounds,) = bound(
        rules, races[1:] + races[:1], score(rules, races[1:] + races[:1]), dict.fromkeys((1, 2), Entrants(cars))
    )
    assert bounds.points == {1: (Fraction(20), Fraction(20 + 18 + 10 + 9))}


def test_nothing_unknown_bounds_nothing() -> None:
    whole = [line(key, overall=key) for key in range(1, 39)]
    assert bounded([whole, whole]) == ()


def test_a_race_before_that_nobody_told_of_may_have_brought_anybody_the_win() -> None:
    races = [[], [line(key, overall=key) for key in range(1, 6)]]
    (bounds,) = bounded(races)
    assert bounds.points[101] == (Fraction(20), Fraction(40))
    assert bounds.lead is not None
    assert not bounds.lead.certain
    assert bounds.races == (1, 2)


def test_where_few_points_are_good_a_finish_without_a_known_place_is_a_score_that_is_not_dropped() -> None:
    scale = {"formula": "position", "status": {"absent": "entries+1"}}
    rules = parse_rules(
        {
            "direction": "low",
            "scales": {"race": scale},
            "rank_within": "class",
            "segments": [{"drop": 1}],
            "listed": "entered",
        }
    )
    guest = replace(LIST[1], guest=True)
    first = replace(guest, status=Status.FINISHED, places={(Contest.RACE, OVERALL): 1})
    races = [RaceResults(1, 1, 1, lines=(guest,)), RaceResults(2, 2, 2, starters=1, lines=(first, line(1, overall=1)))]
    entrants = {1: Entrants((guest,), others=False), 2: Entrants((LIST[0], guest), others=False)}
    scored = score(rules, races)
    assert [(row.subject, row.points) for row in scored.tables[-1].rows] == [(101, Fraction(0))]
    # Absent from the first race it has a point, alone of its class in the second another: one of the two is dropped.
    assert bound(rules, races, scored, entrants)[-1].points == {101: (Fraction(1), Fraction(1))}


def test_the_most_laps_led_are_compared_with_those_who_count_for_the_bonus() -> None:
    led = {1: 20, 31: 5, 32: 3}
    told = [replace(line(key, overall=key), laps_led=led.get(key, 0)) for key in (1, 2, 31, 32)]
    bonus = {"on": "most_laps_led", "points": 2, "scope": "class"}
    (bounds,) = bounded([told], rank_within="class", filter={"class": "Am"}, bonuses=[bonus], listed="entered")
    # 31 may have led most of its class, 32 surely did not: it has what the second of the class gets at the most.
    most = {subject: points[1] for subject, points in bounds.points.items()}
    assert (most[131], most[132]) == (22, 18)
    guest = replace(LIST[0], guest=True, laps_led=20, status=Status.FINISHED, places={})
    passed_on = {"on": "most_laps_led", "points": 2, "if_ineligible": "next"}
    (bounds,) = bounded([[guest, *told[1:]]], bonuses=[passed_on], listed="entered")
    most = {subject: points[1] for subject, points in bounds.points.items()}
    assert most[131] == bounds.points[131][0] + 2


def test_two_cars_of_a_team_may_both_have_won_their_class() -> None:
    cars = (Line(1, team=1, classes=frozenset(["Pro"])), Line(2, team=1, classes=frozenset(["Am"])))
    races = [RaceResults(1, 1, 1, starters=2, lines=cars[:1])]
    rules = parse_rules({"subject": "team", "rank_within": "class", "scales": {"race": [3, 2]}, "listed": "entered"})
    (bounds,) = bound(rules, races, score(rules, races), {1: Entrants(cars, others=False)})
    assert bounds.points == {1: (Fraction(0), Fraction(6))}


def test_somebody_unlisted_may_have_won_a_class_in_which_nobody_is_listed() -> None:
    pro = Line(1, drivers=(101,), classes=frozenset(["Pro"]))
    told = replace(pro, status=Status.FINISHED, places={(Contest.RACE, "Pro"): 1})
    races = [RaceResults(1, 1, 1, starters=2, lines=(told,))]
    rules = parse_rules({"rank_within": "class", "scales": {"race": [3, 2]}, "bonuses": [{"on": "win", "points": 2}]})
    (bounds,) = bound(rules, races, score(rules, races), {1: Entrants((pro,))})
    assert bounds.lead == Lead(101, certain=False, proven=False)


def test_two_cars_of_a_team_may_both_have_had_the_pole_of_their_class() -> None:
    cars = (Line(1, team=1, classes=frozenset(["Pro"])), Line(2, team=1, classes=frozenset(["Am"])))
    told = [
        replace(car, status=Status.FINISHED, places={(Contest.RACE, name): 1}) for car in cars for name in car.classes
    ]
    races = [RaceResults(1, 1, 1, starters=2, lines=tuple(told))]
    poles = [{"on": "pole", "points": 1, "scope": "class"}]
    rules = parse_rules({"subject": "team", "rank_within": "class", "scales": {"race": [3, 2]}, "bonuses": poles})
    (bounds,) = bound(rules, races, score(rules, races), {1: Entrants(cars, others=False)})
    assert bounds.points == {1: (Fraction(6), Fraction(8))}


def test_a_lead_that_only_a_tie_could_end_is_certain_where_the_tie_is_won() -> None:
    first = [line(key, overall=place) for place, key in enumerate((1, 2, 5), 1)]
    second = [line(3, overall=1), line(1, overall=3)]
    (bounds,) = bounded([first, second], scales={"race": [10, 6, 2]})
    assert bounds.points == {102: (Fraction(6), Fraction(12)), 105: (Fraction(2), Fraction(8))}
    # Was 2 second in both, it is level with 1, who won a race and was third in the other.
    assert bounds.lead == Lead(101, certain=True)
    assert bounds.positions is not None
    assert bounds.positions[102] == Reach(2, 4, exact=False)
    # 3 has what it has: at best nobody but 1 is ahead of it, at worst 2 as well.
    assert bounds.positions[103] == Reach(2, 3, exact=True)


def test_positions_that_are_shared_stay_so() -> None:
    first = [line(key, overall=key) for key in range(1, 6)]
    second = [line(key, overall=place) for place, key in enumerate((1, 3, 2, 5), 1)]
    (bounds,) = bounded([first, second])
    assert bounds.points == {104: (Fraction(14), Fraction(14 + 12))}
    assert bounds.positions is not None
    # 2 and 3 were second and third in turn; 4 and 5 would be fourth and fifth in turn.
    assert bounds.positions.keys() == {104}


def test_only_as_many_cars_came_in_behind_all_that_are_paid_as_there_are_places() -> None:
    cars = tuple(Line(key, drivers=(100 + key, 101)) for key in (1, 2, 3))
    told = tuple(replace(car, status=Status.FINISHED) for car in cars)
    races = [RaceResults(1, 1, 1, starters=4, lines=told)]
    rules = parse_rules({"scales": {"race": [3, 2, 1]}, "cars": 2, "ineligible": "rerank", "listed": "entered"})
    (bounds,) = bound(rules, races, score(rules, races), {1: Entrants(cars)})
    # Of three cars in four places two were among the first three at least.
    assert bounds.points[101] == (Fraction(3), Fraction(5))
    assert bounds.exact


def test_where_few_points_are_good_a_race_that_nobody_told_of_was_missed_by_who_was_not_listed_in_it() -> None:
    scale = {"formula": "position", "status": {"absent": "entries+1"}}
    rules = parse_rules({"direction": "low", "scales": {"race": scale}, "entries": 9, "listed": "entered"})
    races = [RaceResults(1, 1, 1), RaceResults(2, 2, 2, starters=1, lines=(line(1, overall=1),))]
    entrants = {1: Entrants((LIST[1],)), 2: Entrants((LIST[0],), others=False)}
    assert bound(rules, races, score(rules, races), entrants)[-1].points == {101: (Fraction(11), Fraction(11))}


def test_places_in_qualifying_that_are_paid_bring_what_those_that_are_left_are_worth() -> None:
    cars = tuple(Line(key, drivers=(100 + key,)) for key in range(1, 5))
    places = {(Contest.RACE, OVERALL): 1, (Contest.QUALIFYING, OVERALL): 2}
    told = (replace(cars[0], status=Status.FINISHED, places=places), *cars[1:])
    paid = {"on": "qualifying_position", "scale": [3, 2, 1]}
    lines = [*told[:1], *(replace(car, status=Status.DNF) for car in told[1:])]
    for also, ranges in (
        # Who was second is known; each of the others had another place that is paid, or none.
        ({}, {102: (0, 3), 103: (0, 3), 104: (0, 3)}),
        # Was one of them third, only the pole is left.
        ({102: {(Contest.QUALIFYING, OVERALL): 3}}, {103: (0, 3), 104: (0, 3)}),
        # One that was behind another that was behind the second is not paid.
        ({102: {(Contest.QUALIFYING, OVERALL): 3}, 103: {(Contest.QUALIFYING, OVERALL): 4}}, {104: (0, 3)}),
    ):
        known = tuple(replace(line, places=also.get(line.drivers[0], line.places)) for line in lines)
        races = [RaceResults(1, 1, 1, starters=4, lines=known)]
        rules = parse_rules({"scales": {"race": [20]}, "ineligible": "rerank", "bonuses": [paid], "listed": "entered"})
        (bounds,) = bound(rules, races, score(rules, races), {1: Entrants(cars, others=False)})
        assert bounds.points == {key: (Fraction(low), Fraction(high)) for key, (low, high) in ranges.items()}
        assert bounds.exact


def test_two_cars_of_a_team_have_no_place_in_qualifying_both() -> None:
    cars = tuple(Line(key, team=1) for key in (1, 2))
    told = tuple(
        replace(car, status=Status.FINISHED, places={(Contest.RACE, OVERALL): place})
        for place, car in enumerate(cars, 1)
    )
    races = [RaceResults(1, 1, 1, starters=2, lines=told)]
    paid = [{"on": "qualifying_position", "scale": [3, 2]}]
    rules = parse_rules({"subject": "team", "scales": {"race": [20]}, "ineligible": "rerank", "bonuses": paid})
    (bounds,) = bound(rules, races, score(rules, races), {1: Entrants(cars, others=False)})
    assert bounds.points == {1: (Fraction(20), Fraction(20 + 3 + 2))}
    assert bounds.exact


def test_where_few_points_are_good_a_race_may_have_been_held_with_nobody_of_the_championship() -> None:
    cars = (Line(1, drivers=(101,)), Line(2, drivers=(102,), registered=False))
    scale = {"formula": "position", "status": {"absent": "entries+1"}}
    rules = parse_rules(
        {"direction": "low", "scales": {"race": scale}, "eligible": {"registered": True}, "listed": "entered"}
    )
    told = replace(cars[0], status=Status.FINISHED, places={(Contest.RACE, OVERALL): 1, (Contest.RACE, TRACK): 1})
    races = [RaceResults(1, 1, 1, starters=1), RaceResults(2, 2, 2, starters=1, lines=(told,))]
    entrants = {1: Entrants(cars[1:]), 2: Entrants(cars, others=False)}
    # Of no entries at all the one that missed the race has a point; somebody not listed may have run as well.
    assert bound(rules, races, score(rules, races), entrants)[-1].points[101][0] == 2


def test_where_few_points_are_good_who_has_nothing_yet_missed_races_too() -> None:
    car, guest = Line(1, drivers=(101,)), Line(2, drivers=(102,), guest=True)
    scale = {"formula": "position", "status": {"DNF": "entries+1", "absent": "entries+1"}}
    rules = parse_rules({"direction": "low", "scales": {"race": scale}, "listed": "entered"})
    lapped = replace(car, places={(Contest.FASTEST_LAP, OVERALL): 1})
    races = [RaceResults(1, 1, 1), RaceResults(2, 2, 2, lines=(lapped,))]
    entrants = {1: Entrants((guest,), others=False), 2: Entrants((car,), others=False)}
    # It was not in the first race, which costs a point, and first or nowhere in the second.
    assert bound(rules, races, score(rules, races), entrants)[-1].points[101] == (Fraction(1), Fraction(3))


def test_somebody_unlisted_is_the_first_that_is_paid_behind_one_that_is_not() -> None:
    cars = (replace(LIST[0], registered=False), LIST[1])
    told = replace(cars[0], status=Status.FINISHED, places={(Contest.RACE, OVERALL): 1})
    won = line(2, overall=1)
    races = [RaceResults(1, 1, 1, lines=(told, cars[1])), RaceResults(2, 2, 2, starters=1, lines=(won,))]
    rules = parse_rules({"scales": {"race": [5, 2]}, "ineligible": "rerank", "eligible": {"registered": True}})
    found = bound(rules, races, score(rules, races), dict.fromkeys((1, 2), Entrants(cars)))[-1]
    # It would have as many points as 2, with as many wins.
    assert found.lead == Lead(102, certain=False, proven=False)


def test_who_ran_far_enough_is_paid_for_whatever_place_it_may_have_had() -> None:
    first = [replace(line(key, overall=key), laps=20 - key) for key in range(1, 6)]
    second = [line(7 - key, overall=key) for key in range(1, 6)]
    # By the second share the last three of the first race have nothing for their places, and keep them.
    for share in (0.5, 0.9):
        bounds = bounded([first, second], classified={"min_share": share})[-1]
        assert bounds.points == dict.fromkeys((101, 106), (Fraction(20), Fraction(30)))
        assert bounds.exact


def test_where_places_are_worth_their_number_two_cars_have_the_first_two_of_them_at_best() -> None:
    cars = tuple(Line(key, team=1) for key in (1, 2))
    told = tuple(replace(car, status=Status.FINISHED) for car in cars)
    rules = parse_rules(
        {"subject": "team", "direction": "low", "scales": {"race": {"formula": "position"}}, "listed": "entered"}
    )
    for starters, most in ((None, None), (5, Fraction(9))):
        races = [RaceResults(1, 1, 1, starters=starters, lines=told)]
        (bounds,) = bound(rules, races, score(rules, races), {1: Entrants(cars)})
        assert bounds.points == {1: (Fraction(3), most)}


def test_where_places_are_worth_their_number_one_between_the_first_and_the_last_may_be_the_worst() -> None:
    scale = {"formula": "position", "status": {"DNF": "entries+1"}}
    cars = (Line(1, team=1), Line(2, team=1), Line(3, team=2))
    lapped = {(Contest.FASTEST_LAP, OVERALL): 1}
    told = (replace(cars[0], status=Status.FINISHED), replace(cars[1], places=lapped), cars[2])
    rules = parse_rules({"subject": "team", "direction": "low", "scales": {"race": scale}, "listed": "entered"})
    races = [RaceResults(1, 1, 1, starters=3, lines=told)]
    (bounds,) = bound(rules, races, score(rules, races), {1: Entrants(cars, others=False)})
    # At best its one car won, and the other was excluded, which costs nothing; at worst the one was second, the other one out.
    assert bounds.points[1] == (Fraction(1), Fraction(6))


def test_who_runs_in_two_classes_may_have_been_second_of_both_where_no_place_is_told() -> None:
    both = Line(1, (101,), classes=frozenset(["Pro", "Rookie"]))
    stopped = Line(2, (102,), classes=frozenset(["Pro"]), status=Status.DNF)
    rules = parse_rules(
        {
            "rank_within": "class",
            "filter": {"classes": ["Pro", "Rookie"]},
            "scales": {"race": [1, 3]},
            "listed": "entered",
        }
    )
    races = [RaceResults(1, 1, 1, lines=(both, stopped))]
    (bounds,) = bound(rules, races, score(rules, races), {1: Entrants((both, stopped))})
    assert bounds.points == {101: (Fraction(0), Fraction(3))}


def test_a_bonus_that_counts_beside_what_is_dropped_and_asks_for_a_better_place_than_costs_least_is_not_called_exact() -> (
    None
):
    cars = tuple(Line(key, team=1) for key in (1, 2))
    pole = {(Contest.QUALIFYING, OVERALL): 1}
    races = [RaceResults(1, 1, 1, lines=(replace(cars[0], status=Status.FINISHED, places=pole), cars[1]))]
    rules = {
        "subject": "team",
        "scales": {"race": [3, 2, 1]},
        "ineligible": "rerank",
        "bonuses": [{"on": "pole", "points": 1, "if": {"top": 1}}],
        "listed": "entered",
    }
    for segments, exact in (({}, True), ({"segments": [{"best": 1}], "drop_bonus": False}, False)):
        read = parse_rules({**rules, **segments})
        (bounds,) = bound(read, races, score(read, races), {1: Entrants(cars, others=False)})
        # The car on pole won alone, or was second behind the other.
        assert bounds.points == {1: (Fraction(4 if exact else 3), Fraction(6))}
        assert bounds.exact is exact


def test_a_team_that_nobody_has_listed_may_have_won_several_classes_of_one_race() -> None:
    cars = (Line(1, team=1, classes=frozenset({"Pro"})), Line(2, team=2, classes=frozenset({"Am"})))
    second, first = (
        replace(cars[0], status=Status.FINISHED, places={(Contest.RACE, "Pro"): place}) for place in (2, 1)
    )
    races = [RaceResults(1, 1, 1, lines=(second,))]
    races += [RaceResults(key, key, key, starters=1, lines=(first,)) for key in (2, 3)]
    rules = parse_rules({"subject": "team", "scales": {"race": [5, 2]}, "rank_within": "class"})
    # Two and twice five are known, against five and two for each class of the first race.
    last = bound(rules, races, score(rules, races), {race.key: Entrants(cars) for race in races})[-1]
    assert last.race == 3
    assert last.lead is not None
    assert not last.lead.certain
