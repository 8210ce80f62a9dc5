"""The results matrix: who by race, with points, dropped scores and gaps, tested without a request."""

import re
from datetime import UTC, datetime
from fractions import Fraction

import pytest
from django.test import Client
from django.utils.translation import override

from racing.models import Driver
from standings.models import Standing
from standings.sheets.matrix import Matrix, load_matrix
from standings.stored import awards_of
from standings.tables.matrix import MatrixTable
from tests.pages.grandstand import Grandstand
from tests.pages.seeing import parse, see, words

TABLE = "/en/series/coupe-des-deux-rives/2025/drivers/"


def cells(matrix: Matrix) -> list[list[str]]:
    """Draw the table in English and give the text of its rows, without words for screen readers and spans."""
    with override("en"):
        tree = parse(MatrixTable(matrix, "caption").draw())
    for hidden in tree.css(".hidden-words, .possible, .reach"):
        hidden.decompose()
    rows = tree.css("tbody tr")
    return [[re.sub(r"\s+", " ", cell.text(separator=" ")).strip() for cell in row.css("th, td")] for row in rows]


def test_each_row_has_its_scores_and_its_gaps(grandstand: Grandstand) -> None:
    assert cells(load_matrix(grandstand.drivers)) == [
        ["1 Baptiste Kerguelen #7 Écurie des Quais", "70", "16 2", "22 1", "12 3", "20 1", "(12) 3", "", ""],
        ["2 Élodie Vasseur #12 Atelier du Pont", "66", "21 1", "15 2", "15 2", "(–)", "15 2", "−4", "−4"],
        ["3 Otto Lindemann #21 Rive Gauche Racing", "56", "12 3", "(10) 4", "21 1", "12 3", "11 4", "−14", "−10"],
        ["4 Jean-Baptiste d’Hautecombe #3 Atelier du Pont", "53", "10 4", "12 3", "10 4", "", "21 1", "−17", "−3"],
        ["5 Łukasz Żuławski #44 Rive Gauche Racing", "28", "8 5", "6 6", "8 5", "", "6 6", "−42", "−25"],
        ["6 Marguerite Oyono #58 Garage Saint-Just", "18.5", "6 6", "8 5", "4.5 7", "·", "(Ret)", "−51.5", "−9.5"],
        ["7 Théo Carpentras #9 Garage Saint-Just", "14.5", "4.5 7", "2 8", "", "", "8 5", "−55.5", "−4"],
        ["8 Inês Figueira #66 Écurie des Quais", "10.5", "Ret", "4.5 7", "6 6", "", "Ret", "−59.5", "−4"],
    ]


def test_guests_are_not_listed(grandstand: Grandstand) -> None:
    assert "Brennwald" not in str(cells(load_matrix(grandstand.drivers)))


def test_pole_is_bold_and_the_fastest_lap_italic_and_both_are_said(client: Client, grandstand: Grandstand) -> None:
    tree = see(client, TABLE)
    first, second = (row.css("td.race") for row in tree.css("#matrix tbody tr")[:2])
    assert [bool(cell.css("b")) for cell in first] == [True, True, False, False, False]
    assert [bool(cell.css("i")) for cell in first] == [False, True, False, False, False]
    assert [bool(cell.css("i")) for cell in second] == [True, False, False, False, False]
    assert [hidden.text() for hidden in first[1].css(".hidden-words")] == [" pole position", " fastest lap"]


def test_headers_lead_to_races_and_meetings(client: Client, grandstand: Grandstand) -> None:
    head = see(client, TABLE).css_first("#matrix thead")
    assert [link.attributes["href"] for link in head.css(".groups a")] == [
        "/en/events/val-d-argent-2025/",
        "/en/events/les-deux-ponts-2025/",
        "/en/events/grand-marais-2025/",
    ]
    assert [link.attributes["href"] for link in head.css("th.race a")] == [
        "/en/events/val-d-argent-2025/race-1/",
        "/en/events/val-d-argent-2025/race-2/",
        "/en/events/les-deux-ponts-2025/race-1/",
        "/en/events/les-deux-ponts-2025/race-2/",
        "/en/events/grand-marais-2025/race-1/",
    ]


def test_every_score_leads_to_its_reasons(client: Client, grandstand: Grandstand) -> None:
    table = see(client, TABLE).css_first("#matrix tbody")
    addresses = {link.attributes["href"] or "" for link in table.css("td.race a")}
    assert addresses
    for address in addresses:
        page, _, anchor = address.partition("#")
        assert see(client, page).css_first(f"#{anchor} .reasons") is not None


def test_the_table_after_an_earlier_race_knows_nothing_of_later_ones(client: Client, grandstand: Grandstand) -> None:
    earlier = load_matrix(grandstand.drivers, grandstand.races[1].pk)
    assert [column.race.race.pk for column in earlier.columns] == [race.pk for race in grandstand.races[:2]]
    assert [(row.name, row.standing.points) for row in earlier.rows][:3] == [
        ("Baptiste Kerguelen", Fraction(22)),
        ("Élodie Vasseur", Fraction(21)),
        ("Otto Lindemann", Fraction(12)),
    ]
    assert earlier.latest is False
    page = client.get(f"{TABLE}?after={grandstand.races[1].pk}").content.decode()
    assert "This is an earlier table." in page
    assert "Grand Marais</a>" not in parse(page).css_first("#matrix").html


def test_a_race_of_another_season_is_no_table(client: Client, grandstand: Grandstand) -> None:
    plain = client.get(TABLE)
    assert client.get(f"{TABLE}?after={grandstand.races[5].pk}").content == plain.content


def test_crews_and_teams_are_subjects_too(grandstand: Grandstand) -> None:
    assert cells(load_matrix(grandstand.crews))[0][:2] == ["1 Kerguelen #7 Écurie des Quais", "70"]
    teams = cells(load_matrix(grandstand.teams))
    assert teams[0][:3] == ["1 Atelier du Pont #12, #3", "119", "31 1, 4"]


def test_the_races_of_a_joint_meeting_stand_once_and_at_their_own_round(grandstand: Grandstand) -> None:
    columns = load_matrix(grandstand.drivers).columns
    assert [(column.race.round, column.race.race.number) for column in columns] == [
        (1, 1),
        (1, 2),
        (2, 1),
        (2, 2),
        (3, 1),
    ]


def test_shared_positions_are_marked_and_explained(client: Client, grandstand: Grandstand) -> None:
    kerguelen, vasseur = (Driver.objects.get(slug=slug) for slug in ("baptiste-kerguelen", "elodie-vasseur"))
    rows = Standing.objects.filter(championship=grandstand.drivers, race=grandstand.races[4])
    for row in rows.filter(driver__in=[kerguelen, vasseur]):
        row.position, row.points, row.why = 1, Fraction(70), {"tie": {"rule": "shared"}}
        row.save()
    page = see(client, TABLE)
    assert [cell.text() for cell in page.css("#matrix .pos")[:3]] == ["1= shared", "1= shared", "3"]
    ties = next(section for section in page.css("section") if "Level on points" in section.text())
    assert words(ties.css_first("li")) == (
        "Baptiste Kerguelen, Élodie Vasseur: level in everything: the position is shared"
    )


def test_what_the_table_rests_on_is_said(client: Client, grandstand: Grandstand) -> None:
    grandstand.drivers.basis = [
        {"race": grandstand.races[0].pk, "known": 5, "of": 38},
        {"race": grandstand.races[1].pk, "known": 8, "of": 8},
        {"race": grandstand.races[2].pk, "known": 3, "of": None},
    ]
    grandstand.drivers.version += 1
    grandstand.drivers.save()
    page = see(client, TABLE).css_first(".rests-on")
    assert "Val d’Argent, Race 1: 5 of 38 known" in words(page)
    assert "Val d’Argent, Race 2" not in words(page)
    assert "Les Deux Ponts, Race 1: 3 places known, of how many is not told" in words(page)


@pytest.mark.parametrize(("verified", "tag"), [(True, "verified"), (False, "not verified")])
def test_the_rules_say_where_they_come_from(client: Client, grandstand: Grandstand, verified: bool, tag: str) -> None:
    grandstand.drivers.verified = verified
    grandstand.drivers.version += 1
    grandstand.drivers.save()
    rules = see(client, TABLE).css_first(".rulebook")
    assert rules.css_first(".tag").text() == tag
    assert "Rules invented for the tests." in rules.text()


def test_every_award_of_the_season_stands_in_its_cell(grandstand: Grandstand) -> None:
    matrix = load_matrix(grandstand.drivers)
    shown = {
        (row.standing.driver_id, race): (score.points, score.dropped)
        for row in matrix.rows
        for race, score in row.scores.items()
        if score.points is not None
    }
    dropped = {(row.driver_id, race) for row in grandstand.drivers.standings.all() for race in row.dropped}
    assert shown == {
        (award.subject, award.race_id): (award.points, (award.subject, award.race_id) in dropped)
        for award in awards_of(grandstand.drivers)
    }


def test_a_tie_that_was_broken_names_both_and_says_once_what_decided(client: Client, grandstand: Grandstand) -> None:
    kerguelen, vasseur = (Driver.objects.get(slug=slug) for slug in ("baptiste-kerguelen", "elodie-vasseur"))
    row = Standing.objects.get(championship=grandstand.drivers, race=grandstand.races[4], driver=vasseur)
    tie = {"rule": "countback", "other": kerguelen.pk, "ahead": False, "place": 1, "mine": 1, "theirs": 2}
    row.points, row.why = Fraction(70), {"tie": tie}
    row.save()
    page = see(client, TABLE)
    ties = next(section for section in page.css("section") if "Level on points" in section.text())
    assert [words(line) for line in ties.css("li")] == [
        "Baptiste Kerguelen, Élodie Vasseur: level on points: results in position 1 decide, 2 against 1"
    ]


def test_a_table_tells_its_version_and_when_it_was_computed(client: Client, grandstand: Grandstand) -> None:
    moment = datetime(2026, 3, 7, 16, 5, tzinfo=UTC)
    type(grandstand.drivers).objects.filter(pk=grandstand.drivers.pk).update(version=12, computed_at=moment)
    assert "Version 12 of this table, 7 March 2026, 17:05" in words(see(client, TABLE).body)
