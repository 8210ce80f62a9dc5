"""The rules that a table stands on, as its pages need them to say which scale paid a race and why a score is dropped."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from racing.models import Race
from standings.explaining.counting import numbered, why_dropped, why_kept
from standings.explaining.parts import describe_scale
from standings.models import Championship
from standings.scoring import Rules
from standings.scoring.validity import change_in_force
from standings.session_kinds import kind_of
from standings.sheets.calendar import RaceOfSeason
from standings.sheets.matrix import Matrix, Score
from standings.sheets.rulebook import rules_of


@dataclass(frozen=True, slots=True)
class Ruling:
    """Rules in force (None where those that are stored cannot be followed), and what they need to know of the season.

    `kinds` are the kinds of session that some championship of the season has a scale for, `numbers` the number of the score
    that each race belongs to.
    """

    rules: Rules | None
    kinds: frozenset[str]
    numbers: Mapping[int, int]

    def notes(self, race: RaceOfSeason, score: Score, parts: Sequence[Mapping[str, Any]]) -> list[str]:
        """Say of one score by which scale it was paid if not by its own kind's, and why it is dropped or may not be."""
        rules, number = self.rules, self.numbers.get(race.race.pk)
        if rules is None:
            return []
        notes = self.scales(race.race, parts)
        if number is not None:
            why = (
                why_dropped(rules, number) if score.dropped else why_kept(rules, number, score.status, race.race.words)
            )
            notes += [why] if why else []
        return notes

    def scales(self, race: Race, parts: Iterable[Mapping[str, Any]]) -> list[str]:
        """Say each scale that a race was paid by and that is not the one of its kind of session."""
        if self.rules is None:
            return []
        session = kind_of(race.name, race.number, race.event.name, self.kinds)
        told = [describe_scale(part, self.rules, session) for part in parts]
        return list(dict.fromkeys(words for words in told if words))


def ruling_of(matrix: Matrix, of_season: Iterable[Championship]) -> Ruling:
    """Give the rules in force in a table; `of_season` are all championships of its season. Asks the database nothing."""
    rules = rules_of(matrix.championship)
    if rules is None:
        return Ruling(None, frozenset(), {})
    races = [column.race.race for column in matrix.columns]
    shown = {race.pk for race in races}
    change = change_in_force(rules, [one.race.pk for one in matrix.tables if one.race.pk in shown])
    rules = rules if change is None else change.rules
    numbers = numbered(rules, [(race.pk, race.event_id) for race in races])
    return Ruling(rules, kinds_of(of_season), numbers)


def kinds_of(championships: Iterable[Championship]) -> frozenset[str]:
    """Give the kinds of session that some of a season's championships have a scale for; rules that are none have none."""
    scales = (one.rules.get("scales", {}) for one in championships)
    return frozenset(kind for named in scales if isinstance(named, Mapping) for kind in named)
