"""A timing sheet is uploaded like a report, and ends in results whose evidence leads back to its rows."""

import re

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import translation

from racing import jobs
from racing.intake import take_in
from racing.models import Entry, Fact, Place, Report, Result
from racing.terms import FactKind
from tests.pipeline.conftest import work_on

SHEET = """Porsche Carrera Cup France 2016;;;;;;
Dijon;;;;;;
Course 1 - Classement officiel;;;;;;
Clt;N°;Pilote;Équipe;Cat.;Clt Cat.;Tours;Temps;Écart;Meilleur tour
1;7;FERRAND Camille;Team Ouche;A;1;18;30:12,100;;1:38,900
2;12;BRANDL Otto;Écurie Suzon;B;1;18;30:13,304;1,204;1:38,700
3;31;ACHTERBERG Rosalind;Team Ouche;A;2;17;30:40,000;1 tour;1:39,500
Abandon;44;KEANE Saoirse;Écurie Suzon;B;;4;;;1:40,000
Meilleur tour : N° 12 BRANDL Otto 1:38,700
""".encode("cp1252")


@pytest.mark.django_db
def test_a_sheet_ends_in_places_and_each_leads_to_its_row() -> None:
    report = take_in(SHEET, "r1.csv").report
    job = work_on(report)
    assert (job.error, report.format) == ("", "csv")
    report.refresh_from_db()
    overall = Place.objects.filter(ranking="overall", contest="race").order_by("position")
    names = [place.result.entry.crew.get().driver.last_name for place in overall]
    assert names == ["Ferrand", "Brandl", "Achterberg"]
    assert Entry.objects.count() == 4
    fact = Fact.objects.get(report=report, kind=FactKind.FINISH, ranking="overall", position=2)
    start, end = fact.spans[0]
    assert report.text[start:end].split("\t")[:3] == ["2", "12", "BRANDL Otto"]
    assert Result.objects.filter(status="DNF").count() == 1


@pytest.mark.django_db
def test_its_page_shows_the_rows_with_their_marks(client: Client) -> None:
    report = take_in(SHEET, "r1.csv").report
    work_on(report)
    client.force_login(User.objects.create_superuser("desk"))
    page = client.get(reverse("racing:report", args=[report.pk])).content.decode()
    assert "BRANDL Otto" in page
    assert f"fact-{Fact.objects.filter(report=report).first().pk}" in page


def second(report: Report) -> Fact:
    """Give the fact of the second place overall."""
    return Fact.objects.get(report=report, kind=FactKind.FINISH, ranking="overall", position=2)


@pytest.mark.django_db
@pytest.mark.parametrize(("language", "words"), [("en", "row 6"), ("fr", "ligne 6")])
def test_a_row_is_told_beside_its_fact_and_wherever_the_fact_is_proof(
    client: Client, language: str, words: str
) -> None:
    report = take_in(SHEET, "r1.csv").report
    work_on(report)
    fact = second(report)
    with translation.override(language):
        assert fact.where == words
        own = reverse("racing:report", args=[report.pk])
        race = reverse("standings:race", args=[fact.race.event.slug, 1])
        page = client.get(own).content.decode()
        assert f'<a class="where" href="#fact-{fact.pk}">{words}</a>' in page
        begins = re.search(r'data-row="6"></span>((?:<span class="anchor" id="fact-\d+">)+)', page)
        assert begins
        assert f'id="fact-{fact.pk}"' in begins[1]
        assert f'<a href="{own}#fact-{fact.pk}">r1.csv</a>, {words}</cite>' in client.get(race).content.decode()


@pytest.mark.django_db
def test_a_report_taken_in_before_there_were_rows_is_shown_as_ever_and_gets_them_when_read_again(
    client: Client,
) -> None:
    report = take_in(SHEET, "r1.csv").report
    work_on(report)
    Report.objects.filter(pk=report.pk).update(places=None)
    page = client.get(reverse("racing:report", args=[report.pk])).content.decode()
    assert second(report).where == ""
    assert (page.count("data-row"), page.count('class="where"')) == (0, 0)
    jobs.ask(report)
    work_on(report)
    assert second(report).where == "row 6"


@pytest.mark.django_db
@pytest.mark.parametrize("lost", [True, False])
def test_a_text_that_its_original_no_longer_gives_stays_and_has_characters_alone(lost: bool) -> None:
    report = take_in(SHEET, "r1.csv").report
    work_on(report)
    other = "Autrefois.\n" + Report.objects.get(pk=report.pk).text
    Report.objects.filter(pk=report.pk).update(text=other, places=None, original="00/none" if lost else report.original)
    jobs.ask(report)
    assert work_on(report).error == ""
    assert Report.objects.get(pk=report.pk).text == other
    assert second(report).where == ""
