"""All sample reports together: by intake, the real task, the reader, an editor's answers, settling and scoring."""

from typing import Any

import pytest

from racing.demo.loading import Loaded, documents, load
from racing.models import Answer, CrewMember, Disagreement, Entry, Event, Place, Race, Report, Result, Season
from racing.terms import Contest
from standings.models import Championship, ClaimCheck, Standing, TableAfter
from standings.sheets.matrix import kind_of
from standings.stored import awards_of
from tests.demo.truth import load as truth_of_the_season

pytestmark = pytest.mark.django_db

TRUTH = truth_of_the_season()
#: Lédenon is told in prose alone, its places beyond the tenth in the classes only: these drivers lack overall points there.
NOT_WHOLLY_TOLD = {
    "Bertrand Chaptal",
    "Stéphane Lacoste-Ferrier",
    "Giulia Tamburini",
    "Jean-Noël Peyrard",
    "Olivier d'Escorailles",
    "Franck Mazeyrat",
    "Yves Chambon-Lavigne",
}


def season_of(slug: str, year: int) -> Season:
    """Give a season of the sample."""
    return Season.objects.get(series__slug=slug, year=year)


def plain(name: object) -> str:
    """Write a name with the typewriter's apostrophe."""
    return str(name).replace("’", "'")


def table(championship: Championship) -> dict[str, int]:
    """Give the championship's last table: the points of each subject, by name, in the table's order."""
    rows = Standing.objects.filter(championship=championship).order_by("order")
    return {plain(row.subject): int(row.points) for row in rows}


def championship(slug: str, year: int, name: str) -> Championship:
    """Give a championship of a sample season by its address."""
    return Championship.objects.get(season=season_of(slug, year), slug=name)


@pytest.fixture(autouse=True)
def loaded(sample: Loaded) -> None:
    """Have the sample season there."""


def test_every_report_comes_to_its_end(sample: Loaded) -> None:
    assert [(job.report.name, job.state, job.error) for job in sample.unfinished] == []
    assert (sample.taken, sample.known) == (len(list(documents())), 0)


def test_loading_says_what_it_does(said: list[str]) -> None:
    assert said[:2] == ["18 reports taken in, 0 known already.", "No worker answers: the reports are read here."]
    assert any("2017-le-mans.txt" in line and "Euan McKay" in line for line in said)


def test_nobody_is_there_twice_and_nobody_is_missing() -> None:
    entries = Entry.objects.filter(season=season_of("trophee-des-volcans", 2026))
    crews = sorted(sorted(plain(row.driver) for row in entry.crew.all()) for entry in entries)
    told = {"Loïc Thiry", "Bas Hendrickx", "Arnaud Collignon"}  # of the other series, in no report
    assert crews == sorted(sorted(car.drivers) for car in TRUTH.cars.values() if not told & set(car.drivers))


@pytest.mark.parametrize("ranking", ["Pro", "Pro-Am", "Am", "Rookie"])
def test_a_class_table_is_the_truth_to_the_point(ranking: str) -> None:
    assert table(championship("trophee-des-volcans", 2026, ranking.lower())) == TRUTH.table(ranking)


def test_the_overall_table_is_the_truth_for_all_who_are_told_in_every_race() -> None:
    found = table(championship("trophee-des-volcans", 2026, "drivers"))
    truth = TRUTH.table("overall")
    assert {name: points for name, points in found.items() if points != truth[name]}.keys() <= NOT_WHOLLY_TOLD
    assert all(found[name] <= truth[name] for name in NOT_WHOLLY_TOLD)
    assert list(found.items())[:6] == list(truth.items())[:6]


def test_no_two_sources_disagree() -> None:
    assert [str(row) for row in Disagreement.objects.all()] == []


def test_every_claim_agrees_with_the_table() -> None:
    checks = ClaimCheck.objects.select_related("fact")
    assert [(str(row.fact), row.verdict) for row in checks if row.verdict != "agrees"] == []
    assert checks.count() == 24


def test_guests_and_cars_of_the_other_series_hold_their_place_on_the_road_and_score_nothing() -> None:
    guests = Entry.objects.filter(season=season_of("trophee-des-volcans", 2026), guest=True)
    assert sorted(str(row) for row in guests) == [
        "Inès Kerbrat",
        "Maxence Ruaud",
        "Pieter-Jan De Smedt",
        "Wouter Claessens",
    ]
    places = Place.objects.filter(result__entry__in=guests, contest=Contest.RACE)
    assert set(places.values_list("ranking", flat=True)) == {"track"}
    drivers = set(CrewMember.objects.filter(entry__in=guests).values_list("driver", flat=True))
    titles = [row for row in Championship.objects.filter(season__year=2026) if kind_of(row) == "driver"]
    assert len(titles) > 3
    assert not drivers & {award.subject for row in titles for award in awards_of(row)}


def test_the_winner_of_the_joint_grid_on_the_road_is_not_the_winner_of_the_series() -> None:
    race = Race.objects.get(event__year=2026, event__circuit__name="Spa-Francorchamps", number=1)
    first = Place.objects.filter(result__race=race, contest=Contest.RACE, position=1, ranking__in=["track", "overall"])
    assert {row.ranking: str(row.result.entry.crew.get().driver) for row in first} == {
        "track": "Wouter Claessens",
        "overall": "Ruben van den Eynde",
    }


def test_the_penalty_after_the_flag_stands_beside_the_place_that_it_cost() -> None:
    result = Result.objects.exclude(penalty="").get(race__event__year=2026)
    assert str(result.entry.crew.get().driver) == "Ruben van den Eynde"
    assert result.places.get(contest=Contest.RACE, ranking="overall").position == 4


def test_the_next_season_has_its_calendar() -> None:
    events = Event.objects.filter(seasons=season_of("trophee-des-volcans", 2027)).order_by("start")
    assert [(row.circuit.name, f"{row.start}") for row in events][:2] == [
        ("Nogaro", "2027-03-27"),
        ("Dijon-Prenois", "2027-05-01"),
    ]


REAL = [
    ("porsche-carrera-cup-france", 2017, "drivers", {"Julien Andlauer": 44, "Vincent Beltoise": 40}),
    ("porsche-carrera-cup-france", 2017, "b", {"Nicolas Misslin": 56, "Christophe Lapierre": 52}),
    ("porsche-carrera-cup-france", 2017, "rookie", {"Antoine Jung": 38, "Valentin Hasse-Clot": 20}),
    ("porsche-carrera-cup-france", 2018, "drivers", {"Valentin Hasse-Clot": 20, "Julien Andlauer": 18}),
    (
        "gt4-european-series",
        2020,
        "all-classes",
        {"#27 Theo Nouet / Valentin Hasse-Clot": 25, "#8 Stéphane Lémeret / Gael Castelli": 25},
    ),
    ("porsche-carrera-cup-france", 2021, "drivers", {"Marvin Klein": 45, "Dorian Boccolacci": 39}),
]


@pytest.mark.parametrize(("slug", "year", "name", "first"), REAL)
def test_a_real_season_stands_as_its_meetings_left_it(slug: str, year: int, name: str, first: dict[str, int]) -> None:
    assert dict(list(table(championship(slug, year, name)).items())[:2]) == first


def test_the_guests_of_the_real_grids_score_nothing() -> None:
    guests = Entry.objects.filter(season__series__slug="porsche-carrera-cup-france", guest=True)
    assert sorted((row.season.year, str(row)) for row in guests) == [
        (2017, "Dan Cammish"),
        (2017, "Dino Zamparelli"),
        (2017, "Dylan Derdaele"),
        (2017, "Euan McKay"),
        (2017, "Tom Oliphant"),
        (2018, "Xavier Maassen"),
    ]


def test_loading_again_changes_nothing() -> None:
    before = everything()
    lines: list[str] = []
    again = load(lines.append, patience=0)
    assert (again.taken, again.known, lines) == (0, 18, ["0 reports taken in, 18 known already."])
    assert everything() == before


def everything() -> list[list[Any]]:
    """Give all rows that loading makes."""
    models = (Report, Answer, Season, Event, Entry, Result, Place, Championship, TableAfter, Standing, ClaimCheck)
    return [list(model.objects.order_by("pk").values()) for model in models]
