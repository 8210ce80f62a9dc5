"""Points as exact numbers and as text: 12.5, a third, and the 0.14 of 1954 are never rounded on the way."""

from fractions import Fraction
from functools import lru_cache


@lru_cache(maxsize=4096)
def parse_points(text: str) -> Fraction:
    """Read "12", "12.5" or "1/3". Raises ValueError or ZeroDivisionError on anything else."""
    return Fraction(text)


@lru_cache(maxsize=4096)
def format_points(points: Fraction) -> str:
    """Write points as "12", "12.5", or "1/3" where no decimal is exact; `parse_points` reads it back unchanged."""
    rest = points.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    if rest != 1:
        return str(points)
    digits = 0
    while (points * 10**digits).denominator != 1:
        digits += 1
    whole = int(points * 10**digits)
    sign, text = "-" if whole < 0 else "", str(abs(whole)).rjust(digits + 1, "0")
    return f"{sign}{text[:-digits]}.{text[-digits:]}" if digits else f"{sign}{text}"
