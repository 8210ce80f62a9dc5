"""Every source has its list, search and form; every derived row can only be looked at; nothing breaks the content policy."""

import re

import pytest
from django.apps import apps
from django.contrib import admin
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from racing.models import Alias, Answer, Correction
from tests.corrections.paddock import Paddock
from tests.desk.people import client_of

SOURCES = [
    "racing.series",
    "racing.season",
    "racing.circuit",
    "racing.event",
    "racing.race",
    "racing.driver",
    "racing.team",
    "racing.entry",
    "racing.alias",
    "racing.report",
    "standings.championship",
]
DERIVED = [
    "racing.fact",
    "racing.result",
    "racing.disagreement",
    "racing.readingrecord",
    "racing.readingjob",
    "standings.tableafter",
    "standings.standing",
    "standings.claimcheck",
]
#: Kept as people said them: withdrawn or answered anew, never rewritten.
SAID = ["racing.correction", "racing.answer"]


def list_of(label: str) -> str:
    return reverse(f"admin:{label.replace('.', '_')}_changelist")


def form_of(row: Model) -> str:
    return reverse(f"admin:{row._meta.label_lower.replace('.', '_')}_change", args=[row.pk])


@pytest.fixture
def full(paddock: Paddock) -> Paddock:
    """Give the season with a row of every kind."""
    driver = paddock.entries[0].crew.get().driver
    Alias.objects.create(text="A. Brisson", driver=driver)
    Answer.objects.create(report=paddock.report, question="year", value=2023)
    Correction.objects.create(
        race=paddock.races[0], entry=paddock.entries[4], field="penalty", value="5 s", reason="Seen.", author=None
    )
    return paddock


@pytest.mark.parametrize("kind", ["editor", "superuser"])
@pytest.mark.parametrize("label", [*SOURCES, *DERIVED, *SAID])
def test_lists_and_forms_open_and_can_be_searched(full: Paddock, label: str, kind: str) -> None:
    client = client_of(kind)
    answer = client.get(list_of(label))
    assert answer.status_code == 200
    model_admin = admin.site._registry[apps.get_model(label)]
    if model_admin.search_fields:
        assert client.get(list_of(label), {"q": "Brisson"}).status_code == 200
    row = apps.get_model(label)._default_manager.first()
    if row is not None:
        page = client.get(form_of(row))
        assert page.status_code == 200
        words = page.content.decode()
        assert not re.search(r"<script(?![^>]*(src=|type=\"application/json\"))[^>]*>\s*\S", words)
        assert " style=" not in words
        assert "<style" not in words


@pytest.mark.parametrize("label", SOURCES)
def test_an_editor_adds_sources(db: None, label: str) -> None:
    assert client_of("editor").get(reverse(f"admin:{label.replace('.', '_')}_add")).status_code == 200


@pytest.mark.parametrize("label", [*DERIVED, *SAID])
def test_not_even_a_superuser_writes_what_is_derived_or_what_others_said(full: Paddock, label: str) -> None:
    client = client_of("superuser")
    name = label.replace(".", "_")
    assert client.get(reverse(f"admin:{name}_add")).status_code == 403
    row = apps.get_model(label)._default_manager.first()
    if row is not None:
        assert client.post(form_of(row), {}).status_code == 403
        assert client.post(reverse(f"admin:{name}_delete", args=[row.pk]), {"post": "yes"}).status_code == 403


@pytest.mark.parametrize("label", [*SOURCES, *DERIVED, *SAID])
def test_staff_without_rights_opens_nothing(full: Paddock, label: str) -> None:
    assert client_of("staff").get(list_of(label)).status_code == 403


@pytest.mark.parametrize("label", SOURCES)
def test_nobody_else_opens_anything(db: None, label: str) -> None:
    for kind in ("anonymous", "reader"):
        assert client_of(kind).get(list_of(label)).status_code == 302


@pytest.mark.parametrize("label", ["racing.series", "racing.season", "racing.event", "racing.driver", "racing.team"])
def test_choices_are_found_by_typing(paddock: Paddock, label: str) -> None:
    app, model = label.split(".")
    fields = {
        "series": ("racing", "season", "series"),
        "season": ("racing", "entry", "season"),
        "event": ("racing", "race", "event"),
        "driver": ("racing", "crewmember", "driver"),
        "team": ("racing", "entry", "team"),
    }
    app, holder, field = fields[model]
    query = {"app_label": app, "model_name": holder, "field_name": field, "term": ""}
    assert client_of("editor").get(reverse("admin:autocomplete"), query).status_code == 200


def test_the_index_shows_what_an_editor_may_see(db: None) -> None:
    client: Client = client_of("editor")
    assert client.get(reverse("admin:index")).status_code == 200
