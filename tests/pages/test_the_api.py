"""The tables as JSON: what the pages show, as data and in sentences, exact, kept by edition, with clear errors."""

import json
from fractions import Fraction
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from standings.models import Championship
from standings.outlook import bounds_as_json
from standings.recompute import recompute_season
from standings.scoring import Bounds, Lead, Reach
from tests.pages.grandstand import API, Grandstand

SEASON = "/api/series/coupe-des-deux-rives/2025/"
TABLE = f"{SEASON}drivers/"
SHEET = f"{TABLE}marguerite-oyono/"


def ask(client: Client, address: str) -> Any:
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/json; charset=utf-8"
    return json.loads(answer.content)


def test_everything_can_be_found_from_the_index(client: Client, grandstand: Grandstand) -> None:
    series = ask(client, "/api/")["series"]
    assert [one["name"] for one in series] == ["Coupe des Deux Rives", "Trophée du Delta"]
    seasons = ask(client, series[0]["api"])["seasons"]
    assert [one["year"] for one in seasons] == [2025]
    season = ask(client, seasons[0]["api"])
    assert [one["slug"] for one in season["championships"]][:2] == ["drivers", "am"]
    assert [(one["round"], one["event"], one["number"]) for one in season["races"]][:3] == [
        (1, "Val d’Argent", 1),
        (1, "Val d’Argent", 2),
        (2, "Les Deux Ponts", 1),
    ]
    for championship in season["championships"]:
        for row in ask(client, championship["api"])["rows"]:
            assert ask(client, row["subject"]["api"])["row"]["points"] == row["points"]


def test_a_table_is_given_row_by_row_with_exact_points(client: Client, grandstand: Grandstand) -> None:
    table = ask(client, f"/en{TABLE}")
    assert [(row["position"], row["subject"]["name"], row["points"], row["gross"]) for row in table["rows"]][4:6] == [
        (5, "Łukasz Żuławski", "28", "28"),
        (6, "Marguerite Oyono", "18.5", "18.5"),
    ]
    assert (table["latest"], table["after"]) == (True, grandstand.races[4].pk)
    assert table["championship"]["version"] == Championship.objects.get(pk=grandstand.drivers.pk).version
    assert [race["complete"] for race in table["races"]] == [True, True, False, False, True]
    first = table["rows"][0]
    assert first["subject"] == {
        "id": first["subject"]["id"],
        "kind": "driver",
        "name": "Baptiste Kerguelen",
        "slug": "baptiste-kerguelen",
        "cars": ["7"],
        "drivers": [],
        "api": f"/en{TABLE}baptiste-kerguelen/",
        "page": "/en/series/coupe-des-deux-rives/2025/drivers/baptiste-kerguelen/",
    }
    assert first["scores"][4] == {
        "race": grandstand.races[4].pk,
        "points": "12",
        "dropped": True,
        "positions": [3],
        "status": "finished",
        "pole": False,
        "fastest_lap": False,
    }
    assert (table["championship"]["verified"], table["championship"]["edited"]) == (
        grandstand.drivers.verified,
        grandstand.drivers.edited,
    )
    assert table["rules"] == grandstand.drivers.rules
    assert table["rules_in_words"][0]["sentences"][0] == "Points go to each driver."


def test_the_least_and_the_most_that_unknown_places_leave_are_exact_text(
    client: Client, grandstand: Grandstand
) -> None:
    table = ask(client, f"/en{TABLE}")
    assert [(row["points"], row["possible"]) for row in table["rows"]][4:7] == [
        ("28", {"least": "28", "most": "35"}),
        ("18.5", {"least": "20.5", "most": "36.5"}),
        ("14.5", {"least": "14.5", "most": "27.5"}),
    ]
    assert table["lead"] == {
        "subject": table["rows"][0]["subject"]["id"],
        "certain": True,
        "rival": None,
        "proven": True,
        "sentence": "Baptiste Kerguelen leads for certain: no place that is unknown can change that.",
    }
    assert table["exact"] is True
    assert [row["possible_positions"] for row in table["rows"]][:4] == [
        {"best": 1, "worst": 1, "exact": True},
        {"best": 2, "worst": 2, "exact": True},
        {"best": 3, "worst": 4, "exact": False},
        {"best": 3, "worst": 4, "exact": True},
    ]
    last = grandstand.races[4].pk
    first, second = (row["subject"]["id"] for row in table["rows"][:2])
    endless = {first: (Fraction(70), None)}
    lead = Lead(first, certain=False, rival=second, proven=False)
    bounds = Bounds(last, endless, lead, (last,), exact=False, positions={first: Reach(1, None, exact=False)})
    Championship.objects.filter(pk=grandstand.drivers.pk).update(bounds=bounds_as_json([bounds]), version=90)
    table = ask(client, f"/en{TABLE}")
    assert (table["lead"]["certain"], table["lead"]["rival"], table["lead"]["proven"]) == (False, second, False)
    assert table["exact"] is False
    assert table["rows"][0]["possible_positions"] == {"best": 1, "worst": None, "exact": False}
    assert [row["possible"] for row in table["rows"]][:2] == [
        {"least": "70", "most": None},
        {"least": table["rows"][1]["points"], "most": table["rows"][1]["points"]},
    ]
    Championship.objects.filter(pk=grandstand.drivers.pk).update(bounds=None, version=91)
    table = ask(client, f"/en{TABLE}")
    assert (table["lead"], {row["possible"] is None for row in table["rows"]}) == (None, {True})
    assert (table["exact"], {row["possible_positions"] is None for row in table["rows"]}) == (None, {True})


def test_an_earlier_table_is_asked_for_by_its_race(client: Client, grandstand: Grandstand) -> None:
    earlier = ask(client, f"{TABLE}?after={grandstand.races[1].pk}")
    assert (earlier["latest"], earlier["after"], len(earlier["races"])) == (False, grandstand.races[1].pk, 2)
    assert ask(client, f"{TABLE}?after=0")["latest"] is True


def test_a_sheet_gives_the_parts_as_data_and_in_sentences(client: Client, grandstand: Grandstand) -> None:
    sheet = ask(client, f"/en{SHEET}")
    assert sheet["sums"] == {"gross": "18.5", "dropped": "0", "taken": "0", "points": "18.5"}
    race = sheet["scores"][2]
    assert (race["points"], race["counts"], race["running"]) == ("4.5", "4.5", "18.5")
    assert race["parts"] == [
        {
            "kind": "position",
            "rule": "race",
            "ranking": "overall",
            "position": 7,
            "why": "guests_removed",
            "value": "4.5",
            "factor": "1",
            "points": "4.5",
            "entry": grandstand.entries[5].pk,
            "road": 8,
            "sentence": "Position 7 overall (position 8 on the road; guests hold no place for points).",
            "sum": None,
        }
    ]


def test_a_place_gives_the_tie_break_as_data_and_in_a_sentence(client: Client, grandstand: Grandstand) -> None:
    rules = {**grandstand.drivers.rules, "scales": {"race": [1, 1, 1, 1]}, "bonuses": [], "segments": []}
    Championship.objects.filter(pk=grandstand.drivers.pk).update(rules=rules)
    recompute_season(grandstand.season)
    rows = ask(client, f"/en{TABLE}")["rows"]
    ahead = next(row for row in rows if row["subject"]["slug"] == "baptiste-kerguelen")
    behind = next(row for row in rows if row["subject"]["slug"] == "otto-lindemann")
    assert ahead["why"] == {
        "tie": {
            "rule": "countback",
            "place": 1,
            "mine": 2,
            "theirs": 1,
            "other": behind["subject"]["id"],
            "ahead": True,
        }
    }
    assert ahead["sentences"] == [
        "Ahead of Otto Lindemann, level on points: results in position 1 decide, 2 against 1."
    ]


def test_the_address_or_lang_chooses_the_language(client: Client, grandstand: Grandstand) -> None:
    def name(address: str, **headers: str) -> tuple[str, str]:
        answer = client.get(address, headers=headers)
        return json.loads(answer.content)["championship"]["name"], answer.headers["Content-Language"]

    assert name(TABLE) == ("Classement général", "fr")
    assert name(f"/en{TABLE}") == name(f"{TABLE}?lang=en") == ("Overall", "en")
    assert name(f"/en{TABLE}?lang=fr") == ("Classement général", "fr")
    assert name(f"{TABLE}?lang=xx") == ("Classement général", "fr")
    assert name(TABLE, accept_language="en") == ("Classement général", "fr")


def test_who_has_the_edition_is_told_so(client: Client, grandstand: Grandstand) -> None:
    first = client.get(TABLE)
    etag = first.headers["ETag"]
    assert client.get(TABLE, headers={"if-none-match": etag}).status_code == 304
    assert client.get(f"{TABLE}?lang=en", headers={"if-none-match": etag}).status_code == 200
    Championship.objects.filter(pk=grandstand.drivers.pk).update(version=1000)
    again = client.get(TABLE, headers={"if-none-match": etag})
    assert again.status_code == 200
    assert json.loads(again.content)["championship"]["version"] == 1000
    assert again.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("address", ["/api/", TABLE, SHEET])
def test_unknown_query_strings_are_answered_from_what_is_kept(
    client: Client, grandstand: Grandstand, address: str
) -> None:
    first = client.get(address)
    with CaptureQueriesContext(connection) as asked:
        other = client.get(f"{address}?utm=1&x=2")
    assert (other.content, other.headers["ETag"]) == (first.content, first.headers["ETag"])
    assert len(asked) == 1


@pytest.mark.parametrize(
    "address",
    [
        "/api/nothing/",
        "/api/series/nobody/",
        f"{SEASON}nothing/",
        f"{TABLE}nobody/",
        "/api/series/coupe-des-deux-rives/1999/",
    ],
)
def test_what_is_not_there_says_so_in_json(client: Client, grandstand: Grandstand, address: str) -> None:
    for where, words in (
        (address, "Il n’y a rien à cette adresse."),
        (f"/en{address}", "There is nothing at this address."),
    ):
        answer = client.get(where)
        assert answer.status_code == 404
        assert json.loads(answer.content) == {"error": words}


def test_an_address_without_its_last_slash_leads_to_the_right_one(client: Client, grandstand: Grandstand) -> None:
    answer = client.get(TABLE.removesuffix("/"))
    assert (answer.status_code, answer.headers["Location"]) == (301, TABLE)


def test_nothing_can_be_written(client: Client, grandstand: Grandstand) -> None:
    for writing in (client, Client(enforce_csrf_checks=True)):
        answer = writing.post(TABLE)
        assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, HEAD")
        assert answer.json() == {"error": "Seul GET obtient une réponse ici."}
    assert Client(enforce_csrf_checks=True).post("/api/nothing/").json() == client.get("/api/nothing/").json()


def test_no_number_is_anything_but_exact_text_or_whole(client: Client, grandstand: Grandstand) -> None:
    def refuse(text: str) -> float:
        raise AssertionError(text)

    for address in API:
        answer = client.get(address).content
        if b'"rules":' not in answer:
            json.loads(answer, parse_float=refuse)
