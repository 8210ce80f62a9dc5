"""The order of a group out of the order that holds it."""

from itertools import combinations
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from racing.deriving import ImpossibleOrderError, places_within


def test_an_unknown_car_ahead_leaves_the_place_open() -> None:
    assert places_within({1: 1, 2: 5}, {1, 2}, set(), {}) == {1: 1}


def test_somebody_of_unknown_class_ahead_leaves_the_place_open() -> None:
    assert places_within({1: 1, 2: 2}, {2}, set(), {}) == {}


def test_nobody_ahead_makes_the_first_of_the_group() -> None:
    assert places_within({7: 1}, {7}, set(), {}) == {7: 1}


def test_guests_are_taken_out() -> None:
    assert places_within({1: 1, 2: 2, 3: 3, 4: 4}, {2, 4}, {1, 3}, {}) == {2: 1, 4: 2}


def test_a_place_that_another_holds_decides_between_two() -> None:
    # On the road 1, 2 (a guest), 3, an unknown fourth, 5, 6. Car 40, of unknown place on the road, is third of the series:
    # then it was the fourth, and those behind follow.
    base = {10: 1, 20: 2, 30: 3, 50: 5, 60: 6}
    assert places_within(base, {10, 30, 40, 50, 60}, {20}, {10: 1, 30: 2, 40: 3}) == {50: 4, 60: 5}


def test_contradicting_orders_are_told() -> None:
    with pytest.raises(ImpossibleOrderError):
        places_within({1: 1, 2: 2}, {1, 2}, set(), {1: 2, 2: 1})


def test_a_stated_place_beyond_the_road_is_told() -> None:
    with pytest.raises(ImpossibleOrderError):
        places_within({1: 3}, {1}, {2}, {1: 4})


def test_a_dead_heat_is_borne() -> None:
    assert places_within({1: 1, 2: 1, 3: 3}, {1, 2, 3}, set(), {}) == {1: 1, 2: 1, 3: 3}


def worlds(size: int, base: dict[int, int], inside: set[int], outside: set[int], stated: dict[int, int]) -> list[dict]:
    """Give every way in which `size` cars can have finished that agrees with what is known, naively."""
    found = []
    unknown = [place for place in range(1, size + 1) if place not in base.values()]
    maybe = [("known", entry) for entry in base if entry not in inside and entry not in outside]
    maybe += [("place", place) for place in unknown]
    lost = [entry for entry in stated if entry not in base]
    for count in range(len(maybe) + 1):
        for members in combinations(maybe, count):
            places = {base[entry] for entry in inside if entry in base}
            places |= {base[key] if kind == "known" else key for kind, key in members}
            rank = {place: number for number, place in enumerate(sorted(places), 1)}
            if any(rank[base[entry]] != stated[entry] for entry in stated if entry in base):
                continue
            free = {rank[place] for place in unknown if place in rank}
            if all(stated[entry] in free for entry in lost):
                found.append({entry: rank[base[entry]] for entry in inside if entry in base and entry not in stated})
    return found


@given(st.data())
def test_what_is_derived_holds_in_every_world_that_agrees_with_what_is_known(data: st.DataObject) -> None:
    size = data.draw(st.integers(2, 6))
    order = list(range(1, size + 1))
    kinds = {car: data.draw(st.sampled_from(["in", "out", "maybe"])) for car in order}
    truly_in = [car for car in order if kinds[car] == "in" or (kinds[car] == "maybe" and data.draw(st.booleans()))]
    true_rank = {car: number for number, car in enumerate(truly_in, 1)}
    base = {car: car for car in order if data.draw(st.booleans())}
    inside = {car for car in order if kinds[car] == "in"}
    outside = {car for car in order if kinds[car] == "out" and car in base}
    stated = {car: true_rank[car] for car in inside if data.draw(st.booleans())}

    derived = places_within(base, inside, outside, stated)

    possible = worlds(size, base, inside, outside, stated)
    assert possible, "the true order agrees with itself"
    for world in possible:
        assert {entry: world[entry] for entry in derived} == derived


def derived_or_refused(
    base: dict[int, int], inside: set[int], outside: set[int], stated: dict[int, int]
) -> dict[int, int] | str:
    try:
        return places_within(base, inside, outside, stated)
    except ImpossibleOrderError:
        return "impossible"


@given(st.data())
def test_to_number_at_once_gives_what_narrowing_gives(data: st.DataObject) -> None:
    # Mostly all are known, in an order with a gap or a dead heat now and then; or nobody's place is.
    cars = data.draw(st.permutations(range(1, data.draw(st.integers(0, 6)) + 1)))
    base = {car: place + data.draw(st.sampled_from([0, 0, 0, 0, 1])) for place, car in enumerate(cars, 1)}
    kinds = {car: data.draw(st.sampled_from(["in", "in", "out", "out", "maybe"])) for car in [*cars, 7]}
    inside, outside = ({car for car, kind in kinds.items() if kind == told} for told in ("in", "out"))
    ranks = {car: 1 + sum(base[other] < base[car] for other in inside & base.keys()) for car in inside & base.keys()}
    ranks[7] = data.draw(st.integers(1, 7))
    stated = {car: place for car, place in ranks.items() if data.draw(st.sampled_from([False, False, True]))}

    at_once = derived_or_refused(base, inside, outside, stated)

    with patch("racing.deriving._numbered", return_value=None):
        assert derived_or_refused(base, inside, outside, stated) == at_once
