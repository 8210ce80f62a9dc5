"""Points are the same fraction in the engine, in the database, on the pages of both languages and in JSON: none is rounded."""

import json
from fractions import Fraction
from typing import Any

import pytest
from django.test import Client

from racing.models import Driver, Season
from racing.terms import OVERALL, Contest
from standings.fields import parse_points
from standings.models import Championship, Standing
from standings.recompute import recompute_season
from standings.scoring import parse_rules, score
from standings.season_results import season_results
from standings.stored import awards_of
from tests.pages.seeing import see, words
from tests.standings.building import make_entry, make_event, make_race, make_season, put

#: 12.5 and a third in the scale, a third as a factor, unrounded; cars shared by three; a fastest lap that seven hold (1954).
RULES: dict[str, Any] = {
    "scales": {"race": ["12.5", 8, "1/3", 4]},
    "round_multiplier": {"2": "1/3"},
    "round_points_to": "exact",
    "shared": "split",
    "bonuses": [{"on": "fastest_lap", "points": 1, "ties": "split"}],
    "segments": [{"best": 1}],
}
#: Driver -> points of the better race, which counts, and of both. 8/3 is 2.67, a seventh is 0.14, 12.5/3 and 1/9 stay exact.
EXPECTED = {
    "Alpha": (Fraction(25, 2) + Fraction(14, 100), Fraction(25, 2) + Fraction(14, 100) + Fraction(1, 9)),
    "Bravo": (Fraction(281, 100), Fraction(281, 100) + Fraction(89, 100)),
    "Charlie": (Fraction(281, 100), Fraction(281, 100) + Fraction(89, 100)),
    "Delta": (Fraction(281, 100), Fraction(281, 100) + Fraction(89, 100)),
    "Echo": (Fraction(25, 6), Fraction(25, 6) + Fraction(1, 3) + Fraction(14, 100)),
    "Foxtrot": (Fraction(4) + Fraction(14, 100), Fraction(4) + Fraction(14, 100) + Fraction(4, 3)),
    "Golf": (Fraction(14, 100), Fraction(14, 100)),
    "Hotel": (Fraction(14, 100), Fraction(14, 100)),
    "India": (Fraction(14, 100), Fraction(14, 100)),
}


@pytest.fixture
def season(db: None) -> Season:
    """Give two races: seven cars hold the fastest lap of the first; the points of the second are a third."""
    season = make_season("Coupe exacte", 1954)
    crew = ("Bravo", "Charlie", "Delta")
    singles = [
        make_entry(season, name, number=name[0]) for name in ("Alpha", "Echo", "Foxtrot", "Golf", "Hotel", "India")
    ]
    shared = make_entry(season, *crew, number="3")
    alpha, echo, foxtrot, *others = singles
    order = [alpha, shared, echo, foxtrot, *others]
    first = make_race(make_event(season, "Reims", 1), 1, {OVERALL: order}, starters=7)
    for entry in order:
        put(first, entry, OVERALL, 1, Contest.FASTEST_LAP)
    make_race(make_event(season, "Spa", 2), 1, {OVERALL: [echo, shared, alpha, foxtrot, *others]}, starters=7)
    Championship.objects.create(season=season, slug="drivers", name="Pilotes", rules=RULES, edited=True)
    recompute_season(season)
    return season


def read_back(text: str) -> Fraction:
    """Read points as a page writes them: "12,64", "4 1/6", "5⅓"."""
    plain = text.replace(",", ".").replace("⅓", " 1/3").replace("⅔", " 2/3").replace("−", "-")
    return sum(map(parse_points, plain.split()), Fraction(0))


def test_points_are_the_same_fraction_everywhere(client: Client, season: Season) -> None:
    championship = Championship.objects.get(season=season, slug="drivers")
    names = {driver.pk: driver.last_name for driver in Driver.objects.all()}

    rows = score(parse_rules(RULES), season_results(season, {"race"}).races).tables[-1].rows
    assert {names[row.subject]: (row.points, row.gross) for row in rows} == EXPECTED

    stored = Standing.objects.filter(championship=championship)
    assert {str(row.subject): (row.points, row.gross) for row in stored} == EXPECTED
    gross: dict[str, Fraction] = {}
    for award in awards_of(championship):
        name = names[award.subject]
        gross[name] = gross.get(name, Fraction(0)) + award.points
        assert sum((parse_points(part["points"]) for part in award.parts), Fraction(0)) == award.points
    assert gross == {name: both for name, (_, both) in EXPECTED.items()}

    where = f"/series/{season.series.slug}/1954/drivers/"
    told = json.loads(client.get(f"/api{where}").content)["rows"]
    given = {row["subject"]["name"]: (parse_points(row["points"]), parse_points(row["gross"])) for row in told}
    assert given == EXPECTED
    for row in told:
        sheet = json.loads(client.get(row["subject"]["api"]).content)
        assert sum((parse_points(one["counts"]) for one in sheet["scores"]), Fraction(0)) == parse_points(row["points"])

    for language in ("", "/en"):
        cells = see(client, f"{language}{where}").css("#matrix tbody tr")
        shown = {words(row.css_first(".name a")): read_back(words(row.css_first("td.total a"))) for row in cells}
        assert shown == {name: points for name, (points, _) in EXPECTED.items()}


def test_they_are_written_as_each_reader_writes_them(client: Client, season: Season) -> None:
    where = f"/series/{season.series.slug}/1954/drivers/"
    table = json.loads(client.get(f"/api{where}").content)["rows"]
    assert [(row["subject"]["name"], row["points"], row["gross"]) for row in table][:4] == [
        ("Alpha", "12.64", "2869/225"),
        ("Echo", "25/6", "4.64"),
        ("Foxtrot", "4.14", "821/150"),
        ("Bravo", "2.81", "3.7"),
    ]
    totals = [words(cell) for cell in see(client, where).css("#matrix td.total a")]
    assert totals[:4] == ["12,64", "4 1/6", "4,14", "2,81"]
    assert [words(cell) for cell in see(client, f"/en{where}").css("#matrix td.total a")][:4] == [
        "12.64",
        "4 1/6",
        "4.14",
        "2.81",
    ]
