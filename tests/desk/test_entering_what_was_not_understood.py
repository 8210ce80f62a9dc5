"""A sentence that was not understood is listed with its place, and its result is entered by hand from there."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from racing import rereading
from racing.corrections import withdraw
from racing.entering import Sentence, named_in, position_in, sentence_at
from racing.models import Correction, Entry, Place, Race, ReadingRecord, Report
from tests.corrections.paddock import Paddock
from tests.desk.people import client_of

UNREAD = "Fiszer, elle, voit le drapeau en 4e position."


@pytest.fixture
def editor(db: None) -> Client:
    return client_of("editor")


@pytest.fixture
def sentence(paddock: Paddock) -> Sentence:
    """Let the report of the paddock have a sentence that nobody understood, in row 7 of a table."""
    report = paddock.report
    text = f"{report.text}\n{UNREAD}\nFin."
    start = text.index(UNREAD)
    span = {"start": start, "end": start + len(UNREAD)}
    Report.objects.filter(pk=report.pk).update(text=text, places=[[start, 7]])
    problem = {"code": "not_understood", "span": span, "detail": ""}
    ReadingRecord.objects.filter(report=report).update(problems=[problem], language="fr")
    return Sentence(Report.objects.get(pk=report.pk), start, start + len(UNREAD))


def page_of(client: Client, report: Report) -> str:
    return client.get(reverse("racing:report", args=[report.pk])).content.decode()


def address(sentence: Sentence) -> str:
    return f"{reverse('racing:enter', args=[sentence.report.pk])}?at={sentence.start}-{sentence.end}"


def given(paddock: Paddock, **other: object) -> dict[str, object]:
    """Give what the form sends when it is sent as it is filled in."""
    filled = {"race": 1, "entry": paddock.entries[4].pk, "field": "race:overall", "position": 4}
    return {**filled, "status": "", "reason": "It says so.", **other}


def test_a_sentence_that_was_not_understood_stands_with_its_place_and_a_way_to_enter_it(
    paddock: Paddock, sentence: Sentence, editor: Client
) -> None:
    page = page_of(editor, sentence.report)
    assert "This looks like a result and was not understood. Enter it by hand if it is one." in page
    assert f'<a href="#problem-0"><q>{UNREAD}</q></a>' in page
    assert '<a class="where" href="#problem-0">row 7</a>' in page
    assert f'href="{address(sentence)}"' in page
    public = page_of(Client(), sentence.report)
    assert UNREAD in public
    assert "/enter/" not in public


def test_the_form_comes_with_what_the_sentence_suggests(paddock: Paddock, sentence: Sentence, editor: Client) -> None:
    response = editor.get(address(sentence))
    form, page = response.context["form"], response.content.decode()
    assert (form["race"].value(), form["entry"].value(), form["position"].value()) == (1, paddock.entries[4].pk, 4)
    assert form["reason"].value() == f"« {UNREAD} » ({sentence.report}, row 7)"
    assert [label for _pk, label in form.fields["entry"].widget.choices][1].endswith("Ewa Fiszer")
    assert [number for number, _label in form.fields["race"].choices] == [1, 2, 3]
    assert f"<q>{UNREAD}</q>" in page
    assert f'<option value="{paddock.entries[4].pk}" selected>' in page


def test_what_is_entered_holds_leads_to_its_words_and_is_no_longer_unread(
    paddock: Paddock, sentence: Sentence, editor: Client
) -> None:
    response = editor.post(address(sentence), given(paddock))
    made = Correction.objects.get(field="race:overall")
    own = reverse("racing:report", args=[sentence.report.pk])
    assert response.url == f"{own}#told-correction-{made.pk}"
    assert (made.value, made.report, made.span) == (4, sentence.report, [sentence.start, sentence.end])
    place = Place.objects.get(result__entry=paddock.entries[4], contest="race", ranking="overall")
    assert (place.position, place.correction) == (4, made)
    page = page_of(editor, sentence.report)
    assert f'id="correction-{made.pk}"' in page
    assert f'href="#correction-{made.pk}"' in page
    assert "race, overall: 4" in page
    assert '<span class="tag good">entered by hand</span>' in page
    assert "/enter/?at=" not in page
    race = Client().get(reverse("standings:race", args=[made.race.event.slug, 1])).content.decode()
    assert f'<a href="{own}#correction-{made.pk}">the words</a>' in race


def test_it_is_a_person_s_decision_on_the_report_and_can_be_taken_back(
    paddock: Paddock, sentence: Sentence, editor: Client
) -> None:
    ReadingRecord.objects.filter(report=sentence.report).update(known=0, tried=0)
    assert not rereading.decided_by_a_person(sentence.report.pk)
    editor.post(address(sentence), given(paddock, race=3))
    assert rereading.decided_by_a_person(sentence.report.pk)
    for row in Correction.objects.all():
        withdraw(row, User.objects.get(username="editor"))
    assert "entered by hand" not in page_of(editor, sentence.report).lower()
    assert "/enter/?at=" in page_of(editor, sentence.report)


def test_a_race_that_nobody_told_of_is_made(paddock: Paddock, sentence: Sentence, editor: Client) -> None:
    editor.post(address(sentence), given(paddock, race=3, position="", status="DNF"))
    race = Race.objects.get(number=3)
    result = race.results.get()
    assert (result.entry, result.status) == (paddock.entries[4], "DNF")


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"position": ""}, "Give a place or a status."),
        ({"position": 1, "race": 1, "reason": " "}, "This field is required."),
        ({"entry": 10**6}, "Select a valid choice."),
        ({"race": 9}, "Select a valid choice."),
        ({"field": "race:none"}, "Select a valid choice."),
    ],
)
def test_what_cannot_be_meant_is_refused_with_a_sentence_and_nothing_is_kept(
    paddock: Paddock, sentence: Sentence, editor: Client, sent: dict[str, object], said: str
) -> None:
    response = editor.post(address(sentence), given(paddock, **sent))
    assert response.status_code == 422
    assert said in response.content.decode()
    assert (Correction.objects.count(), Race.objects.count()) == (0, 2)


def test_a_place_that_a_person_gave_to_another_is_refused_and_the_new_race_with_it(
    paddock: Paddock, sentence: Sentence, editor: Client
) -> None:
    editor.post(address(sentence), given(paddock))
    response = editor.post(address(sentence), given(paddock, entry=paddock.entries[3].pk))
    assert response.status_code == 422
    assert "cannot both be given place 4" in response.content.decode()


def test_only_who_may_correct_may_enter_and_only_where_the_meeting_is_known(
    paddock: Paddock, sentence: Sentence, editor: Client
) -> None:
    assert client_of("staff").get(address(sentence)).status_code == 403
    assert Client().get(address(sentence)).status_code == 302
    ReadingRecord.objects.filter(report=sentence.report).update(event=None)
    assert editor.get(address(sentence)).status_code == 404
    assert "/enter/" not in page_of(editor, sentence.report)


def test_a_result_may_be_entered_without_a_sentence(paddock: Paddock, sentence: Sentence, editor: Client) -> None:
    plain = reverse("racing:enter", args=[sentence.report.pk])
    assert editor.get(plain).context["form"]["reason"].value() == sentence.report.name
    editor.post(plain, given(paddock))
    made = Correction.objects.get(field="race:overall")
    assert (made.report, made.span) == (sentence.report, None)
    assert f'<span class="anchor" id="correction-{made.pk}"></span>' in page_of(editor, sentence.report)


@pytest.mark.parametrize("place", ["", "5", "9-3", "3-3", "0-999999", "-1-4", "a-b", "0-9999999999"])
def test_an_address_that_names_no_place_names_no_words(paddock: Paddock, place: str) -> None:
    assert sentence_at(paddock.report, place).quote == ""


@pytest.mark.parametrize(
    ("words", "language", "place"),
    [
        ("Fiszer voit le drapeau en 4e position", "fr", 4),
        ("Fiszer sort deuxième, la numéro 27", "fr", 2),
        ("P3 for Fiszer, 27 seconds behind", "en", 3),
        ("Fiszer came home fifth", "en", 5),
        ("Fiszer auf Rang 6. Der Rest", "de", 6),
        ("Fiszer in car 27 had 12 laps", "en", None),
        ("Fiszer sort deuxième", "", None),
    ],
)
def test_the_place_that_a_sentence_tells_is_suggested(words: str, language: str, place: int | None) -> None:
    assert position_in(words, language) == place


def test_cars_are_suggested_in_the_order_in_which_a_sentence_names_them(paddock: Paddock) -> None:
    entries = list(Entry.objects.prefetch_related("crew__driver").order_by("pk"))
    found = named_in("Devant FISZER, Denis Esteve passe Cazalet", entries)
    assert [str(entry.crew.get().driver) for entry in found] == ["Ewa Fiszer", "Denis Estève"]


def test_a_long_sentence_is_cut_in_the_reason_and_its_source_kept(paddock: Paddock) -> None:
    report = Report(name="r.txt", text="mot " * 400)
    reason = Sentence(report, 0, 1600).reason
    assert len(reason) <= 300
    assert reason.endswith("… » (r.txt)")
