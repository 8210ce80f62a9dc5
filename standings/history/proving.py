"""Is a championship scored as it was published? Every subject, position and point, with the first difference."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from standings.history.f1db import Season, Table, key_of, rules_of
from standings.scoring import Row, Scored, parse_rules, score
from standings.scoring import Table as Drawn
from standings.scoring.points import format_points


@dataclass(frozen=True, slots=True)
class Proof:
    """What came of one championship: the first difference of the last table ("" for none), and what agrees of the others."""

    difference: str
    gross: int
    gross_of: int
    rounds: int
    rounds_of: int
    #: Rounds that agree without leaving anything out; the first difference of another.
    rounds_exact: int
    round_difference: str


def scored(season: Season, championship: str, rules: Mapping[str, Any]) -> Scored:
    """Score a championship of a season by rules as `parse_rules` takes them."""
    return score(parse_rules(rules), season.races)


def final_difference(season: Season, championship: str, rules: Mapping[str, Any]) -> str:
    """Give the first difference of the last table, "" for none."""
    drawn = scored(season, championship, rules)
    return first_difference(table_of(season, drawn.tables[-1]), season.official[championship].final)


def prove(season: Season, championship: str, rules: Mapping[str, Any] | None = None) -> Proof:
    """Score a championship, by the archive's rules if no others are given, and compare all its tables."""
    official = season.official[championship]
    drawn = scored(season, championship, rules_of(season, championship) if rules is None else rules)
    by_race = {table.race: table for table in drawn.tables}
    # A decision without a round is in the last table alone, not in the one after the last round.
    later = frozenset(row["subject"] for row in season.adjustments[championship] if not row["round"])
    rounds = exact = 0
    told = ""
    last: Drawn | None = None
    for number in sorted({race.round for race in season.races}):
        last = by_race.get(key_of(number, "race"), last)
        if number not in official.after:
            continue
        own, theirs = _without(table_of(season, last), later), official.after[number]
        exact += own == theirs
        unsure = official.unsure.get(number, frozenset())
        found = first_difference(_without(own, unsure), _without(theirs, unsure))
        rounds += not found
        told = told or (f"round {number}: {found}" if found else "")
    final = drawn.tables[-1]
    gross = {season.names[row.subject]: row.gross for row in final.rows}
    return Proof(
        first_difference(table_of(season, final), official.final),
        sum(1 for name, points in official.gross.items() if gross.get(name) == points),
        len(official.gross),
        rounds,
        len(official.after),
        exact,
        told,
    )


def table_of(season: Season, table: Drawn | None) -> Table:
    """Give a table as subject -> position as text, points."""
    return {season.names[row.subject]: (_position(row), row.points) for row in (table.rows if table else ())}


def _position(row: Row) -> str:
    if row.position is not None:
        return str(row.position)
    return next((one["text"] for one in row.told.get("adjustments", ()) if "text" in one), "")


def _without(table: Table, names: frozenset[str]) -> Table:
    return {name: row for name, row in table.items() if name not in names}


def first_difference(own: Table, official: Table) -> str:
    """Say which subject differs first in the order of the official table, and how; "" for none."""
    for name in [*official, *(name for name in own if name not in official)]:
        if own.get(name) != official.get(name):
            return f"{name} is {_told(own.get(name))}, officially {_told(official.get(name))}"
    return ""


def _told(row: tuple[str, Fraction] | None) -> str:
    return "not listed" if row is None else f"{row[0]} with {format_points(row[1])}"
