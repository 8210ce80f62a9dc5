"""Exact points in the database."""

from fractions import Fraction
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from standings.scoring.points import format_points, parse_points

__all__ = ["PointsField", "format_points", "parse_points"]


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
