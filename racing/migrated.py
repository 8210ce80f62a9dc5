"""How far the database is migrated: what hears `post_migrate`, and commands, wait until its tables are what the models say."""

from django.core.management import CommandError
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.migrations.executor import MigrationExecutor


def is_whole(using: str) -> bool:
    """Tell whether every migration of every app was applied to a database, by its name in the settings."""
    executor = MigrationExecutor(connections[using])
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def check_whole() -> None:
    """Raise CommandError, with what to do, where the database is that of an older version."""
    if not is_whole(DEFAULT_DB_ALIAS):
        raise CommandError(
            "The database is that of an older version: `python3 run.py manage migrate` brings it up to date, and so does "
            "starting the program."
        )
