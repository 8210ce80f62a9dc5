"""What is settled and scored stands in rows together, for each season that a race counts in."""

import pytest
from django.contrib.auth.models import User
from django.db import transaction

from racing import corrections, pipeline
from racing.models import Disagreement, Entry, Fact, Place, Race, Result, Season
from racing.reading.facts import Fact as Told
from racing.reading.facts import Reading
from racing.signals import results_changed
from racing.terms import FactKind
from tests.pipeline.conftest import Again, Upload
from tests.pipeline.telling import heading, order, reading, retired


def places(ranking: str = "overall") -> dict[str, tuple[int, str]]:
    rows = Place.objects.filter(ranking=ranking, contest="race")
    return {str(row.result.entry): (row.position, row.origin) for row in rows}


def test_facts_become_results_with_their_evidence(upload: Upload) -> None:
    facts = [
        *order("overall", "Loïc Ferrand", "Hugo Marchand"),
        Told(FactKind.FASTEST_LAP, (), race=1, ranking="overall", drivers=("Hugo Marchand",), time="1:21.5"),
        Told(FactKind.PENALTY, (), race=1, drivers=("Hugo Marchand",), text="5 s"),
        retired("Nolan Petit"),
    ]
    report = upload("r", reading(heading("A Cup", 2017, "Dijon"), facts))
    rows = {str(row.entry): (row.status, row.penalty) for row in Result.objects.all()}
    assert rows == {"Loïc Ferrand": ("finished", ""), "Hugo Marchand": ("finished", "5 s"), "Nolan Petit": ("DNF", "")}
    assert places() == {"Loïc Ferrand": (1, "stated"), "Hugo Marchand": (2, "stated")}
    evidence = {place.fact for place in Place.objects.all()}
    assert evidence == set(Fact.objects.filter(report=report, kind__in=["finish", "fastest_lap"]))
    assert Place.objects.get(contest="fastest_lap").detail == "1:21.5"


def test_the_later_of_two_reports_holds_and_the_other_is_listed(upload: Upload) -> None:
    top = heading("A Cup", 2017, "Dijon")
    first = upload("first", reading(top, order("overall", "Loïc Ferrand", "Hugo Marchand")))
    upload("second", reading(top, order("overall", "Hugo Marchand", "Loïc Ferrand")))
    assert places() == {"Hugo Marchand": (1, "stated"), "Loïc Ferrand": (2, "stated")}
    assert {row.other_fact.report for row in Disagreement.objects.all() if row.other_fact} == {first}


def test_a_correction_survives_another_reading(
    upload: Upload, read_again: Again, readings: dict[str, Reading], staff: User
) -> None:
    top = heading("A Cup", 2017, "Dijon")
    report = upload("r", reading(top, order("overall", "Loïc Ferrand", "Hugo Marchand")))
    entry = Entry.objects.get(crew__driver__last_name="Marchand")
    corrections.correct(Race.objects.get(), entry, "race:overall", 7, "seen on the sheet", staff)
    readings["r"] = reading(top, order("overall", "Hugo Marchand", "Loïc Ferrand"))
    read_again(report)
    assert places()["Hugo Marchand"] == (7, "corrected")
    readings["r"] = reading(top, order("overall", "Nolan Petit"))
    read_again(report)
    assert places() == {"Hugo Marchand": (7, "corrected"), "Nolan Petit": (1, "stated")}


def test_seasons_are_told_of_inside_the_transaction_that_changed_them(upload: Upload) -> None:
    heard: list[tuple[list[str], bool]] = []

    def hear(sender: object, seasons: list[Season], **kwargs: object) -> None:
        heard.append(([str(season) for season in seasons], transaction.get_connection().in_atomic_block))

    results_changed.connect(hear)
    try:
        upload("r", reading(heading("A Cup", 2017, "Dijon"), order("overall", "Loïc Ferrand")))
    finally:
        results_changed.disconnect(hear)
    assert heard == [(["A Cup 2017"], True)]


def test_settling_again_writes_nothing(upload: Upload) -> None:
    upload("r", reading(heading("A Cup", 2017, "Dijon"), order("overall", "Loïc Ferrand")))
    version = Season.objects.get().version
    with transaction.atomic():
        assert [str(season) for season in pipeline.settle_races(Race.objects.all())] == ["A Cup 2017"]
    assert Season.objects.get().version == version


@pytest.mark.django_db
def test_settling_no_race_concerns_no_season() -> None:
    with transaction.atomic():
        assert pipeline.settle_races([]) == []


def test_a_car_that_changes_from_guest_to_entry_gives_way_to_the_number_of_another(
    upload: Upload, read_again: Again, readings: dict[str, Reading]
) -> None:
    def told(guest: bool) -> Reading:
        rows = [("Loïc Ferrand", False), ("Dirk Vermeulen", guest)]
        facts = [
            Told(
                FactKind.FINISH, (), race=1, ranking="track", position=place, drivers=(name,), number="7", guest=outside
            )
            for place, (name, outside) in enumerate(rows, 1)
        ]
        return reading(heading("A Cup", 2017, "Dijon"), facts)

    report = upload("r", told(guest=True))
    readings["r"] = told(guest=False)
    assert read_again(report).state == "done"
    assert Entry.objects.filter(number="7", guest=False).count() <= 1


def test_names_without_letters_do_no_harm(upload: Upload) -> None:
    upload("r", reading(heading("A Cup", 2017, "Dijon"), order("overall", "Loïc Ferrand", "…", " / ")))
    assert places() == {"Loïc Ferrand": (1, "stated")}
