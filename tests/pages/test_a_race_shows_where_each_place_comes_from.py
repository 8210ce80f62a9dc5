"""The race page: every ranking, and for each line the words, the derivation or the correction that it rests on."""

from typing import Any

from django.test import Client

from racing.models import Fact
from racing.terms import FactKind
from tests.pages.grandstand import Grandstand
from tests.pages.seeing import see, words


def table(client: Client, address: str, caption: str) -> Any:
    """Give the table with this caption."""
    page = see(client, address)
    return next(one for one in page.css("table") if one.css_first("caption").text() == caption)


def lines(node: Any) -> list[tuple[str, str, str]]:
    """Give position, name and the words of each line."""
    for hidden in node.css(".hidden-words"):
        hidden.decompose()
    found = []
    for row in node.css("tbody tr"):
        name, said = row.css_first(".name a"), row.css_first(".words")
        found.append(
            (
                row.css_first("td").text().strip(),
                name.text() if name else row.css_first("th").text().strip(),
                words(said) if said else "",
            )
        )
    return found


def test_a_stated_place_shows_its_sentence_and_leads_to_the_mark(client: Client, grandstand: Grandstand) -> None:
    row = table(client, "/en/events/val-d-argent-2025/race-1/", "Classification overall").css("tbody tr")[0]
    assert row.css_first("q").text() == "À l’arrivée, la 1e place revient à Vasseur."
    fact = Fact.objects.get(race=grandstand.races[0], kind=FactKind.FINISH, position=1)
    assert row.css_first("cite a").attributes["href"] == f"/en/reports/{fact.report_id}/#fact-{fact.pk}"


def test_a_correction_says_who_when_and_why(client: Client, grandstand: Grandstand) -> None:
    found = lines(table(client, "/en/events/val-d-argent-2025/race-1/", "Classification overall"))
    made = grandstand.correction.made_at
    day = f"{made.day} {made:%B %Y}"
    assert found[3] == (
        "4",
        "Jean-Baptiste d’Hautecombe",
        f"corrected by Anne Korrektor on {day}: Feuille des chronométreurs relue.",
    )


def test_a_derived_place_says_what_it_follows_from_and_shows_those_words(
    client: Client, grandstand: Grandstand
) -> None:
    found = lines(table(client, "/en/events/les-deux-ponts-2025/race-1/", "Classification Pro, Coupe des Deux Rives"))
    assert found[0] == (
        "1",
        "Otto Lindemann",
        "derived follows from position 1 overall derived follows from position 2 on the road, without #99 Nadia Brennwald"
        " ahead À l’arrivée, la 2e place revient à Lindemann. les-deux-ponts-2025-1.txt",
    )


def test_a_guest_has_a_place_on_the_road_only(client: Client, grandstand: Grandstand) -> None:
    address = "/en/events/les-deux-ponts-2025/race-1/"
    road = lines(table(client, address, "Classification on the road, Coupe des Deux Rives"))
    overall = lines(table(client, address, "Classification overall, Coupe des Deux Rives"))
    assert [(position, name) for position, name, _ in road][:2] == [("1", "Nadia Brennwald"), ("2", "Otto Lindemann")]
    assert [(position, name) for position, name, _ in overall][:2] == [("1", "Otto Lindemann"), ("2", "Élodie Vasseur")]


def test_each_series_of_a_joint_grid_has_its_own_ranking(client: Client, grandstand: Grandstand) -> None:
    address = "/en/events/les-deux-ponts-2025/race-1/"
    found = lines(table(client, address, "Classification overall, Trophée du Delta"))
    assert [(position, name) for position, name, _ in found] == [("1", "Nadia Brennwald")]


def test_places_that_nobody_tells_are_shown_as_untold(client: Client, grandstand: Grandstand) -> None:
    address = "/en/events/les-deux-ponts-2025/race-2/"
    found = lines(table(client, address, "Classification overall, Coupe des Deux Rives"))
    assert [(position, name) for position, name, _ in found] == [
        ("1", "Baptiste Kerguelen"),
        ("2", "not told by any report"),
        ("3", "Otto Lindemann"),
        ("?", "Marguerite Oyono"),
    ]


def test_who_retired_stands_below_with_the_words_that_say_it(client: Client, grandstand: Grandstand) -> None:
    found = lines(table(client, "/en/events/val-d-argent-2025/race-1/", "Classification overall"))
    assert found[-1] == (
        "Ret",
        "Inês Figueira",
        "Figueira doit renoncer dans le bac à graviers. val-d-argent-2025-1.txt",
    )


def test_a_penalty_is_shown_with_its_words(client: Client, grandstand: Grandstand) -> None:
    page = see(client, "/en/events/les-deux-ponts-2025/race-1/")
    penalty = page.css_first(".penalty")
    assert words(penalty) == "penalty 5 s"
    assert penalty.parent.css("q")[-1].text() == "Żuławski écope de cinq secondes."


def test_pole_and_fastest_lap_have_their_words(client: Client, grandstand: Grandstand) -> None:
    address = "/en/events/val-d-argent-2025/race-1/"
    pole, fastest = (table(client, address, name) for name in ("Qualifying overall", "Fastest lap overall"))
    assert pole.css_first("q").text() == "Kerguelen s’élançait de la pole position."
    assert fastest.css_first("q").text() == "Le tour le plus rapide est l’œuvre de Vasseur."


def test_a_disagreement_shows_both_sides_and_which_holds(client: Client, grandstand: Grandstand) -> None:
    page = see(client, "/en/events/les-deux-ponts-2025/race-2/")
    notice = page.css_first(".notice.warn")
    assert "two cars are given the same place" in notice.text()
    assert [(tag.text(), tag.parent.css_first("q").text()) for tag in notice.css(".tag")] == [
        ("holds", "À l’arrivée, la 1e place revient à Kerguelen."),
        ("does not hold", "À l’arrivée, la 1e place revient à Vasseur."),
    ]


def test_the_words_of_a_report_are_shown_as_text(client: Client, grandstand: Grandstand) -> None:
    fact = Fact.objects.get(race=grandstand.races[0], kind=FactKind.FINISH, position=1)
    report = fact.report
    start, end = fact.spans[0]
    report.text = report.text[:start] + "<script>alert(1)</script>".ljust(end - start) + report.text[end:]
    report.save()
    assert b"<script>alert" not in client.get("/en/events/val-d-argent-2025/race-1/").content
