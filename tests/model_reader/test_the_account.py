"""What the model costs: written down before it is asked, paid once, and never more in a month than the limit."""

import json
import threading
import time
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from racing import ledger
from racing.model_reader.asking import ask, size_of
from racing.model_reader.endpoint import Endpoint, Unanswered
from racing.model_reader.parts import Part
from racing.model_reader.prompt import key_of
from racing.models import ModelAnswer, Report
from tests.model_reader.server import Deed, Server, hangs, resets, says, serving, status
from tests.model_reader.telling import CAREFUL

PART = Part("Luc Arvois s'imposait.", 0, 22)


@pytest.fixture
def report(db: None) -> Report:
    return Report.objects.create(name="a.txt", sha256="a" * 64, size=1, format="txt", text=PART.text)


def endpoint(server: Server, **more: Any) -> Endpoint:
    prices = {"price_in": Decimal(2), "price_out": Decimal(10), "attempts": 1}
    return Endpoint(server.url, "test-model", "key-0123456789", **{**prices, **more})


def buy(report: Report, where: Endpoint, seconds: float = 10) -> Any:
    return ledger.bought(report, where, PART, time.monotonic() + seconds).facts


def refused(report: Report, where: Endpoint, seconds: float = 10) -> tuple[str, str]:
    with pytest.raises(Unanswered) as caught:
        buy(report, where, seconds)
    return caught.value.code, caught.value.detail


def test_an_answer_is_kept_with_its_tokens_and_its_cost(report: Report) -> None:
    with serving(says(CAREFUL)) as server:
        assert buy(report, endpoint(server)) == CAREFUL
    row = ModelAnswer.objects.get()
    assert (row.report, row.state, row.error, row.model, row.cut) == (report, "usable", "", "test-model", False)
    assert (row.tokens_in, row.tokens_out, row.estimated) == (1_000, 200, False)
    assert row.cost == Decimal("0.004")
    assert json.loads(row.content) == CAREFUL
    assert row.answered_at is not None


def test_an_answer_that_was_paid_for_is_not_bought_again(report: Report) -> None:
    with serving(says(CAREFUL)) as server:
        first, again = buy(report, endpoint(server)), buy(report, endpoint(server))
        assert len(server.questions) == 1
    assert first == again
    assert ModelAnswer.objects.count() == 1


def test_another_model_is_another_answer(report: Report) -> None:
    with serving(says(CAREFUL)) as server:
        buy(report, endpoint(server))
        buy(report, Endpoint(server.url, "other-model"))
        assert len(server.questions) == 2


def test_the_key_is_nowhere_in_the_account(report: Report) -> None:
    with serving(says(CAREFUL)) as server:
        buy(report, endpoint(server))
    row = ModelAnswer.objects.values().get()
    assert "key-0123456789" not in str(row)


def test_a_broken_answer_is_bought_once_more_and_then_no_more(report: Report) -> None:
    with serving(says("no json")) as server:
        codes = [refused(report, endpoint(server))[0] for _ in range(3)]
        assert len(server.questions) == 2
    assert codes == ["model_broken", "model_broken", "model_useless"]
    assert [row.cost for row in ModelAnswer.objects.all()] == [Decimal("0.004")] * 2
    assert set(ModelAnswer.objects.values_list("state", "error")) == {("unusable", "model_broken")}


def test_a_cut_answer_is_kept_as_cut(report: Report) -> None:
    words = json.dumps(CAREFUL)[:-40]
    with serving(says(words, finish="length")) as server:
        for _ in range(2):
            assert not ledger.bought(report, endpoint(server), PART, time.monotonic() + 10).whole
        assert len(server.questions) == 1
    assert ModelAnswer.objects.get().cut


@pytest.mark.parametrize(("deed", "code"), [(status(500), "model_busy"), (status(401), "model_denied")])
def test_what_the_server_did_not_work_for_costs_nothing(report: Report, deed: Deed, code: str) -> None:
    with serving(deed) as server:
        assert refused(report, endpoint(server))[0] == code
    row = ModelAnswer.objects.get()
    assert (row.state, row.error, row.cost, row.tokens_in + row.tokens_out) == ("failed", code, 0, 0)


@pytest.mark.parametrize(("deed", "code"), [(hangs, "model_timeout"), (resets, "model_unreachable")])
def test_what_the_server_may_have_worked_for_is_in_the_account_at_its_most(
    report: Report, deed: Deed, code: str
) -> None:
    with serving(deed) as server:
        where = endpoint(server)
        assert refused(report, where, seconds=0.3)[0] == code
    row = ModelAnswer.objects.get()
    most = where.most(size_of(PART))
    assert (row.state, row.error, row.estimated, row.cost) == ("failed", code, True, where.cost(*most))
    assert row.cost > Decimal("0.08")


def test_an_answer_without_a_count_of_tokens_is_in_the_account_at_its_most(report: Report) -> None:
    with serving(says(CAREFUL, usage=None)) as server:
        where = endpoint(server)
        buy(report, where)
    row = ModelAnswer.objects.get()
    assert (row.estimated, row.cost) == (True, where.cost(*where.most(size_of(PART))))


def spend(report: Report, cost: str, tokens: int = 0, at: Any = None) -> None:
    ModelAnswer.objects.create(
        report=report,
        key="k",
        model="m",
        version="v",
        state="usable",
        cost=Decimal(cost),
        tokens_in=tokens,
        asked_at=at or timezone.now(),
    )


@pytest.mark.parametrize(
    ("limits", "said"),
    [(("10", ""), "10.00 EUR"), (("", "1000000"), "1000000 tokens"), (("0", ""), "0.00 EUR"), (("", "0"), "0 tokens")],
)
def test_at_the_months_limit_nothing_is_asked_any_more(
    report: Report, settings: Any, limits: tuple[str, str], said: str
) -> None:
    settings.MODEL_READER_MONTHLY_COST, settings.MODEL_READER_MONTHLY_TOKENS = limits
    spend(report, "9.999", 999_000)
    with serving(says(CAREFUL)) as server:
        assert refused(report, endpoint(server)) == ("model_limit", said)
        assert server.questions == []
    assert ModelAnswer.objects.count() == 1


def test_what_was_bought_is_read_at_the_limit_too(report: Report, settings: Any) -> None:
    with serving(says(CAREFUL)) as server:
        buy(report, endpoint(server))
        settings.MODEL_READER_MONTHLY_COST = "0"
        assert buy(report, endpoint(server)) == CAREFUL


def test_the_last_month_does_not_count(report: Report, settings: Any) -> None:
    settings.MODEL_READER_MONTHLY_COST, settings.MODEL_READER_MONTHLY_TOKENS = "10", "1000000"
    first = timezone.localtime().replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    spend(report, "10", 1_000_000, first - timedelta(seconds=1))
    with serving(says(CAREFUL)) as server:
        assert buy(report, endpoint(server)) == CAREFUL


def test_without_limits_none_holds(report: Report, settings: Any) -> None:
    settings.MODEL_READER_MONTHLY_COST = settings.MODEL_READER_MONTHLY_TOKENS = ""
    spend(report, "99999", 2_000_000_000)
    with serving(says(CAREFUL)) as server:
        assert buy(report, endpoint(server)) == CAREFUL


def ask_elsewhere(report: Report, ago: float = 0) -> ModelAnswer:
    """Leave the question as a worker does that has asked and has no answer yet."""
    key, at = key_of("test-model", PART), timezone.now() - timedelta(seconds=ago)
    return ModelAnswer.objects.create(report=report, key=key, model="test-model", version="v", cost=1, asked_at=at)


def test_what_another_worker_asks_at_this_moment_is_not_asked_twice(report: Report) -> None:
    ask_elsewhere(report)
    with serving(says(CAREFUL)) as server:
        assert refused(report, endpoint(server), seconds=0.2)[0] == "model_asked"
        assert server.questions == []


def test_what_a_worker_asked_that_has_died_is_asked_anew_and_stays_in_the_account(report: Report) -> None:
    dead = ask_elsewhere(report, ago=130)
    with serving(says(CAREFUL)) as server:
        assert buy(report, endpoint(server)) == CAREFUL
    dead.refresh_from_db()
    assert (dead.state, dead.cost) == ("asked", 1)
    assert ledger.spent_this_month()[0] == Decimal("1.004")


def test_an_answer_that_another_worker_gets_meanwhile_is_waited_for(report: Report, monkeypatch: Any) -> None:
    row = ask_elsewhere(report)

    def answered(_seconds: float) -> None:
        row.state, row.content = "usable", json.dumps(CAREFUL)
        row.save()

    monkeypatch.setattr(ledger, "sleep", answered)
    with serving(says("{}")) as server:
        assert buy(report, endpoint(server)) == CAREFUL
        assert server.questions == []


def test_two_who_bought_the_same_at_once_go_on_with_one_answer(report: Report) -> None:
    other = {**CAREFUL, "season": 1999}

    row = ask_elsewhere(report, ago=130)
    ModelAnswer.objects.filter(pk=row.pk).update(state="usable", content=json.dumps(other))
    mine = ModelAnswer.objects.create(report=report, key=row.key, model="test-model", version="v")
    with serving(says(CAREFUL)) as server:
        asked = ask(endpoint(server), PART, time.monotonic() + 10)
        assert ledger._kept(mine, endpoint(server), asked).facts == other
    mine.refresh_from_db()
    assert (mine.state, mine.error, mine.cost) == ("unusable", "model_twice", Decimal("0.004"))


def test_deleting_a_report_leaves_what_it_cost(report: Report) -> None:
    spend(report, "3")
    report.delete()
    assert ledger.spent_this_month()[0] == 3


@pytest.mark.django_db(transaction=True)
def test_workers_that_ask_at_once_cannot_spend_more_than_the_limit(settings: Any) -> None:
    if connection.vendor == "sqlite":
        pytest.skip("SQLite in memory has one connection; PostgreSQL tells")
    settings.MODEL_READER_MONTHLY_TOKENS, settings.MODEL_READER_MONTHLY_COST = "", "0.2"
    reports = [Report.objects.create(name=f"{n}", sha256=f"{n}" * 64, size=1, format="txt") for n in range(6)]
    outcomes: list[str] = []

    def work(number: int, where: Endpoint) -> None:
        part = Part(f"Report {number}.", 0, 9)
        try:
            ledger.bought(reports[number], where, part, time.monotonic() + 20)
            outcomes.append("answered")
        except Unanswered as reason:
            outcomes.append(reason.code)
        finally:
            connection.close()

    with serving(says(CAREFUL, usage=None)) as server:
        _together([lambda n=n: work(n, endpoint(server)) for n in range(6)])
        assert len(server.questions) == outcomes.count("answered") == 2
    assert ledger.spent_this_month()[0] <= Decimal("0.2")


def _together(jobs: list[Callable[[], None]]) -> None:
    threads = [threading.Thread(target=job) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
