"""All sample reports together, by intake, the real task, the reader, settling and scoring."""

from typing import Any

import pytest

from racing.demo.loading import Loaded, documents, load
from racing.models import Disagreement, Entry, Report, Result, Season
from racing.names import fold
from standings.models import Championship, ClaimCheck, Standing
from tests.demo.truth import load as truth_of_the_season

TRUTH = truth_of_the_season()


@pytest.fixture(scope="module")
def season(sample: Loaded) -> Season:
    """Give the invented season."""
    return Season.objects.get(series__slug="trophee-des-volcans", year=2026)


def table(championship: Championship) -> dict[str, int]:
    """Give the championship's last table: each driver's points, by the folded name."""
    rows = Standing.objects.filter(championship=championship).select_related("driver")
    last = rows.order_by("-race__event__rounds__order", "-race__number").first()
    assert last is not None
    return {fold(str(row.driver)): int(row.points) for row in rows.filter(race=last.race_id) if row.driver}


def test_every_report_comes_to_its_end(sample: Loaded) -> None:
    assert [(job.report.name, job.state, job.error) for job in sample.unfinished] == []
    assert sample.taken == len(list(documents())) == Report.objects.count()
