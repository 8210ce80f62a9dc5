"""Each award says what it was added up from, and which position was used and why."""

from fractions import Fraction
from typing import Any

import pytest

from standings.scoring import Basis, Part, Scored, parse_rules
from tests.scoring.telling import Told

RULES = {"scales": {"race": [10, 6, 4]}, "ineligible": "rerank"}


def score(races: list[dict[str, Any]], entries: dict[str, Any] | None = None, **rules: Any) -> tuple[Told, Scored]:
    told = Told(races, entries or {})
    return told, told.score(parse_rules({**RULES, **rules}))


def parts(told: Told, scored: Scored, name: str) -> list[Part]:
    return [part for award in scored.awards if award.subject == told.drivers[name] for part in award.parts]


def position(told: Told, name: str, place: int, why: str, points: int, ranking: str = "overall", **more: Any) -> Part:
    worth = Fraction(points)
    return Part("position", "race", ranking, place, why, worth, Fraction(1), worth, told.entries[name], **more)


def test_a_place_on_the_road_with_a_guest_behind_is_the_roads_own() -> None:
    told, scored = score([{"track": ["Ames", "Guest"], "overall": ["Ames"]}], {"Guest": {"guest": True}})
    assert parts(told, scored, "Ames") == [position(told, "Ames", 1, "on_the_road", 10, road=1)]


def test_a_place_behind_a_guest_is_better_in_the_series_than_on_the_road() -> None:
    told, scored = score([{"track": ["Guest", "Ames"], "overall": ["Ames"]}], {"Guest": {"guest": True}})
    assert parts(told, scored, "Ames") == [position(told, "Ames", 1, "guests_removed", 10, road=2)]
    assert "Guest" not in {told.names(parse_rules(RULES))[award.subject] for award in scored.awards}


def test_a_place_told_of_the_series_alone_is_as_classified() -> None:
    told, scored = score([{"overall": ["Ames", "Brac"]}])
    assert parts(told, scored, "Brac") == [position(told, "Brac", 2, "as_classified", 6)]


def test_cars_that_are_not_paid_besides_the_guests_are_taken_out_too() -> None:
    entries = {name: {"classes": ["Cup"]} for name in ("Brac", "Caux")}
    told, scored = score([{"overall": ["Ames", "Brac", "Caux"]}], entries, eligible={"class": "Cup"})
    assert parts(told, scored, "Caux") == [position(told, "Caux", 2, "reranked", 6)]


def test_a_place_in_class_is_the_classs_own() -> None:
    told, scored = score(
        [{"overall": ["Ames", "Brac"], "Am": ["Brac"]}],
        {"Brac": {"classes": ["Am"]}},
        filter={"class": "Am"},
        rank_within="class",
    )
    assert parts(told, scored, "Brac") == [position(told, "Brac", 1, "in_class", 10, ranking="Am")]


def test_a_place_beyond_the_scale_is_an_award_of_nothing() -> None:
    told, scored = score([{"overall": ["Ames", "Brac", "Caux", "Doux"]}])
    assert parts(told, scored, "Doux") == [position(told, "Doux", 4, "as_classified", 0)]


def test_a_bonus_says_whether_it_passed_on_from_a_guest() -> None:
    told, scored = score(
        [{"overall": ["Ames"], "pole": {"track": "Guest", "overall": "Ames"}, "fastest_lap": {"overall": "Ames"}}],
        {"Guest": {"guest": True}},
        bonuses=[
            {"on": "pole", "points": 2, "if_ineligible": "next"},
            {"on": "fastest_lap", "points": 1},
        ],
        round_multiplier={1: 2},
    )
    entry, one, two = told.entries["Ames"], Fraction(1), Fraction(2)
    assert parts(told, scored, "Ames") == [
        Part("position", "race", "overall", 1, "as_classified", Fraction(10), two, Fraction(20), entry),
        Part("bonus", "pole", "overall", 1, "next", two, one, two, entry),
        Part("bonus", "fastest_lap", "overall", 1, "first", one, one, one, entry),
    ]
    assert [award.points for award in scored.awards] == [Fraction(23)]


def test_a_decision_is_a_part_with_its_reason() -> None:
    told, scored = score(
        [{"overall": ["Ames"]}],
        adjustments=[{"kind": "no_points", "subject": 1001, "race": 1, "reason": "underweight"}],
    )
    taken = Fraction(-10)
    assert parts(told, scored, "Ames")[1:] == [
        Part("decision", "no_points", "", None, "underweight", taken, Fraction(1), taken, told.entries["Ames"])
    ]
    assert [award.points for award in scored.awards] == [Fraction(0)]


def test_a_part_is_written_with_exact_points() -> None:
    part = Part("position", "race", "overall", 2, "on_the_road", Fraction(25), Fraction(1, 2), Fraction(25, 2), 7, 2)
    assert part.as_json() == {
        "kind": "position",
        "rule": "race",
        "ranking": "overall",
        "position": 2,
        "why": "on_the_road",
        "value": "25",
        "factor": "0.5",
        "points": "12.5",
        "entry": 7,
        "road": 2,
    }


def test_an_adjustment_stands_in_the_row_with_its_reason() -> None:
    _, scored = score(
        [{"overall": ["Ames"]}],
        adjustments=[{"kind": "points_delta", "subject": 1001, "points": -2.5, "reason": "engine changed"}],
    )
    (row,) = scored.tables[0].rows
    assert (row.points, row.gross) == (Fraction(15, 2), Fraction(15, 2))
    assert row.why == {"adjustments": [{"kind": "points_delta", "points": "-2.5", "reason": "engine changed"}]}


def test_a_table_says_how_many_places_of_each_race_it_rests_on() -> None:
    _, scored = score(
        [
            {"overall": ["Ames", "Brac"], "starters": 38},
            {"overall": [], "cancelled": True},
            {"overall": [], "starters": 38},
            {"overall": ["Ames", "Brac", "Caux", "Doux"]},
            {"overall": ["Ames", "Brac"], "out": {"DNF": ["Caux"]}, "starters": 3},
        ]
    )
    assert scored.basis == (
        Basis(1, 2, 38, False),
        Basis(3, 0, 38, False),
        Basis(4, 4, None, True),
        Basis(5, 2, 3, True),
    )
    assert [table.race for table in scored.tables] == [1, 4, 5]


def test_a_race_is_not_wholly_known_before_its_bonus_is() -> None:
    race = {"overall": ["Ames", "Brac", "Caux"]}
    bonuses = [{"on": "pole", "points": 1}]
    _, without = score([race], bonuses=bonuses)
    _, known = score([{**race, "pole": {"overall": "Ames"}}], bonuses=bonuses)
    assert [without.basis[0].complete, known.basis[0].complete] == [False, True]


def test_a_race_too_short_for_a_bonus_is_wholly_known_without_it() -> None:
    race = {"overall": ["Ames", "Brac", "Caux"]}
    bonuses = [{"on": "fastest_lap", "points": 1, "if": {"min_share_run": 0.5}}]
    _, short = score([{**race, "attributes": {"share_run": Fraction(1, 44)}}], bonuses=bonuses)
    _, whole = score([{**race, "attributes": {"share_run": Fraction(1, 2)}}], bonuses=bonuses)
    assert [short.basis[0].complete, whole.basis[0].complete] == [True, False]


@pytest.mark.parametrize(
    ("decision", "whom"),
    [
        ({"kind": "not_a_sharer", "subject": 1002, "reason": "drove a lap"}, {"Brac"}),
        ({"kind": "no_fastest_lap", "subject": 1003, "reason": "wrong time"}, {"Caux"}),
        ({"kind": "force_scale", "scale": "race", "reason": "run again"}, {"Ames", "Brac", "Caux"}),
        ({"kind": "set_points", "subject": 1003, "points": 5, "reason": "gave help"}, {"Caux"}),
        ({"kind": "no_points", "subject": 1003, "position": 2, "reason": "push start"}, {"Caux"}),
    ],
)
def test_every_decision_about_a_race_is_told_to_whom_it_concerns(decision: dict[str, Any], whom: set[str]) -> None:
    told, scored = score(
        [{"overall": ["car1", "Caux"], "fastest_lap": {"overall": "Caux"}}],
        {"car1": {"drivers": ["Ames", "Brac"]}},
        shared="split",
        bonuses=[{"on": "fastest_lap", "points": 1}],
        adjustments=[{"race": 1, **decision}],
    )
    names = {key: name for name, key in told.drivers.items()}
    found = {
        names[award.subject]
        for award in scored.awards
        for part in award.parts
        if (part.kind, part.rule, part.why) == ("decision", decision["kind"], decision["reason"])
    }
    assert found == whom


def test_a_shared_car_tells_the_whole_and_the_share() -> None:
    told, scored = score([{"overall": ["car1"]}], {"car1": {"drivers": ["Ames", "Brac", "Caux"]}}, shared="split")
    (part,) = parts(told, scored, "Brac")
    assert (part.value, part.share, part.points) == (Fraction(10), 3, Fraction(333, 100))
    assert part.as_json() | {"share": 3, "value": "10", "points": "3.33"} == part.as_json()


def test_who_is_paid_without_a_place_is_told_the_status() -> None:
    _, scored = score([{"overall": ["Ames"], "out": {"DNF": ["Brac"]}}], scales={"race": {"places": [10], "start": 3}})
    part = scored.awards[1].parts[0]
    assert (part.position, part.why, part.points) == (None, "DNF", Fraction(3))


def test_a_row_says_with_how_much_its_phase_began() -> None:
    phases = [{"after_round": 1, "keep": 1, "set_points": 100}]
    _, scored = score([{"overall": ["Ames", "Brac"]}, {"overall": ["Brac", "Ames"]}], phases=phases)
    first, second = scored.tables[1].rows
    assert (first.points, dict(first.why)) == (Fraction(106), {"phase": {"number": 1, "began": "100"}})
    assert (second.points, len(second.why)) == (Fraction(16), 0)
