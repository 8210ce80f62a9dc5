"""How the API names things: series, seasons, championships, races and subjects, each with its addresses."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from racing.models import Driver, Race, Season, Series
from standings.models import Championship, Standing
from standings.sheets.calendar import event_name, race_url
from standings.sheets.leaders import subject_address
from standings.sheets.matrix import Row, kind_of


def of_series(row: Series) -> dict[str, Any]:
    """Name a series."""
    return {
        "slug": row.slug,
        "name": row.name,
        "api": reverse("standings:api:series", args=[row.slug]),
        "page": reverse("standings:series", args=[row.slug]),
    }


def of_season(row: Season) -> dict[str, Any]:
    """Name a season; needs its series. Its version grows with every change of its tables."""
    where = [row.series.slug, row.year]
    return {
        "year": row.year,
        "version": row.version,
        "changed_at": row.changed_at.isoformat() if row.changed_at else None,
        "api": reverse("standings:api:season", args=where),
        "page": reverse("standings:season", args=where),
    }


def of_championship(row: Championship) -> dict[str, Any]:
    """Name a championship; needs its season with the series. Its version grows with every change of its table."""
    where = [row.season.series.slug, row.season.year, row.slug]
    return {
        "slug": row.slug,
        "name": row.label,
        "subject": str(row.rules.get("subject", "driver")),
        "title": row.is_title,
        "verified": row.verified,
        "edited": row.edited,
        "source": row.source_label,
        "version": row.version,
        "computed_at": row.computed_at.isoformat() if row.computed_at else None,
        "api": reverse("standings:api:table", args=where),
        "page": reverse("standings:championship", args=where),
    }


def of_race(race: Race, number: int | None) -> dict[str, Any]:
    """Name a race of a season in which its meeting is round `number`; needs its event with the circuit."""
    return {
        "id": race.pk,
        "round": number,
        "event": event_name(race.event),
        "number": race.number,
        "name": str(race.label),
        "date": race.date.isoformat() if race.date else None,
        "status": race.status,
        "page": race_url(race),
    }


def of_subject(championship: Championship, row: Row) -> dict[str, Any]:
    """Name who a row is about, with its cars; "id" is how `why` of other rows calls it."""
    return {
        "id": row.standing.subject.pk,
        "kind": kind_of(championship),
        "name": row.name,
        **_slug(row.standing),
        "cars": list(dict.fromkeys(car.number for car in row.cars if car.number)),
        "drivers": _drivers(row.crew),
        "api": reverse("standings:api:sheet", args=[*_where(championship), subject_address(row.standing)]),
        "page": reverse("standings:score_sheet", args=[*_where(championship), subject_address(row.standing)]),
    }


def _slug(standing: Standing) -> dict[str, Any]:
    return {"slug": subject_address(standing)}


def _drivers(crew: Iterable[Driver]) -> list[dict[str, str]]:
    return [{"slug": driver.slug, "name": str(driver)} for driver in crew]


def _where(championship: Championship) -> list[Any]:
    return [championship.season.series.slug, championship.season.year, championship.slug]
