"""A report's claims about the championship are compared with our tables; they never write one."""

from typing import Any

import pytest
from django.core.files.base import ContentFile

from racing.models import Entry, Event, Fact, FactEntry, ReadingRecord, Report, Season
from racing.terms import FactKind, Match
from standings.models import ClaimCheck
from standings.recompute import recompute_season
from tests.standings.building import make_entry, make_event, make_race, make_season

pytestmark = pytest.mark.django_db


@pytest.fixture
def season() -> Season:
    """A season of one round of two races, known down to the last place that pays."""
    season = make_season()
    cars = [make_entry(season, name, classes=["Am"], team="Alpha") for name in ("Ames", "Brac", "Caux")]
    event = make_event(season, "Dijon", number=1)
    make_race(event, 1, {"overall": cars, "Am": cars}, starters=3)
    make_race(event, 2, {"overall": [cars[1], cars[0], cars[2]], "Am": cars}, starters=3)
    return season


def claim(season: Season, *drivers: str, event: Event | None = None, **told: Any) -> Fact:
    """Let a report about the season claim something."""
    event = event or season.events.get()
    number = str(Report.objects.count())
    report = Report.objects.create(original=ContentFile(b"", number), sha256=number, name=number, size=0, format="txt")
    ReadingRecord.objects.create(report=report, reader_version="1", season=season, event=event)
    data = {key: told[key] for key in ("points", "gap_points", "gap_to", "team") if key in told}
    fact = Fact.objects.create(
        report=report,
        order=1,
        kind=FactKind.CLAIM,
        ranking=told.get("ranking", "overall"),
        position=told.get("position"),
        drivers=list(drivers),
        data=data,
    )
    entry = Entry.objects.filter(season=season, crew__driver__last_name__in=drivers).first()
    if entry:
        FactEntry.objects.create(fact=fact, season=season, entry=entry, match=Match.MATCHED)
    return fact


def verdict(fact: Fact) -> tuple[str, dict[str, Any]]:
    found = ClaimCheck.objects.get(fact=fact)
    return found.verdict, found.found


# After both races overall: Ames 43, Brac 43 (shared), Caux 30. In Am: Ames 50, Brac 36, Caux 30.


@pytest.mark.parametrize(
    ("told", "answer"),
    [
        ({"position": 1}, ("agrees", {"position": 1, "points": "50", "gap_points": "14"})),
        ({"position": 1, "points": "50"}, ("agrees", {"position": 1, "points": "50", "gap_points": "14"})),
        ({"gap_points": "14"}, ("agrees", {"position": 1, "points": "50", "gap_points": "14"})),
        (
            {"gap_points": "20", "gap_to": ["Caux"]},
            ("agrees", {"position": 1, "points": "50", "gap_points": "20"}),
        ),
        ({"position": 2}, ("disagrees", {"position": 1, "points": "50", "gap_points": "14"})),
        ({"position": 1, "points": "49.5"}, ("disagrees", {"position": 1, "points": "50", "gap_points": "14"})),
        ({}, ("open", {"position": 1, "points": "50", "gap_points": "14"})),
    ],
)
def test_a_claim_is_compared_with_the_table_of_its_class(
    season: Season, told: dict[str, Any], answer: tuple[str, dict[str, Any]]
) -> None:
    fact = claim(season, "Ames", ranking="Am", **told)
    recompute_season(season)
    assert verdict(fact) == answer


def test_a_claim_without_a_class_is_about_the_overall_table(season: Season) -> None:
    fact = claim(season, "Caux", position=3, gap_points="13")
    recompute_season(season)
    assert verdict(fact) == ("agrees", {"position": 3, "points": "30", "gap_points": "13"})


def test_a_shared_first_place_is_a_first_place(season: Season) -> None:
    fact = claim(season, "Brac", position=1)
    recompute_season(season)
    assert verdict(fact)[0] == "agrees"


def test_a_claim_is_held_against_the_table_after_its_own_meeting(season: Season) -> None:
    dijon = season.events.get()
    caux = Entry.objects.get(crew__driver__last_name="Caux")
    make_race(make_event(season, "Nogaro", number=2), 1, {"overall": [caux], "Am": [caux]}, starters=1)
    fact = claim(season, "Caux", position=3, points="30", event=dijon)
    recompute_season(season)
    assert verdict(fact)[0] == "agrees"


def test_a_claim_that_does_not_agree_is_open_while_what_came_before_is_partly_known(season: Season) -> None:
    fact = claim(season, "Ames", ranking="Am", points="75")
    season.rounds.update(number=2)
    recompute_season(season)
    assert verdict(fact) == ("open", {"position": 1, "points": "50", "gap_points": "14"})


def test_a_claim_that_does_not_agree_is_open_while_a_race_is_partly_known(season: Season) -> None:
    fact = claim(season, "Ames", ranking="Am", points="75")
    season.events.get().races.filter(number=1).update(starters=30)
    recompute_season(season)
    assert verdict(fact)[0] == "open"


def test_a_claim_about_nobody_in_the_table_or_no_table_is_open(season: Season) -> None:
    somebody, no_class = claim(season, "Zeller", position=1), claim(season, "Ames", ranking="Silver", position=1)
    recompute_season(season)
    assert [verdict(somebody), verdict(no_class)] == [("open", {}), ("open", {})]


def test_a_claim_of_which_a_part_cannot_be_compared_is_open() -> None:
    season = make_season()
    ames = make_entry(season, "Ames")
    make_race(make_event(season, "Dijon", number=1), 1, {"overall": [ames]}, starters=1)
    fact = claim(season, "Ames", position=1, gap_points="34")
    recompute_season(season)
    assert verdict(fact) == ("open", {"position": 1, "points": "25"})


def test_a_team_is_found_by_its_name() -> None:
    season = make_season("Trophée des Volcans")
    cars = [make_entry(season, "Ames", team="Écurie Alpha"), make_entry(season, "Brac", team="Beta")]
    make_race(make_event(season, "Charade", number=1), 1, {"overall": cars}, starters=2)
    fact = claim(season, ranking="Teams", position=1, team="Ecurie Alpha", gap_points="5")
    recompute_season(season)
    assert verdict(fact) == ("agrees", {"position": 1, "points": "25", "gap_points": "5"})


def test_a_crew_is_checked_as_one_subject() -> None:
    season = make_season("GT4 European Series", 2020)
    cars = [make_entry(season, "Ames", "Brac", classes=["Silver"]), make_entry(season, "Caux", classes=["Silver"])]
    make_race(make_event(season, "Spa", order=1), 1, {"Silver": cars})
    fact = claim(season, "Ames", "Brac", ranking="Silver", position=1, gap_points="34")
    recompute_season(season)
    assert verdict(fact) == ("open", {"position": 1, "points": "25", "gap_points": "7"})


def test_a_verdict_follows_the_table_and_a_second_run_changes_nothing(season: Season) -> None:
    fact = claim(season, "Caux", position=1)
    recompute_season(season)
    assert verdict(fact)[0] == "disagrees"
    key = ClaimCheck.objects.get().pk
    caux = Entry.objects.get(crew__driver__last_name="Caux")
    event = season.events.get()
    make_race(event, 3, {"overall": [caux], "Am": [caux]}, starters=1)
    assert recompute_season(season) is True
    assert verdict(fact)[0] == "agrees"
    assert recompute_season(season) is False
    assert ClaimCheck.objects.get().pk == key


def test_a_verdict_on_a_report_that_is_no_longer_about_the_season_goes(season: Season) -> None:
    fact = claim(season, "Ames", position=1)
    recompute_season(season)
    ReadingRecord.objects.filter(report=fact.report).update(season=None)
    assert recompute_season(season) is True
    assert not ClaimCheck.objects.exists()
