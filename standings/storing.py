"""Tables to rows: what is stored is replaced where it differs, and only there."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.db import models

from racing.models import Season
from standings.models import Award, Championship, Standing
from standings.scoring import Rules, Scored, Subject

#: How many rows one statement names; older SQLite takes no more than 999 values.
CHUNK = 900

AWARD_FIELDS = ("race_id", "driver_id", "entry_id", "team_id", "points", "parts", "dropped")
STANDING_FIELDS = (
    *("race_id", "driver_id", "entry_id", "team_id"),
    *("order", "position", "points", "gross", "dropped", "why"),
)

Row = tuple[Any, ...]
#: Race and subject -> the row's id and its values.
Stored = dict[Row, tuple[int, Row]]


class SeasonRows:
    """The awards and standings that are stored for a season, loaded at once."""

    def __init__(self, season: Season) -> None:
        """Load them."""
        self.awards = _load(Award, season, AWARD_FIELDS)
        self.standings = _load(Standing, season, STANDING_FIELDS)

    def replace(self, championship: Championship, rules: Rules, scored: Scored) -> bool:
        """Store what was scored; tell whether any row differed."""
        key = championship.pk
        awards = _replace(Award, key, AWARD_FIELDS, self.awards[key], award_rows(rules, scored))
        standings = _replace(Standing, key, STANDING_FIELDS, self.standings[key], standing_rows(rules, scored))
        return awards or standings


def award_rows(rules: Rules, scored: Scored) -> Iterable[Row]:
    """Give the values of the awards, in the order of AWARD_FIELDS."""
    subject = _subject(rules)
    for award in scored.awards:
        parts = [part.as_json() for part in award.parts]
        yield (award.race, *subject(award.subject), award.points, parts, award.dropped)


def standing_rows(rules: Rules, scored: Scored) -> Iterable[Row]:
    """Give the values of the standings, in the order of STANDING_FIELDS."""
    subject = _subject(rules)
    for table in scored.tables:
        for row in table.rows:
            who = subject(row.subject)
            yield (table.race, *who, row.order, row.position, row.points, row.gross, list(row.dropped), dict(row.why))


def _subject(rules: Rules) -> Callable[[int], Row]:
    """Give what puts a subject's id into the column of its kind: driver, entry or team."""
    if rules.subject is Subject.DRIVER:
        return lambda key: (key, None, None)
    if rules.subject in (Subject.CREW, Subject.CAR):
        return lambda key: (None, key, None)
    return lambda key: (None, None, key)


def _load(model: type[models.Model], season: Season, fields: tuple[str, ...]) -> Mapping[int, Stored]:
    found: dict[int, Stored] = defaultdict(dict)
    rows = model._default_manager.filter(championship__season=season).order_by()
    for key, championship, *values in rows.values_list("pk", "championship_id", *fields):
        found[championship][tuple(values[:4])] = key, tuple(values)
    return found


def _replace(
    model: type[models.Model], championship: int, fields: tuple[str, ...], stored: Stored, rows: Iterable[Row]
) -> bool:
    fresh: list[models.Model] = []
    kept: set[Row] = set()
    for row in rows:
        if row[:4] in stored and stored[row[:4]][1] == row:
            kept.add(row[:4])
        else:
            fresh.append(model(championship_id=championship, **dict(zip(fields, row, strict=True))))
    stale = [key for who, (key, _) in stored.items() if who not in kept]
    for start in range(0, len(stale), CHUNK):
        model._default_manager.filter(pk__in=stale[start : start + CHUNK]).delete()
    model._default_manager.bulk_create(fresh, batch_size=500)
    return bool(stale or fresh)
