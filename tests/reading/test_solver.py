"""From places that sentences state to orders: chains, claims, and what holds of them."""

from collections import Counter
from collections.abc import Iterable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from racing.reading.learned.chains import Stated, places_in
from racing.reading.learned.options import Link, Option, Runner, Source
from racing.reading.learned.solver import Claims, Entry, Key, Vote, choose, claims_of
from racing.terms import FactKind

FINISH = FactKind.FINISH


def _runner(*entity: int, first: int = 0) -> Runner:
    return Runner(tuple(entity), first, first + 1, "name")


def _wins(runner: Runner, sure: float) -> tuple[Option, float, dict[str, float]]:
    return Option(runner, Source(1, "win", 1)), sure, {}


def _behind(runner: Runner, other: Runner, sure: float) -> tuple[Link, float, dict[str, float]]:
    return Link(runner, other), sure, {}


def test_a_chain_gives_each_the_place_behind_the_one_before() -> None:
    a, b, c = _runner(1), _runner(2, first=3), _runner(3, first=5)
    table = places_in([_wins(a, 0.9)], [_behind(b, a, 0.8), _behind(c, b, 0.5)])
    assert {key: round(stated.sure, 3) for key, stated in table.items()} == {
        ((1,), 1): 0.9,
        ((2,), 2): 0.72,
        ((3,), 3): 0.36,
    }


def test_the_place_of_a_follower_tells_that_of_the_one_ahead() -> None:
    a, b = _runner(1), _runner(2, first=3)
    third = (Option(b, Source(5, "rank", 3)), 0.8, {})
    assert places_in([third], [_behind(b, a, 0.5)])[(1,), 2].sure == pytest.approx(0.36)


def test_an_option_and_a_chain_for_the_same_place_make_it_surer_than_either() -> None:
    a, b = _runner(1), _runner(2, first=3)
    second = (Option(b, Source(5, "rank", 2)), 0.6, {})
    stated = places_in([_wins(a, 0.9), second], [_behind(b, a, 0.8)])[(2,), 2]
    assert (stated.sure > 0.72, stated.own) == (True, 0.6)


def test_a_ring_of_links_comes_to_an_end() -> None:
    a, b = _runner(1), _runner(2, first=3)
    table = places_in([_wins(a, 0.9)], [_behind(b, a, 0.99), _behind(a, b, 0.99)])
    assert max(position for _, position in table) <= 13


def _entry(scene: int, sure: float, **rankings: float) -> Entry:
    return Entry(scene, FINISH, (4,), 2, Stated(sure, sure, 0.0, 1, "rank", _runner(4)), rankings, {1: 0.75, 2: 0.25})


def test_statements_vote_for_claims_by_ranking_and_race() -> None:
    claims = claims_of([_entry(0, 0.8, overall=0.5, Am=0.5), _entry(3, 0.4, overall=1.0)])
    overall = claims[Key(FINISH, 1, "overall", (4,), 2)]
    assert [(round(vote.weight, 3), vote.entry.scene) for vote in overall] == [(0.3, 0), (0.3, 3)]
    assert round(claims[Key(FINISH, 2, "Am", (4,), 2)][0].weight, 3) == 0.1


def test_faint_statements_claim_nothing() -> None:
    assert claims_of([_entry(0, 0.03, overall=1.0)]) == {}


_KEYS = st.builds(
    Key,
    st.sampled_from([FINISH, FactKind.QUALIFYING]),
    st.sampled_from([1, 2]),
    st.sampled_from(["overall", "Am"]),
    st.sets(st.integers(0, 5), min_size=1, max_size=2).map(lambda who: tuple(sorted(who))),
    st.integers(1, 4),
)


def _claims(keys: Iterable[Key], scene: int | None = None) -> Claims:
    """Give claims of one statement each, each of a sentence of its own or all of one."""
    return {key: [Vote(0.5, _entry(n if scene is None else scene, 0.5), 1.0, 1.0)] for n, key in enumerate(keys)}


def test_one_statement_gives_a_place_in_one_race_and_one_ranking() -> None:
    keys = [Key(FINISH, race, ranking, (4,), 2) for race in (1, 2) for ranking in ("overall", "Am")]
    scores = np.array([0.7, 0.6, 0.8, 0.5])
    assert choose(_claims(keys, 3), scores, 0.1) == [(0.8, keys[2])]
    assert len(choose(_claims(keys), scores, 0.1)) == 4


@pytest.mark.parametrize(("second", "several", "wins"), [(0.6, 0.3, 2), (0.6, 0.0, 1), (0.3, 0.3, 1)])
def test_a_sentence_of_several_races_gives_a_place_in_each_that_is_likely(
    second: float, several: float, wins: int
) -> None:
    keys = [Key(FINISH, race, "Am", (4,), 1) for race in (1, 2)]
    claims = _claims(keys, 3)
    for votes in claims.values():
        votes[0].entry.stated.features = {"nr:several": several}
    assert len(choose(claims, np.array([0.9, second]), 0.1)) == wins


@given(st.dictionaries(_KEYS, st.floats(0, 1), max_size=40), st.floats(0, 1))
def test_in_an_order_a_place_has_one_owner_and_a_driver_one_place(scored: dict[Key, float], enough: float) -> None:
    chosen = choose(_claims(scored), np.array(list(scored.values()), float), enough)
    places = Counter((key.kind, key.race, key.ranking, key.position) for _, key in chosen)
    people = Counter((key.kind, key.race, key.ranking, one) for _, key in chosen for one in key.entity)
    assert max([*places.values(), *people.values()], default=1) == 1
    assert all(score >= enough for score, _ in chosen)


@given(st.dictionaries(_KEYS, st.floats(0, 1), min_size=1, max_size=40))
def test_the_likeliest_claim_always_holds(scored: dict[Key, float]) -> None:
    chosen = choose(_claims(scored), np.array(list(scored.values()), float), 0.0)
    assert chosen[0][0] == max(scored.values())
