"""A season scored whole: its rows in, awards and tables replaced where they differ."""

from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from racing.models import Season
from standings.championships import ensure_championships
from standings.claims import check_claims
from standings.models import Championship
from standings.scoring import Scored, score
from standings.season_results import season_results
from standings.storing import SeasonRows


def rescore(*, seasons: list[Season], **_signal: Any) -> None:
    """Score the seasons whose results have changed; hears `racing.signals.results_changed`, whose sender holds their locks."""
    for season in seasons:
        recompute_season(season)


@transaction.atomic
def recompute_season(season: Season) -> bool:
    """Score every championship of a season anew; tell whether anything that is stored differed.

    Locks the season's row. Its version, and that of each championship concerned, grows only if something differed, so that a
    second run writes nothing.
    """
    Season.objects.select_for_update().get(pk=season.pk)
    held, changed = ensure_championships(season)
    sessions = {kind for one in held for kind in one.rules.scales}
    results = season_results(season, sessions)
    rows = SeasonRows(season)
    tables: dict[int, Scored] = {}
    for one in held:
        scored = tables[one.championship.pk] = score(one.rules, results.races)
        differs = rows.replace(one.championship, one.rules, scored)
        basis = [{"race": race.race, "known": race.known, "of": race.of} for race in scored.basis]
        if differs or one.changed or basis != one.championship.basis:
            _touch_table(one.championship, basis)
            changed = True
    if check_claims(season, held, tables, results):
        changed = True
    if changed:
        Season.objects.filter(pk=season.pk).update(version=F("version") + 1, changed_at=timezone.now())
        season.refresh_from_db(fields=["version", "changed_at"])
    return changed


def _touch_table(championship: Championship, basis: list[dict[str, int | None]]) -> None:
    championship.basis = basis
    championship.version += 1
    championship.computed_at = timezone.now()
    championship.save(update_fields=["basis", "version", "computed_at"])
