"""A championship's page tells its rules, with the names of whom its decisions concern."""

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from racing.models import Driver
from standings.models import Championship
from standings.scoring import parse_rules
from standings.sheets.rulebook import load_names
from tests.pages.grandstand import Grandstand
from tests.pages.seeing import see, words

PAGE = "/series/coupe-des-deux-rives/2025/drivers/"


def test_the_rules_stand_on_the_page_in_its_language(client: Client, grandstand: Grandstand) -> None:
    english = see(client, f"/en{PAGE}")
    assert [words(title) for title in english.css(".rules dt")] == [
        "Who scores",
        "Points",
        "Bonus points",
        "What counts",
        "The order of the table",
    ]
    assert "Race scale: 20 – 15 – 12 – 10 – 8 – 6 – 4.5 – 2." in words(english.css_first(".rules"))
    french = words(see(client, PAGE).css_first(".rules"))
    assert "Barème de course : 20 – 15 – 12 – 10 – 8 – 6 – 4,5 – 2." in french


def test_decisions_name_whom_they_concern(client: Client, grandstand: Grandstand) -> None:
    driver = Driver.objects.get(slug="baptiste-kerguelen")
    decision = {"kind": "no_bonus", "subject": driver.pk, "race": grandstand.races[0].pk, "reason": "Late."}
    rules = {**grandstand.drivers.rules, "adjustments": [decision]}
    Championship.objects.filter(pk=grandstand.drivers.pk).update(rules=rules)
    assert words(see(client, f"/en{PAGE}").css(".rules dd")[-1]) == (
        "Baptiste Kerguelen, Val d’Argent, Race 1: no bonus points. Reason: Late."
    )


def test_a_crew_goes_by_its_car(grandstand: Grandstand) -> None:
    car = grandstand.entries[1]
    decisions = [{"kind": "exclude", "subject": car.pk, "reason": "Weight."}]
    rules = parse_rules({"scales": {"race": [1]}, "subject": "crew", "adjustments": decisions})
    assert load_names(rules).subject(car.pk) == "#7 Kerguelen"
    assert load_names(rules).subject(0) == "n° 0"


def test_rules_without_decisions_ask_nothing(grandstand: Grandstand) -> None:
    with CaptureQueriesContext(connection) as asked:
        load_names(parse_rules(grandstand.drivers.rules))
    assert len(asked) == 0


def test_rules_that_cannot_be_followed_are_said_to_be_so(client: Client, grandstand: Grandstand) -> None:
    Championship.objects.filter(pk=grandstand.drivers.pk).update(rules={"scale": {}})
    page = see(client, f"/en{PAGE}")
    assert page.css_first(".rules") is None
    assert "cannot be followed" in words(page.css_first("#rules"))


def test_the_score_sheet_leads_to_the_rules(client: Client, grandstand: Grandstand) -> None:
    page = see(client, f"/en{PAGE}baptiste-kerguelen/")
    assert f"/en{PAGE}#rules" in [link.attributes["href"] for link in page.css("#rules a")]
