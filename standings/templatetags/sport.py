"""The sport's numbers and reasons in templates."""

from fractions import Fraction

from django import template

from racing.models import Event
from standings import wording

register = template.Library()


@register.filter
def points(value: Fraction | str | None) -> str:
    """Write exact points in the reader's language."""
    return wording.show_points(value)


@register.filter
def days(event: Event) -> str:
    """Write the days of a meeting, or its year where none is known."""
    return wording.show_dates(event.start, event.end) or str(event.year)


@register.filter
def ranking(value: str) -> str:
    """Name a ranking in the reader's language."""
    return wording.ranking_name(value)
