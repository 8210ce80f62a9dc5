"""What counts of each race, kept beside its awards, so that a correction need not score the other races of the season again."""

from django.db import migrations, models

QUICKER = """
DO $$ BEGIN
    ALTER TABLE standings_tableafter ALTER COLUMN scores SET COMPRESSION lz4;
EXCEPTION WHEN feature_not_supported THEN
    NULL; -- a server that was built without it
END $$
"""


def compress_quicker(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(QUICKER, params=None)


class Migration(migrations.Migration):

    dependencies = [
        ('standings', '0009_quicker_compression'),
    ]

    operations = [
        migrations.AddField(
            model_name='tableafter',
            name='scores',
            field=models.TextField(blank=True, default='', editable=False, help_text='What counts of the race, to go on from.'),
        ),
        migrations.AlterField(
            model_name='tableafter',
            name='digest',
            field=models.CharField(editable=False, help_text='Of awards, scores and rows: tells whether anything differs.', max_length=32),
        ),
        migrations.RunPython(compress_quicker, migrations.RunPython.noop, elidable=False),
    ]
