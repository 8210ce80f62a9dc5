import django.db.models.deletion
import racing.terms
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('racing', '0003_makes_and_archives'),
        ('standings', '0004_decisions'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Recomputation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('asked_at', models.DateTimeField(auto_now_add=True, verbose_name='asked for')),
                ('asked_by', models.ForeignKey(help_text="Empty: the rulebooks' files have changed.", null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='asked for by')),
                ('seasons', models.ManyToManyField(related_name='+', to='racing.season', verbose_name='seasons')),
            ],
            options={
                'verbose_name': 'recomputation',
                'verbose_name_plural': 'recomputations',
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='ScoringJob',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[(racing.terms.JobState['WAITING'], 'waiting'), (racing.terms.JobState['READING'], 'reading'), (racing.terms.JobState['MATCHING'], 'matching'), (racing.terms.JobState['SETTLING'], 'settling'), (racing.terms.JobState['SCORING'], 'scoring'), (racing.terms.JobState['ASKING'], 'needs an answer'), (racing.terms.JobState['DONE'], 'done'), (racing.terms.JobState['FAILED'], 'failed')], db_index=True, default=racing.terms.JobState['WAITING'], max_length=10, verbose_name='state')),
                ('attempts', models.PositiveSmallIntegerField(default=0, verbose_name='attempts')),
                ('claim', models.CharField(blank=True, editable=False, help_text='Whose heartbeat counts.', max_length=36)),
                ('asked_at', models.DateTimeField(verbose_name='asked for')),
                ('heartbeat_at', models.DateTimeField(editable=False, null=True)),
                ('finished_at', models.DateTimeField(editable=False, null=True, verbose_name='finished')),
                ('error', models.CharField(blank=True, help_text='A code of racing.problems.', max_length=40, verbose_name='what went wrong')),
                ('error_detail', models.TextField(blank=True, verbose_name='details')),
                ('told', models.JSONField(default=list, verbose_name='what changed')),
                ('season', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='scoring_job', to='racing.season', verbose_name='season')),
            ],
            options={
                'verbose_name': 'scoring job',
                'verbose_name_plural': 'scoring jobs',
                'ordering': ['asked_at', 'season'],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', [racing.terms.JobState['WAITING'], racing.terms.JobState['READING'], racing.terms.JobState['MATCHING'], racing.terms.JobState['SETTLING'], racing.terms.JobState['SCORING'], racing.terms.JobState['ASKING'], racing.terms.JobState['DONE'], racing.terms.JobState['FAILED']])), name='scoring_job_state_known')],
            },
        ),
    ]
