"""Tables to rows, and back: what is stored is replaced where it differs, and only there.

A table after a race is one row with two texts of JSON: `awards`, [[subject, points, parts], ..], and `rows`, in which parts and
rows are the fields of `standings.scoring.Part` and `Row` in their order, and points exact text. A digest tells what differs
without reading the texts. The latest table's rows are `Standing`s instead. `standings.stored` reads all of it.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from hashlib import blake2b
from typing import Any

from racing.models import Season
from standings.fields import format_points
from standings.models import Championship, Standing, TableAfter
from standings.scoring import Rules, Scored, Subject, Table

#: How many rows one statement names; older SQLite takes no more than 999 values.
CHUNK = 900

#: Whom a row is about: one of the four is set.
SUBJECTS = ("driver_id", "entry_id", "team_id", "make_id")
WHO = len(SUBJECTS)
STANDING_FIELDS = (*SUBJECTS, "race_id", "order", "position", "points", "gross", "dropped", "why")

Values = tuple[Any, ...]
Who = tuple[int | None, int | None, int | None, int | None]


@dataclass(frozen=True, slots=True)
class Move:
    """A subject whose row in the latest table changed: position and points before and after, None where there is no row.

    `who` is the row's driver, entry, team and make by their ids, all but one of them None.
    """

    championship: Championship
    who: Who
    before: tuple[int | None, Fraction] | None
    after: tuple[int | None, Fraction] | None


class StoredTables:
    """What is stored for a season's championships, known by digests; `thorough` compares all that is stored instead."""

    def __init__(self, season: Season, *, thorough: bool = False) -> None:
        """Load them; one query."""
        self._thorough = thorough
        self._held: Mapping[int, dict[int, Values]] = defaultdict(dict)
        fields = ("championship_id", "race_id", "digest", *(("awards", "rows") if thorough else ()))
        stored = TableAfter.objects.filter(championship__season=season).order_by()
        for championship, race, *values in stored.values_list(*fields):
            self._held[championship][race] = tuple(values)

    def replace(self, championship: Championship, rules: Rules, scored: Scored) -> tuple[bool, list[Move]]:
        """Store what was scored; tell whether anything stored differed, and who moved in the latest table."""
        held = self._held[championship.pk]
        latest = scored.tables[-1] if scored.tables else None
        fresh = [
            table
            for table in table_rows(championship, scored)
            if held.get(table.race_id) != (table.digest, table.awards, table.rows)[: 3 if self._thorough else 1]
        ]
        gone = held.keys() - {table.race for table in scored.tables}
        if gone:
            TableAfter.objects.filter(championship=championship, race__in=gone).delete()
        if fresh:
            TableAfter.objects.bulk_create(
                fresh,
                update_conflicts=True,
                unique_fields=["championship", "race"],
                update_fields=["awards", "rows", "digest"],
            )
        differs = bool(fresh or gone)
        moves: list[Move] = []
        if self._thorough or gone or (latest and any(table.race_id == latest.race for table in fresh)):
            replaced, moves = _replace_standings(championship, standing_rows(rules, latest))
            differs |= replaced
        return differs, moves


def table_rows(championship: Championship, scored: Scored) -> list[TableAfter]:
    """Give what is to be stored of each table, in the order of the races."""
    write = _writer()
    awards: dict[int, list[Values]] = defaultdict(list)
    for award in scored.awards:
        awards[award.race].append((award.subject, award.points, award.parts))
    rows = []
    for table in scored.tables:
        paid, told = write(awards[table.race]), write(table.rows)
        latest = table is scored.tables[-1]
        digest = blake2b(f"{latest} {paid}\n{told}".encode(), digest_size=16).hexdigest()
        rows.append(
            TableAfter(
                championship=championship,
                race_id=table.race,
                awards=paid,
                rows="" if latest else told,
                digest=digest,
            )
        )
    return rows


def _writer() -> Callable[[Any], str]:
    """Give what writes values as JSON, points as exact text; a season holds the same few points thousands of times."""
    texts: dict[int, str] = {}

    def text_of(points: Any) -> str:
        # Whatever is written lives as long as the season that was scored, so its id is its own.
        found = texts.get(id(points))
        if found is None:
            if not isinstance(points, Fraction):
                raise TypeError(f"{points!r} cannot be stored")
            found = texts[id(points)] = format_points(points)
        return found

    return json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False, default=text_of).encode


def standing_rows(rules: Rules, table: Table | None) -> list[Values]:
    """Give the values of the standings of a table, in the order of STANDING_FIELDS."""
    if table is None:
        return []
    subject = subject_column(rules.subject)
    return [
        (
            *subject(row.subject),
            *(table.race, row.order, row.position, row.points, row.gross, list(row.dropped), dict(row.why)),
        )
        for row in table.rows
    ]


def subject_column(subject: Subject) -> Callable[[int], Who]:
    """Give what puts a subject's id into the column of its kind: driver, entry, team or make."""
    if subject is Subject.DRIVER:
        return lambda key: (key, None, None, None)
    if subject in (Subject.CREW, Subject.CAR):
        return lambda key: (None, key, None, None)
    if subject is Subject.TEAM:
        return lambda key: (None, None, key, None)
    return lambda key: (None, None, None, key)


def _replace_standings(championship: Championship, rows: Iterable[Values]) -> tuple[bool, list[Move]]:
    """Replace the rows that differ; tell whether any did, and whose position or points they were."""
    stored = {
        tuple(values[:WHO]): (key, tuple(values))
        for key, *values in Standing.objects.filter(championship=championship)
        .order_by()
        .values_list("pk", *STANDING_FIELDS)
    }
    wanted = {row[:WHO]: row for row in rows}
    fresh = [row for who, row in wanted.items() if who not in stored or stored[who][1] != row]
    stale = {who: key for who, (key, row) in stored.items() if wanted.get(who) != row}
    keys = list(stale.values())
    for start in range(0, len(keys), CHUNK):
        Standing.objects.filter(pk__in=keys[start : start + CHUNK]).delete()
    Standing.objects.bulk_create(
        Standing(championship=championship, **dict(zip(STANDING_FIELDS, row, strict=True))) for row in fresh
    )
    moves = []
    for who in dict.fromkeys([*(row[:WHO] for row in fresh), *stale]):
        before = _placing(stored[who][1]) if who in stored else None
        after = _placing(wanted[who]) if who in wanted else None
        if before != after:
            moves.append(Move(championship, who, before, after))
    return bool(fresh or stale), moves


def _placing(row: Values) -> tuple[int | None, Fraction]:
    position, points = row[WHO + 2 : WHO + 4]
    return position, points
