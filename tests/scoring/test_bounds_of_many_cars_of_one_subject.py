"""What many cars of one team may bring where little is told of them: against every way, and by hand."""

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from racing.terms import OVERALL, TRACK, Contest, Status
from standings.scoring import (
    Bounds,
    Entrants,
    Lead,
    Line,
    RaceResults,
    Rules,
    Subject,
    bound,
    many_cars,
    parse_rules,
    score,
)
from standings.scoring import together as several
from standings.scoring.rules import Shared
from tests.scoring import against, partly_known
from tests.scoring.press_release import LIST

#: Of 38 cars the first eight are of one team; those from the 31st on are Am, of which it has none.
TEAM = tuple(replace(car, team=500 if car.entry <= 8 else 500 + car.entry) for car in LIST)
WON = (Contest.RACE, OVERALL), (Contest.FASTEST_LAP, OVERALL)
#: So many completions of a race are looked at.
WAYS = 400
RULES: dict[str, Any] = {
    "subject": "team",
    "scales": {"race": [20, 18, 16, 14, 12, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1]},
    "ineligible": "rerank",
    "listed": "entered",
}


@pytest.fixture
def no_way_is_looked_at_by_itself() -> Iterator[None]:
    """Look for the best and the worst way even where there are few."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(several, "WAYS", 0)
        yield


def _bounds(*told: tuple[int, int] | tuple[int, Status], cars: Any = "all", starters: int | None = None) -> Bounds:
    """Bound a race of which some cars' places are told, or how else they ended."""
    lines = [
        replace(TEAM[car - 1], status=what)
        if isinstance(what, Status)
        else replace(TEAM[car - 1], status=Status.FINISHED, places={(Contest.RACE, OVERALL): what})
        for car, what in told
    ]
    races = [RaceResults(1, 1, 1, starters=starters, lines=tuple(lines))]
    rules = parse_rules({**RULES, "cars": cars})
    (bounds,) = bound(rules, races, score(rules, races), {1: Entrants(TEAM)})
    return bounds


def test_eight_cars_of_one_team_may_all_have_come_in_next_to_each_other() -> None:
    bounds = _bounds((9, 1), (10, 2), (1, 3))
    assert bounds.points[500] == (Fraction(16), Fraction(16 + 14 + 12 + 10 + 9 + 8 + 7 + 6))
    assert bounds.exact


def test_of_eight_cars_the_best_two_are_paid_and_the_known_one_need_not_be_one_of_them() -> None:
    bounds = _bounds((9, 1), (1, 5), cars=2)
    assert bounds.points[500] == (Fraction(12), Fraction(18 + 16))
    assert bounds.exact


def test_a_bonus_that_is_known_to_be_anothers_changes_nothing() -> None:
    lapped = replace(TEAM[8], status=Status.FINISHED, places=dict.fromkeys(WON, 1))
    races = [RaceResults(1, 1, 1, lines=(lapped, replace(TEAM[0], status=Status.FINISHED, places={WON[0]: 5})))]
    rules = parse_rules({**RULES, "cars": 2, "bonuses": [{"on": "fastest_lap", "points": 1}]})
    (bounds,) = bound(rules, races, score(rules, races), {1: Entrants(TEAM)})
    assert bounds.points[500] == (Fraction(12), Fraction(18 + 16))
    assert bounds.exact


def test_cars_that_are_known_to_have_stopped_bring_nothing() -> None:
    bounds = _bounds((9, 1), *[(car, Status.DNF) for car in range(2, 6)])
    assert bounds.points[500] == (Fraction(0), Fraction(18 + 16 + 14 + 12))
    assert bounds.exact


def test_no_more_of_them_may_have_come_in_than_started() -> None:
    bounds = _bounds((9, 1), (1, 3), starters=5)
    assert bounds.points[500] == (Fraction(16), Fraction(16 + 18 + 14 + 12))
    assert bounds.exact


def test_the_third_car_of_a_leader_whose_best_two_are_known_stands_in_nobodys_way() -> None:
    cars = tuple(replace(car, team=501 + (car.entry > 3)) for car in LIST[:6])
    first, second = (
        tuple(
            replace(cars[car - 1], status=Status.FINISHED, places={(Contest.RACE, OVERALL): place})
            for place, car in enumerate(order, 1)
        )
        for order in ((1, 2), (4,))
    )
    races = [RaceResults(1, 1, 1, lines=first), RaceResults(2, 2, 2, lines=second)]
    rules = parse_rules({**RULES, "cars": 2})
    bounds = bound(rules, races, score(rules, races), dict.fromkeys((1, 2), Entrants(cars)))[-1]
    # The other team may have been third and fourth, and in the second race first and second.
    assert bounds.lead == Lead(501, certain=False, rival=502)
    assert bounds.exact


def test_where_too_many_beginnings_would_have_to_be_looked_at_the_bounds_hold_and_are_not_called_exact(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(many_cars, "BEGINNINGS", 3)
    bounds = _bounds((9, 1), (10, 2), (1, 3))
    least, most = bounds.points[500]
    assert least <= 16
    assert most is not None
    assert most >= 82
    assert not bounds.exact


@st.composite
def teams(draw: st.DrawFn, rules: st.SearchStrategy[Rules]) -> Rules:
    """Draw rules for teams."""
    return replace(draw(rules), subject=Subject.TEAM)


@st.composite
def one_team(draw: st.DrawFn) -> against.Season:
    """Draw a race in which all cars are of one team, and are told apart by little."""
    races, entrants = draw(partly_known.seasons(4, 1))

    def of_it(line: Line) -> Line:
        return replace(line, team=301, guest=False)

    def told(line: Line) -> Line:
        # Who is no guest is numbered on the road as in the series, unless the race had guests.
        places = {key: place for key, place in line.places.items() if key[1] != TRACK} if line.guest else line.places
        return replace(of_it(line), places=places)

    races = [replace(race, starters=None, lines=tuple(map(told, race.lines))) for race in races]
    listed = {key: replace(one, listed=tuple(map(of_it, one.listed))) for key, one in entrants.items()}
    return races, listed


ANY_RULES = (
    partly_known.rules()
    | partly_known.rules_by_starters()
    | partly_known.rules_with_qualifying()
    | partly_known.rules_with_laps()
)


@pytest.mark.usefixtures("no_way_is_looked_at_by_itself")
@against.EVERY_WAY
@given(teams(ANY_RULES), partly_known.seasons(3))
def test_the_least_and_the_most_of_teams_are_those_of_all_completions(rules: Rules, season: against.Season) -> None:
    against.are_those_of_all(*against.completed(rules, season))


@pytest.mark.usefixtures("no_way_is_looked_at_by_itself")
@against.EVERY_WAY
@given(teams(ANY_RULES), one_team())
def test_where_all_cars_are_of_one_team_they_are_so_too(rules: Rules, season: against.Season) -> None:
    against.are_those_of_all(*against.completed(rules, season, 2000))


@st.composite
def rules_with_qualifying_alone(draw: st.DrawFn) -> Rules:
    """Draw rules for teams by which places in qualifying are paid, whatever becomes of the race."""
    drawn = draw(partly_known.rules_with_qualifying())
    paid = replace(drawn.bonuses[0], classified=False, top=None)
    return replace(
        drawn,
        subject=Subject.TEAM,
        bonuses=(paid,),
        bonus_for_all_cars=True,
        shared=Shared.EACH,
        not_droppable=frozenset(),
        segments=(),
        best_of_round=None,
    )


@against.EVERY_WAY
@given(rules_with_qualifying_alone(), partly_known.seasons(3, 1))
def test_where_they_are_paid_for_qualifying_too_they_are_exactly_those(rules: Rules, season: against.Season) -> None:
    against.are_exactly_those_of_all(*against.completed(rules, season, WAYS))


@against.EVERY_WAY
@given(rules_with_qualifying_alone(), partly_known.seasons(3, 1))
def test_a_team_leads_for_certain_only_if_it_does_so_wherever_its_cars_qualified(
    rules: Rules, season: against.Season
) -> None:
    against.is_certain_where_it_is_told(*against.completed(rules, season, WAYS))
