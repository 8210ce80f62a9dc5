"""What unknown places could change, as it is stored with a championship: written beside its tables, read by its pages.

`Championship.bounds` is null until it was worked out, then a list, empty where unknown places change nothing, of {"race": the
id of the race after which the table is, "races": ids of those that are partly known, "points": {subject's id: [least, most]}
as exact text, the most null where it has no end, "lead": null or [the first's id, whether it leads for certain, the id of a
rival who may be level or ahead, null for somebody whom nobody has listed, whether that one surely may], "exact": whether no
bound is too wide, "positions": {subject's id: [best, worst, whether each of the two surely may be]} of those for whom it is not
sure, the worst null where it has no end; null where that was not looked at}. The last of the lead, and the positions, are
missing from what was worked out before they were.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from standings.fields import format_points, parse_points
from standings.models import Championship
from standings.scoring import Bounds, Lead, Reach

#: The least and the most points; None: without end.
Span = tuple[Fraction, Fraction | None]


@dataclass(frozen=True, slots=True)
class Outlook:
    """What unknown places could change in one table: points and positions by the subject's id, and the lead."""

    races: tuple[int, ...] = ()
    points: Mapping[int, Span] = field(default_factory=dict)
    lead: Lead | None = None
    exact: bool = True
    #: None: not looked at.
    positions: Mapping[int, Reach] | None = field(default_factory=dict)


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
            "positions": None
            if one.positions is None
            else {str(subject): list(reach) for subject, reach in one.positions.items()},
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
            reaches = one.get("positions")
            positions = None if reaches is None else {int(key): Reach(*reach) for key, reach in reaches.items()}
            lead = Lead(*one["lead"]) if one["lead"] else None
            return Outlook(tuple(one["races"]), points, lead, one["exact"], positions)
    return NOTHING_OPEN
