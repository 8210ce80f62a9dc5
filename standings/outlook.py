"""What unknown places could change, as it is stored with a championship: written beside its tables, read by its pages.

`Championship.bounds` is null until it was worked out, then a list, empty where unknown places change nothing, of {"race": the
id of the race after which the table is, "races": ids of those that are partly known, "points": {subject's id: [least, most]}
as exact text, the most null where it has no end, "lead": null or [the first's id, whether it leads for certain, the id of a
rival who may be level or ahead, null for somebody whom nobody has listed], "exact": whether no bound is too wide}.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from standings.fields import format_points, parse_points
from standings.models import Championship
from standings.scoring import Bounds, Lead

#: The least and the most points; None: without end.
Span = tuple[Fraction, Fraction | None]


@dataclass(frozen=True, slots=True)
class Outlook:
    """What unknown places could change in one table: points by the subject's id, and the lead."""

    races: tuple[int, ...] = ()
    points: Mapping[int, Span] = field(default_factory=dict)
    lead: Lead | None = None


NOTHING_OPEN = Outlook()


def bounds_as_json(bounds: Iterable[Bounds]) -> list[dict[str, Any]]:
    """Write bounds as JSON values."""
    return [
        {
            "race": one.race,
            "races": list(one.races),
            "points": {
                str(subject): [format_points(least), None if most is None else format_points(most)]
                for subject, (least, most) in one.points.items()
            },
            "lead": None if one.lead is None else list(one.lead),
            "exact": one.exact,
        }
        for one in bounds
    ]


def outlook_of(championship: Championship, race: int) -> Outlook:
    """Read what unknown places could change in the table after a race; nothing where that is not stored."""
    for one in championship.bounds or ():
        if one["race"] == race:
            points = {
                int(subject): (parse_points(least), None if most is None else parse_points(most))
                for subject, (least, most) in one["points"].items()
            }
            return Outlook(tuple(one["races"]), points, Lead(*one["lead"]) if one["lead"] else None)
    return NOTHING_OPEN
