import django.db.models.deletion
from django.db import migrations, models


def forget(apps, schema_editor):
    """Awards and standings are derived: workers compute them anew (`standings.asking.ask_for_stale`)."""
    for name in ("Award", "Standing"):
        apps.get_model("standings", name).objects.all().delete()


class Migration(migrations.Migration):

    dependencies = [
        ('racing', '0002_the_model_reader'),
        ('standings', '0001_initial'),
    ]

    operations = [
        migrations.RunPython(forget, migrations.RunPython.noop),
        migrations.CreateModel(
            name='TableAfter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('awards', models.TextField(verbose_name='points of the race, and why')),
                ('rows', models.TextField(blank=True, verbose_name='rows')),
                ('digest', models.CharField(editable=False, help_text='Of awards and rows: tells whether anything differs.', max_length=32)),
            ],
            options={
                'verbose_name': 'table after a race',
                'verbose_name_plural': 'tables after each race',
                'ordering': ['championship', 'pk'],
            },
        ),
        migrations.AlterModelOptions(
            name='standing',
            options={'ordering': ['championship', 'order'], 'verbose_name': 'standing', 'verbose_name_plural': 'standings'},
        ),
        migrations.RemoveConstraint(
            model_name='standing',
            name='one_standing_a_driver',
        ),
        migrations.RemoveConstraint(
            model_name='standing',
            name='one_standing_a_crew',
        ),
        migrations.RemoveConstraint(
            model_name='standing',
            name='one_standing_a_team',
        ),
        migrations.RemoveConstraint(
            model_name='standing',
            name='one_standing_a_row',
        ),
        migrations.AlterField(
            model_name='standing',
            name='championship',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='standings', to='standings.championship', verbose_name='championship'),
        ),
        migrations.AddConstraint(
            model_name='standing',
            constraint=models.UniqueConstraint(fields=('championship', 'order'), name='one_standing_a_row'),
        ),
        migrations.AddConstraint(
            model_name='standing',
            constraint=models.UniqueConstraint(condition=models.Q(('driver__isnull', False)), fields=('championship', 'driver'), name='one_standing_a_driver'),
        ),
        migrations.AddConstraint(
            model_name='standing',
            constraint=models.UniqueConstraint(condition=models.Q(('entry__isnull', False)), fields=('championship', 'entry'), name='one_standing_a_crew'),
        ),
        migrations.AddConstraint(
            model_name='standing',
            constraint=models.UniqueConstraint(condition=models.Q(('team__isnull', False)), fields=('championship', 'team'), name='one_standing_a_team'),
        ),
        migrations.AddField(
            model_name='tableafter',
            name='championship',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='tables', to='standings.championship', verbose_name='championship'),
        ),
        migrations.AddField(
            model_name='tableafter',
            name='race',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tables', to='racing.race', verbose_name='after race'),
        ),
        migrations.DeleteModel(
            name='Award',
        ),
        migrations.AddConstraint(
            model_name='tableafter',
            constraint=models.UniqueConstraint(fields=('championship', 'race'), name='one_table_a_race'),
        ),
    ]
