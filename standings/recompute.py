"""A season scored whole: its rows in, awards and tables replaced where they differ."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from racing.models import Season
from standings.championships import Held, Unfollowed, ensure_championships
from standings.claims import check_claims
from standings.models import Championship
from standings.outlook import bounds_as_json
from standings.scoring import Bounds, Scored, bound, score
from standings.season_results import season_results
from standings.storing import Move, StoredTables


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


def rescore(*, seasons: list[Season], **_signal: Any) -> None:
    """Score the seasons whose results have changed; hears `racing.signals.results_changed`, whose sender holds their locks."""
    for season in seasons:
        recompute_season(season)


def recompute_season(season: Season) -> bool:
    """Score every championship of a season anew; tell whether anything that is stored differed."""
    return compute(season).changed


@transaction.atomic(savepoint=False)
def compute(season: Season, *, thorough: bool = False) -> Outcome:
    """Score every championship of a season anew, and tell what that changed.

    Locks the season's row, so that no two do it at a time. Its version, and that of each championship concerned, grows only if
    something differed, so that a second run writes nothing. What differs is told by digests; `thorough` compares all that is
    stored, to find what was lost or changed by other hands.
    """
    version = Season.objects.select_for_update().values_list("version", flat=True).get(pk=season.pk)
    held = ensure_championships(season)
    outcome = Outcome(held.changed, unfollowed=held.unfollowed)
    results = season_results(season, {kind for one in held.rows for kind in one.rules.scales})
    stored = StoredTables(season, thorough=thorough)
    tables: dict[int, Scored] = {}
    for one in held.rows:
        scored = tables[one.championship.pk] = score(one.rules, results.races)
        stored.take(one.championship, one.rules, scored)
    replaced = stored.write()
    outcome.moves = [move for moves in replaced.values() for move in moves]
    open_ends = {
        one.championship.pk: bound(one.rules, results.races, tables[one.championship.pk], results.entrants)
        for one in held.rows
    }
    outcome.tables = _touch_tables(held.rows, tables, open_ends, replaced)
    outcome.changed |= bool(outcome.tables)
    outcome.changed |= check_claims(season, held.rows, tables, results)
    if outcome.changed:
        season.version, season.changed_at = version + 1, timezone.now()
        season.save(update_fields=["version", "changed_at"])
    return outcome


def _touch_tables(
    held: Iterable[Held],
    tables: Mapping[int, Scored],
    open_ends: Mapping[int, Iterable[Bounds]],
    replaced: Collection[int],
) -> list[Championship]:
    """Let the versions grow of the championships of which anything differs, rules and what is unknown too; gives these."""
    touched, now = [], timezone.now()
    for one in held:
        row = one.championship
        basis = [
            {"race": race.race, "known": race.known, "of": race.of, "complete": race.complete}
            for race in tables[row.pk].basis
        ]
        bounds = bounds_as_json(open_ends[row.pk])
        if one.changed or basis != row.basis or bounds != row.bounds:
            differing: dict[str, Any] = {"basis": basis} if basis != row.basis else {}
            if bounds != row.bounds:
                differing["bounds"] = bounds
            row.basis, row.bounds = basis, bounds
        elif row.pk in replaced:
            differing = {}
        else:
            continue
        Championship.objects.filter(pk=row.pk).update(**differing, version=F("version") + 1, computed_at=now)
        row.version, row.computed_at = row.version + 1, now
        touched.append(row)
    return touched
