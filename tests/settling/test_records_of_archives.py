"""What archives say of a race, beside reports and people's corrections."""

from hypothesis import given
from hypothesis import strategies as st

from racing.settling import Amendment, Classification, Conflict, Recorded, Starter, settle
from racing.settling import Testimony as Told
from racing.terms import OVERALL, TRACK, Contest, FactKind, Origin, Status

RACE = (Contest.RACE, OVERALL)
FASTEST = (Contest.FASTEST_LAP, OVERALL)
STARTERS = [Starter(key) for key in range(1, 5)]


def record(entry: int, position: int | None = None, *, archive: int = 1, **more: object) -> Recorded:
    given = {RACE: position} if position else {}
    return Recorded(archive * 100 + entry, archive, entry, more.pop("places", given), **more)  # type: ignore[arg-type]


def places(settled: Classification, key: tuple[Contest, str] = RACE) -> dict[int, tuple[int, int | None]]:
    """Give the places by entry, each with the record that it rests on."""
    return {
        result.entry: (place.position, place.source.record)
        for result in settled.results
        for place in result.places
        if (place.contest, place.ranking) == key
    }


def test_a_record_outranks_a_report_and_the_report_is_noted() -> None:
    told = Told(fact=7, entry=1, kind=FactKind.FINISH, ranking=OVERALL, position=2)
    settled = settle(STARTERS, [told], [], [record(1, 1), record(2, 2)])
    assert places(settled) == {1: (1, 101), 2: (2, 102)}
    assert settled.conflicts == (
        Conflict(
            "two_places",
            Contest.RACE,
            OVERALL,
            other_fact=7,
            kept_record=101,
            detail={"entry": 1, "position": 2},
        ),
    )


def test_a_correction_outranks_a_record_and_the_record_is_noted() -> None:
    amendment = Amendment(9, 1, "race:overall", 2)
    settled = settle(STARTERS, [], [amendment], [record(1, 1), record(2, 2)])
    assert places(settled) == {1: (2, None)}
    assert [(one.code, one.kept_correction, one.other_record) for one in settled.conflicts] == [
        ("two_places", 9, 101),
        ("place_taken", 9, 102),
    ]


def test_a_car_that_a_person_disqualifies_loses_the_place_that_an_archive_gives() -> None:
    settled = settle(STARTERS, [], [Amendment(9, 1, "status", "DSQ")], [record(1, 1, status=Status.FINISHED)])
    assert places(settled) == {}
    assert settled.results[0].status == Status.DSQ
    assert [one.code for one in settled.conflicts] == ["status"]


def test_two_cars_that_one_archive_puts_in_one_place_were_level() -> None:
    rows = [record(1, places={FASTEST: 1}), record(2, places={FASTEST: 1})]
    settled = settle(STARTERS, [], [], rows)
    assert places(settled, FASTEST) == {1: (1, 101), 2: (1, 102)}
    assert settled.conflicts == ()


def test_two_archives_that_give_one_place_to_two_cars_disagree() -> None:
    settled = settle(STARTERS, [], [], [record(1, 1), record(2, 1, archive=2)])
    assert places(settled) == {1: (1, 101)}
    assert [(one.code, one.kept_record, one.other_record) for one in settled.conflicts] == [("place_taken", 101, 202)]


def test_a_status_comes_from_the_archive_and_a_car_without_a_place_took_part() -> None:
    settled = settle(STARTERS, [], [], [record(3, status=Status.DNQ)])
    (result,) = settled.results
    assert (result.entry, result.status, result.places, result.record) == (3, Status.DNQ, (), 103)
    assert result.status_source is not None
    assert (result.status_source.origin, result.status_source.record) == (Origin.STATED, 103)


def test_a_car_that_a_person_takes_out_is_out_whatever_an_archive_says() -> None:
    settled = settle(STARTERS, [], [Amendment(9, 1, "taking_part", False)], [record(1, 1), record(2, 2)])
    assert places(settled) == {2: (2, 102)}


def test_laps_time_at_the_wheel_and_who_drove_the_lap_are_kept_and_corrected() -> None:
    figures = {"laps": 70, "laps_led": 3, "number": "5", "drive": {"1": "30", "2": "40"}}
    row = record(1, places={FASTEST: 1}, holders={Contest.FASTEST_LAP: 1}, figures=figures)
    amendments = [
        Amendment(1, 1, "laps", 69),
        Amendment(2, 1, "drive:2", "41.5"),
        Amendment(3, 1, "holder:fastest_lap", 2),
    ]
    (plain,) = settle(STARTERS, [], [], [row]).results
    (amended,) = settle(STARTERS, [], amendments, [row]).results
    assert (plain.figures, plain.places[0].driver) == (figures, 1)
    assert amended.figures == {"laps": 69, "laps_led": 3, "number": "5", "drive": {"1": "30", "2": "41.5"}}
    assert amended.places[0].driver == 2


def test_what_follows_from_a_record_on_the_road_is_derived() -> None:
    starters = [Starter(1), Starter(2, guest=True), Starter(3)]
    rows = [record(key, places={(Contest.RACE, TRACK): key}) for key in (1, 2, 3)]
    settled = settle(starters, [], [], rows)
    assert places(settled) == {1: (1, None), 3: (2, None)}


@given(st.permutations([record(1, 1), record(2, 2), record(3, status=Status.DNF), record(1, 3, archive=2)]))
def test_the_order_of_the_records_never_matters(rows: list[Recorded]) -> None:
    assert settle(STARTERS, [], [], rows) == settle(STARTERS, [], [], sorted(rows, key=lambda row: row.record))
