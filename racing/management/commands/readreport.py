"""`manage.py readreport`: what the reader finds in files, as JSON or in the terminal with the evidence underlined."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from racing.readers import read_now
from racing.reading.documents import DocumentError, extract
from racing.reading.facts import Fact, Problem, Reading
from racing.reading.known import Known, from_json
from racing.reading.outline import outline
from racing.reading.reader import read
from racing.terms import Reader


class Command(BaseCommand):
    """Read files and show what they state. Nothing is stored."""

    help = "Show what the reader finds in report files."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the files and the form of the answer."""
        parser.add_argument("files", nargs="+", type=Path, help="reports to read")
        parser.add_argument(
            "--json", action="store_true", help="print one JSON object a line, in the order of the files"
        )
        parser.add_argument(
            "--reader",
            choices=[str(reader) for reader in Reader],
            default=str(Reader.OFFLINE),
            help="who reads: the offline reader, the model that MODEL_READER_URL names, or both [offline]",
        )
        parser.add_argument("--entries", type=Path, help="a JSON list of the season's entries that are known")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print each file's reading; a document that cannot be read gives a reading whose problem says why."""
        known = entries_in(options["entries"]) if options["entries"] else ()
        for path in options["files"]:
            text, reading = reading_of(path, known)
            reading = read_now(text, reading, Reader(options["reader"])).reading
            if options["json"]:
                self.stdout.write(json.dumps({"file": path.name, **outline(reading)}, ensure_ascii=False))
            else:
                self.stdout.write(f"\n=== {path.name}\n\n{underlined(text, reading)}\n\n{listed(reading)}")


def entries_in(path: Path) -> Known:
    """Give the entries of a file: objects with drivers, number, team, car and classes (`racing.reading.known.from_json`).

    Raises CommandError where the file has none.
    """
    try:
        return from_json(json.loads(path.read_text("utf-8")))
    except (OSError, ValueError) as error:
        raise CommandError(f"{path}: {error}") from error


def reading_of(path: Path, known: Known = ()) -> tuple[str, Reading]:
    """Give a file's text and what the reader finds in it. Raises CommandError where the file cannot be opened."""
    try:
        text = extract(path.read_bytes()).text
    except OSError as error:
        raise CommandError(f"{path}: {error.strerror}") from error
    except DocumentError as error:
        return "", Reading(problems=(Problem(error.code, detail=error.detail),))
    return text, read(text, known)


def underlined(text: str, reading: Reading) -> str:
    """Give the text with the evidence of every fact underlined, the names and ranks in it bold."""
    marks = [""] * len(text)
    for fact in reading.facts:
        for number, span in enumerate(fact.evidence):
            for at in range(span.start, span.end):
                marks[at] = "\x1b[1;4m" if number else marks[at] or "\x1b[4m"
    parts = []
    before = ""
    for character, mark in zip(text, marks, strict=True):
        if mark != before:
            parts.append("\x1b[0m" + mark)
            before = mark
        parts.append(character)
    return "".join(parts) + "\x1b[0m"


def listed(reading: Reading) -> str:
    """Give the heading, the facts and the problems, one a line."""
    heading = reading.heading
    stated = (heading.series, heading.season, heading.circuit, heading.starters)
    rows = [" · ".join(value.value for value in stated if value) or "(no heading)"]
    rows += [_line(fact) for fact in reading.facts]
    rows += [f"? {problem.code} {problem.detail} {problem.span or ''}".rstrip() for problem in reading.problems]
    return "\n".join(rows)


def _line(fact: Fact) -> str:
    what = [f"race {fact.race}" if fact.race else "race ?", fact.kind.value, fact.ranking, str(fact.position or "")]
    more = [fact.team, fact.number and f"#{fact.number}", fact.time, fact.text, fact.circuit, fact.start, fact.end]
    more += [fact.points and f"{fact.points} points", "guest" if fact.guest else ""]
    rest = ", ".join(str(value) for value in more if value)
    return (
        f"{fact.sure:.2f}  {' '.join(part for part in what if part):32} {' / '.join(fact.drivers):40} {rest}".rstrip()
    )
