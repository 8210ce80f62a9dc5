"""Whether what was read in a report of the sample season is true."""

from dataclasses import replace
from datetime import date

from racing.reading.facts import Fact
from racing.terms import FactKind
from tests.demo.truth import Meeting, Race, Truth

#: What the last reports announce: the meetings of the year after.
NEXT_SEASON = [
    ("Nogaro", date(2027, 3, 27), date(2027, 3, 28)),
    ("Dijon-Prenois", date(2027, 5, 1), date(2027, 5, 2)),
    ("Spa-Francorchamps", date(2027, 6, 5), date(2027, 6, 6)),
    ("Lédenon", date(2027, 7, 3), date(2027, 7, 4)),
    ("Magny-Cours", date(2027, 9, 4), date(2027, 9, 5)),
    ("Charade", date(2027, 10, 9), date(2027, 10, 10)),
]


def is_true(truth: Truth, told_after: int, fact: Fact) -> bool:
    """Tell whether a fact of a report on the `told_after`-th meeting (counted from one) holds."""
    fact = replace(fact, drivers=tuple(name.replace("’", "'") for name in fact.drivers))
    if fact.kind == FactKind.MEETING:
        return (fact.circuit, fact.start, fact.end) in _announced(truth, told_after)
    if fact.kind == FactKind.CLAIM:
        return _claim_holds(truth, 2 * told_after, fact)
    race = _race(truth.meetings[told_after - 1], fact.race)
    return race is not None and _holds_in(truth, race, fact)


def _race(meeting: Meeting, number: int | None) -> Race | None:
    return meeting.races[number - 1] if number in (1, 2) else None


def _announced(truth: Truth, told_after: int) -> list[tuple[str, str, str]]:
    later = [(meeting.circuit, meeting.start, meeting.end) for meeting in truth.meetings[told_after:]]
    return [(circuit, start.isoformat(), end.isoformat()) for circuit, start, end in [*later, *NEXT_SEASON]]


def _holds_in(truth: Truth, race: Race, fact: Fact) -> bool:
    """Tell whether a fact of a race holds."""
    match fact.kind:
        case FactKind.FINISH:
            return truth.place(race.finish, fact.ranking, fact.drivers) == fact.position
        case FactKind.QUALIFYING:
            return truth.place(race.qualifying, fact.ranking, fact.drivers) == fact.position
        case FactKind.FASTEST_LAP:
            return set(fact.drivers) <= set(truth.cars[race.fastest_lap[fact.ranking]].drivers)
        case FactKind.PENALTY:
            return any(set(fact.drivers) <= set(truth.cars[car].drivers) for car in race.penalised)
        case FactKind.RETIREMENT:
            return any(set(fact.drivers) <= set(truth.cars[car].drivers) for car in race.retired)
    return False


def _claim_holds(truth: Truth, after: int, fact: Fact) -> bool:
    """Tell whether the table after so many races says what the claim says of place, points and gap."""
    table = truth.table(fact.ranking or "overall", after)
    points = table[fact.drivers[0]]
    place = 1 + sum(other > points for other in table.values())
    if fact.position not in (None, place) or (fact.points and int(fact.points) != points):
        return False
    if not fact.gap_points:
        return True
    rival = table[fact.gap_to[0]] if fact.gap_to else max(other for other in table.values() if other < points)
    return abs(points - rival) == int(fact.gap_points)
