"""How far the database is migrated: what hears `post_migrate` waits until its tables are what the models say."""

from django.db import connections
from django.db.migrations.executor import MigrationExecutor


def is_whole(using: str) -> bool:
    """Tell whether every migration of every app was applied to a database, by its name in the settings."""
    executor = MigrationExecutor(connections[using])
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())
