"""Rules and decisions that hold from a race on: tables before know nothing of them, and rows say what they changed."""

from typing import Any

from standings.scoring import Scored, parse_rules
from tests.scoring.telling import Told

RACES: list[dict[str, Any]] = [{"overall": ["Ames", "Brac"]}, {"overall": ["Brac", "Ames"]}]
CHANGE = {"race": 2, "reason": "voted on", "rules": {"scales": {"race": [9, 8]}}}


def score(**more: Any) -> Scored:
    return Told(RACES).score(parse_rules({"scales": {"race": [10, 6]}, "tiebreak": [], **more}))


def points(scored: Scored) -> list[list[int]]:
    return [[int(row.points) for row in table.rows] for table in scored.tables]


def test_a_change_scores_the_races_before_it_too_and_leaves_their_tables() -> None:
    assert points(score(changes=[CHANGE])) == [[10, 6], [17, 17]]


def test_a_row_says_what_it_would_be_without_the_change() -> None:
    last = score(changes=[CHANGE]).tables[-1].rows
    told = {"race": 2, "reason": "voted on", "position": 1, "points": "16"}
    assert [dict(row.why["rules"]) for row in last] == [told, told]


def test_a_change_that_changes_nothing_is_not_told() -> None:
    scored = score(changes=[{"race": 2, "reason": "voted on", "rules": {"scales": {"race": [10, 6, 0]}}}])
    assert all("rules" not in row.why for table in scored.tables for row in table.rows)


def test_the_later_of_two_changes_holds_and_is_compared_with_the_one_before() -> None:
    second = {"race": 2, "reason": "voted on again", "rules": {"scales": {"race": [20, 1]}}}
    scored = score(changes=[{**CHANGE, "race": 1}, second])
    assert points(scored) == [[9, 8], [21, 21]]
    assert scored.tables[1].rows[0].why["rules"]["points"] == "17"


def test_a_decision_that_is_told_later_is_in_no_table_before() -> None:
    decision = {"kind": "no_points", "subject": 1001, "race": 1, "visible_from": 2, "reason": "underweight"}
    scored = score(adjustments=[decision])
    assert points(scored) == [[10, 6], [16, 6]]
    assert [part.why for award in scored.awards for part in award.parts if part.kind == "decision"] == ["underweight"]


def test_the_awards_are_those_of_the_last_rules() -> None:
    assert [int(award.points) for award in score(changes=[CHANGE]).awards] == [9, 8, 8, 9]
