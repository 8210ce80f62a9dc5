"""Who and where: the archive's names to rows of ours. Each is made once, and found again under whatever name it has by then."""

import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from django.db.models import Model

from racing.identifying import find_circuit
from racing.models import Alias, Archive, ArchiveKey, Circuit, Driver, Make, Series
from racing.names import fold
from standings.history.f1db import Row, read_rows
from standings.loading.naming import builder_name, split_name


class Known:
    """The archive with its series, and the ids of drivers, makes and circuits by the archive's names for them."""

    def __init__(self, folder: Path) -> None:
        """Load them, and make what is missing. Must run inside a transaction. Raises OSError where a file is missing."""
        about = tomllib.loads((folder / "archive.toml").read_text(encoding="utf-8"))
        self.series = _series(about.pop("series"))
        self.archive, _ = Archive.objects.get_or_create(slug=about.pop("slug"), defaults=about)
        rows = ArchiveKey.objects.filter(archive=self.archive)
        self.drivers = dict(rows.filter(driver__isnull=False).values_list("key", "driver_id"))
        self.makes = dict(rows.filter(make__isnull=False).values_list("key", "make_id"))
        self.circuits = dict(rows.filter(circuit__isnull=False).values_list("key", "circuit_id"))
        self._add_drivers(folder)
        self._add_makes(read_rows(folder, "constructors"))
        self._add_circuits(read_rows(folder, "circuits"))

    def _add_drivers(self, folder: Path) -> None:
        countries = {row["nationality"]: row["country"] for row in read_rows(folder, "countries")}
        slugs = _Slugs(Driver)
        made = {}
        for row in read_rows(folder, "drivers"):
            if row["driver"] not in self.drivers:
                first, last = split_name(row["name"], row["abbreviation"])
                made[row["driver"]] = Driver(
                    first_name=first,
                    last_name=last,
                    slug=slugs.take(row["driver"]),
                    nationality=countries.get(row["nationality"], ""),
                    confirmed=True,
                )
        self._keep("driver", self.drivers, made)

    def _add_makes(self, rows: Iterable[Row]) -> None:
        """Make the makes of the chassis, and each pair with the engine of another."""
        rows = list(rows)
        slugs = _Slugs(Make)
        built = {row["constructor"]: builder_name(row) for row in rows if _is_its_own(row)}
        self._keep(
            "make",
            self.makes,
            {
                key: Make(name=name, slug=slugs.take(key), confirmed=True)
                for key, name in built.items()
                if key not in self.makes
            },
        )
        pairs = {}
        for row in rows:
            if row["entity"] in self.makes:
                continue
            if row["constructor"] == row["engine"]:
                self._name(row["entity"], self.makes[row["constructor"]])
            else:
                slug = slugs.take(row["entity"].replace("/", "-"))
                builder = self.makes[row["constructor"]]
                pairs[row["entity"]] = Make(name=row["name"], slug=slug, builder_id=builder, confirmed=True)
        self._keep("make", self.makes, pairs)

    def _name(self, key: str, make: int) -> None:
        """Let the chassis with its own engine be known by both names of the archive."""
        ArchiveKey.objects.create(archive=self.archive, key=key, make_id=make)
        self.makes[key] = make

    def _add_circuits(self, rows: Iterable[Row]) -> None:
        """Make the circuits that no report told of before: a place is the same place whoever races there."""
        slugs = _Slugs(Circuit)
        made, found = {}, {}
        for row in rows:
            if row["circuit"] in self.circuits:
                continue
            there = find_circuit(row["name"])
            if there is not None:
                found[row["circuit"]] = there
            else:
                slug = slugs.take(fold(row["name"]).replace(" ", "-"))
                made[row["circuit"]] = Circuit(name=row["name"], slug=slug, country=row["country"], confirmed=True)
        self._keep("circuit", self.circuits, made)
        ArchiveKey.objects.bulk_create(
            ArchiveKey(archive=self.archive, key=key, circuit=circuit) for key, circuit in found.items()
        )
        self.circuits |= {key: circuit.pk for key, circuit in found.items()}

    def _keep(self, kind: str, ids: dict[str, int], made: Mapping[str, Any]) -> None:
        """Store rows that were made, with the archive's names for them."""
        if not made:
            return
        model = type(next(iter(made.values())))
        stored = model._default_manager.bulk_create(made.values())
        ids |= {key: row.pk for key, row in zip(made, stored, strict=True)}
        ArchiveKey.objects.bulk_create(
            ArchiveKey(archive=self.archive, key=key, **{f"{kind}_id": ids[key]}) for key in made
        )


def _is_its_own(row: Row) -> bool:
    """Tell whether an entity is of the chassis whose name it bears: a company may have gone on under another."""
    return row["entity"].split("/")[0] == row["constructor"]


def _series(about: Mapping[str, Any]) -> Series:
    values = {"name": about["name"], "short_name": about["short_name"], "confirmed": True}
    series, made = Series.objects.get_or_create(slug=about["slug"], defaults=values)
    if made:
        taken = set(Alias.objects.filter(series__isnull=False).values_list("folded", flat=True))
        for text in about["aliases"]:
            if fold(text) not in taken:
                taken.add(fold(text))
                Alias.objects.create(text=text, series=series)
    return series


class _Slugs:
    """The addresses of a model's rows."""

    def __init__(self, model: type[Model]) -> None:
        self.taken = set(model._default_manager.values_list("slug", flat=True))

    def take(self, wanted: str) -> str:
        """Give the wanted address, or one like it that is free."""
        slug, number = wanted, 1
        while slug in self.taken:
            number += 1
            slug = f"{wanted}-{number}"
        self.taken.add(slug)
        return slug
