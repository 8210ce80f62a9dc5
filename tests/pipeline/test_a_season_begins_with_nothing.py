"""The first reports of a season meet an empty database: what they speak of is made, unconfirmed, and nobody twice."""

import pytest

from racing.models import Circuit, CrewMember, Driver, Entry, Event, Race, RacingClass, Round, Season, Series, Team
from racing.reading.facts import Fact, Person
from racing.terms import FactKind
from tests.pipeline.conftest import Upload
from tests.pipeline.telling import heading, meeting, order, reading, retired

CUP = "Coupe Vallier France"


def crews() -> list[tuple[str, ...]]:
    return sorted(tuple(sorted(str(member) for member in entry.crew.all())) for entry in Entry.objects.all())


def drivers() -> list[tuple[str, str]]:
    return list(Driver.objects.values_list("first_name", "last_name"))


def test_all_that_a_report_speaks_of_is_made_and_marked_as_unconfirmed(upload: Upload) -> None:
    facts = [*order("overall", "Loïc Ferrand", "Hugo Marchand"), meeting("Charade", "06-14", "06-17")]
    upload(
        "first",
        reading(heading(CUP, 2017, "Circuit de Dijon", 24), facts, [Person("Loïc Ferrand", team="Team Sorlin")]),
    )
    made = {
        model.__name__: sorted(str(row) for row in model.objects.filter(confirmed=False))
        for model in (Series, Season, Circuit, Event, Driver, Team, Entry)
    }
    assert made == {
        "Series": [CUP],
        "Season": [f"{CUP} 2017"],
        "Circuit": ["Charade", "Circuit de Dijon"],
        "Event": ["Charade 2017", "Circuit de Dijon 2017"],
        "Driver": ["Hugo Marchand", "Loïc Ferrand"],
        "Team": ["Team Sorlin"],
        "Entry": ["Hugo Marchand", "Loïc Ferrand"],
    }
    assert [(row.event.circuit.name, row.order, str(row.event.start)) for row in Round.objects.all()] == [
        ("Circuit de Dijon", 1, "None"),
        ("Charade", 2, "2017-06-14"),
    ]
    assert [(race.number, race.starters) for race in Race.objects.all()] == [(1, 24)]


def test_a_surname_a_full_name_and_lost_accents_are_one_driver(upload: Upload) -> None:
    upload("surname", reading(heading(CUP, 2017, "Dijon"), order("overall", "Güven", "Ferrand")))
    upload("accents lost", reading(heading(CUP, 2017, "Dijon"), order("overall", "Ayhancan Guven", "Loic FERRAND")))
    upload("full", reading(heading(CUP, 2017, "Dijon"), order("overall", "Ayhancan Güven", "Loïc Ferrand")))
    assert drivers() == [("Loïc", "Ferrand"), ("Ayhancan", "Güven")]
    assert crews() == [("Ayhancan Güven",), ("Loïc Ferrand",)]


def test_a_driver_is_the_same_in_another_year_and_another_series(upload: Upload) -> None:
    upload("2017", reading(heading(CUP, 2017, "Dijon"), order("overall", "Loïc Ferrand")))
    upload("2018", reading(heading(CUP, 2018, "Dijon"), order("overall", "Ferrand")))
    upload("other", reading(heading("GT Trophée", 2018, "Dijon"), order("overall", "Loic Ferrand")))
    assert drivers() == [("Loïc", "Ferrand")]
    assert Entry.objects.count() == 3


def test_a_surname_alone_says_nothing_about_drivers_of_another_series(upload: Upload) -> None:
    upload("cup", reading(heading(CUP, 2017, "Dijon"), order("overall", "Loïc Martin")))
    upload("other", reading(heading("GT Trophée", 2017, "Dijon"), order("overall", "Martin")))
    assert drivers() == [("", "Martin"), ("Loïc", "Martin")]


def test_two_of_one_surname_are_two_and_the_surname_alone_is_neither(upload: Upload) -> None:
    upload("both", reading(heading(CUP, 2017, "Dijon"), order("overall", "Loïc Martin", "Paul Martin")))
    report = upload("one", reading(heading(CUP, 2017, "Dijon"), order("overall", "Martin", race=2)))
    assert drivers() == [("Loïc", "Martin"), ("Paul", "Martin")]
    assert [(row.match, row.entry) for fact in report.facts.all() for row in fact.matches.all()] == [
        ("ambiguous", None)
    ]


@pytest.mark.parametrize("forms", [("Vallier France", CUP), (CUP, "Vallier France")])
def test_a_series_without_its_sponsor_is_the_same_series(upload: Upload, forms: tuple[str, str]) -> None:
    for number, name in enumerate(forms):
        upload(f"report {number}", reading(heading(name, 2017, "Dijon"), order("overall", "Loïc Ferrand")))
    assert [(row.name, row.slug) for row in Series.objects.all()] == [(CUP, "coupe-vallier-france")]


def test_a_series_that_only_begins_alike_is_another_series(upload: Upload) -> None:
    for name in ("Coupe Vallier", CUP, "Coupe Vallier Benelux"):
        upload(name, reading(heading(name, 2017, "Dijon"), order("overall", "Loïc Ferrand")))
    assert sorted(Series.objects.values_list("name", flat=True)) == ["Coupe Vallier", "Coupe Vallier Benelux", CUP]


def test_crews_that_share_a_driver_or_a_number_are_one_car(upload: Upload) -> None:
    facts = [
        Fact(FactKind.RETIREMENT, (), race=1, drivers=("Jan Brandt",), number="22"),
        *order("overall", "Ben Askew / Rui Castanho", "Willem Oost"),
        *order("Pro-Am", "Kofod / Jan Brandt"),
        Fact(FactKind.FINISH, (), race=2, ranking="overall", position=1, drivers=("Willem Oost",), number="8"),
        Fact(FactKind.FINISH, (), race=2, ranking="Am", position=1, drivers=("Lars Vik",), number="8"),
    ]
    upload("crews", reading(heading("GT Trophée Europe", 2020, "Spa"), facts))
    assert sorted((entry.number, *sorted(map(str, entry.crew.all()))) for entry in Entry.objects.all()) == [
        ("", "Ben Askew", "Rui Castanho"),
        ("22", "Jan Brandt", "Kofod"),
        ("8", "Lars Vik", "Willem Oost"),
    ]


def test_drivers_known_apart_become_a_crew_when_a_report_says_so(upload: Upload) -> None:
    upload("apart", reading(heading("GT Trophée Europe", 2020, "Spa"), order("overall", "Ben Askew", "Rui Castanho")))
    upload(
        "crew", reading(heading("GT Trophée Europe", 2020, "Spa"), order("overall", "Ben Askew / Rui Castanho", race=2))
    )
    assert crews() == [("Ben Askew", "Rui Castanho")]
    assert CrewMember.objects.count() == 2


def test_classes_are_made_and_rookie_lies_across_the_others(upload: Upload) -> None:
    facts = [*order("B", "Paul Sorel"), *order("Rookie", "Nolan Petit", "Paul Sorel")]
    upload("classes", reading(heading(CUP, 2017, "Dijon"), facts))
    assert sorted(RacingClass.objects.values_list("name", "overlay")) == [("B", False), ("Rookie", True)]
    classes = {str(entry): [str(row) for row in entry.classes.all()] for entry in Entry.objects.all()}
    assert classes == {"Nolan Petit": ["Rookie"], "Paul Sorel": ["B", "Rookie"]}


def test_a_car_that_the_text_sets_outside_the_series_is_a_guest(upload: Upload) -> None:
    guest = Fact(FactKind.FINISH, (), race=1, ranking="track", position=1, drivers=("Dirk Vermeulen",), guest=True)
    upload("guest", reading(heading(CUP, 2017, "Dijon"), [guest, *order("overall", "Loïc Ferrand")]))
    assert dict(Entry.objects.values_list("crew__driver__last_name", "guest")) == {"Vermeulen": True, "Ferrand": False}


def test_who_is_only_named_and_no_longer_told_of_is_cleared_away(
    upload: Upload, readings: dict[str, object], read_again: object
) -> None:
    report = upload(
        "r", reading(heading(CUP, 2017, "Dijon"), [*order("overall", "Loic Ferand", "Hugo Marchand"), retired("Tas")])
    )
    readings["r"] = reading(heading(CUP, 2018, "Charade"), order("overall", "Loïc Ferrand", "Hugo Marchand"))
    read_again(report)  # type: ignore[operator]
    assert drivers() == [("Loïc", "Ferrand"), ("Hugo", "Marchand")]
    assert [str(row) for row in (*Season.objects.all(), *Event.objects.all())] == [f"{CUP} 2018", "Charade 2018"]
    assert [str(row) for row in Circuit.objects.all()] == ["Charade"]


def test_what_a_person_has_confirmed_is_neither_changed_nor_cleared(
    upload: Upload, readings: dict[str, object], read_again: object
) -> None:
    report = upload(
        "r", reading(heading(CUP, 2017, "Dijon"), order("overall", "Loic Ferrand"), [Person("Loic Ferrand", team="A")])
    )
    for model in (Series, Season, Circuit, Event, Driver, Entry, Team):
        model.objects.update(confirmed=True)
    readings["r"] = reading(
        heading(CUP, 2017, "Dijon"), order("overall", "Loïc Ferrand"), [Person("Loïc Ferrand", team="B")]
    )
    read_again(report)  # type: ignore[operator]
    assert [(str(entry), str(entry.team), entry.confirmed) for entry in Entry.objects.all()] == [
        ("Loic Ferrand", "A", True)
    ]
    readings["r"] = reading(heading("Other Cup", 2019, "Spa"), order("overall", "Nolan Petit"))
    read_again(report)  # type: ignore[operator]
    assert sorted(map(str, Series.objects.all())) == [CUP, "Other Cup"]
    assert sorted(map(str, Driver.objects.all())) == ["Loic Ferrand", "Nolan Petit"]
