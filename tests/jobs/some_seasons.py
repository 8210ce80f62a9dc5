"""Run in a process of its own, at a database of its own: seasons asked for, and what their page tells.

`python -m tests.jobs.some_seasons ask` makes two seasons whose results have changed behind their tables' back, asks for both
and prints their ids. `... tell` prints what the page of that asking says, and whether computing each again changes anything.
"""

import json
import sys
from html.parser import HTMLParser

import django

django.setup()

from django.contrib.auth.models import User  # noqa: E402  the apps must be ready
from django.test import Client  # noqa: E402
from django.urls import reverse  # noqa: E402
from django.utils.translation import override  # noqa: E402

from racing.models import Place, Season  # noqa: E402
from standings import asking  # noqa: E402
from standings.models import Recomputation  # noqa: E402
from standings.recompute import recompute_season  # noqa: E402
from tests.standings.building import make_entry, make_event, make_race, make_season  # noqa: E402


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []

    def handle_data(self, data: str) -> None:
        self.words += data.split()


def make(name: str) -> Season:
    """Make a season whose first two change places after it was computed."""
    season = make_season(name)
    entries = [make_entry(season, f"{name} {driver}") for driver in ("Ames", "Brac")]
    make_race(make_event(season, f"Dijon {name}", number=1), 1, {"overall": entries})
    recompute_season(season)
    for was, now in ((1, 99), (2, 1), (99, 2)):
        Place.objects.filter(result__entry__season=season, position=was).update(position=now)
    return season


def page_of(asked: Recomputation) -> str:
    """Give the words of the page that tells how far it is."""
    client = Client(SERVER_NAME="localhost")
    client.force_login(User.objects.get())
    with override("en"):
        page = _Words()
        page.feed(client.get(reverse("standings:recomputation_progress", args=[asked.pk])).content.decode())
    return " ".join(page.words)


if sys.argv[1] == "ask":
    seasons = [make(name) for name in ("Vallier", "Sorlin")]
    asking.ask(seasons, User.objects.create_superuser("editor"))
    print(json.dumps([season.pk for season in seasons]))
else:
    words = page_of(Recomputation.objects.get())
    print(json.dumps([words, [recompute_season(season) for season in Season.objects.order_by("pk")]]))
