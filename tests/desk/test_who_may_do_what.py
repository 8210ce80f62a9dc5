"""The permission matrix of the desk: everybody at every address."""

import pytest
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from racing import editors
from racing.intake import take_in
from racing.models import Report
from tests.corrections.paddock import Paddock
from tests.desk.people import client_of

SIGN_IN = 302  # sent to the sign-in page
ANSWERS = {"anonymous": SIGN_IN, "reader": 403, "staff": 403}

#: Address, method, and what the editor and the superuser get. "staff" has no rights; "reader" has an account and no more.
CLOSED = [
    ("upload", "get", 200),
    ("upload", "post", 422),
    ("progress", "get", 200),
    ("original", "get", 200),
    ("read_again", "post", 302),
    ("answer", "post", 302),
]


@pytest.fixture
def report(db: None) -> Report:
    return take_in(b"Un essai.", "essai.txt").report


def address(name: str, report: Report) -> str:
    return reverse(f"racing:{name}", args=[] if name == "upload" else [report.pk])


@pytest.mark.parametrize("kind", ["anonymous", "reader", "staff", "editor", "superuser"])
@pytest.mark.parametrize(("name", "method", "allowed"), CLOSED)
def test_the_desk_is_open_to_whom_it_should_be(report: Report, kind: str, name: str, method: str, allowed: int) -> None:
    response = getattr(client_of(kind), method)(address(name, report))
    assert response.status_code == ANSWERS.get(kind, allowed)
    if kind == "anonymous":
        assert response.url.startswith("/en/login/?next=")


@pytest.mark.parametrize("kind", ["anonymous", "reader", "staff", "editor", "superuser"])
def test_a_report_that_nobody_has_read_is_for_the_staff(report: Report, kind: str) -> None:
    response = client_of(kind).get(address("report", report))
    assert response.status_code == (200 if kind in ("editor", "superuser") else 404)


@pytest.mark.parametrize("kind", ["anonymous", "reader", "staff", "editor", "superuser"])
def test_a_report_that_was_read_and_the_list_are_for_everybody(paddock: Paddock, kind: str) -> None:
    client = client_of(kind)
    assert client.get(address("report", paddock.report)).status_code == 200
    assert client.get(reverse("racing:reports")).status_code == 200


@pytest.mark.parametrize("kind", ["anonymous", "reader", "staff"])
def test_who_may_not_sees_nothing_of_the_desk_on_a_public_page(paddock: Paddock, kind: str) -> None:
    client = client_of(kind)
    for page in (address("report", paddock.report), reverse("racing:reports")):
        words = client.get(page).content.decode()
        assert "data-progress" not in words
        assert reverse("racing:read_again", args=[paddock.report.pk]) not in words
        assert reverse("racing:original", args=[paddock.report.pk]) not in words


@pytest.mark.parametrize("name", ["read_again", "answer"])
def test_what_changes_something_wants_a_post(report: Report, name: str) -> None:
    assert client_of("editor").get(address(name, report)).status_code == 405


def test_nobody_s_upload_is_read_before_it_is_known_who_sends_it(db: None) -> None:
    sent = SimpleUploadedFile("essai.txt", b"Un essai.")
    assert client_of("anonymous").post(reverse("racing:upload"), {"files": sent}).status_code == SIGN_IN
    assert Report.objects.count() == 0


def test_an_upload_without_the_form_s_token_is_refused(db: None) -> None:
    client = client_of("editor")
    client.handler.enforce_csrf_checks = True
    assert client.post(reverse("racing:upload"), {"text": "Un essai."}).status_code == 403
    assert Report.objects.count() == 0


def test_editors_upload_answer_confirm_and_correct_and_have_no_more_rights(db: None) -> None:
    group = Group.objects.get(name=editors.NAME)
    rights = set(group.permissions.values_list("codename", flat=True))
    assert {"add_report", "add_answer", "change_driver", "add_correction", "change_correction"} <= rights
    assert {right for right in rights if right.startswith("delete_")} == {
        f"delete_{name}" for name in ("round", "racingclass", "crewmember", "entryclass", "entrymark", "alias")
    }
    derived = ("fact", "result", "place", "readingrecord", "award", "standing", "claimcheck", "disagreement")
    assert not {f"{deed}_{name}" for deed in ("add", "change", "delete") for name in derived} & rights
    assert not group.permissions.exclude(content_type__app_label__in=["racing", "standings"]).exists()
