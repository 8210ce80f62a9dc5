"""Only tests that reach a database run on PostgreSQL, too: nothing else can differ there, since nothing else gets at one.

All tests run on SQLite, so a test that lacks its mark fails there and is not silently left out elsewhere.
"""

import re
import subprocess
import sys
from typing import Any

import pytest
from django.db import connection

from tests.house.tree import ROOT

CONNECT = "import django; django.setup(); from django.db import connection; connection.ensure_connection()"


@pytest.fixture
def behind_another(db: None) -> None:
    """Ask for the database where the test does not say so itself."""


def is_marked(request: pytest.FixtureRequest) -> bool:
    return request.node.get_closest_marker("database") is not None


@pytest.mark.django_db
def test_a_test_with_django_s_mark_is_marked(request: pytest.FixtureRequest) -> None:
    assert is_marked(request)


@pytest.mark.usefixtures("behind_another")
def test_a_test_with_a_fixture_that_asks_for_the_database_is_marked(request: pytest.FixtureRequest) -> None:
    assert is_marked(request)


@pytest.mark.database
def test_a_test_with_the_mark_may_open_the_database_by_itself(django_db_setup: None, django_db_blocker: Any) -> None:
    with django_db_blocker.unblock():
        connection.ensure_connection()


def test_a_test_that_asks_for_none_is_not_marked_and_gets_at_none(
    request: pytest.FixtureRequest, django_db_blocker: Any
) -> None:
    assert not is_marked(request)
    with pytest.raises(RuntimeError, match="Database access not allowed"):
        connection.ensure_connection()
    with pytest.raises(pytest.fail.Exception, match="is marked `database`"):
        django_db_blocker.unblock()


@pytest.mark.parametrize("settings", ["racing.settings", "tests.settings"])
def test_nor_does_a_process_that_it_starts(settings: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", settings)
    answer = subprocess.run([sys.executable, "-c", CONNECT], cwd=ROOT, capture_output=True, text=True, check=False)
    assert answer.returncode == 1
    assert answer.stderr.endswith("OperationalError: unable to open database file\n")


def test_all_tests_run_on_sqlite_and_those_that_are_marked_on_postgresql() -> None:
    runs = re.findall(r"run\.py test (-q.*)", (ROOT / ".ci" / "run").read_text())
    assert runs == ['-q -n 2 -m "database and not browser" || result=$?', "-q -n 2"]
