"""What is kept of races that were bounded before never shows: the bounds are those of a process that has just begun."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings

from racing.terms import OVERALL, Contest, Status
from standings.scoring import Bounds, Entrants, Line, RaceResults, Rules, bound, kept, parse_rules, score
from tests.scoring import partly_known

RULES = parse_rules({"scales": {"race": [5, 3, 2, 1]}, "ineligible": "rerank"})
LIST = tuple(Line(key, (100 + key,)) for key in range(1, 7))


def _bound_anew(rules: Rules, races: Sequence[RaceResults], entrants: Mapping[int, Entrants]) -> tuple[Bounds, ...]:
    """Bound a season as a process does in which nothing is kept."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("standings.scoring.bounding.KEPT", kept.Kept())
        return bound(rules, races, score(rules, races), entrants)


def _race(key: int, *order: int) -> RaceResults:
    return RaceResults(key, key, key, lines=tuple(_line(entry, place) for place, entry in enumerate(order, 1)))


def _line(entry: int, place: int) -> Line:
    return replace(LIST[entry - 1], places={(Contest.RACE, OVERALL): place}, status=Status.FINISHED)


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(partly_known.rules(), partly_known.rules() | partly_known.rarer_rules(), partly_known.seasons())
def test_whatever_was_bounded_before_the_bounds_are_the_same(
    one: Rules, other: Rules, season: tuple[list[RaceResults], Mapping[int, Entrants]]
) -> None:
    races, entrants = season
    for rules in (one, other, one):
        assert bound(rules, races, score(rules, races), entrants) == _bound_anew(rules, races, entrants)


def test_a_correction_and_its_being_taken_back_are_followed() -> None:
    entrants = dict.fromkeys((1, 2), Entrants(LIST))
    told, corrected = [_race(1, 1, 2), _race(2, 2, 1)], [_race(1, 1, 2), _race(2, 3, 1)]
    for races in (told, corrected, told):
        assert bound(RULES, races, score(RULES, races), entrants) == _bound_anew(RULES, races, entrants)


def test_another_entry_on_the_list_is_followed() -> None:
    races = [_race(1, 1, 2), _race(2, 2, 1)]
    for cars in (LIST[:2], LIST, LIST[:3]):
        entrants = dict.fromkeys((1, 2), Entrants(cars, others=False))
        assert bound(RULES, races, score(RULES, races), entrants) == _bound_anew(RULES, races, entrants)


def test_a_race_that_did_not_change_is_not_worked_out_again(monkeypatch: pytest.MonkeyPatch) -> None:
    worked_out: list[int] = []

    class Stakes(kept.StakesInClasses):
        def look_at_all(self) -> None:
            worked_out.append(self.race.race.key)
            super().look_at_all()

    monkeypatch.setattr(kept, "StakesInClasses", Stakes)
    monkeypatch.setattr("standings.scoring.bounding.KEPT", kept.Kept())
    entrants = dict.fromkeys((1, 2, 3), Entrants(LIST))
    races = [_race(1, 1, 2), _race(2, 2, 1), _race(3, 4, 5)]
    bound(RULES, races, score(RULES, races), entrants)
    # Loaded anew, with one place corrected.
    again = [_race(1, 1, 2), _race(2, 2, 6), _race(3, 4, 5)]
    same_rules = parse_rules({"scales": {"race": [5, 3, 2, 1]}, "ineligible": "rerank"})
    bound(same_rules, again, score(same_rules, again), entrants)
    assert worked_out == [1, 2, 3, 2]


def test_only_so_much_is_kept() -> None:
    box = kept.Kept()
    for key in range(kept.RACES + 40):
        followed = box.followed(parse_rules({"scales": {"race": [key % (kept.RULES + 20) + 1]}}))
        box.stakes(followed, _race(key, 1), Entrants(LIST))
    for points in range(kept.CHAMPIONSHIPS + 5):
        box.stakes(box.followed(parse_rules({"scales": {"race": [points]}})), _race(0, 1), Entrants(LIST))
    assert box.held() == (kept.RULES, kept.RACES, kept.CHAMPIONSHIPS)
