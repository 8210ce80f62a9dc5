"""`manage.py recompute`: settle and score again, and say what that changed. On sound data it changes nothing."""

from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any

from django.core.management import BaseCommand, CommandError
from django.db import transaction

from racing.models import Place, Race, Result, Season
from racing.pipeline import settle_races
from standings.models import Championship, ClaimCheck, Standing, TableAfter
from standings.recompute import compute


class Command(BaseCommand):
    help = "Settle all results again and score every season anew. Says what changed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the season's id, if only one is meant."""
        parser.add_argument("--season", type=int, metavar="ID", help="only this season (its id)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Go through the seasons, one transaction each."""
        seasons = Season.objects.select_related("series").order_by("pk")
        if options["season"] is not None:
            seasons = seasons.filter(pk=options["season"])
            if not seasons:
                raise CommandError(f"There is no season with the id {options['season']}.")
        total = seasons.count()
        changed: set[int] = set()
        for number, season in enumerate(seasons, 1):
            told = rebuild(season)
            own = told.pop(season, [])
            self.stdout.write(f"[{number}/{total}] {season}: {'; '.join(own) or 'nothing changed'}")
            for other, phrases in told.items():
                self.stdout.write(f"      {other}, on the same grid: {'; '.join(phrases)}")
            changed |= {other.pk for other in told} | ({season.pk} if own else set())
        self.stdout.write(f"{len(changed)} of {total} seasons changed.")


def rebuild(season: Season) -> dict[Season, list[str]]:
    """Settle and score one season anew; give what changed, a phrase each, in it and in those that share its grids."""
    with transaction.atomic():
        grids = Season.objects.filter(rounds__event__rounds__season=season).select_related("series").distinct()
        concerned = list({season, *grids})
        before = {one: _snapshot(one) for one in concerned}
        settle_races(Race.objects.filter(event__seasons=season))
        compute(season, thorough=True)  # a season without races has nothing to settle
        told = {one: list(_told(before[one], _snapshot(one))) for one in concerned}
    return {one: phrases for one, phrases in told.items() if phrases}


def _snapshot(season: Season) -> dict[str, frozenset[Any]]:
    """Give the ids of the derived rows by what they are; a row that differs is another row."""
    found = {
        "results": _rows(Result.objects.filter(entry__season=season)),
        "places": _rows(Place.objects.filter(result__entry__season=season)),
        "claims": _rows(ClaimCheck.objects.filter(championship__season=season)),
    }
    for championship in Championship.objects.filter(season=season):
        own = {"championship": championship}
        keys = ("name", "order", "rulebook", "rules", "verified", "source", "basis")
        found[f"{championship.label}, rules and basis"] = frozenset([str([getattr(championship, key) for key in keys])])
        found[f"{championship.label}, tables"] = frozenset(
            TableAfter.objects.filter(**own).values_list("race_id", "digest")
        )
        found[f"{championship.label}, table rows"] = frozenset(Standing.objects.filter(**own).values_list("pk"))
    return found


def _rows(queryset: Any) -> frozenset[Any]:
    return frozenset(str(sorted(row.items())) for row in queryset.order_by().values())


def _told(before: dict[str, frozenset[Any]], after: dict[str, frozenset[Any]]) -> Iterator[str]:
    for what in {**before, **after}:
        old, new = before.get(what, frozenset()), after.get(what, frozenset())
        if old != new:
            yield f"{what}: {len(new - old)} new, {len(old - new)} gone"
