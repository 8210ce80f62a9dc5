"""Run in a process of its own: makes a season and takes in so many reports, one a race, three races a meeting.

Each tells the same three drivers, whom nobody knows yet. `python -m tests.jobs.some_reports 6`
"""

import sys

import django

django.setup()

from racing.intake import take_in_text  # noqa: E402  the apps must be ready
from racing.models import Circuit, Event, Round, Season, Series  # noqa: E402

series = Series.objects.create(name="Coupe Vallier France", slug="vallier", confirmed=True)
season = Season.objects.create(series=series, year=2019, confirmed=True)
events = []
for number, name in enumerate(("Charade", "Dijon"), 1):
    circuit = Circuit.objects.create(name=name, slug=name.lower(), confirmed=True)
    events.append(Event.objects.create(circuit=circuit, year=2019, slug=f"{name.lower()}-2019", confirmed=True))
    Round.objects.create(season=season, event=events[-1], number=number)
for index in range(int(sys.argv[1])):
    event, number = events[index // 3], index % 3 + 1
    text = f"Course {number}\n\nLoïc Ferrand s'impose devant Hugo Marchand et Paul Sorel à {event.circuit}."
    take_in_text(text, f"{event.circuit} {number}", series=series, season=season, event=event)
