"""Words marked, facts beside them, each leading to the other and to the result; for the staff also the way it takes."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from racing.models import Fact, FactEntry, Place, ReadingJob, ReadingRecord, Report
from racing.terms import FactKind, JobState, Match
from standings.models import ClaimCheck
from tests.corrections.paddock import Paddock
from tests.desk.people import client_of


def words_of(client: Client, report: Report) -> str:
    response = client.get(reverse("racing:report", args=[report.pk]))
    assert response.status_code == 200
    return response.content.decode()


@pytest.fixture
def visitor(db: None) -> Client:
    return Client()


@pytest.fixture
def editor(db: None) -> Client:
    return client_of("editor")


def test_each_fact_has_its_anchor_on_its_words_and_leads_to_its_result(paddock: Paddock, visitor: Client) -> None:
    words = words_of(visitor, paddock.report)
    address = reverse("standings:race", args=[paddock.races[0].event.slug, 1])
    for fact in paddock.report.facts.filter(kind=FactKind.FINISH):
        place = Place.objects.get(result__race=fact.race, contest="race", ranking="overall", position=fact.position)
        assert words.count(f'id="fact-{fact.pk}"') == 1
        assert f'<a href="#told-fact-{fact.pk}">{fact.quote}</a>' in words
        assert f'href="#fact-{fact.pk}"' in words
        assert f'href="{address}#place-{place.pk}"' in words


def test_the_result_leads_back_to_the_words(paddock: Paddock, visitor: Client) -> None:
    address = reverse("standings:race", args=[paddock.races[0].event.slug, 1])
    race = visitor.get(address).content.decode()
    fact = paddock.report.facts.first()
    assert fact is not None
    assert f"{reverse('racing:report', args=[paddock.report.pk])}#fact-{fact.pk}" in race
    place = Place.objects.get(fact=fact)
    assert f'id="place-{place.pk}"' in race


def test_facts_stand_by_race_and_ranking(paddock: Paddock, visitor: Client) -> None:
    words = words_of(visitor, paddock.report)
    beside = words[words.index('id="told"') :]
    assert re.findall(r"<h[34]>\s*([^<]+?)\s*<", beside) == [
        "Race 1",
        "Race, overall",
        "Qualifying, overall",
        "Retirements",
    ]


def test_whom_the_reader_did_not_find_is_said_with_the_reason_for_the_staff(paddock: Paddock, editor: Client) -> None:
    match = FactEntry.objects.filter(fact__report=paddock.report).first()
    assert match is not None
    FactEntry.objects.filter(pk=match.pk).update(entry=None, match=Match.AMBIGUOUS, why="two drivers of this name")
    assert "two drivers of this name" in words_of(editor, paddock.report)
    public = words_of(Client(), paddock.report)
    assert "ambiguous" in public
    assert "two drivers of this name" not in public


def test_a_doubtful_fact_says_how_sure_it_is(paddock: Paddock, visitor: Client) -> None:
    assert "in-doubt" not in words_of(visitor, paddock.report)
    Fact.objects.filter(report=paddock.report, position=3).update(sure=0.55)
    words = words_of(visitor, paddock.report)
    assert "in doubt (55 %)" in words
    # Told apart in the list and over its own words, and by nothing else.
    fact = Fact.objects.get(report=paddock.report, position=3)
    assert re.findall(r'<li id="told-(fact-\d+)"[^>]*class="in-doubt"', words) == [f"fact-{fact.pk}"]
    assert re.findall(r'<mark class="[a-z]+ doubt" data-of="([^"]+)"', words) == [f"fact-{fact.pk}"]


def test_what_sure_means_is_said_in_words_with_how_many_are(paddock: Paddock, visitor: Client) -> None:
    count = paddock.report.facts.count()
    words = words_of(visitor, paddock.report)
    assert f"{count} facts are sure, none in doubt" in words
    assert "the reader gives a fact 80 % or more" in words
    assert "To the first fact in doubt" not in words
    fact = Fact.objects.get(report=paddock.report, position=3)
    Fact.objects.filter(pk=fact.pk).update(sure=0.79)
    words = words_of(visitor, paddock.report)
    assert f"{count - 1} facts are sure" in words
    assert "1 in doubt" in words
    assert f'<a href="#told-fact-{fact.pk}">To the first fact in doubt</a>' in words
    Fact.objects.filter(pk=fact.pk).update(sure=0.8)
    assert "none in doubt" in words_of(visitor, paddock.report)


def test_a_fact_that_something_else_outranks_says_so(paddock: Paddock, visitor: Client) -> None:
    assert "something else holds" not in words_of(visitor, paddock.report)
    Fact.objects.filter(report=paddock.report, position=3).update(position=4)
    assert words_of(visitor, paddock.report).count("something else holds") == 1


@pytest.mark.parametrize(
    ("verdict", "said"),
    [("agrees", "our table agrees"), ("disagrees", "our table disagrees"), ("open", "cannot be told yet")],
)
def test_a_claim_stands_with_what_the_table_says_to_it(
    paddock: Paddock, visitor: Client, verdict: str, said: str
) -> None:
    claim = Fact.objects.create(
        report=paddock.report, order=99, kind=FactKind.CLAIM, drivers=["Brisson"], data={"points": "25"}, spans=[[0, 5]]
    )
    ClaimCheck.objects.create(fact=claim, verdict=verdict)
    words = words_of(visitor, paddock.report)
    assert "About the championship" in words
    assert "25 points" in words
    assert said in words


def test_problems_stand_with_their_sentence_and_their_place(paddock: Paddock, visitor: Client) -> None:
    problem = {"code": "not_understood", "span": {"start": 0, "end": 10}, "detail": ""}
    ReadingRecord.objects.filter(report=paddock.report).update(problems=[problem])
    words = words_of(visitor, paddock.report)
    assert "This looks like a result and was not understood." in words
    assert 'id="problem-0"' in words
    assert 'href="#problem-0"' in words


def test_what_is_markup_in_a_report_is_words_on_its_page(paddock: Paddock, visitor: Client) -> None:
    Report.objects.filter(pk=paddock.report.pk).update(text="<script>alert(1)</script><b>x</b>")
    words = words_of(visitor, paddock.report)
    assert "<script>alert" not in words
    assert "<b>x</b>" not in words


def test_the_page_is_answered_with_304_to_who_has_it(paddock: Paddock, visitor: Client) -> None:
    address = reverse("racing:report", args=[paddock.report.pk])
    etag = visitor.get(address).headers["ETag"]
    assert visitor.get(address, headers={"if-none-match": etag}).status_code == 304
    Fact.objects.filter(report=paddock.report, position=3).update(sure=0.5)
    assert visitor.get(address, headers={"if-none-match": etag}).status_code == 200


@pytest.mark.parametrize("state", [JobState.WAITING, JobState.SETTLING, JobState.ASKING, JobState.FAILED])
def test_what_results_rest_on_stays_to_be_seen_while_it_is_read_again(
    paddock: Paddock, visitor: Client, state: JobState
) -> None:
    ReadingJob.objects.filter(report=paddock.report).update(state=state)
    assert paddock.report.text[:20] in re.sub(r"<[^>]+>", "", words_of(visitor, paddock.report))
    assert paddock.report.name in visitor.get("/en/reports/").content.decode()


def test_the_original_is_sent_as_a_file_that_no_browser_runs(editor: Client) -> None:
    page = b"<html><script>alert(1)</script><p>Une course.</p></html>"
    editor.post("/en/upload/", {"text": page.decode()})
    response = editor.get(reverse("racing:original", args=[Report.objects.get().pk]))
    assert b"".join(response.streaming_content).strip() == page
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response.headers["Content-Type"] == "application/octet-stream"


def test_an_original_that_is_gone_is_not_found(paddock: Paddock, editor: Client) -> None:
    Report.objects.filter(pk=paddock.report.pk).update(original="00/nothing")
    assert editor.get(reverse("racing:original", args=[paddock.report.pk])).status_code == 404


def progress(client: Client, report: Report) -> str:
    return client.get(reverse("racing:progress", args=[report.pk])).content.decode()


@pytest.mark.parametrize(
    ("state", "step"),
    [
        (JobState.WAITING, "waiting"),
        (JobState.READING, "reading"),
        (JobState.MATCHING, "matching"),
        (JobState.SETTLING, "settling and scoring"),
        (JobState.SCORING, "settling and scoring"),
    ],
)
def test_each_step_is_shown_while_it_lasts(paddock: Paddock, editor: Client, state: JobState, step: str) -> None:
    ReadingJob.objects.filter(report=paddock.report).update(state=state)
    piece = progress(editor, paddock.report)
    assert 'data-final="no"' in piece
    assert re.findall(r'aria-current="step">([^<]+)<', piece) == [step]
    assert "Read again" not in piece


def test_what_went_wrong_is_said_with_a_button_to_try_again(paddock: Paddock, editor: Client) -> None:
    ReadingJob.objects.filter(report=paddock.report).update(state=JobState.FAILED, error="encrypted")
    piece = progress(editor, paddock.report)
    assert 'data-final="yes"' in piece
    assert "The document is protected by a password." in piece
    assert "Try again" in piece


def test_a_report_that_asks_something_leads_to_the_questions(paddock: Paddock, editor: Client) -> None:
    ReadingJob.objects.filter(report=paddock.report).update(state=JobState.ASKING)
    piece = progress(editor, paddock.report)
    assert 'data-final="yes"' in piece
    assert 'href="#questions"' in piece


def test_reading_again_asks_for_it_and_leads_back(paddock: Paddock, editor: Client) -> None:
    before = ReadingJob.objects.get(report=paddock.report).asked_at
    address = reverse("racing:read_again", args=[paddock.report.pk])
    assert editor.post(address, {"next": "/en/reports/?page=1"}).url == "/en/reports/?page=1"
    job = ReadingJob.objects.get(report=paddock.report)
    assert (job.state, job.asked_at > before) == (JobState.WAITING, True)
    elsewhere = editor.post(address, {"next": "https://elsewhere.example/"})
    assert elsewhere.url == reverse("racing:report", args=[paddock.report.pk])


def test_progress_is_never_kept_by_a_browser(paddock: Paddock, editor: Client) -> None:
    response = editor.get(reverse("racing:progress", args=[paddock.report.pk]))
    assert "no-store" in response.headers["Cache-Control"]


def test_the_list_shows_states_and_filters_by_them(paddock: Paddock, editor: Client) -> None:
    other = Report.objects.create(sha256="f" * 64, name="failed.txt", size=1, format="txt")
    ReadingJob.objects.create(report=other, state=JobState.FAILED, asked_at=timezone.now(), error="empty")
    everything = editor.get("/en/reports/").content.decode()
    assert other.name in everything
    assert paddock.report.name in everything
    assert "5 results told" in everything
    failed = editor.get("/en/reports/?state=failed").content.decode()
    assert other.name in failed
    assert paddock.report.name not in failed
    assert other.name not in Client().get("/en/reports/?state=failed").content.decode()


def test_the_list_asks_the_database_no_more_for_more_reports(
    paddock: Paddock, editor: Client, django_assert_num_queries
) -> None:
    with CaptureQueriesContext(connection) as few:
        editor.get("/en/reports/")
    for n in range(12):
        report = Report.objects.create(sha256=f"a{n:063d}", name=f"{n}.txt", size=1, format="txt")
        ReadingJob.objects.create(report=report, state=JobState.DONE, asked_at=timezone.now())
        ReadingRecord.objects.create(report=report, season=paddock.season, event=paddock.races[0].event)
    with django_assert_num_queries(len(few)):
        editor.get("/en/reports/")
