"""Cars of a table as facts: the places of every ranking, laps, penalties, retirements, points."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from racing.reading.facts import Fact, Person, Span
from racing.reading.folding import fold
from racing.reading.sheets.classes import is_class, marked_class, usual_class
from racing.reading.sheets.entries import Entry, entries_of
from racing.reading.sheets.grid import Row
from racing.reading.sheets.notes import Cars, fastest_of, penalties_of
from racing.reading.sheets.session import Session, kind_of_line
from racing.reading.sheets.tables import Table
from racing.reading.sheets.words import words
from racing.terms import OVERALL, TRACK, FactKind

RECOGNISER = "sheet"
#: A place that the table writes, and one that follows from the order of its rows.
_WRITTEN, _COUNTED = 0.99, 0.97
_CLASS_LONGEST = 40
_KINDS = {"race": FactKind.FINISH, "": FactKind.FINISH, "qualifying": FactKind.QUALIFYING, "grid": FactKind.QUALIFYING}


@dataclass(slots=True)
class Told:
    """What a table tells."""

    facts: list[Fact] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)
    #: Rows that share their place with others, as the table itself says.
    tied: set[Span] = field(default_factory=set)


@dataclass(slots=True)
class _Grid:
    """The cars of a table with their classes by their usual names, and which of them are of the heading's series."""

    entries: list[Entry]
    classes: dict[int, str]
    marked: dict[int, tuple[str, ...]]
    own: list[Entry]

    @property
    def joint(self) -> bool:
        return len(self.own) < len(self.entries)


def tell(table: Table, session: Session, series: Sequence[str], legend: Mapping[str, str]) -> Told:
    """Give what a table tells, as of this session; `series` are those of the headings, `legend` what abbreviations mean."""
    entries = entries_of(table)
    grid = _grid(entries, legend, series)
    told = Told(people=list(_people(grid)), tied={entry.row.span for entry in entries if entry.tied})
    if session.kind == "standings":
        told.facts += _claims(table, grid, legend)
    elif session.kind in _KINDS:
        told.facts += _places(grid, session)
        if _KINDS[session.kind] is FactKind.FINISH:
            told.facts += _race(table, grid, session)
    return told


def _grid(entries: list[Entry], legend: Mapping[str, str], series: Sequence[str]) -> _Grid:
    classes: dict[int, str] = {}
    marked: dict[int, tuple[str, ...]] = {}
    for entry in entries:
        name = usual_class(entry.class_name, legend) if entry.class_name else ""
        if name and len(name) <= _CLASS_LONGEST and not fold(name).startswith(tuple(words()["names"]["no_class"])):
            classes[id(entry)] = name
        marks = (marked_class(mark, legend) for mark in entry.marks)
        marked[id(entry)] = tuple(dict.fromkeys(mark for mark in marks if mark))
    return _Grid(entries, classes, marked, _own(entries, legend, series))


def _own(entries: list[Entry], legend: Mapping[str, str], series: Sequence[str]) -> list[Entry]:
    """Give the cars of the series that the headings name first, where two series ran together; else all."""
    codes = list(dict.fromkeys(entry.series for entry in entries if entry.series))
    if len(codes) < 2 or not series:
        return entries
    first = fold(series[0])
    meant = {code: fold(legend.get(fold(code).strip(" ."), code)) for code in codes}
    own = next((code for code, name in meant.items() if name in first or first in name), None)
    initials = "".join(word[0] for word in first.split())
    own = own or next((code for code in codes if fold(code) == initials), None)
    return [entry for entry in entries if entry.series == own] if own else entries


def _people(grid: _Grid) -> Iterator[Person]:
    seen: set[str] = set()
    for entry in grid.entries:
        classes = tuple(
            dict.fromkeys([*([grid.classes[id(entry)]] if id(entry) in grid.classes else []), *grid.marked[id(entry)]])
        )
        for person in entry.people:
            if person.name not in seen:
                seen.add(person.name)
                yield Person(person.name, (person.span,), entry.team, entry.number, entry.car, person.country, classes)


def _classified(entries: Sequence[Entry]) -> list[Entry]:
    return [entry for entry in entries if entry.status == "finished" and entry.people]


def _fact(kind: FactKind, entry: Entry, session: Session, *roles: str, **more: object) -> Fact:
    return Fact(
        kind=kind,
        evidence=entry.evidence(*roles),
        race=session.number,
        drivers=entry.drivers,
        recogniser=RECOGNISER,
        team=entry.team,
        number=entry.number,
        car=entry.car,
        **more,  # type: ignore[arg-type]  # the caller names fields of Fact
    )


def _places(grid: _Grid, session: Session) -> Iterator[Fact]:
    """Give the places of the whole order, of the series' own where another ran along, and of each class."""
    kind = _KINDS[session.kind]
    classified = _classified(grid.entries)
    if _by_class(classified):
        yield from _class_places(grid, session, kind)
        return
    ranking = TRACK if grid.joint and kind is FactKind.FINISH else OVERALL
    guests = {id(entry) for entry in grid.entries} - {id(entry) for entry in grid.own}
    for entry in classified:
        if entry.position is not None:
            time = entry.time or (entry.best if kind is FactKind.QUALIFYING else "")
            more = {
                "ranking": ranking,
                "position": entry.position,
                "sure": _WRITTEN,
                "time": time,
                "gap": _gap(entry.gap),
            }
            yield _fact(kind, entry, session, "position", **more, guest=id(entry) in guests)
    if ranking == TRACK:
        for place, entry in _ordered(_classified(grid.own), "series_position"):
            yield _fact(
                kind, entry, session, "series_position", ranking=OVERALL, position=place, sure=_COUNTED, time=entry.time
            )
    yield from _class_places(grid, session, kind)


def _by_class(classified: Sequence[Entry]) -> bool:
    """Say whether the rows stand class by class, each beginning at 1."""
    firsts = [entry for entry in classified if entry.position == 1]
    names = {entry.class_name for entry in firsts}
    return (
        len(firsts) > 1
        and len(names) == len(firsts)
        and "" not in names
        and not any(e.class_position for e in classified)
    )


def _class_places(grid: _Grid, session: Session, kind: FactKind) -> Iterator[Fact]:
    own = _classified(grid.own)
    by_class = _by_class(own)
    names = list(dict.fromkeys(grid.classes[id(entry)] for entry in own if id(entry) in grid.classes))
    for name in names if len(names) > 1 or by_class else ():
        members = [entry for entry in own if grid.classes.get(id(entry)) == name]
        for place, entry in _ordered(members, "position" if by_class else "class_position"):
            roles = ("position" if by_class else "class_position", "class")
            yield _fact(kind, entry, session, *roles, ranking=name, position=place, sure=_COUNTED)
    marks = list(dict.fromkeys(mark for entry in own for mark in grid.marked[id(entry)]))
    for name in marks:
        if name not in names:
            members = [entry for entry in own if name in grid.marked[id(entry)]]
            for place, entry in enumerate(members, 1):
                yield _fact(kind, entry, session, ranking=name, position=place, sure=_COUNTED)


def _ordered(entries: Sequence[Entry], role: str) -> list[tuple[int, Entry]]:
    """Give cars with their places, written where all are written, else counted in the order of the table."""
    written = [getattr(entry, role) for entry in entries]
    if entries and all(place is not None for place in written):
        return list(zip(written, entries, strict=True))
    return list(enumerate(entries, 1))


def _gap(text: str) -> str:
    return text.lstrip("+").strip() if any(character.isdigit() for character in text) else ""


def _race(table: Table, grid: _Grid, session: Session) -> Iterator[Fact]:
    """Give fastest laps, penalties and retirements."""
    cars = Cars(grid.entries)
    # Lines that stand between rows may be notes too.
    notes = [*table.notes, *(row for row in table.body if row.filled == 1)]
    yield from _fastest(notes, cars, grid, session)
    punished: set[str] = set()
    for penalty in penalties_of(notes, cars):
        punished.add(penalty.entry.number)
        if penalty.entry.people:
            fact = _fact(FactKind.PENALTY, penalty.entry, session, text=penalty.text, sure=_WRITTEN)
            yield _with_note(fact, penalty.spans)
    for entry in grid.entries:
        if not entry.people:
            continue
        text = entry.penalty if any(character.isdigit() for character in entry.penalty) else ""
        if (entry.status == "DSQ" or text) and (not entry.number or entry.number not in punished):
            yield _fact(FactKind.PENALTY, entry, session, "status", text=text or table_text(entry), sure=_WRITTEN)
        if entry.status in ("DNF", "NC"):
            yield _fact(FactKind.RETIREMENT, entry, session, "status", sure=_WRITTEN)


def table_text(entry: Entry) -> str:
    """Give what a row writes of a car that was taken out."""
    return "DSQ" if entry.status == "DSQ" else ""


def _with_note(fact: Fact, spans: tuple[Span, ...]) -> Fact:
    fields = {name: getattr(fact, name) for name in Fact.__dataclass_fields__}
    return Fact(**{**fields, "evidence": (*spans, *fact.evidence)})


def _fastest(notes: Sequence[Row], cars: Cars, grid: _Grid, session: Session) -> Iterator[Fact]:
    ranking = TRACK if grid.joint else OVERALL
    noted = fastest_of(notes, cars)
    running = [(n, entry) for n, entry in enumerate(grid.entries) if entry.people and entry.status != "DSQ"]
    timed = sorted((seconds, n) for n, entry in running if (seconds := seconds_of(entry.best)))
    if noted and noted.drivers:
        time = noted.time or noted.entry.best
        fact = _fact(FactKind.FASTEST_LAP, noted.entry, session, ranking=ranking, time=time, sure=_WRITTEN)
        fields = {name: getattr(fact, name) for name in Fact.__dataclass_fields__}
        yield Fact(**{**fields, "drivers": noted.drivers, "evidence": (*noted.spans, *fact.evidence)})
    elif timed:
        entry = grid.entries[timed[0][1]]
        yield _fact(FactKind.FASTEST_LAP, entry, session, ranking=ranking, time=entry.best, sure=_COUNTED)
    told: set[str] = set()
    # Where two series run together, whose class it would be is not told.
    several = len(set(grid.classes.values())) > 1 and not grid.joint
    for _, number in timed if several else ():
        entry = grid.entries[number]
        name = grid.classes.get(id(entry), "")
        if name and name not in told:
            told.add(name)
            yield _fact(FactKind.FASTEST_LAP, entry, session, "class", ranking=name, time=entry.best, sure=_COUNTED)


def seconds_of(time: str) -> float:
    """Give a lap's time in seconds, 0 for what is none: "1:38.657", "1'38\\"657", "1:38,657"."""
    digits = "".join(character if character.isdigit() else " " for character in time.strip().strip("+*")).split()
    if not 2 <= len(digits) <= 4 or any(character.isalpha() for character in time):
        return 0.0
    fraction = float(f"0.{digits[-1]}")
    seconds = 0
    for part in digits[:-1]:
        seconds = seconds * 60 + int(part[:6])
    return seconds + fraction


def _claims(table: Table, grid: _Grid, legend: Mapping[str, str]) -> Iterator[Fact]:
    """Give a points table as claims: who has which place with how many points."""
    above = [row.text(0) for row in table.headings]
    ranking = _ranking_above(above, legend)
    sections = {entry.class_name for entry in grid.entries}
    by_class = len(sections) > 1 and _by_class([entry for entry in grid.entries if entry.position])
    for entry in grid.entries:
        if entry.people and entry.position is not None and entry.points:
            name = grid.classes.get(id(entry), ranking) if by_class else ranking
            points = entry.points.rstrip("0").rstrip(".") if "." in entry.points else entry.points
            yield Fact(
                kind=FactKind.CLAIM,
                evidence=entry.evidence("position"),
                ranking=name,
                position=entry.position,
                drivers=entry.drivers,
                sure=_WRITTEN,
                recogniser=RECOGNISER,
                team=entry.team,
                number=entry.number,
                points=points,
            )


def _ranking_above(lines: Sequence[str], legend: Mapping[str, str]) -> str:
    """Give the class that the lines above a points table name, "overall" where they name none."""
    for line in reversed(lines):
        for piece in line.replace("–", "-").replace(":", " - ").split(" - "):
            name = usual_class(piece.strip(), legend)
            if is_class(piece):
                return name
            for word in piece.split() if kind_of_line(piece) == "standings" else ():
                if is_class(word):
                    return usual_class(word)
    return OVERALL
