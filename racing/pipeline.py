"""The spine: rows to values, the plain functions, values to rows, a transaction each."""

from collections.abc import Iterable

from django.db.models import F
from django.db.models.functions import Now

from racing.classifications import replace_classification
from racing.models import Race, Season
from racing.signals import results_changed


def lock_seasons(seasons: Iterable[int]) -> list[Season]:
    """Lock the rows of the seasons, by their ids, until the transaction ends; always in the same order. Gives them fresh."""
    return list(Season.objects.select_for_update().filter(pk__in=set(seasons)).order_by("pk"))


def settle_races(races: Iterable[Race]) -> list[Season]:
    """Settle the races for each season that they count in, and have those seasons scored, before the transaction commits.

    Must run inside `transaction.atomic()`. Locks the seasons, replaces results, places and disagreements where they differ,
    lets the seasons' version grow where they did, and sends `results_changed`. Gives the seasons.
    """
    races = sorted(set(races), key=lambda race: race.pk)
    events = {race.event_id for race in races}
    seasons = lock_seasons(Season.objects.filter(rounds__event__in=events).values_list("pk", flat=True))
    for season in seasons:
        own = set(season.rounds.values_list("event_id", flat=True))
        changed = [replace_classification(race, season) for race in races if race.event_id in own]
        if any(changed):
            touch(season)
    if seasons:
        results_changed.send(sender=settle_races, seasons=seasons)
    return seasons


def touch(season: Season) -> None:
    """Let the season's version grow: something that its pages show has changed. The season's row must be locked."""
    Season.objects.filter(pk=season.pk).update(version=F("version") + 1, changed_at=Now())
    season.refresh_from_db(fields=["version", "changed_at"])
