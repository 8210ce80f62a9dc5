"""A season's rows become awards and tables; what does not differ is not written."""

import pytest

from racing.models import Season
from standings.models import Award, Championship, Standing
from standings.recompute import recompute_season
from tests.standings.building import make_entry, make_event, make_race, make_season, table

pytestmark = pytest.mark.django_db


@pytest.fixture
def season() -> Season:
    season = make_season()
    ames, brac, caux = (make_entry(season, name, classes=["Pro"]) for name in ("Ames", "Brac", "Caux"))
    event = make_event(season, "Dijon", number=1)
    make_race(event, 1, {"overall": [ames, brac, caux]}, starters=38)
    make_race(event, 2, {"overall": [brac, ames]})
    return season


def test_a_season_of_which_no_rulebook_speaks_is_scored_by_the_default(season: Season) -> None:
    assert recompute_season(season) is True
    overall = Championship.objects.get(season=season, slug="drivers")
    assert (overall.rulebook, overall.verified) == ("default", False)
    assert table(overall) == [(1, "Ames", 43), (1, "Brac", 43), (3, "Caux", 15)]


def test_a_second_run_writes_nothing(season: Season, django_assert_max_num_queries) -> None:
    recompute_season(season)
    before = [list(model.objects.order_by("pk").values()) for model in (Season, Championship, Award, Standing)]
    with django_assert_max_num_queries(20) as queries:
        assert recompute_season(season) is False
    assert [query["sql"] for query in queries if query["sql"].startswith(("INSERT", "UPDATE", "DELETE"))] == []
    assert [list(model.objects.order_by("pk").values()) for model in (Season, Championship, Award, Standing)] == before
