"""Statements written by hand, for what is asked and written with each correction: values in, tuples of values out.

The same words run on PostgreSQL and SQLite. JSON comes back as its text, truth as a number on SQLite; `json.loads` and `bool`
make of them what a model would hold. Where milliseconds do not matter, models are asked instead.

What is asked and written within `without_waiting` is sent to PostgreSQL at once, and works there while this process goes on.
"""

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from itertools import chain
from typing import Any, Generic, Self, TypeVar

import psycopg
from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.models import Model

from racing import quick_json

Values = tuple[Any, ...]
Row = TypeVar("Row", bound=Model)

#: How many values one statement takes; older SQLite takes no more than 999.
MOST = 900
#: Of how many values psycopg remembers how it puts them into a statement: to find out takes longer than to send them.
FEW = 49


class _Prepared(psycopg.Cursor[Values]):
    """Lets PostgreSQL plan a statement once a connection: to plan these takes as long as to run them.

    Django has connections prepare nothing, but for `prepare_threshold` in the settings.
    """

    def execute(self, query: Any, params: Any = None, **_rest: Any) -> Self:
        return super().execute(query, params, prepare=True)


def _sent(statement: str, values: Sequence[Any]) -> Any:
    """Execute a statement; gives its cursor, which on PostgreSQL has prepared it.

    Where statements are logged the cursor is Django's own, for the log cannot tell what was prepared. Where somebody listens to
    them it is wrapped as Django does; else that is left out, which is half the price of a statement.
    """
    # What stands for the connection of this thread looks for it anew with each thing that it is asked.
    own = connections[DEFAULT_DB_ALIAS]
    cursor: Any
    if own.vendor != "postgresql" or own.queries_logged:
        cursor = own.cursor()
        cursor.execute(statement, values)
        return cursor
    own.ensure_connection()
    own.validate_no_broken_transaction()
    with own.wrap_database_errors:
        cursor = _Prepared(own.connection)
        if own.execute_wrappers:
            cursor = own.make_cursor(cursor)
        cursor.execute(statement, values)
    return cursor


@contextmanager
def without_waiting() -> Iterator[None]:
    """Send what is asked and written within one after the other without waiting for answers.

    Where rows are wanted all is waited for that was sent until then, else at the end, and what went wrong is raised there.
    Models may be asked within, but not saved: how many rows a statement has changed is not known there.
    SQLite, which is in this process, answers at once; so does PostgreSQL where statements are logged with their times.
    """
    if connection.vendor != "postgresql" or connection.queries_logged:
        yield
        return
    connection.ensure_connection()
    with connection.wrap_database_errors, connection.connection.pipeline():
        yield


class Asked:
    """A statement that was sent to ask for something."""

    def __init__(self, statement: str, *values: Any) -> None:
        """Send it. `%s` in it stand for the values."""
        self._cursor = _sent(statement, values)
        # SQLite would look for the rows only when they are fetched, when other things may hold.
        self._rows: list[Values] | None = None if connection.vendor == "postgresql" else self._fetched()

    def _fetched(self) -> list[Values]:
        with connection.wrap_database_errors, self._cursor as cursor:
            return list(cursor.fetchall())

    def rows(self) -> list[Values]:
        """Give the rows, as they were when it was asked; waits for them."""
        if self._rows is None:
            self._rows = self._fetched()
        return self._rows


class Added(Generic[Row]):
    """A new row of a model that was sent to be stored."""

    def __init__(self, row: Row) -> None:
        """Send it. On SQLite it is saved as ever, for there nothing is won."""
        self._row = row
        self._key: Asked | None = None
        if connection.vendor != "postgresql":
            row.save(force_insert=True)
            return
        fields = [field for field in row._meta.concrete_fields if not field.primary_key]
        values = [field.get_db_prep_save(field.pre_save(row, add=True), connection) for field in fields]
        named, table = _named([field.attname for field in fields]), connection.ops.quote_name(row._meta.db_table)
        statement = f"INSERT INTO {table} ({named}) VALUES ({blanks(len(fields))}) RETURNING id"  # noqa: S608  as in _upsert
        self._key = Asked(statement, *values)

    def given(self) -> Row:
        """Give the row with its id."""
        if self._key is not None:
            ((self._row.pk,),) = self._key.rows()
            self._row._state.adding, self._row._state.db = False, connection.alias
        return self._row


def ask(statement: str, *values: Any) -> list[Values]:
    """Run a statement that asks; gives its rows. `%s` in it stand for the values."""
    return Asked(statement, *values).rows()


def tell(statement: str, *values: Any) -> None:
    """Run a statement that changes something. `%s` in it stand for the values."""
    _sent(statement, values).close()


class Columns(Generic[Row]):
    """The columns of a model but for some, to be named in a statement that asks, and rows of them as the model has them.

    What was left out is loaded when it is asked for.
    """

    def __init__(self, model: type[Row], *, without: Collection[str] = ()) -> None:
        self._model = model
        fields = [field for field in model._meta.concrete_fields if field.name not in without]
        self._names = [field.attname for field in fields]
        kinds = [field.get_internal_type() for field in fields]
        # Django looks for each column of the model among those that there are.
        self._given: Any = frozenset(self._names)
        self._truths = [place for place, kind in enumerate(kinds) if kind == "BooleanField"]
        self._texts = [place for place, kind in enumerate(kinds) if kind == "JSONField"]

    def __len__(self) -> int:
        return len(self._names)

    def of(self, table: str) -> str:
        """Name them of a table, by its name in the statement."""
        return ", ".join(f'{table}."{name}"' for name in self._names)

    def row(self, values: Sequence[Any]) -> Row:
        """Give the row of the values."""
        told = list(values)
        for place in self._truths:
            told[place] = bool(told[place])
        for place in self._texts:
            told[place] = None if told[place] is None else quick_json.loads(told[place])
        return self._model.from_db(connection.alias, self._given, told)


def among(column: str, ids: Collection[int]) -> tuple[str, list[Any]]:
    """Give a condition that a column is one of some ids, and the values for it; the same words for however many."""
    if connection.vendor == "postgresql":
        # As one text: to put a list into a statement takes longer than to send it.
        return f"{column} = ANY(%s::bigint[])", [f"{{{','.join(map(str, ids))}}}"]
    return f"{column} IN ({blanks(len(ids))})", list(ids)


def blanks(count: int) -> str:
    """Give the blanks for so many values of a list: "%s, %s, %s"."""
    return ", ".join(["%s"] * count)


def write(
    model: type[Model],
    columns: Sequence[str],
    rows: Sequence[Values],
    key: Sequence[str] = (),
    fields: Iterable[str] = (),
    json_columns: Collection[str] = (),
) -> None:
    """Write rows, their values in the order of the columns; of those whose `key` is there already, the `fields` alone.

    Without a key all rows are new. `json_columns` hold values that are written as JSON. What a column that is not named holds,
    the database must know. `bulk_create` does the same in ten times the time.
    """
    if connection.vendor != "postgresql":
        as_text = [name in json_columns for name in columns]
        texts = [
            tuple(json.dumps(value) if text else value for value, text in zip(row, as_text, strict=True))
            for row in rows
        ]
        write_texts(model, columns, texts, key, fields)
    elif rows:
        insert, update = _upsert(model, tuple(columns), tuple(key), tuple(fields), ())
        # One value in place of hundreds: to quote a value takes longer than to store it.
        data = quick_json.dumps([dict(zip(columns, row, strict=True)) for row in rows])
        table, named = connection.ops.quote_name(model._meta.db_table), _named(columns)
        source = f"SELECT {named} FROM json_populate_recordset(NULL::{table}, %s::json)"  # noqa: S608  as in _upsert
        tell(f"{insert} {source} {update}", data)


def write_texts(
    model: type[Model],
    columns: Sequence[str],
    rows: Sequence[Values],
    key: Sequence[str],
    fields: Iterable[str],
    kept: Collection[str] = (),
) -> None:
    """Do what `write` does, for few rows of long texts. An empty text for one of `kept` leaves what is there."""
    insert, update = _upsert(model, tuple(columns), tuple(key), tuple(fields), tuple(kept))
    row = f"({blanks(len(columns))})"
    at_once = (FEW if connection.vendor == "postgresql" else MOST) // len(columns)
    for start in range(0, len(rows), at_once):
        part = rows[start : start + at_once]
        statement = f"{insert} VALUES {', '.join([row] * len(part))} {update}"
        tell(statement, *chain.from_iterable(part))


@lru_cache(maxsize=64)
def _upsert(
    model: type[Model],
    columns: tuple[str, ...],
    key: tuple[str, ...],
    fields: tuple[str, ...],
    kept: tuple[str, ...],
) -> tuple[str, str]:
    """Give what stands before and behind the rows: names of our own tables and columns, no words of anybody."""
    quoted = connection.ops.quote_name
    table = quoted(model._meta.db_table)
    told = []
    for name in map(quoted, fields):
        value = f"excluded.{name}"
        if name in map(quoted, kept):
            value = f"CASE WHEN {value} = '' THEN {table}.{name} ELSE {value} END"
        told.append(f"{name} = {value}")
    return (
        f"INSERT INTO {table} ({_named(columns)})",
        f"ON CONFLICT ({_named(key)}) DO UPDATE SET {', '.join(told)}" if key else "",
    )


def _named(columns: Iterable[str]) -> str:
    return ", ".join(map(connection.ops.quote_name, columns))
