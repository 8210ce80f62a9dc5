"""Bring the list of rulebooks in `docs/rulebooks.md` up to date: `.venv/bin/python -m scripts.rulebooks`."""

import tomllib
from collections.abc import Iterator
from pathlib import Path

from standings.rulebook import DEFAULT, FOLDER, Rulebook, load

DOCUMENT = Path(__file__).resolve().parent.parent / "docs" / "rulebooks.md"
BEGIN, END = "<!-- rulebooks -->\n", "<!-- /rulebooks -->"


def listed(folder: Path = FOLDER) -> str:
    """Give the list of a folder's rulebooks as a Markdown table: series, years, file, and which tables are verified."""
    rows = ["| series | years | file | verified |", "|---|---|---|---|"]
    for name, path in sorted(_named(folder), key=lambda one: (one[0] == "", one[0], one[1].name)):
        book = load(path)
        years = "every year that no other file speaks of" if path.stem == DEFAULT else _span(book.years)
        rows.append(f"| {name or 'any other'} | {years} | `{path.name}` | {_verified(book)} |")
    return "\n".join(rows) + "\n"


def _named(folder: Path) -> Iterator[tuple[str, Path]]:
    """Give each file with the first name of its series, "" for the default."""
    for path in folder.glob("*.toml"):
        names = tomllib.loads(path.read_text(encoding="utf-8")).get("series", [])
        yield (names[0] if names else ""), path


def _span(years: range | tuple[int, ...]) -> str:
    first, last = min(years), max(years)
    return str(first) if first == last else f"{first}–{last}"


def _verified(book: Rulebook) -> str:
    """Tell which tables are verified, with the years where only some are."""
    found = []
    for template in book.templates:
        sure = [year for year in book.years if template.held(year).verified]
        if len(sure) == len(book.years):
            found.append(template.slug)
        elif sure:
            found.append(f"{template.slug} of {', '.join(map(str, sure))}")
    if len(found) == len(book.templates) and all(" of " not in one for one in found):
        return "yes"
    return ", ".join(found) or "no"


def with_list(document: str) -> str:
    """Put the list in its place. Raises ValueError where the document has none."""
    before, _, rest = document.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not end:
        raise ValueError("The document has no place for the list of rulebooks.")
    return f"{before}{BEGIN}{listed()}{END}{after}"


if __name__ == "__main__":
    DOCUMENT.write_text(with_list(DOCUMENT.read_text(encoding="utf-8")), encoding="utf-8")
