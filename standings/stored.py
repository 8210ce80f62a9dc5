"""What is stored of championships, read for those who show it: the table after any race, and what each race paid."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from racing import quick_json
from racing.models import Driver, Entry, Make, Race, Team
from standings.fields import parse_points
from standings.models import Championship, Standing, TableAfter
from standings.scoring import Part, Row, Table, Tie, parse_rules
from standings.storing import STANDING_FIELDS, standing_rows

#: What a row may be about, by the name of its field.
SUBJECTS = {"driver": Driver, "entry": Entry, "team": Team, "make": Make}


@dataclass(frozen=True, slots=True)
class Award:
    """The points of one race for one subject, by the id of its row; `parts` are as `Part.as_json` gives them."""

    race_id: int
    subject: int
    points: Fraction
    parts: list[dict[str, Any]]


def awards_of(
    championship: Championship, races: Collection[int] | None = None, subject: int | None = None
) -> list[Award]:
    """Give the awards of a championship, of all races or some, of all its subjects or one; one query.

    Which of them are dropped, each row of a table says of itself.
    """
    tables = TableAfter.objects.filter(championship=championship).order_by("pk")
    if races is not None:
        tables = tables.filter(race__in=races)
    return [
        Award(race, key, parse_points(points), [_part(part).as_json() for part in parts])
        for race, text in tables.values_list("race_id", "awards")
        for key, points, parts in quick_json.loads(text)
        if subject in (None, key)
    ]


def awards_by_championship(race: Race) -> dict[int, list[Award]]:
    """Give the awards of one race in all championships, by the championship's id; one query."""
    tables = TableAfter.objects.filter(race=race).order_by("pk")
    return {
        championship: [
            Award(race.pk, key, parse_points(points), [_part(part).as_json() for part in parts])
            for key, points, parts in quick_json.loads(text)
        ]
        for championship, text in tables.values_list("championship_id", "awards")
    }


def _part(values: list[Any]) -> Part:
    """Give a part as it was before it was written."""
    part = Part(*values)
    return part._replace(
        value=parse_points(str(part.value)),
        factor=parse_points(str(part.factor)),
        points=parse_points(str(part.points)),
    )


def rows_after(championship: Championship, race: Race) -> list[Standing]:
    """Give the rows of the table after a race in their order, each with its driver, entry, team or make; empty without a table.

    Those of the latest table are stored as such, earlier ones are made of what is kept of them.
    """
    stored = Standing.objects.filter(championship=championship, race=race).select_related(*SUBJECTS)
    if rows := list(stored.order_by("order")):
        return rows
    text = TableAfter.objects.filter(championship=championship, race=race).values_list("rows", flat=True).first()
    table = Table(race.pk, tuple(_row(values) for values in quick_json.loads(text or "[]")))
    return _with_subjects(
        Standing(championship=championship, **dict(zip(STANDING_FIELDS, values, strict=True)))
        for values in standing_rows(parse_rules(championship.rules), table)
    )


def whys_of(championship: Championship, subject: int) -> dict[int, Mapping[str, Any]]:
    """Give what the rows of one subject say of themselves in all tables but the latest, by race; one query."""
    texts = TableAfter.objects.filter(championship=championship).exclude(rows="").values_list("race_id", "rows")
    return {race: values[-1] for race, text in texts for values in quick_json.loads(text) if values[0] == subject}


def _row(values: list[Any]) -> Row:
    """Give a row as it was before it was written."""
    subject, order, position, points, gross, dropped, told = values
    tie = Tie(**told.pop("tie")) if "tie" in told else None
    return Row(subject, order, position, parse_points(points), parse_points(gross), tuple(dropped), tie, told)


def _with_subjects(rows: Iterable[Standing]) -> list[Standing]:
    """Load the drivers, entries, teams and makes of rows that are not stored; those who are gone since take their row along."""
    rows = list(rows)
    for name, model in SUBJECTS.items():
        keys = {key for row in rows if (key := getattr(row, f"{name}_id"))}
        found: dict[int, Any] = model._default_manager.in_bulk(keys) if keys else {}
        for row in rows:
            if subject := found.get(getattr(row, f"{name}_id")):
                setattr(row, name, subject)
    return [row for row in rows if any(name in row._state.fields_cache for name in SUBJECTS)]
