"""Names in rules that no race, car or driver of the season has are told with the nearest one it has; they are no mistakes."""

from typing import Any

import pytest
from django.test import Client
from django.utils.translation import override

from racing.models import CrewMember, Driver, Entry, EntryClass, EntryMark, Race, RacingClass, Season
from racing.terms import Mark
from standings.models import Championship
from standings.previewing import preview
from standings.recompute import recompute_season
from standings.scoring import parse_rules
from standings.unmet import unmet_names
from tests.admin.forms import page_of, send
from tests.standings.building import make_entry, make_event, make_race, make_season

pytestmark = pytest.mark.django_db

SCALES = {"race": [25, 18, 15], "half": [5, 4, 3]}
STEPS = {"steps": [[0, "half"], [2, "race"]]}


@pytest.fixture
def season() -> Season:
    """Give a race with a coefficient and a mark, and a car of class Am with a mark, whose driver is rated and French."""
    season = make_season()
    ames = make_entry(season, "Ames")
    make_race(make_event(season, "Circuit 1", number=1), 1, {"overall": [ames, make_entry(season, "Brac")]}, starters=2)
    Race.objects.update(attributes={"coefficient": "1.5"}, tags="finale, endurance")
    amateur = RacingClass.objects.create(season=season, name="Am")
    EntryClass.objects.create(entry=ames, racing_class=amateur)
    EntryMark.objects.create(entry=ames, kind=Mark.TAG, tag="hybrid")
    CrewMember.objects.filter(entry=ames).update(flags="bronze, rookie")
    Driver.objects.filter(drives__entry=ames).update(nationality="FR")
    recompute_season(season)
    return season


def told(season: Season, **rules: Any) -> list[tuple[str, str, str]]:
    found = unmet_names(parse_rules({"scales": SCALES, **rules}), season)
    return [(str(one.asked), one.name, one.meant) for one in found]


ALL_MET: list[dict[str, Any]] = [
    {},
    *(
        {"scale_by": {"attribute": name, **STEPS}}
        for name in ("coefficient", "hours", "share_run", "round", "starters")
    ),
    {"filter": {"class": "Am", "tags": ["hybrid"], "drivers": ["bronze", "FR"]}},
    {"not_droppable": ["DSQ", {"tag": "finale"}]},
    {"bonuses": [{"on": "pole", "points": 1, "session": "half"}], "tiebreak": [{"countback": {"sessions": ["race"]}}]},
]


@pytest.mark.parametrize("rules", ALL_MET, ids=str)
def test_nothing_is_told_of_names_that_the_season_has(rules: dict[str, Any], season: Season) -> None:
    assert told(season, **rules) == []


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        ({"scale_by": {"attribute": "coeficient", **STEPS}}, ("figure", "coeficient", "coefficient")),
        ({"scale_by": {"attribute": "Hours", **STEPS}}, ("figure", "Hours", "hours")),
        ({"scale_by": {"attribute": "weight", **STEPS}}, ("figure", "weight", "")),
        ({"filter": {"classes": ["Am", "AM"]}}, ("class", "AM", "Am")),
        ({"eligible": {"tags": ["hybride"]}}, ("car_word", "hybride", "hybrid")),
        ({"filter": {"drivers": ["bronce"]}}, ("driver_word", "bronce", "bronze")),
        ({"not_droppable": ["DSQ", {"tag": "final"}]}, ("race_word", "final", "finale")),
        ({"bonuses": [{"on": "pole", "points": 1, "session": "rase"}]}, ("kind", "rase", "race")),
        ({"scale_by": {"attribute": "round", "session": "halve", **STEPS}}, ("kind", "halve", "half")),
        ({"tiebreak": [{"countback": {"sessions": ["race", "sprint"]}}]}, ("kind", "sprint", "")),
        ({"listed": {"classified": ["racing"]}}, ("kind", "racing", "race")),
        ({"changes": [{"race": 1, "reason": "x", "rules": {"filter": {"class": "Amm"}}}]}, ("class", "Amm", "Am")),
    ],
    ids=str,
)
def test_a_name_that_nothing_has_is_told_with_the_nearest(
    rules: dict[str, Any], expected: tuple[str, str, str], season: Season
) -> None:
    assert told(season, **rules) == [expected]


def test_a_kind_that_another_championship_pays_is_known(season: Season) -> None:
    bonus = {"bonuses": [{"on": "pole", "points": 1, "session": "sprint"}]}
    assert told(season, **bonus) == [("kind", "sprint", "")]
    Championship.objects.create(season=season, slug="sprints", name="Sprints", rules={"scales": {"sprint": [3]}})
    assert told(season, **bonus) == []


def test_of_a_season_without_races_or_cars_nothing_is_told(season: Season) -> None:
    rules = {"scale_by": {"attribute": "wieght", **STEPS}, "filter": {"class": "Amm", "tags": ["x"], "drivers": ["y"]}}
    assert [one[0] for one in told(season, **rules)] == ["figure", "class", "car_word", "driver_word"]
    Race.objects.all().delete()
    Entry.objects.all().delete()
    assert told(season, **rules) == []


def test_the_preview_tells_it_in_the_reader_s_language(season: Season) -> None:
    title = Championship.objects.get(season=season, slug="drivers")
    rules = parse_rules({"scales": SCALES, "scale_by": {"attribute": "coeficient", **STEPS}})
    (seen,) = preview(title, rules).unmet
    with override("en"):
        english = seen.words
    with override("fr"):
        french = seen.words
    assert (english, french) == (
        "No race of this season has a figure “coeficient”. Did you mean “coefficient”?",
        "Aucune course de cette saison n’a de valeur «\u00a0coeficient\u00a0». "
        "Vouliez-vous dire «\u00a0coefficient\u00a0»\u00a0?",
    )


def test_who_looks_or_saves_is_told_and_not_hindered(season: Season, admin_client: Client) -> None:
    title = Championship.objects.get(season=season, slug="drivers")
    changed = {
        "rules-scale_by_attribute": "other",
        "rules-scale_by_name": "coeficient",
        "rules-steps-0-from": "2",
        "rules-steps-0-scale": "race",
    }
    warning = "Aucune course de cette saison n’a de valeur «\u00a0coeficient\u00a0»."
    look = send(admin_client, page_of(title), _look="1", **changed)
    assert (look.status_code, look.content.decode().count(warning)) == (200, 1)
    saved = send(admin_client, page_of(title), **changed)
    assert saved.status_code == 302
    assert Championship.objects.get(pk=title.pk).rules["scale_by"]["attribute"] == "coeficient"
    assert warning in admin_client.get(saved["Location"]).content.decode()
