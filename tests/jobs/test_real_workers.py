"""Workers die as they do in the world: by kill -9, in the middle of a report, on each broker. Nothing is lost or done twice."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.installation import Migrated
from tests.jobs.working import Works, kill, works
from tests.processes import alive, eventually

pytestmark = [pytest.mark.broker, pytest.mark.database]

#: The facts, entries, results and places of the one report, each once.
ONCE = [(3, 3, 3, 3)]
COUNT = (
    "SELECT (SELECT count(*) FROM racing_fact), (SELECT count(*) FROM racing_entry), "
    "(SELECT count(*) FROM racing_result), (SELECT count(*) FROM racing_place WHERE ranking = 'overall')"
)


@pytest.fixture(params=["filesystem", "redis", "rabbitmq"])
def broker(request: pytest.FixtureRequest) -> str:
    """Give each broker in turn."""
    name: str = request.param
    return name


@pytest.fixture
def busy(tmp_path: Path, broker: str, migrated: Migrated, django_db_blocker: object) -> Iterator[Works]:
    """Give works with a report that waits."""
    with django_db_blocker.unblock(), works(tmp_path, broker, migrated) as made:  # type: ignore[attr-defined]
        made.take_in(1)
        yield made


def test_a_report_outlives_the_death_of_its_process_and_then_of_the_whole_worker(busy: Works) -> None:
    first = busy.start_worker()
    child = busy.stop_reader()
    assert busy.state() == ("reading", 1)
    kill(child)
    child = busy.stop_reader()
    assert busy.state() == ("reading", 2)
    sweeper = busy.sweeper_of(first.pid)
    for process in (first.pid, child):
        kill(process)
    first.wait()
    assert eventually(lambda: not alive(sweeper), 10)
    busy.start_worker()
    assert eventually(lambda: busy.state()[0] == "done", 40), (busy.state(), busy.log())
    assert busy.state() == ("done", 3)
    assert busy.ask(COUNT) == ONCE


def test_workers_that_meet_the_same_unknown_drivers_at_once_make_each_once(
    tmp_path: Path, migrated: Migrated, django_db_blocker: object
) -> None:
    with django_db_blocker.unblock(), works(tmp_path, "filesystem", migrated) as busy:  # type: ignore[attr-defined]
        busy.take_in(6)
        busy.start_worker(concurrency=3)
        waiting = "SELECT count(*) FROM racing_readingjob WHERE state <> 'done'"
        assert eventually(lambda: busy.ask(waiting) == [(0,)], 60), busy.log()
        assert busy.ask("SELECT attempts, error FROM racing_readingjob") == [(1, "")] * 6
        assert busy.ask(COUNT) == [(18, 3, 18, 18)]
        assert busy.ask("SELECT count(*) FROM racing_driver") == [(3,)]
