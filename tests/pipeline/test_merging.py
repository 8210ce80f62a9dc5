"""Two rows that are one become one: nothing that people said is lost, and the other name is known from then on."""

import pytest

from racing import merging, pipeline
from racing.models import (
    Alias,
    Circuit,
    Correction,
    Driver,
    Entry,
    Event,
    FactEntry,
    Place,
    Race,
    Result,
    Season,
    Series,
    Team,
)
from tests.pipeline.conftest import Again, Upload
from tests.pipeline.telling import heading, order, reading

CUP = "A Cup"


def correction(race: Race, entry: Entry, value: int) -> Correction:
    return Correction.objects.create(race=race, entry=entry, field="race:overall", value=value, reason="seen")


def test_a_merged_driver_is_found_by_the_other_name_from_then_on(upload: Upload, read_again: Again) -> None:
    told = reading(heading(CUP, 2017, "Dijon"), order("overall", "Aleksandr Petrov", "Sacha Petroff"))
    report = upload("r", told)
    keep, gone = Driver.objects.get(last_name="Petrov"), Driver.objects.get(last_name="Petroff")
    merging.merge_drivers(keep, gone)
    assert list(Alias.objects.values_list("text", "driver")) == [("Sacha Petroff", keep.pk)]
    read_again(report)
    assert [str(driver) for driver in Driver.objects.all()] == ["Aleksandr Petrov"]
    assert [str(entry) for entry in Entry.objects.all()] == ["Aleksandr Petrov"]
    assert set(FactEntry.objects.values_list("match", flat=True)) == {"proposed"}


def test_merged_entries_keep_every_correction_and_the_kept_ones_hold(upload: Upload) -> None:
    upload("r", reading(heading(CUP, 2017, "Dijon"), order("overall", "Loïc Ferrand", "Hugo Marchand")))
    race = Race.objects.get()
    keep, gone = (Entry.objects.get(crew__driver__last_name=name) for name in ("Ferrand", "Marchand"))
    mine, other = correction(race, keep, 5), correction(race, gone, 7)
    merging.merge_entries(keep, gone)
    pipeline.settle_races([race])
    for row in (mine, other):
        row.refresh_from_db()
    assert (mine.entry, mine.withdrawn_at) == (keep, None)
    assert other.entry == keep
    assert other.withdrawn_at is not None
    assert [str(member) for member in keep.crew.all()] == ["Loïc Ferrand", "Hugo Marchand"]
    assert Result.objects.get().entry == keep
    assert Place.objects.get(ranking="overall").position == 5


def test_entries_of_two_seasons_are_not_merged(upload: Upload) -> None:
    for year in (2017, 2018):
        upload(str(year), reading(heading(CUP, year, "Dijon"), order("overall", "Loïc Ferrand")))
    keep, gone = Entry.objects.all()
    with pytest.raises(ValueError, match="two seasons"):
        merging.merge_entries(keep, gone)


def test_nothing_is_merged_with_itself(upload: Upload) -> None:
    upload("r", reading(heading(CUP, 2017, "Dijon"), order("overall", "Loïc Ferrand")))
    driver = Driver.objects.get()
    with pytest.raises(ValueError, match="itself"):
        merging.merge_drivers(driver, driver)


def test_a_merged_team_and_circuit_leave_their_names(upload: Upload, read_again: Again) -> None:
    report = upload("r", reading(heading(CUP, 2017, "Magny-Cours"), order("overall", "Loïc Ferrand")))
    kept = Circuit.objects.create(name="Nevers", slug="nevers", confirmed=True)
    merging.merge_circuits(kept, Circuit.objects.get(name="Magny-Cours"))
    teams = [Team.objects.create(name=name, slug=name.lower(), confirmed=True) for name in ("Sorlin", "Vallier")]
    merging.merge_teams(*teams)
    read_again(report)
    assert [circuit.name for circuit in Circuit.objects.all()] == ["Nevers"]
    assert [team.name for team in Team.objects.all()] == ["Sorlin"]
    assert sorted(Alias.objects.values_list("text", flat=True)) == ["Magny-Cours", "Vallier"]
    assert report.reading.event.circuit == kept


def test_merged_series_share_their_seasons(upload: Upload, read_again: Again) -> None:
    first = upload("first", reading(heading(CUP, 2017, "Dijon"), order("overall", "Loïc Ferrand", "Hugo Marchand")))
    second = upload(
        "second", reading(heading("Cup of A", 2017, "Spa"), order("overall", "Hugo Marchand", "Loïc Ferrand"))
    )
    upload("third", reading(heading("Cup of A", 2018, "Spa"), order("overall", "Hugo Marchand")))
    merging.merge_series(Series.objects.get(name=CUP), Series.objects.get(name="Cup of A"))
    for report in (first, second):
        read_again(report)
    assert [str(season) for season in Season.objects.order_by("year")] == [f"{CUP} 2017", f"{CUP} 2018"]
    assert sorted(str(entry) for entry in Entry.objects.filter(season__year=2017)) == ["Hugo Marchand", "Loïc Ferrand"]
    assert Season.objects.get(year=2017).rounds.count() == 2


def test_merged_events_are_one_meeting_with_its_corrections(upload: Upload) -> None:
    upload("a", reading(heading("A Cup", 2017, "Dijon"), order("overall", "Loïc Ferrand")))
    upload(
        "b",
        reading(heading("B Cup", 2017, "Dijon"), [*order("overall", "Nolan Petit"), *order("overall", "X", race=2)]),
    )
    keep, gone = (Event.objects.get(seasons__series__name=name) for name in ("A Cup", "B Cup"))
    corrected = correction(
        Race.objects.get(event=gone, number=1), Entry.objects.get(crew__driver__last_name="Petit"), 3
    )
    merging.merge_events(keep, gone)
    corrected.refresh_from_db()
    assert [race.number for race in keep.races.all()] == [1, 2]
    assert corrected.race == keep.races.get(number=1)
    assert sorted(str(season) for season in keep.seasons.all()) == ["A Cup 2017", "B Cup 2017"]
