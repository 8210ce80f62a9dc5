"""What tests of every room share. Fixtures of one room live in that room's own conftest.py."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.core.cache import cache
from django.test import Client
from django.utils import translation

from racing.celery import app
from tests.chromium import CHROMIUM, CHROMIUM_FLAGS
from tests.installation import Installation, Migrated, install, migrate
from tests.lacking import leave_out
from tests.reaching import NOWHERE, reaches_a_database, refuse


@pytest.hookimpl(tryfirst=True)  # before `-m` is asked
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests that reach a database: on PostgreSQL `.ci/run` runs these and no others."""
    for test in items:
        if reaches_a_database(test):
            test.add_marker(pytest.mark.database)


@pytest.fixture(autouse=True)
def no_database_unless_marked(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, django_db_blocker: Any
) -> None:
    """Keep a test that is not marked from every database, and the processes that it starts, too."""
    if request.node.get_closest_marker("database") is None:
        monkeypatch.setattr(django_db_blocker, "unblock", refuse)
        monkeypatch.setenv("DATABASE_URL", NOWHERE)


@pytest.fixture(autouse=True)
def empty_cache() -> None:
    """Forget rendered tables: primary keys begin anew in each test, and so do the versions that tables are kept by."""
    cache.clear()


@pytest.fixture(scope="session", autouse=True)
def known_tasks() -> None:
    """Know the tasks as a worker does: here they run where they are sent, by their names."""
    app.loader.import_default_modules()


@pytest.fixture(autouse=True)
def default_language() -> Iterator[None]:
    """Speak the site's default language: what an earlier test's request spoke would still be in the air."""
    with translation.override(settings.LANGUAGE_CODE):
        yield


@pytest.fixture
def staff(db: None) -> User:
    """Give an editor who may do everything. The password is `parc-ferme-test`."""
    return User.objects.create_superuser("editor", password="parc-ferme-test")


@pytest.fixture
def staff_client(staff: User) -> Client:
    """Give a client that is signed in as the editor."""
    client = Client()
    client.force_login(staff)
    return client


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """Give a headless Chromium (playwright's Browser); tests that want it are left out where none is installed."""
    if not CHROMIUM.exists():
        leave_out(f"no Chromium at {CHROMIUM}: install the package 'chromium'")
    from playwright.sync_api import expect, sync_playwright  # noqa: PLC0415  slow to import, only browser tests need it

    expect.set_options(timeout=20_000)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=CHROMIUM_FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def page(chromium: Any) -> Iterator[Any]:
    """Give a page (playwright's Page, in English, 1280 wide). A script error or a breach of the content policy fails the test.

    Answers of 400 and above that a test provokes are no script errors and may pass.
    """
    context = chromium.new_context(locale="en-GB", viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.set_default_timeout(20_000)
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
    page.on(
        "console",
        lambda message: (
            complaints.append(f"{page.url}: {message.text}")
            if message.type == "error" and "Failed to load resource" not in message.text
            else None
        ),
    )
    yield page
    context.close()
    assert complaints == []


@pytest.fixture(scope="session")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """Give the product as it really runs, started empty by run.py: own database, broker, Celery worker, granian.

    It takes seconds to start, and all tests of a run (of one xdist worker) share it.
    """
    with install(tmp_path_factory.mktemp("installation"), "--empty") as running:
        yield running


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Migrated]:
    """Give a database with all tables, to be copied by tests whose processes want one of their own."""
    with migrate(tmp_path_factory.mktemp("migrated")) as made:
        yield made
