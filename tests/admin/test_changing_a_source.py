"""Whoever changes a source in the admin changes results and tables in the same moment."""

import pytest
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from racing.models import Alias, Answer, Correction, Driver, Entry, ReadingJob, Report, Team
from racing.terms import JobState
from standings.models import Championship, Standing
from standings.stored import rows_after
from tests.admin.forms import fill_in, send
from tests.corrections.looking import order_of
from tests.corrections.paddock import Paddock
from tests.desk.people import client_of
from tests.pages.telling import tell_race
from tests.standings.building import make_event


@pytest.fixture
def editor(db: None) -> Client:
    return client_of("editor")


def name_of(row: Model) -> str:
    return row._meta.label_lower.replace(".", "_")


def form_of(row: Model) -> str:
    return reverse(f"admin:{name_of(row)}_change", args=[row.pk])


def act(client: Client, action: str, *rows: Model, **more: object):
    address = reverse(f"admin:{name_of(rows[0])}_changelist")
    return client.post(address, {"action": action, ACTION_CHECKBOX_NAME: [row.pk for row in rows], **more}, follow=True)


def leaders(paddock: Paddock) -> list[str]:
    """Give who stands in the first table, from the first on."""
    championship = Championship.objects.filter(season=paddock.season).order_by("order", "name").first()
    assert championship is not None
    rows = rows_after(championship, paddock.races[0])
    return [row.driver.last_name for row in rows if row.driver and row.points]


def test_a_guest_moves_to_the_road_and_scores_no_more(paddock: Paddock, editor: Client) -> None:
    assert leaders(paddock)[0] == "Brisson"
    assert send(editor, form_of(paddock.entries[0]), guest="on").status_code == 302
    assert "Brisson" not in order_of(paddock.races[0]).values()
    assert leaders(paddock)[0] == "Cazal"


def test_a_class_taken_from_an_entry_takes_its_place_in_that_class(paddock: Paddock, editor: Client) -> None:
    assert order_of(paddock.races[0], "Am") == {1: "Duhamel"}
    response = send(editor, form_of(paddock.entries[2]), **{"classes-0-DELETE": "on"})
    assert response.status_code == 302
    assert order_of(paddock.races[0], "Am") == {}


def test_another_driver_in_the_crew_has_the_points(paddock: Paddock, editor: Client) -> None:
    other = Driver.objects.create(first_name="Hélène", last_name="Gaillard", slug="helene-gaillard", confirmed=True)
    Alias.objects.create(text="Brisson", driver=other)
    send(editor, form_of(paddock.entries[0]), **{"crew-0-driver": str(other.pk)})
    assert leaders(paddock)[0] == "Gaillard"


def test_a_cancelled_race_gives_no_points(paddock: Paddock, editor: Client) -> None:
    send(editor, form_of(paddock.races[0]), status="cancelled")
    assert leaders(paddock) == []


def test_a_round_that_is_taken_from_a_season_leaves_its_results_behind(paddock: Paddock, editor: Client) -> None:
    response = send(editor, form_of(paddock.races[0].event), **{"rounds-0-DELETE": "on"})
    assert response.status_code == 302
    assert order_of(paddock.races[0]) == {}
    assert not Standing.objects.filter(championship__season=paddock.season).exists()


def test_the_number_of_a_round_puts_it_in_its_place(paddock: Paddock, editor: Client) -> None:
    row = paddock.season.rounds.get()
    send(editor, form_of(paddock.season), **{"rounds-0-number": "4"})
    row.refresh_from_db()
    assert row.number == 4


def test_saving_a_proposal_confirms_it(paddock: Paddock, editor: Client) -> None:
    Entry.objects.filter(pk=paddock.entries[0].pk).update(confirmed=False)
    send(editor, form_of(paddock.entries[0]), car="Aurore 911")
    entry = Entry.objects.get(pk=paddock.entries[0].pk)
    assert (entry.car, entry.confirmed) == ("Aurore 911", True)


def test_proposals_are_confirmed_at_a_click(paddock: Paddock, editor: Client) -> None:
    Driver.objects.update(confirmed=False)
    one, two, *_rest = Driver.objects.all()
    act(editor, "confirm", one, two)
    assert set(Driver.objects.filter(confirmed=True)) == {one, two}


def test_two_drivers_become_one_and_the_other_name_stays_as_an_alias(paddock: Paddock, editor: Client) -> None:
    keep, gone = (entry.crew.get().driver for entry in (paddock.entries[0], paddock.entries[4]))
    asked = act(editor, "merge_drivers", keep, gone).content.decode()
    assert "Which one is kept?" in asked
    assert Driver.objects.filter(pk=gone.pk).exists()
    act(editor, "merge_drivers", keep, gone, keep=keep.pk)
    assert not Driver.objects.filter(pk=gone.pk).exists()
    assert list(keep.aliases.values_list("text", flat=True)) == ["Ewa Fiszer"]


def test_two_teams_become_one(paddock: Paddock, editor: Client) -> None:
    keep, gone = (Team.objects.create(name=name, slug=name.lower(), confirmed=True) for name in ("Nord", "Nordh"))
    Entry.objects.filter(pk=paddock.entries[1].pk).update(team=gone)
    act(editor, "merge_teams", keep, gone, keep=keep.pk)
    assert Entry.objects.get(pk=paddock.entries[1].pk).team == keep
    assert Alias.objects.get(team=keep).text == "Nordh"


def test_two_entries_become_one_and_their_results_with_them(paddock: Paddock, editor: Client) -> None:
    keep, gone = paddock.entries[4], paddock.entries[0]
    act(editor, "merge_entries", keep, gone, keep=keep.pk)
    assert not Entry.objects.filter(pk=gone.pk).exists()
    assert (
        paddock.races[0].results.get(places__contest="race", places__ranking="overall", places__position=1).entry
        == keep
    )


def test_one_row_alone_is_not_merged(paddock: Paddock, editor: Client) -> None:
    words = act(editor, "merge_drivers", Driver.objects.all()[0]).content.decode()
    assert "Choose at least two" in words


def test_other_rules_make_another_table_and_are_no_longer_replaced(paddock: Paddock, editor: Client) -> None:
    championship = Championship.objects.filter(season=paddock.season).order_by("order").first()
    assert championship is not None
    response = send(editor, form_of(championship), **{"rules-scales-0-places": "7, 3"})
    assert response.status_code == 302
    championship.refresh_from_db()
    assert championship.edited is True
    rows = rows_after(championship, paddock.races[0])
    assert [str(row.points) for row in rows][:2] == ["7", "3"]


def test_rules_that_cannot_be_followed_are_refused_with_the_reason(paddock: Paddock, editor: Client) -> None:
    championship = Championship.objects.filter(season=paddock.season).order_by("order").first()
    assert championship is not None
    response = send(editor, form_of(championship), **{"rules-scales-0-places": "many"})
    assert response.status_code == 200
    assert "errorlist" in response.content.decode()
    championship.refresh_from_db()
    assert championship.edited is False


def test_a_way_of_writing_that_is_known_is_refused_with_a_sentence(paddock: Paddock, editor: Client) -> None:
    driver = paddock.entries[0].crew.get().driver
    add = reverse("admin:racing_alias_add")
    assert editor.post(add, {"text": "A. Brisson", "driver": driver.pk}).status_code == 302
    words = editor.post(add, {"text": "a brisson", "driver": driver.pk}).content.decode()
    assert "This way of writing is known already." in words
    another = paddock.entries[1].crew.get().driver
    assert editor.post(add, {"text": "A. Brisson", "driver": another.pk}).status_code == 302


def test_two_rounds_given_one_number_at_once_are_refused_with_a_sentence(paddock: Paddock, editor: Client) -> None:
    make_event(paddock.season, "Grand Marais", 2)
    same = {"rounds-0-number": "5", "rounds-1-number": "5"}
    response = editor.post(form_of(paddock.season), fill_in(editor, form_of(paddock.season), **same), follow=True)
    words = response.content.decode()
    assert "Nothing was kept" in words or "errorlist" in words
    assert list(paddock.season.rounds.order_by("number").values_list("number", flat=True)) == [1, 2]


# --- reports ------------------------------------------------------------------------------------------------------------

ADD = "/en/admin/racing/report/add/"


def test_a_report_added_in_the_admin_is_taken_in_as_on_the_upload_page(editor: Client) -> None:
    sent = SimpleUploadedFile("essai.txt", "Une course à Grand Marais.".encode())
    assert editor.post(ADD, {"file": sent}).status_code == 302
    report = Report.objects.get()
    assert (report.name, report.format, report.uploaded_by.username) == ("essai.txt", "txt", "editor")
    assert ReadingJob.objects.get(report=report).state == JobState.WAITING


def test_the_same_report_again_is_said_to_be_known(editor: Client) -> None:
    editor.post(ADD, {"pasted": "Une course."})
    words = editor.post(ADD, {"pasted": "Une course."}, follow=True).content.decode()
    assert "This report was here already." in words
    assert Report.objects.count() == 1


def test_a_refused_report_is_refused_with_the_sentence(editor: Client) -> None:
    sent = SimpleUploadedFile("report.pdf", b"MZ\x90\x00" + bytes(200))
    words = editor.post(ADD, {"file": sent}).content.decode()
    assert "This file holds a program" in words
    assert Report.objects.count() == 0


def test_nothing_at_all_is_asked_for(editor: Client) -> None:
    assert "Choose a file or paste a text." in editor.post(ADD, {}).content.decode()


def test_chosen_reports_are_read_again(paddock: Paddock, editor: Client) -> None:
    act(editor, "read_again", paddock.report)
    assert ReadingJob.objects.get(report=paddock.report).state == JobState.WAITING


def test_a_report_that_is_given_its_season_is_read_again(paddock: Paddock, editor: Client) -> None:
    send(editor, form_of(paddock.report), given_season=str(paddock.season.pk))
    assert ReadingJob.objects.get(report=paddock.report).state == JobState.WAITING


def test_a_report_that_is_only_renamed_is_not(paddock: Paddock, editor: Client) -> None:
    send(editor, form_of(paddock.report), name="renamed.txt")
    assert ReadingJob.objects.get(report=paddock.report).state == JobState.DONE


def test_the_state_and_the_number_of_problems_stand_in_the_list(paddock: Paddock, editor: Client) -> None:
    tell_race(paddock.season, paddock.races[1], [paddock.entries[0]], name="second.txt")
    words = editor.get("/en/admin/racing/report/").content.decode()
    assert words.count('class="field-state">done<') == 2
    assert words.count('class="field-problems">0<') == 2


def test_what_a_deleted_report_told_holds_no_more(paddock: Paddock) -> None:
    Answer.objects.create(report=paddock.report, question="year", value=2023)
    address = reverse("admin:racing_report_delete", args=[paddock.report.pk])
    assert client_of("editor").post(address, {"post": "yes"}).status_code == 403
    assert client_of("superuser").post(address, {"post": "yes"}).status_code == 302
    assert not Report.objects.exists()
    assert order_of(paddock.races[0]) == {}
    assert leaders(paddock) == []


def test_a_report_is_deleted_from_the_list_too(paddock: Paddock) -> None:
    act(client_of("superuser"), "delete_selected", paddock.report, post="yes")
    assert order_of(paddock.races[0]) == {}


def test_an_entry_with_corrections_is_not_deleted(paddock: Paddock) -> None:
    entry = paddock.entries[4]
    Correction.objects.create(race=paddock.races[0], entry=entry, field="penalty", value="5 s", reason="Seen.")
    address = reverse("admin:racing_entry_delete", args=[entry.pk])
    assert client_of("superuser").post(address, {"post": "yes"}).status_code == 403
    assert Entry.objects.filter(pk=entry.pk).exists()
