"""`manage.py proveseasons [DIR]`: score the seasons of an archive, and compare each table with the official one.

By the rules of the archive, or with `--rulebooks` by those of our own files.
"""

from argparse import ArgumentParser
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError

from standings.history.books import book_rules
from standings.history.f1db import DATA, Season, rules_of, seasons
from standings.history.mutating import Broken, mutate, spans, told_in
from standings.history.proving import Proof, prove


class Command(BaseCommand):
    help = "Score the seasons of an archive and compare every table with the official one. Nothing is stored."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the folder, and whether to switch rules off."""
        parser.add_argument(
            "folder",
            type=Path,
            nargs="?",
            default=DATA,
            help="folder with results.csv.gz, rules.json and the official tables (else the archive that is part of this)",
        )
        parser.add_argument("--mutate", action="store_true", help="also switch rules off one by one: what fails then?")
        parser.add_argument(
            "--rulebooks", action="store_true", help="score by our rulebooks, not by the archive's rules"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Prove each season; ends with 1 where a table differs, or a rule that is off breaks other tables than it should."""
        folder: Path = options["folder"]
        try:
            held = list(seasons(folder))
        except (OSError, KeyError, ValueError) as error:
            raise CommandError(f"{folder} cannot be read as an archive of seasons: {error}") from error
        wrong = self._prove(held, book_rules if options["rulebooks"] else rules_of)
        if options["mutate"]:
            wrong += self._mutate(held, told_in(folder / "RULES.md", [season.year for season in held]))
        if wrong:
            raise CommandError("1 difference." if wrong == 1 else f"{wrong} differences.")

    def _prove(self, held: Sequence[Season], rules: Callable[[Season, str], dict[str, Any]]) -> int:
        """Print each season scored by some rules, then the totals; give the number of tables that differ."""
        proofs: list[tuple[str, Proof]] = []
        for season in held:
            own = [(kind, prove(season, kind, rules(season, kind))) for kind in season.official]
            proofs += own
            self.stdout.write(f"{season.year}  " + "   ".join(f"{kind} {_told(proof)}" for kind, proof in own))
        tables = [proof for _, proof in proofs]
        drivers = [proof for kind, proof in proofs if kind == "drivers"]
        right = sum(not proof.difference for proof in tables)
        gross, gross_of = sum(one.gross for one in drivers), sum(one.gross_of for one in drivers)
        rounds, rounds_of = sum(one.rounds for one in tables), sum(one.rounds_of for one in tables)
        exact = sum(one.rounds_exact for one in tables)
        self.stdout.write(f"{right} of {len(tables)} final tables agree in every position and point.")
        self.stdout.write(f"{gross} of {gross_of} drivers' totals without drops agree.")
        self.stdout.write(
            f"{rounds} of {rounds_of} tables after a round agree, {exact} of them with nothing left out, "
            f"the others but for rows in which the archive is known to be otherwise."
        )
        return len(tables) - right + gross_of - gross + rounds_of - rounds

    def _mutate(self, held: Sequence[Season], told: dict[str, Broken]) -> int:
        """Print what each rule breaks when it is off; give the number of those that break other tables than was told."""
        wrong = 0
        for outcome in mutate(held, told):
            drivers, constructors = outcome.broken
            verdict = "not foretold" if outcome.told is None else "as foretold"
            if outcome.told is not None and outcome.told != outcome.broken:
                wrong += 1
                verdict = f"OTHER THAN FORETOLD: drivers ({spans(outcome.told[0])}), makes ({spans(outcome.told[1])})"
            self.stdout.write(
                f"{outcome.change}: drivers {len(drivers)} ({spans(drivers)}), "
                f"makes {len(constructors)} ({spans(constructors)}): {verdict}"
            )
        return wrong


def _told(proof: Proof) -> str:
    if proof.difference:
        return f"DIFFERS: {proof.difference}"
    return f"OK, but {proof.round_difference}" if proof.round_difference else "OK"
