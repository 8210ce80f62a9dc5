"""A season's rows become awards and tables; what does not differ is not written."""

from typing import Any

import pytest
from django.db import transaction

from racing.corrections import correct
from racing.models import Entry, EntryClass, Place, Race, RacingClass, Round, Season
from racing.pipeline import settle_races
from racing.signals import results_changed
from racing.terms import RaceStatus
from standings.models import Championship, Standing, TableAfter
from standings.recompute import recompute_season
from tests.standings.building import make_entry, make_event, make_race, make_season, paid, put, stored, table

pytestmark = pytest.mark.django_db


@pytest.fixture
def season() -> Season:
    season = make_season()
    ames, brac, caux = (make_entry(season, name, classes=["Pro"]) for name in ("Ames", "Brac", "Caux"))
    event = make_event(season, "Dijon", number=1)
    make_race(event, 1, {"overall": [ames, brac, caux]}, starters=38)
    make_race(event, 2, {"overall": [brac, ames]})
    return season


def overall(season: Season) -> Championship:
    return Championship.objects.get(season=season, slug="drivers")


def everything() -> list[list[dict[str, Any]]]:
    return stored(Season, Championship, TableAfter, Standing)


def test_a_season_of_which_no_rulebook_speaks_is_scored_by_the_default(season: Season) -> None:
    assert recompute_season(season) is True
    found = overall(season)
    assert (found.rulebook, found.verified) == ("default", False)
    assert table(found) == [(1, "Ames", 43), (1, "Brac", 43), (3, "Caux", 15)]
    first, second = Race.objects.order_by("number")
    assert found.basis == [
        {"race": first.pk, "known": 3, "of": 38, "complete": False},
        {"race": second.pk, "known": 2, "of": None, "complete": False},
    ]


def test_a_table_is_kept_after_each_race(season: Season) -> None:
    recompute_season(season)
    first, second = Race.objects.order_by("number")
    assert table(overall(season), first) == [(1, "Ames", 25), (2, "Brac", 18), (3, "Caux", 15)]
    assert table(overall(season), second) == [(1, "Ames", 43), (1, "Brac", 43), (3, "Caux", 15)]


def test_a_second_run_writes_nothing(season: Season, django_assert_max_num_queries: Any) -> None:
    recompute_season(season)
    before = everything()
    with django_assert_max_num_queries(20) as queries:
        assert recompute_season(season) is False
    written = [row["sql"] for row in queries if row["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    assert written == []
    assert everything() == before


def test_the_number_of_queries_does_not_grow_with_the_season(
    season: Season, django_assert_max_num_queries: Any
) -> None:
    entries = [make_entry(season, f"Driver{number}", classes=["Am"]) for number in range(20)]
    for order in range(2, 6):
        event = make_event(season, f"Circuit {order}", number=order)
        for number in (1, 2):
            make_race(event, number, {"overall": entries, "Am": entries})
    recompute_season(season)
    with django_assert_max_num_queries(20):
        assert recompute_season(season) is False


def test_only_what_differs_is_replaced_and_only_its_version_grows(season: Season) -> None:
    am = make_entry(season, "Doux", classes=["Am"])
    last = Race.objects.get(number=2)
    put(last, am, "Am", 1)
    recompute_season(season)
    versions = dict(Championship.objects.values_list("slug", "version"))
    kept = TableAfter.objects.filter(race__number=1).values("pk", "digest").order_by("pk")
    before = list(kept)
    season.refresh_from_db()
    version = season.version
    Place.objects.filter(result__race=last, ranking="overall", position=2).update(position=3)
    assert recompute_season(season) is True
    assert list(kept.all()) == before
    assert dict(Championship.objects.values_list("slug", "version")) == {**versions, "drivers": versions["drivers"] + 1}
    assert season.version == version + 1
    assert table(overall(season)) == [(1, "Brac", 43), (2, "Ames", 40), (3, "Caux", 15)]


def test_results_and_tables_change_together_or_not_at_all(season: Season) -> None:
    recompute_season(season)
    before = everything()
    with transaction.atomic():
        Place.objects.filter(result__race__number=2, position=1).delete()
        results_changed.send(sender=None, seasons=[season])
        assert table(overall(season)) == [(1, "Ames", 43), (2, "Brac", 18), (3, "Caux", 15)]
        transaction.set_rollback(True)
    assert everything() == before


def test_a_correction_settles_and_scores_in_one_go(season: Season, staff: Any) -> None:
    race = Race.objects.get(number=2)
    doux = make_entry(season, "Doux")
    correct(race, doux, "race:overall", 1, "the sheet says so", staff)
    assert (1, "Doux", 25) in table(overall(season), race)


def test_races_count_in_the_order_of_their_rounds() -> None:
    season = make_season()
    ames, brac = make_entry(season, "Ames"), make_entry(season, "Brac")
    late = make_race(make_event(season, "Albi", order=2), 1, {"overall": [ames, brac]})
    early = make_race(make_event(season, "Zolder", order=1), 1, {"overall": [brac, ames]})
    recompute_season(season)
    assert table(overall(season), early) == [(1, "Brac", 25), (2, "Ames", 18)]
    assert table(overall(season), late) == [(1, "Ames", 43), (1, "Brac", 43)]


def test_cancelled_and_scheduled_races_give_no_points_and_no_table(season: Season) -> None:
    ames = Entry.objects.get(crew__driver__last_name="Ames")
    event = make_event(season, "Nogaro", number=2)
    make_race(event, 1, {"overall": [ames]}, status=RaceStatus.CANCELLED)
    make_race(event, 2, {"overall": [ames]}, status=RaceStatus.SCHEDULED, starters=20)
    recompute_season(season)
    assert not Standing.objects.filter(race__event=event).exists()
    assert not TableAfter.objects.filter(race__event=event).exists()
    scheduled = Race.objects.get(event=event, number=2)
    assert overall(season).basis[2:] == [{"race": scheduled.pk, "known": 0, "of": 20, "complete": False}]


def test_a_class_holds_for_the_rounds_that_it_is_given_for() -> None:
    season = make_season()
    car = make_entry(season, "Ames")
    silver, pro_am = (RacingClass.objects.create(season=season, name=name) for name in ("Silver", "Pro-Am"))
    EntryClass.objects.create(entry=car, racing_class=silver, to_round=1)
    EntryClass.objects.create(entry=car, racing_class=pro_am, from_round=2)
    make_race(make_event(season, "Imola", number=1), 1, {"overall": [car], "Silver": [car]})
    make_race(make_event(season, "Spa", number=2), 1, {"overall": [car], "Pro-Am": [car]})
    recompute_season(season)
    points = {row.slug: [points for _, points in paid(row)] for row in Championship.objects.all()}
    assert points == {"drivers": [25, 25], "silver": [25], "pro-am": [25]}


def test_points_go_to_the_crew_of_the_round() -> None:
    season = make_season()
    car = make_entry(season, "Ames", "Brac")
    car.crew.filter(driver__last_name="Brac").update(to_round=1)
    make_race(make_event(season, "Imola", number=1), 1, {"overall": [car]})
    make_race(make_event(season, "Spa", number=2), 1, {"overall": [car]})
    recompute_season(season)
    assert table(overall(season)) == [(1, "Ames", 50), (2, "Brac", 25)]


def test_a_meeting_that_two_seasons_share_is_scored_in_each_by_its_own_entries() -> None:
    france, benelux = make_season("Coupe de France"), make_season("Coupe du Benelux")
    event = make_event(france, "Spa", order=1)
    Round.objects.create(season=benelux, event=event, order=1)
    ames, brac = make_entry(france, "Ames"), make_entry(benelux, "Brac")
    guest = make_entry(france, "Brac", guest=True)
    race = make_race(event, 1, {"track": [guest, ames]})
    put(race, ames, "overall", 1)
    put(race, brac, "overall", 1)
    with transaction.atomic():
        results_changed.send(sender=None, seasons=[france, benelux])
    assert table(overall(france)) == [(1, "Ames", 25)]
    assert table(overall(benelux)) == [(1, "Brac", 25)]


def test_settling_without_anything_new_changes_nothing_that_is_stored(staff: Any) -> None:
    season = make_season()
    ames, brac = make_entry(season, "Ames"), make_entry(season, "Brac")
    race = make_race(make_event(season, "Dijon", number=1), 1)
    correct(race, ames, "race:overall", 1, "the sheet says so", staff)
    correct(race, brac, "race:overall", 2, "the sheet says so", staff)
    before = everything()
    with transaction.atomic():
        settle_races([race])
    assert everything() == before
    assert table(overall(season)) == [(1, "Ames", 25), (2, "Brac", 18)]
