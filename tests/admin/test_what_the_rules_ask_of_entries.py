"""What rules ask of cars and of who drives them is told in an entry's form, and changes the table at once."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from racing.merging import merge_drivers, merge_entries
from racing.models import CrewMember, Driver, Entry, EntryMark, Team
from racing.pipeline import rebuild_seasons
from racing.terms import Mark
from standings.models import Championship
from tests.admin.forms import send
from tests.admin.test_changing_a_source import form_of
from tests.corrections.paddock import Paddock
from tests.desk.people import client_of
from tests.standings.building import table


@pytest.fixture
def editor(db: None) -> Client:
    return client_of("editor")


def championship(paddock: Paddock, **rules: Any) -> Championship:
    """Make one of rules that pay 9-6-4, and score it; the report tells the first three of a race."""
    data = {"scales": {"race": [9, 6, 4]}, "ineligible": "rerank", **rules}
    row = Championship.objects.create(season=paddock.season, slug="asked", name="Asked", rules=data, edited=True)
    rebuild_seasons([paddock.season.pk])
    return row


def mark(client: Client, entry: Entry, **fields: Any) -> Any:
    """Give an entry its first mark in its form."""
    told = {f"marks-0-{name}": str(value) for name, value in fields.items()}
    return send(client, form_of(entry), **{"marks-TOTAL_FORMS": "1", "marks-0-from_round": "1", **told})


def who_scored(row: Championship) -> list[tuple[str, int]]:
    race = row.season.rounds.get().event.races.get(number=1)
    return [(name, int(points)) for _, name, points in table(row, race) if points]


def test_words_of_a_driver_open_a_table_to_them(paddock: Paddock, editor: Client) -> None:
    row = championship(paddock, filter={"drivers": ["bronze"]})
    assert who_scored(row) == []
    sent = send(editor, form_of(paddock.entries[1]), **{"crew-0-flags": "rookie, bronze"})
    assert sent.status_code == 302
    assert who_scored(row) == [("Bruno Cazal", 6)]


def test_words_hold_for_the_rounds_of_their_row(paddock: Paddock, editor: Client) -> None:
    row = championship(paddock, filter={"drivers": ["bronze"]})
    send(editor, form_of(paddock.entries[1]), **{"crew-0-flags": "bronze", "crew-0-to_round": "1"})
    assert who_scored(row) == [("Bruno Cazal", 6)]
    number = paddock.season.rounds.get()
    number.number = 2
    number.save()
    rebuild_seasons([paddock.season.pk])
    assert who_scored(row) == []


def test_a_nationality_is_a_word_of_its_own(paddock: Paddock, editor: Client) -> None:
    row = championship(paddock, eligible={"drivers": ["BE"]})
    send(editor, form_of(paddock.entries[2].crew.get().driver), nationality="BE")
    assert who_scored(row) == [("Clara Duhamel", 9)]


def test_the_third_car_of_a_team_is_not_paid(paddock: Paddock, editor: Client) -> None:
    Entry.objects.filter(pk__in=[one.pk for one in paddock.entries[:2]]).update(
        team=Team.objects.create(name="Sorlin", slug="sorlin", confirmed=True)
    )
    row = championship(paddock, subject="team", eligible={"team_cars": 2})
    assert who_scored(row) == [("Sorlin", 15)]
    assert mark(editor, paddock.entries[0], kind=Mark.TEAM_CAR, nth=3).status_code == 302
    assert who_scored(row) == [("Sorlin", 9)]


def test_a_crew_that_changes_its_car_keeps_its_points(paddock: Paddock, editor: Client) -> None:
    row = championship(paddock, subject="crew")
    assert who_scored(row) == [("#1 Amel Brisson", 9), ("#2 Bruno Cazal", 6), ("#3 Clara Duhamel", 4)]
    assert mark(editor, paddock.entries[1], kind=Mark.CREW, other=paddock.entries[0].pk).status_code == 302
    assert who_scored(row) == [("#1 Amel Brisson", 15), ("#3 Clara Duhamel", 4)]
    words = Client().get(f"/en/series/{paddock.season.series.slug}/2023/asked/").content.decode()
    assert "#1, #2" in words


def test_a_car_that_others_enter_keeps_its_points(paddock: Paddock, editor: Client) -> None:
    row = championship(paddock, subject="car")
    mark(editor, paddock.entries[2], kind=Mark.CAR, other=paddock.entries[1].pk)
    assert who_scored(row) == [("#2 Bruno Cazal", 10), ("#1 Amel Brisson", 9)]
    crews = Championship.objects.create(
        season=paddock.season, slug="crews", name="Crews", rules={**row.rules, "subject": "crew"}, edited=True
    )
    rebuild_seasons([paddock.season.pk])
    assert len(who_scored(crews)) == 3


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"kind": "team_car"}, "A mark of this kind needs it."),
        ({"kind": "crew"}, "A mark of this kind needs it."),
        ({"kind": "tag"}, "A mark of this kind needs it."),
        ({"kind": "nominated", "nth": "2"}, "A mark of another kind has this."),
        ({"kind": "team_car", "nth": "2", "tag": "hybrid"}, "A mark of another kind has this."),
        ({"kind": "team_car", "nth": "0"}, "Ensure this value is greater than or equal to 1."),
    ],
)
def test_a_mark_without_what_it_needs_is_refused(
    paddock: Paddock, editor: Client, given: dict[str, str], told: str
) -> None:
    response = mark(editor, paddock.entries[0], **given)
    assert response.status_code == 200
    assert told in response.content.decode()
    assert not EntryMark.objects.exists()


def test_an_entry_of_another_season_or_itself_is_not_offered(paddock: Paddock, editor: Client) -> None:
    words = editor.get(form_of(paddock.entries[0])).content.decode()
    offered = words.split('name="marks-__prefix__-other"')[1].split("</select>")[0]
    assert [f"#{number} " in offered for number in range(1, 6)] == [False, True, True, True, True]
    added = editor.get(reverse("admin:racing_entry_add")).content.decode()
    assert "#2 Bruno" not in added.split('name="marks-__prefix__-other"')[1].split("</select>")[0]


def test_merging_keeps_what_the_rules_ask(paddock: Paddock) -> None:
    one, two, three = paddock.entries[:3]
    EntryMark.objects.create(entry=three, kind=Mark.CREW, other=two)
    EntryMark.objects.create(entry=two, kind=Mark.CAR, other=one)
    CrewMember.objects.filter(entry=two).update(flags="bronze, junior")
    merge_entries(one, two)
    assert [(row.entry_id, row.other_id) for row in EntryMark.objects.all()] == [(three.pk, one.pk)]
    keep, gone = Driver.objects.get(last_name="Brisson"), Driver.objects.get(last_name="Cazal")
    CrewMember.objects.filter(driver=keep).update(flags="bronze, rookie")
    merge_drivers(keep, gone)
    assert [row.flags for row in one.crew.all()] == ["bronze, rookie, junior"]
