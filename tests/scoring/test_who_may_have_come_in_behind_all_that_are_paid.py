"""Races of which all that is paid is known: what is not known of them may still decide who is ahead."""

from dataclasses import replace
from fractions import Fraction
from typing import Any

from racing.terms import OVERALL, TRACK, Contest, Status
from standings.scoring import Bounds, Entrants, Line, RaceResults, bound, parse_rules, score

CARS = tuple(Line(key, drivers=(100 + key,), classes=frozenset(["Am" if key > 2 else "Pro"])) for key in range(1, 6))


def _line(entry: int, ranking: str = OVERALL, place: int = 0) -> Line:
    """Give a car that finished, with a place if there is one."""
    return replace(CARS[entry - 1], status=Status.FINISHED, places={(Contest.RACE, ranking): place} if place else {})


def _bound(races: list[RaceResults], listed: dict[int, Entrants], **rules: Any) -> tuple[Bounds, ...]:
    read = parse_rules({"scales": {"race": [5, 2]}, "ineligible": "rerank", "listed": "entered", **rules})
    return bound(read, races, score(read, races), listed)


def test_two_winners_of_classes_are_not_the_first_two_of_one() -> None:
    told = (_line(1, "Pro", 1), _line(3, "Am", 1), _line(2))
    races = [RaceResults(1, 1, 1, starters=3, lines=told)]
    (bounds,) = _bound(races, {1: Entrants(CARS, others=False)}, rank_within="class")
    # The third of three was the second of its class.
    assert bounds.points == {102: (Fraction(2), Fraction(2))}
    basis = score(parse_rules({"scales": {"race": [5, 2]}, "rank_within": "class"}), races).basis
    assert not basis[0].complete


def test_a_race_is_known_in_whole_if_all_that_pay_are_known_of_each_class() -> None:
    told = [_line(key, "Am" if key > 2 else "Pro", place) for key, place in ((1, 1), (2, 2), (3, 1), (4, 2))]
    rules = {"scales": {"race": [5, 2]}, "rank_within": "class", "filter": {"classes": ["Am", "Pro"]}}
    for lines, complete in ((told, True), (told[:3], False), (told[:2], False)):
        assert score(parse_rules(rules), [RaceResults(1, 1, 1, lines=tuple(lines))]).basis[0].complete is complete


def test_who_did_not_start_is_none_of_the_starters() -> None:
    out = replace(CARS[1], status=Status.DNS)
    rules = parse_rules({"scales": {"race": [5, 2]}, "ineligible": "rerank"})
    for starters, complete in ((1, True), (2, False)):
        races = [RaceResults(1, 1, 1, starters=starters, lines=(_line(1, place=1), out))]
        assert score(rules, races).basis[0].complete is complete


def test_a_place_that_is_not_paid_breaks_a_tie_though_it_is_not_known() -> None:
    known = RaceResults(1, 1, 1, starters=3, lines=(_line(1, place=1), _line(2, place=2)))
    open_race = RaceResults(2, 2, 2, starters=2, lines=(CARS[2],))
    listed = {1: Entrants(CARS[:3]), 2: Entrants(CARS[1:3], others=False)}
    (bounds,) = _bound([known, open_race], listed)
    assert bounds.positions is not None
    # Did 3 win the second race, it is level with 1, and ahead if it was third in the first one.
    assert bounds.positions[101].worst == 2
    # Somebody whom nobody has listed may have been third as well: ahead of who has nothing at all.
    assert bounds.positions[103].worst is None


def test_who_is_not_listed_may_be_ahead_of_who_cannot_be_reached_by_the_others() -> None:
    races = [RaceResults(1, 1, 1, starters=3, lines=(_line(1, place=2), _line(3, place=3)))]
    (bounds,) = _bound(races, {1: Entrants(CARS[:1] + CARS[2:3])}, scales={"race": [3, 2, 1]})
    assert bounds.positions is not None
    assert [bounds.positions[subject].worst for subject in (101, 103)] == [2, 3]


def test_two_meetings_that_may_not_be_dropped_are_both_counted() -> None:
    races = [
        RaceResults(1, 1, 1, starters=1),
        RaceResults(2, 1, 1, starters=1, lines=(_line(1, place=1),)),
        RaceResults(3, 2, 2, starters=2, lines=(_line(1, place=1), replace(CARS[1], drivers=(101,)))),
    ]
    shared = replace(CARS[1], drivers=(101,))
    listed = {key: Entrants((CARS[0], shared), others=False) for key in (1, 2, 3)}
    rules = {"unit": "round", "segments": [{"best": 1}], "not_droppable": ["DSQ"]}
    bounds = _bound(races, listed, **rules)[-1]
    # Was it disqualified from the first race alone, the meeting of that one counts, and the other is dropped.
    assert bounds.points[101][0] == 5


def test_a_team_that_nobody_has_listed_may_have_had_any_number_of_cars() -> None:
    cars = tuple(replace(car, team=1) for car in CARS)
    told = [replace(_line(key, place=key), team=1) for key in (1, 2)]
    taking_part = [{"on": "participation", "points": 2}]
    for starters, certain in ((3, True), (8, False)):
        races = [RaceResults(1, 1, 1, starters=starters, lines=tuple(told))]
        rules = parse_rules(
            {"subject": "team", "cars": 2, "ineligible": "rerank", "scales": {"race": [5, 2]}, "bonuses": taking_part}
        )
        found = bound(rules, races, score(rules, races), {1: Entrants(cars[:2])})
        # Two that score have eleven points; six more cars would have twelve for taking part.
        assert all(one.lead is not None and one.lead.certain is certain for one in found)
        assert certain or found


def test_who_did_not_start_where_all_who_did_are_known_may_have_had_the_pole() -> None:
    races = [
        RaceResults(1, 1, 1, starters=1, lines=(_line(1, place=1),)),
        RaceResults(2, 2, 2, starters=2, lines=(_line(1, place=1), _line(2, place=2))),
    ]
    listed = {1: Entrants(CARS[:2], others=False), 2: Entrants(CARS[:2], others=False)}
    (bounds,) = _bound(races, listed, bonuses=[{"on": "pole", "points": 1}])[-1:]
    assert bounds.points[102] == (Fraction(2), Fraction(4))
    # And may be paid for having stayed away.
    (bounds,) = _bound(races, listed, scales={"race": {"places": [5, 2], "dns": 3}})[-1:]
    assert bounds.points[102] == (Fraction(2), Fraction(5))


def test_a_guest_of_whom_nothing_is_told_may_have_been_ahead_on_the_road() -> None:
    guest = replace(CARS[1], guest=True)
    races = [RaceResults(1, 1, 1, starters=1, lines=(_line(1, place=1),))]
    (bounds,) = _bound(races, {1: Entrants((CARS[0], guest), others=False)}, ineligible="void")
    assert bounds.points == {101: (Fraction(2), Fraction(5))}
    on_the_road = replace(
        CARS[0], status=Status.FINISHED, places={(Contest.RACE, TRACK): 1, (Contest.RACE, OVERALL): 1}
    )
    races = [replace(races[0], lines=(on_the_road,))]
    assert _bound(races, {1: Entrants((CARS[0], guest), others=False)}, ineligible="void") == ()
