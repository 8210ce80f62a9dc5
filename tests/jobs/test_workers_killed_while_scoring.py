"""A worker's process is killed with a season's tables half written: the season is taken up again, or told as failed."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.installation import Migrated
from tests.jobs.working import Works, works
from tests.processes import eventually

pytestmark = [pytest.mark.broker, pytest.mark.database]

JOBS = "SELECT season_id, state, attempts, error FROM standings_scoringjob ORDER BY season_id"
#: Digests of the tables after each race, then the rows of the last: one statement, so that both are of one moment.
TABLES = (
    "SELECT c.season_id, 1, t.id, t.digest, 0 FROM standings_tableafter t "
    "JOIN standings_championship c ON c.id = t.championship_id "
    "UNION ALL SELECT c.season_id, 2, s.position, d.last_name, c.version FROM standings_standing s "
    "JOIN standings_championship c ON c.id = s.championship_id JOIN racing_driver d ON d.id = s.driver_id "
    "ORDER BY 1, 2, 3"
)


def tables(busy: Works) -> dict[int, list[Any]]:
    """Give what is stored of each season's table, as anybody else sees it: digests, then rows with their version."""
    found: dict[int, list[Any]] = {}
    for season, part, position, words, version in busy.ask(TABLES):
        found.setdefault(season, []).append(words if part == 1 else (version, words.split()[-1], position))
    return found


def test_a_season_outlives_deaths_in_mid_transaction_and_one_that_always_dies_is_told_as_failed(
    tmp_path: Path, migrated: Migrated, django_db_blocker: Any
) -> None:
    with django_db_blocker.unblock(), works(tmp_path, "redis", migrated) as busy:
        busy.environment |= {"JOB_STALE_AFTER": "1", "JOB_HEARTBEAT": "0.3"}
        mortal, hopeless = busy.run("tests.jobs.some_seasons", "ask")
        before, seen = tables(busy), []
        busy.environment["DEATHS"] = json.dumps({mortal: 2, hopeless: 99})
        busy.start_worker(concurrency=2, app="tests.jobs.dying_worker")

        def is_over() -> bool:
            if (now := tables(busy)) not in seen:
                seen.append(now)
            return all(state in ("done", "failed") for _, state, _, _ in busy.ask(JOBS))

        assert eventually(is_over, 40), (busy.ask(JOBS), busy.log())
        assert busy.ask(JOBS) == [(mortal, "done", 3, ""), (hopeless, "failed", 4, "gave_up")]
        # Nobody ever saw anything but the old tables and the whole new one.
        after = tables(busy)
        assert [one for one in seen if one not in (before, after)] == []
        assert after[hopeless] == before[hopeless]
        old, (version, *_), _ = before[mortal]
        new, *rows = after[mortal]
        assert (rows, new != old) == ([(version + 1, "Brac", 1), (version + 1, "Ames", 2)], True)
        words, changed = busy.run("tests.jobs.some_seasons", "tell")
        assert "This season was taken up several times and never came to its end." in words
        assert "Vallier Brac 2 → 1, 18 → 25 points" in words
        # The one is as if nothing had been, the other waits for somebody to ask again.
        assert changed == [False, True]
