"""The championships of a season as its rulebook gives them."""

import logging
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from racing import quick_json
from racing.models import Season
from racing.statements import Asked, Columns, Values, ask
from standings.models import Championship
from standings.rulebook import Planned, planned
from standings.scoring import Rules, RulesError, parse_rules

logger = logging.getLogger(__name__)


_ALIAS, _CLASS = 1, 2
_NAMES = """
SELECT 1, 0, alias.text FROM racing_alias alias WHERE alias.series_id = %s
UNION ALL SELECT 2, named."order", named.name FROM racing_racingclass named WHERE named.season_id = %s
ORDER BY 1, 2, 3
"""


@dataclass(frozen=True, slots=True)
class Held:
    """A championship of the season with its rules, and whether its row was made or changed just now."""

    championship: Championship
    rules: Rules
    changed: bool


@dataclass(frozen=True, slots=True)
class Unfollowed:
    """A championship whose stored rules cannot be followed, and why."""

    championship: Championship
    error: RulesError


@dataclass(frozen=True, slots=True)
class Championships:
    """The championships of a season that can be scored, those that cannot, and whether any row was made, changed or deleted."""

    rows: list[Held]
    unfollowed: list[Unfollowed]
    changed: bool


class AskedChampionships:
    """The championships of a season, asked for."""

    def __init__(self, season: Season) -> None:
        """Ask for them, and for what their rulebook goes by."""
        self._season = season
        self._names = Asked(_NAMES, season.series_id, season.pk)
        self._rows = Asked(_STORED, season.pk)

    def ensured(self) -> Championships:
        """Make the season's championships what its rulebook says, and give them.

        Those edited here, and those that no rulebook made, stay as they are. A championship whose stored rules cannot be
        followed is left out and logged: its table stays as it was.
        """
        season, wanted = self._season, _plans(self._season, self._names.rows())
        rows = {row.slug: row for row in map(_COLUMNS.row, self._rows.rows())}
        changed = {slug for slug, one in wanted.items() if _follow(rows, season, one)}
        obsolete = [row for slug, row in rows.items() if slug not in wanted and row.rulebook and not row.edited]
        for row in obsolete:
            row.delete()
            del rows[row.slug]
        held, unfollowed = followed(sorted(rows.values(), key=lambda row: (row.order, row.name)), season, changed)
        return Championships(held, unfollowed, bool(changed or obsolete))


def ensure_championships(season: Season) -> Championships:
    """Ask for the season's championships, and do with them as `AskedChampionships.ensured` says."""
    return AskedChampionships(season).ensured()


_COLUMNS = Columns(Championship, without=["computed_at"])
_STORED = f"""
SELECT {_COLUMNS.of("own")} FROM standings_championship own WHERE own.season_id = %s ORDER BY own.id
"""  # noqa: S608  names of our own columns


def followed(
    rows: Iterable[Championship], season: Season, changed: Collection[str] = ()
) -> tuple[list[Held], list[Unfollowed]]:
    """Give championships of a season with their rules, apart from those whose rules cannot be followed, which are logged."""
    held, unfollowed = [], []
    for row in rows:
        row.season = season
        try:
            held.append(Held(row, _parsed(quick_json.dumps(row.all_rules)), row.slug in changed))
        except RulesError as error:
            logger.error("%s is not scored: %s", row, error)
            unfollowed.append(Unfollowed(row, error))
    return held, unfollowed


@lru_cache(maxsize=128)
def _parsed(rules: str) -> Rules:
    """Parse rules as they are stored; the same are asked for with each correction of a season. Raises RulesError."""
    return parse_rules(quick_json.loads(rules))


def plans_for(season: Season) -> dict[str, Planned]:
    """Give what the season's rulebook says of its championships, by their addresses."""
    return _plans(season, ask(_NAMES, season.series_id, season.pk))


def _plans(season: Season, told: list[Values]) -> dict[str, Planned]:
    series = season.series
    names = [series.slug, series.name, series.short_name, *(text for kind, _, text in told if kind == _ALIAS)]
    classes = [text for kind, _, text in told if kind == _CLASS]
    return {one.slug: one for one in planned([name for name in names if name], season.year, classes)}


def differs_from_plan(season: Season) -> bool:
    """Tell whether the season's championships are not what its rulebook says now."""
    wanted = plans_for(season)
    rows = {row.slug: row for row in Championship.objects.filter(season=season)}
    missing = any(_is_to_follow(rows.get(slug), _values(plan)) for slug, plan in wanted.items())
    return missing or any(slug not in wanted and row.rulebook and not row.edited for slug, row in rows.items())


def _follow(rows: dict[str, Championship], season: Season, plan: Planned) -> bool:
    """Make or change the row that follows the plan; tell whether it had to be."""
    row, values = rows.get(plan.slug), _values(plan)
    if not _is_to_follow(row, values):
        return False
    if row is None:
        rows[plan.slug] = Championship.objects.create(season=season, slug=plan.slug, **values)
        return True
    for field, value in values.items():
        setattr(row, field, value)
    Championship.objects.filter(pk=row.pk).update(**values)
    return True


def _is_to_follow(row: Championship | None, values: Mapping[str, Any]) -> bool:
    """Tell whether a row must be made or changed to be as planned. Those that a person edited or made stay as they are."""
    if row is None:
        return True
    return (
        not row.edited and bool(row.rulebook) and any(getattr(row, field) != value for field, value in values.items())
    )


def _values(plan: Planned) -> dict[str, Any]:
    return {
        "name": plan.name.fr,
        "name_en": plan.name.en,
        "order": plan.order,
        "rulebook": plan.rulebook,
        "rules": plan.rules,
        "verified": plan.verified,
        "source": plan.source.fr,
        "source_en": plan.source.en,
    }
