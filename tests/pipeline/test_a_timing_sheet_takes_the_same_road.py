"""A timing sheet is uploaded like a report, and ends in results whose evidence leads back to its rows."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from racing.intake import take_in
from racing.models import Entry, Fact, Place, Result
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
