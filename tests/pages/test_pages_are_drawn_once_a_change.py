"""A page is drawn once a change: kept by its edition, answered with 304, and never busted by what stands in the address."""

from typing import Any

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from racing.models import Correction, Driver, ReadingJob
from standings.recompute import recompute_season
from standings.tables.matrix import MatrixTable
from tests.pages.grandstand import ADDRESSES, Grandstand
from tests.pages.telling import settle

TABLE = "/series/coupe-des-deux-rives/2025/drivers/"


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Give the captions of the matrices that are drawn from here on."""
    captions: list[str] = []
    draw = MatrixTable.draw

    def noting(table: MatrixTable) -> Any:
        captions.append(str(table.caption))
        return draw(table)

    monkeypatch.setattr(MatrixTable, "draw", noting)
    return captions


def test_who_has_the_page_gets_304_after_one_query_on_every_page(
    client: Client, grandstand: Grandstand, django_assert_num_queries: Any
) -> None:
    for address in ADDRESSES:
        first = client.get(address)
        with django_assert_num_queries(1):
            again = client.get(address, headers={"If-None-Match": first["ETag"]})
        assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])


def test_a_kept_page_is_not_drawn_again(client: Client, grandstand: Grandstand, drawn: list[str]) -> None:
    pages = {client.get(TABLE).content for _ in range(3)}
    assert (len(pages), len(drawn)) == (1, 1)


def test_unknown_query_strings_neither_draw_nor_fill_the_cache(
    client: Client, grandstand: Grandstand, drawn: list[str]
) -> None:
    page = client.get(TABLE)
    kept = len(cache._cache)  # type: ignore[attr-defined]
    for query in ("?x=1", "?x=2", "?after=", "?after=abc", "?after=²", "?after=99999999999999999999", "?after=-1"):
        answer = client.get(TABLE + query)
        assert (answer.content, answer["ETag"]) == (page.content, page["ETag"])
    assert (len(drawn), len(cache._cache)) == (1, kept)  # type: ignore[attr-defined]


def test_a_correction_is_seen_at_once(client: Client, grandstand: Grandstand, drawn: list[str]) -> None:
    before = client.get(TABLE)
    Correction.objects.create(
        race=grandstand.races[4],
        entry=grandstand.entries[3],
        field="status",
        value="DSQ",
        reason="Aileron hors gabarit.",
    )
    settle(grandstand.races[4])
    after = client.get(TABLE, headers={"If-None-Match": before["ETag"]})
    assert after.status_code == 200
    assert after.content != before.content
    assert len(drawn) == 2


def test_computing_again_what_holds_already_changes_no_page(
    client: Client, grandstand: Grandstand, drawn: list[str]
) -> None:
    before = client.get(TABLE)
    assert recompute_season(grandstand.season) is False
    assert client.get(TABLE)["ETag"] == before["ETag"]
    assert len(drawn) == 1


def test_a_name_changed_in_the_admin_is_seen_at_once(
    client: Client, grandstand: Grandstand, staff_client: Client
) -> None:
    client.get(TABLE)
    driver = Driver.objects.get(slug="elodie-vasseur")
    driver.last_name = "Vasseur-Brun"
    driver.save()
    LogEntry.objects.create(
        user_id=staff_client.session["_auth_user_id"],
        content_type=ContentType.objects.get_for_model(Driver),
        object_id=str(driver.pk),
        object_repr=str(driver),
        action_flag=CHANGE,
    )
    assert "Vasseur-Brun" in client.get(TABLE).content.decode()


def test_a_name_completed_by_a_reading_is_seen_at_once(client: Client, grandstand: Grandstand) -> None:
    client.get(TABLE)
    Driver.objects.filter(slug="otto-lindemann").update(first_name="Ottokar")
    ReadingJob.objects.update(finished_at=timezone.now())
    assert "Ottokar Lindemann" in client.get(TABLE).content.decode()


def test_a_page_is_sent_compressed_to_who_takes_it(client: Client, grandstand: Grandstand) -> None:
    plain = client.get(TABLE)
    packed = client.get(TABLE, headers={"Accept-Encoding": "gzip, br"})
    assert (packed["Content-Encoding"], packed["ETag"]) == ("gzip", plain["ETag"])
    assert len(packed.content) * 3 < len(plain.content)
    assert "Accept-Encoding" in packed["Vary"]


def test_the_languages_are_kept_apart(client: Client, grandstand: Grandstand) -> None:
    french, english = client.get(TABLE), client.get(f"/en{TABLE}")
    assert french["ETag"] != english["ETag"]
    assert 'lang="fr"' in french.content.decode()
    assert 'lang="en"' in english.content.decode()


def test_other_methods_are_refused(client: Client, grandstand: Grandstand) -> None:
    assert client.post(TABLE).status_code == 405
    assert client.head(TABLE).status_code == 200
