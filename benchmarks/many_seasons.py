"""A database of many made-up seasons, as whole as if reports had told them: 14 races, 35 cars, four championships each.

Every race is told by a report of its own, a place on the road for each car and the poles, and settled. Rows are copied in with
keys of their own, so that half a million results take a minute or two; PostgreSQL only.
"""

import random
from collections.abc import Iterable, Iterator
from typing import Any

from django.db import connection
from django.db.models import Model
from django.utils import timezone
from psycopg import sql
from psycopg.types.json import Jsonb

from benchmarks.scoring import CLASSES, ENTRIES, RACES, RULES
from racing.models import (
    Circuit,
    CrewMember,
    Driver,
    Entry,
    EntryClass,
    Event,
    Fact,
    FactEntry,
    Place,
    Race,
    RacingClass,
    ReadingRecord,
    Report,
    Result,
    Round,
    Season,
    Series,
)
from racing.terms import OVERALL, TRACK, Contest, FactKind, Match, Origin, RaceStatus, Status
from standings.models import Championship

#: A series has so many seasons; its drivers stay.
YEARS = 10
#: The facts of a race that tell of poles are numbered from here on, behind those of the places.
FIRST_POLE = 60
#: The classes of each season. Every car is in all of them, and with the overall championship they make four.
OWN_CLASSES = CLASSES[1:]


def build(count: int, first: int = 1) -> None:
    """Make so many seasons, numbered (and keyed) from `first` on. What is derived of them but the tables is there too."""
    numbers = range(first, first + count)
    with connection.cursor() as cursor:
        # What refers to what is right by the way it is made; checking five million keys would take as long as the copy.
        cursor.execute("SET session_replication_role = replica")
    _copy(Circuit, [{"id": 1, "name": "Essai", "slug": "essai"}] if first == 1 else [])
    series = {_series(number) for number in numbers} - set(Series.objects.values_list("pk", flat=True))
    _copy(Series, ({"id": key, "name": f"Coupe {key}", "slug": f"coupe-{key}"} for key in sorted(series)))
    _copy(
        Driver,
        (
            {"id": _driver(key, car), "last_name": f"Pilote {car}", "first_name": f"N{key}", "slug": f"p-{key}-{car}"}
            for key in sorted(series)
            for car in range(ENTRIES)
        ),
    )
    _copy(Season, ({"id": n, "series_id": _series(n), "year": 2000 + n % YEARS, "confirmed": True} for n in numbers))
    _copy(Championship, (row for number in numbers for row in _championships(number)))
    _copy(RacingClass, (row for number in numbers for row in _classes(number)))
    _entries(numbers)
    _calendar(numbers)
    _tell(numbers)
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = DEFAULT")
    analyze()
    _follow_the_keys()


def analyze() -> None:
    """Tell PostgreSQL's planner what there is now, as autovacuum does within a minute where it is not switched off."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'ANALYZE "{table}"')


def _series(season: int) -> int:
    return (season - 1) // YEARS + 1


def _driver(series: int, car: int) -> int:
    return series * 100 + car


def _entry(season: int, car: int) -> int:
    return season * 100 + car


def _race(season: int, index: int) -> int:
    return season * 100 + index


def _championships(season: int) -> Iterator[dict[str, Any]]:
    """One over all cars and one a class, by the rules of the benchmark of the engine, as a person would have given them."""
    for order, (slug, name) in enumerate((("drivers", None), *((one.lower(), one) for one in OWN_CLASSES)), 1):
        own: dict[str, Any] = {"filter": {"class": name}, "rank_within": "class"} if name else {"rank_within": OVERALL}
        yield {
            "id": season * 10 + order,
            "season_id": season,
            "slug": slug,
            "name": slug,
            "order": order,
            "rules": {**RULES, **own},
            "edited": True,
        }


def _classes(season: int) -> Iterator[dict[str, Any]]:
    # Of a car with overlays alone it would not be known in which classes it ran besides, and no race would be known in whole.
    for order, name in enumerate(OWN_CLASSES):
        yield {"id": season * 10 + order, "season_id": season, "name": name, "overlay": False, "order": order}


def _entries(seasons: Iterable[int]) -> None:
    cars = [(season, car) for season in seasons for car in range(ENTRIES)]
    _copy(Entry, ({"id": _entry(*car), "season_id": car[0], "number": str(car[1] + 1)} for car in cars))
    _copy(
        CrewMember,
        ({"id": _entry(*car), "entry_id": _entry(*car), "driver_id": _driver(_series(car[0]), car[1])} for car in cars),
    )
    _copy(
        EntryClass,
        (
            {"id": _entry(*car) * 10 + order, "entry_id": _entry(*car), "racing_class_id": car[0] * 10 + order}
            for car in cars
            for order in range(len(OWN_CLASSES))
        ),
    )


def _calendar(seasons: Iterable[int]) -> None:
    """Two races a meeting."""
    meetings = [(season, number) for season in seasons for number in range(1, RACES // 2 + 1)]
    _copy(
        Event,
        (
            {"id": season * 10 + number, "circuit_id": 1, "year": 2000 + season % YEARS, "slug": f"m-{season}-{number}"}
            for season, number in meetings
        ),
    )
    _copy(
        Round,
        (
            {"id": season * 10 + n, "season_id": season, "event_id": season * 10 + n, "number": n, "order": n}
            for season, n in meetings
        ),
    )
    _copy(
        Race,
        (
            {
                "id": _race(season, index),
                "event_id": season * 10 + index // 2 + 1,
                "number": index % 2 + 1,
                "status": RaceStatus.OFFICIAL,
                "starters": ENTRIES,
            }
            for season in seasons
            for index in range(RACES)
        ),
    )


def _tell(seasons: Iterable[int]) -> None:
    """A report a race, what it says, and what holds by it."""
    races = [(season, index) for season in seasons for index in range(RACES)]
    now = timezone.now()
    _copy(
        Report,
        (
            {"id": key, "sha256": f"{key:064x}", "name": f"{key}.txt", "size": 1, "format": "txt", "uploaded_at": now}
            for key in (_race(*race) for race in races)
        ),
    )
    _copy(
        ReadingRecord,
        (
            {
                "id": _race(*race),
                "report_id": _race(*race),
                "season_id": race[0],
                "event_id": race[0] * 10 + race[1] // 2 + 1,
            }
            for race in races
        ),
    )
    orders = {race: random.Random(_race(*race)).sample(range(ENTRIES), ENTRIES) for race in races}
    lines = [
        (_race(*race) * 100 + place, race, place, _entry(race[0], car))
        for race in races
        for place, car in enumerate(orders[race], 1)
    ]
    poles = [
        (_race(*race) * 100 + FIRST_POLE + n, race, key, ranking)
        for key, race, place, _ in lines
        if place == random.Random(-_race(*race)).randint(1, ENTRIES)
        for n, ranking in enumerate((OVERALL, *OWN_CLASSES))
    ]
    _copy(Fact, (_fact(key, race, FactKind.FINISH, TRACK, place) for key, race, place, _ in lines))
    _copy(Fact, (_fact(key, race, FactKind.QUALIFYING, ranking, 1) for key, race, _, ranking in poles))
    _copy(
        FactEntry,
        (
            {"id": key, "fact_id": key, "season_id": race[0], "entry_id": entry, "match": Match.MATCHED}
            for key, race, _, entry in lines
        ),
    )
    entry_of = {key: entry for key, _, _, entry in lines}
    _copy(
        FactEntry,
        (
            {"id": key, "fact_id": key, "season_id": race[0], "entry_id": entry_of[result], "match": Match.MATCHED}
            for key, race, result, _ in poles
        ),
    )
    _copy(
        Result,
        (
            {
                **{"id": key, "race_id": _race(*race), "entry_id": entry},
                **{"status": Status.FINISHED, "status_origin": Origin.DERIVED},
            }
            for key, race, _, entry in lines
        ),
    )
    _copy(Place, (row for key, _, place, _ in lines for row in _places(key, place)))
    _copy(
        Place,
        (
            {
                **{"id": key * 10 + 9, "result_id": result, "contest": Contest.QUALIFYING, "ranking": ranking},
                **{"position": 1, "origin": Origin.STATED, "fact_id": key, "why": {}},
            }
            for key, _, result, ranking in poles
        ),
    )


def _fact(key: int, race: tuple[int, int], kind: FactKind, ranking: str, position: int) -> dict[str, Any]:
    return {
        **{"id": key, "report_id": _race(*race), "order": key % 100, "kind": kind, "race_number": 1},
        **{"race_id": _race(*race), "ranking": ranking, "position": position},
    }


def _places(result: int, place: int) -> Iterator[dict[str, Any]]:
    """On the road as told; overall and in each class as it follows."""
    common = {"result_id": result, "contest": Contest.RACE, "position": place}
    yield {**common, "id": result * 10, "ranking": TRACK, "origin": Origin.STATED, "fact_id": result, "why": {}}
    for order, (ranking, wider) in enumerate(((OVERALL, TRACK), *((name, OVERALL) for name in OWN_CLASSES)), 1):
        why = {"from": wider, "position": place, "without": []}
        yield {
            **common,
            **{"id": result * 10 + order, "ranking": ranking, "origin": Origin.DERIVED, "fact_id": None, "why": why},
        }


def _copy(model: type[Model], rows: Iterable[dict[str, Any]]) -> None:
    """Copy rows in; what a row does not name is as the model has it by default. All rows name the same fields."""
    rows = iter(rows)
    first = next(rows, None)
    if first is None:
        return
    fields = [field for field in model._meta.concrete_fields if field.attname in first]
    rest = [field for field in model._meta.concrete_fields if field.attname not in first]
    constant = [field.get_db_prep_save(field.get_default(), connection) for field in rest]
    written = [field.column for field in (*fields, *rest)]
    names = [field.attname for field in fields]
    json = {field.attname for field in fields if field.get_internal_type() == "JSONField"}
    command = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(model._meta.db_table), sql.SQL(", ").join([sql.Identifier(name or "") for name in written])
    )
    with connection.cursor() as cursor, cursor.cursor.copy(command) as copying:
        for row in _chain(first, rows):
            values = [_adapted(row[name]) if name in json else row[name] for name in names]
            copying.write_row([*values, *constant])


def _chain(first: dict[str, Any], rows: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    yield first
    yield from rows


def _adapted(value: Any) -> Any:
    return Jsonb(value)


def _follow_the_keys() -> None:
    """Let the tables' own keys go on behind those that were given."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            for column in connection.introspection.get_sequences(cursor, table):
                name = column["column"]
                cursor.execute(
                    f"""SELECT setval(pg_get_serial_sequence('"{table}"', '{name}'), """
                    f"""(SELECT coalesce(max("{name}"), 1) FROM "{table}"))"""
                )
