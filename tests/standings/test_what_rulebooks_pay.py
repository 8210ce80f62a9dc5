"""Every rulebook pays for a small race what its figures say; worked out by hand (`rulebooks_pay.toml`)."""

import tomllib
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from racing.terms import OVERALL, TRACK, Contest, Status
from standings import rulebook
from standings.scoring import Line, RaceResults, parse_rules, score

ROWS: list[Any] = tomllib.loads(Path(__file__).with_name("rulebooks_pay.toml").read_text("utf-8"), parse_float=str)[
    "rows"
]
CARS = range(1, 13)


def line(car: int, racing_class: str) -> Line:
    """Make a car's line: it finishes in the place of its number, and has pole, fastest lap and laps led as the file tells."""
    qualified = {1: 2, 2: 1}.get(car, car)
    places = {}
    for ranking in (TRACK, OVERALL, racing_class):
        places[Contest.RACE, ranking] = car
        places[Contest.QUALIFYING, ranking] = qualified
        if car == 3:
            places[Contest.FASTEST_LAP, ranking] = 1
    owner = 500 + (car + 1) // 2
    return Line(
        car,
        (100 + car,),
        owner,
        classes=frozenset([racing_class]),
        status=Status.FINISHED,
        places=places,
        make=owner,
        entity=owner,
        laps_led={1: 10, 2: 30}.get(car, 0),
    )


def paid(
    plan: rulebook.Planned, racing_class: str, kind: str = "race", round: int = 1, **numbers: Any
) -> list[Fraction]:
    """Score the race, and give the points of all subjects in the order of their numbers."""
    attributes = {name: Fraction(number) for name, number in numbers.items()}
    lines = tuple(line(car, racing_class) for car in CARS)
    race = RaceResults(1, round, round, kind, lines=lines, attributes=attributes)
    rows = score(parse_rules(plan.rules), [race]).tables[-1].rows
    points = {row.subject: row.points for row in rows}
    return [points[subject] for subject in sorted(points)]


@pytest.mark.parametrize(("book", "year", "slug", "racing_class", "told", "points"), ROWS)
def test_a_race_pays_what_the_rulebook_says(
    book: str, year: int, slug: str, racing_class: str, told: dict[str, Any], points: list[Any]
) -> None:
    names = next((sorted(one.series) for one in rulebook.rulebooks() if one.slug == book), [])
    plans = {plan.slug: plan for plan in rulebook.planned(names, year, [racing_class])}
    assert plans[slug].rulebook == book
    found = paid(plans[slug], racing_class, **told)
    # Who is not listed has no points.
    assert (found + [Fraction(0)] * len(points))[: len(points)] == [Fraction(value) for value in points]


def test_the_silver_cup_of_italia_counts_the_better_race_of_a_meeting() -> None:
    plans = {plan.slug: plan for plan in rulebook.planned(["Porsche Carrera Cup Italia"], 2021, ["Silver Cup"])}
    lines = tuple(line(car, "Silver Cup") for car in CARS)
    turned = tuple(replace(one, places={(Contest.RACE, "Silver Cup"): 13 - one.entry}) for one in lines)
    races = [RaceResults(1, 1, 1, "race", lines=lines), RaceResults(2, 1, 1, "race 2", lines=turned)]
    rows = score(parse_rules(plans["silver-cup"].rules), races).tables[-1].rows
    assert [(row.subject, row.points) for row in rows if row.subject < 104] == [(101, 11), (102, 8), (103, 6)]
    assert {row.subject: row.points for row in rows}[112] == 11


@pytest.mark.parametrize(
    ("year", "kind", "points"), [(2013, "race", 5), (2018, "indianapolis 500", 10), (2023, "race", 5)]
)
def test_every_starter_of_an_indycar_race_is_paid(year: int, kind: str, points: int) -> None:
    plan = rulebook.planned(["IndyCar Series"], year, [])[0]
    lines = (line(1, "Am"), Line(2, (102,), status=Status.DNF), Line(3, (103,), status=Status.DNS))
    rows = score(parse_rules(plan.rules), [RaceResults(1, 1, 1, kind, lines=lines)]).tables[-1].rows
    assert [(row.subject, row.points) for row in rows][1:] == [(102, points)]


def test_each_rulebook_is_tried() -> None:
    assert {row[0] for row in ROWS} == {path.stem for path in rulebook.FOLDER.glob("*.toml")}
