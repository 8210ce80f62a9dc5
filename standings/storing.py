"""Tables to rows, and back: what is stored is replaced where it differs, and only there.

A table after a race is one row with two texts (`standings.table_texts`); the latest table's rows are `Standing`s instead.
Digests tell what differs without reading the texts, and those of what a table rests on (`standings.inputs`) whether it need be
written down at all. `standings.stored` reads all of it.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import Any, NamedTuple

from racing import quick_json
from racing.statements import Asked, Values, among, tell, write, write_texts
from standings.championships import Held
from standings.fields import parse_points
from standings.inputs import Inputs
from standings.models import Championship, Standing, TableAfter
from standings.scoring import Basis, Counted, Rules, Scored, Subject, Table, why_of
from standings.table_texts import HALF, Writer, digest, digest_of_latest, digest_of_paid, read_scores

#: How many rows one statement names; older SQLite takes no more than 999 values.
CHUNK = 900

#: Whom a row is about: one of the four is set.
SUBJECTS = ("driver_id", "entry_id", "team_id", "make_id")
WHO = len(SUBJECTS)
STANDING_FIELDS = (*SUBJECTS, "race_id", "order", "position", "points", "gross", "dropped", "why")
#: More than any table has rows: there rows stand until others have left their places.
AWAY = 10_000

_TABLE_FIELDS = ("championship_id", "race_id", "awards", "scores", "rows", "digest", "inputs")
_TABLES = """
SELECT championship_id, race_id, digest, inputs, scores{texts} FROM standings_tableafter WHERE {championships}
"""
_STANDINGS = f"""
SELECT id, championship_id, {", ".join(f'"{name}"' for name in STANDING_FIELDS)}
FROM standings_standing WHERE {{championships}} ORDER BY championship_id, "order"
"""  # noqa: S608  names of our own columns

Who = tuple[int | None, int | None, int | None, int | None]
#: The latest table of a championship as it is stored: of each row its id and its fields, points as text.
_Rows = dict[Values, tuple[int, Values]]


@dataclass(frozen=True, slots=True)
class Move:
    """A subject whose row in the latest table changed: position and points before and after, None where there is no row.

    `who` is the row's driver, entry, team and make by their ids, all but one of them None.
    """

    championship: Championship
    who: Who
    before: tuple[int | None, Fraction] | None
    after: tuple[int | None, Fraction] | None


class _There(NamedTuple):
    """A table as it is stored: its digest, and that of what it rests on; its texts where all is read."""

    digest: str
    inputs: str
    scores: str
    awards: str = ""
    rows: str = ""


@dataclass(slots=True)
class _Differing:
    """What differs of a championship's tables, and those that came out the same by other means.

    Where the awards of a race stay, and what counts of it, its table has none here.
    """

    tables: list[Values] = field(default_factory=list)
    noted: list[Values] = field(default_factory=list)

    def file(self, there: _There | None, table: Values) -> None:
        """Put a table to those that it is one of; `there` is what is stored of it."""
        key, race, awards, scores, rows, told, rests_on = table
        if there is None or there.digest != told:
            if there is not None and there.digest[:HALF] == told[:HALF]:
                awards = scores = ""
            self.tables.append((key, race, awards, scores, rows, told, rests_on))
        elif there.inputs != rests_on:
            self.noted.append(table)

    def write(self) -> bool:
        """Write them; tells whether anybody sees a difference."""
        key, told = ["championship_id", "race_id"], ("awards", "scores", "rows", "digest", "inputs")
        write_texts(TableAfter, _TABLE_FIELDS, self.tables, key, told, kept=["awards", "scores"])
        write_texts(TableAfter, _TABLE_FIELDS, self.noted, key, ["inputs"])
        return bool(self.tables)


class AskedTables:
    """What is stored for championships, asked for."""

    def __init__(self, held: Collection[Held], *, thorough: bool = False, anew: bool = False) -> None:
        """Ask for it, for all of it if `thorough` or `anew` (`StoredTables`)."""
        self._held, self._anew = held, anew
        these, keys = _among(held)
        texts = ", awards, rows" if thorough or anew else ""
        self._tables = Asked(_TABLES.format(texts=texts, championships=these), *keys)
        self._latest = _ask_for_latest(held) if thorough or anew else None

    def given(self) -> "StoredTables":
        """Give it."""
        return StoredTables(self._held, self._tables.rows(), self._latest, anew=self._anew)


def _ask_for_latest(held: Collection[Held]) -> Asked:
    """Ask for the latest tables of championships."""
    these, keys = _among(held)
    return Asked(_STANDINGS.format(championships=these), *keys)


def _among(held: Collection[Held]) -> tuple[str, list[Any]]:
    return among("championship_id", [one.championship.pk for one in held])


class StoredTables:
    """What is stored for championships, known by digests, and replaced where it differs.

    `unsound` are the championships, by their ids, of which anything is not what its digest says, since it was lost or other
    hands have changed it; they are found where all was asked for (`thorough`). Nothing that is stored of these is relied on.
    `anew` does so too, and does not rely on what a table rests on to tell what it is.
    """

    def __init__(self, held: Collection[Held], tables: list[Values], latest: Asked | None, *, anew: bool) -> None:
        self._held, self._anew, self._asked = held, anew, latest
        self._there: dict[int, dict[int, _There]] = {one.championship.pk: {} for one in held}
        self._digests: dict[int, Mapping[int, str]] = {}
        for championship, race, *row in tables:
            self._there[championship][race] = _There(*row)
        self.unsound = set(self._unsound(held)) if latest is not None else set()

    def _unsound(self, held: Collection[Held]) -> Iterable[int]:
        for one in held:
            key = one.championship.pk
            rows = [row for _, row in self._latest[key].values()]
            latest = {race for race, there in self._there[key].items() if not there.rows}
            told = (there.digest == _digest_of(there, one.rules.subject, rows) for there in self._there[key].values())
            if len(latest) > 1 or not {row[WHO] for row in rows} <= latest or not all(told):
                yield key

    def ask_for_latest(self) -> None:
        """Ask for the latest tables, since some of them will be replaced."""
        self._asked = self._asked or _ask_for_latest(self._held)

    @cached_property
    def _latest(self) -> dict[int, "_Rows"]:
        """The latest table of each championship."""
        self.ask_for_latest()
        assert self._asked is not None, "it was asked for"
        found: dict[int, _Rows] = {key: {} for key in self._there}
        for key, championship, *row, dropped, why in self._asked.rows():
            values = (
                *row,
                quick_json.loads(dropped) if dropped != "[]" else [],
                quick_json.loads(why) if why != "{}" else {},
            )
            found[championship][values[:WHO]] = key, values
        return found

    def digests(self, championship: Championship) -> Mapping[int, str]:
        """Give the digests of a championship's tables by race, of those that are stored now."""
        found = self._digests.get(championship.pk)
        return {race: row.digest for race, row in self._there[championship.pk].items()} if found is None else found

    def since(self, championship: Championship, inputs: Inputs) -> int | None:
        """Give the race from which on tables are to be drawn; those before it are stored, and rest on what they did.

        The latest table is always drawn, since it is kept otherwise than others. None: all are to be drawn.
        """
        there = self._there[championship.pk]
        if self._anew or championship.pk in self.unsound:
            return None
        races = list(inputs.drawn)
        first = 0
        for place, race in enumerate(races):
            held = there.get(race)
            if held is not None and held.inputs != inputs.of(race, latest=False):
                break
            # A race without a table may have one now, unless a table after it rests on the same.
            first = place + 1 if held is not None else first
        return races[first] if 0 < first < len(races) else None

    def counted(self, championship: Championship, inputs: Inputs) -> dict[int, Counted]:
        """Give what counts of the races, by their ids, of which all that pays is as it was when that was stored."""
        if self._anew or championship.pk in self.unsound:
            return {}
        basis = {one["race"]: Basis(**one) for one in championship.basis}
        return {
            race: Counted(basis[race], read_scores(held.scores))
            for race, held in self._there[championship.pk].items()
            if held.scores and race in basis and held.inputs[:HALF] == inputs.paid.get(race)
        }

    def replace(
        self, championship: Championship, rules: Rules, scored: Scored, inputs: Inputs, since: int | None = None
    ) -> list[Move] | None:
        """Store what differs from what was scored; gives who moved in the latest table, None where nobody sees a difference.

        `since` is the race that it was scored from. Once for each championship.
        """
        there = self._there[championship.pk]
        trusted = {} if championship.pk in self.unsound else there
        races = list(inputs.drawn)
        stays = there.keys() & races[: races.index(since) if since is not None else 0]
        gone = there.keys() - {table.race for table in scored.tables} - stays
        digests = {race: there[race].digest for race in stays}
        last = scored.tables[-1] if scored.tables else None
        rests_on = {table.race: inputs.of(table.race, latest=table is last) for table in scored.tables}
        held = {race: row for race, row in trusted.items() if not self._anew and race in rests_on}
        same = {race for race, row in held.items() if row.inputs == rests_on[race]}
        paid = {race: row.digest[:HALF] for race, row in held.items() if row.inputs[:HALF] == rests_on[race][:HALF]}
        drawing, differing = _Drawing(rules, scored, paid), _Differing()
        for table in scored.tables:
            if table.race in same:
                digests[table.race] = held[table.race].digest
                continue
            awards, scores, rows, told = drawing.of(table)
            digests[table.race] = told
            row = (championship.pk, table.race, awards, scores, rows, told, rests_on[table.race])
            differing.file(trusted.get(table.race), row)
        self._digests[championship.pk] = digests
        if gone:
            TableAfter.objects.filter(championship=championship, race__in=gone).delete()
        changed = differing.write() or bool(gone)
        redrawn = last is not None and (last.race not in there or digests[last.race] != there[last.race].digest)
        moves = None
        if redrawn or gone or championship.pk in self.unsound:
            moves = _replace_standings(championship, self._latest[championship.pk], drawing.latest)
        return [] if changed and moves is None else moves


def _digest_of(there: _There, subject: Subject, latest: Sequence[Values]) -> str:
    """Give the digest of what is stored of a table; `latest` are the rows of the latest one."""
    paid = digest_of_paid(there.awards, there.scores)
    return paid + (digest(there.rows) if there.rows else digest_of_latest(subject, [_of_one(row) for row in latest]))


def _of_one(row: Values) -> Sequence[Any]:
    """Give a stored row of the latest table as its digest takes it."""
    return [next(key for key in row[:WHO] if key is not None), *row[WHO + 1 :]]


class _Drawing:
    """The tables of a championship as texts with their digests, and the rows of the latest; awards of `paid` are not written.

    `paid` are the digests of awards that are stored already, by race.
    """

    def __init__(self, rules: Rules, scored: Scored, paid: Mapping[int, str] = {}) -> None:
        self._subject, self._tables, self._paid, self._writer = rules.subject, scored.tables, paid, Writer()
        self._counted, self._points = scored.counted, scored.points
        last = scored.tables[-1] if scored.tables else None
        self.latest = standing_rows(rules, last, self._writer.text)

    def of(self, table: Table) -> tuple[str, str, str, str]:
        """Give awards, scores, rows and digest of a table."""
        awards = scores = ""
        paid = self._paid.get(table.race)
        if paid is None:
            counted = self._counted[table.race]
            awards, scores = self._writer.awards(counted, self._points), self._writer.scores(counted)
            paid = digest_of_paid(awards, scores)
        if table is self._tables[-1]:
            rows = [(row.subject, *values[WHO + 1 :]) for row, values in zip(table.rows, self.latest, strict=True)]
            return awards, scores, "", paid + digest_of_latest(self._subject, rows)
        text = self._writer.rows(table.rows)
        return awards, scores, text, paid + digest(text)


def table_rows(championship: Championship, rules: Rules, scored: Scored) -> list[TableAfter]:
    """Give what is to be stored of each table, in the order of the races."""
    drawing, found = _Drawing(rules, scored), []
    for table in scored.tables:
        awards, scores, rows, told = drawing.of(table)
        row = TableAfter(
            championship=championship, race_id=table.race, awards=awards, scores=scores, rows=rows, digest=told
        )
        found.append(row)
    return found


def standing_rows(rules: Rules, table: Table | None, text: Callable[[Fraction], Any] = Fraction) -> list[Values]:
    """Give the values of the standings of a table, in the order of STANDING_FIELDS; points as `text` gives them."""
    if table is None:
        return []
    subject = subject_column(rules.subject)
    return [
        (*subject(key), table.race, order, position, text(points), text(gross), list(dropped), dict(why_of(tie, told)))
        for key, order, position, points, gross, dropped, tie, told in table.rows
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


def _replace_standings(championship: Championship, stored: "_Rows", table: Iterable[Values]) -> list[Move] | None:
    """Replace the rows that differ in the latest table of a championship; gives who moved, None where none differs."""
    wanted = {row[:WHO]: row for row in table}
    differ = [who for who in {**wanted, **stored} if who not in stored or stored[who][1] != wanted.get(who)]
    if not differ:
        return None
    gone: list[int] = []
    moving: list[int] = []
    amended: list[Values] = []
    new: list[Values] = []
    for who in differ:
        if who not in wanted:
            gone.append(stored[who][0])
        elif who not in stored:
            new.append((championship.pk, *wanted[who]))
        else:
            key, before = stored[who]
            amended.append((key, championship.pk, *wanted[who]))
            if before[_ORDER] != wanted[who][_ORDER]:
                moving.append(key)
    for start in range(0, len(gone), CHUNK):
        Standing.objects.filter(pk__in=gone[start : start + CHUNK]).delete()
    _step_aside(moving)
    columns = ("championship_id", *STANDING_FIELDS)
    write(Standing, ("id", *columns), amended, ["id"], STANDING_FIELDS[WHO:], ["dropped", "why"])
    write(Standing, columns, new, json_columns=["dropped", "why"])
    return _moves(championship, differ, {who: row for who, (_, row) in stored.items()}, wanted)


_ORDER = STANDING_FIELDS.index("order")


def _step_aside(keys: Sequence[int]) -> None:
    """Let rows leave their places, so that no two stand on one while they change them."""
    for start in range(0, len(keys), CHUNK):
        these, values = among("id", keys[start : start + CHUNK])
        tell(f'UPDATE standings_standing SET "order" = "order" + %s WHERE {these}', AWAY, *values)  # noqa: S608  our own names


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
    return position, parse_points(points)
