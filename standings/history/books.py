"""The rules of a past season as our own rulebooks have them, with the decisions of that season beside."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from standings.history.f1db import Season, rules_of
from standings.rulebook import planned
from standings.scoring import Rules, parse_rules

SERIES = "Formula One World Championship"


def book_rules(season: Season, championship: str) -> dict[str, Any]:
    """Give a championship's rules out of the rulebook of its year. Raises KeyError where no rulebook knows it.

    Decisions are of the season, not of the book: they are the archive's.
    """
    rules = {plan.slug: plan.rules for plan in planned([SERIES], season.year, [])}[championship]
    return {**rules, "adjustments": rules_of(season, championship)["adjustments"]}


def same_rules(season: Season, one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Tell whether two sets of rules are the same for a season: "to the last round", or beyond, and "to the end" are."""
    return _to_the_end(season, parse_rules(one)) == _to_the_end(season, parse_rules(other))


def _to_the_end(season: Season, rules: Rules) -> Rules:
    last = max(race.round for race in season.races)
    segments = tuple(
        replace(one, last=None) if one.last is not None and one.last >= last else one for one in rules.segments
    )
    return replace(rules, segments=segments)
