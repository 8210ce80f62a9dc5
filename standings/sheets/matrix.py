"""A championship's table as a matrix: who by race, with points, dropped scores and gaps."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from django.db.models import Exists, OuterRef

from racing.models import CrewMember, Driver, Entry, EntryMark, Place, Result
from racing.terms import OVERALL, Contest, Mark
from standings.models import Championship, Standing, TableAfter
from standings.outlook import NOTHING_OPEN, Outlook, Span, outlook_of
from standings.scoring import Reach
from standings.sheets.calendar import RaceOfSeason, races_of
from standings.stored import awards_of, rows_after

#: The field of a row that holds each kind of subject.
KINDS = {"driver": "driver", "crew": "entry", "car": "entry", "team": "team", "make": "make", "entity": "make"}
#: The mark by which an entry stands for another, by the subject of the rules.
STANDS_FOR = {"crew": Mark.CREW, "car": Mark.CAR}


@dataclass(slots=True)
class Score:
    """One cell: what a subject did and got in one race. `points` is None where it got no award."""

    points: Fraction | None = None
    dropped: bool = False
    positions: list[int] = field(default_factory=list)
    status: str = ""
    took_part: bool = False
    pole: bool = False
    fastest: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """A race of the matrix, and how much of it is known (None: never told)."""

    race: RaceOfSeason
    known: int | None = None
    of: int | None = None
    complete: bool = True


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the matrix; `to_next` is the gap to the row ahead.

    Both gaps are None for the first and for who is not classified, and each where the row ahead has not the better points.
    """

    standing: Standing
    name: str
    cars: tuple[Entry, ...]
    crew: tuple[Driver, ...]
    scores: dict[int, Score]
    to_leader: Fraction | None
    to_next: Fraction | None
    shared: bool
    #: The least and the most points, where unknown places could change them.
    possible: Span | None = None
    #: The best and the worst position, likewise.
    reach: Reach | None = None


@dataclass(frozen=True, slots=True)
class Matrix:
    """The whole table after `after`; None where no race has been told of yet. `tables` are the races that have a table."""

    championship: Championship
    columns: list[Column]
    rows: list[Row]
    after: RaceOfSeason | None
    tables: list[RaceOfSeason]
    latest: bool
    outlook: Outlook = NOTHING_OPEN

    @property
    def has_spans(self) -> bool:
        """Whether somebody's points depend on places that are not known."""
        return bool(self.outlook.points)

    @property
    def has_reaches(self) -> bool:
        """Whether unknown places could change somebody's position."""
        return bool(self.outlook.positions)

    def subject(self, row: Row) -> int:
        """Give the id of a row's subject: a driver, an entry, a team or a make."""
        return int(getattr(row.standing, f"{kind_of(self.championship)}_id"))


class _Crews:
    """Who sat in which car, in which round."""

    def __init__(self, championship: Championship) -> None:
        self.members: dict[int, list[CrewMember]] = defaultdict(list)
        self.entries: dict[int, Entry] = {}
        self.by_builder = championship.rules.get("subject") == "make"
        rows = CrewMember.objects.filter(entry__season=championship.season_id).order_by("order", "pk")
        for member in rows.select_related("driver", "entry__team", "entry__make"):
            self.members[member.entry_id].append(member)
            self.entries[member.entry_id] = member.entry
        self.others: dict[int, list[EntryMark]] = defaultdict(list)
        if mark := STANDS_FOR.get(str(championship.rules.get("subject"))):
            for row in EntryMark.objects.filter(entry__season=championship.season_id, kind=mark):
                self.others[row.entry_id].append(row)

    def drivers(self, entry: int) -> tuple[Driver, ...]:
        """Give all who drove a car in the season, each once."""
        return tuple({member.driver_id: member.driver for member in self.members[entry]}.values())

    def owner(self, kind: str, entry: int) -> int | None:
        """Give the team or the make of a car; where makes compete apart from whose engine it is, the make of the chassis."""
        row = self.entries.get(entry)
        if row is None:
            return None
        if kind == "team":
            return row.team_id
        return row.make.builder_id or row.make_id if row.make and self.by_builder else row.make_id

    def subjects(self, kind: str, entry: int, number: int | None) -> Iterable[int]:
        """Give whom of this kind a car stands for in a round."""
        if kind == "entry":
            others = [mark for mark in self.others[entry] if mark.holds_in(number)]
            # Of two marks the one that began last holds, as in the scoring.
            return [max(others, key=lambda mark: (mark.from_round, mark.pk)).other_id or entry] if others else [entry]
        if kind in ("team", "make"):
            owner = self.owner(kind, entry)
            return [owner] if owner else []
        return [member.driver_id for member in self.members[entry] if member.holds_in(number)]


def kind_of(championship: Championship) -> str:
    """Give the field of the championship's rows that names their subject: driver, entry, team or make."""
    return KINDS.get(str(championship.rules.get("subject", "driver")), "driver")


def ranking_of(championship: Championship) -> str:
    """Give the ranking that poles and fastest laps are shown of: the class's where the class is ranked by itself."""
    rules = championship.rules
    own = (rules.get("filter") or {}).get("class")
    return str(own) if own and rules.get("rank_within") == "class" else OVERALL


def load_matrix(championship: Championship, after: int | None = None) -> Matrix:
    """Read a championship's table: the last one, or that after the race with the id `after`.

    Six queries, however long; seven of crews or cars.
    """
    races = races_of(championship.season)
    with_table = set(TableAfter.objects.filter(championship=championship).order_by().values_list("race", flat=True))
    tables = [race for race in races if race.race.pk in with_table]
    last = next((race for race in reversed(tables) if after in (None, race.race.pk)), None)
    shown = races[: races.index(last) + 1] if last else []
    columns = _columns(championship, shown)
    outlook = outlook_of(championship, last.race.pk) if last else NOTHING_OPEN
    rows = _rows(championship, shown, last, outlook) if last else []
    return Matrix(championship, columns, rows, last, tables, bool(last and last is tables[-1]), outlook)


def _columns(championship: Championship, races: list[RaceOfSeason]) -> list[Column]:
    basis: dict[int, dict[str, Any]] = {row["race"]: row for row in championship.basis}
    columns = []
    for race in races:
        row = basis.get(race.race.pk, {})
        known, of = row.get("known"), row.get("of")
        complete = bool(row.get("complete", known is not None and known == of))
        columns.append(Column(race, known, of, complete))
    return columns


def _rows(championship: Championship, races: list[RaceOfSeason], last: RaceOfSeason, outlook: Outlook) -> list[Row]:
    kind = kind_of(championship)
    crews = _Crews(championship)
    standings = rows_after(championship, last.race)
    scores = _scores(championship, races, kind, crews)
    held = Counter(row.position for row in standings if row.position is not None)
    low = championship.rules.get("direction") == "low"
    rows = []
    for index, standing in enumerate(standings):
        subject = getattr(standing, f"{kind}_id")
        crew = crews.drivers(subject) if kind == "entry" else ()
        own = scores[subject]
        for race in standing.dropped:
            own[race].dropped = True
        rows.append(
            Row(
                standing,
                " / ".join(driver.last_name for driver in crew) if crew else str(standing.subject),
                _cars(kind, subject, crews),
                crew,
                own,
                _behind(standings[0], standing, low) if index else None,
                _behind(standings[index - 1], standing, low) if index else None,
                shared=standing.position is not None and held[standing.position] > 1,
                possible=outlook.points.get(subject),
                reach=outlook.positions.get(subject) if outlook.positions else None,
            )
        )
    return rows


def _behind(ahead: Standing, standing: Standing, low: bool) -> Fraction | None:
    """Give the points by which a row is behind one ahead of it; None where it has no position, or has the better points.

    The latter is so where others began a phase anew, and it did not.
    """
    gap: Fraction = standing.points - ahead.points if low else ahead.points - standing.points
    return None if standing.position is None or gap < 0 else gap


def _cars(kind: str, subject: int, crews: _Crews) -> tuple[Entry, ...]:
    """Give the cars that a subject drove or ran, for its number and team beside its name."""
    if kind == "driver":
        found = [entry for entry in crews.entries if any(m.driver_id == subject for m in crews.members[entry])]
    elif kind == "entry":
        lent = (entry for entry, marks in crews.others.items() if any(mark.other_id == subject for mark in marks))
        found = [entry for entry in (subject, *sorted(lent)) if entry in crews.entries]
    else:
        found = [e for e, row in crews.entries.items() if crews.owner(kind, e) == subject and not row.guest]
    return tuple(crews.entries[entry] for entry in found)


def _scores(
    championship: Championship, races: list[RaceOfSeason], kind: str, crews: _Crews
) -> dict[int, dict[int, Score]]:
    """Give each subject's cells by race: its awards, and what is known of races that gave none."""
    scores: dict[int, dict[int, Score]] = defaultdict(lambda: defaultdict(Score))
    rounds = {race.race.pk: race.round for race in races}
    for race, entry, status, pole, fastest in _results(championship, list(rounds)):
        for subject in crews.subjects(kind, entry, rounds[race]):
            score = scores[subject][race]
            score.took_part = True
            score.status = score.status or status
            score.pole |= pole
            score.fastest |= fastest
    for award in awards_of(championship, list(rounds)):
        score = scores[award.subject][award.race_id]
        score.points = award.points
        places = (part.get("position") for part in award.parts if part.get("kind") == "position")
        score.positions = sorted(place for place in places if place)
    return scores


def _results(championship: Championship, races: list[int]) -> Iterable[tuple[int, int, str, bool, bool]]:
    def first(contest: Contest) -> Exists:
        ranking = ranking_of(championship)
        return Exists(Place.objects.filter(result=OuterRef("pk"), contest=contest, ranking=ranking, position=1))

    return (
        Result.objects.filter(race__in=races, entry__season=championship.season_id)
        .annotate(pole=first(Contest.QUALIFYING), fastest=first(Contest.FASTEST_LAP))
        .values_list("race", "entry", "status", "pole", "fastest")
    )
