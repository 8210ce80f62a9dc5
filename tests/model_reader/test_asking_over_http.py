"""An endpoint may be down, busy, slow, hostile or not what it says: each ends in its code, within the time, and no further."""

import logging
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest

from racing.model_reader.asking import Asked, ask
from racing.model_reader.client import Pace
from racing.model_reader.endpoint import Endpoint, Unanswered, checked
from racing.model_reader.parts import Part
from racing.model_reader.prompt import reported
from racing.model_reader.protocol import NotWritten
from tests.model_reader.server import (
    Deed,
    Server,
    breaks_off,
    completion,
    drips,
    floods,
    hangs,
    resets,
    says,
    serving,
    status,
)
from tests.model_reader.telling import CAREFUL

PART = Part("Luc Arvois s'imposait.", 0, 22)
KEY = "sk-secret-0123456789"


class Waits:
    """Time that passes only while somebody waits, so that no test does."""

    def __init__(self) -> None:
        self.waited: list[float] = []

    def pace(self) -> Pace:
        return Pace(lambda: time.monotonic() + sum(self.waited), self.waited.append, lambda: 0.5)


@contextmanager
def asking(*deeds: Deed) -> Iterator[tuple[Server, Endpoint]]:
    with serving(*deeds) as server:
        yield server, Endpoint(server.url, "test-model", KEY, answer_bytes=200_000)


def ask_now(endpoint: Endpoint, seconds: float = 10, waits: Waits | None = None) -> Asked:
    pace = (waits or Waits()).pace()
    return ask(endpoint, PART, pace.now() + seconds, pace)


def why(endpoint: Endpoint, seconds: float = 10) -> tuple[str, str]:
    with pytest.raises(Unanswered) as caught:
        ask_now(endpoint, seconds)
    return caught.value.code, caught.value.detail


def test_the_question_is_of_the_protocol_and_carries_text_schema_and_key() -> None:
    with asking(says(CAREFUL)) as (server, endpoint):
        asked = ask_now(endpoint)
    [(path, headers, body)] = server.questions
    assert path == "/v1/chat/completions"
    assert headers["Authorization"] == f"Bearer {KEY}"
    assert body["model"] == "test-model"
    assert body["response_format"]["type"] == "json_schema"
    assert body["response_format"]["json_schema"]["strict"] is True
    assert "races" in body["response_format"]["json_schema"]["schema"]["properties"]
    assert reported(body["messages"][-1]["content"]) == PART.text
    assert (asked.facts, asked.whole) == (CAREFUL, True)
    assert (asked.reply.tokens_in, asked.reply.tokens_out) == (1_000, 200)


def test_fields_that_a_server_wants_otherwise_are_changed_or_left_out() -> None:
    with asking(says(CAREFUL)) as (server, endpoint):
        ask_now(replace(endpoint, extra={"max_tokens": None, "max_completion_tokens": 77, "temperature": None}))
    body = server.questions[0][2]
    assert body["max_completion_tokens"] == 77
    assert not {"max_tokens", "temperature"} & body.keys()


@pytest.mark.parametrize("deed", [status(429), status(500), status(503), resets, breaks_off])
def test_what_may_pass_is_tried_again_after_a_longer_wait_each_time(deed: Deed) -> None:
    waits = Waits()
    with asking(deed, deed, says(CAREFUL)) as (server, endpoint):
        assert ask_now(endpoint, waits=waits).facts == CAREFUL
        assert len(server.questions) == 3
    assert waits.waited == [0.5, 1.0]


def test_a_server_that_says_how_long_it_is_busy_is_left_alone_so_long() -> None:
    waits = Waits()
    with asking(status(429, Retry_After="7"), says(CAREFUL)) as (_server, endpoint):
        ask_now(endpoint, waits=waits)
    assert waits.waited == [7.0]


def test_nobody_waits_longer_than_there_is_time() -> None:
    waits = Waits()
    with asking(status(429, Retry_After="25")) as (server, endpoint), pytest.raises(Unanswered) as caught:
        ask_now(endpoint, seconds=20, waits=waits)
    assert (caught.value.code, waits.waited, len(server.questions)) == ("model_busy", [], 1)


def test_attempts_come_to_an_end() -> None:
    with asking(status(503)) as (server, endpoint):
        assert why(endpoint) == ("model_busy", "503")
        assert len(server.questions) == endpoint.attempts


@pytest.mark.parametrize(
    ("deed", "code", "detail"),
    [
        (status(401, b'{"error": "no such key"}'), "model_denied", "401"),
        (status(403), "model_denied", "403"),
        (status(400, b'{"error": "response_format"}'), "model_rejected", "400"),
        (status(404), "model_rejected", "404"),
        (floods, "model_too_large", ""),
        (status(200, b"<html>Welcome</html>"), "model_garbled", ""),
        (status(200, b'{"choices": {}}'), "model_garbled", ""),
        (status(200, b"[" * 100_000), "model_garbled", ""),
        (status(200, b'"choices"'), "model_garbled", ""),
        (status(200, b'{"choices": []}'), "model_empty", ""),
        (status(200, b'{"choices": [7]}'), "model_empty", ""),
        (says(None), "model_empty", ""),
        (says("  \n"), "model_empty", ""),
        (says(None, refusal="I cannot help with that."), "model_refusal", ""),
        (says("{}", finish="content_filter"), "model_refusal", ""),
        (says("I am sorry, there are no races."), "model_broken", ""),
        (says('{"races": ['), "model_broken", ""),
        (says("[1, 2]"), "model_broken", ""),
        (says("[" * 50_000 + "{" * 50_000), "model_broken", ""),
    ],
)
def test_what_does_not_pass_is_not_tried_again(deed: Deed, code: str, detail: str) -> None:
    with asking(deed) as (server, endpoint):
        assert why(endpoint) == (code, detail)
        assert len(server.questions) == 1


@pytest.mark.parametrize("deed", [hangs, drips])
def test_a_server_that_hangs_or_drips_is_left_at_the_deadline(deed: Deed) -> None:
    with asking(deed) as (server, endpoint):
        with pytest.raises(Unanswered) as caught:
            ask(endpoint, PART, time.monotonic() + 0.4)
        assert (caught.value.code, len(server.questions)) == ("model_timeout", 1)
        assert caught.value.may_cost


def test_a_server_that_is_not_there_is_unreachable_and_costs_nothing() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(Unanswered) as caught:
        ask_now(Endpoint(f"http://127.0.0.1:{port}/v1", "test-model"))
    assert (caught.value.code, caught.value.detail) == ("model_unreachable", "ConnectionRefusedError")
    assert not caught.value.may_cost


@pytest.mark.parametrize("code", [301, 302, 307, 308])
def test_no_redirect_is_followed_and_the_key_goes_nowhere_else(code: int) -> None:
    with asking(says(CAREFUL)) as (elsewhere, _endpoint):
        with asking(status(code, Location=elsewhere.url + "/chat/completions")) as (_server, endpoint):
            assert why(endpoint) == ("model_redirected", str(code))
        assert elsewhere.questions == []


def test_what_the_server_says_of_a_failure_is_not_repeated_since_it_may_hold_the_key(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    body = f'{{"error": "Incorrect key: {KEY}"}}'.encode()
    for deed in (status(401, body), status(500, body), status(200, body), resets):
        with asking(deed) as (_server, endpoint), pytest.raises(Unanswered) as caught:
            ask_now(endpoint)
        assert KEY not in f"{caught.value!r} {caught.value.__cause__!r} {endpoint!r}"
    assert "model_denied" in caplog.text
    assert KEY not in caplog.text
    assert "Arvois" not in caplog.text


@pytest.mark.parametrize(
    ("url", "key", "detail"),
    [
        ("ftp://127.0.0.1/v1", "", "MODEL_READER_URL"),
        ("127.0.0.1:8000/v1", "", "MODEL_READER_URL"),
        ("http://user:word@127.0.0.1/v1", "", "MODEL_READER_URL"),
        ("http://127.0.0.1:99999/v1", "", "MODEL_READER_URL"),
        ("http://127.0.0.1/v1\r\nX: y", "", "MODEL_READER_URL"),
        ("http://127.0.0.1/v1?key=1", "", "MODEL_READER_URL"),
        ("https://127.0.0.1/v1", "two words", "MODEL_READER_KEY"),
        ("https://127.0.0.1/v1", "line\r\nX: y", "MODEL_READER_KEY"),
        ("http://models.example.org/v1", "key", "MODEL_READER_URL, https"),
        ("http://203.0.113.9/v1", "key", "MODEL_READER_URL, https"),
    ],
)
def test_nothing_is_sent_to_an_endpoint_that_is_set_up_wrongly(url: str, key: str, detail: str) -> None:
    assert why(Endpoint(url, "test-model", key)) == ("model_misconfigured", detail)


@pytest.mark.parametrize(
    "url", ["http://localhost/v1", "http://10.1.2.3/v1", "http://models:8000/v1", "https://a.example/v1"]
)
def test_a_key_is_sent_over_tls_or_to_a_near_server(url: str) -> None:
    assert checked(Endpoint(url, "test-model", "key")).url == url


def test_an_answer_that_the_server_cut_gives_its_whole_facts_and_says_that_it_was_cut() -> None:
    words = '{"races": [{"number": 1, "results": [{"ranking": "overall", "position": 1, "drivers": ["Luc'
    whole = (
        '{"language": "fr", "races": [{"number": 1, "results": [{"position": 1}, {"position": 2}]}], "standings": []}'
    )
    with asking(says(words), says(whole[:75], finish="length"), says(whole, finish="length")) as (_server, endpoint):
        assert why(endpoint)[0] == "model_broken"
        asked = ask_now(endpoint)
        assert (asked.facts["races"][0]["results"], asked.whole) == ([{"position": 1}], False)
        assert ask_now(endpoint).whole is False


@pytest.mark.parametrize(
    "content", ["```json\n{}\n```", "<think>first, second ...</think>{}", [{"type": "text", "text": "{}"}], "{}\n"]
)
def test_what_some_servers_put_around_the_json_is_put_aside(content: Any) -> None:
    with asking(lambda handler: handler.send(200, completion(content))) as (_server, endpoint):
        asked = ask_now(endpoint)
    assert (asked.facts, asked.whole) == ({}, True)


def test_what_no_database_keeps_is_taken_out_of_the_words() -> None:
    with asking(lambda handler: handler.send(200, completion('{"a": "\x00b\ud800"}'))) as (_server, endpoint):
        asked = ask_now(endpoint)
    assert asked.reply.content == '{"a": "b?"}'


@pytest.mark.parametrize(
    "usage", [None, {}, {"prompt_tokens": "7"}, {"prompt_tokens": -1, "completion_tokens": True}, 5]
)
def test_tokens_that_nobody_counted_are_not_known(usage: Any) -> None:
    with asking(says("{}", usage=usage)) as (_server, endpoint):
        asked = ask_now(endpoint)
    assert (asked.reply.tokens_in, asked.reply.tokens_out) == (None, None)


def test_what_was_written_in_vain_has_its_tokens_for_the_account() -> None:
    with asking(says("no")) as (_server, endpoint), pytest.raises(NotWritten) as caught:
        ask_now(endpoint)
    assert (caught.value.reply.tokens_in, caught.value.may_cost) == (1_000, True)
