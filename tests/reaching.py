"""Tells which tests reach a database, so that only these run once more on another one, and keeps all others away from any."""

from typing import NoReturn

import pytest

#: Fixtures that give a database, or the product with a database of its own.
GIVES_ONE = {"db", "transactional_db", "django_db_setup", "installation", "migrated"}
#: What SQLite can neither find nor make: a process that a test without a database starts fails when it asks for one.
NOWHERE = "sqlite:////dev/null/no-database"


def reaches_a_database(test: pytest.Item) -> bool:
    """Tell whether a test asks for a database, by a mark or by a fixture, however far behind another fixture it is."""
    asked = {mark.name for mark in test.iter_markers()} & {"django_db", "database"}
    return bool(asked or GIVES_ONE.intersection(getattr(test, "fixturenames", ())))


def refuse() -> NoReturn:
    """Say what a test lacks that opens the database by itself."""
    pytest.fail("a test that opens the database by itself is marked `database`")
