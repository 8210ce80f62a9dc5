"""From the series' setting to facts, pages and the account: the whole way of a report that a model reads."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from racing import jobs, pipeline
from racing.models import Circuit, Event, Fact, ModelAnswer, ReadingJob, ReadingRecord, Report, Series
from racing.reading.facts import Heading, Reading, Stated
from racing.sandbox import Outcome
from tests.desk.people import client_of
from tests.model_reader.server import Server, hangs, says, serving, status
from tests.model_reader.telling import CAREFUL, REPORT, finish
from tests.pipeline.rows import all_rows

HEADING = Heading(Stated("Trophée du Causse"), Stated("2024"), Stated("Lédenon"))
Process = Callable[[str], Report]


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def process(db: None, monkeypatch: pytest.MonkeyPatch, settings: Any) -> Process:
    """Give a function that has a report of this text processed, the offline reader finding one sure and wrong winner."""
    offline = Reading("fr", HEADING, (finish(1, "Paul Brion"), finish(2, "Luc Arvois", race=2)))
    monkeypatch.setattr(
        pipeline, "read_in_sandbox", lambda data=None, text=None, known=(): Outcome(text, "txt", offline)
    )
    settings.MODEL_READER_MODEL = "test-model"

    def work(text: str) -> Report:
        report, _made = Report.objects.get_or_create(
            sha256=f"{abs(hash(text)):064x}"[:64], defaults={"name": "a.txt", "size": 1, "format": "txt", "text": text}
        )
        jobs.ask(report)
        claim = jobs.claim(report.pk)
        assert claim is not None
        pipeline.process(report.pk, claim)
        job = ReadingJob.objects.get(report=report)
        assert job.error != "internal", job.error_detail
        return report

    return work


def series(reader: str) -> Series:
    return Series.objects.create(name="Trophée du Causse", slug="causse", reader=reader, confirmed=True)


def winners(report: Report) -> list[tuple[int | None, list[str]]]:
    rows = report.facts.filter(kind="finish", ranking="overall", position=1).order_by("race_number")
    return [(row.race_number, row.drivers) for row in rows]


def codes(report: Report) -> list[str]:
    return [problem["code"] for problem in ReadingRecord.objects.get(report=report).problems]


def pointed_at(settings: Any, server: Server) -> None:
    settings.MODEL_READER_URL = server.url


def test_by_default_the_offline_reader_reads_and_nobody_is_asked(process: Process, settings: Any) -> None:
    assert Series(name="x").reader == "offline"
    Series.objects.create(name="Trophée du Causse", slug="causse")
    with serving(says(CAREFUL)) as server:
        pointed_at(settings, server)
        report = process(REPORT)
        assert server.questions == []
    assert winners(report) == [(1, ["Paul Brion"])]
    assert ReadingRecord.objects.get().reader == "offline"


def test_a_series_that_nobody_knows_yet_is_read_offline(process: Process, settings: Any) -> None:
    with serving(says(CAREFUL)) as server:
        pointed_at(settings, server)
        process(REPORT)
        assert server.questions == []


@pytest.mark.parametrize("given", ["series", "season", "event"])
def test_the_model_reads_where_the_reports_given_series_wants_it(process: Process, settings: Any, given: str) -> None:
    row = series("model")
    season = row.seasons.create(year=2024)
    circuit = Circuit.objects.create(name="Lédenon", slug="ledenon")
    event = Event.objects.create(circuit=circuit, year=2024, slug="ledenon-2024")
    event.rounds.create(season=season)
    Series.objects.filter(pk=row.pk).update(name="Another name than the text's")
    other = {f"given_{given}": {"series": row, "season": season, "event": event}[given]}
    Report.objects.create(
        sha256=f"{abs(hash(REPORT)):064x}"[:64], name="a.txt", size=1, format="txt", text=REPORT, **other
    )
    with serving(says(CAREFUL)) as server:
        pointed_at(settings, server)
        report = process(REPORT)
    assert winners(report) == [(1, ["Luc Arvois"]), (2, ["Noé Béliard"])]


def test_the_models_facts_come_with_their_words_and_settle_into_results(process: Process, settings: Any) -> None:
    series("model")
    with serving(says(CAREFUL)) as server:
        pointed_at(settings, server)
        report = process(REPORT)
    record = ReadingRecord.objects.get(report=report)
    assert (record.reader, record.reader_version.endswith("test-model")) == ("model", True)
    fact = Fact.objects.get(report=report, kind="retirement")
    assert (fact.drivers, fact.quote, fact.recogniser) == (["Guy Dampierre"], "Guy Dampierre abandonnait.", "model")
    assert "model_against_offline" in codes(report)
    assert all_rows()["places"] != []
    assert all_rows()["results"] != []


def test_reading_again_asks_nobody_and_changes_nothing(process: Process, settings: Any) -> None:
    for name in ("model", "both"):
        Series.objects.update_or_create(slug="causse", defaults={"name": "Trophée du Causse", "reader": name})
        with serving(says(CAREFUL)) as server:
            pointed_at(settings, server)
            process(REPORT)
            rows, keys = all_rows(), list(Fact.objects.order_by("pk").values_list("pk", flat=True))
            process(REPORT)
            assert len(server.questions) == (name == "model")
        assert all_rows() == rows
        assert list(Fact.objects.order_by("pk").values_list("pk", flat=True)) == keys
    assert ModelAnswer.objects.count() == 1


def test_a_table_is_not_sent_to_the_model(process: Process, settings: Any) -> None:
    series("model")
    Report.objects.create(sha256=f"{abs(hash(REPORT)):064x}"[:64], name="a.csv", size=1, format="csv", text=REPORT)
    with serving(says(CAREFUL)) as server:
        pointed_at(settings, server)
        process(REPORT)
        assert server.questions == []


@pytest.mark.parametrize(
    ("deed", "code"), [(status(401), "model_denied"), (status(400), "model_rejected"), (hangs, "model_timeout")]
)
def test_where_the_model_fails_the_report_is_read_offline_and_says_why(
    process: Process, settings: Any, deed: Any, code: str
) -> None:
    series("model")
    settings.MODEL_READER_SECONDS = 0.4
    with serving(deed) as server:
        pointed_at(settings, server)
        report = process(REPORT)
    assert (winners(report), codes(report)) == ([(1, ["Paul Brion"])], [code])
    assert ReadingRecord.objects.get().reader == "offline"
    assert ReadingJob.objects.get().state in ("done", "asking")


def test_at_the_limit_the_editor_reads_a_clear_sentence_and_the_offline_reading(
    process: Process, settings: Any
) -> None:
    series("both")
    settings.MODEL_READER_MONTHLY_COST = "0"
    with serving(says(CAREFUL)) as server:
        pointed_at(settings, server)
        report = process(REPORT)
        assert server.questions == []
    page = client_of("editor").get(reverse("racing:report", args=[report.pk])).content.decode()
    assert "What may be spent on the model this month (0.00 EUR) is used up: the offline reader has read." in page


def test_a_series_that_wants_a_model_where_there_is_none_says_so(process: Process, settings: Any) -> None:
    series("model")
    settings.MODEL_READER_URL = ""
    report = process(REPORT)
    assert (codes(report), winners(report)) == (["model_off"], [(1, ["Paul Brion"])])


def test_the_desk_sees_where_the_readers_differ_what_holds_and_what_it_cost(process: Process, settings: Any) -> None:
    series("both")
    settings.MODEL_READER_PRICE_IN = settings.MODEL_READER_PRICE_OUT = 100
    with serving(says(CAREFUL)) as server:
        pointed_at(settings, server)
        report = process(REPORT)
    address = reverse("racing:report", args=[report.pk])
    page = " ".join(client_of("editor").get(address).content.decode().split())
    assert "Where the readers differ" in page
    assert "two drivers" in page
    assert "the model&#x27;s word holds" in page
    assert "only the model" in page
    assert "The model was asked once: 1200 tokens, 0.1200 EUR." in page.replace("\xa0", "").replace(",200", "200")
    assert 'id="problem-readers-0"' in page
    assert 'href="#problem-readers-0"' in page
    public = Client().get(address).content.decode()
    assert "Where the readers differ" not in public
    assert "EUR" not in public


def test_an_editor_chooses_the_reader_in_the_admin_with_words_that_say_what_it_means(db: None) -> None:
    row = Series.objects.create(name="Trophée du Causse", slug="causse")
    client = client_of("editor")
    address = reverse("admin:racing_series_change", args=[row.pk])
    page = client.get(address).content.decode()
    assert "which is then sent the report" in page
    with translation.override("fr"):
        french = client.get(reverse("admin:racing_series_change", args=[row.pk])).content.decode()
    assert "le lecteur hors ligne" in french
    assert "which is then sent" not in french
    client.post(address, {"name": row.name, "slug": row.slug, "short_name": "", "reader": "both"})
    row.refresh_from_db()
    assert row.reader == "both"


def test_the_account_is_in_the_admin_to_be_looked_at(process: Process, settings: Any) -> None:
    series("model")
    with serving(says("no json")) as server:
        pointed_at(settings, server)
        process(REPORT)
    client = client_of("editor")
    page = client.get(reverse("admin:racing_modelanswer_changelist")).content.decode()
    assert "Questions to the model: 0.00 EUR and 1200 tokens this month" in page
    row = ModelAnswer.objects.get()
    form = client.get(reverse("admin:racing_modelanswer_change", args=[row.pk])).content.decode()
    assert "Nothing of the model&#x27;s answer could be understood" in form
    assert client.post(reverse("admin:racing_modelanswer_delete", args=[row.pk]), {"post": "yes"}).status_code == 403
