"""Every page answers in both languages, sets no cookie, and is the same for everybody."""

from django.test import Client

from tests.pages.grandstand import ADDRESSES, Grandstand


def test_every_page_answers_in_both_languages_without_a_cookie(client: Client, grandstand: Grandstand) -> None:
    answers = {address: client.get(address) for page in ADDRESSES for address in (page, f"/en{page}")}
    assert {address: answer.status_code for address, answer in answers.items() if answer.status_code != 200} == {}
    assert [address for address, answer in answers.items() if answer.cookies] == []
    assert [address for address, answer in answers.items() if "Cookie" in answer.get("Vary", "")] == []
    assert [address for address, answer in answers.items() if b"csrf" in answer.content] == []
