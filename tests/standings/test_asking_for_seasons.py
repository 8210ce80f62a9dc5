"""Many seasons are computed by workers: each once, however many ask, and what changed or failed is kept for who asked."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import OperationalError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from racing import jobs
from racing.models import Place, Season
from racing.sweeping import Sweep
from standings import asking
from standings.models import Championship, Recomputation, ScoringJob, Standing, TableAfter
from standings.recompute import recompute_season
from tests.standings.building import make_entry, make_event, make_race, make_season, stored, table

OnCommit = Callable[..., Any]
DERIVED = (Season, Championship, TableAfter, Standing)


@pytest.fixture
def season(db: None) -> Season:
    season = make_season()
    ames, brac = make_entry(season, "Ames"), make_entry(season, "Brac")
    make_race(make_event(season, "Dijon", number=1), 1, {"overall": [ames, brac]})
    recompute_season(season)
    return season


def states() -> list[tuple[str, str, int]]:
    return list(ScoringJob.objects.order_by("season").values_list("state", "error", "attempts"))


def swap(season: Season) -> None:
    """Let the first and the second change places, behind the tables' back."""
    for was, now in ((1, 99), (2, 1), (99, 2)):
        Place.objects.filter(result__entry__season=season, position=was).update(position=now)


def page_of(asked: Recomputation, client: Client, language: str = "en") -> str:
    with override(language):
        address = reverse("standings:recomputation", args=[asked.pk])
    return client.get(address).content.decode()


def test_workers_compute_what_was_asked_for_and_keep_what_changed(
    season: Season, staff: User, staff_client: Client, django_capture_on_commit_callbacks: OnCommit
) -> None:
    other = make_season("Autre coupe")
    swap(season)
    with django_capture_on_commit_callbacks(execute=True):
        asked = asking.ask([season, other], staff)
        assert states() == [("waiting", "", 0)] * 2
    assert states() == [("done", "", 1)] * 2
    assert table(Championship.objects.get(season=season)) == [(1, "Brac", 25), (2, "Ames", 18)]
    assert ScoringJob.objects.get(season=season).told == [
        {
            "names": ["Classement général", "Overall"],
            "moves": [["Brac", [2, "18"], [1, "25"]], ["Ames", [1, "25"], [2, "18"]]],
            "more": 0,
        }
    ]
    words = page_of(asked, staff_client)
    assert "2 of 2 seasons" in words
    assert "Overall: Brac 2 → 1, 18 → 25 points; Ames 1 → 2, 25 → 18 points" in words
    assert "Classement général\u00a0: Brac 2 → 1, 18 → 25 points" in page_of(asked, staff_client, "fr")


def test_a_season_that_is_asked_for_many_times_is_computed_once(
    season: Season, staff: User, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: OnCommit
) -> None:
    computed: list[int] = []
    compute = asking.compute
    monkeypatch.setattr(asking, "compute", lambda season, **told: computed.append(season.pk) or compute(season, **told))
    with django_capture_on_commit_callbacks(execute=True) as callbacks:
        for _ in range(3):
            asking.ask([season, season], staff)
    assert len(callbacks) == 3
    assert computed == [season.pk]
    assert states() == [("done", "", 1)]


def test_who_is_overtaken_by_a_newer_ask_leaves_nothing_behind(season: Season, staff: User) -> None:
    swap(season)
    before = stored(*DERIVED)
    asking.ask([season], staff)
    claim = jobs.claim(season.pk, asking.SCORING)
    assert claim is not None
    assert jobs.claim(season.pk, asking.SCORING) is None
    asking.ask([season], staff)
    asking.process(season.pk, claim)
    assert stored(*DERIVED) == before
    assert states() == [("waiting", "", 0)]


def test_a_season_whose_worker_died_is_found_and_taken_up(season: Season, staff: User) -> None:
    asking.ask([season], staff)
    assert jobs.claim(season.pk, asking.SCORING) is not None
    ScoringJob.objects.update(heartbeat_at=timezone.now() - timedelta(hours=1))
    swap(season)
    assert Sweep().tick() == [f"season {season.pk}"]  # the task runs where it is sent
    assert states() == [("done", "", 2)]
    assert table(Championship.objects.get(season=season))[0] == (1, "Brac", 25)


def test_rules_that_cannot_be_followed_are_told_and_the_other_tables_computed(
    season: Season, staff: User, staff_client: Client
) -> None:
    broken = Championship.objects.create(season=season, slug="prize", name="Prix", rules={"prizes": 3}, edited=True)
    swap(season)
    asked = asking.ask([season], staff)
    asking.process(season.pk, claimed(season))
    assert states() == [("failed", "rules", 1)]
    assert table(Championship.objects.get(season=season, slug="drivers"))[0] == (1, "Brac", 25)
    assert not broken.standings.exists()
    words = page_of(asked, staff_client)
    assert "1 season could not be computed." in words
    assert "Prix: Unknown key &quot;prizes&quot; in the rules" in words


def test_a_mistake_of_ours_undoes_all_of_the_season_and_is_told(
    season: Season, staff: User, staff_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: object) -> None:
        raise RuntimeError("out of fuel")

    monkeypatch.setattr("standings.recompute.ask_for_claims", fail)
    swap(season)
    before = stored(*DERIVED)
    asked = asking.ask([season], staff)
    asking.process(season.pk, claimed(season))
    assert stored(*DERIVED) == before
    assert states() == [("failed", "internal", 1)]
    assert "Tell your administrator: RuntimeError: out of fuel" in page_of(asked, staff_client)


def test_a_database_that_is_away_leaves_the_season_to_the_sweep(
    season: Season, staff: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: object, **options: object) -> None:
        raise OperationalError("away")

    monkeypatch.setattr(asking, "compute", fail)
    asking.ask([season], staff)
    asking.process(season.pk, claimed(season))
    assert states() == [("scoring", "", 1)]


def claimed(season: Season) -> jobs.Claim:
    claim = jobs.claim(season.pk, asking.SCORING)
    assert claim is not None
    return claim


def test_seasons_whose_rulebook_has_changed_ask_by_themselves(season: Season) -> None:
    assert asking.ask_for_stale() is None
    older = make_season(year=2023)
    recompute_season(older)
    Championship.objects.filter(season=season).update(rules={"scales": {"race": [7, 3]}})
    asked = asking.ask_for_stale()
    assert asked is not None
    assert list(asked.seasons.all()) == [season]
    asking.process(season.pk, claimed(season))
    assert asking.ask_for_stale() is None
    Championship.objects.filter(season=season).update(rules={"scales": {"race": [7, 3]}}, edited=True)
    assert asking.ask_for_stale() is None


def test_tables_that_an_update_has_left_out_are_asked_for(season: Season) -> None:
    TableAfter.objects.all().delete()
    asked = asking.ask_for_stale()
    assert asked is not None
    assert list(asked.seasons.all()) == [season]


@pytest.mark.parametrize("label", ["racing_series", "racing_season", "standings_championship"])
def test_the_admin_asks_for_what_was_chosen(
    season: Season, staff_client: Client, label: str, django_capture_on_commit_callbacks: OnCommit
) -> None:
    row = {"racing_series": season.series, "racing_season": season}.get(label) or season.championships.get()
    chosen = {"action": "compute_chosen_again", "_selected_action": [row.pk]}
    with django_capture_on_commit_callbacks(execute=True):
        answer = staff_client.post(reverse(f"admin:{label}_changelist"), chosen)
    asked = Recomputation.objects.get()
    assert answer.headers["Location"].endswith(f"/recomputations/{asked.pk}/")
    assert (asked.asked_by, states()) == (User.objects.get(username="editor"), [("done", "", 1)])
    assert "No table has changed." in page_of(asked, staff_client)


def test_a_series_without_seasons_has_nothing_to_compute(season: Season, staff_client: Client) -> None:
    series = season.series
    season.delete()
    chosen = {"action": "compute_chosen_again", "_selected_action": [series.pk]}
    answer = staff_client.post(reverse("admin:racing_series_changelist"), chosen, follow=True)
    assert "Il n’y a aucune saison parmi ces éléments." in answer.content.decode()
    assert not Recomputation.objects.exists()


def test_only_the_staff_sees_how_far_it_is(season: Season, staff: User, client: Client) -> None:
    asked = asking.ask([season], staff)
    for name in ("recomputation", "recomputation_progress"):
        assert client.get(reverse(f"standings:{name}", args=[asked.pk])).status_code == 302
    client.force_login(User.objects.create_user("reader"))
    assert client.get(reverse("standings:recomputation", args=[asked.pk])).status_code == 403


def test_the_page_asks_the_same_few_queries_for_many_seasons(
    season: Season, staff: User, staff_client: Client, django_assert_max_num_queries: Any
) -> None:
    more = [make_season("Autre coupe", year) for year in range(2000, 2020)]
    asked = asking.ask([season, *more], staff)
    ScoringJob.objects.update(state="done", told=[{"names": ["Prix", ""], "moves": [], "more": 0}])
    with django_assert_max_num_queries(8):
        words = page_of(asked, staff_client)
    assert words.count("Prix: the same places and points") == 21


def test_the_page_names_what_is_being_computed(season: Season, staff: User, staff_client: Client) -> None:
    asked = asking.ask([season, make_season("Autre coupe", 2000)], staff)
    assert "Being computed:" not in page_of(asked, staff_client)
    ScoringJob.objects.filter(season=season).update(state="scoring")
    words = page_of(asked, staff_client)
    assert ("Being computed:" in words, str(season) in words, "Autre coupe" in words) == (True, True, False)
