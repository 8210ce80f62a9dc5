"""A season of rarer rules: the pages say which scale paid a race, what was dropped and why, where a phase began, who is out."""

from typing import Any

import pytest
from django.test import Client

from racing.models import Driver
from standings.models import Championship
from standings.recompute import recompute_season
from standings.sheets.matrix import load_matrix
from tests.pages.grandstand import RULES, Grandstand
from tests.pages.seeing import see, words

TABLE = "/en/series/coupe-des-deux-rives/2025/drivers/"


def rule(grandstand: Grandstand, **rules: Any) -> None:
    """Give the drivers' championship other rules."""
    Championship.objects.filter(pk=grandstand.drivers.pk).update(rules={**RULES, **rules})
    recompute_season(grandstand.season)


def driver(slug: str) -> int:
    return Driver.objects.get(slug=slug).pk


def sheet(client: Client, slug: str) -> list[str]:
    return [words(race) for race in see(client, f"{TABLE}{slug}/").css(".score-sheet > li")]


def test_a_race_paid_by_another_scale_says_which_and_why(client: Client, grandstand: Grandstand) -> None:
    rule(
        grandstand,
        scales={"race": [20, 15], "half": [10, "7.5"]},
        scale_by={"attribute": "round", "steps": [[2, "half"], [3, "race"]]},
        segments=[],
    )
    assert sheet(client, "elodie-vasseur")[2] == (
        "Les Deux Ponts, Race 1 7.5 Scale “half”: the number of the round is 2"
        " position 2 overall (position 3 on the road; guests hold no place for points) 7.5 43.5 so far"
    )


def test_a_forced_scale_gives_the_reason_of_the_decision(client: Client, grandstand: Grandstand) -> None:
    decision = {"kind": "force_scale", "race": grandstand.races[0].pk, "scale": "half", "reason": "Rain."}
    rule(grandstand, scales={"race": [20, 15], "half": [10, "7.5"]}, adjustments=[decision], segments=[])
    assert sheet(client, "elodie-vasseur")[0] == (
        "Val d’Argent, Race 1 11 Scale “half” position 1 overall 10 fastest lap, overall 1 scale set by decision: Rain. 0"
        " 11 so far"
    )


def test_bonus_points_of_a_dropped_score_stay_in_the_sum(client: Client, grandstand: Grandstand) -> None:
    rule(grandstand, drop_bonus=False)
    last = see(client, f"{TABLE}jean-baptiste-d-hautecombe/").css_first(".sums")
    standing = words(see(client, f"{TABLE}jean-baptiste-d-hautecombe/").css_first(".lead strong:last-of-type"))
    sums = dict(zip(map(words, last.css("dt")), map(words, last.css("dd")), strict=True))
    assert sums["Points"] == standing
    assert sheet(client, "jean-baptiste-d-hautecombe")[-1].endswith(f"{standing} so far")


def test_a_score_that_may_not_be_dropped_says_why(client: Client, grandstand: Grandstand) -> None:
    rule(grandstand, not_droppable=["DNF"])
    assert "cannot be dropped: retired" in sheet(client, "ines-figueira")[0].lower()


def test_a_phase_begins_on_the_sheet_and_in_the_notes(client: Client, grandstand: Grandstand) -> None:
    rule(
        grandstand,
        segments=[],
        phases=[{"after_round": 1, "keep": 2, "set_points": 100, "carry_scale": [5, 3]}],
    )
    page = see(client, TABLE)
    races = sheet(client, "baptiste-kerguelen")
    assert "Phase 1 began with 105 points, of which 5 points carried" in races[2]
    assert races[2].endswith("117 so far")
    assert "phase 1 began with 105 points, of which 5 points carried" in words(page.css("section .lines")[-1])


def test_who_is_excluded_keeps_the_text_and_the_reason(client: Client, grandstand: Grandstand) -> None:
    decision = {
        "kind": "exclude",
        "subject": driver("otto-lindemann"),
        "keep": False,
        "text": "EX",
        "reason": "Underweight.",
    }
    rule(grandstand, adjustments=[decision])
    row = see(client, TABLE).css("#matrix tbody tr")[-1]
    assert words(row.css_first(".pos")) == "EX not classified"
    notes = words(see(client, TABLE).css("section .lines")[-1])
    assert notes == ("Otto Lindemann: excluded by decision (EX): Underweight")
    page = see(client, f"{TABLE}otto-lindemann/")
    assert words(page.css_first(".sums")) == (
        "excluded by decision (EX): Underweight With dropped scores66 Dropped−10 Taken away with the exclusion−56 Points0"
    )


@pytest.mark.parametrize(
    ("language", "told"), [("/en", "Not classified, with 70 points."), ("", "Non classé, avec 70 points.")]
)
def test_who_is_excluded_with_all_points_is_behind_nobody(
    client: Client, grandstand: Grandstand, language: str, told: str
) -> None:
    decision = {
        "kind": "exclude",
        "subject": driver("baptiste-kerguelen"),
        "keep": True,
        "text": "EX",
        "reason": "Fuel.",
    }
    rule(grandstand, adjustments=[decision])
    table = TABLE.replace("/en", language, 1)
    row = see(client, table).css("#matrix tbody tr")[-1]
    assert [words(cell) for cell in row.css(".gap")] == ["", ""]
    lead = words(see(client, f"{table}baptiste-kerguelen/").css_first(".lead"))
    assert lead == told


def test_where_the_fewest_points_win_those_behind_have_more(client: Client, grandstand: Grandstand) -> None:
    rule(grandstand, direction="low", scales={"race": {"formula": "position"}}, bonuses=[], segments=[])
    first, second, third, *_ = load_matrix(Championship.objects.get(pk=grandstand.drivers.pk)).rows
    points = [row.standing.points for row in (first, second, third)]
    assert points[0] < points[1] < points[2]
    assert (second.to_leader, second.to_next) == (points[1] - points[0], points[1] - points[0])
    assert (third.to_leader, third.to_next) == (points[2] - points[0], points[2] - points[1])


def test_rules_that_changed_say_what_they_changed_for_whom(client: Client, grandstand: Grandstand) -> None:
    change = {
        "race": grandstand.races[2].pk,
        "reason": "Appeal.",
        "rules": {"scales": {"race": ["20", "20", "12", "10", "8", "6", "4.5", "2"]}},
    }
    rule(grandstand, segments=[], changes=[change])
    lead = words(see(client, f"{TABLE}elodie-vasseur/").css(".why")[-1])
    assert lead == "Rules changed at Les Deux Ponts, Race 1 (Appeal): by those before position 2 with 66 points."


def test_a_tie_names_the_neighbour_on_the_sheet(client: Client, grandstand: Grandstand) -> None:
    rule(grandstand, scales={"race": [1, 1, 1, 1]}, bonuses=[], segments=[])
    told = {
        slug: words(see(client, f"{TABLE}{slug}/").css_first(".why"))
        for slug in ("baptiste-kerguelen", "otto-lindemann")
    }
    assert told == {
        "baptiste-kerguelen": ("Ahead of Otto Lindemann, level on points: results in position 1 decide, 2 against 1."),
        "otto-lindemann": "Behind Baptiste Kerguelen, level on points: results in position 1 decide, 1 against 2.",
    }


@pytest.mark.parametrize("language", ["", "/en"])
def test_every_page_of_such_a_season_answers(client: Client, grandstand: Grandstand, language: str) -> None:
    rule(grandstand, shared="none", drop_bonus=False, min_scores=5)
    for address in (TABLE, f"{TABLE}elodie-vasseur/", "/en/events/les-deux-ponts-2025/race-1/"):
        assert client.get(address.replace("/en", language, 1)).status_code == 200
