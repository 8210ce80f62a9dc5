"""The demonstration's season, told whole, is worth by its rulebook what its own independent calculation says."""

import pytest

from racing.terms import OVERALL, TRACK, Contest, Status
from standings.rulebook import planned
from standings.scoring import Line, RaceResults, Rules, parse_rules, score
from tests.demo.truth import Race, Truth, load

CLASSES = ("Pro", "Pro-Am", "Am", "Rookie")
RANKINGS = (OVERALL, *CLASSES)


@pytest.fixture(scope="module")
def truth() -> Truth:
    return load()


def races(truth: Truth, ids: dict[str, int]) -> list[RaceResults]:
    """Give the season as it holds when every place is known."""
    return [
        RaceResults(key, key, key, lines=tuple(line(truth, race, number, ids) for number in truth.cars))
        for key, race in enumerate(truth.races, 1)
    ]


def line(truth: Truth, race: Race, number: int, ids: dict[str, int]) -> Line:
    car = truth.cars[number]
    places = {}
    for ranking in (TRACK, *RANKINGS):
        for contest, order in ((Contest.RACE, race.finish), (Contest.QUALIFYING, race.qualifying)):
            cars = truth.order(order, ranking)
            if number in cars:
                places[contest, ranking] = cars.index(number) + 1
        if race.fastest_lap.get(ranking) == number:
            places[Contest.FASTEST_LAP, ranking] = 1
    status = Status.FINISHED if number in race.finish else Status.DNF if number in race.retired else Status.DNS
    drivers = tuple(ids[name] for name in car.drivers)
    return Line(number, drivers, None, not car.classes, frozenset(car.classes), status, places)


def rules(ranking: str) -> Rules:
    slug = "drivers" if ranking == OVERALL else ranking.lower()
    plans = planned(["Trophée des Volcans"], 2026, CLASSES)
    return parse_rules(next(plan for plan in plans if plan.slug == slug).rules)


@pytest.mark.parametrize("ranking", RANKINGS)
def test_every_table_of_the_sample_season_is_what_it_should_be(truth: Truth, ranking: str) -> None:
    names = sorted({name for car in truth.cars.values() for name in car.drivers})
    ids = {name: key for key, name in enumerate(names, 1)}
    tables = score(rules(ranking), races(truth, ids)).tables
    for after, table in enumerate(tables, 1):
        worth = {names[row.subject - 1]: row.points for row in table.rows}
        assert worth == {
            name: points for name, points in truth.table(ranking, after).items() if name in worth or points
        }
        gross = {names[row.subject - 1]: row.gross for row in table.rows}
        scored = [truth.scores(ranking, race) for race in truth.races[:after]]
        assert gross == {name: sum(row[name] for row in scored) for name in gross}
