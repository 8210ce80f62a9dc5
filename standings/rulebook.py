"""Rulebooks: files of `rulebooks/` that say which championships a series had in which years, and by which rules.

A file holds

    series        names, any of them as the series itself or an alias is written (`racing.names.fold` compares); the default
                  has none
    years         list of years, or {from, to}
    verified      whether the figures were read in the source that is named
    source        {fr, en}: where the rules come from, and what is not known
    scales        used by each championship that gives none
    championships list of {slug, name: {fr, en}, rules, and where they differ from the file's: verified, source}.
                  With `classes = ["B"]` it is made for those classes, if the season has them; with `each_class = true` for
                  each class that no other championship of the file is made for. "{class}" in slug and name is the class, which
                  its rules get as their filter.

`rules` are what `standings.scoring.parsing` describes.
"""

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from racing.names import fold
from standings.scoring import Mistake, RulesError, parse_rules

FOLDER = Path(__file__).parent / "rulebooks"
DEFAULT = "default"
SLUG_LENGTH = 50


@dataclass(frozen=True, slots=True)
class Words:
    """A text in both languages."""

    fr: str
    en: str

    def filled(self, **values: str) -> "Words":
        """Put values into the braces."""
        return Words(self.fr.format(**values), self.en.format(**values))


@dataclass(frozen=True, slots=True)
class Template:
    """A championship as the file gives it, for no class, for the classes named, or for each."""

    slug: str
    name: Words
    rules: Mapping[str, Any]
    verified: bool
    source: Words
    classes: tuple[str, ...] = ()
    each_class: bool = False


@dataclass(frozen=True, slots=True)
class Rulebook:
    """One file."""

    slug: str
    series: frozenset[str]
    years: range | tuple[int, ...]
    templates: tuple[Template, ...]

    def holds_for(self, names: Iterable[str], year: int) -> bool:
        """Tell whether this file speaks of the series of these names in that year."""
        return year in self.years and not self.series.isdisjoint(fold(name) for name in names)


@dataclass(frozen=True, slots=True)
class Planned:
    """A championship that a season is to have."""

    slug: str
    name: Words
    order: int
    rulebook: str
    rules: Mapping[str, Any]
    verified: bool
    source: Words


def planned(names: Sequence[str], year: int, classes: Sequence[str]) -> tuple[Planned, ...]:
    """Give the championships of a season: `names` are all of the series, `classes` those of the season in their order."""
    book = next((book for book in rulebooks() if book.holds_for(names, year)), None) or default()
    return tuple(_plan(book, classes))


def _plan(book: Rulebook, classes: Sequence[str]) -> Iterator[Planned]:
    named = {fold(name) for template in book.templates for name in template.classes}
    taken = {template.slug for template in book.templates if not template.classes and not template.each_class}
    order = 0
    for template in book.templates:
        if template.each_class:
            wanted = [name for name in classes if fold(name) not in named]
        else:
            wanted = [name for name in classes if fold(name) in {fold(own) for own in template.classes}]
        if not template.classes and not template.each_class:
            order += 1
            yield Planned(
                template.slug, template.name, order, book.slug, template.rules, template.verified, template.source
            )
        for name in wanted:
            order += 1
            slug = _free(template.slug.replace("{class}", fold(name).replace(" ", "-"))[:SLUG_LENGTH], taken)
            rules = {**template.rules, "filter": {**template.rules.get("filter", {}), "class": name}}
            words = template.name.filled(**{"class": name})
            yield Planned(slug, words, order, book.slug, rules, template.verified, template.source)


def _free(slug: str, taken: set[str]) -> str:
    """Give the slug, or one like it: a class may be called as another table is, or in letters that no address has."""
    found = slug or "class"
    number = 1
    while found in taken:
        number += 1
        found = f"{slug or 'class'}-{number}"
    taken.add(found)
    return found


@cache
def rulebooks() -> tuple[Rulebook, ...]:
    """Give all rulebooks but the default, each file read once a process. Raises RulesError if one cannot be followed."""
    return tuple(load(path) for path in sorted(FOLDER.glob("*.toml")) if path.stem != DEFAULT)


@cache
def default() -> Rulebook:
    """Give the rulebook for seasons of which no other speaks."""
    return load(FOLDER / f"{DEFAULT}.toml")


def load(path: Path) -> Rulebook:
    """Read a rulebook. Raises RulesError, naming the file and what is wrong in it."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        years = data["years"]
        return Rulebook(
            path.stem,
            frozenset(fold(name) for name in data.get("series", [])),
            range(years["from"], years["to"] + 1) if isinstance(years, Mapping) else tuple(years),
            tuple(_template(row, data) for row in data["championships"]),
        )
    except KeyError as missing:
        raise RulesError(Mistake.MISSING_IN_FILE, path.name, needed=str(missing.args[0])) from None
    except (tomllib.TOMLDecodeError, RulesError) as error:
        raise RulesError(Mistake.BROKEN_FILE, path.name, told=str(error)) from error


def _template(row: Mapping[str, Any], file: Mapping[str, Any]) -> Template:
    rules = dict(row["rules"])
    if "scales" not in rules and "scales" in file:
        rules["scales"] = file["scales"]
    parse_rules(rules)
    return Template(
        slug=row["slug"],
        name=Words(**row["name"]),
        rules=rules,
        verified=row.get("verified", file["verified"]),
        source=Words(**row.get("source", file["source"])),
        classes=tuple(row.get("classes", ())),
        each_class=row.get("each_class", False),
    )
