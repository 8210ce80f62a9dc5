"""By which scale a race that is partly known may have been paid."""

from collections.abc import Sequence
from fractions import Fraction
from math import ceil

from standings.scoring.cars import scale_of
from standings.scoring.groups import SOME, Count
from standings.scoring.open_race import OpenRace
from standings.scoring.places import NO_PLACE
from standings.scoring.rules import DecisionKind

#: The scales by which a race may have been paid, each with how many cars have started then if that tells.
Scales = list[tuple[str | None, Count | None]]


def scales_of(of: OpenRace) -> Scales:
    """Give the scales by which a race may have been paid."""
    rule, race = of.rules.scale_by, of.race
    name = scale_of(of.rules, of.field)
    forced = any(one.kind is DecisionKind.FORCE_SCALE and one.race == race.key for one in of.rules.decisions)
    if rule is None or forced or (rule.session or race.session) != race.session or race.number in rule.full:
        return [(name, None)]
    if rule.attribute == "starters":
        return _by_starters(of, rule.steps)
    if rule.attribute in of.entrants.unsure and rule.attribute not in race.attributes:
        return [(name, None) for name in dict.fromkeys([race.session, *(scale for _, scale in rule.steps)])]
    return [(name, None)]


def _by_starters(of: OpenRace, steps: Sequence[tuple[Fraction, str | None]]) -> Scales:
    """Give the scales for the numbers of its own cars that may have started."""
    group = of.championship
    starts = sorted({0, *(max(ceil(start), 0) for start, _ in steps)})
    found: Scales = []
    for least, following in zip(starts, [*starts[1:], NO_PLACE + 1], strict=True):
        reached = [scale for start, scale in steps if start <= least]
        name = reached[-1] if reached else of.race.session
        if found and found[-1][0] == name and (before := found.pop()[1]) is not None:
            least = before.least
        found.append((name, Count(group, least, following - 1)))
    possible = [one for one in found if of.fits(count=one[1]) is not False]
    if group.maybe:
        # Of cars that may have run in its class or not it is not known either.
        of.mind_all_classes()
        return [(name, None) for name, _ in possible] or [(scale_of(of.rules, of.field), None)]
    if len({name for name, _ in possible}) < 2:
        return [(name, None) for name, _ in possible[:1]] or [(scale_of(of.rules, of.field), None)]
    if of.others and group.kind == SOME:
        # Of cars that nobody has listed it is not known whether they would be counted.
        of.followed = False
    elif of.others and of.more >= NO_PLACE:
        # Any number of those may have started besides.
        return [(name, None if one is not None and one.most >= NO_PLACE else one) for name, one in possible]
    return possible
