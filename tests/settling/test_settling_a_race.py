"""Facts and corrections of one race, settled for one season."""

from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from racing.settling import Amendment, Classification, Conflict, SettledResult, Source, Starter, settle
from racing.settling import Testimony as Told
from racing.terms import OVERALL, TRACK, Contest, FactKind, Origin, Status


def starters(count: int, guests: set[int] = frozenset(), **classes: set[int]) -> list[Starter]:  # type: ignore[assignment]
    """Give `count` starters, some of them guests; `Pro_Am={3}` puts car 3 into Pro-Am. Rookie is the overlay."""
    rows = []
    for key in range(1, count + 1):
        names = frozenset(name.replace("_", "-") for name, cars in classes.items() if key in cars)
        rows.append(Starter(key, key in guests, names, names & {"Rookie"}))
    return rows


def finish(entry: int, position: int, ranking: str = OVERALL, **more: Any) -> Told:
    return Told(
        fact=entry * 100 + position, entry=entry, kind=FactKind.FINISH, ranking=ranking, position=position, **more
    )


def places(settled: Classification, contest: Contest = Contest.RACE) -> dict[tuple[int, str], tuple[int, Origin]]:
    return {
        (result.entry, place.ranking): (place.position, place.source.origin)
        for result in settled.results
        for place in result.places
        if place.contest == contest
    }


def test_a_report_that_ranks_the_rookies_says_nothing_of_the_rest() -> None:
    settled = settle(starters(2, Rookie={2}), [finish(2, 1, "Rookie")], [])
    assert places(settled) == {(2, "Rookie"): (1, Origin.STATED)}


def test_an_unknown_place_ahead_is_not_guessed() -> None:
    settled = settle(starters(3), [finish(1, 1, TRACK), finish(3, 3, TRACK)], [])
    assert (3, OVERALL) not in places(settled)


def test_a_guest_keeps_his_place_on_the_road_and_has_none_in_the_series() -> None:
    told = [finish(1, 1, TRACK), finish(2, 2, TRACK), finish(3, 3, TRACK)]
    assert places(settle(starters(3, guests={2}), told, [])) == {
        (1, TRACK): (1, Origin.STATED),
        (2, TRACK): (2, Origin.STATED),
        (3, TRACK): (3, Origin.STATED),
        (1, OVERALL): (1, Origin.DERIVED),
        (3, OVERALL): (2, Origin.DERIVED),
    }


def test_an_overall_listing_with_a_guest_in_it_is_the_order_on_the_road() -> None:
    told = [finish(1, 1), finish(2, 2), finish(3, 3)]
    settled = settle(starters(3, guests={1}), told, [])
    assert places(settled)[(3, OVERALL)] == (2, Origin.DERIVED)
    assert places(settled)[(1, TRACK)] == (1, Origin.STATED)
    assert (1, OVERALL) not in places(settled)


def test_another_series_overall_is_this_ones_road() -> None:
    told = [finish(1, 1, foreign=True), finish(2, 2, foreign=True)]
    assert places(settle(starters(2), told, []))[(2, TRACK)] == (2, Origin.STATED)


def test_the_overall_winner_wins_his_class() -> None:
    settled = settle(starters(2, Silver={1}), [finish(1, 1)], [])
    assert places(settled)[(1, "Silver")] == (1, Origin.DERIVED)


def test_a_class_place_behind_a_car_of_unknown_class_stays_unknown() -> None:
    settled = settle(starters(2, Silver={2}), [finish(1, 1), finish(2, 2)], [])
    assert (2, "Silver") not in places(settled)


def test_a_class_place_behind_cars_of_other_classes_follows() -> None:
    settled = settle(starters(2, Silver={2}, Am={1}), [finish(1, 1), finish(2, 2)], [])
    assert places(settled)[(2, "Silver")] == (1, Origin.DERIVED)


def test_a_car_whose_class_is_told_is_no_rookie_unless_that_is_told_too() -> None:
    settled = settle(starters(3, Am={1, 2, 3}, Rookie={2, 3}), [finish(1, 1), finish(2, 2), finish(3, 3)], [])
    assert (places(settled)[2, "Rookie"], places(settled)[3, "Rookie"]) == ((1, Origin.DERIVED), (2, Origin.DERIVED))
    assert (1, "Rookie") not in places(settled)


def test_a_car_that_is_told_to_be_a_rookie_alone_may_be_in_any_class() -> None:
    settled = settle(starters(2, Am={2}, Rookie={1}), [finish(1, 1), finish(2, 2)], [])
    assert places(settled)[1, "Rookie"] == (1, Origin.DERIVED)
    assert (2, "Am") not in places(settled)


def test_a_derived_place_says_what_it_follows_from() -> None:
    settled = settle(starters(2, guests={1}), [finish(1, 1, TRACK), finish(2, 2, TRACK)], [])
    place = next(place for place in settled.results[1].places if place.ranking == OVERALL)
    assert place.source.why == {"from": TRACK, "position": 2, "without": [1]}


def test_the_later_of_two_documents_holds_and_the_other_is_listed() -> None:
    early, late = finish(1, 2, seq=1), finish(1, 3, seq=2)._replace(fact=999)
    settled = settle(starters(1), [early, late], [])
    assert places(settled)[(1, OVERALL)] == (3, Origin.STATED)
    assert settled.conflicts == (
        Conflict(
            "two_places",
            Contest.RACE,
            OVERALL,
            kept_fact=999,
            other_fact=early.fact,
            detail={"entry": 1, "position": 2},
        ),
    )


def test_a_timing_sheet_outranks_a_later_press_release() -> None:
    sheet, press = finish(1, 2, seq=1, weight=2), finish(1, 3, seq=9)._replace(fact=999)
    assert places(settle(starters(1), [sheet, press], []))[(1, OVERALL)] == (2, Origin.STATED)


def test_two_cars_on_one_place_are_a_disagreement() -> None:
    sure, unsure = finish(1, 1), finish(2, 1, sure=0.6)
    settled = settle(starters(2), [unsure, sure], [])
    assert places(settled) == {(1, OVERALL): (1, Origin.STATED)}
    assert [(c.code, c.kept_fact, c.other_fact) for c in settled.conflicts] == [("place_taken", sure.fact, unsure.fact)]


def test_a_person_outranks_every_report_and_the_report_stays_visible() -> None:
    settled = settle(starters(1), [finish(1, 1, weight=9)], [Amendment(5, 1, "race:overall", 4)])
    assert places(settled) == {(1, OVERALL): (4, Origin.CORRECTED)}
    assert [(c.code, c.kept_correction, c.other_fact) for c in settled.conflicts] == [("two_places", 5, 101)]


def test_two_places_that_a_person_swaps_leave_the_others_where_they_follow() -> None:
    road = [finish(car, car, TRACK) for car in (1, 2, 3, 4, 5)]
    swapped = [Amendment(5, 2, "race:overall", 2), Amendment(6, 3, "race:overall", 1)]
    settled = settle(starters(5, guests={1}), road, swapped)
    overall = {entry: place for (entry, ranking), place in places(settled).items() if ranking == OVERALL}
    assert overall == {
        2: (2, Origin.CORRECTED),
        3: (1, Origin.CORRECTED),
        4: (3, Origin.DERIVED),
        5: (4, Origin.DERIVED),
    }
    assert settled.conflicts == ()


def test_a_car_that_a_person_puts_back_lets_those_before_its_new_place_move_up() -> None:
    road = [finish(car, car, TRACK) for car in (1, 2, 3, 4, 5)]
    settled = settle(starters(5), road, [Amendment(5, 2, "race:overall", 4)])
    overall = {entry: place[0] for (entry, ranking), place in places(settled).items() if ranking == OVERALL}
    assert overall == {1: 1, 3: 2, 4: 3, 2: 4, 5: 5}


def test_a_car_that_a_person_leaves_without_a_place_lets_those_behind_move_up() -> None:
    road = [finish(car, car, TRACK) for car in (1, 2, 3)]
    settled = settle(starters(3), road, [Amendment(5, 1, "race:overall", None)])
    overall = {entry: place[0] for (entry, ranking), place in places(settled).items() if ranking == OVERALL}
    assert overall == {2: 1, 3: 2}


def test_a_person_can_say_that_there_is_no_place() -> None:
    settled = settle(starters(1), [finish(1, 1)], [Amendment(5, 1, "race:overall", None)])
    assert places(settled) == {}


def test_a_car_taken_out_has_no_result() -> None:
    assert settle(starters(1), [finish(1, 1)], [Amendment(5, 1, "taking_part", False)]).results == ()


def test_a_car_that_no_report_told_can_be_added() -> None:
    settled = settle(starters(1), [], [Amendment(5, 1, "taking_part", True)])
    assert settled.results == (SettledResult(1),)


def test_a_disqualified_car_loses_its_place() -> None:
    settled = settle(starters(1), [finish(1, 1)], [Amendment(5, 1, "status", "DSQ")])
    assert (settled.results[0].status, settled.results[0].places) == (Status.DSQ, ())


def test_those_behind_a_disqualified_car_move_up_in_what_follows() -> None:
    road = [finish(car, car, TRACK) for car in (1, 2, 3)]
    settled = settle(starters(3), road, [Amendment(5, 1, "status", "DSQ")])
    overall = {entry: place[0] for (entry, ranking), place in places(settled).items() if ranking == OVERALL}
    assert overall == {2: 1, 3: 2}


DISQUALIFIED = Amendment(5, 1, "status", "DSQ")


def overall_of(settled: Classification) -> dict[int, tuple[int, Origin]]:
    return {entry: place for (entry, ranking), place in places(settled).items() if ranking == OVERALL}


def test_those_whom_the_same_document_places_behind_a_disqualified_car_move_up() -> None:
    settled = settle(starters(5), [finish(car, car) for car in (1, 2, 3, 5)], [DISQUALIFIED])
    assert overall_of(settled) == {2: (1, Origin.DERIVED), 3: (2, Origin.DERIVED), 5: (4, Origin.DERIVED)}
    (place,) = settled.results[1].places
    assert place.source == Source(Origin.DERIVED, fact=202, why={"from": OVERALL, "position": 2, "without": [1]})


def test_classes_follow_from_those_who_moved_up() -> None:
    field = starters(4, Am={3, 4}, Pro={1, 2})
    settled = settle(field, [finish(car, car) for car in (1, 2, 3, 4)], [DISQUALIFIED])
    assert {key: place[0] for key, place in places(settled).items() if key[1] != OVERALL} == {
        (2, "Pro"): 1,
        (3, "Am"): 1,
        (4, "Am"): 2,
    }


@pytest.mark.parametrize(
    ("told", "people"),
    [
        # The later document may know of the disqualification.
        ([finish(1, 1), finish(2, 2), finish(3, 3, seq=1)], []),
        # A person has given the second its place: the third would have the same.
        ([finish(1, 1), finish(2, 2), finish(3, 3)], [Amendment(6, 2, "race:overall", 2)]),
    ],
)
def test_nobody_moves_up_where_it_is_not_sure_that_the_car_was_counted(
    told: list[Told], people: list[Amendment]
) -> None:
    settled = settle(starters(3), told, [DISQUALIFIED, *people])
    assert {entry: place[0] for entry, place in overall_of(settled).items()} == {2: 2, 3: 3}


def test_nobody_moves_up_for_a_car_that_did_not_start() -> None:
    settled = settle(starters(2), [finish(1, 1), finish(2, 2)], [Amendment(5, 1, "status", "DNS")])
    assert overall_of(settled) == {2: (2, Origin.STATED)}


def test_who_is_ahead_of_a_disqualified_car_and_the_order_on_the_road_stay() -> None:
    rows = [finish(2, 1), finish(1, 2), finish(3, 3)]
    assert overall_of(settle(starters(3), rows, [DISQUALIFIED])) == {2: (1, Origin.STATED), 3: (2, Origin.DERIVED)}
    road = settle(starters(3), [finish(car, car, TRACK) for car in (1, 2, 3)], [DISQUALIFIED])
    assert {key: place for key, place in places(road).items() if key[1] == TRACK} == {
        (2, TRACK): (2, Origin.STATED),
        (3, TRACK): (3, Origin.STATED),
    }


def test_a_retirement_is_a_dnf_and_a_place_is_a_finish() -> None:
    out = Told(fact=1, entry=1, kind=FactKind.RETIREMENT)
    settled = settle(starters(2), [out, finish(2, 1)], [])
    assert [result.status for result in settled.results] == [Status.DNF, Status.FINISHED]


def test_a_fastest_lap_overall_is_one_in_class_too() -> None:
    lap = Told(fact=1, entry=1, kind=FactKind.FASTEST_LAP, ranking=OVERALL)
    assert places(settle(starters(1, Am={1}), [lap], []), Contest.FASTEST_LAP) == {
        (1, OVERALL): (1, Origin.STATED),
        (1, "Am"): (1, Origin.DERIVED),
    }


def test_orders_that_contradict_each_other_are_listed_and_nothing_is_derived() -> None:
    told = [finish(1, 1, TRACK), finish(2, 2, TRACK), finish(1, 2), finish(2, 1)]
    settled = settle(starters(3), told, [])
    assert [conflict.code for conflict in settled.conflicts] == ["impossible_order"]


testimonies = st.lists(
    st.builds(
        Told,
        fact=st.integers(1, 10_000),
        entry=st.integers(1, 5),
        kind=st.sampled_from([FactKind.FINISH, FactKind.QUALIFYING, FactKind.RETIREMENT, FactKind.FASTEST_LAP]),
        ranking=st.sampled_from([TRACK, OVERALL, "Am", "Rookie"]),
        position=st.integers(1, 6) | st.none(),
        weight=st.integers(0, 1),
        seq=st.integers(0, 2),
        sure=st.sampled_from([0.5, 1.0]),
        foreign=st.booleans(),
    ),
    max_size=12,
    unique_by=lambda row: row.fact,
)
amendments = st.lists(
    st.builds(
        Amendment,
        correction=st.integers(1, 100),
        entry=st.integers(1, 5),
        field=st.sampled_from(["race:overall", "race:Am", "qualifying:overall"]),
        value=st.integers(1, 6) | st.none(),
    ),
    max_size=3,
    unique_by=lambda row: (row.entry, row.field),
)
FIELD = starters(5, guests={2}, Am={3, 4}, Rookie={4})


@given(testimonies, amendments, st.randoms())
def test_the_order_of_rows_never_matters(told: list[Told], people: list[Amendment], random: Random) -> None:
    shuffled, corrected, field = list(told), list(people), list(FIELD)
    for rows in (shuffled, corrected, field):
        random.shuffle(rows)
    assert settle(field, shuffled, corrected) == settle(FIELD, told, people)


@given(testimonies, amendments)
def test_a_place_has_one_car_unless_people_say_so_and_every_fact_holds_or_is_listed(
    told: list[Told], people: list[Amendment]
) -> None:
    settled = settle(FIELD, told, people)
    taken: set[tuple[Contest, str, int]] = set()
    used = {conflict.other_fact for conflict in settled.conflicts}
    for result in settled.results:
        for place in result.places:
            slot = (place.contest, place.ranking, place.position)
            if place.source.origin == Origin.STATED:
                assert slot not in taken
                taken.add(slot)
                used.add(place.source.fact)
    positions = {(r.entry, p.contest, p.ranking): p.position for r in settled.results for p in r.places}
    contests = {FactKind.FINISH: Contest.RACE, FactKind.QUALIFYING: Contest.QUALIFYING}
    for row in told:
        if row.kind in contests and row.position and row.fact not in used:
            held = [positions.get((row.entry, contests[row.kind], ranking)) for ranking in (row.ranking, TRACK)]
            assert row.position in held


@given(testimonies, amendments, st.sets(st.integers(1, 5), min_size=1, max_size=2))
def test_disqualified_cars_have_no_place_and_nobody_who_moves_up_takes_anothers(
    told: list[Told], people: list[Amendment], out: set[int]
) -> None:
    thrown_out = [Amendment(200 + entry, entry, "status", "DSQ") for entry in sorted(out)]
    people = [row for row in people if row.entry not in out]
    before = {
        (result.entry, place.contest, place.ranking): place.position
        for result in settle(FIELD, told, people).results
        for place in result.places
    }
    settled = settle(FIELD, told, [*people, *thrown_out])
    slots: dict[tuple[Contest, str], list[int]] = {}
    for result in settled.results:
        for place in result.places:
            assert place.contest != Contest.RACE or result.entry not in out
            slots.setdefault((place.contest, place.ranking), []).append(place.position)
            if place.source.origin == Origin.DERIVED and place.source.fact is not None:
                assert place.ranking != TRACK
                assert place.position == place.source.why["position"] - len(place.source.why["without"])
                assert before.get((result.entry, place.contest, place.ranking)) in (place.source.why["position"], None)
    if not people:
        assert all(len(set(positions)) == len(positions) for positions in slots.values())
