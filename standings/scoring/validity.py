"""Rules and decisions that hold from a race on: each table is drawn by what was known after its race."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from standings.scoring.awards import scores_here
from standings.scoring.points import format_points
from standings.scoring.results import RaceResults
from standings.scoring.rules import Change, Rules
from standings.scoring.scored import Counted, Row, Scored, Table
from standings.scoring.season import score_season


def score(
    rules: Rules, races: Sequence[RaceResults], since: int | None = None, known: Mapping[int, Counted] = {}
) -> Scored:
    """Score one championship of a season.

    `races` are all of the season in the order in which they were held, cancelled ones and those not told of yet among them. The
    order of a race's lines never matters. The tables after race n are those of a season that ended there, and know of no
    decision that was taken later. Rules that changed score the whole season anew from the change on, and each row says what
    it would be without. `since` is a race, by its key, before which tables and awards may be left out, since they are known;
    of races that are `known`, by their keys, the awards may be.
    """
    if not rules.changes and all(decision.visible_from is None for decision in rules.decisions):
        return score_season(rules, races, since, known)
    held = [race.key for race in races if race.lines and not race.cancelled and scores_here(rules, race)]
    tables: list[Table] = []
    eras: list[tuple[Rules, Scored]] = []
    scored = _scored(eras, _known(rules, ()), races)
    for index, key in enumerate(held):
        so_far = held[: index + 1]
        change = change_in_force(rules, so_far)
        in_force = rules_after(rules, so_far)
        scored = _scored(eras, in_force, races)
        table = _table(scored, key)
        if change is not None:
            table = _compared(table, _table(_scored(eras, _known(change.before, so_far), races), key), change)
        tables.append(table)
    return scored._replace(tables=tuple(tables))


def rules_after(rules: Rules, held: Sequence[int]) -> Rules:
    """Give the rules, with the decisions, that hold in the table after some races; they hold for all of the season then."""
    change = change_in_force(rules, held)
    return _known(rules if change is None else change.rules, held)


def _known(rules: Rules, held: Sequence[int]) -> Rules:
    """Give the rules with the decisions alone that are known after the races."""
    decisions = tuple(one for one in rules.decisions if one.visible_from is None or one.visible_from in held)
    return replace(rules, decisions=decisions, changes=())


def change_in_force(rules: Rules, held: Sequence[int]) -> Change | None:
    """Give the change that holds after the races: the last of them."""
    since = [change for change in rules.changes if change.race in held]
    return max(since, key=lambda change: held.index(change.race), default=None)


def _scored(eras: list[tuple[Rules, Scored]], rules: Rules, races: Sequence[RaceResults]) -> Scored:
    """Score by some rules, once."""
    for known, scored in eras:
        if known == rules:
            return scored
    eras.append((rules, score_season(rules, races)))
    return eras[-1][1]


def _table(scored: Scored, race: int) -> Table:
    return next((table for table in scored.tables if table.race == race), Table(race, ()))


def _compared(table: Table, before: Table, change: Change) -> Table:
    """Note in each row what it would be without the change, where that is something else."""
    old = {row.subject: row for row in before.rows}
    return Table(table.race, tuple(_noted(row, old.get(row.subject), change) for row in table.rows))


def _noted(row: Row, old: Row | None, change: Change) -> Row:
    if old is not None and (old.position, old.points) == (row.position, row.points):
        return row
    told: dict[str, Any] = {"reason": change.reason, "race": change.race}
    if old is not None:
        told |= {"position": old.position, "points": format_points(old.points)}
    return row._replace(told={**row.told, "rules": told})
