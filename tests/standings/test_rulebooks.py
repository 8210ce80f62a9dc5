"""A season's championships follow the rulebook of its series and year; what a person edited stays."""

import json
import re
from pathlib import Path

import pytest
from django.utils import translation

from racing.models import Alias, EntryClass, RacingClass, Season
from standings import rulebook
from standings.models import Championship, Standing
from standings.recompute import recompute_season
from standings.scoring import RulesError, parse_rules
from tests.standings.building import make_entry, make_event, make_race, make_season, table

BOOKS = sorted(rulebook.FOLDER.glob("*.toml"))
UNSURE_FR = re.compile(
    r"suppos|de mémoire|non vérifié|pas vérifié|n’est pas connu|ne sont pas connus|n’a pas été|n’ont pas été",
    re.IGNORECASE,
)
UNSURE_EN = re.compile(r"assum|from memory|not verified|not known|was not|were not", re.IGNORECASE)
#: A straight apostrophe, or a space that may break before what stands alone.
LOOSE = re.compile(r"\w'\w|\.\.\.|[ ][:;?!»%]|«(?!\u00a0)")
TWO_YEARS = """
series = ["X"]
years = [2020, 2021]
verified = true
source = { fr = "Lu.", en = "Read." }
scales = { race = [3, 2, 1] }
rules = { subject = "team", cars = 1 }

[overrides.2021]
rules = { round_multiplier = { 2 = 0.5 } }
note = { fr = "Écourtée.", en = "Cut short." }

[[championships]]
slug = "teams"
name = { fr = "Équipes", en = "Teams" }

[[championships]]
slug = "drivers"
name = { fr = "Pilotes", en = "Drivers" }
rules = { subject = "driver" }
overrides.2021 = { rules = { segments = [{ best = 5 }] }, verified = false }
"""


def slugs(season: Season) -> list[str]:
    return list(Championship.objects.filter(season=season).order_by("order").values_list("slug", flat=True))


def eras(book: rulebook.Rulebook) -> list[tuple[rulebook.Template, rulebook.Year]]:
    """Give the rules of each championship, the usual ones and those of the years that are otherwise."""
    return [(template, held) for template in book.templates for held in (template.usual, *template.years.values())]


@pytest.mark.parametrize("path", BOOKS, ids=lambda path: path.stem)
def test_every_rulebook_says_where_its_rules_come_from_in_both_languages(path: Path) -> None:
    for template, held in eras(rulebook.load(path)):
        assert all((template.name.fr, template.name.en, held.source.fr, held.source.en))
        assert held.source.fr != held.source.en


@pytest.mark.parametrize("path", BOOKS, ids=lambda path: path.stem)
def test_french_is_set_as_the_french_set_it(path: Path) -> None:
    for template, held in eras(rulebook.load(path)):
        assert [text for text in (template.name.fr, held.source.fr) if LOOSE.search(text)] == []


@pytest.mark.parametrize("path", BOOKS, ids=lambda path: path.stem)
def test_what_is_not_verified_says_what_is_not_sure(path: Path) -> None:
    for _, held in eras(rulebook.load(path)):
        if not held.verified and held.rules.get("title", True):
            assert UNSURE_FR.search(held.source.fr)
            assert UNSURE_EN.search(held.source.en)


@pytest.mark.parametrize("path", BOOKS, ids=lambda path: path.stem)
def test_the_rules_of_a_rulebook_are_the_same_when_they_come_back_from_the_database(path: Path) -> None:
    for _, held in eras(rulebook.load(path)):
        assert parse_rules(json.loads(json.dumps(held.rules))) == parse_rules(held.rules)


@pytest.mark.parametrize("path", BOOKS, ids=lambda path: path.stem)
def test_no_two_championships_of_a_rulebook_have_the_same_address(path: Path) -> None:
    slugs = [template.slug for template in rulebook.load(path).templates]
    assert len(slugs) == len(set(slugs))


def test_no_two_rulebooks_speak_of_the_same_series_and_year() -> None:
    told = [(name, year) for book in rulebook.rulebooks() for name in book.series for year in book.years]
    assert len(told) == len(set(told))


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            "years = [2020]\nverified = true\nsource = {fr = 'x', en = 'x'}",
            'Rulebook x.toml: "championships" is missing.',
        ),
        ("years = [2020", "Rulebook x.toml: "),
        (
            "years = [2020]\nverified = true\nsource = {fr = 'x', en = 'x'}\n"
            "[[championships]]\nslug = 'a'\nname = {fr = 'a', en = 'a'}\nrules = {scale = []}",
            'Rulebook x.toml: Unknown key "scale" in the rules; did you mean "scales"?',
        ),
        ("verifed = true", 'Rulebook x.toml: Unknown key "verifed" in x.toml; did you mean "verified"?'),
        (
            TWO_YEARS.replace("overrides.2021]", "overrides.2022]"),
            'Rulebook x.toml: "overrides" must be one of 2020, 2021, not 2022.',
        ),
        (
            TWO_YEARS.replace("note", "nota"),
            'Rulebook x.toml: Unknown key "nota" in overrides.2021; did you mean "note"?',
        ),
        (
            TWO_YEARS.replace("round_multiplier", "round_multiplyer"),
            'Rulebook x.toml: Unknown key "round_multiplyer" in the rules; did you mean "round_multiplier"?',
        ),
        (
            TWO_YEARS.replace('en = "Teams"', 'de = "Teams"'),
            'Rulebook x.toml: Unknown key "de" in name; did you mean',
        ),
    ],
)
def test_a_rulebook_that_cannot_be_followed_is_told_by_its_file(tmp_path: Path, text: str, sentence: str) -> None:
    path = tmp_path / "x.toml"
    path.write_text(text)
    with pytest.raises(RulesError) as told:
        rulebook.load(path)
    assert str(told.value).startswith(sentence)


def test_a_year_that_is_otherwise_needs_no_file_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "x.toml"
    path.write_text(TWO_YEARS)
    teams, drivers = rulebook.load(path).templates
    scales = {"race": [3, 2, 1]}
    lu, cut = rulebook.Words("Lu.", "Read."), rulebook.Words("Lu. Écourtée.", "Read. Cut short.")
    half = {"round_multiplier": {"2": 0.5}}
    best = {"segments": [{"best": 5}]}
    team = {"subject": "team", "cars": 1, "scales": scales}
    driver = {"subject": "driver", "cars": 1, "scales": scales}
    assert (teams.held(2020), teams.held(2021)) == (
        rulebook.Year(team, True, lu),
        rulebook.Year({**team, **half}, True, cut),
    )
    assert (drivers.held(2020), drivers.held(2021)) == (
        rulebook.Year(driver, True, lu),
        rulebook.Year({**driver, **half, **best}, False, cut),
    )


@pytest.mark.parametrize(
    ("names", "year", "book"),
    [
        (["Porsche Carrera Cup France"], 2017, "porsche-carrera-cup-france-2017"),
        (["porsche-carrera-cup-france"], 2018, "porsche-carrera-cup-france-2018"),
        (["PORSCHE CARRERA CUP  FRANCE"], 2021, "porsche-carrera-cup-france-2020-2022"),
        (["Porsche Carrera Cup France"], 2011, "default"),
        (["Coupe de marque", "Trophée des Volcans"], 2026, "trophee-des-volcans"),
        (["GT4 European Series"], 2020, "gt4-european-series-2020"),
        (["Porsche Carrera Cup Le Mans"], 2017, "porsche-carrera-cup-le-mans"),
        (["Formule 1"], 1958, "formula-one-1958-1959"),
        (["Formula One World Championship"], 2014, "formula-one-2010-2018"),
        ([], 2020, "default"),
    ],
)
def test_a_season_finds_its_rulebook_by_any_name_of_the_series_and_the_year(
    names: list[str], year: int, book: str
) -> None:
    assert {plan.rulebook for plan in rulebook.planned(names, year, [])} <= {book}
    assert {plan.rulebook for plan in rulebook.planned(names, year, ["B"])} == {book}


def test_a_class_with_rules_of_its_own_is_not_made_twice() -> None:
    plans = rulebook.planned(["Porsche Carrera Cup France"], 2018, ["b", "Rookie"])
    assert [(plan.slug, plan.name.en, plan.rules.get("filter"), plan.verified) for plan in plans] == [
        ("drivers", "Overall", None, True),
        ("b", "Class B", {"class": "b"}, True),
        ("rookie", "Rookie", {"class": "Rookie"}, False),
        ("teams", "Teams", None, False),
    ]


def test_a_class_that_is_called_like_another_table_gets_an_address_of_its_own() -> None:
    plans = rulebook.planned([], 2020, ["Drivers", "★", "Pro Am", "Pro-Am"])
    assert [plan.slug for plan in plans] == ["drivers", "drivers-2", "class", "pro-am", "pro-am-2"]


@pytest.mark.django_db
def test_a_class_that_appears_later_gets_its_championship() -> None:
    season = make_season()
    ames = make_entry(season, "Ames")
    make_race(make_event(season, "Dijon", 1), 1, {"overall": [ames], "Pro-Am": [ames]})
    recompute_season(season)
    assert slugs(season) == ["drivers"]
    EntryClass.objects.create(entry=ames, racing_class=RacingClass.objects.create(season=season, name="Pro-Am"))
    assert recompute_season(season) is True
    assert slugs(season) == ["drivers", "pro-am"]
    assert table(Championship.objects.get(season=season, slug="pro-am")) == [(1, "Ames", 25)]


@pytest.mark.django_db
def test_a_class_that_is_gone_takes_its_championship_along_unless_it_was_edited() -> None:
    season = make_season()
    make_entry(season, "Ames", classes=["Pro", "Am"])
    recompute_season(season)
    Championship.objects.filter(season=season, slug="am").update(edited=True)
    RacingClass.objects.filter(season=season).delete()
    assert recompute_season(season) is True
    assert slugs(season) == ["drivers", "am"]


@pytest.mark.django_db
def test_rules_edited_here_are_not_replaced_by_the_file() -> None:
    season = make_season()
    ames, brac = make_entry(season, "Ames"), make_entry(season, "Brac")
    make_race(make_event(season, "Dijon", 1), 1, {"overall": [ames, brac]})
    recompute_season(season)
    overall = Championship.objects.get(season=season)
    overall.rules = {**overall.rules, "scales": {"race": [3, "1/3"]}}
    overall.edited = True
    overall.save()
    assert recompute_season(season) is True
    assert [str(points) for _, _, points in table(overall)] == ["3", "1/3"]
    assert recompute_season(season) is False


@pytest.mark.django_db
def test_rules_changed_without_being_marked_as_edited_follow_the_file_again() -> None:
    season = make_season()
    recompute_season(season)
    from_file = Championship.objects.get(season=season).rules
    Championship.objects.filter(season=season).update(rules={"scales": {"race": [1]}}, name="x")
    assert recompute_season(season) is True
    overall = Championship.objects.get(season=season)
    assert (overall.rules, overall.name) == (from_file, "Classement général")


@pytest.mark.django_db
def test_a_series_that_gets_another_name_follows_the_rulebook_of_that_name() -> None:
    season = make_season("Coupe des volcans", 2026)
    recompute_season(season)
    Alias.objects.create(series=season.series, text="Trophée des Volcans")
    assert recompute_season(season) is True
    assert slugs(season) == ["drivers", "teams"]
    assert Championship.objects.get(season=season, slug="drivers").rulebook == "trophee-des-volcans"


@pytest.mark.django_db
def test_stored_rules_that_cannot_be_followed_leave_that_table_alone_and_score_the_others(
    caplog: pytest.LogCaptureFixture,
) -> None:
    season = make_season()
    ames, brac = (make_entry(season, name, classes=["Pro"]) for name in ("Ames", "Brac"))
    event = make_event(season, "Dijon", 1)
    make_race(event, 1, {"overall": [ames, brac], "Pro": [ames, brac]})
    recompute_season(season)
    broken = Championship.objects.get(season=season, slug="drivers")
    Championship.objects.filter(pk=broken.pk).update(rules={"scals": {}}, edited=True)
    before = table(broken)
    make_race(event, 2, {"overall": [brac, ames], "Pro": [brac, ames]})
    assert recompute_season(season) is True
    assert 'Unknown key "scals" in the rules; did you mean "scales"?' in caplog.text
    assert table(broken) == before
    assert table(Championship.objects.get(season=season, slug="pro")) == [(1, "Ames", 43), (1, "Brac", 43)]


@pytest.mark.django_db
def test_the_names_of_a_championship_and_its_source_follow_the_language() -> None:
    season = make_season("Porsche Carrera Cup Le Mans", 2017)
    recompute_season(season)
    table_of_all = Championship.objects.get(season=season)
    with translation.override("fr"):
        assert str(table_of_all).endswith("Toutes les voitures (pour information)")
        assert table_of_all.source_label.startswith("Course hors championnat")
    with translation.override("en"):
        assert str(table_of_all).endswith("All cars (for information)")
        assert table_of_all.source_label.startswith("A race of its own")
    assert Standing.objects.count() == 0
