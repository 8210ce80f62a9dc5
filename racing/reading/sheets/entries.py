"""A table's rows as cars with their crews: which place, how it ended, which class, who."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from racing.reading.facts import Span
from racing.reading.sheets.columns import POSITION
from racing.reading.sheets.grid import Cell, Row
from racing.reading.sheets.people import Named, is_team, people_of, person_of
from racing.reading.sheets.tables import Table
from racing.reading.sheets.words import country_of, crew_and_team, normal, status_of, words

_SURNAME_FIRST = (
    "nom prenom",
    "nom et prenom",
    "name vorname",
    "cognome nome",
    "apellidos nombre",
    "apellidos y nombre",
)
_NUMBER = re.compile(r"(?:#|n[°ºor]?\.?)?\s*([0-9]{1,4}|[0-9]{1,3}[a-z])", re.I)
#: What is longer than these is no such thing.
_LONGEST = {"team": 120, "car": 80, "time": 30, "gap": 30, "best": 30, "penalty": 160, "series": 60}
_CLASS_LONGEST = 40
_TIED = re.compile(r"=|ex|^T", re.I)
_NOTHING = re.compile(r"[-–—.]*")


@dataclass(slots=True)
class Entry:
    """A car in a table. `status` is "finished", "DNF", "NC", "DNS", "DSQ", or "" where the table does not tell."""

    row: Row
    position: int | None = None
    status: str = ""
    number: str = ""
    team: str = ""
    car: str = ""
    class_name: str = ""
    class_position: int | None = None
    series: str = ""
    series_position: int | None = None
    people: list[Named] = field(default_factory=list)
    time: str = ""
    gap: str = ""
    best: str = ""
    points: str = ""
    penalty: str = ""
    tied: bool = False
    marks: tuple[str, ...] = ()
    #: Rows that the crew goes on in, and the cell of each rank, for the evidence.
    more: list[Span] = field(default_factory=list)
    cells: dict[str, Span] = field(default_factory=dict)

    @property
    def drivers(self) -> tuple[str, ...]:
        """Give the names of the crew."""
        return tuple(person.name for person in self.people)

    def evidence(self, *roles: str) -> tuple[Span, ...]:
        """Give the row, then the names and the cells of these roles."""
        spans = [self.row.span, *self.more, *(person.span for person in self.people)]
        return tuple(dict.fromkeys([*spans, *(self.cells[role] for role in roles if role in self.cells)]))


def entries_of(table: Table) -> list[Entry]:
    """Give the cars of a table in its order; its sections say what a row does not."""
    return list(_Entries(table).all())


class _Entries:
    def __init__(self, table: Table) -> None:
        self.table = table
        self.roles = [column.role for column in table.columns]
        self.section_status, self.section_class = "", ""

    def all(self) -> Iterator[Entry]:
        last: Entry | None = None
        for row in self.table.body:
            if self._is_section(row):
                continue
            entry = self._entry(row)
            if last is not None and self._goes_on(last, entry):
                known = {person.name for person in last.people}
                last.people += [person for person in entry.people if person.name not in known]
                last.more.append(row.span)
                last.team, last.car = last.team or entry.team, last.car or entry.car
                continue
            if last is not None:
                yield last
            last = entry if entry.people or entry.number else None
        if last is not None:
            yield last

    def _is_section(self, row: Row) -> bool:
        """Say whether a row is a title between rows; take over what it says."""
        texts = [cell.text for cell in row.cells if cell.text]
        filled = [number for number, cell in enumerate(row.cells) if cell.text]
        alone = len(texts) == 1 and (
            not filled[0] or self._role(filled[0]) not in ("driver", "first", "last", "team", "car")
        )
        # Merged cells may come out as the same words in each.
        if not alone and (len(set(texts)) > 1 or len(texts) < 3):
            return False
        status = status_of(texts[0]) if texts else ""
        if status:
            self.section_status = "DNF" if status == "NC" else status
        elif texts and len(texts[0]) <= 30 and not POSITION.fullmatch(texts[0]):
            self.section_class, self.section_status = texts[0], ""
        return True

    def _role(self, column: int) -> str:
        return self.roles[column] if column < len(self.roles) else ""

    def _goes_on(self, last: Entry, entry: Entry) -> bool:
        """Say whether a row only adds drivers to the car of the one before."""
        if entry.points and last.points and entry.position is None and "laps" not in self.roles:
            # Somebody else with points of his own, who shares the place above.
            entry.position, entry.tied = last.position, True
            return False
        if entry.position is None and not entry.number and not entry.cells.get("status"):
            return bool(entry.people) or not (entry.points or entry.time)
        same = entry.number == last.number and entry.position == last.position and entry.status == last.status
        return same and bool(entry.number) and bool(entry.people)

    def _cell(self, row: Row, role: str) -> Cell | None:
        for number, each in enumerate(self.roles):
            if each == role and row.text(number) and not _NOTHING.fullmatch(row.text(number)):
                return row.cells[number]
        return None

    def _entry(self, row: Row) -> Entry:
        entry = Entry(row)
        for role, longest in _LONGEST.items():
            if (cell := self._cell(row, role)) and len(cell.text) <= longest:
                setattr(entry, role, cell.text)
        for role in ("position", "class_position", "series_position"):
            cell = self._cell(row, role)
            if cell and (match := POSITION.fullmatch(cell.text)):
                setattr(entry, role, int(match[1]) or None)
                entry.tied = entry.tied or _TIED.search(cell.text) is not None
                entry.cells[role] = cell.span
        if (cell := self._cell(row, "number")) and (found := _NUMBER.fullmatch(cell.text)):
            entry.number = found[1].upper()
        if (cell := self._cell(row, "class")) and len(cell.text) <= _CLASS_LONGEST:
            entry.class_name, entry.cells["class"] = cell.text, cell.span
        elif self.section_class and "class" not in self.roles:
            entry.class_name = self.section_class
        if not entry.gap and (entry.time.startswith("+") or any(c.isalpha() for c in entry.time)):
            # "Time/Gap": the winner's time, then how far behind, in seconds or laps.
            entry.time, entry.gap = "", entry.time
        entry.points = self._points(row)
        self._set_status(entry, row)
        entry.people = self._people(row, entry)
        entry.marks = tuple(mark for person in entry.people for mark in person.marks)
        if cell := self._cell(row, "rookie"):
            entry.marks = (
                *entry.marks,
                "R" if normal(cell.text) in ("x", "yes", "oui", "ja", "si", "1") else cell.text,
            )
        return entry

    def _points(self, row: Row) -> str:
        """Give the points, those of the last column where there are several: the total stands there or is headed so."""
        columns = [number for number, role in enumerate(self.roles) if role == "points" and row.text(number)]
        if not columns:
            return ""
        named = [
            number for number in columns if normal(self.table.columns[number].head).startswith(("tot", "gesamt", "net"))
        ]
        text = row.text((named or columns)[-1]).replace(",", ".")
        found = re.fullmatch(r"(\d{1,4}(?:\.\d{1,2})?)(?:\s*(?:pts?|points?|punkte|punti|puntos|p)\.?)?", text, re.I)
        return found[1] if found else ""

    def _set_status(self, entry: Entry, row: Row) -> None:
        """Set how the race ended, by the words that stand in place of a position, a time or a gap."""
        for role in ("status", "position", "time", "gap", "laps", "best"):
            cell = self._cell(row, role)
            status = status_of(cell.text) if cell else ""
            if cell and status and not (role == "status" and status == "finished" and self.section_status):
                entry.status, entry.cells["status"] = status, cell.span
                if role in ("time", "gap"):
                    setattr(entry, role, "")
                return
        entry.status = self.section_status or ("finished" if entry.position else "")

    def _crew(self, row: Row, number: int, entry: Entry) -> Cell:
        """Give the part of a cell that names the drivers; the team's, where one cell names both, is set."""
        cell = row.cells[number]
        first = crew_and_team(self.table.columns[number].head)
        sign = " / "
        if not first or sign not in cell.text:
            return cell
        at = cell.text.rfind(sign) if first == "driver" else cell.text.find(sign)
        before, after = cell.text[:at], cell.text[at + len(sign) :]
        team, crew = (after, before) if first == "driver" else (before, after)
        entry.team = entry.team or team.strip()
        start = cell.start if first == "driver" else cell.start + at + len(sign)
        return Cell(crew, start, start + len(crew))

    def _people(self, row: Row, entry: Entry) -> list[Named]:
        found: list[tuple[int, int, Named]] = []
        firsts = [(self.table.columns[n].which, n) for n, role in enumerate(self.roles) if role == "first"]
        lasts = [(self.table.columns[n].which, n) for n, role in enumerate(self.roles) if role == "last"]
        for (which, last), (_, first) in zip(lasts, firsts or [(0, -1)] * len(lasts), strict=False):
            nothing = Cell("", row.span.start, row.span.start)
            cells = [row.cells[n] if 0 <= n < len(row.cells) else nothing for n in (first, last)]
            people = _paired(*cells)
            found += [(which, last, person) for person in people]
        for number, role in enumerate(self.roles):
            if role == "driver" and row.text(number):
                head = normal(self.table.columns[number].head)
                surname_first = head.startswith(tuple(words()["names"]["surname_first"]))
                people = people_of(self._crew(row, number, entry), surname_first=surname_first)
                if len(people) > 1 and "team" not in self.roles and not entry.team and is_team(people[-1].name):
                    # A team below its drivers, of which the head says nothing.
                    entry.team = people.pop().name
                found += [(self.table.columns[number].which, number, person) for person in people]
        people = [person for *_, person in sorted(found, key=lambda each: (each[0], each[1]))]
        return self._with_countries(row, people, [each[0] for each in found])

    def _with_countries(self, row: Row, people: list[Named], which: Sequence[int]) -> list[Named]:
        cells = [row.text(number) for number, role in enumerate(self.roles) if role == "country"]
        codes = [code for cell in cells for code in re.split(r"[\s/|,\n]+", cell) if code] if len(cells) < 2 else cells
        if len(codes) == len(people) or (len(cells) > 1 and len(codes) >= len(people)):
            return [
                replace(person, country=person.country or country_of(code))
                for person, code in zip(people, codes, strict=False)
            ]
        return people


def _paired(first: Cell, last: Cell) -> list[Named]:
    """Give the drivers of a first and a last name's cell, which may hold a crew each."""
    firsts, lasts = _split(first), _split(last)
    if len(firsts) == len(lasts) and len(lasts) > 1:
        pairs = list(zip(firsts, lasts, strict=True))
    else:
        pairs = [(first, last)]
    return [person for pair in pairs if (person := person_of(*pair))]


def _split(cell: Cell) -> list[Cell]:
    found = [match for match in re.finditer(r"[^/\n|;]+", cell.text) if match[0].strip()]
    starts = [cell.start + match.start() + len(match[0]) - len(match[0].lstrip()) for match in found]
    return [
        Cell(match[0].strip(), start, start + len(match[0].strip())) for match, start in zip(found, starts, strict=True)
    ]
