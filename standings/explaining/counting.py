"""What of each score counts: dropped or kept and why, where a phase begins, and the sum race by race."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from standings.describing_rules.ground import end_name
from standings.describing_rules.season import best_of_round, counted_of, kept_name
from standings.fields import parse_points
from standings.scoring import Rules
from standings.scoring.rules import DecisionKind, Segment

#: Decisions after which an award's bonus points stand no more by themselves.
WITHOUT_BONUS = frozenset({DecisionKind.NO_BONUS, DecisionKind.SET_POINTS})


def numbered(rules: Rules, races: Sequence[tuple[int, int]]) -> dict[int, int]:
    """Give the number of the score that each race belongs to; `races` are all of the season as (race, meeting), in order."""
    if not rules.by_round:
        return {race: number for number, (race, _meeting) in enumerate(races, 1)}
    meetings: dict[int, int] = {}
    return {race: meetings.setdefault(meeting, len(meetings) + 1) for race, meeting in races}


def why_dropped(rules: Rules, number: int) -> str:
    """Say by which rules a score of this number was dropped; empty where none is known."""
    told = [best_of_round(rules.best_of_round)] if rules.best_of_round is not None else []
    told += [counted_of(one, by_round=rules.by_round) for one in rules.segments if _holds(one, number)][:1]
    if told and not rules.drop_bonus:
        told.append(_("Bonus points of a dropped score still count."))
    return " ".join(told)


def why_kept(rules: Rules, number: int, status: str, tags: frozenset[str] = frozenset()) -> str:
    """Say that a score may not be dropped and why, where the rules drop scores at all; else empty."""
    if rules.best_of_round is None and not any(_holds(segment, number) for segment in rules.segments):
        return ""
    if status and status in rules.not_droppable:
        return _("cannot be dropped: %(what)s") % {"what": end_name(status)}
    if held := sorted(tags & rules.not_droppable):
        return _("cannot be dropped: %(what)s") % {"what": kept_name(held[0])}
    return ""


def _holds(segment: Segment, number: int) -> bool:
    return segment.first <= number and (segment.last is None or number <= segment.last)


def counted(rules: Rules | None, points: Fraction, parts: Sequence[Mapping[str, Any]], *, dropped: bool) -> Fraction:
    """Give how many of an award's points count: all, none, or of a dropped score the bonus where the rules leave it."""
    if not dropped:
        return points
    if rules is None or rules.drop_bonus or any(part.get("rule") in WITHOUT_BONUS for part in parts):
        return Fraction(0)
    whole = any(
        part.get("rule") == DecisionKind.NO_POINTS and part.get("position") is None and not points for part in parts
    )
    if whole:
        return Fraction(0)
    return sum((parse_points(str(part["points"])) for part in parts if part.get("kind") == "bonus"), Fraction(0))
