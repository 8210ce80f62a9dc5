"""The texts of tables compressed by lz4 on PostgreSQL: written in less than half the time, read in less, hardly longer."""

from django.db import migrations

QUICKER = """
DO $$ BEGIN
    ALTER TABLE standings_tableafter ALTER COLUMN awards SET COMPRESSION lz4, ALTER COLUMN rows SET COMPRESSION lz4;
EXCEPTION WHEN feature_not_supported THEN
    NULL; -- a server that was built without it
END $$
"""


def compress_quicker(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(QUICKER, params=None)


class Migration(migrations.Migration):

    dependencies = [
        ('standings', '0008_inputs'),
    ]

    operations = [migrations.RunPython(compress_quicker, migrations.RunPython.noop, elidable=False)]
