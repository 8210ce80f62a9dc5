"""When the places that pay are known, and the bonuses are not: the race is not known in whole."""

from dataclasses import replace
from fractions import Fraction
from typing import Any

from racing.terms import OVERALL, Contest, Status
from standings.scoring import Bounds, Entrants, Line, score, whole
from standings.scoring.parsing import parse_rules
from standings.scoring.results import RaceResults
from tests.scoring.press_release import LIST, bounded, line

PLACES = [line(1, overall=1), line(2, overall=2)]
RULES: dict[str, Any] = {"scales": {"race": [5, 2]}, "listed": "entered"}


def _lap(**conditions: Any) -> list[dict[str, Any]]:
    return [{"on": "fastest_lap", "points": 1, **conditions}]


def _quickest(entry: int, ranking: str = OVERALL, status: Status | None = None) -> Line:
    return replace(LIST[entry - 1], status=status, places={(Contest.FASTEST_LAP, ranking): 1})


def _bounds(*lines: Line, **more: Any) -> Bounds:
    (found,) = bounded([[*PLACES, *lines]], **RULES, **more)
    return found


def test_who_set_the_fastest_lap_has_the_bonus_only_if_it_came_in_where_that_is_asked_for() -> None:
    bounds = _bounds(_quickest(3), bonuses=_lap(**{"if": {"classified": True}}))
    assert bounds.points == {103: (Fraction(0), Fraction(1))}
    assert bounds.exact
    bounds = _bounds(_quickest(3, status=Status.FINISHED), bonuses=_lap(**{"if": {"classified": True}}))
    # Its place is not told, and that it has one is.
    assert bounds.points == {103: (Fraction(1), Fraction(1))}


def test_a_bonus_for_the_first_ten_may_be_that_of_a_car_beyond_the_places_that_are_paid() -> None:
    bounds = _bounds(_quickest(3), bonuses=_lap(**{"if": {"top": 10}}))
    assert bounds.points == {103: (Fraction(0), Fraction(1))}
    assert bounds.exact


def test_where_each_class_has_a_bonus_it_is_not_enough_to_know_whose_that_of_one_class_is() -> None:
    bounds = _bounds(_quickest(31, "Am", Status.DNF), bonuses=_lap(scope="class"))
    assert bounds.points == {101: (Fraction(5), Fraction(6)), 102: (Fraction(2), Fraction(3))}
    assert bounds.exact
    assert not _is_complete(_quickest(31, "Am", Status.DNF), bonuses=_lap(scope="class"))
    assert not _is_complete(_quickest(31, "Am"), bonuses=_lap(scope="class"), filter={"classes": ["Am", "Pro"]})


def test_a_race_is_known_in_whole_where_the_bonus_is_surely_somebodys_or_nobodys() -> None:
    for conditions in ({}, {"classified": True}, {"top": 10}):
        assert _is_complete(_quickest(3, status=Status.DNF), bonuses=_lap(**{"if": conditions}))
    # Of who was not told to be among the first two it is known that it was not.
    assert _is_complete(_quickest(3), bonuses=_lap(**{"if": {"top": 2}}))


def test_a_car_may_be_the_first_of_several_classes() -> None:
    places = {(Contest.FASTEST_LAP, "Am"): 1, (Contest.FASTEST_LAP, "Pro"): 1}
    both = replace(LIST[30], classes=frozenset({"Am", "Pro"}), status=Status.DNF, places=places)
    assert _is_complete(both, bonuses=_lap(scope="class"))
    assert not _is_complete(replace(both, places={(Contest.FASTEST_LAP, "Am"): 1}), bonuses=_lap(scope="class"))


def test_where_all_who_started_are_told_no_bonus_is_that_of_a_class_unheard_of() -> None:
    quickest = {2: "Pro", 31: "Am"}
    told = [line(1, overall=1), line(2, overall=2), line(31, overall=3)]
    told = [
        replace(one, places={**one.places, (Contest.FASTEST_LAP, quickest[one.entry]): 1})
        if one.entry in quickest
        else one
        for one in told
    ]

    def is_whole(starters: int | None, listed: int) -> bool:
        races = [RaceResults(1, 1, 1, starters=starters, lines=tuple(told))]
        rules = parse_rules({**RULES, "ineligible": "rerank", "bonuses": _lap(scope="class")})
        able = Entrants((*LIST[:listed], LIST[30]))
        return whole(rules, races, score(rules, races), {1: able})

    assert is_whole(3, 2)
    assert not is_whole(4, 2)
    assert not is_whole(None, 2)
    assert not is_whole(3, 3)


def _is_complete(*lines: Line, **more: Any) -> bool:
    races = [RaceResults(1, 1, 1, starters=38, lines=(*PLACES, *lines))]
    (basis,) = score(parse_rules({**RULES, "ineligible": "rerank", **more}), races).basis
    return basis.complete
