"""Are the tables in the database those that were published?"""

from collections import defaultdict
from pathlib import Path

from racing.models import Archive, ArchiveKey, Season
from standings.history.f1db import Table, published_tables
from standings.history.proving import first_difference
from standings.models import Standing


def differences(folder: Path, archive: Archive) -> tuple[int, list[str]]:
    """Compare each published table with the stored one; gives how many were compared, and a sentence for each that differs."""
    stored = stored_tables(archive)
    published = published_tables(folder)
    told = []
    for (year, championship), table in sorted(published.items()):
        found = first_difference(stored[year, championship], table)
        if found:
            told.append(f"{year}, {championship}: {found}")
    return len(published), told


def stored_tables(archive: Archive) -> dict[tuple[int, str], Table]:
    """Give the latest tables of the seasons that rest on an archive, by year and championship, in the archive's own names."""
    keys = ArchiveKey.objects.filter(archive=archive)
    drivers = dict(keys.filter(driver__isnull=False).values_list("driver_id", "key"))
    # A chassis with its own engine bears two names there: that of the pair is the competitor's.
    makes = dict(keys.filter(make__isnull=False).order_by("pk").values_list("make_id", "key"))
    found: dict[tuple[int, str], Table] = defaultdict(dict)
    seasons = Season.objects.filter(entries__records__archive=archive).distinct()
    rows = Standing.objects.filter(championship__season__in=seasons).select_related("championship__season")
    for row in rows.order_by("championship", "order"):
        name = drivers.get(row.driver_id or 0) or makes.get(row.make_id or 0) or str(row.subject)
        place = found[row.championship.season.year, row.championship.slug]
        place[name] = _position(row), row.points
    return found


def _position(row: Standing) -> str:
    """Give the position, or what stands there for who is excluded."""
    if row.position is not None:
        return str(row.position)
    return next((one["text"] for one in row.why.get("adjustments", ()) if "text" in one), "")
