"""What reports claim about the championship, checked by our own tables. A claim never writes a table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from racing.models import CrewMember, Fact, FactEntry, Season, Team
from racing.names import fold
from racing.statements import Asked
from racing.terms import OVERALL, TRACK, FactKind
from standings.championships import Held
from standings.fields import format_points, parse_points
from standings.models import ClaimCheck
from standings.scoring import Row, Scored, Subject
from standings.season_results import SeasonResults

#: How reports call the teams' table.
TEAMS = frozenset({"teams", "team", "equipes"})


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim of a report about this season; `event` is the meeting that the report tells of, `entry` whom it means."""

    fact: int
    event: int | None
    ranking: str
    position: int | None
    points: Fraction | None
    gap: Fraction | None
    gap_to: tuple[str, ...]
    drivers: tuple[str, ...]
    team: str
    entry: int | None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What our table says to it; the fields are those of ClaimCheck."""

    championship_id: int | None
    race_id: int | None
    verdict: str
    found: Mapping[str, Any]


OPEN = Verdict(None, None, "open", {})


class Names:
    """The names by which a claim may mean the subjects of a table, folded."""

    def __init__(self, season: Season) -> None:
        """Load the drivers and teams of the season."""
        self.entries: dict[int, list[int]] = {}
        self.drivers: dict[int, set[str]] = {}
        members = CrewMember.objects.filter(entry__season=season).order_by("entry", "order", "pk")
        for member in members.select_related("driver"):
            driver = member.driver
            self.entries.setdefault(member.entry_id, []).append(driver.pk)
            self.drivers[driver.pk] = {fold(str(driver)), fold(driver.last_name)}
        self.teams = {
            key: fold(name)
            for key, name in Team.objects.filter(entries__season=season).distinct().values_list("pk", "name")
        }

    def subjects(self, kind: Subject, names: Sequence[str], team: str = "", entry: int | None = None) -> list[int]:
        """Give the subjects that may be meant, the likeliest first: those of the entry, else those so named."""
        if kind is Subject.TEAM:
            return [key for key, name in self.teams.items() if team and name == fold(team)]
        wanted = {fold(name) for name in names}
        if kind is Subject.CREW:
            if entry is not None:
                return [entry]
            crews = self.entries.items()
            return [key for key, drivers in crews if any(self.drivers[driver] & wanted for driver in drivers)]
        candidates = self.entries.get(entry, []) if entry is not None else list(self.drivers)
        named = [driver for driver in candidates if self.drivers[driver] & wanted]
        return named or (candidates if entry is not None else [])


_ANYTHING = """
SELECT 1 FROM racing_readingrecord reading JOIN racing_fact fact ON fact.report_id = reading.report_id
WHERE reading.season_id = %s AND fact.kind = %s
UNION ALL
SELECT 1 FROM standings_claimcheck stored JOIN standings_championship own ON own.id = stored.championship_id
WHERE own.season_id = %s
LIMIT 1
"""


def ask_for_claims(season: Season) -> Asked:
    """Ask whether any report claims anything about the season, or is stored to have done so: then there are rows."""
    return Asked(_ANYTHING, season.pk, FactKind.CLAIM, season.pk)


def check_claims(season: Season, held: Sequence[Held], tables: Mapping[int, Scored], results: SeasonResults) -> bool:
    """Check the claims of the season's reports; tell whether a stored verdict differed.

    A claim agrees or disagrees with the table after the last race of the report's meeting. While what came before is only
    partly known, a claim that does not agree is open.
    """
    claims = load_claims(season)
    names = Names(season) if claims else None
    verdicts = {claim.fact: check(claim, held, tables, results, names) for claim in claims if names}
    gone = ClaimCheck.objects.filter(championship__season=season).exclude(fact__in=verdicts)
    changed = bool(gone.delete()[0]) if gone else False
    stored = {row.fact_id: row for row in ClaimCheck.objects.filter(fact__in=verdicts)} if verdicts else {}
    for fact, verdict in verdicts.items():
        row = stored.get(fact)
        values = (verdict.championship_id, verdict.race_id, verdict.verdict, verdict.found)
        if row is None or (row.championship_id, row.race_id, row.verdict, row.found) != values:
            fields = ("championship_id", "race_id", "verdict", "found")
            ClaimCheck.objects.update_or_create(fact_id=fact, defaults=dict(zip(fields, values, strict=True)))
            changed = True
    return changed


def load_claims(season: Season) -> list[Claim]:
    """Give the claims of the reports that are about this season."""
    rows = Fact.objects.filter(kind=FactKind.CLAIM, report__reading__season=season).order_by("pk")
    values = rows.values_list("pk", "report__reading__event", "ranking", "position", "drivers", "data")
    found = list(values)
    meant = FactEntry.objects.filter(fact__in=[row[0] for row in found], season=season) if found else ()
    entries = {row.fact_id: row.entry_id for row in meant}
    return [
        Claim(
            fact,
            event,
            ranking,
            position,
            _points(data.get("points")),
            _points(data.get("gap_points")),
            tuple(data.get("gap_to") or ()),
            tuple(drivers),
            data.get("team") or "",
            entries.get(fact),
        )
        for fact, event, ranking, position, drivers, data in found
    ]


def _points(text: str | None) -> Fraction | None:
    try:
        return parse_points(text) if text else None
    except (ValueError, ZeroDivisionError):
        return None


def check(
    claim: Claim, held: Sequence[Held], tables: Mapping[int, Scored], results: SeasonResults, names: Names
) -> Verdict:
    """Compare one claim with the table that it is about."""
    one = championship_of(claim.ranking, held)
    if one is None:
        return OPEN
    key = one.championship.pk
    rows, race = _table_after(claim.event, tables[key], results)
    subjects = names.subjects(one.rules.subject, claim.drivers, claim.team, claim.entry)
    row = next((row for subject in subjects for row in rows if row.subject == subject), None)
    if row is None:
        return Verdict(key, race, "open", {})
    others = names.subjects(one.rules.subject, claim.gap_to)
    told = {"position": claim.position, "points": claim.points, "gap_points": claim.gap}
    ours = {"position": row.position, "points": row.points, "gap_points": _gap(row, rows, others)}
    found = {name: _text(value) for name, value in ours.items() if value is not None}
    compared = [(value, ours[name]) for name, value in told.items() if value is not None]
    if compared and all(value == own for value, own in compared):
        return Verdict(key, race, "agrees", found)
    wrong = any(own is not None and value != own for value, own in compared)
    return Verdict(key, race, "disagrees" if wrong and _all_known(race, tables[key], results) else "open", found)


def _text(value: int | Fraction) -> int | str:
    return format_points(value) if isinstance(value, Fraction) else value


def championship_of(ranking: str, held: Sequence[Held]) -> Held | None:
    """Give the championship that a claim's ranking speaks of: the overall one, the teams', or that of a class."""
    word = fold(ranking)
    for one in held:
        teams = one.rules.subject is Subject.TEAM
        classes = {fold(name) for name in one.rules.filter.classes}
        if word in TEAMS:
            if teams and not classes:
                return one
        elif not teams and (word in classes or (not classes and ranking in ("", OVERALL, TRACK))):
            return one
    return None


def _table_after(event: int | None, scored: Scored, results: SeasonResults) -> tuple[Sequence[Row], int | None]:
    """Give the table after the last race of a meeting, and that race; nothing if none of its races is known."""
    own = {race.key for race in results.races if race.round == event}
    return next(((table.rows, table.race) for table in reversed(scored.tables) if table.race in own), ((), None))


def _gap(row: Row, rows: Sequence[Row], others: Sequence[int]) -> Fraction | None:
    """Give the points between a row and who is named, else for the leader to the second, else to the leader."""
    for other in rows:
        if other.subject in others and other.subject != row.subject:
            return abs(row.points - other.points)
    if others or len(rows) < 2:
        return None
    return abs(row.points - (rows[1] if row is rows[0] else rows[0]).points)


def _all_known(last: int | None, scored: Scored, results: SeasonResults) -> bool:
    """Tell whether everything that pays is known up to a race: every round from the first on, and every race of them."""
    races = [race.key for race in results.races]
    until = set(races[: races.index(last) + 1]) if last in races else set()
    complete = {basis.race for basis in scored.basis if basis.complete}
    events = {race.round for race in results.races if race.key in until}
    numbers = [number for event, number in results.rounds if event in events]
    cancelled = {race.key for race in results.races if race.cancelled}
    return bool(until) and until <= complete | cancelled and numbers == list(range(1, len(numbers) + 1))
