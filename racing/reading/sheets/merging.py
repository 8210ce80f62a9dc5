"""What tables tell beside what prose tells: tables are taken out of the text before the prose is read, then both are one."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import wraps

from racing.reading.facts import Fact, Heading, Person, Problem, Reading, Span
from racing.reading.folding import fold
from racing.reading.sheets.classes import legend_of
from racing.reading.sheets.grid import Row, rows_of
from racing.reading.sheets.session import Headed, headed, session_of
from racing.reading.sheets.tables import Table, tables_of
from racing.reading.sheets.telling import Told, tell
from racing.reading.sheets.words import language_of_sheet
from racing.terms import FactKind

#: A text that has no more words than these in sentences beside its tables is a sheet: its other lines are heads and notes.
_WORDS_BESIDE = 45
#: A line of prose: eight words at least, and the end of a sentence.
_SENTENCE = re.compile(r"^(?:\S+ ){7,}\S+[.!?…][\"'»”’)]*(?: |$)")
#: So many lines at the top of a sheet, and above its table, tell what it is of.
_HEADINGS = 8
#: Kinds of which a fact in a table and one in prose say the same where race, ranking and place are the same.
_PLACED = (FactKind.FINISH, FactKind.QUALIFYING, FactKind.CLAIM)


def with_tables(read_prose: Callable[[str], Reading]) -> Callable[[str], Reading]:
    """Give a reader that reads the tables of a text as tables and leaves the rest to `read_prose`."""

    @wraps(read_prose)
    def read(text: str) -> Reading:
        rows = rows_of(text) if _may_have_tables(text) else []
        tables = [table for table in tables_of(rows) if len(table.body) > 1] if rows else []
        if not tables:
            return read_prose(text)
        return _merged(text, rows, tables, read_prose)

    return read


def _may_have_tables(text: str) -> bool:
    return "\t" in text or "|" in text or "│" in text or ";" in text or "   " in text


def _merged(text: str, rows: Sequence[Row], tables: list[Table], read_prose: Callable[[str], Reading]) -> Reading:
    beside = _beside(rows, tables)
    is_sheet = _is_sheet(beside)
    above = [row for row in beside if row.span.end <= tables[0].span.start] if is_sheet else []
    top = headed(text, above if len(above) <= 2 * _HEADINGS else [*above[:_HEADINGS], *above[-_HEADINGS:]])
    told, used = _told(text, tables, top, is_sheet=is_sheet)
    if not any(each.facts for each in told):
        return read_prose(text) if not is_sheet else _sheet_reading(text, top, told, beside, tables)
    if is_sheet:
        return _sheet_reading(text, top, told, beside, tables)
    prose = read_prose(_without(text, used))
    return _joined(prose, told)


def _told(text: str, tables: list[Table], top: Headed, *, is_sheet: bool) -> tuple[list[Told], list[Span]]:
    told, used = [], []
    legend = legend_of(row.text(0) for table in tables for row in table.notes)
    for table in tables:
        headings = [" ".join(cell.text for cell in row.cells if cell.text) for row in table.headings]
        if not is_sheet:
            headings = [line for line in headings[-3:] if not _SENTENCE.search(line)]
        session = session_of(headings, table.columns)
        series = top.series or headed(text, table.headings).series
        each = tell(table, session, series, legend)
        told.append(each)
        if each.facts:
            used.append(table.span)
    return told, used


def _beside(rows: Sequence[Row], tables: Sequence[Table]) -> list[Row]:
    """Give the rows that no table holds."""
    spans = sorted(table.span for table in tables)
    starts = [span.start for span in spans]
    beside = []
    for row in rows:
        at = bisect_right(starts, row.span.start) - 1
        if at < 0 or row.span.start >= spans[at].end:
            beside.append(row)
    return beside


def _is_sheet(beside: Sequence[Row]) -> bool:
    """Say whether what stands beside the tables is only heads and notes, no sentences worth reading."""
    lines = [[cell.text for cell in row.cells if cell.text] for row in beside]
    sentences = [line[0] for line in lines if len(line) == 1 and _SENTENCE.search(line[0])]
    return sum(len(line.split()) for line in sentences) <= _WORDS_BESIDE


def _sheet_reading(text: str, top: Headed, told: list[Told], beside: Sequence[Row], tables: Sequence[Table]) -> Reading:
    facts = _from_tables(told)
    heading = top.heading
    if not (heading.season and heading.circuit and heading.series):
        more = headed(text, [row for table in tables for row in table.headings]).heading
        heading = Heading(heading.series or more.series, heading.season or more.season, heading.circuit or more.circuit)
    lines = [text[row.span.start : row.span.end] for row in beside]
    lines += [text[table.head.span.start : table.head.span.end] for table in tables if table.head]
    problems = () if any(fact.kind is not FactKind.PENALTY for fact in facts) else (Problem("no_results"),)
    return Reading(language_of_sheet("\n".join(lines)), heading, facts, _people(told), problems)


def _from_tables(told: Sequence[Told]) -> tuple[Fact, ...]:
    """Give the facts of all tables. A place has one owner, and an owner one place: what an earlier row has, it keeps."""
    kept: list[Fact] = []
    taken: set[tuple[object, ...]] = set()
    for each in told:
        for fact in each.facts:
            if fact.kind in _PLACED and fact.position is not None:
                ranking = (fact.kind, fact.race, fact.ranking)
                # The same name may stand in two cars.
                owner, place = (*ranking, fact.drivers, fact.number), (*ranking, fact.position)
                if owner in taken or (place in taken and fact.evidence[0] not in each.tied):
                    continue
                taken |= {owner, place}
            kept.append(fact)
    return _unique(kept)


def _unique(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    kept: dict[tuple[object, ...], Fact] = {}
    for fact in facts:
        kept.setdefault((fact.kind, fact.race, fact.ranking, fact.position, fact.drivers, fact.text), fact)
    return tuple(kept.values())


def _people(told: Sequence[Told]) -> tuple[Person, ...]:
    people: dict[str, Person] = {}
    for each in told:
        for person in each.people:
            known = people.get(fold(person.name))
            people[fold(person.name)] = replace(known, mentions=known.mentions + person.mentions) if known else person
    return tuple(people.values())


def _without(text: str, spans: Sequence[Span]) -> str:
    """Give the text with blanks in place of tables, every other character where it was."""
    pieces, at = [], 0
    for span in sorted(spans):
        pieces += [text[at : span.start], "".join("\n" if c == "\n" else " " for c in text[span.start : span.end])]
        at = max(at, span.end)
    return "".join([*pieces, text[at:]])


def _joined(prose: Reading, told: Sequence[Told]) -> Reading:
    """Give the prose's facts and the tables' as one reading. A table is the surer where both tell of one place."""
    people = _people(told)
    names = _fuller_names(people)
    races = {fact.race for fact in prose.facts if fact.race is not None}
    only_race = next(iter(races)) if len(races) == 1 else None
    from_tables = [
        replace(fact, race=only_race) if fact.race is None and fact.kind is not FactKind.CLAIM else fact
        for fact in _from_tables(told)
    ]
    taken = {(fact.kind, fact.race, fact.ranking, fact.position) for fact in from_tables if fact.kind in _PLACED}
    owned = {(f.kind, f.race, f.ranking, name) for f in from_tables if f.kind in _PLACED for name in f.drivers}
    kept = []
    for fact in prose.facts:
        drivers = tuple(names.get(fold(name), name) for name in fact.drivers)
        fact = replace(fact, drivers=drivers)
        same_place = fact.kind in _PLACED and (fact.kind, fact.race, fact.ranking, fact.position) in taken
        if same_place or any((fact.kind, fact.race, fact.ranking, name) in owned for name in drivers):
            continue
        kept.append(fact)
    facts = _unique([*from_tables, *kept])
    problems = tuple(p for p in prose.problems if p.code not in ("no_results", "no_text"))
    return replace(prose, facts=facts, people=_joined_people(prose.people, people, names), problems=problems)


def _fuller_names(people: Sequence[Person]) -> dict[str, str]:
    """Give whole names by each end of them that only one person has: a surname in prose is he."""
    counted: Counter[str] = Counter()
    whole: dict[str, str] = {}
    for person in people:
        parts = person.name.split()
        for first in range(1, len(parts)):
            end = fold(" ".join(parts[first:]))
            counted[end] += 1
            whole[end] = person.name
    return {end: name for end, name in whole.items() if counted[end] == 1}


def _joined_people(prose: Sequence[Person], tables: Sequence[Person], names: dict[str, str]) -> tuple[Person, ...]:
    people = {fold(person.name): person for person in tables}
    for person in prose:
        name = names.get(fold(person.name), person.name)
        known = people.get(fold(name))
        people[fold(name)] = (
            replace(
                known,
                mentions=(*person.mentions, *known.mentions),
                team=known.team or person.team,
                number=known.number or person.number,
                car=known.car or person.car,
                nationality=known.nationality or person.nationality,
                classes=tuple(dict.fromkeys((*known.classes, *person.classes))),
            )
            if known
            else person
        )
    return tuple(people.values())
