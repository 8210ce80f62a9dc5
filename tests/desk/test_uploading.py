"""Several files at once, each with its own outcome; nothing that was typed is lost."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from racing.intake import Refused
from racing.models import ReadingJob, Report, Series
from tests.corrections.paddock import Paddock
from tests.desk.people import client_of

UPLOAD = "/en/upload/"


@pytest.fixture
def editor(db: None) -> Client:
    return client_of("editor")


def file(name: str = "essai.txt", content: bytes = b"Une course au Grand Marais.") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def test_one_new_file_leads_to_its_page(editor: Client) -> None:
    response = editor.post(UPLOAD, {"files": file()})
    report = Report.objects.get()
    assert response.url == reverse("racing:report", args=[report.pk])
    assert (report.name, report.uploaded_by.username) == ("essai.txt", "editor")
    assert ReadingJob.objects.get(report=report).state == "waiting"


def test_pasted_text_is_a_report_too(editor: Client) -> None:
    editor.post(UPLOAD, {"text": "Course 1\nUne victoire au Grand Marais."})
    assert Report.objects.get().name == "Course 1"


def test_several_files_have_an_outcome_each(editor: Client) -> None:
    editor.post(UPLOAD, {"files": file("known.txt")})
    known = Report.objects.get()
    sent = [file("new.txt", b"Une autre course."), file("again.txt"), file("report.pdf", b"MZ\x90\x00" + bytes(200))]
    words = editor.post(UPLOAD, {"files": sent}).content.decode()
    new = Report.objects.get(name="new.txt")
    assert f'href="{reverse("racing:report", args=[new.pk])}"' in words
    assert f'again.txt is here already: <a href="{reverse("racing:report", args=[known.pk])}">known.txt' in words
    assert "report.pdf</strong> This file holds a program" in words
    assert Report.objects.count() == 2


def test_a_single_known_file_says_where_it_is(editor: Client) -> None:
    editor.post(UPLOAD, {"files": file("known.txt")})
    words = editor.post(UPLOAD, {"files": file("again.txt")}).content.decode()
    assert "again.txt is here already" in words


def test_where_it_belongs_may_be_given(editor: Client, paddock: Paddock) -> None:
    event = paddock.races[0].event
    where = {"series": paddock.season.series.pk, "season": paddock.season.pk, "event": event.pk}
    editor.post(UPLOAD, {"files": file(), **where})
    report = Report.objects.get(name="essai.txt")
    assert (report.given_series, report.given_season, report.given_event) == (
        paddock.season.series,
        paddock.season,
        event,
    )


def test_nothing_to_read_is_said_and_what_was_chosen_is_kept(editor: Client, paddock: Paddock) -> None:
    response = editor.post(UPLOAD, {"text": "  ", "season": paddock.season.pk})
    words = response.content.decode()
    assert response.status_code == 422
    assert "Choose a file or paste a text." in words
    assert f'<option value="{paddock.season.pk}" selected>' in words


def test_a_season_of_another_series_is_refused_and_the_text_is_kept(editor: Client, paddock: Paddock) -> None:
    other = Series.objects.create(name="Coupe d’Ailleurs", slug="ailleurs")
    response = editor.post(UPLOAD, {"text": "Mes mots.", "series": other.pk, "season": paddock.season.pk})
    words = response.content.decode()
    assert "This is a season of another series." in words
    assert "Mes mots.</textarea>" in words
    assert Report.objects.count() == 1


def test_refused_text_is_kept_in_the_form(editor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: object, **_more: object) -> None:
        raise Refused("not_stored")

    monkeypatch.setattr("racing.views.upload.take_in_text", refuse)
    words = editor.post(UPLOAD, {"text": "Mes mots."}).content.decode()
    assert "The file could not be kept" in words
    assert "Mes mots.</textarea>" in words


def test_text_that_was_taken_in_is_not_offered_again(editor: Client) -> None:
    words = editor.post(UPLOAD, {"text": "Mes mots.", "files": file("vide.txt", b"")}).content.decode()
    assert "vide.txt</strong> There is nothing in this document." in words
    assert "Mes mots.</textarea>" not in words


def test_a_file_of_thirty_megabytes_gets_a_sentence_and_the_others_are_taken(editor: Client) -> None:
    large = io.BytesIO(bytes(30 * 1024 * 1024))
    large.name = "large.pdf"
    response = editor.post(UPLOAD, {"files": [large, file("small.txt")]})
    words = response.content.decode()
    assert response.status_code == 200
    assert "large.pdf</strong> The file is larger than" in words
    assert list(Report.objects.values_list("name", flat=True)) == ["small.txt"]


def test_more_files_than_may_be_sent_at_once_are_named(editor: Client, settings) -> None:
    settings.UPLOAD_MAX_FILES = 2
    words = editor.post(UPLOAD, {"files": [file(f"{n}.txt", b"Course %d" % n) for n in range(4)]}).content.decode()
    assert sorted(Report.objects.values_list("name", flat=True)) == ["0.txt", "1.txt"]
    assert "2.txt</strong> Not taken: at most 2 files" in words
    assert "3.txt</strong> Not taken: at most 2 files" in words


def test_more_text_than_a_request_may_hold_gets_a_sentence(editor: Client, settings) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    response = editor.post(UPLOAD, {"text": "x" * 2000})
    assert response.status_code == 413
    assert "more than can be sent at once" in response.content.decode()


def test_more_files_than_django_itself_allows_get_a_sentence(editor: Client, settings) -> None:
    settings.DATA_UPLOAD_MAX_NUMBER_FILES = 3
    response = editor.post(UPLOAD, {"files": [file(f"{n}.txt") for n in range(5)]})
    assert response.status_code == 413
    assert Report.objects.count() == 0


def test_a_name_with_markup_is_shown_as_text(editor: Client) -> None:
    words = editor.post(UPLOAD, {"files": [file("<b>x</b>.txt", b""), file("b.txt", b"")]}).content.decode()
    assert "<b>x" not in words
