"""Rulebooks: files of `rulebooks/` that say which championships a series had in which years, and by which rules.

A file holds

    series        names, any of them as the series itself or an alias is written (`racing.names.fold` compares); the default
                  has none
    years         list of years, or {from, to}
    verified      whether the figures were read in the source that is named
    source        {fr, en}: where the rules come from, and what is not known
    scales        used by each championship that gives none
    rules         what the rules of all championships of the file have in common
    overrides     year -> what is otherwise in that year: {rules, note: {fr, en}, verified}. The keys of these `rules` take the
                  place of those of every championship, whole; `note` is added to the source. So rounds, which are counted
                  anew every year, need no file of their own: `overrides.2014.rules.round_multiplier = { 19 = 2 }`
    championships list of {slug, name: {fr, en}, rules, and where they differ from the file's: verified, source}, and
                  overrides of its own, which come after those of the file.
                  With `classes = ["B"]` it is made for those classes, if the season has them; with `each_class = true` for
                  each class that no other championship of the file is made for. "{class}" in slug and name is the class, which
                  its rules get as their filter.

`rules` are what `standings.scoring.parsing` describes. `docs/rulebooks.md` shows how to add a file.
"""

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from racing.names import fold
from standings.scoring import Mistake, RulesError, parse_rules
from standings.scoring import values as read

FOLDER = Path(__file__).parent / "rulebooks"
DEFAULT = "default"
SLUG_LENGTH = 50

FILE = ("series", "years", "verified", "source", "scales", "rules", "overrides", "championships")
CHAMPIONSHIP = ("slug", "name", "rules", "verified", "source", "overrides", "classes", "each_class")
OVERRIDE = ("rules", "note", "verified")


@dataclass(frozen=True, slots=True)
class Words:
    """A text in both languages."""

    fr: str
    en: str

    def filled(self, **values: str) -> "Words":
        """Put values into the braces."""
        return Words(self.fr.format(**values), self.en.format(**values))


@dataclass(frozen=True, slots=True)
class Year:
    """The rules of a championship in one year."""

    rules: Mapping[str, Any]
    verified: bool
    source: Words


@dataclass(frozen=True, slots=True)
class Template:
    """A championship as the file gives it, for no class, for the classes named, or for each; `years` that are otherwise."""

    slug: str
    name: Words
    usual: Year
    years: Mapping[int, Year] = field(default_factory=dict)
    classes: tuple[str, ...] = ()
    each_class: bool = False

    def held(self, year: int) -> Year:
        """Give what holds in a year."""
        return self.years.get(year, self.usual)


@dataclass(frozen=True, slots=True)
class Rulebook:
    """One file."""

    slug: str
    series: frozenset[str]
    years: range | tuple[int, ...]
    templates: tuple[Template, ...]

    def holds_for(self, names: Iterable[str], year: int) -> bool:
        """Tell whether this file speaks of the series of these names, folded, in that year."""
        return year in self.years and not self.series.isdisjoint(names)


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
    folded = {fold(name) for name in names}
    book = next((book for book in rulebooks() if book.holds_for(folded, year)), None) or default()
    return tuple(_plan(book, year, classes))


def _plan(book: Rulebook, year: int, classes: Sequence[str]) -> Iterator[Planned]:
    named = {fold(name) for template in book.templates for name in template.classes}
    taken = {template.slug for template in book.templates if not template.classes and not template.each_class}
    order = 0
    for template in book.templates:
        held = template.held(year)
        if template.each_class:
            wanted = [name for name in classes if fold(name) not in named]
        else:
            wanted = [name for name in classes if fold(name) in {fold(own) for own in template.classes}]
        if not template.classes and not template.each_class:
            order += 1
            yield Planned(template.slug, template.name, order, book.slug, held.rules, held.verified, held.source)
        for name in wanted:
            order += 1
            slug = _free(template.slug.replace("{class}", fold(name).replace(" ", "-"))[:SLUG_LENGTH], taken)
            rules = {**held.rules, "filter": {**held.rules.get("filter", {}), "class": name}}
            words = template.name.filled(**{"class": name})
            yield Planned(slug, words, order, book.slug, rules, held.verified, held.source)


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
        data = read.table(tomllib.loads(path.read_text(encoding="utf-8")), FILE, path.name)
        years = _years(data["years"])
        rows = read.items(data["championships"], "championships")
        return Rulebook(
            path.stem,
            frozenset(fold(name) for name in read.texts(data.get("series", []), "series")),
            years,
            tuple(_template(read.table(row, CHAMPIONSHIP, "championships"), data, years) for row in rows),
        )
    except KeyError as missing:
        raise RulesError(Mistake.MISSING_IN_FILE, path.name, needed=str(missing.args[0])) from None
    except (tomllib.TOMLDecodeError, RulesError) as error:
        raise RulesError(Mistake.BROKEN_FILE, path.name, told=str(error)) from error


def _years(value: Any) -> range | tuple[int, ...]:
    if isinstance(value, Mapping):
        given = read.table(value, ("from", "to"), "years")
        return range(read.number(given["from"], "years.from"), read.number(given["to"], "years.to") + 1)
    return tuple(read.number(year, "years") for year in read.items(value, "years"))


def _template(row: Mapping[str, Any], file: Mapping[str, Any], years: range | tuple[int, ...]) -> Template:
    rules = {**file.get("rules", {}), **(row.get("rules", {}) if "rules" in file else row["rules"])}
    if "scales" not in rules and "scales" in file:
        rules["scales"] = file["scales"]
    parse_rules(rules)
    verified = read.flag(row.get("verified", file["verified"]), "verified")
    usual = Year(rules, verified, _words(row.get("source", file["source"]), "source"))
    return Template(
        slug=read.text(row["slug"], "slug"),
        name=_words(row["name"], "name"),
        usual=usual,
        years=_overridden(usual, years, file.get("overrides", {}), row.get("overrides", {})),
        classes=tuple(row.get("classes", ())),
        each_class=read.flag(row.get("each_class", False), "each_class"),
    )


def _overridden(usual: Year, years: range | tuple[int, ...], *overrides: Mapping[str, Any]) -> dict[int, Year]:
    """Give the years that differ from the usual one: one set of overrides after the other."""
    found: dict[int, Year] = {}
    for given in overrides:
        for text, value in read.mapping(given, "overrides").items():
            key = f"overrides.{text}"
            year = read.number(text, key)
            if year not in years:
                raise RulesError(Mistake.NOT_ONE_OF, "overrides", known=", ".join(map(str, years)), given=text)
            found[year] = _differing(found.get(year, usual), read.table(value, OVERRIDE, key), key)
    return found


def _differing(before: Year, given: Mapping[str, Any], key: str) -> Year:
    rules = {**before.rules, **read.mapping(given.get("rules", {}), f"{key}.rules")}
    parse_rules(rules)
    source = before.source
    if "note" in given:
        note = _words(given["note"], f"{key}.note")
        source = Words(f"{source.fr} {note.fr}", f"{source.en} {note.en}")
    return Year(rules, read.flag(given.get("verified", before.verified), f"{key}.verified"), source)


def _words(value: Any, key: str) -> Words:
    given = read.table(value, ("fr", "en"), key)
    return Words(read.text(given.get("fr"), f"{key}.fr"), read.text(given.get("en"), f"{key}.en"))
