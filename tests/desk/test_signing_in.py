import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from racing.views.signing_in import FAILURES
from tests.desk.people import PASSWORD, client_of

LOGIN = "/en/login/"


@pytest.fixture
def editor(db: None) -> User:
    return User.objects.create_user("anne", password=PASSWORD, is_staff=True)


def attempt(client: Client, name: str = "anne", password: str = "wrong", **more: str):
    return client.post(LOGIN, {"username": name, "password": password, **more}, REMOTE_ADDR="192.0.2.1")


def test_the_right_password_opens_the_door_and_leads_to_where_one_was_going(editor: User, client: Client) -> None:
    assert attempt(client, password=PASSWORD).url == reverse("racing:reports")
    assert attempt(Client(), password=PASSWORD, next="/en/upload/").url == "/en/upload/"


def test_nobody_is_sent_to_a_strange_address(editor: User, client: Client) -> None:
    assert attempt(client, password=PASSWORD, next="https://elsewhere.example/").url == reverse("racing:reports")


def test_after_five_failures_even_the_right_password_waits(editor: User, client: Client) -> None:
    assert [attempt(client).status_code for _ in range(FAILURES)] == [200] * FAILURES
    response = attempt(client, password=PASSWORD)
    assert (response.status_code, response.headers["Retry-After"]) == (429, "900")
    assert "Wait 15 minutes" in response.content.decode()
    assert "_auth_user_id" not in client.session


def test_upper_and_lower_case_do_not_give_more_attempts(editor: User, client: Client) -> None:
    for name in ("anne", "Anne", "ANNE", "aNNe", "annE"):
        attempt(client, name)
    assert attempt(client).status_code == 429


def test_another_name_and_another_address_are_not_locked_out(editor: User, client: Client) -> None:
    for _ in range(FAILURES):
        attempt(client)
    assert attempt(client, name="somebody").status_code == 200
    answer = client.post(LOGIN, {"username": "anne", "password": PASSWORD}, REMOTE_ADDR="192.0.2.2")
    assert answer.status_code == 302


def test_success_forgets_the_failures(editor: User, client: Client) -> None:
    for _ in range(FAILURES - 1):
        attempt(client)
    attempt(client, password=PASSWORD)
    client.logout()
    assert attempt(client).status_code == 200


def test_the_admin_s_own_door_is_the_same_door(db: None, client: Client) -> None:
    assert client.get("/en/admin/login/?next=/en/admin/").url == "/en/login/?next=%2Fen%2Fadmin%2F"
    assert client.post("/en/admin/login/", {"username": "x", "password": "y"}).url == "/en/login/"


def test_who_is_signed_in_and_may_not_is_told_so_and_not_sent_in_circles(db: None) -> None:
    client = client_of("reader")
    response = client.get("/en/admin/", follow=True)
    assert response.status_code == 200
    assert "You are signed in as reader" in response.content.decode()


def test_the_desk_s_link_leads_who_is_signed_in_to_the_reports(db: None) -> None:
    assert client_of("editor").get(LOGIN).url == reverse("racing:reports")


def test_signing_out_wants_a_post(db: None) -> None:
    client = client_of("editor")
    assert client.get(reverse("racing:logout")).status_code == 405
    assert client.post(reverse("racing:logout")).status_code == 302
    assert "_auth_user_id" not in client.session
