"""`manage.py demo`: load the sample season and the five real meetings by the way that every report goes.

With `--history` also seventy-six seasons of Formula One, out of an archive.
"""

from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand
from django.utils import translation

from racing.demo.loading import load
from racing.migrated import check_whole
from standings.loading.history import load_history


class Command(BaseCommand):
    help = (
        "Load an invented season and five real meetings through intake, workers and an editor's answers. Loading again "
        "changes nothing. Where no worker answers, the reports are read in this process."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take how long to wait."""
        parser.add_argument(
            "--patience", type=float, default=6.0, metavar="SECONDS", help="How long a worker may take to begin. [6]"
        )

        parser.add_argument(
            "--history",
            action="store_true",
            help="Also load the Formula One World Championship from 1950 on, by F1DB (CC BY 4.0), as a second series.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        check_whole()
        # The lines are English like those of every command; the questions among them would come in the site's language.
        with translation.override("en"):
            loaded = load(self._say, options["patience"])
        for job in loaded.unfinished:
            self._say(f"Not done: {job.report.name}: {job.state} {job.error}".rstrip())
        self._say(
            f"Sample season: {loaded.taken} reports new, {loaded.known} known, {len(loaded.unfinished)} not done."
        )

        if options["history"]:
            self._load_history()

    def _load_history(self) -> None:
        """Load the seasons, and say whether their tables are those that were published."""
        with translation.override("en"):
            found = load_history(self._say)
        self._say(f"Formula One: {found.loaded} seasons new, {found.there} known.")
        for difference in found.differences:
            self._say(f"Other than published: {difference}")
        right = found.compared - len(found.differences)
        self._say(f"{right} of {found.compared} tables as published.")

    def _say(self, line: str) -> None:
        # At once: run.py passes the lines on while they come.
        self.stdout.write(line)
        self.stdout.flush()
