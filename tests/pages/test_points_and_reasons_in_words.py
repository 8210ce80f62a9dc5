"""Points and reasons are written as the reader's language writes them."""

from datetime import date
from fractions import Fraction

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from standings.explaining.parts import describe_part, describe_sum
from standings.explaining.rows import describe_tie
from standings.fields import parse_points
from standings.wording import describe_derived, show_dates, show_points


@pytest.mark.parametrize(
    ("points", "french", "english"),
    [
        (Fraction(25), "25", "25"),
        (Fraction(25, 2), "12,5", "12.5"),
        (Fraction(16, 3), "5⅓", "5⅓"),
        (Fraction(1, 7), "1/7", "1/7"),
        (Fraction(15, 7), "2 1/7", "2 1/7"),
        (Fraction(-5, 2), "−2,5", "−2.5"),
        (Fraction(-4, 3), "−1⅓", "−1⅓"),
        (Fraction(0), "0", "0"),
        (None, "", ""),
    ],
)
def test_points_are_exact_in_both_languages(points: Fraction | None, french: str, english: str) -> None:
    with override("fr"):
        assert show_points(points) == french
    with override("en"):
        assert show_points(points) == english


@given(st.fractions(min_value=0, max_value=1000, max_denominator=40))
def test_no_point_is_rounded_away(points: Fraction) -> None:
    with override("en"):
        text = show_points(points).replace("⅓", " 1/3").replace("⅔", " 2/3")
    assert sum(map(parse_points, text.split())) == points


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        (None, None, ""),
        (date(2025, 6, 7), None, "7 June 2025"),
        (date(2025, 6, 7), date(2025, 6, 7), "7 June 2025"),
        (date(2025, 6, 7), date(2025, 6, 8), "7–8 June 2025"),
        (date(2025, 5, 31), date(2025, 6, 1), "31 May – 1 June 2025"),
        (date(2025, 12, 31), date(2026, 1, 1), "31 December 2025 – 1 January 2026"),
    ],
)
def test_days_are_written_once(start: date | None, end: date | None, words: str) -> None:
    with override("en"):
        assert show_dates(start, end) == words


def test_a_position_says_why_it_was_used() -> None:
    part = {"kind": "position", "rule": "race", "ranking": "overall", "position": 2, "why": "guests_removed", "road": 4}
    with override("en"):
        assert describe_part(part) == "position 2 overall (position 4 on the road; guests hold no place for points)"
        assert describe_part({**part, "ranking": "Pro-Am", "why": "in_class"}) == "position 2 in Pro-Am"


def test_a_bonus_and_a_decision_say_what_they_are_for() -> None:
    with override("en"):
        pole = {"kind": "bonus", "rule": "pole", "ranking": "B", "why": "next"}
        assert describe_part(pole) == "pole position, B (passed on to the next who may have it)"
        decision = {"kind": "decision", "rule": "points_delta", "why": "Fuel."}
        assert describe_part(decision) == "points given or taken by decision: Fuel."


def test_a_reason_of_a_kind_unknown_here_is_still_shown() -> None:
    with override("en"):
        assert describe_part({"kind": "bonus", "rule": "most_places_gained", "ranking": "overall"}) == (
            "most_places_gained, overall"
        )


def test_a_factor_is_shown_only_where_it_did_something() -> None:
    with override("fr"):
        assert describe_sum({"value": "25", "factor": "1"}) == ""
        assert describe_sum({"value": "25", "factor": "0.5"}) == "25 × 0,5"


def test_a_tie_says_what_decided() -> None:
    with override("en"):
        assert describe_tie({"rule": "countback", "place": 2, "mine": 3, "theirs": 1, "ahead": True}) == (
            "level on points: results in position 2 decide, 3 against 1"
        )
        assert describe_tie({"rule": "shared"}) == "level in everything: the position is shared"


def test_what_a_place_follows_from_names_few_cars_and_counts_many() -> None:
    why = {"from": "track", "position": 6, "without": [1, 2]}
    with override("en"):
        assert describe_derived(why, ["#1 Ana", "#2 Bo"]) == (
            "follows from position 6 on the road, without #1 Ana, #2 Bo ahead"
        )
        assert describe_derived(why, list("abcd")) == "follows from position 6 on the road, without 4 cars ahead"
        assert describe_derived({}) == "follows from what is stated"


@pytest.mark.parametrize(
    ("part", "french", "english"),
    [
        ({"kind": "position", "position": None, "why": "DNF"}, "non classé (Ab.)", "not classified (Ret)"),
        ({"kind": "position", "position": None, "why": "absent"}, "course manquée", "race missed"),
        (
            {"kind": "position", "position": 2, "ranking": "Am", "why": "in_championship"},
            "place 2 en Am (compté parmi ceux de ce championnat)",
            "position 2 in Am (numbered among those of this championship)",
        ),
        (
            {"kind": "bonus", "rule": "most_laps_led", "ranking": "overall", "why": "first"},
            "le plus de tours en tête, général",
            "most laps led, overall",
        ),
        (
            {"kind": "decision", "rule": "set_points", "why": "gave help"},
            "points fixés par décision : gave help",
            "points set by decision: gave help",
        ),
        (
            {"kind": "decision", "rule": "min_drive", "why": ""},
            "trop peu de temps au volant",
            "too short a time at the wheel",
        ),
    ],
)
def test_the_rarer_reasons_have_words_too(part: dict[str, object], french: str, english: str) -> None:
    with override("fr"):
        assert describe_part(part) == french
    with override("en"):
        assert describe_part(part) == english


def test_a_share_of_a_car_is_told_with_the_whole() -> None:
    with override("en"):
        assert describe_sum({"value": "8", "factor": "1", "share": 2}) == "8 ÷ 2"
        assert describe_sum({"value": "8", "factor": "0.5", "share": 3}) == "8 × 0.5 ÷ 3"


def test_the_rarer_tie_breaks_have_words_too() -> None:
    rules = ("last_race", "best_scores", "head_to_head")
    with override("en"):
        assert len({describe_tie({"rule": rule}) for rule in rules} | {describe_tie({"rule": "?"})}) == 4
