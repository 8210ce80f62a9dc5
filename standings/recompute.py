"""A season scored whole: its rows in, awards and tables replaced where they differ."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from racing import quick_json
from racing.models import Season
from racing.pipeline import Settled, touch
from racing.statements import blanks, tell, without_waiting
from standings.championships import AskedChampionships, Held, Unfollowed
from standings.claims import ask_for_claims, check_claims
from standings.inputs import Inputs, SeasonInputs
from standings.models import Championship
from standings.outlook import bounds_as_json
from standings.scoring import Bounds, Scored, bound, score, whole
from standings.season_results import AskedRows, SeasonResults, results_of
from standings.storing import AskedTables, Move, StoredTables
from standings.table_texts import HALF, digest


@dataclass(slots=True)
class Outcome:
    """What computing a season anew changed.

    `tables` are the championships of which something stored differed, `moves` whose row in a latest table changed, and
    `unfollowed` those that keep their old table, since their rules cannot be followed.
    """

    changed: bool = False
    tables: list[Championship] = field(default_factory=list)
    moves: list[Move] = field(default_factory=list)
    unfollowed: list[Unfollowed] = field(default_factory=list)


def rescore(*, seasons: list[Season], settled: Mapping[Season, Settled] | None = None, **_signal: Any) -> None:
    """Score the seasons whose results have changed; hears `racing.signals.results_changed`."""
    for season in seasons:
        compute(season, settled=settled[season] if settled else None)


def recompute_season(season: Season) -> bool:
    """Score every championship of a season anew; tell whether anything that is stored differed."""
    return compute(season).changed


@transaction.atomic(savepoint=False)
def compute(season: Season, *, thorough: bool = False, anew: bool = False, settled: Settled | None = None) -> Outcome:
    """Score the championships of a season anew of which rules, results or anything else differs, and tell what that changed.

    Locks the season's row, so that no two do it at a time; who gives what was settled has locked it before. Its
    version, and that of each championship concerned, grows only if something stored differed, so that a second run writes
    nothing. What differs is told by digests. `thorough` compares these with all that is stored, to find what was lost or
    changed by other hands; `anew` also scores what rests on the same as it did.
    """
    if settled is None:
        season.version = Season.objects.select_for_update().values_list("version", flat=True).get(pk=season.pk)
    with without_waiting():
        championships, asked = AskedChampionships(season), AskedRows(season, settled)
        claims = ask_for_claims(season)
        found = championships.ensured()
        tables = AskedTables(found.rows, thorough=thorough, anew=anew)
        outcome = Outcome(found.changed, unfollowed=found.unfollowed)
        rows = asked.given()
        sessions = {kind for one in found.rows for kind in one.rules.scales}
        inputs = SeasonInputs(rows, sessions)
        of_each = {one.championship.pk: inputs.of(one) for one in found.rows}
        stored = tables.given()
        stored.unsound |= {one.championship.pk for one in found.rows if _is_lost(one.championship, stored)}
        differing = [
            one for one in found.rows if anew or one.changed or _differs(one.championship, of_each, stored.unsound)
        ]
        claimed = bool(claims.rows())
        if differing:
            stored.ask_for_latest()
        if differing or claimed:
            results = results_of(rows, sessions)
        drawn = [_draw(one, results, of_each[one.championship.pk], stored, whole_season=claimed) for one in differing]
        outcome.tables = _touch_tables([one.told(of_each[one.held.championship.pk], stored) for one in drawn])
        outcome.moves = [move for one in drawn for move in one.moves or ()]
        outcome.changed |= bool(outcome.tables)
        if outcome.changed and not claimed:
            touch(season)
    if claimed:  # about whichever table
        scored = {one.held.championship.pk: one.scored for one in drawn}
        for one in found.rows:
            if one.championship.pk not in scored:
                scored[one.championship.pk] = score(one.rules, results.races)
        outcome.changed |= check_claims(season, found.rows, scored, results)
        if outcome.changed:
            touch(season)
    return outcome


def _differs(row: Championship, inputs: Mapping[int, Inputs], unsound: Collection[int]) -> bool:
    """Tell whether a championship rests on something else than when it was drawn, or is not as it was then."""
    return row.pk in unsound or row.inputs[:HALF] != inputs[row.pk].whole


def _is_lost(row: Championship, stored: StoredTables) -> bool:
    """Tell whether any of the tables is lost or another's, or what is told beside them."""
    return bool(row.inputs) and row.inputs[HALF:] != _digest_of(row.basis, row.bounds, stored.digests(row))


def _digest_of(basis: Any, bounds: Any, tables: Mapping[int, str]) -> str:
    return digest(quick_json.dumps([basis, bounds, sorted(tables.items())], sort_keys=True))


def _draw(held: Held, results: SeasonResults, inputs: Inputs, stored: StoredTables, *, whole_season: bool) -> "Drawn":
    """Score a championship from the race on that differs, where the rest is known, and store what differs."""
    row, rules, races = held.championship, held.rules, results.races
    bounds: Sequence[Bounds] = ()
    # Where all is known nothing is worked out, and what has not changed need not be scored.
    known = {} if whole_season or row.bounds else stored.counted(row, inputs)
    since = stored.since(row, inputs) if known else None
    scored = score(rules, races, since, known)
    if known and not (scored.tables and whole(rules, races, scored, results.entrants, known)):
        since, known, scored = None, {}, score(rules, races)
    if not known:
        bounds = bound(rules, races, scored, results.entrants)
    return Drawn(held, scored, bounds_as_json(bounds), stored.replace(row, rules, scored, inputs, since))


@dataclass(frozen=True, slots=True)
class Drawn:
    """A championship scored, what unknown places could change in it as it is stored, and who moved (`StoredTables.replace`)."""

    held: Held
    scored: Scored
    bounds: list[dict[str, Any]]
    moves: list[Move] | None

    def told(self, inputs: Inputs, stored: StoredTables) -> "Told":
        """Give what is told of it beside its tables."""
        basis = [
            {"race": race.race, "known": race.known, "of": race.of, "complete": race.complete}
            for race in self.scored.basis
        ]
        digests = stored.digests(self.held.championship)
        told = inputs.whole + _digest_of(basis, self.bounds, digests)
        return Told(self.held, basis, self.bounds, told, self.held.changed or self.moves is not None)


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of a championship beside its tables, as it is stored; `differs` tells whether its rules or tables do."""

    held: Held
    basis: list[dict[str, Any]]
    bounds: list[dict[str, Any]]
    inputs: str
    differs: bool


_TOUCH = """
UPDATE standings_championship SET inputs = CASE id {inputs} ELSE inputs END,
    basis = CASE id {basis} ELSE basis END, bounds = CASE id {bounds} ELSE bounds END,
    version = version + CASE WHEN id IN ({touched}) THEN 1 ELSE 0 END,
    computed_at = CASE WHEN id IN ({touched}) THEN %s ELSE computed_at END
WHERE id IN ({all})
"""
_WHEN = "WHEN %s THEN %s "


def _touch_tables(told: Collection[Told]) -> list[Championship]:
    """Let the versions grow of the championships of which anything differs, rules and what is unknown too; gives these."""
    if not told:
        return []
    touched, now = [], timezone.now()
    inputs: list[Any] = []
    basis: list[Any] = []
    bounds: list[Any] = []
    for one in told:
        row = one.held.championship
        inputs += [row.pk, one.inputs]
        if one.basis != row.basis:
            basis += [row.pk, quick_json.dumps(one.basis)]
        if one.bounds != row.bounds:
            bounds += [row.pk, quick_json.dumps(one.bounds)]
        if one.differs or one.basis != row.basis or one.bounds != row.bounds:
            row.basis, row.bounds, row.version, row.computed_at = one.basis, one.bounds, row.version + 1, now
            touched.append(row)
    keys = [row.pk for row in touched] or [0]
    # A CASE needs something to be: no championship has the id 0.
    whens: list[list[Any]] = [one or [0, None] for one in (inputs, basis, bounds)]
    statement = _TOUCH.format(
        **{name: _WHEN * (len(one) // 2) for name, one in zip(("inputs", "basis", "bounds"), whens, strict=True)},
        touched=blanks(len(keys)),
        all=blanks(len(told)),
    )
    moment = connection.ops.adapt_datetimefield_value(now)
    values = [value for one in whens for value in one]
    tell(statement, *values, *keys, *keys, moment, *(one.held.championship.pk for one in told))
    return touched
