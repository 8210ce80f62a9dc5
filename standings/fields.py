"""Exact points in the database."""

from fractions import Fraction
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _


def parse_points(text: str) -> Fraction:
    """Read "12", "12.5" or "1/3". Raises ValueError on anything else."""
    return Fraction(text)


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


class PointsField(models.CharField):  # type: ignore[type-arg]
    """A `Fraction`, kept as text: no database type holds 12.5 and 1/3 exactly on both SQLite and PostgreSQL."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 40)
        super().__init__(*args, **kwargs)

    def from_db_value(self, value: str | None, expression: object, connection: object) -> Fraction | None:
        return None if value is None else parse_points(value)

    def to_python(self, value: Any) -> Any:
        if value is None or isinstance(value, Fraction):
            return value
        try:
            return parse_points(str(value))
        except (ValueError, ZeroDivisionError) as error:
            raise ValidationError(_("Not a number of points: %(value)s"), params={"value": value}) from error

    def get_prep_value(self, value: Any) -> str | None:
        return None if value is None else format_points(Fraction(value))

    def value_to_string(self, obj: models.Model) -> str:
        return self.get_prep_value(self.value_from_object(obj)) or ""
