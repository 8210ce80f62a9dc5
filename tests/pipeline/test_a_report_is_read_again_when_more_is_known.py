"""A report read before its season was known is read again when it is: by itself once, unless a person has decided something."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import translation

from racing import jobs, pipeline, rereading
from racing.corrections import correct
from racing.intake import take_in_text
from racing.models import Answer, Correction, Entry, Fact, Race, ReadingJob, ReadingRecord, Report
from racing.questions import answer
from racing.reading.facts import Fact as ReadFact
from racing.reading.facts import Problem, Reading, Span
from racing.reading.known import Known
from racing.sandbox import Outcome
from racing.terms import FactKind, JobState
from tests.pipeline.conftest import Upload, work_on
from tests.pipeline.telling import heading, order, reading

CUP = "Porsche Carrera Cup France"
CALENDAR = 2017


@pytest.fixture
def sandbox(monkeypatch: pytest.MonkeyPatch) -> dict[str, int]:
    """Let a reader read who knows of a text only what its season's entries tell him, and count how often he reads each."""
    times: dict[str, int] = {}

    def read(data: bytes | None = None, text: str | None = None, known: Known = ()) -> Outcome:
        text = text if data is None else data.decode()
        assert text is not None
        times[text] = times.get(text, 0) + 1
        names = [one.name for entry in known for one in entry.drivers]
        return Outcome(text, "txt", told(text, names))

    monkeypatch.setattr(pipeline, "read_in_sandbox", read)
    return times


def told(text: str, names: list[str]) -> Reading:
    """Read "circuit: driver, driver, ...": whole names are understood, surnames only of drivers who are known."""
    circuit, _colon, rest = text.partition(": ")
    facts: list[ReadFact] = []
    problems: list[Problem] = []
    for place, word in enumerate(rest.split(", "), 1):
        at = text.index(word)
        name = word if " " in word else next((name for name in names if name.endswith(" " + word)), "")
        if name:
            span = (Span(at, at + len(word)),)
            facts.append(ReadFact(FactKind.FINISH, span, 1, "overall", place, (name,)))
        else:
            problems.append(Problem("not_understood", Span(at, at + len(word))))
    return Reading("fr", heading(CUP, CALENDAR, circuit), tuple(facts), (), tuple(problems))


@pytest.fixture(autouse=True)
def asleep(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no worker wake by itself."""
    monkeypatch.setattr("racing.jobs.wake", lambda key, queue=jobs.READING: True)


def take(text: str) -> Report:
    report = take_in_text(text, title=text).report
    work_on(report)
    return report


def work_off() -> list[str]:
    """Do what workers do until nobody waits; names what was read."""
    read: list[str] = []
    while job := ReadingJob.objects.filter(state=JobState.WAITING).order_by("asked_at", "pk").first():
        read.append(job.report.name)
        assert len(read) < 100, "no end"
        work_on(job.report)
    return read


def places(report: Report) -> dict[int | None, str]:
    return {fact.position: fact.drivers[0] for fact in Fact.objects.filter(report=report)}


def state(report: Report) -> str:
    return ReadingJob.objects.get(report=report).state


EARLY = "Dijon: Luc Peltier, Grand, Valence"
LATER = "Magny-Cours: Hugo Grand, Noé Valence, Luc Peltier"


@pytest.mark.django_db
def test_what_was_left_unread_is_read_when_another_report_tells_who_takes_part(sandbox: dict[str, int]) -> None:
    early = take(EARLY)
    assert places(early) == {1: "Luc Peltier"}
    take(LATER)
    assert state(early) == JobState.WAITING
    assert work_off() == [EARLY]
    assert places(early) == {1: "Luc Peltier", 2: "Hugo Grand", 3: "Noé Valence"}
    record = ReadingRecord.objects.get(report=early)
    assert (record.known, record.tried, state(early)) == (3, 3, JobState.DONE)
    assert sandbox == {EARLY: 2, LATER: 2}  # the later one tells its season only when it is read


@pytest.mark.django_db
def test_a_report_of_which_all_was_read_is_left_alone(sandbox: dict[str, int]) -> None:
    whole = take("Dijon: Luc Peltier, Hugo Grand")
    take(LATER)
    assert (state(whole), work_off()) == (JobState.DONE, [])


@pytest.mark.django_db
def test_reading_again_without_more_asks_nobody(sandbox: dict[str, int]) -> None:
    early = take("Dijon: Luc Peltier, Inconnu")
    later = take(LATER)
    assert work_off() == [early.name]
    before = dict(sandbox)
    for report in (early, later, early):
        jobs.ask(report)
        assert work_off() == [report.name]
    assert sum(sandbox.values()) == sum(before.values()) + 3
    assert places(early) == {1: "Luc Peltier"}


@pytest.mark.django_db
def test_reports_that_help_each_other_come_to_an_end(sandbox: dict[str, int]) -> None:
    texts = [
        "Dijon: Luc Peltier, Grand, Valence, Personne",
        "Magny-Cours: Hugo Grand, Peltier, Keane, Personne",
        "Nogaro: Noé Valence, Grand, Delmas, Personne",
        "Lédenon: Ida Keane, Zoé Delmas, Peltier, Personne",
    ]
    reports = [take(text) for text in texts]
    work_off()
    assert [len(places(report)) for report in reports] == [3, 3, 3, 3]
    entries = Entry.objects.count()
    for record in ReadingRecord.objects.all():
        assert record.tried <= entries
    # Each was read once for itself (once more where it told its season), then at most once for each car that came.
    assert max(sandbox.values()) <= 2 + entries
    assert work_off() == []


@pytest.mark.django_db
def test_asking_twice_asks_once(sandbox: dict[str, int]) -> None:
    early = take(EARLY)
    season = take(LATER).reading.season_id
    asked_at = ReadingJob.objects.get(report=early).asked_at
    assert rereading.ask_where_more_is_known([season, season]) == []
    assert ReadingJob.objects.get(report=early).asked_at == asked_at
    assert work_off() == [EARLY]


@pytest.mark.django_db(transaction=True)
def test_a_worker_who_dies_after_asking_has_asked_nobody(
    sandbox: dict[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    early = take(EARLY)
    later = take_in_text(LATER, title=LATER).report
    true = pipeline.ask_where_more_is_known

    def and_dies(seasons: list[int]) -> list[int]:
        assert true(seasons) == [early.pk]
        raise KeyboardInterrupt

    monkeypatch.setattr(pipeline, "ask_where_more_is_known", and_dies)
    claim = jobs.claim(later.pk)
    assert claim is not None
    with pytest.raises(KeyboardInterrupt):
        pipeline.process(later.pk, claim)
    assert (state(early), ReadingRecord.objects.get(report=early).tried) == (JobState.DONE, 0)
    monkeypatch.setattr(pipeline, "ask_where_more_is_known", true)
    jobs.ask(later)
    assert work_off() == [LATER, EARLY]
    assert len(places(early)) == 3


@pytest.mark.django_db
def test_who_is_at_work_on_a_report_keeps_it_and_looks_himself(sandbox: dict[str, int]) -> None:
    early = take_in_text(EARLY, title=EARLY).report
    claim = jobs.claim(early.pk)
    assert claim is not None
    known = pipeline._read(Report.objects.get(pk=early.pk), claim)
    take(LATER)
    assert state(early) == JobState.READING
    pipeline._place(early.pk, claim, known[0], len(known[1]), known[2])
    jobs.advance(claim, JobState.SETTLING)
    pipeline._settle(early.pk, claim, known[0].reading)
    assert state(early) == JobState.WAITING
    assert work_off() == [EARLY]
    assert len(places(early)) == 3


@pytest.mark.django_db
def test_what_a_person_answered_or_corrected_is_never_read_over_by_itself(sandbox: dict[str, int], staff: User) -> None:
    answered, corrected = take(EARLY), take("Nogaro: Luc Peltier, Grand")
    answer(answered, "race", "", 1, staff)
    work_off()
    race = Race.objects.get(facts__report=corrected)
    correct(race, Entry.objects.get(), "status", "DSQ", "stewards", staff)
    take(LATER)
    assert work_off() == []
    assert [len(places(report)) for report in (answered, corrected)] == [1, 1]
    # A person may have it read all the same; what was decided stays.
    jobs.ask(corrected)
    work_off()
    assert len(places(corrected)) == 2
    assert (Answer.objects.count(), Correction.objects.filter(withdrawn_at=None).count()) == (1, 1)


@pytest.mark.django_db
def test_an_entry_that_an_editor_makes_helps_too(sandbox: dict[str, int]) -> None:
    early = take(EARLY)
    season = ReadingRecord.objects.get(report=early).season
    Entry.objects.update(confirmed=True)
    pipeline.rebuild_seasons([season.pk])
    assert state(early) == JobState.WAITING
    assert work_off() == [EARLY]


@pytest.mark.django_db
def test_a_question_that_is_open_is_reason_enough(upload: Upload) -> None:
    asking = upload("which", reading(heading(CUP, CALENDAR, "Dijon"), order("overall", "Luc Peltier", race=None)))
    assert state(asking) == JobState.ASKING
    upload("other", reading(heading(CUP, CALENDAR, "Magny-Cours"), order("overall", "Hugo Grand")))
    assert work_off() == ["which"]
    assert state(asking) == JobState.ASKING


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "offer"),
    [("en", "Read again with the 2 entries now known"), ("fr", "Relire avec les 2 engagements maintenant connus")],
)
def test_the_page_offers_to_read_again_with_the_entries_now_known(
    sandbox: dict[str, int], staff_client: Client, language: str, offer: str
) -> None:
    whole = take("Dijon: Luc Peltier, Hugo Grand")
    with translation.override(language):
        address = reverse("racing:report", args=[whole.pk])
        again = reverse("racing:read_again", args=[whole.pk])
        assert offer not in staff_client.get(address).content.decode()
        take("Magny-Cours: Hugo Grand, Luc Peltier")
        assert offer in staff_client.get(address).content.decode()
        assert offer not in Client().get(address).content.decode()
        staff_client.post(again)
        work_off()
        assert offer not in staff_client.get(address).content.decode()
