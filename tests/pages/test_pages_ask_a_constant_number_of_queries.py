"""A page asks the database as often for 50 cars as for 8."""

from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.pages.grandstand import ADDRESSES, API, build

#: At most so many for any page that is drawn anew.
MOST = 17
#: A table of crews asks once more than others: whose crew sits in which car.
TABLES = {
    "/series/coupe-des-deux-rives/2025/drivers/": 9,
    "/series/coupe-des-deux-rives/2025/crews/": 10,
    "/series/coupe-des-deux-rives/2025/teams/": 9,
}


def queries(client: Client) -> dict[str, int]:
    """Count the queries of each page, drawn anew."""
    counted = {}
    for address in [*ADDRESSES, *API]:
        cache.clear()
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        counted[address] = len(asked)
    return counted


def test_fifty_cars_ask_no_more_than_eight(db: None, client: Client) -> None:
    with transaction.atomic():
        build(8)
        few = queries(client)
        transaction.set_rollback(True)
    build(50)
    many = queries(client)
    assert many == few
    assert {address: count for address, count in many.items() if count > MOST} == {}
    assert {address: many[address] for address, most in TABLES.items() if many[address] > most} == {}
