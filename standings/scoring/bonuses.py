"""Bonuses: who wins what beside the points for the place in a race."""

from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import NamedTuple

from racing.terms import OVERALL, Contest, Status
from standings.scoring.places import NO_PLACE, NOT_STARTED, Field, First, Used, first_of, own_classes
from standings.scoring.results import Line, RaceResults
from standings.scoring.rules import Bonus, DecisionKind, Ranking, Rules, Subject, Ties
from standings.scoring.scored import Part
from standings.scoring.units import ONE, Units, share

#: Bonuses for being first in a contest of which a result says who was.
CONTESTS = {"pole": Contest.QUALIFYING, "fastest_lap": Contest.FASTEST_LAP}

#: The kind of part of a bonus that is not counted at once.
CARRIED = "carried"
_NOTHING = Fraction(0)
FIRST, SPLIT = Ties.FIRST, Ties.SPLIT


class Won(NamedTuple):
    """A bonus of a car; `drivers` (empty: all) are those of its drivers who won it, `carry` as in `rules.Bonus`."""

    part: Part
    drivers: tuple[int, ...] = ()
    carry: bool = False


def as_told(won: Won) -> Part:
    """Give the part of an award that a bonus is: one that is carried makes no points now, its value is what is carried."""
    if not won.carry:
        return won.part
    return won.part._replace(kind=CARRIED, value=won.part.points, factor=ONE, points=_NOTHING, share=1)


def bonuses_of(rules: Rules, units: Units, factor: Fraction, field: Field) -> dict[int, tuple[Won, ...]]:
    """Give the bonuses of each car that has any, by its entry."""
    found: dict[int, tuple[Won, ...]] = {}
    for bonus in rules.bonuses:
        if not is_given(bonus, rules, field.race):
            continue
        winners = list(_winners(bonus, rules, field))
        if bonus.ties is FIRST and winners:
            winners = [min(winners, key=lambda one: (one[1].position if one[1] else NO_PLACE, one[0].entry))]
        among = _sharers(bonus, rules, field) if bonus.ties is SPLIT else 1
        times = factor if bonus.multiplied else ONE
        for line, used, first in winners:
            value = _worth(bonus, first.position)
            drivers = _holders(bonus, rules, field.race, line)
            if value is None or drivers is None or not _meets(bonus, used):
                continue
            points = share(units.times(value, times), among)
            part = Part(
                "bonus",
                bonus.on,
                first.ranking,
                first.position,
                first.why,
                value,
                times,
                points,
                line.entry,
                None,
                among,
            )
            found[line.entry] = (*found.get(line.entry, ()), Won(part, drivers, bonus.carry))
    return found


def is_given(bonus: Bonus, rules: Rules, race: RaceResults) -> bool:
    """Tell whether a bonus is given in such a session, over such a distance, to such subjects."""
    if bonus.pays and rules.subject not in bonus.pays:
        return False
    if bonus.session is not None and bonus.session != race.session:
        return False
    if bonus.min_share_run is None or "share_run" not in race.attributes:
        return True
    return race.attributes["share_run"] >= bonus.min_share_run


def _meets(bonus: Bonus, used: Used | None) -> bool:
    """Tell whether a car's place in the race is such as the bonus asks for."""
    if used is None:
        return not bonus.classified and bonus.top is None
    return bonus.top is None or used.position <= bonus.top


def _worth(bonus: Bonus, position: int) -> Fraction | None:
    if not bonus.scale:
        return bonus.points
    return bonus.scale[position - 1] if position <= len(bonus.scale) else None


def _winners(bonus: Bonus, rules: Rules, field: Field) -> Iterator[tuple[Line, Used | None, First]]:
    """Give the cars that a bonus goes to, if they meet its conditions."""
    if bonus.on in CONTESTS:
        for (line, used), first in first_of(rules, bonus.contest, bonus.scope, field):
            if first.why != "next" or bonus.next_if_ineligible:
                yield line, used, first
        return
    for line, used in field.lines:
        if bonus.on == "qualifying_position":
            rankings = own_classes(rules, line) if bonus.scope is Ranking.CLASS else (OVERALL,)
            places = [(line.places[key], name) for name in rankings if (key := (bonus.contest, name)) in line.places]
            if places:
                position, ranking = min(places)
                yield line, used, First(ranking, "first", position)
        elif bonus.on in ("win", "stage_position"):
            if used is not None and (bonus.on != "win" or used.position == 1):
                yield line, used, First(used.ranking, "first", used.position)
        elif bonus.on == "participation":
            if line.status is not None and line.status not in NOT_STARTED:
                yield line, used, First(OVERALL, "first")
        elif line.laps_led and bonus.on == "lap_led":
            yield line, used, First(OVERALL, "first")
        elif line.laps_led:
            rivals = [other for other, _ in field.lines] if bonus.next_if_ineligible else field.race.lines
            led = led_most(bonus, rules, line, rivals)
            if led is not None:
                yield line, used, First(led, "first")


def led_most(bonus: Bonus, rules: Rules, line: Line, rivals: Iterable[Line]) -> str | None:
    """Tell in which ranking none of the rivals is known to have led more laps than a car; None where some did in each.

    Laps led are laps at the head of the whole race, whatever the bonus compares: who led a class is told nowhere.
    """
    if bonus.scope is Ranking.OVERALL:
        groups = [(OVERALL, list(rivals))]
    else:
        rivals = list(rivals)
        names = sorted(own_classes(rules, line))
        groups = [(name, [other for other in rivals if name in other.classes]) for name in names]
    own = line.laps_led or 0
    return next((name for name, cars in groups if all((car.laps_led or 0) <= own for car in cars)), None)


def _not_holding(bonus: Bonus, rules: Rules, race: RaceResults) -> frozenset[int]:
    """Give the subjects who were decided not to have set the fastest lap."""
    if not rules.decisions or bonus.contest is not Contest.FASTEST_LAP:
        return frozenset()
    return frozenset(
        decision.subject
        for decision in rules.decisions
        if decision.kind is DecisionKind.NO_FASTEST_LAP and decision.race == race.key and decision.subject is not None
    )


def _holders(bonus: Bonus, rules: Rules, race: RaceResults, line: Line) -> tuple[int, ...] | None:
    """Give who of a car's drivers won a bonus, empty for all of them; None where it was decided that nobody did."""
    out = _not_holding(bonus, rules, race)
    holders = line.holders.get(bonus.contest, ()) if bonus.on in CONTESTS else ()
    if not (out or holders) or rules.subject is not Subject.DRIVER:
        return ()
    held = tuple(driver for driver in holders or line.drivers if driver not in out)
    return held or None


def _sharers(bonus: Bonus, rules: Rules, field: Field) -> int:
    """Give how many won a bonus together, those who may not have it among them: their share goes to nobody."""
    if bonus.on not in CONTESTS:
        return max(sum(1 for _ in _winners(bonus, rules, field)), 1)
    out = _not_holding(bonus, rules, field.race)
    count = 0
    for line in field.race.lines:
        if line.status is Status.DSQ or line.places.get((bonus.contest, OVERALL)) != 1:
            continue
        holders = line.holders.get(bonus.contest, ())
        count += sum(1 for driver in holders if driver not in out) if holders else int(out.isdisjoint(line.drivers))
    return max(count, 1)
