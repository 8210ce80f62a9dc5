"""Run in a process of its own: makes the tables, a season with one meeting, and takes in so many reports, one a race.

Each tells the same three drivers, whom nobody knows yet. `python -m tests.jobs.some_reports 6`
"""

import sys

import django
from django.core.management import call_command

django.setup()
call_command("migrate", verbosity=0)

from racing.intake import take_in_text  # noqa: E402  the apps must be ready
from racing.models import Circuit, Event, Round, Season, Series  # noqa: E402

series = Series.objects.create(name="Coupe Vallier France", slug="vallier", confirmed=True)
season = Season.objects.create(series=series, year=2019, confirmed=True)
circuit = Circuit.objects.create(name="Charade", slug="charade", confirmed=True)
event = Event.objects.create(circuit=circuit, year=2019, slug="charade-2019", confirmed=True)
Round.objects.create(season=season, event=event, number=1)
for number in range(1, int(sys.argv[1]) + 1):
    text = f"Course {number}\n\nLoïc Ferrand s'impose devant Hugo Marchand et Paul Sorel à Charade."
    take_in_text(text, f"Charade {number}", series=series, season=season, event=event)
