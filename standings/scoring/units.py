"""Points as whole numbers of the smallest unit that the rules can give: exact, and ten times as fast as fractions."""

from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import lru_cache
from math import lcm

from standings.scoring.earned import for_place
from standings.scoring.rules import Rounding, Rules, Scale, Shared, Ties
from standings.scoring.scored import Score

#: The scale of a race where nobody is paid.
UNPAID_RACE = Scale(())
ONE = Fraction(1)
#: Shares of a car or of a bonus are rounded before they are added: 4/3 is 1.33, and a seventh the 0.14 of 1954.
SHARES = Rounding()

Worth = tuple[Fraction, Fraction, int]


class _Points(dict[int, Fraction]):
    """Units -> points, each fraction made once."""

    def __init__(self, unit: int) -> None:
        self._unit = unit

    def __missing__(self, units: int) -> Fraction:
        found = self[units] = Fraction(units, self._unit)
        return found


@lru_cache(maxsize=64)
def _points_in(unit: int) -> _Points:
    """Give the fractions of a unit: championships have few different units, and the same totals again and again."""
    return _Points(unit)


class Paid(dict[int, tuple[Fraction, Fraction, Score]]):
    """Position -> its value by a scale, that times a factor, and the score of who has it and nothing else; each made once."""

    def __init__(self, units: "Units", scale: Scale, factor: Fraction) -> None:
        self._units, self._scale, self._factor = units, scale, factor

    def __missing__(self, position: int) -> tuple[Fraction, Fraction, Score]:
        value = self._scale.of(position)
        worth = self._units.times(value, self._factor)
        found = self[position] = value, worth, for_place(self._units.of(worth), position)
        return found


class Units:
    """Points in units; `points[units]` gives them back as points, and so does `as_points(units)`, sooner."""

    def __init__(self, rules: Rules) -> None:
        """Find the smallest unit of these rules."""
        factors = lcm(*(factor.denominator for factor in rules.round_multiplier.values()))
        products = lcm(*(value.denominator for value in _values(rules))) * factors
        self.unit = lcm(products, *_others(rules, products))
        self.points = _points_in(self.unit)
        self.as_points: Callable[[int], Fraction] = self.points.__getitem__
        self._worths: dict[tuple[str, Fraction], list[Worth]] = {}
        self._paid: dict[tuple[str | None, Fraction], Paid] = {}
        self._scales = rules.scales
        self._rounding = rules.rounding

    def of(self, points: Fraction) -> int:
        """Give points in units."""
        return points.numerator * (self.unit // points.denominator)

    def times(self, value: Fraction, factor: Fraction) -> Fraction:
        """Give a value times a factor, rounded as the rules say."""
        if factor is ONE or factor == 1:
            return value
        return value * factor if self._rounding is None else rounded(value * factor, self._rounding)

    def worths(self, scale: str, factor: Fraction) -> list[Worth]:
        """Give for each position of a scale, the last for all beyond: value, value times factor, that in units."""
        found = self._worths.get((scale, factor))
        if found is None:
            own = self._scales[scale]
            worth = [(value, self.times(value, factor)) for value in (*own.places, own.tail)]
            found = self._worths[scale, factor] = [(value, points, self.of(points)) for value, points in worth]
        return found

    def paid(self, scale: str | None, factor: Fraction) -> Paid:
        """Give what places are paid by a scale with a factor; by the scale None none is paid, and all are counted."""
        found = self._paid.get((scale, factor))
        if found is None:
            found = self._paid[scale, factor] = Paid(
                self, UNPAID_RACE if scale is None else self._scales[scale], factor
            )
        return found


def rounded(points: Fraction, rule: Rounding) -> Fraction:
    """Round to decimals; what lies in the middle goes away from zero, or towards it."""
    shifted = abs(points) * 10**rule.decimals * 2
    whole = (shifted + 1) // 2 if rule.half_up else -((1 - shifted) // 2)
    return Fraction(whole if points >= 0 else -whole, 10**rule.decimals)


def share(points: Fraction, among: int) -> Fraction:
    """Give one of equal shares, rounded."""
    return points if among == 1 else rounded(points / among, SHARES)


def _values(rules: Rules) -> Iterator[Fraction]:
    for scale in rules.scales.values():
        yield from (*scale.places, scale.tail, *(one.points for one in scale.unplaced.values()))
    for bonus in rules.bonuses:
        yield from (bonus.points, *bonus.scale)


def _others(rules: Rules, products: int) -> Iterator[int]:
    """Give the denominators of what no factor is applied to, and of what is rounded; `products` have that of factors' own."""
    yield from (decision.points.denominator for decision in rules.decisions)
    for phase in rules.phases:
        yield from (points.denominator for points in (phase.points or ONE, *phase.carry_scale))
    if rules.shared is Shared.SPLIT or any(bonus.ties is Ties.SPLIT for bonus in rules.bonuses):
        yield 10**SHARES.decimals
    if rules.rounding is not None and 10**rules.rounding.decimals % products:
        yield 10**rules.rounding.decimals
