"""Each question is a form of its own, with the proposal chosen and its reason; an answer is kept and the report goes on."""

import pytest
from django.test import Client
from django.urls import reverse

from racing.guessing import Guest
from racing.models import Answer, ReadingJob
from racing.questions import Choice, Question
from racing.terms import JobState
from tests.admin.forms import fill_in
from tests.corrections.paddock import Paddock
from tests.desk.people import client_of
from tests.standings.building import make_season

RACE = Question(
    "race", "", "Which race?", 2, "Both tell of rain.", (Choice("1", "Race 1"), Choice("2", "Race 2")), True
)
YEAR = Question("year", "", "Which year?", 2017, "Nine of its drivers drove in it.", free=True)


@pytest.fixture
def editor(db: None) -> Client:
    return client_of("editor")


def ask(monkeypatch: pytest.MonkeyPatch, *questions: Question) -> None:
    monkeypatch.setattr("racing.views.report.open_questions", lambda report: list(questions))


def joint(paddock: Paddock) -> Question:
    other = make_season("Coupe d’Ailleurs", 2023)
    guests = (Guest("Gil Haas", True, "From another country."), Guest("Ida Jung", False))
    return Question(
        "joint", str(other.pk), "Also a round?", {"round": True, "guests": ["Gil Haas"]}, "Why.", guests=guests
    )


def answer_as_proposed(editor: Client, paddock: Paddock, **changed: object) -> Answer:
    """Send the page's form of the question as it stands, with some fields changed."""
    form = fill_in(editor, reverse("racing:report", args=[paddock.report.pk]), **changed)
    response = editor.post(reverse("racing:answer", args=[paddock.report.pk]), form)
    assert response.url == reverse("racing:report", args=[paddock.report.pk])
    return Answer.objects.get()


def test_a_proposal_is_chosen_with_its_reason(
    paddock: Paddock, editor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask(monkeypatch, RACE)
    words = editor.get(reverse("racing:report", args=[paddock.report.pk])).content.decode()
    assert "Which race?" in words
    assert "Both tell of rain." in words
    assert '<input type="radio" name="value" value="2" checked>' in words
    given = answer_as_proposed(editor, paddock)
    assert (given.question, given.value, given.author.username) == ("race", 2, "editor")
    assert ReadingJob.objects.get(report=paddock.report).state == JobState.WAITING


def test_what_is_written_goes_before_what_is_chosen(
    paddock: Paddock, editor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask(monkeypatch, RACE)
    assert answer_as_proposed(editor, paddock, other="3").value == 3


def test_a_proposal_without_choices_stands_in_the_field(
    paddock: Paddock, editor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask(monkeypatch, YEAR)
    assert answer_as_proposed(editor, paddock).value == 2017


def test_a_joint_grid_is_answered_with_its_guests(
    paddock: Paddock, editor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    question = joint(paddock)
    ask(monkeypatch, question)
    given = answer_as_proposed(editor, paddock)
    assert (given.subject, given.value) == (question.subject, {"round": True, "guests": ["Gil Haas"]})


def test_a_grid_that_was_not_joint_has_no_guests(
    paddock: Paddock, editor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask(monkeypatch, joint(paddock))
    assert answer_as_proposed(editor, paddock, round="no").value == {"round": False, "guests": []}


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"kind": "year", "other": "soon"}, "Give the year with four digits."),
        ({"kind": "joint", "subject": "0"}, "There is no such season any more."),
        ({"kind": "weather", "value": "rain"}, "This is not asked."),
        ({}, "This is not asked."),
    ],
)
def test_what_is_no_answer_is_said_and_not_kept(
    paddock: Paddock, editor: Client, given: dict[str, str], said: str
) -> None:
    address = reverse("racing:answer", args=[paddock.report.pk])
    assert said in editor.post(address, given, follow=True).content.decode()
    assert Answer.objects.count() == 0
    assert ReadingJob.objects.get(report=paddock.report).state == JobState.DONE


def test_visitors_are_asked_nothing(paddock: Paddock, monkeypatch: pytest.MonkeyPatch) -> None:
    ask(monkeypatch, RACE)
    words = Client().get(reverse("racing:report", args=[paddock.report.pk])).content.decode()
    assert "Which race?" not in words
