"""`manage.py recompute`: settle and score again, and say what that changed. On sound data it changes nothing."""

import os
from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand, CommandError
from django.db import connection
from django.db.models import QuerySet

from racing.migrated import check_whole
from racing.models import Season
from standings.rebuilding import Rebuilt, rebuild_all

#: Fewer seasons than this are not worth a second process.
MANY = 20
BAR = 30


class Command(BaseCommand):
    help = (
        "Settle all results again and score every season anew, each in a transaction of its own. Says what changed, and ends "
        "with 1 if a season could not be computed."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take which seasons are meant, and how they are to be computed."""
        parser.add_argument("--season", type=int, metavar="ID", help="only this season (its id)")
        parser.add_argument("--series", metavar="ADDRESS", help="only seasons of this series (its address)")
        parser.add_argument("--year", type=int, help="only seasons of this year")
        parser.add_argument("--tables", action="store_true", help="only score; results stay as they are settled")
        parser.add_argument(
            "--anew", action="store_true", help="score also what rests on the same rules and results as it did"
        )
        parser.add_argument(
            "--processes", type=int, metavar="N", help="compute so many seasons at a time (as many as there are cores)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Go through the seasons."""
        check_whole()
        keys = list(self.chosen(options).values_list("pk", flat=True))
        processes = options["processes"] or processes_for(len(keys))
        changed, failed = 0, 0
        shared: set[str] = set()
        rebuilt = rebuild_all(keys, settle=not options["tables"], processes=processes, anew=options["anew"])
        for number, one in enumerate(rebuilt, 1):
            self.tell(one, quiet=self.stdout.isatty() and options["verbosity"] < 2)
            self.show_bar(number, len(keys), one.name)
            changed += bool(one.phrases)
            failed += bool(one.failure)
            shared |= one.others.keys()
        self.stdout.write(f"{changed} of {len(keys)} seasons changed.{_shared(shared)}")
        if failed:
            raise CommandError(f"{failed} of {len(keys)} seasons could not be computed.")

    def chosen(self, options: dict[str, Any]) -> QuerySet[Season]:
        """Give the seasons that the options mean. Raises CommandError if there is none."""
        seasons = Season.objects.order_by("pk")
        wanted = {"pk": options["season"], "series__slug": options["series"], "year": options["year"]}
        given = {field: value for field, value in wanted.items() if value is not None}
        seasons = seasons.filter(**given)
        if given and not seasons.exists():
            names = {"pk": "the id", "series__slug": "the series", "year": "the year"}
            told = ", ".join(f"{names[field]} {value}" for field, value in given.items())
            raise CommandError(f"There is no season with {told}.")
        return seasons

    def tell(self, one: Rebuilt, *, quiet: bool) -> None:
        """Say what changed in a season; `quiet` leaves out those in which nothing did."""
        if one.failure:
            self.say(f"{one.name}: FAILED, {one.failure}")
        if one.phrases or not (quiet or one.failure):
            self.say(f"{one.name}: {'; '.join(one.phrases) or 'nothing changed'}")
        for other, phrases in one.others.items():
            self.say(f"      {other}, on the same grid: {'; '.join(phrases)}")

    def say(self, line: str) -> None:
        """Write a line, over the bar if there is one."""
        self.stdout.write(f"\r\x1b[K{line}" if self.stdout.isatty() else line)

    def show_bar(self, number: int, total: int, name: str) -> None:
        """Show how far it is, where somebody watches."""
        if self.stdout.isatty():
            full = BAR * number // total
            bar = f"[{'#' * full}{'.' * (BAR - full)}] {number}/{total} {name}"
            self.stdout.write(f"\r\x1b[K{bar[:78]}", ending="\n" if number == total else "")
            self.stdout.flush()


def processes_for(seasons: int) -> int:
    """Give how many processes so many seasons are worth: SQLite lets one write at a time."""
    if connection.vendor == "sqlite" or connection.in_atomic_block or seasons < MANY:
        return 1
    return os.cpu_count() or 1


def _shared(names: set[str]) -> str:
    return f" So did on their grids: {', '.join(sorted(names))}." if names else ""
