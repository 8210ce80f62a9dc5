"""Tables to rows, and back: what is stored is replaced where it differs, and only there.

A table after a race is one row with two texts of JSON: `awards`, [[subject, points, parts], ..], and `rows`, in which parts and
rows are the fields of `standings.scoring.Part` and `Row` in their order, and points exact text. A digest tells what differs
without reading the texts. The latest table's rows are `Standing`s instead. `standings.stored` reads all of it.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from hashlib import blake2b
from typing import Any, NamedTuple

from django.db import connection

from racing.models import Season
from standings.fields import format_points
from standings.models import Championship, Standing, TableAfter
from standings.scoring import Rules, Scored, Subject, Table

#: How many rows one statement names; older SQLite takes no more than 999 values.
CHUNK = 900

#: The length of a digest's half: the first is of the awards, the second of the rows.
HALF = 16

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
        self._taken: dict[int, _Taken] = {}
        fields = ("championship_id", "race_id", "digest", *(("awards", "rows") if thorough else ()))
        stored = TableAfter.objects.filter(championship__season=season).order_by()
        for championship, race, *values in stored.values_list(*fields):
            self._held[championship][race] = tuple(values)

    def take(self, championship: Championship, rules: Rules, scored: Scored) -> None:
        """Compare what was scored with what is stored; `write` stores it."""
        held = self._held[championship.pk]
        fresh, paid_anew = [], []
        for table in table_rows(championship, rules, scored):
            there = held.get(table.race_id, ("",))
            if there == (table.digest, table.awards, table.rows)[: len(there)]:
                continue
            if self._thorough or there[0][:HALF] != table.digest[:HALF]:
                paid_anew.append(table)
            else:
                table.awards = ""  # is there already, and is not written again
                fresh.append(table)
        gone = held.keys() - {table.race for table in scored.tables}
        latest = scored.tables[-1] if scored.tables else None
        drawn = {table.race_id for table in (*fresh, *paid_anew)}
        again = self._thorough or bool(gone) or (latest is not None and latest.race in drawn)
        if fresh or paid_anew or gone or again:
            rows = standing_rows(rules, latest) if again else None
            self._taken[championship.pk] = _Taken(championship, fresh, paid_anew, gone, rows)

    def write(self) -> dict[int, list[Move]]:
        """Store what differs, all championships at once; gives those of which anything did, and who moved in their tables."""
        taken = self._taken.values()
        for one in taken:
            if one.gone:
                TableAfter.objects.filter(championship=one.championship, race__in=one.gone).delete()
        _upsert([table for one in taken for table in one.paid_anew], ["awards", "rows", "digest"])
        _upsert([table for one in taken for table in one.fresh], ["rows", "digest"])
        replaced = {one.championship.pk: list[Move]() for one in taken if one.fresh or one.paid_anew or one.gone}
        drawn = {one.championship.pk: one.rows for one in taken if one.rows is not None}
        replaced |= _replace_standings({key: self._taken[key].championship for key in drawn}, drawn)
        return replaced


class _Taken(NamedTuple):
    """What differs of a championship: tables whose awards stay, other tables, races without one, the latest table if it may."""

    championship: Championship
    fresh: list[TableAfter]
    paid_anew: list[TableAfter]
    gone: set[int]
    rows: list[Values] | None


def _upsert(tables: Sequence[TableAfter], fields: Iterable[str]) -> None:
    """Write tables, or of those that are there some fields. By hand: `bulk_create` takes ten times as long for long texts."""
    quoted = connection.ops.quote_name
    columns = ("championship_id", "race_id", "awards", "rows", "digest")
    for start in range(0, len(tables), CHUNK // len(columns)):
        part = tables[start : start + CHUNK // len(columns)]
        values = [getattr(table, column) for table in part for column in columns]
        row = f"({', '.join(['%s'] * len(columns))})"
        statement = (  # names of our own columns, no words of anybody
            f"INSERT INTO {TableAfter._meta.db_table} ({', '.join(map(quoted, columns))}) "  # noqa: S608
            f"VALUES {', '.join([row] * len(part))} ON CONFLICT (championship_id, race_id) "
            f"DO UPDATE SET {', '.join(f'{quoted(field)} = excluded.{quoted(field)}' for field in fields)}"
        )
        with connection.cursor() as cursor:
            cursor.execute(statement, values)


def table_rows(championship: Championship, rules: Rules, scored: Scored) -> list[TableAfter]:
    """Give what is to be stored of each table, in the order of the races."""
    write = _writer()
    awards: dict[int, list[Values]] = defaultdict(list)
    for award in scored.awards:
        awards[award.race].append((award.subject, award.points, award.parts))
    rows = []
    for table in scored.tables:
        paid, told = write(awards[table.race]), write(table.rows)
        latest = table is scored.tables[-1]
        rows.append(
            TableAfter(
                championship=championship,
                race_id=table.race,
                awards=paid,
                rows="" if latest else told,
                # A team may have the id that a driver had: whose ids they are makes another latest table.
                digest=_digest(paid) + _digest(f"latest {rules.subject} {told}" if latest else told),
            )
        )
    return rows


def _digest(text: str) -> str:
    return blake2b(text.encode(), digest_size=HALF // 2).hexdigest()


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


def _replace_standings(
    championships: Mapping[int, Championship], tables: Mapping[int, Iterable[Values]]
) -> dict[int, list[Move]]:
    """Replace the rows that differ in the latest tables of some championships; gives those of which any did, and who moved."""
    if not tables:
        return {}
    stored: dict[int, dict[Values, tuple[int, Values]]] = defaultdict(dict)
    rows = Standing.objects.filter(championship__in=tables).order_by()
    for key, championship, *values in rows.values_list("pk", "championship_id", *STANDING_FIELDS):
        stored[championship][tuple(values[:WHO])] = key, tuple(values)
    replaced: dict[int, list[Move]] = {}
    stale: list[int] = []
    fresh: list[Standing] = []
    for championship, table in tables.items():
        held = stored[championship]
        wanted = {row[:WHO]: row for row in table}
        differ = [who for who in {**wanted, **held} if who not in held or held[who][1] != wanted.get(who)]
        if not differ:
            continue
        own = championships[championship]
        stale += [held[who][0] for who in differ if who in held]
        fresh += [_standing(own, wanted[who]) for who in differ if who in wanted]
        replaced[championship] = _moves(own, differ, {who: row for who, (_, row) in held.items()}, wanted)
    for start in range(0, len(stale), CHUNK):
        Standing.objects.filter(pk__in=stale[start : start + CHUNK]).delete()
    Standing.objects.bulk_create(fresh)
    return replaced


def _standing(championship: Championship, row: Values) -> Standing:
    return Standing(championship=championship, **dict(zip(STANDING_FIELDS, row, strict=True)))


def _moves(
    championship: Championship,
    differ: Iterable[Values],
    before: Mapping[Values, Values],
    after: Mapping[Values, Values],
) -> list[Move]:
    moves = []
    for who in differ:
        was = _placing(before[who]) if who in before else None
        now = _placing(after[who]) if who in after else None
        if was != now:
            driver, entry, team, make = who
            moves.append(Move(championship, (driver, entry, team, make), was, now))
    return moves


def _placing(row: Values) -> tuple[int | None, Fraction]:
    position, points = row[WHO + 2 : WHO + 4]
    return position, points
