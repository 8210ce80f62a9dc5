"""Everything that a page shows, read as of one moment, whatever is committed meanwhile."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DatabaseError, connection

_BEGIN = {"postgresql": "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", "sqlite": "BEGIN DEFERRED"}


@contextmanager
def one_moment() -> Iterator[None]:
    """Let every query inside see the same state of the database; nothing can be written there.

    `transaction.atomic` would not do: what it begins sees, on PostgreSQL, each commit of others as it comes, and takes the lock
    of writers on SQLite. Inside a transaction of the caller's this does nothing.
    """
    if connection.in_atomic_block:
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute(_BEGIN[connection.vendor])
    try:
        yield
    finally:
        try:
            with connection.cursor() as cursor:
                cursor.execute("ROLLBACK")
        except DatabaseError:
            connection.close()  # the database has gone: with the connection goes whatever was begun on it
