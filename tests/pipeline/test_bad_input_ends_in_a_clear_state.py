"""Whatever comes in ends in a state with a sentence for the person who can act; the file is kept and may be tried again."""

import pytest

from racing import jobs, pipeline, questions
from racing.intake import take_in, take_in_text
from racing.models import Fact, Place, ReadingJob, Report, Season, Series
from racing.problems import SENTENCES
from racing.reading.facts import Reading
from racing.reading.known import Known
from racing.sandbox import Outcome, SandboxError
from racing.terms import FactKind
from tests.documents.papers import encrypted_pdf, pdf, scanned_pdf
from tests.pipeline.conftest import Again, Upload, work_on
from tests.pipeline.telling import heading, meeting, order, reading

CHINESE = "比赛在斯帕赛道举行。安德劳尔赢得第一回合，拉托雷第二，贝尔图瓦兹第三。比赛在雨中开始，安全车出动。"
NO_RESULT = (
    "Le paddock de Dijon était calme jeudi. Les mécaniciens ont préparé les voitures et le public est attendu samedi."
)
UNKNOWN_SERIES = (
    "Trophée des Volcans 2019, Charade. Course 1 : Loïc Ferrand s'impose devant Hugo Marchand et Paul Sorel."
)


def end_of(report: Report) -> tuple[str, str, int]:
    job = work_on(report)
    assert job.error == "" or job.error in SENTENCES
    assert report.original.storage.exists(report.original.name)
    return job.state, job.error, job.attempts


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (scanned_pdf(), "no_text"),
        (encrypted_pdf(), "encrypted"),
        (pdf("Course 1")[:-400], "broken"),
        (CHINESE.encode(), "unknown_language"),
        (NO_RESULT.encode(), "no_results"),
    ],
    ids=["scanned", "encrypted", "cut off", "Chinese", "no result"],
)
@pytest.mark.django_db
def test_a_document_in_which_nothing_can_be_read_fails_with_its_reason(data: bytes, code: str) -> None:
    report = take_in(data, "report").report
    assert end_of(report) == ("failed", code, 1)
    assert questions.open_questions(report) == []
    assert Series.objects.count() == 0


@pytest.mark.django_db
def test_a_report_of_an_unknown_series_ends_in_a_question_or_makes_the_series() -> None:
    report = take_in_text(UNKNOWN_SERIES).report
    state, error, _ = end_of(report)
    asked = [question.kind for question in questions.open_questions(report)]
    made = list(Series.objects.values_list("name", "confirmed"))
    assert (state, error) in (("asking", ""), ("done", ""))
    assert bool(asked) == (state == "asking")
    assert asked == ["series"] if not made else made == [("Trophée des Volcans", False)]


@pytest.mark.django_db
def test_a_reading_that_takes_too_long_fails_and_may_be_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    report = take_in_text("Course 1").report
    good = reading(heading("A Cup", 2017, "Dijon"), order("overall", "Loïc Ferrand"))

    def slow(data: bytes | None = None, text: str | None = None, known: Known = ()) -> Outcome:
        raise SandboxError("timeout")

    monkeypatch.setattr(pipeline, "read_in_sandbox", slow)
    assert end_of(report) == ("failed", "timeout", 1)
    monkeypatch.setattr(pipeline, "read_in_sandbox", lambda *_, **__: Outcome("Course 1", "txt", good))
    jobs.ask(report)
    assert end_of(report) == ("done", "", 1)
    assert [str(place.result.entry) for place in Place.objects.all()] == ["Loïc Ferrand"]


@pytest.mark.django_db
def test_a_reading_that_breaks_off_is_tried_again_by_itself_and_then_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    report = take_in_text("Course 1").report

    def broken(data: bytes | None = None, text: str | None = None, known: Known = ()) -> Outcome:
        raise SandboxError("crashed", "SIGKILL")

    monkeypatch.setattr(pipeline, "read_in_sandbox", broken)
    assert [end_of(report) for _ in range(3)] == [("waiting", "", 1), ("waiting", "", 2), ("failed", "crashed", 3)]


@pytest.mark.django_db
def test_a_mistake_of_our_own_is_told_and_keeps_what_was_known(
    upload: Upload, read_again: Again, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = upload("r", reading(heading("A Cup", 2017, "Dijon"), order("overall", "Loïc Ferrand")))

    def broken(*args: object) -> None:
        raise ZeroDivisionError("by zero")

    monkeypatch.setattr(pipeline, "match_facts", broken)
    jobs.ask(report)
    claim = jobs.claim(report.pk)
    assert claim is not None
    pipeline.process(report.pk, claim)
    job = ReadingJob.objects.get(report=report)
    assert (job.state, job.error, job.error_detail) == ("failed", "internal", "ZeroDivisionError: by zero")
    assert [str(place.result.entry) for place in Place.objects.all()] == ["Loïc Ferrand"]
    monkeypatch.undo()


@pytest.mark.django_db
def test_a_failed_reading_again_keeps_what_the_first_one_told(
    upload: Upload, read_again: Again, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = upload("r", reading(heading("A Cup", 2017, "Dijon"), order("overall", "Loïc Ferrand")))

    def slow(data: bytes | None = None, text: str | None = None, known: Known = ()) -> Outcome:
        raise SandboxError("memory")

    monkeypatch.setattr(pipeline, "read_in_sandbox", slow)
    assert read_again(report).error == "memory"
    assert Fact.objects.filter(report=report).count() == 1
    assert Place.objects.count() == 1


def test_a_worker_that_lost_its_job_in_the_middle_writes_nothing(
    upload: Upload, readings: dict[str, Reading], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody asks anew while a worker is about to write: the worker's rows are rolled back with its claim."""
    report = upload("r", reading(heading("A Cup", 2017, "Dijon"), order("overall", "Loïc Ferrand")))
    readings["r"] = reading(heading("A Cup", 2018, "Dijon"), order("overall", "Hugo Marchand"))
    jobs.ask(report)
    claim = jobs.claim(report.pk)
    assert claim is not None
    identify = pipeline.identify

    def overtaken(*args: object) -> object:
        found = identify(*args)  # type: ignore[arg-type]
        jobs.ask(report)
        return found

    monkeypatch.setattr(pipeline, "identify", overtaken)
    pipeline.process(report.pk, claim)
    assert ReadingJob.objects.get(report=report).state == "matching"  # on one connection the ask was rolled back too
    assert list(Season.objects.values_list("year", flat=True)) == [2017]


def test_a_report_that_only_announces_meetings_fills_the_calendar(upload: Upload) -> None:
    report = upload("calendar", reading(heading("A Cup", 2017, "Dijon"), [meeting("Charade", "06-14", "06-17")]))
    assert ReadingJob.objects.get(report=report).state == "done"
    assert [str(row.event) for row in Season.objects.get().rounds.all()] == ["Dijon 2017", "Charade 2017"]
    assert Fact.objects.get().kind == FactKind.MEETING
