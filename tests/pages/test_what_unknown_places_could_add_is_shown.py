"""How far the points of a table may be from what is known, and whether its first leads for certain."""

from fractions import Fraction

from django.test import Client

from standings.models import Championship
from standings.outlook import bounds_as_json
from standings.scoring import Bounds, Lead, Reach
from standings.sheets.matrix import load_matrix
from tests.pages.grandstand import Grandstand
from tests.pages.seeing import see, words

TABLE = "/en/series/coupe-des-deux-rives/2025/drivers/"


def test_the_points_of_each_row_have_their_least_and_most(client: Client, grandstand: Grandstand) -> None:
    page = see(client, TABLE)
    assert [words(span) for span in page.css("#matrix .possible")] == [
        # Of the third race the fastest lap is unknown, of the fourth pole and fastest lap too.
        "possible: 70–73",
        # Was she second in the fourth race, with both, that is not what she drops.
        "possible: 66–69",
        "possible: 56–59",
        "possible: 53–61",
        "possible: 28–35",
        # First of her class in the fourth race, and so not behind the last of eight.
        "possible: 20.5–36.5",
        "possible: 14.5–27.5",
        "possible: 10.5–23.5",
    ]
    assert "70–73 points that are possible with the places that nobody told" in words(page.css_first(".key"))


def test_a_lead_by_what_is_known_is_told_from_one_for_certain(client: Client, grandstand: Grandstand) -> None:
    certain = words(see(client, TABLE).css_first(".lead-is"))
    assert certain == "Baptiste Kerguelen leads for certain: no place that is unknown can change that."
    first, second = (row.standing.driver_id for row in load_matrix(grandstand.drivers).rows[:2])
    assert first is not None
    last = grandstand.races[4].pk
    for version, rival in enumerate((second, None), 90):
        bounds = Bounds(last, {}, Lead(first, certain=False, rival=rival), (last,), exact=True)
        Championship.objects.filter(pk=grandstand.drivers.pk).update(bounds=bounds_as_json([bounds]), version=version)
        who = "Élodie Vasseur" if rival else "somebody else"
        assert words(see(client, TABLE).css_first(".lead-is")) == (
            f"Baptiste Kerguelen leads by what is known; with the places that are unknown {who} could be level or ahead."
        )


def test_who_leads_only_until_all_is_known_is_told_so(client: Client, grandstand: Grandstand) -> None:
    first, second = (row.standing.driver_id for row in load_matrix(grandstand.drivers).rows[:2])
    assert first is not None
    last = grandstand.races[4].pk
    lead, reaches = Lead(first, certain=False, rival=second), {first: Reach(2, 3, exact=True)}
    bounds = Bounds(last, {}, lead, (last,), exact=True, positions=reaches)
    Championship.objects.filter(pk=grandstand.drivers.pk).update(bounds=bounds_as_json([bounds]), version=92)
    assert words(see(client, TABLE).css_first(".lead-is")) == (
        "Baptiste Kerguelen leads by what is known; as the cars are listed, somebody is ahead whatever the unknown places were."
    )


def test_nothing_is_said_where_it_was_not_worked_out(client: Client, grandstand: Grandstand) -> None:
    Championship.objects.filter(pk=grandstand.drivers.pk).update(bounds=None, version=99)
    page = see(client, TABLE)
    assert page.css_first(".lead-is") is None
    assert page.css_first("#matrix .possible") is None
    assert "possible" not in words(page.css_first(".key"))


def test_the_positions_that_are_left_stand_below_the_points(client: Client, grandstand: Grandstand) -> None:
    page = see(client, TABLE)
    assert [words(span) for span in page.css("#matrix .reach")][:2] == ["possible position: P 3–4"] * 2
    assert "P 2–5 at best and at worst this position" in words(page.css_first(".key"))
    french = see(client, TABLE.removeprefix("/en"))
    assert words(french.css_first("#matrix .reach")) == "position possible : P 3–4"


def test_what_is_not_exact_is_said_to_be_a_bound(client: Client, grandstand: Grandstand) -> None:
    assert "may be too wide" not in words(see(client, TABLE).css_first(".key"))
    first = load_matrix(grandstand.drivers).rows[0].standing.driver_id
    assert first is not None
    last = grandstand.races[4].pk
    lead = Lead(first, certain=False, rival=None, proven=False)
    reaches = {first: Reach(1, None, exact=False)}
    bounds = Bounds(last, {first: (Fraction(70), Fraction(90))}, lead, (last,), exact=False, positions=reaches)
    Championship.objects.filter(pk=grandstand.drivers.pk).update(bounds=bounds_as_json([bounds]), version=95)
    page = see(client, TABLE)
    assert "These ranges hold, and may be too wide" in words(page.css_first(".key"))
    assert words(page.css_first("#matrix .reach")) == "possible position: P 1 or behind"
    assert words(page.css_first(".lead-is")) == (
        "Baptiste Kerguelen leads by what is known; that somebody is level or ahead is not ruled out."
    )
    french = see(client, TABLE.removeprefix("/en"))
    assert "peuvent être trop larges" in words(french.css_first(".key"))
